-- How cases come in from elsewhere, and what is to be told there.

-- Which message or row of another system a case is: the same does not come in twice.
CREATE TABLE case_source (
  province TEXT NOT NULL,
  source TEXT NOT NULL,
  source_key TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  media_url TEXT,
  PRIMARY KEY (province, source, source_key)
);
CREATE INDEX case_source_by_case ON case_source (case_id);

-- To be sent by a process beside the program. The words are made when they are fetched: a tracking
-- code stands nowhere.
CREATE TABLE channel_outbox (
  message_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  source TEXT NOT NULL,
  recipient TEXT NOT NULL,
  words TEXT NOT NULL,
  case_id TEXT REFERENCES service_case (case_id),
  state TEXT NOT NULL,
  created_at TEXT NOT NULL,
  sent_at TEXT
);
CREATE INDEX channel_outbox_waiting ON channel_outbox (source, state, message_id);

-- Events of a channel that were seen: a repeated delivery does nothing. Kept for a time only.
CREATE TABLE channel_event (
  province TEXT NOT NULL,
  source TEXT NOT NULL,
  event_key TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (province, source, event_key)
);
CREATE INDEX channel_event_by_age ON channel_event (at);

-- A conversation that is not a case yet. Kept for a time only.
CREATE TABLE channel_draft (
  draft_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  source TEXT NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL,
  landmark TEXT NOT NULL,
  latitude TEXT,
  longitude TEXT,
  pictures INTEGER NOT NULL,
  begun_at TEXT NOT NULL,
  UNIQUE (province, district, source, sender)
);
CREATE INDEX channel_draft_by_age ON channel_draft (begun_at);

-- Cases of a time, for readers outside.
CREATE INDEX service_case_by_received ON service_case (province, received_at);
