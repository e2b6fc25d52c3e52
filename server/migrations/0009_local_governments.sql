-- Where a local government's office lies, or the code of its own registration office (1192).
ALTER TABLE local_government ADD COLUMN place TEXT;
CREATE INDEX local_government_subdistrict_by_subdistrict ON local_government_subdistrict (subdistrict);

-- As what a local government stood before: kind, code, names and area, with the last day.
CREATE TABLE local_government_history (
  history_id TEXT PRIMARY KEY,
  local_government_id TEXT NOT NULL REFERENCES local_government (local_government_id),
  dla_code TEXT,
  kind TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT,
  place TEXT,
  subdistricts TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX local_government_history_by_body ON local_government_history (local_government_id, valid_to);

-- Outlines of the provinces made from an official boundary file; the newest row is drawn.
CREATE TABLE boundary_map (
  boundary_map_id TEXT PRIMARY KEY,
  attribution TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  outlines TEXT NOT NULL
);
