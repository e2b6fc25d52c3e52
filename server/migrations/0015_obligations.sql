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

-- The report to the Budget Bureau was kept with its request until now. It becomes an obligation under
-- the request's own id, in the words of data/law of the day of this migration.
INSERT INTO obligation (obligation_id, province, kind, duty, power, instrument, citation_th, citation_en,
  subject_kind, subject_id, title_th, title_en, link, office_role, office_th, office_en, counted_from, due,
  due_by, state, channel, sent_on, letter, received_on, receipt, reference, demonstration, version,
  raised_at, updated_at)
SELECT c.change_id, c.province, 'report_to_budget_bureau',
  '{"code":"report_to_budget_bureau","occasion":"use","text_th":"ส่งแบบรายงานพร้อมเหตุผลให้สำนักงบประมาณภายใน 15 วัน","text_en":"Send the form with reasons to the Budget Bureau within 15 days","addressee_th":"สำนักงบประมาณ","addressee_en":"Budget Bureau","deadline":{"days":15,"kind":"calendar"},"evidence_th":"แบบรายงานที่ส่งแล้วและเลขที่หนังสือ","evidence_en":"The form as sent, and the number of its letter","verified":false,"note":"Whether days of the calendar or working days, and from which day, was not read: counted as days of the calendar from the resolution."}',
  'transfer_allocation', 'budget_transfer_rules_2562',
  'หลักเกณฑ์ของสำนักงบประมาณว่าด้วยการโอนเงินจัดสรร พ.ศ. 2562',
  'Budget Bureau, rules on the transfer of allocations, B.E. 2562',
  'change', c.change_id, COALESCE(p.name_th, 'โครงการใหม่'), COALESCE(p.name_th, 'New project'),
  'changes/' || c.change_id, 'governor', 'ผู้ว่าราชการจังหวัด', 'Governor', c.decided_on, c.report_due, 'law',
  CASE WHEN c.reported_on IS NULL THEN 'owed' ELSE 'proved' END,
  CASE WHEN c.reported_on IS NULL THEN NULL ELSE 'letter' END,
  c.reported_on, SUBSTR(c.report_proof, 1, 200), c.reported_on,
  CASE WHEN c.reported_on IS NULL THEN NULL ELSE 'ตามหลักฐานที่อ้าง' END,
  c.report_proof, c.demonstration, 1, c.updated_at, c.updated_at
FROM change_request c LEFT JOIN project p ON p.project_id = c.project_id
WHERE c.report_due IS NOT NULL AND c.decided_on IS NOT NULL;

INSERT INTO obligation_step (step_id, obligation_id, position, act, at, person_id, office_th, office_en,
  note, service, proof)
SELECT obligation_id, obligation_id, 1, 'obligation.raise', raised_at, '', '', '',
  'ย้ายมาจากคำขอเปลี่ยนแปลงโครงการ', 'null', 'null'
FROM obligation;

ALTER TABLE change_request DROP COLUMN report_due;
ALTER TABLE change_request DROP COLUMN reported_on;
ALTER TABLE change_request DROP COLUMN report_proof;
