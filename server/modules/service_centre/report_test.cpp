#include <map>

#include "modules/service_centre/store.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

class CentreReport : public CentreOnBothEngines {
 protected:
  MonthlyReport report(std::string_view month, ReportScope scope = ReportScope::all,
                       std::string_view area = "70") {
    auto call = as("provincial_office", "70", "a", "2027-05-15T03:00:00.000Z");
    return good(centre().get_report(call, {{*AreaCode::parse(area), *Month::parse(month), scope}}));
  }
  static std::vector<std::int64_t> of(const FlowNumbers& n) {
    return {n.open_at_start, n.received, n.reopened, n.settled, n.open_at_end};
  }
  static const CategoryNumbers& row(const MonthlyReport& report, std::string_view category) {
    for (const auto& one : report.by_category)
      if (one.category.text() == category) return one;
    ADD_FAILURE() << category;
    return report.by_category.front();
  }
  void rejected(const CaseId& id, std::string_view now) {
    auto call = desk(now);
    good(centre().reject(call, path(id), reason()));
  }
  void reopened(const CaseId& id, std::string_view now) {
    auto call = desk(now);
    good(centre().reopen(call, path(id), reason()));
  }
  // Flows of each group and month: as they are kept, or as they are counted now.
  std::vector<std::string> months(const std::string& month, const std::string& count,
                                  const std::string& table) {
    const auto sql =
        "SELECT district || ' ' || fiscal_year || ' ' || category || ' ' || channel || "
        "' ' || kind || ' ' || flow || ' ' || " +
        month + " || ' ' || " + count + " FROM " + table +
        " GROUP BY district, fiscal_year, category, channel, kind, flow, " + month + " HAVING " +
        count + " <> 0 ORDER BY 1";
    return database().read([&](db::Connection& db) { return db.query<std::string>(sql); });
  }
  // The cases that the list shows behind a number.
  std::size_t listed(const FlowNumbers& numbers, CaseCount count) {
    CaseQuery query;
    std::map<std::string, std::string> words;
    std::string rest = numbers.cases;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('&'), rest.size());
      const auto equal = rest.find('=');
      words[rest.substr(0, equal)] = rest.substr(equal + 1, end - equal - 1);
      rest.erase(0, end + 1);
    }
    if (words.contains("province")) query.province = AreaCode::parse(words["province"]);
    if (words.contains("district")) query.district = AreaCode::parse(words["district"]);
    if (words.contains("category")) query.category = Key::parse(words["category"]);
    if (words.contains("channel")) query.channel = Key::parse(words["channel"]);
    if (words.contains("kind")) query.kind = Key::parse(words["kind"]);
    if (words.contains("fiscal_year"))
      query.fiscal_year = FiscalYear::of_count(std::stoll(words["fiscal_year"]));
    query.from = Date::parse(words["from"]);
    query.to = Date::parse(words["to"]);
    query.count = count;
    auto call = as("provincial_office", "70", "a", "2027-05-15T03:00:00.000Z");
    return good(centre().list_cases(call, {query})).items.size();
  }
};
CHANGWAT_ON_BOTH_ENGINES(CentreReport);

using Numbers = std::vector<std::int64_t>;

TEST_P(CentreReport, What_was_brought_forward_came_in_went_out_and_remains_adds_up) {
  taken(new_case(), "2026-08-10T03:00:00.000Z");  // of the year before
  const auto second = taken(new_case(), "2026-11-10T03:00:00.000Z").case_id;
  const auto third = taken(new_case("land"), "2027-03-10T03:00:00.000Z").case_id;
  rejected(second, "2027-03-20T03:00:00.000Z");
  rejected(third, "2027-03-31T16:59:59.000Z");  // the last second of March in Bangkok
  reopened(second, "2027-04-01T03:00:00.000Z");
  taken(new_case(), "2027-05-01T03:00:00.000Z");

  const auto march = report("2027-03");
  EXPECT_EQ(of(march.month_total), (Numbers{2, 1, 0, 2, 1}));
  EXPECT_EQ(of(march.year_total), (Numbers{1, 2, 0, 2, 1}));
  EXPECT_EQ(of(row(march, "land").month), (Numbers{0, 1, 0, 1, 0}));
  EXPECT_EQ(of(row(march, "utilities").month), (Numbers{2, 0, 0, 1, 1}));
  const auto april = report("2027-04");
  EXPECT_EQ(of(april.month_total), (Numbers{1, 0, 1, 0, 2}));
  EXPECT_EQ(of(april.year_total), (Numbers{1, 2, 1, 2, 2}));
  const auto last_year = report("2026-09");
  EXPECT_EQ(of(last_year.month_total), (Numbers{1, 0, 0, 0, 1}));
  EXPECT_EQ(of(last_year.year_total), (Numbers{0, 1, 0, 0, 1}));
  const auto fresh = report("2027-03", ReportScope::new_cases);
  EXPECT_EQ(of(fresh.month_total), (Numbers{1, 1, 0, 2, 0}));
  const auto district = report("2027-03", ReportScope::all, "7002");
  EXPECT_EQ(of(district.month_total), (Numbers{0, 0, 0, 0, 0}));
}

TEST_P(CentreReport, Every_number_is_as_many_cases_as_its_list_shows) {
  const auto one = taken(new_case(), "2026-11-10T03:00:00.000Z").case_id;
  taken(new_case("land", "advice"), "2027-03-10T03:00:00.000Z");
  taken(new_case(), "2027-03-11T03:00:00.000Z");
  rejected(one, "2027-02-20T03:00:00.000Z");
  reopened(one, "2027-03-01T03:00:00.000Z");
  const auto march = report("2027-03", ReportScope::new_cases);
  std::vector<FlowNumbers> all{march.month_total, march.year_total};
  for (const auto& row : march.by_category) all.insert(all.end(), {row.month, row.year});
  for (const auto& row : march.by_channel) all.insert(all.end(), {row.month, row.year});
  for (const auto& numbers : all) {
    EXPECT_EQ(listed(numbers, CaseCount::open_at_start),
              static_cast<std::size_t>(numbers.open_at_start))
        << numbers.cases;
    EXPECT_EQ(listed(numbers, CaseCount::received), static_cast<std::size_t>(numbers.received));
    EXPECT_EQ(listed(numbers, CaseCount::reopened), static_cast<std::size_t>(numbers.reopened));
    EXPECT_EQ(listed(numbers, CaseCount::settled), static_cast<std::size_t>(numbers.settled));
    EXPECT_EQ(listed(numbers, CaseCount::open_at_end),
              static_cast<std::size_t>(numbers.open_at_end));
  }
}

TEST_P(CentreReport, A_case_is_counted_in_the_category_that_screening_gave_it) {
  const auto id = taken(new_case(), "2027-03-10T03:00:00.000Z").case_id;
  auto call = desk("2027-03-11T03:00:00.000Z");
  ScreenRequest in;
  in.category = word<Key>("land");
  good(centre().screen(call, path(id), in));
  const auto march = report("2027-03");
  EXPECT_EQ(of(row(march, "land").month), (Numbers{0, 1, 0, 0, 1}));
  EXPECT_EQ(of(row(march, "utilities").month), (Numbers{0, 0, 0, 0, 0}));
}

TEST_P(CentreReport, What_is_kept_by_month_is_what_the_flows_are_after_every_act) {
  const auto one = taken(new_case(), "2026-11-30T16:59:59.000Z").case_id;
  taken(new_case("land", "advice"), "2026-11-30T17:00:00.000Z");  // December in Bangkok
  rejected(one, "2027-02-20T03:00:00.000Z");
  reopened(one, "2027-03-01T03:00:00.000Z");
  auto call = desk("2027-03-11T03:00:00.000Z");
  ScreenRequest in;
  in.category = word<Key>("land");
  good(centre().screen(call, path(one), in));
  const auto kept = months("month", "SUM(cases)", "case_flow_month");
  EXPECT_EQ(kept.size(), 4u);
  EXPECT_EQ(kept, months("SUBSTR(on_date, 1, 7)", "COUNT(*)", "case_flow"));
}

TEST_P(CentreReport, A_sheet_holds_the_report_and_a_foreign_province_gets_none) {
  taken(new_case(), "2027-03-10T03:00:00.000Z");
  auto call = as("provincial_office", "70");
  const ReportFileQuery query{
      *AreaCode::parse("70"), *Month::parse("2027-03"), {}, ReportFormat::xlsx};
  EXPECT_TRUE(good(centre().get_report_file(call, {query})).body.starts_with("PK"));
  const Query<ReportQuery> of_district{{*AreaCode::parse("7001"), *Month::parse("2027-03"), {}}};
  EXPECT_EQ(good(centre().get_report(call, of_district)).area_th, "อำเภอพื้นที่ 7001 จังหวัดพื้นที่ 70");
  auto other = as("provincial_office", "40");
  EXPECT_TRUE(centre().get_report_file(other, {query}).problem().is(errors::forbidden));
}

}  // namespace
}  // namespace changwat::service_centre
