-- Committee law: members, meetings from their call to their minutes, what is to be done afterwards, and
-- urgent matters of provinces.

-- The province of a provincial body; the seats and rules it has (data/committees); the role that acts for it;
-- the body that came after it.
ALTER TABLE body ADD COLUMN province TEXT;
ALTER TABLE body ADD COLUMN constitution TEXT;
ALTER TABLE body ADD COLUMN secretariat TEXT;
ALTER TABLE body ADD COLUMN succeeded_by TEXT;

-- What stood here before was recorded after the day and has no life of its own: state recorded.
ALTER TABLE meeting ADD COLUMN form TEXT NOT NULL DEFAULT 'sitting';
ALTER TABLE meeting ADD COLUMN state TEXT NOT NULL DEFAULT 'recorded';
ALTER TABLE meeting ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting ADD COLUMN starts_at TEXT;
ALTER TABLE meeting ADD COLUMN notice_number TEXT;
ALTER TABLE meeting ADD COLUMN notice_date TEXT;
ALTER TABLE meeting ADD COLUMN deadline_at TEXT;
ALTER TABLE meeting ADD COLUMN adopted_in TEXT;
ALTER TABLE meeting ADD COLUMN ended_reason TEXT;
CREATE INDEX meeting_by_body ON meeting (body, on_date);

ALTER TABLE resolution ADD COLUMN is_public BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE resolution ADD COLUMN item_id TEXT;
ALTER TABLE resolution ADD COLUMN votes_for INTEGER;
ALTER TABLE resolution ADD COLUMN votes_against INTEGER;
ALTER TABLE resolution ADD COLUMN votes_abstain INTEGER;
ALTER TABLE resolution ADD COLUMN members_present INTEGER;
ALTER TABLE resolution ADD COLUMN quorum_needed INTEGER;
ALTER TABLE resolution ADD COLUMN supersedes TEXT;
ALTER TABLE resolution ADD COLUMN superseded_by TEXT;
ALTER TABLE resolution ADD COLUMN correction_reason TEXT;

-- How a meeting stood before it was corrected; the row of the meeting supersedes it.
CREATE TABLE meeting_correction (
  correction_id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  reason TEXT NOT NULL,
  was TEXT NOT NULL,
  corrected_at TEXT NOT NULL,
  corrected_by TEXT NOT NULL
);
CREATE INDEX meeting_correction_by_meeting ON meeting_correction (meeting_id, corrected_at);

-- Who sits in a seat of a body, by office or by name, for a term, by which order.
CREATE TABLE committee_member (
  member_id TEXT PRIMARY KEY,
  body TEXT NOT NULL REFERENCES body (code),
  seat TEXT NOT NULL,
  position INTEGER NOT NULL,
  name_th TEXT,
  title_th TEXT NOT NULL,
  title_en TEXT,
  person_id TEXT,
  order_number TEXT,
  order_date TEXT,
  resolution_id TEXT,
  from_date TEXT NOT NULL,
  to_date TEXT,
  end_reason TEXT,
  recorded_at TEXT NOT NULL
);
CREATE INDEX committee_member_by_body ON committee_member (body, from_date);
CREATE INDEX committee_member_by_person ON committee_member (person_id);

CREATE TABLE agenda_item (
  item_id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  part INTEGER NOT NULL,
  position INTEGER NOT NULL,
  title_th TEXT NOT NULL,
  title_en TEXT,
  detail_th TEXT,
  proposal_th TEXT,
  source_kind TEXT,
  source_id TEXT,
  discussion_th TEXT
);
CREATE INDEX agenda_item_by_meeting ON agenda_item (meeting_id, part, position);
CREATE INDEX agenda_item_by_source ON agenda_item (source_kind, source_id);

CREATE TABLE attendance (
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  member_id TEXT NOT NULL REFERENCES committee_member (member_id),
  presence TEXT NOT NULL,
  substitute_title_th TEXT,
  PRIMARY KEY (meeting_id, member_id)
);

-- A member who declared a conflict of interest in an item takes no part in it.
CREATE TABLE conflict_of_interest (
  item_id TEXT NOT NULL REFERENCES agenda_item (item_id),
  member_id TEXT NOT NULL REFERENCES committee_member (member_id),
  reason_th TEXT NOT NULL,
  declared_at TEXT NOT NULL,
  PRIMARY KEY (item_id, member_id)
);

-- Answers of members to a resolution sent round.
CREATE TABLE circulation_answer (
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  member_id TEXT NOT NULL REFERENCES committee_member (member_id),
  answer TEXT NOT NULL,
  reason_th TEXT,
  answered_at TEXT NOT NULL,
  PRIMARY KEY (meeting_id, member_id)
);

-- What a resolution gave somebody to do, until it is closed.
CREATE TABLE assignment (
  assignment_id TEXT PRIMARY KEY,
  province TEXT,
  resolution_id TEXT NOT NULL REFERENCES resolution (resolution_id),
  meeting_id TEXT NOT NULL REFERENCES meeting (meeting_id),
  body TEXT NOT NULL REFERENCES body (code),
  kind TEXT NOT NULL,
  text_th TEXT NOT NULL,
  text_en TEXT,
  responsible_th TEXT NOT NULL,
  responsible_role TEXT,
  responsible_area TEXT,
  due TEXT,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  closing_note_th TEXT,
  closed_at TEXT,
  made_at TEXT NOT NULL
);
CREATE INDEX assignment_by_body ON assignment (body, state, due);
CREATE INDEX assignment_by_resolution ON assignment (resolution_id);

CREATE TABLE assignment_report (
  report_id TEXT PRIMARY KEY,
  assignment_id TEXT NOT NULL REFERENCES assignment (assignment_id),
  text_th TEXT NOT NULL,
  evidence_th TEXT,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  reported_at TEXT NOT NULL
);
CREATE INDEX assignment_report_by_assignment ON assignment_report (assignment_id, reported_at);

-- Papers of agenda items and evidence of reports.
CREATE TABLE committee_paper (
  paper_id TEXT PRIMARY KEY,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  added_at TEXT NOT NULL,
  content BLOB NOT NULL
);
CREATE INDEX committee_paper_by_subject ON committee_paper (subject_kind, subject_id, added_at);

-- Urgent matters of a province, from the first word to the last report.
CREATE TABLE urgent_matter (
  matter_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  area TEXT NOT NULL,
  number TEXT NOT NULL,
  title_th TEXT NOT NULL,
  detail_th TEXT NOT NULL,
  source TEXT NOT NULL,
  source_reference TEXT,
  people_affected INTEGER NOT NULL,
  risk_24_hours_th TEXT NOT NULL,
  risk_72_hours_th TEXT NOT NULL,
  legal_basis_th TEXT,
  money_source TEXT NOT NULL,
  money_satang INTEGER,
  lead_agency_th TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  state TEXT NOT NULL,
  acknowledgement TEXT NOT NULL,
  meeting_id TEXT,
  resolution_id TEXT,
  closed_at TEXT,
  version INTEGER NOT NULL,
  demonstration BOOLEAN NOT NULL,
  UNIQUE (province, number)
);
CREATE INDEX urgent_matter_by_due ON urgent_matter (province, state, due_at);

CREATE TABLE urgent_matter_step (
  step_id TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES urgent_matter (matter_id),
  kind TEXT NOT NULL,
  text_th TEXT NOT NULL,
  order_number TEXT,
  evidence_th TEXT,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX urgent_matter_step_by_matter ON urgent_matter_step (matter_id, at);
