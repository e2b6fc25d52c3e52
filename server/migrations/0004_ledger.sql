-- Append-only. Sequences count from 0 without gaps: each is the leaf index in the Merkle tree.
CREATE TABLE ledger_entry (
  sequence INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL UNIQUE,
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
CREATE INDEX ledger_entry_by_subject ON ledger_entry (subject_kind, subject_id, sequence);
CREATE INDEX ledger_entry_by_province ON ledger_entry (province, sequence);

-- Hashes of complete subtrees: (level, position) covers leaves position*2^level … (position+1)*2^level-1.
CREATE TABLE ledger_node (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (level, position)
);

CREATE TABLE ledger_head (
  tree_size INTEGER PRIMARY KEY,
  root TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  key_id TEXT NOT NULL,
  signature TEXT NOT NULL
);

-- The chain of signing keys; each row is a statement signed by the key before it.
CREATE TABLE ledger_key (
  key_id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL,
  introduced_by TEXT NOT NULL,
  from_tree_size INTEGER NOT NULL,
  introduced_at TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE INDEX ledger_key_by_size ON ledger_key (from_tree_size, introduced_at);
