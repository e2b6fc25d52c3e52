-- one_time_until: the password was made by an administrator and must be changed before this moment.
-- locked_at: an administrator let nobody in. version: of what an administrator changes.
ALTER TABLE person ADD COLUMN one_time_until TEXT;
ALTER TABLE person ADD COLUMN locked_at TEXT;
ALTER TABLE person ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- version: of the office with all its holdings.
ALTER TABLE office ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- ground: why somebody acts; none for who holds the office itself.
ALTER TABLE office_holding ADD COLUMN ground TEXT;
ALTER TABLE office_holding ADD COLUMN order_reference TEXT;

-- Every fact that was recorded of a holding, also those that later ones correct. office_holding is what holds now; a
-- holding that was withdrawn stands here only.
CREATE TABLE holding_change (
  change_id TEXT PRIMARY KEY,
  office_id TEXT NOT NULL REFERENCES office (office_id),
  holding_id TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (person_id),
  kind TEXT NOT NULL,
  acting BOOLEAN NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT,
  reason TEXT,
  recorded_at TEXT NOT NULL
);
CREATE INDEX holding_change_by_office ON holding_change (office_id, change_id);
