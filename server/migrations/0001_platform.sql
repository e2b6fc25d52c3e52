-- Answers kept under the caller's Idempotency-Key, so that a repeated creation changes nothing.
CREATE TABLE idempotency (
  person_id TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  PRIMARY KEY (person_id, idempotency_key)
);
CREATE INDEX idempotency_by_age ON idempotency (kept_at);

-- Secrets of this installation (cookie key, …), made once by init; never exported.
CREATE TABLE installation (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
