CREATE TABLE area (
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  postcode TEXT,
  parent TEXT,
  valid_from TEXT,
  valid_to TEXT,
  replaced_by TEXT,
  PRIMARY KEY (code)
);
CREATE INDEX area_by_parent ON area (parent, code);
CREATE INDEX area_by_level ON area (level, code);

CREATE TABLE area_history (
  history_id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  postcode TEXT,
  changed_on TEXT NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX area_history_by_code ON area_history (code, changed_on);

CREATE TABLE local_government (
  local_government_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT,
  dla_code TEXT,
  kind TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT,
  valid_from TEXT,
  valid_to TEXT
);
CREATE INDEX local_government_by_province ON local_government (province, kind, name_th);

CREATE TABLE local_government_subdistrict (
  local_government_id TEXT NOT NULL REFERENCES local_government (local_government_id),
  subdistrict TEXT NOT NULL,
  PRIMARY KEY (local_government_id, subdistrict)
);

CREATE TABLE cluster (
  code TEXT PRIMARY KEY,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  region TEXT NOT NULL,
  region_th TEXT NOT NULL,
  region_en TEXT NOT NULL,
  centre TEXT NOT NULL,
  source TEXT NOT NULL,
  verified BOOLEAN NOT NULL
);

CREATE TABLE cluster_province (
  cluster TEXT NOT NULL REFERENCES cluster (code),
  province TEXT NOT NULL,
  PRIMARY KEY (province)
);
