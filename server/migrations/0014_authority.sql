-- Grants of powers. What a grant comes to is worked out from the one above it and the law; ending
-- one row ends all below it.
CREATE TABLE power_grant (
  grant_id TEXT PRIMARY KEY,
  province TEXT,
  depth INTEGER NOT NULL,
  power TEXT NOT NULL,
  parent_grant_id TEXT REFERENCES power_grant (grant_id),
  from_office_id TEXT NOT NULL,
  to_office_id TEXT NOT NULL,
  area TEXT,
  ceiling_satang INTEGER,
  kinds TEXT,
  fundings TEXT,
  methods TEXT,
  project TEXT,
  levels INTEGER NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT,
  document TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  granted_at TEXT NOT NULL,
  ended_at TEXT,
  ended_why TEXT
);
CREATE INDEX power_grant_by_province ON power_grant (province, grant_id);
