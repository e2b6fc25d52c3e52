#pragma once
// The reviewed facts of data/programme/programme.json about the programme's course: years, target,
// cohorts with their members, milestones, and the call of 2021.
// Members of the document that other modules read are passed over; what is read here is read
// strictly.

#include <optional>
#include <string_view>

#include "base/result.hpp"

#include "modules/programme/model.hpp"

namespace changwat::programme {

struct FactYear {
  FiscalYear fiscal_year;
  Title title_th;
  Title title_en;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactYear, (), (fiscal_year, title_th, title_en, source, verified, note))

struct FactTarget {
  std::int64_t provinces = 0;
  FiscalYear fiscal_year;
  Title text_th;
  Title text_en;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactTarget, (),
                      (provinces, fiscal_year, text_th, text_en, source, verified, note))

struct FactMember {
  AreaCode province;
  std::optional<LongText> reason_th;
  std::optional<LongText> reason_en;
};
BOOST_DESCRIBE_STRUCT(FactMember, (), (province, reason_th, reason_en))

struct FactCohort {
  Key code;
  FiscalYear fiscal_year;
  CohortKind kind = CohortKind::group;
  Title title_th;
  Title title_en;
  List<FactMember, 77> provinces;
  List<Topic, 200> topics;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactCohort, (),
                      (code, fiscal_year, kind, title_th, title_en, provinces, topics, source,
                       verified, note))

struct FactDocument {
  Key code;
  Title title_th;
  Title title_en;
  bool required = false;
};
BOOST_DESCRIBE_STRUCT(FactDocument, (), (code, title_th, title_en, required))

struct FactCall {
  Key code;
  FiscalYear fiscal_year;
  Title title_th;
  Title title_en;
  Date opens;
  bool opens_verified = false;
  Date briefing;
  Instant deadline;
  Date deadline_date;
  bool deadline_date_verified = false;
  bool deadline_time_verified = false;
  List<AreaCode, 77> invited_provinces;
  bool volunteers_allowed = false;
  Title submission_channel_th;
  Title submission_channel_en;
  List<FactDocument, 20> documents;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactCall, (),
                      (code, fiscal_year, title_th, title_en, opens, opens_verified, briefing,
                       deadline, deadline_date, deadline_date_verified, deadline_time_verified,
                       invited_provinces, volunteers_allowed, submission_channel_th,
                       submission_channel_en, documents, source, verified, note))

struct FactMilestone {
  std::optional<Date> date;
  std::optional<Date> date_to;
  FiscalYear fiscal_year;
  std::optional<Key> weekday_stated;
  MilestoneKind kind = MilestoneKind::meeting;
  Title title_th;
  Title title_en;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactMilestone, (),
                      (date, date_to, fiscal_year, weekday_stated, kind, title_th, title_en, source,
                       verified, note))

struct Facts {
  List<FactYear, 50> years;
  FactTarget target;
  List<FactCohort, 100> cohorts;
  List<FactCall, 50> calls;
  List<FactMilestone, 500> milestones;
};

Result<Facts> read_facts(std::string_view programme_json);

// Cohorts and calls by code stand once, a province once in a cohort, and the day of a deadline is
// the Bangkok day of its moment.
std::vector<FieldError> faults(const Facts& facts);

// Rows of a new installation.
CohortRow cohort_of(const FactCohort& fact, Instant now);
MembershipRow membership_of(const FactMember& fact, const CohortId& cohort, Instant now);
MilestoneRow milestone_of(const FactMilestone& fact, std::int64_t position, Instant now);
// The form was sent as a signed document, the proposal is what is written here. The source does not
// say that the call was ever closed: it stands open, and its deadline has passed.
CallForProposals call_of(const FactCall& fact, Instant now);

}  // namespace changwat::programme
