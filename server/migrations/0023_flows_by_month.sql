-- Flows counted by month, kept in the act that adds them: the report sums a few thousand rows however
-- many cases there are.
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
  PRIMARY KEY (province, flow_year, month, category, channel, kind, flow, fiscal_year, district)
);
INSERT INTO case_flow_month
  SELECT province, flow_year, substr(on_date, 1, 7), category, channel, kind, flow, fiscal_year, district, COUNT(*)
  FROM case_flow
  GROUP BY province, flow_year, substr(on_date, 1, 7), category, channel, kind, flow, fiscal_year, district;
DROP INDEX case_flow_by_group;

-- Most cases have neither: an index of those that have costs the others nothing.
DROP INDEX service_case_by_officer;
DROP INDEX service_case_by_merge;
CREATE INDEX service_case_by_officer ON service_case (officer_id, open, due_at, case_id) WHERE officer_id IS NOT NULL;
CREATE INDEX service_case_by_merge ON service_case (merged_into) WHERE merged_into IS NOT NULL;
