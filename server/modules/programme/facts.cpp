#include "modules/programme/facts.hpp"

#include <set>

#include <boost/json.hpp>

#include "base/json_pick.hpp"

namespace changwat::programme {
namespace {

// "group_2_2021" and "volunteer_2_2021" are the two halves of group 2.
std::optional<std::int64_t> group_number(const FactCohort& fact) {
  if (fact.kind != CohortKind::group && fact.kind != CohortKind::volunteer) return std::nullopt;
  const auto& code = fact.code.text();
  const auto first = code.find('_');
  if (first == code.npos || code.find('_', first + 1) != first + 2) return std::nullopt;
  const char digit = code[first + 1];
  return digit >= '1' && digit <= '9' ? std::optional<std::int64_t>(digit - '0') : std::nullopt;
}

constexpr std::string_view signed_form = "application_form";

}  // namespace

Result<Facts> read_facts(std::string_view programme_json) {
  const auto value = TRY(json::parse(programme_json));
  json::Reading reading;
  Facts facts;
  if (const auto* document = json::object_of(reading, value)) {
    json::pick(reading, *document, "years", facts.years);
    json::pick(reading, *document, "target", facts.target);
    json::pick(reading, *document, "cohorts", facts.cohorts);
    json::pick(reading, *document, "calls", facts.calls);
    json::pick(reading, *document, "milestones", facts.milestones);
  }
  if (!reading.errors.empty()) return Problem(std::move(reading.errors));
  if (auto wrong = faults(facts); !wrong.empty()) return Problem(std::move(wrong));
  return facts;
}

std::vector<FieldError> faults(const Facts& facts) {
  std::vector<FieldError> wrong;
  std::set<std::string> codes;
  const auto once = [&](const std::string& name, const std::string& pointer) {
    if (!codes.insert(name).second) wrong.push_back({pointer, "repeated", "ระบุซ้ำ", "stands twice"});
  };
  for (std::size_t i = 0; i < facts.cohorts.size(); ++i) {
    const auto& cohort = facts.cohorts[i];
    const auto at = "/cohorts/" + std::to_string(i);
    once("cohort " + cohort.code.text(), at + "/code");
    for (std::size_t j = 0; j < cohort.provinces.size(); ++j)
      once("member " + cohort.code.text() + " " + cohort.provinces[j].province.text(),
           at + "/provinces/" + std::to_string(j));
  }
  for (std::size_t i = 0; i < facts.calls.size(); ++i) {
    const auto at = "/calls/" + std::to_string(i);
    once("call " + facts.calls[i].code.text(), at + "/code");
    if (facts.calls[i].deadline.bangkok_date() != facts.calls[i].deadline_date)
      wrong.push_back(
          {at + "/deadline", "wrong_day", "ไม่ตรงกับวันครบกำหนด", "is not on deadline_date"});
  }
  return wrong;
}

CohortRow cohort_of(const FactCohort& fact, Instant now) {
  return {{CohortId::make(now), fact.kind, fact.title_th, fact.title_en, fact.source, fact.verified,
           fact.note},
          fact.code,
          fact.fiscal_year,
          group_number(fact),
          {fact.topics}};
}

MembershipRow membership_of(const FactMember& fact, const CohortId& cohort, Instant now) {
  return {Id<MembershipTag>::make(now), fact.province, cohort, fact.reason_th, fact.reason_en};
}

MilestoneRow milestone_of(const FactMilestone& fact, std::int64_t position, Instant now) {
  return {{fact.kind, fact.date, fact.date_to, fact.title_th, fact.title_en, fact.source,
           fact.verified, fact.note},
          Id<MilestoneTag>::make(now),
          fact.fiscal_year,
          position};
}

CallForProposals call_of(const FactCall& fact, Instant now) {
  CallForProposals call;
  call.call_id = CallId::make(now);
  call.code = fact.code;
  call.fiscal_year = fact.fiscal_year;
  call.title_th = fact.title_th;
  call.title_en = fact.title_en;
  call.opens_at = Instant::bangkok(fact.opens, 0, 0, 0);
  call.deadline_at = Instant(fact.deadline.unix_ms() / 1000 * 1000);
  call.invited = {fact.invited_provinces};
  call.volunteers_allowed = fact.volunteers_allowed;
  for (const auto& document : fact.documents)
    call.requirements.value.push_back(
        {document.code, document.title_th, document.title_en, document.required,
         document.code.text() == signed_form ? RequirementKind::file : RequirementKind::form});
  call.source = fact.source;
  call.state = CallState::open;
  call.updated_at = now;
  return call;
}

}  // namespace changwat::programme
