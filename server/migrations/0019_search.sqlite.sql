-- What is found by its text. A document's terms follow from its row (platform/search/terms.hpp).
CREATE TABLE search_document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  province TEXT NOT NULL,
  collection TEXT NOT NULL,
  record_id TEXT NOT NULL,
  area TEXT NOT NULL,
  audience INTEGER NOT NULL,
  category TEXT NOT NULL,
  at TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  text TEXT NOT NULL,
  lengths BLOB NOT NULL,
  UNIQUE (province, collection, record_id)
);

-- Terms come separated by spaces; all that is not ASCII belongs to a term by itself.
CREATE VIRTUAL TABLE search_term USING fts5(
  terms, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '=^~@._-'");
CREATE VIRTUAL TABLE search_known_term USING fts5vocab(search_term, 'row');

-- Documents from this id on are not in search_term yet.
CREATE TABLE search_progress (first_waiting INTEGER NOT NULL);
INSERT INTO search_progress (first_waiting) VALUES (1);
