// What is read: applications by those who may, the programme and provinces by everybody.

#include <algorithm>
#include <map>

#include "modules/indicators/rule_book.hpp"
#include "modules/programme/completeness.hpp"
#include "modules/programme/programme.hpp"
#include "modules/programme/store.hpp"

namespace changwat::programme {
namespace {

// ---- stretch

StretchMark mark_of(indicators::StretchLabel label) {
  switch (label) {
    case indicators::StretchLabel::not_available:
      return StretchMark::unknown;
    case indicators::StretchLabel::below:
      return StretchMark::below;
    case indicators::StretchLabel::on:
      return StretchMark::on;
    case indicators::StretchLabel::above:
      return StretchMark::above;
  }
  return StretchMark::unknown;
}

// Years that are filled in, in ascending order, as the test takes them.
template <class Years>
std::vector<indicators::YearValue> filled(const Years& years) {
  std::vector<indicators::YearValue> out;
  for (const auto& year : years)
    if (year.value.value())
      out.push_back({static_cast<int>(year.fiscal_year.count()), *year.value.value()});
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.fiscal_year < b.fiscal_year; });
  return out;
}

StretchItem stretch_of(const DraftKpi& kpi, const indicators::YearValue& target,
                       const std::vector<Decimal>& peers, const indicators::RuleBook& book) {
  StretchItem item;
  item.kpi_code = kpi.code.text();
  item.fiscal_year = *FiscalYear::of_count(target.fiscal_year);
  item.target = target.value;
  const auto direction = kpi.direction == KpiDirection::higher
                             ? indicators::Direction::higher_is_better
                             : indicators::Direction::lower_is_better;
  const auto test = indicators::stretch_test(filled(kpi.baseline), target, direction, peers,
                                             book.in(item.fiscal_year).stretch);
  if (!test.ok()) return item;  // nothing to hold it against yet
  item.trend = {mark_of(test->trend.label), test->trend.reference, test->trend.slope_per_year,
                test->trend.count};
  item.peers = {mark_of(test->peers.label), test->peers.reference, test->peers.count};
  return item;
}

// ---- the programme's course

Cohort cohort_view(const CohortRow& row, const std::vector<MembershipRow>& memberships) {
  Cohort cohort{row, row.group_number, {}, row.topics.value};
  for (const auto& m : memberships)
    if (m.cohort_id == row.cohort_id)
      cohort.members.push_back(
          {m.province, m.reason_th, m.reason_en, m.entered_on, m.resolution_id});
  return cohort;
}

// ---- the public page of a province

std::vector<Membership> memberships_view(db::Connection& db, const AreaCode& province) {
  const auto rows = store::memberships_of(db, province);
  std::vector<Membership> out;
  for (const auto& cohort : store::cohorts(db))
    for (const auto& m : rows)
      if (m.cohort_id == cohort.cohort_id)
        out.push_back({cohort.cohort_id, cohort.fiscal_year, cohort.kind, cohort.title_th,
                       cohort.title_en, m.reason_th, m.reason_en, m.entered_on, m.resolution_id,
                       cohort.verified});
  return out;
}

bool is_public(std::string_view act) {
  return act == "application.submit" || act == "application.accept" || act == "application.resolve";
}

}  // namespace

// ---- applications

Application Programme::view(db::Connection& db, const CallForProposals& call,
                            ApplicationRow row) const {
  Application out;
  out.application_id = row.application_id;
  out.call_id = row.call_id;
  out.fiscal_year = row.fiscal_year;
  out.province = row.province;
  out.kind = row.kind;
  out.state = row.state;
  out.deadline_at = deadline_of(row, call);
  out.submitted_at = row.submitted_at;
  out.findings = store::findings(db, row.application_id);
  out.advice = store::advice(db, row.application_id);
  if (row.resolution_id) out.resolution = committees_.resolution(db, *row.resolution_id);
  out.proposal = std::move(row.proposal.value);
  out.files = store::files(db, row.application_id);
  out.demonstration = row.demonstration;
  out.version = row.version;
  out.updated_at = row.updated_at;
  return out;
}

Result<ApplicationRow> Programme::readable(db::Connection& db, const Call& call,
                                           const ApplicationId& id) const {
  auto row = store::application(db, id);
  if (!row) return errors::not_found;
  TRY(authority_.decide(call, "application.read", {row->province}));
  return *std::move(row);
}

std::optional<ApplicationRow> Programme::application(db::Connection& db,
                                                     const ApplicationId& id) const {
  return store::application(db, id);
}

Result<Page<ApplicationSummary>> Programme::list_applications(
    Call& call, const Query<ApplicationQuery>& query) {
  const auto within = authority_.provinces(call, "application.read");
  return database_.snapshot([&](db::Connection& db) -> Result<Page<ApplicationSummary>> {
    Page<ApplicationSummary> page{store::applications(db, query.value, within), std::nullopt};
    if (page.items.size() > static_cast<std::size_t>(query->limit.count())) {
      page.items.pop_back();
      page.next = page.items.back().application_id.text();
    }
    for (auto& item : page.items)
      if (item.state == ApplicationState::returned)
        item.findings = store::findings(db, item.application_id);
    return page;
  });
}

Result<Application> Programme::get_application(Call& call, const Path<ApplicationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<Application> {
    auto row = TRY(readable(db, call, path->application_id));
    const auto of = *store::call(db, row.call_id);
    return view(db, of, std::move(row));
  });
}

Result<ApplicationHistory> Programme::list_history(Call& call, const Path<ApplicationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<ApplicationHistory> {
    TRY(readable(db, call, path->application_id));
    return ApplicationHistory{store::history(db, path->application_id)};
  });
}

Result<Completeness> Programme::get_completeness(Call& call, const Path<ApplicationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<Completeness> {
    const auto row = TRY(readable(db, call, path->application_id));
    std::set<std::string> keys;
    for (const auto& file : store::files(db, row.application_id)) keys.insert(file.key.text());
    Completeness out;
    out.items = missing(row.proposal.value, store::call(db, row.call_id)->requirements.value, keys);
    out.complete = out.items.empty();
    return out;
  });
}

// An act that the offices allow may still be refused by a rule: then the rule says why.
authority::NextAct Programme::checked(db::Connection& db, const Call& call,
                                      const CallForProposals& of, const ApplicationRow& row,
                                      authority::NextAct next) const {
  if (!next.allowed || next.act != "application.submit") return next;
  auto rule = may_submit(row, of, call.now);
  if (rule.ok()) rule = complete(db, of, row);
  if (rule.ok()) return next;
  next.allowed = false;
  next.why_not_th = rule.problem().th;
  next.why_not_en = rule.problem().en;
  return next;
}

Result<authority::NextActs> Programme::application_acts(Call& call,
                                                        const Path<ApplicationPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = TRY(readable(db, call, path->application_id));
    const auto of = *store::call(db, row.call_id);
    authority::NextActs out;
    for (auto& next :
         authority_.next_acts(call, application_transitions, row.state, {row.province}))
      out.items.push_back(checked(db, call, of, row, std::move(next)));
    return out;
  });
}

Result<StretchList> Programme::get_stretch(Call& call, const Path<ApplicationPath>& path) {
  const auto row = TRY(
      database_.read([&](db::Connection& db) { return readable(db, call, path->application_id); }));
  StretchList out;
  for (const auto& kpi : row.proposal.value.kpis) {
    std::vector<Decimal> peers;
    if (const auto code = Key::parse(kpi.code.text()))
      for (const auto& peer : kpis_.peers(row.province, *code, row.fiscal_year))
        peers.push_back(peer.value);
    for (const auto& target : filled(kpi.targets))
      out.items.push_back(stretch_of(kpi, target, peers, kpis_.rules()));
  }
  return out;
}

// ---- for everybody

std::vector<YearMeeting> Programme::year_meetings(db::Connection& db) const {
  std::map<std::string, committees::Body> bodies;
  for (auto& body : committees_.bodies(db)) bodies.emplace(body.code.text(), body);
  std::vector<YearMeeting> out;
  for (const auto& m : committees_.meetings(db)) {
    const auto& body = bodies.at(m.body.text());
    out.push_back({m.meeting_id, body.name_th, body.name_en, m.number, m.on_date, m.place_th,
                   m.place_en, m.source, m.verified, m.demonstration,
                   committees_.of_meeting(db, m.meeting_id)});
  }
  return out;
}

Result<ProgrammeView> Programme::show(Call&) {
  return database_.snapshot([&](db::Connection& db) -> Result<ProgrammeView> {
    std::map<FiscalYear, ProgrammeYear> years;
    for (auto& row : store::years(db)) {
      years[row.fiscal_year].summary_th = row.summary_th;
      years[row.fiscal_year].summary_en = row.summary_en;
    }
    const auto memberships = store::memberships(db);
    for (const auto& row : store::cohorts(db))
      years[row.fiscal_year].cohorts.push_back(cohort_view(row, memberships));
    for (const auto& row : store::milestones(db)) years[row.fiscal_year].milestones.push_back(row);
    for (auto& meeting : year_meetings(db))
      years[FiscalYear::of(meeting.on_date)].meetings.push_back(meeting);
    ProgrammeView out;
    out.target = store::target(db);
    for (auto& [fiscal_year, year] : years) {
      year.fiscal_year = fiscal_year;
      out.years.push_back(std::move(year));
    }
    return out;
  });
}

Result<ProvincePage> Programme::get_province(Call&, const Path<ProvincePath>& path) {
  const auto areas = areas_.now();
  const auto* area = areas->find(path->code);
  if (!area || area->level != AreaLevel::province) return errors::not_found;
  return database_.snapshot([&](db::Connection& db) -> Result<ProvincePage> {
    ProvincePage page;
    page.area = *area;
    if (const auto* cluster = areas->cluster_of(path->code)) page.cluster = *cluster;
    page.memberships = memberships_view(db, path->code);
    const auto row = store::approved(db, path->code);
    if (!row) return page;
    auto of = *store::call(db, row->call_id);
    auto whole = view(db, of, *row);
    page.application = {whole.application_id,
                        whole.fiscal_year,
                        whole.kind,
                        whole.state,
                        whole.submitted_at,
                        whole.proposal.summary_th,
                        whole.proposal.benefits,
                        whole.resolution,
                        whole.demonstration};
    page.agendas = whole.proposal.agendas;
    page.resolutions = committees_.about(db, "application", row->application_id.text());
    for (const auto& step : store::history(db, row->application_id))
      if (is_public(step.act))
        page.history.push_back({step.at, step.act, step.office_th, step.office_en});
    page.demonstration = row->demonstration;
    return page;
  });
}

}  // namespace changwat::programme
