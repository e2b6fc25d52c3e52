-- Bodies that meet and resolve, for as long as they exist. A day that is not known is null.
CREATE TABLE body (
  code TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  abbreviation_th TEXT,
  parent TEXT,
  valid_from TEXT,
  valid_to TEXT,
  validity_verified BOOLEAN NOT NULL,
  source TEXT NOT NULL,
  verified BOOLEAN NOT NULL,
  note TEXT
);

CREATE TABLE meeting (
  meeting_id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (code),
  number TEXT NOT NULL,
  on_date TEXT NOT NULL,
  place_th TEXT,
  place_en TEXT,
  chair_title_th TEXT NOT NULL,
  chair_title_en TEXT,
  source TEXT,
  verified BOOLEAN NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  UNIQUE (body, number)
);
CREATE INDEX meeting_by_date ON meeting (on_date, meeting_id);

-- One number may decide several subjects; position keeps the order of the minutes.
CREATE TABLE resolution (
  resolution_id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  body TEXT NOT NULL REFERENCES body (code),
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  kind_th TEXT NOT NULL,
  text_th TEXT NOT NULL,
  text_en TEXT,
  on_date TEXT NOT NULL,
  agenda_th TEXT,
  agenda_en TEXT,
  subject_kind TEXT,
  subject_id TEXT,
  parts TEXT NOT NULL,
  follow_up TEXT NOT NULL,
  source TEXT,
  verified BOOLEAN NOT NULL,
  note TEXT,
  recorded_at TEXT NOT NULL,
  UNIQUE (meeting_id, position)
);
CREATE INDEX resolution_by_subject ON resolution (subject_kind, subject_id, on_date);
CREATE INDEX resolution_by_date ON resolution (on_date, meeting_id, position);
