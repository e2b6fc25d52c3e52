#pragma once
// What keeps coming from one place is a need of the place: several cases of one category within a
// time are proposed for the village's plan, with the cases linked (ADR 0022).

#include "modules/service_centre/lists_model.hpp"

namespace changwat::service_centre {

using NeedId = Id<struct PlaceNeedTag>;

enum class NeedState { proposed, withdrawn };
BOOST_DESCRIBE_ENUM(NeedState, proposed, withdrawn)

struct NeedRow {
  NeedId need_id;
  AreaCode province;
  AreaCode district;
  AreaCode area;  // a sub-district, or the district where the cases said no more
  Key category;
  Title title;
  Note reason;
  NeedState state = NeedState::proposed;
  Instant proposed_at;
  std::string office_id;
  std::string office_th;
  std::string office_en;
  std::optional<Instant> withdrawn_at;
  Note withdrawal;  // why
  bool demonstration = false;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(NeedRow, (),
                      (need_id, province, district, area, category, title, reason, state,
                       proposed_at, office_id, office_th, office_en, withdrawn_at, withdrawal,
                       demonstration, version))

// Cases of one category from one place that no standing need holds yet are a need to be proposed
// when there are `cases_min` of them.
struct RecurringCases {
  Key category;
  std::string name_th;
  std::string name_en;
  AreaCode area;  // the sub-district, or the district where none was said
  std::int64_t cases = 0;
  std::int64_t in_needs = 0;  // of them, those that a standing need holds
  Date first_on;
  Date last_on;
  std::vector<CaseSummary> items;  // in no need yet; the latest first, 50 at most
  bool may_propose = false;        // enough of them, and the caller may
};
BOOST_DESCRIBE_STRUCT(RecurringCases, (),
                      (category, name_th, name_en, area, cases, in_needs, first_on, last_on, items,
                       may_propose))

struct RecurringNeeds {
  std::int64_t cases_min = 0;
  std::int64_t days_max = 0;
  std::vector<RecurringCases> items;  // the most cases first
};
BOOST_DESCRIBE_STRUCT(RecurringNeeds, (), (cases_min, days_max, items))

struct NewNeed {
  AreaCode area;  // a sub-district, or a district
  Key category;
  Title title;
  std::optional<Note> reason_th;
  List<CaseId, 50> cases;
};
BOOST_DESCRIBE_STRUCT(NewNeed, (), (area, category, title, reason_th, cases))

struct NeedsQuery {
  std::optional<AreaCode> area;    // a province or district; one of the two is wanted
  std::optional<CaseId> case_id;   // needs that hold this case
  std::optional<NeedState> state;  // both
};
BOOST_DESCRIBE_STRUCT(NeedsQuery, (), (area, case_id, state))

struct NeedPath {
  NeedId need_id;
};
BOOST_DESCRIBE_STRUCT(NeedPath, (), (need_id))

struct NeedSummary {
  NeedId need_id;
  AreaCode district;
  AreaCode area;
  Key category;
  Title title;
  NeedState state = NeedState::proposed;
  Instant proposed_at;
  std::string office_th;
  std::string office_en;
  std::int64_t cases = 0;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(NeedSummary, (),
                      (need_id, district, area, category, title, state, proposed_at, office_th,
                       office_en, cases, demonstration))

struct PlaceNeed {
  NeedId need_id;
  AreaCode district;
  AreaCode area;
  Key category;
  Title title;
  Note reason;
  NeedState state = NeedState::proposed;
  Instant proposed_at;
  std::string office_th;
  std::string office_en;
  std::optional<Instant> withdrawn_at;
  Note withdrawal;
  bool demonstration = false;
  std::int64_t version = 1;
  std::vector<CaseSummary> items;  // the cases that it is made of
  bool may_withdraw = false;
};
BOOST_DESCRIBE_STRUCT(PlaceNeed, (),
                      (need_id, district, area, category, title, reason, state, proposed_at,
                       office_th, office_en, withdrawn_at, withdrawal, demonstration, version,
                       items, may_withdraw))

}  // namespace changwat::service_centre
