-- Applications for services: a case with services attached. What they ask for, what was found missing,
-- what was paid; counters' times, appointments, and the queue of a day.
ALTER TABLE case_step ADD COLUMN service TEXT;

CREATE TABLE case_service (
  row_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  service TEXT NOT NULL,
  state TEXT NOT NULL,
  fee_kind TEXT NOT NULL,
  fee_satang INTEGER,
  applied_at TEXT NOT NULL,
  complete_at TEXT,
  decided_at TEXT,
  given_at TEXT,
  reason TEXT NOT NULL,
  certificate TEXT,
  UNIQUE (case_id, service)
);

CREATE TABLE case_paper (
  row_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  position INTEGER NOT NULL,
  paper TEXT,
  name TEXT,
  services TEXT NOT NULL,
  required BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  told BOOLEAN NOT NULL,
  file TEXT,
  seen BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (case_id, position)
);

-- Checks of the papers: what was told to be missing, at once. Rows are only ever added.
CREATE TABLE case_check (
  check_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  at TEXT NOT NULL,
  due_on TEXT,
  missing TEXT NOT NULL,
  rule_set TEXT NOT NULL,
  office_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL
);
CREATE INDEX case_check_by_case ON case_check (case_id, check_id);

-- Fees that were taken. Rows are only ever added: a correction is a row that names the one it replaces.
CREATE TABLE case_payment (
  payment_id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  service TEXT NOT NULL,
  satang INTEGER NOT NULL,
  receipt TEXT NOT NULL,
  on_date TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  corrects TEXT UNIQUE REFERENCES case_payment (payment_id),
  reason TEXT NOT NULL
);
CREATE INDEX case_payment_by_case ON case_payment (case_id, payment_id);
CREATE INDEX case_payment_by_day ON case_payment (province, district, on_date, payment_id);

-- Times that a counter offers, by day of the week. A change ends rows and adds others.
CREATE TABLE counter_time (
  time_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  weekday TEXT NOT NULL,
  starts TEXT NOT NULL,
  places INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT
);
CREATE INDEX counter_time_by_district ON counter_time (province, district, valid_from);

CREATE TABLE counter_appointment (
  appointment_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  on_date TEXT NOT NULL,
  starts TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at TEXT NOT NULL,
  changed_at TEXT NOT NULL
);
CREATE INDEX counter_appointment_by_day ON counter_appointment (province, district, on_date, starts, state);
CREATE INDEX counter_appointment_by_case ON counter_appointment (case_id, state);

-- The queue of a day: a number is given once a day and district.
CREATE TABLE counter_ticket (
  ticket_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  on_date TEXT NOT NULL,
  number INTEGER NOT NULL,
  appointment_id TEXT REFERENCES counter_appointment (appointment_id),
  starts TEXT,
  state TEXT NOT NULL,
  desk TEXT,
  taken_at TEXT NOT NULL,
  called_at TEXT,
  ended_at TEXT,
  UNIQUE (province, district, on_date, number)
);
