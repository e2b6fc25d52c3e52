-- Who may see a document although neither its area nor its audience lets them.
ALTER TABLE search_document ADD COLUMN readers TEXT NOT NULL DEFAULT '';

-- Cases whose text stands in no index yet: new ones, and all that were here before. A job puts them in.
CREATE TABLE case_to_index (case_id TEXT PRIMARY KEY REFERENCES service_case (case_id));
INSERT INTO case_to_index (case_id) SELECT case_id FROM service_case;
