-- Orders by which powers are delegated. What an order grants stands in power_grant.
CREATE TABLE delegation_order (
  order_id TEXT PRIMARY KEY,
  province TEXT NOT NULL,
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  project_id TEXT REFERENCES project (project_id),
  grantor_office_id TEXT,
  delegate_office_id TEXT,
  from_date TEXT,
  to_date TEXT,
  number TEXT NOT NULL,
  content TEXT NOT NULL,
  signed_at TEXT,
  signed_by TEXT,
  ended_at TEXT,
  end_reason_th TEXT,
  demonstration BOOLEAN NOT NULL,
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX delegation_order_by_province ON delegation_order (province, order_id);
CREATE INDEX delegation_order_by_project ON delegation_order (project_id, order_id);
CREATE INDEX delegation_order_by_grantor ON delegation_order (grantor_office_id, order_id);
CREATE INDEX delegation_order_by_delegate ON delegation_order (delegate_office_id, order_id);

-- One row a power of a signed order.
CREATE TABLE delegation_grant (
  grant_id TEXT PRIMARY KEY REFERENCES power_grant (grant_id),
  order_id TEXT NOT NULL REFERENCES delegation_order (order_id),
  power TEXT NOT NULL
);
CREATE INDEX delegation_grant_by_order ON delegation_grant (order_id, grant_id);

-- Each use of a delegated power. Rows are only ever added.
CREATE TABLE delegation_use (
  use_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES delegation_order (order_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  on_date TEXT NOT NULL,
  what_th TEXT NOT NULL,
  amount_satang INTEGER,
  reference TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  UNIQUE (order_id, position)
);

CREATE TABLE delegation_step (
  step_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES delegation_order (order_id),
  position INTEGER NOT NULL,
  act TEXT NOT NULL,
  at TEXT NOT NULL,
  person_id TEXT NOT NULL,
  office_th TEXT NOT NULL,
  office_en TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (order_id, position)
);

-- What the papers of a signed order say: later changes of the templates do not reach them.
CREATE TABLE delegation_paper (
  order_id TEXT NOT NULL REFERENCES delegation_order (order_id),
  file TEXT NOT NULL,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (order_id, file)
);
