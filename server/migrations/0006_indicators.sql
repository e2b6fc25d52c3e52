-- An indicator of a province. What a resolution fixed names the application.
CREATE TABLE kpi (
  province TEXT NOT NULL,
  kpi_id TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  code TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  definition_th TEXT NOT NULL,
  unit_th TEXT NOT NULL,
  unit_en TEXT NOT NULL,
  direction TEXT NOT NULL,
  yearly_value TEXT NOT NULL,
  source_th TEXT NOT NULL,
  owner_th TEXT NOT NULL,
  agenda INTEGER,
  weight TEXT NOT NULL,
  baseline TEXT NOT NULL,
  targets TEXT NOT NULL,
  criteria TEXT,
  criteria_falling TEXT,
  application_id TEXT,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (province, kpi_id),
  UNIQUE (province, fiscal_year, code)
);
CREATE INDEX kpi_by_id ON kpi (kpi_id);
CREATE INDEX kpi_by_year ON kpi (fiscal_year, kpi_id);

-- Append-only: a correction is a row with the next revision that names the row it corrects and why.
-- period_month is the month in which the period ends, year * 12 + month - 1.
CREATE TABLE kpi_value (
  province TEXT NOT NULL,
  kpi_id TEXT NOT NULL,
  period_month INTEGER NOT NULL,
  period TEXT NOT NULL,
  revision INTEGER NOT NULL,
  value_id TEXT NOT NULL,
  value TEXT NOT NULL,
  source_class TEXT NOT NULL,
  evidence TEXT,
  evidence_url TEXT,
  corrects TEXT,
  reason TEXT,
  recorded_at TEXT NOT NULL,
  office_id TEXT NOT NULL,
  PRIMARY KEY (province, kpi_id, period_month, period, revision),
  FOREIGN KEY (province, kpi_id) REFERENCES kpi (province, kpi_id)
);

-- A sheet that was read and shown, and waits for its sender to confirm it. Kept for a day.
CREATE TABLE kpi_import (
  import_id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  wrong INTEGER NOT NULL,
  preview TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  confirmed_at TEXT
);
CREATE INDEX kpi_import_by_age ON kpi_import (expires_at);

-- Its good rows in portions, each written by one act.
CREATE TABLE kpi_import_portion (
  import_id TEXT NOT NULL REFERENCES kpi_import (import_id),
  number INTEGER NOT NULL,
  content TEXT NOT NULL,
  outcome TEXT,
  PRIMARY KEY (import_id, number)
);
