-- Duties to notify and to report, each raised inside an act of another module and kept to its proof.
CREATE TABLE obligation (
  obligation_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  kind TEXT NOT NULL,
  duty TEXT NOT NULL,
  power TEXT NOT NULL,
  instrument TEXT NOT NULL,
  citation_th TEXT NOT NULL,
  citation_en TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL,
  link TEXT NOT NULL,
  office_role TEXT NOT NULL,
  office_id TEXT,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  counted_from TEXT NOT NULL,
  due TEXT,
  due_by TEXT,
  state TEXT NOT NULL,
  channel TEXT,
  sent_on TEXT,
  letter TEXT,
  received_on TEXT,
  receipt TEXT,
  received_by TEXT,
  reference TEXT,
  release_reason TEXT,
  reminder TEXT,
  reminded_at TEXT,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  raised_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX obligation_by_province ON obligation (province, state, due);
CREATE INDEX obligation_by_subject ON obligation (subject_kind, subject_id);

-- What was done to an obligation, with the letter and the proof as they were recorded then. Rows are
-- only ever added.
CREATE TABLE obligation_step (
  step_id TEXT PRIMARY KEY,
  obligation_id TEXT NOT NULL REFERENCES obligation (obligation_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  note TEXT NOT NULL,
  service TEXT NOT NULL,
  proof TEXT NOT NULL,
  UNIQUE (obligation_id, position)
);

-- Proofs as files. Rows are only ever added.
CREATE TABLE obligation_file (
  obligation_id TEXT NOT NULL REFERENCES obligation (obligation_id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  uploaded_at TEXT NOT NULL,
  office_th TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (obligation_id, key)
);
