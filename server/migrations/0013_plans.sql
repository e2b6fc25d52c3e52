-- Projects of the annual plans of provinces, and requests to change them.
CREATE TABLE project (
  project_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  code TEXT NOT NULL,
  name_th TEXT NOT NULL,
  budget_class TEXT NOT NULL,
  funding TEXT NOT NULL,
  state TEXT NOT NULL,
  total_satang INTEGER NOT NULL,
  released_satang INTEGER NOT NULL,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (province, fiscal_year, code)
);

-- A project as it stood after each act. Rows are only ever added.
CREATE TABLE project_version (
  project_id TEXT NOT NULL REFERENCES project (project_id),
  version INTEGER NOT NULL,
  act TEXT NOT NULL,
  change_id TEXT,
  at TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  state TEXT NOT NULL,
  total_satang INTEGER NOT NULL,
  released_satang INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (project_id, version)
);

CREATE TABLE change_request (
  change_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  project_id TEXT REFERENCES project (project_id),
  project_version INTEGER NOT NULL,
  state TEXT NOT NULL,
  before TEXT NOT NULL,
  content TEXT NOT NULL,
  settled TEXT NOT NULL,
  resolution_id TEXT,
  submitted_at TEXT,
  letter_out TEXT,
  sent_up_at TEXT,
  outcome TEXT,
  outcome_source TEXT,
  decided_on TEXT,
  report_due TEXT,
  reported_on TEXT,
  report_proof TEXT,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX change_request_by_province ON change_request (province, change_id);
CREATE INDEX change_request_by_project ON change_request (project_id, change_id);

CREATE TABLE change_step (
  step_id TEXT PRIMARY KEY,
  change_id TEXT NOT NULL REFERENCES change_request (change_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (change_id, position)
);

-- Written objections. Rows are only ever added; the ledger holds the digest of each text.
CREATE TABLE change_objection (
  objection_id TEXT PRIMARY KEY,
  change_id TEXT NOT NULL REFERENCES change_request (change_id),
  text_th TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL
);
CREATE INDEX change_objection_by_change ON change_objection (change_id, objection_id);

CREATE TABLE change_file (
  change_id TEXT NOT NULL REFERENCES change_request (change_id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  uploaded_at TEXT NOT NULL,
  office_th TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (change_id, key)
);
