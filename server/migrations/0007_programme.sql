CREATE TABLE programme_year (
  fiscal_year INTEGER PRIMARY KEY,
  summary_th TEXT NOT NULL,
  summary_en TEXT NOT NULL,
  source TEXT NOT NULL,
  verified BOOLEAN NOT NULL
);

-- What the programme aims at; the latest row counts.
CREATE TABLE programme_target (
  target_id TEXT PRIMARY KEY,
  provinces INTEGER NOT NULL,
  fiscal_year INTEGER NOT NULL,
  text_th TEXT NOT NULL,
  text_en TEXT NOT NULL,
  source TEXT NOT NULL,
  verified BOOLEAN NOT NULL
);

CREATE TABLE cohort (
  cohort_id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  fiscal_year INTEGER NOT NULL,
  kind TEXT NOT NULL,
  group_number INTEGER,
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL,
  topics TEXT NOT NULL,
  source TEXT,
  verified BOOLEAN NOT NULL,
  note TEXT
);
CREATE INDEX cohort_by_year ON cohort (fiscal_year, code);

CREATE TABLE membership (
  membership_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  cohort_id TEXT NOT NULL REFERENCES cohort (cohort_id),
  reason_th TEXT,
  reason_en TEXT,
  entered_on TEXT,
  resolution_id TEXT,
  application_id TEXT,
  UNIQUE (province, cohort_id)
);
CREATE INDEX membership_by_cohort ON membership (cohort_id, province);

CREATE TABLE milestone (
  milestone_id TEXT PRIMARY KEY,
  fiscal_year INTEGER NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  on_date TEXT,
  to_date TEXT,
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL,
  source TEXT NOT NULL,
  verified BOOLEAN NOT NULL,
  note TEXT
);
CREATE INDEX milestone_by_year ON milestone (fiscal_year, position);

CREATE TABLE call_for_proposals (
  call_id TEXT PRIMARY KEY,
  code TEXT UNIQUE,
  fiscal_year INTEGER NOT NULL,
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL,
  guidance_th TEXT NOT NULL,
  guidance_en TEXT NOT NULL,
  opens_at TEXT NOT NULL,
  deadline_at TEXT NOT NULL,
  invited TEXT NOT NULL,
  volunteers_allowed BOOLEAN NOT NULL,
  requirements TEXT NOT NULL,
  extensions TEXT NOT NULL,
  source TEXT,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX call_for_proposals_by_year ON call_for_proposals (fiscal_year, call_id);

CREATE TABLE application (
  application_id TEXT PRIMARY KEY,
  call_id TEXT NOT NULL REFERENCES call_for_proposals (call_id),
  fiscal_year INTEGER NOT NULL,
  province TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  correction_deadline_at TEXT,
  submitted_at TEXT,
  resolution_id TEXT,
  proposal TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (province, call_id)
);
CREATE INDEX application_by_call ON application (call_id, application_id);

-- What was found wanting each time an application was returned; rounds count from 1.
CREATE TABLE application_finding (
  finding_id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES application (application_id),
  round INTEGER NOT NULL,
  position INTEGER NOT NULL,
  pointer TEXT NOT NULL,
  text TEXT NOT NULL,
  found_at TEXT NOT NULL,
  UNIQUE (application_id, round, position)
);

CREATE TABLE application_advice (
  advice_id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES application (application_id),
  position INTEGER NOT NULL,
  working_group TEXT NOT NULL,
  text TEXT NOT NULL,
  given_at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  UNIQUE (application_id, position)
);

CREATE TABLE application_file (
  application_id TEXT NOT NULL REFERENCES application (application_id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  uploaded_at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (application_id, key)
);

-- Who did what; consecutive saves of one person are one row. Titles as they were then.
CREATE TABLE application_history (
  history_id TEXT PRIMARY KEY,
  application_id TEXT NOT NULL REFERENCES application (application_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  began_at TEXT NOT NULL,
  at TEXT NOT NULL,
  changed TEXT NOT NULL,
  note TEXT,
  UNIQUE (application_id, position)
);
