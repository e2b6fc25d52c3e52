-- An act appends one row and keeps no index. What readers look entries up by is written when they are
-- sealed, sorted: then a page is written once for many entries, and not for each.
CREATE TABLE ledger_entry_lean (
  sequence INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  act TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  province TEXT,
  actor_id TEXT NOT NULL,
  actor_office_id TEXT NOT NULL,
  authority TEXT NOT NULL,
  change TEXT NOT NULL,
  leaf TEXT NOT NULL
);
INSERT INTO ledger_entry_lean
  SELECT sequence, entry_id, recorded_at, act, subject_kind, subject_id, province, actor_id,
         actor_office_id, authority, change, leaf
  FROM ledger_entry ORDER BY sequence;
DROP TABLE ledger_entry;
ALTER TABLE ledger_entry_lean RENAME TO ledger_entry;

-- The sealed entries of each subject.
CREATE TABLE ledger_subject (
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, sequence)
);
INSERT INTO ledger_subject (subject_kind, subject_id, sequence)
  SELECT subject_kind, subject_id, sequence FROM ledger_entry
  WHERE sequence < (SELECT COALESCE(MAX(tree_size), 0) FROM ledger_head)
  ORDER BY subject_kind, subject_id, sequence;

-- Subtrees of less than 16 leaves are hashed again from the leaves of their entries when a proof asks
-- for them; kept, they were 15 of 16 rows.
DELETE FROM ledger_node WHERE level < 4;
