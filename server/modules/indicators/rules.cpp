#include "modules/indicators/rules.hpp"

#include <algorithm>

#include "modules/indicators/scoring.hpp"

namespace changwat::indicators {
namespace {

ThreePoint three_point(const KpiCriteria& c) {
  return {c.p50, c.p75, c.p100};
}

template <class Years>
bool ascending(const Years& years) {
  return std::adjacent_find(years.begin(), years.end(), [](const auto& a, const auto& b) {
           return a.fiscal_year >= b.fiscal_year;
         }) == years.end();
}

std::vector<FieldError> year_faults(const KpiDefinition& d, const std::string& prefix) {
  std::vector<FieldError> wrong;
  if (!ascending(d.baseline))
    wrong.push_back({prefix + "/baseline", "not_ascending", "ปีของข้อมูลฐานต้องเรียงจากน้อยไปมากและไม่ซ้ำ",
                     "the years of the baseline must ascend"});
  if (!ascending(d.targets))
    wrong.push_back({prefix + "/targets", "not_ascending", "ปีของเป้าหมายต้องเรียงจากน้อยไปมากและไม่ซ้ำ",
                     "the years of the targets must ascend"});
  if (!d.baseline.empty() && !d.targets.empty() &&
      d.targets.front().fiscal_year <= d.baseline.back().fiscal_year)
    wrong.push_back({prefix + "/targets", "before_baseline", "ปีของเป้าหมายต้องอยู่หลังปีของข้อมูลฐาน",
                     "the years of the targets must lie after those of the baseline"});
  return wrong;
}

// ---- yearly values

struct Window {
  Int128 weighted = 0;  // Σ value · months
  Int128 sum = 0;
  int months = 0;
};

// The reports that lie within the twelve months up to the last of `upto`, newest first, without
// overlap. A single report longer than the rest of the window is left out.
Window window_of(std::span<const HeldValue> upto) {
  Window window;
  const int end = upto.back().period.last_month();
  int free_until = end;
  for (auto value = upto.rbegin(); value != upto.rend(); ++value) {
    const int last = value->period.last_month(), months = value->period.months();
    if (last <= end - 12) break;
    if (last > free_until || last - months < end - 12) continue;
    window.weighted += Int128{value->value.millionths()} * months;
    window.sum += value->value.millionths();
    window.months += months;
    free_until = last - months;
  }
  return window;
}

// One report a month: of those that end in the same month, the longest.
std::vector<HeldValue> one_a_month(std::span<const HeldValue> values) {
  std::vector<HeldValue> kept(values.begin(), values.end());
  std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
    if (a.period.last_month() != b.period.last_month())
      return a.period.last_month() < b.period.last_month();
    return a.period.months() > b.period.months();
  });
  kept.erase(std::unique(kept.begin(), kept.end(),
                         [](const auto& a, const auto& b) {
                           return a.period.last_month() == b.period.last_month();
                         }),
             kept.end());
  return kept;
}

std::optional<Decimal> yearly(YearlyValue how, std::span<const HeldValue> upto) {
  const auto& latest = upto.back();
  if (how == YearlyValue::last || latest.period.months() == 12) return latest.value;
  const auto window = window_of(upto);
  if (how == YearlyValue::mean)
    return decimal_of_millionths(round_div(window.weighted, window.months));
  if (window.months != 12) return std::nullopt;
  return decimal_of_millionths(window.sum);
}

}  // namespace

// ---- definitions

std::vector<FieldError> faults(const KpiDefinition& d, const std::string& prefix) {
  auto wrong = year_faults(d, prefix);
  if (d.weight <= Decimal{} || d.weight > decimal_of(100))
    wrong.push_back({prefix + "/weight", "out_of_range", "น้ำหนักต้องมากกว่า 0 และไม่เกิน 100",
                     "the weight must be above 0 and at most 100"});
  if (d.agenda && (*d.agenda < 0 || *d.agenda > 99))
    wrong.push_back({prefix + "/agenda", "out_of_range", "ลำดับวาระต้องอยู่ระหว่าง 0 ถึง 99",
                     "must be from 0 to 99"});
  if (!d.criteria) return wrong;
  const Method method = three_point(*d.criteria);
  const auto wanted =
      d.direction == KpiDirection::lower ? Direction::lower_is_better : Direction::higher_is_better;
  if (!check_method(method).ok() || direction_of(method) != wanted)
    wrong.push_back(
        {prefix + "/criteria", "wrong_order",
         d.direction == KpiDirection::lower ? "เกณฑ์ 50 75 100 ต้องลดลงตามลำดับ เพราะยิ่งน้อยยิ่งดี"
                                            : "เกณฑ์ 50 75 100 ต้องเพิ่มขึ้นตามลำดับ เพราะยิ่งมากยิ่งดี",
         d.direction == KpiDirection::lower ? "the criteria must fall, because less is better"
                                            : "the criteria must rise, because more is better"});
  return wrong;
}

Kpi kpi_of(const KpiDefinition& d, const AreaCode& province, FiscalYear year, Instant now) {
  Kpi kpi;
  kpi.kpi_id = KpiId::make(now);
  kpi.province = province;
  kpi.fiscal_year = year;
  kpi.code = d.code;
  kpi.name_th = d.name_th;
  kpi.name_en = d.name_en;
  kpi.definition_th = d.definition_th;
  kpi.unit_th = d.unit_th;
  kpi.unit_en = d.unit_en;
  kpi.direction = d.direction == KpiDirection::lower ? Better::lower : Better::higher;
  kpi.source_th = d.source_th;
  kpi.owner_th = d.owner_th;
  kpi.agenda = d.agenda;
  kpi.weight = d.weight;
  kpi.baseline = {d.baseline};
  kpi.targets = {d.targets};
  if (d.criteria) kpi.criteria = {*d.criteria};
  kpi.changed_at = now;
  return kpi;
}

KpiDefinition definition_of(const Kpi& kpi) {
  KpiDefinition d;
  d.code = kpi.code;
  d.name_th = kpi.name_th;
  d.name_en = kpi.name_en;
  d.definition_th = kpi.definition_th;
  d.unit_th = kpi.unit_th;
  d.unit_en = kpi.unit_en;
  d.direction = kpi.direction == Better::lower ? KpiDirection::lower : KpiDirection::higher;
  d.source_th = kpi.source_th;
  d.owner_th = kpi.owner_th;
  d.agenda = kpi.agenda;
  d.weight = kpi.weight;
  d.baseline = kpi.baseline.value;
  d.targets = kpi.targets.value;
  if (kpi.criteria) d.criteria = kpi.criteria->value;
  return d;
}

Kpi changed(Kpi kpi, const KpiChange& change, Instant now) {
  const auto put = [](auto& member, const auto& value) {
    if (value) member = *value;
  };
  put(kpi.name_th, change.name_th);
  put(kpi.name_en, change.name_en);
  put(kpi.definition_th, change.definition_th);
  put(kpi.unit_th, change.unit_th);
  put(kpi.unit_en, change.unit_en);
  put(kpi.yearly_value, change.yearly_value);
  put(kpi.source_th, change.source_th);
  put(kpi.owner_th, change.owner_th);
  put(kpi.weight, change.weight);
  put(kpi.baseline.value, change.baseline);
  put(kpi.targets.value, change.targets);
  if (change.direction)
    kpi.direction = *change.direction == KpiDirection::lower ? Better::lower : Better::higher;
  if (change.criteria) kpi.criteria = {*change.criteria};
  kpi.version += 1;
  kpi.changed_at = now;
  return kpi;
}

// ---- reports

std::vector<FieldError> faults(const NewValue& value, Instant now) {
  std::vector<FieldError> wrong;
  const auto today = now.bangkok_date();
  if (value.period.last_month() > month_index(today.year(), static_cast<int>(today.month())))
    wrong.push_back({"/period", "not_over", "งวดนี้ยังไม่สิ้นสุด จึงยังไม่มีผลให้รายงาน",
                     "this period is not over, so it has no result yet"});
  if (value.corrects && !value.reason)
    wrong.push_back(
        {"/reason", "required", "การแก้ไขค่าต้องระบุเหตุผล", "a correction needs its reason"});
  if (!value.corrects && value.reason)
    wrong.push_back({"/corrects", "required", "ต้องระบุรหัสของค่าที่แก้ไข",
                     "the value that is corrected must be named"});
  return wrong;
}

Result<ReportedValue> next_revision(const NewValue& value,
                                    const std::optional<ReportedValue>& before,
                                    const std::string& recorded_by, Instant now) {
  const bool holds = before && !before->withdrawn;
  if (value.corrects && !holds)
    return Problem(errors::not_found, "ไม่พบค่าของงวดนี้ที่จะแก้ไข",
                   "This period has no value to correct.");
  if (holds && value.corrects != before->value_id) {
    const auto when_th = thai::date_and_time(before->recorded_at),
               when_en = english::date_and_time(before->recorded_at);
    return Problem(errors::conflict,
                   "งวด " + value.period.thai() + " มีค่า " + before->value.text() +
                       " อยู่แล้ว รายงานโดย " + recorded_by + " เมื่อ " + when_th +
                       " หากจะแก้ไข ให้ส่ง corrects เป็น " + before->value_id.text() + " พร้อมเหตุผล",
                   "There is a value for " + value.period.english() +
                       " already: " + before->value.text() + ", reported by " + recorded_by +
                       " on " + when_en + ". To correct it, send corrects " +
                       before->value_id.text() + " with the reason.");
  }
  ReportedValue row;
  row.value_id = ValueId::make(now);
  row.period = value.period;
  row.revision = before ? before->revision + 1 : 1;
  row.value = value.value;
  row.source_class = value.source_class;
  row.evidence = value.evidence;
  row.evidence_url = value.evidence_url;
  row.corrects = value.corrects;
  row.reason = value.reason;
  row.recorded_at = now;
  return row;
}

Result<ReportedValue> withdrawal(const ReportedValue& value, const ReportedValue& last,
                                 const Text<1, 1000>& reason, Instant now) {
  if (last.value_id != value.value_id || value.withdrawn)
    return Problem(errors::conflict, "ค่านี้ถูกแก้ไขหรือถอนไปแล้ว จึงไม่มีผลให้ถอน",
                   "This value was corrected or withdrawn already: it holds no more.");
  auto row = value;
  row.value_id = ValueId::make(now);
  row.revision = value.revision + 1;
  row.evidence.reset();
  row.evidence_url.reset();
  row.corrects = value.value_id;
  row.reason = reason;
  row.withdrawn = true;
  row.recorded_at = now;
  return row;
}

// ---- what may be done with a KPI

Result<Done> may_change(const Kpi& kpi) {
  if (kpi.application_id)
    return Problem(errors::wrong_state, "ตัวชี้วัดนี้กำหนดไว้โดยมติที่อนุมัติใบสมัคร แก้ไขได้โดยมติใหม่เท่านั้น",
                   "This KPI was fixed by the resolution on an application; only another "
                   "resolution changes it.");
  if (kpi.direction == Better::range)
    return Problem(errors::wrong_state, "ตัวชี้วัดแบบช่วงแก้ไขที่นี่ไม่ได้",
                   "A KPI with a range cannot be changed here.");
  return Done{};
}

Result<Done> may_now(std::string_view act, const Kpi& kpi, bool has_values) {
  if (act == "kpi.define") return may_change(kpi);
  if (act == "kpi.report" || has_values) return Done{};
  return Problem(errors::wrong_state, "ตัวชี้วัดนี้ยังไม่มีค่าที่รายงาน",
                 "No value of this KPI is reported yet.");
}

// ---- figures

std::optional<Method> method_of(const Kpi& kpi) {
  if (!kpi.criteria) return std::nullopt;
  const auto rising = three_point(kpi.criteria->value);
  if (kpi.direction != Better::range) return rising;
  if (!kpi.criteria_falling) return std::nullopt;
  return WithinRange{rising, three_point(kpi.criteria_falling->value)};
}

std::vector<Measurement> yearly_series(YearlyValue yearly_value,
                                       std::span<const HeldValue> values) {
  const auto reports = one_a_month(values);
  std::vector<Measurement> series;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto value = yearly(yearly_value, std::span(reports).first(i + 1));
    if (value) series.push_back({reports[i].period.last_month(), *value, reports[i].source_class});
  }
  return series;
}

int age_months_max(std::span<const HeldValue> values, const AgeRule& age) {
  const auto latest = std::max_element(
      values.begin(), values.end(),
      [](const auto& a, const auto& b) { return a.period.last_month() < b.period.last_month(); });
  return latest != values.end() && latest->period.months() == 1 ? age.monthly_max : age.other_max;
}

}  // namespace changwat::indicators
