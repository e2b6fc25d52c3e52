#include "modules/indicators/rule_book.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "base/json_pick.hpp"

namespace changwat::indicators {
namespace {

// No fiscal year of a record begins before.
Date since_ever() {
  return *Date::of(1900, 1, 1);
}

struct Document {
  List<RuleRow, 1000> rules;
};

std::string name_of(Rule rule) {
  return std::string(enum_name(rule));
}

Problem contradiction(const std::string& rule, std::string th, std::string en) {
  return {errors::invalid_input, "หลักเกณฑ์ " + rule + ": " + std::move(th),
          "Rule " + rule + ": " + std::move(en)};
}

// The rows of one rule, in order of time, must follow each other through whole fiscal years.
Result<Done> check_course(const std::string& rule, const std::vector<RuleRow>& rows) {
  const auto broken = [&](const char* th, const char* en) { return contradiction(rule, th, en); };
  if (rows.empty()) return broken("ไม่มีในข้อมูล", "there is no row.");
  if (rows.front().valid_from || rows.back().valid_to)
    return broken("แถวไม่ครอบคลุมทุกปี", "its rows do not cover all years.");
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    const auto end = rows[i].valid_to, next = rows[i + 1].valid_from;
    if (!end || !next || end->plus_days(1) != *next)
      return broken("แถวซ้อนกันหรือขาดช่วง", "its rows overlap or leave a gap.");
    if (FiscalYear::of(*next).first_day() != *next)
      return broken("แถวต้องเริ่มวันที่ 1 ตุลาคม", "its rows do not begin on a 1 October.");
  }
  return Done{};
}

using Course = std::map<Rule, std::vector<RuleRow>>;

Result<Course> course_of(std::vector<RuleRow> rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const RuleRow& a, const RuleRow& b) {
    return a.valid_from.value_or(since_ever()) < b.valid_from.value_or(since_ever());
  });
  Course course;
  for (auto& row : rows) course[row.rule].push_back(std::move(row));
  for (const auto name : enum_names<Rule>())
    TRY(check_course(std::string(name), course[*enum_value<Rule>(name)]));
  return course;
}

// The row in force on a day on which some row begins.
const RuleRow& row_on(const std::vector<RuleRow>& rows, Date day) {
  return *std::find_if(rows.rbegin(), rows.rend(), [&](const RuleRow& row) {
    return row.valid_from.value_or(since_ever()) <= day;
  });
}

class Numbers {
 public:
  explicit Numbers(const std::vector<RuleRow>& rows) : rows_(rows) {}

  Decimal exact(Rule rule) const { return rows_[static_cast<std::size_t>(rule)].value; }
  Result<std::int64_t> whole(Rule rule, std::int64_t low, std::int64_t high) const {
    const auto value = exact(rule).millionths();
    if (value % Decimal::scale == 0 && value / Decimal::scale >= low &&
        value / Decimal::scale <= high)
      return value / Decimal::scale;
    return contradiction(name_of(rule), "ต้องเป็นจำนวนเต็มในช่วงที่กำหนด",
                         "must be a whole number within its range.");
  }
  Result<int> small(Rule rule, int low, int high) const {
    return static_cast<int>(TRY(whole(rule, low, high)));
  }

 private:
  const std::vector<RuleRow>& rows_;  // one a rule, in the order of Rule
};

Result<RankingRule> ranking_of(const Numbers& n) {
  RankingRule rule;
  rule.coverage_min_percent = n.exact(Rule::coverage_min_percent);
  rule.source_spread_percent = {
      n.exact(Rule::official_statistic_spread_percent),
      n.exact(Rule::administrative_record_spread_percent), n.exact(Rule::surveyed_spread_percent),
      n.exact(Rule::self_reported_spread_percent)};  // in the order of SourceClass
  rule.weight_spread_percent = n.exact(Rule::weight_spread_percent);
  rule.draws = TRY(n.small(Rule::draws, 1, 10'000));
  rule.seed = TRY(n.whole(Rule::seed, 0, Decimal::millionths_max));
  rule.low_percentile = TRY(n.small(Rule::low_percentile, 1, 100));
  rule.high_percentile = TRY(n.small(Rule::high_percentile, 1, 100));
  TRY(check_rule(rule));
  return rule;
}

Result<JudgementRule> judgement_of(const Numbers& n, int age_months_max) {
  constexpr int points_max = 120;  // ten years of months
  JudgementRule rule;
  rule.green_at_least_percent = n.exact(Rule::green_at_least_percent);
  rule.amber_at_least_percent = n.exact(Rule::amber_at_least_percent);
  rule.forecast_points_max = TRY(n.small(Rule::forecast_points_max, 2, points_max));
  rule.forecast_points_min = TRY(n.small(Rule::forecast_points_min, 2, rule.forecast_points_max));
  rule.age_months_max = age_months_max;
  if (rule.amber_at_least_percent <= rule.green_at_least_percent) return rule;
  return contradiction(name_of(Rule::amber_at_least_percent), "สูงกว่าเกณฑ์สีเขียว",
                       "is above that of green.");
}

Result<std::vector<Band>> bands_of(const Numbers& n) {
  const std::vector<Band> bands{
      {n.exact(Rule::quality_at_least_points), *Key::parse("quality")},
      {n.exact(Rule::standard_high_at_least_points), *Key::parse("standard_high")},
      {n.exact(Rule::standard_basic_at_least_points), *Key::parse("standard_basic")},
      {n.exact(Rule::needs_improvement_at_least_points), *Key::parse("needs_improvement")}};
  for (std::size_t i = 1; i < bands.size(); ++i)
    if (bands[i].at_least_points >= bands[i - 1].at_least_points)
      return contradiction(bands[i].code.text(), "ระดับต้องลดลงตามลำดับ", "the bands do not descend.");
  return bands;
}

Result<Rules> rules_of(std::vector<RuleRow> rows) {
  constexpr int months_max = 120;
  const Numbers n(rows);
  Rules rules;
  rules.ranking = TRY(ranking_of(n));
  rules.age = {TRY(n.small(Rule::monthly_age_months_max, 0, months_max)),
               TRY(n.small(Rule::other_age_months_max, 0, months_max))};
  rules.judgement = TRY(judgement_of(n, rules.age.other_max));
  rules.stretch = {n.exact(Rule::stretch_tolerance_percent),
                   TRY(n.small(Rule::stretch_peers_min, 1, 77))};
  rules.bands = TRY(bands_of(n));
  rules.rows = std::move(rows);
  return rules;
}

}  // namespace

std::optional<Key> band_of(const std::vector<Band>& bands, const Standing& level) {
  if (level.not_ranked != NotRanked::none || !level.points) return std::nullopt;
  return band_of(std::span(bands), *level.points);
}

Result<RuleBook> RuleBook::read(std::string_view rules_json) {
  const auto value = TRY(json::parse(rules_json));
  json::Reading reading;
  Document document;
  if (const auto* object = json::object_of(reading, value))
    json::pick(reading, *object, "rules", document.rules);
  if (!reading.errors.empty()) return Problem(std::move(reading.errors));
  return of_rows(std::move(document.rules));
}

Result<RuleBook> RuleBook::of_rows(std::vector<RuleRow> rows) {
  std::set<Date> beginnings;
  for (const auto& row : rows) beginnings.insert(row.valid_from.value_or(since_ever()));
  const auto course = TRY(course_of(std::move(rows)));
  std::vector<Period> periods;
  for (const auto from : beginnings) {
    std::vector<RuleRow> in_force;
    for (const auto& [rule, of_rule] : course) in_force.push_back(row_on(of_rule, from));
    periods.push_back({from, TRY(rules_of(std::move(in_force)))});
  }
  return RuleBook(std::move(periods));
}

const Rules& RuleBook::in(FiscalYear year) const {
  const auto after =
      std::upper_bound(periods_.begin() + 1, periods_.end(), year.first_day(),
                       [](Date day, const Period& period) { return day < period.from; });
  return std::prev(after)->rules;
}

}  // namespace changwat::indicators
