-- Cases of the district Damrongdhama centres: complaints and requests for service in one register.
CREATE TABLE service_case (
  case_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  running INTEGER NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  category TEXT NOT NULL,
  channel TEXT NOT NULL,
  importance TEXT NOT NULL,
  state TEXT NOT NULL,
  level TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  wanted TEXT NOT NULL,
  place TEXT NOT NULL,
  area TEXT NOT NULL,
  told_already TEXT NOT NULL,
  accused TEXT NOT NULL,
  officer_id TEXT,
  received_at TEXT NOT NULL,
  taken_at TEXT,
  taken_late BOOLEAN NOT NULL,
  client_id TEXT UNIQUE,
  client_digest TEXT,
  tracking_hash TEXT NOT NULL UNIQUE,
  open BOOLEAN NOT NULL,
  settled_at TEXT,
  due_at TEXT NOT NULL,
  remind_at TEXT NOT NULL,
  reopened INTEGER NOT NULL,
  merged_into TEXT REFERENCES service_case (case_id),
  closing_ground TEXT,
  closing_before TEXT,
  closing_after TEXT,
  closing_proposed_by TEXT,
  closing_proposed_at TEXT,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (province, district, fiscal_year, running)
);
CREATE INDEX service_case_by_due ON service_case (province, open, due_at, case_id);
CREATE INDEX service_case_by_district ON service_case (district, open, due_at, case_id);
CREATE INDEX service_case_by_number ON service_case (number);
CREATE INDEX service_case_open ON service_case (province, open, category, channel, kind, fiscal_year, district);
CREATE INDEX service_case_by_state ON service_case (province, state, district);
CREATE INDEX service_case_by_reminder ON service_case (open, remind_at);
CREATE INDEX service_case_by_officer ON service_case (officer_id, open, due_at, case_id);
CREATE INDEX service_case_by_place ON service_case (province, category, area, received_at);
CREATE INDEX service_case_by_merge ON service_case (merged_into);

-- Who reported: apart, so that no reading of cases meets a name.
CREATE TABLE case_reporter (
  reporter_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  name TEXT,
  citizen_id TEXT,
  phone TEXT,
  email TEXT,
  address TEXT,
  UNIQUE (case_id, position)
);

-- Rows are only ever added.
CREATE TABLE case_step (
  step_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  at TEXT NOT NULL,
  from_state TEXT NOT NULL,
  state TEXT NOT NULL,
  by TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  assignment_id TEXT,
  note TEXT NOT NULL,
  shown BOOLEAN NOT NULL,
  UNIQUE (case_id, position)
);

CREATE TABLE case_assignment (
  assignment_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  office_id TEXT NOT NULL,
  role TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  state TEXT NOT NULL,
  instruction TEXT NOT NULL,
  letter_out TEXT,
  result TEXT NOT NULL,
  assigned_at TEXT NOT NULL,
  accepted_at TEXT,
  reported_at TEXT,
  UNIQUE (case_id, position)
);
CREATE INDEX case_assignment_by_office ON case_assignment (office_id, case_id, state);

CREATE TABLE case_task (
  task_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  text TEXT NOT NULL,
  due_on TEXT,
  done_at TEXT,
  office_th TEXT NOT NULL
);
CREATE INDEX case_task_by_case ON case_task (case_id, task_id);

CREATE TABLE case_file (
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  key TEXT NOT NULL,
  purpose TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  taken_at TEXT,
  latitude TEXT,
  longitude TEXT,
  uploaded_at TEXT NOT NULL,
  by TEXT NOT NULL,
  office_th TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (case_id, key)
);

-- What came in and went out on which day: the monthly report is made of these. Rows are only ever
-- added; kind and category follow the case when screening corrects them. fiscal_year is that in which
-- the case was received, flow_year that of the day.
CREATE TABLE case_flow (
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  category TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  flow_year INTEGER NOT NULL,
  on_date TEXT NOT NULL,
  flow TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
);
-- In the order in which the report groups, so that it is counted as it is read.
CREATE INDEX case_flow_by_group ON case_flow (province, flow_year, category, channel, kind, flow, on_date, fiscal_year, district);
CREATE INDEX case_flow_by_day ON case_flow (province, on_date, flow, case_id);

-- Reminders and escalations that were given: each once.
CREATE TABLE case_reminder (
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  clock TEXT NOT NULL,
  assignment_id TEXT NOT NULL,
  started_at TEXT NOT NULL,
  step INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, clock, assignment_id, started_at, step, due_on)
);
