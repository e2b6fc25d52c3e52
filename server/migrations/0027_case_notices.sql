-- Reminders and escalations that stand: to whom, of which clock, the latest step alone. A row goes
-- when its clock stops. The addressee is an office's id, or a role with its area ("district/7001").
-- assignment_id holds a service where the clock is one of a service.
CREATE TABLE case_notice (
  addressee TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  clock TEXT NOT NULL,
  assignment_id TEXT NOT NULL,
  started_at TEXT NOT NULL,
  due_on TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (addressee, case_id, clock, assignment_id)
) WITHOUT ROWID;
CREATE INDEX case_notice_by_case ON case_notice (case_id);
