-- Most cases have none of these: an index of those that have costs the others nothing.
DROP INDEX service_case_by_officer;
DROP INDEX service_case_by_merge;
CREATE INDEX service_case_by_officer ON service_case (officer_id, open, due_at, case_id) WHERE officer_id IS NOT NULL;
CREATE INDEX service_case_by_merge ON service_case (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX service_case_invented ON service_case (province, district) WHERE demonstration;
