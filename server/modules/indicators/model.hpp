#pragma once
// The words of `indicators`: first the values that the pure rules work on, then (below the line)
// what is stored and what travels.
//
// A period is named by the month in which it ends, counted from year 0 of the Gregorian era:
// month_index(2021, 3) for March 2021. Fiscal years are the Gregorian year in which they end.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/area_code.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

#include "modules/indicators/definition.hpp"
#include "modules/indicators/exact.hpp"

namespace changwat::indicators {

// month: 1..12.
constexpr int month_index(int year, int month) {
  return year * 12 + month - 1;
}

// ยิ่งมากยิ่งดี / ยิ่งน้อยยิ่งดี / อยู่ในช่วง
enum class Direction { higher_is_better, lower_is_better, within_range };
BOOST_DESCRIBE_ENUM(Direction, higher_is_better, lower_is_better, within_range)

// Where a value comes from, from the most to the least checkable.
enum class SourceClass { official_statistic, administrative_record, surveyed, self_reported };
BOOST_DESCRIBE_ENUM(SourceClass, official_statistic, administrative_record, surveyed, self_reported)
inline constexpr int source_class_count = 4;

struct Observation {
  int month = 0;
  Decimal value;

  friend bool operator==(const Observation&, const Observation&) = default;
};

struct Measurement {
  int month = 0;
  Decimal value;
  SourceClass source = SourceClass::official_statistic;

  friend bool operator==(const Measurement&, const Measurement&) = default;
};

// --- Scoring methods (scoring.hpp gives the formulas)
// ---------------------------------------------

// The values worth 50, 75 and 100 points (ขั้นต้น, มาตรฐาน, ขั้นสูง). Rising points mean that more
// is better, falling points that less is better.
struct ThreePoint {
  Decimal p50, p75, p100;
};

// The values of levels 1 to 5, rising or falling.
struct FiveLevel {
  Decimal l1, l2, l3, l4, l5;
};

// A value that should lie between two ends: criteria for coming from below and from above.
struct WithinRange {
  ThreePoint rising;
  ThreePoint falling;  // rising.p100 <= falling.p100
};

// The value is the share of weighted steps done, in percent (milestone_progress).
struct Milestone {};

// The value is a PMQA 4.0 score of 0..500 (pmqa_item, pmqa_total).
struct Pmqa {};

using Method = std::variant<ThreePoint, FiveLevel, WithinRange, Milestone, Pmqa>;

// === Stored and travelling types ================================================================

using KpiId = Id<struct KpiTag>;
using ValueId = Id<struct ValueTag>;
using ImportId = Id<struct ImportTag>;

// What a value is measured for: a month "2021-03", a quarter of a fiscal year "2021-Q2" (January to
// March 2021), or a fiscal year "2021" (October 2020 to September 2021).
class KpiPeriod {
 public:
  KpiPeriod() = default;
  static std::optional<KpiPeriod> parse(std::string_view raw);
  static KpiPeriod of(FiscalYear year);
  static KpiPeriod of(FiscalYear year, int quarter);  // 1..4
  static KpiPeriod of(Month month);
  static Word word();

  std::string text() const;
  int last_month() const { return last_month_; }  // as Month::index()
  int months() const { return months_; }          // 1, 3 or 12
  std::string thai() const;  // "มีนาคม 2564", "ไตรมาส 2/2564", "ปีงบประมาณ 2564"
  std::string english() const;  // "March 2021", "quarter 2 of FY 2021", "FY 2021"
  friend auto operator<=>(const KpiPeriod&, const KpiPeriod&) = default;

 private:
  KpiPeriod(int last_month, int months) : last_month_(last_month), months_(months) {}
  int last_month_ = month_index(2021, 9);
  int months_ = 12;
};

// An address of evidence on the web: "https://…" or "http://…", without white space.
class WebAddress {
 public:
  WebAddress() = default;
  static std::optional<WebAddress> parse(std::string_view raw);
  static Word word();
  const std::string& text() const { return value_; }
  friend bool operator==(const WebAddress&, const WebAddress&) = default;

 private:
  std::string value_;
};

// Which way is better, for indicators of every origin. Proposals know only the first two.
enum class Better { higher, lower, range };
BOOST_DESCRIBE_ENUM(Better, higher, lower, range)

// How the values within twelve months make the yearly value that baselines and targets are about.
enum class YearlyValue { last, mean, sum };
BOOST_DESCRIBE_ENUM(YearlyValue, last, mean, sum)

// An indicator of a province, from the year in which it was agreed.
struct Kpi {
  KpiId kpi_id;
  AreaCode province;
  FiscalYear fiscal_year;
  Key code;  // unique in the province and fiscal year
  Text<1, 300> name_th;
  Text<0, 300> name_en;
  Text<1, 4000> definition_th;
  Text<1, 100> unit_th;
  Text<0, 100> unit_en;
  Better direction = Better::higher;
  YearlyValue yearly_value = YearlyValue::last;
  Text<1, 500> source_th;
  Text<1, 300> owner_th;
  std::optional<std::int64_t> agenda;
  Decimal weight;
  Json<List<YearFigure, 3>> baseline;
  Json<List<YearFigure, 2>> targets;
  std::optional<Json<KpiCriteria>> criteria;
  std::optional<Json<KpiCriteria>> criteria_falling;  // of a range: coming from above
  std::optional<Text<1, 64>> application_id;          // the approved application that fixed it
  bool demonstration = false;                         // invented, and said so wherever it is shown
  std::int64_t version = 1;
  Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(Kpi, (),
                      (kpi_id, province, fiscal_year, code, name_th, name_en, definition_th,
                       unit_th, unit_en, direction, yearly_value, source_th, owner_th, agenda,
                       weight, baseline, targets, criteria, criteria_falling, application_id,
                       demonstration, version, changed_at))

// One row as reported. Rows never change: a correction is a row with the next revision, and so is a
// withdrawal, after which the period has no value until one is reported anew.
struct ReportedValue {
  ValueId value_id;
  KpiPeriod period;
  std::int64_t revision = 1;
  Decimal value;  // of a withdrawal: what is taken back
  SourceClass source_class = SourceClass::self_reported;
  std::optional<Text<1, 2000>> evidence;
  std::optional<WebAddress> evidence_url;
  std::optional<ValueId> corrects;      // the row that is corrected or withdrawn
  std::optional<Text<1, 1000>> reason;  // of the correction or withdrawal
  bool withdrawn = false;               // this row withdraws the one it names
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(ReportedValue, (),
                      (value_id, period, revision, value, source_class, evidence, evidence_url,
                       corrects, reason, withdrawn, recorded_at))

// ---- what is sent

struct NewKpi : KpiDefinition {
  AreaCode province;
  FiscalYear fiscal_year;
  std::optional<YearlyValue> yearly_value;
};
BOOST_DESCRIBE_STRUCT(NewKpi, (KpiDefinition), (province, fiscal_year, yearly_value))

// What is left out stays as it is.
struct KpiChange {
  std::optional<Text<1, 300>> name_th;
  std::optional<Text<0, 300>> name_en;
  std::optional<Text<1, 4000>> definition_th;
  std::optional<Text<1, 100>> unit_th;
  std::optional<Text<0, 100>> unit_en;
  std::optional<KpiDirection> direction;
  std::optional<YearlyValue> yearly_value;
  std::optional<Text<1, 500>> source_th;
  std::optional<Text<1, 300>> owner_th;
  std::optional<Decimal> weight;
  std::optional<List<YearFigure, 3>> baseline;
  std::optional<List<YearFigure, 2>> targets;
  std::optional<KpiCriteria> criteria;
};
BOOST_DESCRIBE_STRUCT(KpiChange, (),
                      (name_th, name_en, definition_th, unit_th, unit_en, direction, yearly_value,
                       source_th, owner_th, weight, baseline, targets, criteria))

// With `corrects` it is a correction and needs a reason.
struct NewValue {
  KpiPeriod period;
  Decimal value;
  SourceClass source_class = SourceClass::self_reported;
  std::optional<Text<1, 2000>> evidence;
  std::optional<WebAddress> evidence_url;
  std::optional<ValueId> corrects;
  std::optional<Text<1, 1000>> reason;
};
BOOST_DESCRIBE_STRUCT(NewValue, (),
                      (period, value, source_class, evidence, evidence_url, corrects, reason))

struct KpiPath {
  KpiId kpi_id;
};
BOOST_DESCRIBE_STRUCT(KpiPath, (), (kpi_id))

struct Withdrawal {
  Text<1, 1000> reason;
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (reason))

struct ValuePath {
  KpiId kpi_id;
  ValueId value_id;
};
BOOST_DESCRIBE_STRUCT(ValuePath, (), (kpi_id, value_id))

struct KpiQuery {
  std::optional<AreaCode> province;
  std::optional<FiscalYear> fiscal_year;
  PageLimit limit;
  std::optional<KpiId> cursor;
};
BOOST_DESCRIBE_STRUCT(KpiQuery, (), (province, fiscal_year, limit, cursor))

// "2021-03" or "2021-03.2": the period and revision of the last row of the page before.
class ValueCursor {
 public:
  ValueCursor() = default;
  ValueCursor(KpiPeriod period, std::int64_t revision) : period_(period), revision_(revision) {}
  static std::optional<ValueCursor> parse(std::string_view raw);
  static Word word();
  std::string text() const { return period_.text() + "." + std::to_string(revision_); }
  const KpiPeriod& period() const { return period_; }
  std::int64_t revision() const { return revision_; }

 private:
  KpiPeriod period_;
  std::int64_t revision_ = 1;
};

enum class History { none, all };
BOOST_DESCRIBE_ENUM(History, none, all)

struct ValueQuery {
  std::optional<History> history;  // all: corrected rows and withdrawals too
  PageLimit limit;
  std::optional<ValueCursor> cursor;
};
BOOST_DESCRIBE_STRUCT(ValueQuery, (), (history, limit, cursor))

// ---- what is answered

enum class Colour { green, amber, red, grey };
BOOST_DESCRIBE_ENUM(Colour, green, amber, red, grey)

enum class JudgedBy { nothing, forecast, attainment, result };
BOOST_DESCRIBE_ENUM(JudgedBy, nothing, forecast, attainment, result)

enum class JudgedIn { value, points };
BOOST_DESCRIBE_ENUM(JudgedIn, value, points)

struct JudgementAnswer {
  Colour colour = Colour::grey;
  JudgedBy judged_by = JudgedBy::nothing;
  JudgedIn judged_in = JudgedIn::value;    // points: a range; forecast and target are points then
  std::optional<Decimal> score;            // points of the latest yearly value, 0..100
  std::optional<KpiPeriod> latest_period;  // of the latest report
  std::optional<Decimal> latest;           // as a yearly value: what the targets are about
  std::optional<Decimal> forecast, forecast_low, forecast_high;  // at the end of the target's year
  std::optional<FiscalYear> target_fiscal_year;
  std::optional<Decimal> target;
  std::optional<Decimal> attainment_percent;
  std::string rule_th;  // the published rule with the numbers of this case
  std::string rule_en;
};
BOOST_DESCRIBE_STRUCT(JudgementAnswer, (),
                      (colour, judged_by, judged_in, score, latest_period, latest, forecast,
                       forecast_low, forecast_high, target_fiscal_year, target, attainment_percent,
                       rule_th, rule_en))

struct KpiAnswer : Kpi {
  JudgementAnswer judgement;
};
BOOST_DESCRIBE_STRUCT(KpiAnswer, (Kpi), (judgement))

// For pages that draw the line as well.
struct KpiWithSeries : KpiAnswer {
  std::vector<ReportedValue> series;  // what holds now, by period; the newest 200
};
BOOST_DESCRIBE_STRUCT(KpiWithSeries, (KpiAnswer), (series))

}  // namespace changwat::indicators
