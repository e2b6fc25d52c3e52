#pragma once
// The SQL of needs of places, and of the cases that recur.

#include "platform/db/connection.hpp"

#include "modules/service_centre/needs_model.hpp"

namespace changwat::service_centre::store {

// Places in which cases of a category came together since a moment; `in_needs` of them stand in a
// need that was not withdrawn.
struct Recurring {
  Key category;
  AreaCode area;
  std::int64_t cases = 0;
  std::int64_t in_needs = 0;
  Instant first_at;
  Instant last_at;
};
BOOST_DESCRIBE_STRUCT(Recurring, (), (category, area, cases, in_needs, first_at, last_at))
std::vector<Recurring> recurring(db::Connection& db, const AreaCode& area, Instant since,
                                 std::int64_t cases_min);
// Those of a place that are in no need, the latest first, 50 at most.
std::vector<CaseSummary> in_no_need(db::Connection& db, const Key& category, const AreaCode& area,
                                    Instant since);

void add(db::Connection& db, const NeedRow& row, const std::vector<CaseId>& cases);
void change(db::Connection& db, const NeedRow& row);
std::optional<NeedRow> need(db::Connection& db, const NeedId& id);
// The newest first, 200 at most. Of an area, or those that hold a case.
std::vector<NeedSummary> needs(db::Connection& db, const NeedsQuery& query);
std::vector<CaseSummary> cases_of(db::Connection& db, const NeedId& id);
// The need that holds a case and was not withdrawn.
std::optional<NeedRow> standing_need(db::Connection& db, const CaseId& id);

}  // namespace changwat::service_centre::store
