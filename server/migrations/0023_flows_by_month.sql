-- Flows counted by month, kept in the act that adds them: the report sums a few thousand rows however
-- many cases there are. Without a rowid the key holds the count: it is read in the order in which the
-- report groups.
CREATE TABLE case_flow_month (
  province TEXT NOT NULL,
  flow_year INTEGER NOT NULL,
  month TEXT NOT NULL,
  category TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  flow TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  district TEXT NOT NULL,
  cases INTEGER NOT NULL,
  PRIMARY KEY (province, flow_year, category, channel, kind, flow, month, fiscal_year, district)
) WITHOUT ROWID;
INSERT INTO case_flow_month
  SELECT province, flow_year, substr(on_date, 1, 7), category, channel, kind, flow, fiscal_year, district, COUNT(*)
  FROM case_flow
  GROUP BY province, flow_year, substr(on_date, 1, 7), category, channel, kind, flow, fiscal_year, district;
DROP INDEX case_flow_by_group;
