-- Needs of places that recurring cases are proposed as, for the village's plan, and the cases that they
-- are made of.
CREATE TABLE place_need (
  need_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  district TEXT NOT NULL,
  area TEXT NOT NULL,
  category TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  office_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  withdrawn_at TEXT,
  withdrawal TEXT NOT NULL,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX place_need_by_area ON place_need (province, district, state, need_id);

CREATE TABLE place_need_case (
  need_id TEXT NOT NULL REFERENCES place_need (need_id),
  case_id TEXT NOT NULL REFERENCES service_case (case_id),
  PRIMARY KEY (need_id, case_id)
);
CREATE INDEX place_need_case_by_case ON place_need_case (case_id, need_id);
