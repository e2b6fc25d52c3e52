// Lists and boards.

#include <algorithm>

#include "modules/service_centre/reminders.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_lists.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

template <class Row>
void name(CountRow& out, const std::vector<Row>& rows, Key Row::*code) {
  for (const auto& row : rows) {
    if ((row.*code).text() != out.code) continue;
    out.name_th = row.name_th.text();
    out.name_en = row.name_en.text();
  }
}

CountRow count_row(const store::Counted& counted) {
  return {counted.code, "", "", counted.open, counted.late, counted.near_due};
}

}  // namespace

Result<CentreLists> ServiceCentre::get_lists(Call&) {
  return book_.lists;
}

// An office that reads no area reads what is assigned to it.
Result<Page<CaseSummary>> ServiceCentre::list_cases(Call& call, const Query<CaseQuery>& query) {
  store::ListAsked asked{
      query.value, {areas_of(call, "case.read"), {}}, call.caller->person_id, addressees_of(call)};
  const bool reads_none = asked.scope.areas && asked.scope.areas->empty();
  if (query->whose == Whose::assigned || reads_none) {
    for (const auto& office : call.caller->offices) {
      const auto one = only_with(call, office.office_id);
      if (authority_.may(one, "case.read", assigned_object(office.area)))
        asked.scope.offices.push_back(office.office_id);
    }
    if (asked.scope.offices.empty()) return Page<CaseSummary>{};
  }
  Page<CaseSummary> page;
  page.items = database_.read([&](db::Connection& db) { return store::cases(db, asked); });
  if (page.items.size() > static_cast<std::size_t>(query->limit.count())) {
    page.items.pop_back();
    page.next = page.items.back().case_id.text();
  }
  return page;
}

Result<CaseBoard> ServiceCentre::get_board(Call& call, const Query<BoardQuery>& query) {
  TRY(authority_.decide(call, "case.read", {query->area}));
  CaseBoard out;
  out.area = query->area;
  out.near_due_days = book_.lists.intake.near_due_days;
  const auto near = call.now.plus_ms(out.near_due_days * day_ms);
  const auto offices = offices_(call.now);
  const auto names = areas_.now();
  database_.snapshot([&](db::Connection& db) {
    const auto count = [&](store::CountBy by) {
      std::vector<CountRow> rows;
      for (const auto& one : store::count_open(db, query->area, by, call.now, near))
        rows.push_back(count_row(one));
      return rows;
    };
    out.by_state = count(store::CountBy::state);
    out.by_kind = count(store::CountBy::kind);
    out.by_category = count(store::CountBy::category);
    out.by_channel = count(store::CountBy::channel);
    if (query->area.level() == AreaLevel::province)
      out.by_district = count(store::CountBy::district);
    for (const auto& one : store::count_by_office(db, query->area, call.now, near))
      out.by_agency.push_back(count_row(one));
    out.demonstration = store::has_demonstration(db, query->area);
    return 0;
  });
  for (auto& row : out.by_state) {
    out.open += row.open;
    out.late += row.late;
    out.near_due += row.near_due;
  }
  for (auto& row : out.by_kind) name(row, book_.lists.kinds, &KindRow::kind);
  for (auto& row : out.by_category) name(row, book_.lists.categories, &CategoryRow::category);
  for (auto& row : out.by_channel) name(row, book_.lists.channels, &ChannelRow::channel);
  for (auto& row : out.by_district) {
    const auto code = AreaCode::parse(row.code);
    const auto* area = code ? names->find(*code) : nullptr;
    if (area) row.name_th = area->name_th.text(), row.name_en = area->name_en.text();
  }
  for (auto& row : out.by_agency) {
    const auto* office = offices->find(row.code);
    if (office) row.name_th = office->title_th, row.name_en = office->title_en;
  }
  return out;
}

}  // namespace changwat::service_centre
