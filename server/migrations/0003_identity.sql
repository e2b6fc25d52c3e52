-- totp_secret and totp_pending are sealed with the installation's key; totp_pending waits for the first
-- right code. last_failure_at and failures are the lockout's memory.
CREATE TABLE person (
  person_id TEXT PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  password TEXT,
  totp_secret TEXT,
  totp_pending TEXT,
  totp_last_step INTEGER,
  demonstration BOOLEAN NOT NULL,
  failures INTEGER NOT NULL,
  last_failure_at TEXT,
  created_at TEXT NOT NULL
);

CREATE TABLE recovery_code (
  person_id TEXT NOT NULL REFERENCES person (person_id),
  digest TEXT NOT NULL,
  PRIMARY KEY (person_id, digest)
);

CREATE TABLE external_identity (
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  linked_at TEXT NOT NULL,
  PRIMARY KEY (provider, subject)
);
CREATE INDEX external_identity_by_person ON external_identity (person_id);

-- Offices hold powers; persons hold offices for a time, also acting and several at once.
CREATE TABLE office (
  office_id TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  area TEXT,
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL
);
CREATE INDEX office_by_role ON office (role, area);
CREATE INDEX office_by_area ON office (area, role);

CREATE TABLE office_holding (
  holding_id TEXT PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES office (office_id),
  person_id TEXT NOT NULL REFERENCES person (person_id),
  acting BOOLEAN NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT
);
CREATE INDEX office_holding_by_person ON office_holding (person_id, from_date);
CREATE INDEX office_holding_by_office ON office_holding (office_id, from_date);

-- expires_at is the absolute end; the idle end follows from last_seen_at.
CREATE TABLE session (
  session_id TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  address TEXT NOT NULL
);
CREATE INDEX session_by_person ON session (person_id, created_at);
CREATE INDEX session_by_end ON session (expires_at);

CREATE TABLE api_token (
  token_id TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_on TEXT NOT NULL
);
CREATE INDEX api_token_by_person ON api_token (person_id, created_at);

-- Who signed in or tried to, for 90 days. The name that was typed is kept as a keyed digest only:
-- people type passwords into the wrong field.
CREATE TABLE sign_in_log (
  sign_in_id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  person_id TEXT,
  username_digest TEXT NOT NULL,
  address TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX sign_in_log_by_time ON sign_in_log (at);
CREATE INDEX sign_in_log_by_person ON sign_in_log (person_id, at);
