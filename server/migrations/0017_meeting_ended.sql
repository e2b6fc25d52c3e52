-- When a meeting was closed, as its minutes say (เลิกประชุมเวลา). Meetings closed before this column stood, and those
-- recorded after the day, have none: the paper leaves it to be filled in.
ALTER TABLE meeting ADD COLUMN ended_at TEXT;
