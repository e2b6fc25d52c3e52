#include "modules/indicators/rules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/indicators/scoring.hpp"
#include "modules/indicators/trajectory.hpp"

namespace changwat::indicators {
namespace {

int month_of(FiscalYear year) {
  return KpiPeriod::of(year).last_month();
}

Direction direction_of(Better better) {
  return better == Better::lower ? Direction::lower_is_better : Direction::higher_is_better;
}

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

// ---- the judgement

const YearFigure* target_at(const Kpi& kpi, int as_of) {
  const auto& targets = kpi.targets.value;
  if (targets.empty()) return nullptr;
  for (const auto& target : targets)
    if (month_of(target.fiscal_year) >= as_of) return &target;
  return &targets.back();
}

struct Words {
  std::string th, en;
};

Words published_rule(const JudgementRule& rule) {
  const auto green = rule.green_at_least_percent.text(), amber = rule.amber_at_least_percent.text();
  return {"เขียว: บรรลุอย่างน้อยร้อยละ " + green +
              " ของการเปลี่ยนแปลงจากข้อมูลฐานถึงเป้าหมาย เหลือง: อย่างน้อยร้อยละ " + amber +
              " แดง: น้อยกว่านั้น เทา: ข้อมูลไม่พอ",
          "Green: at least " + green + " % of the way from baseline to target. Amber: at least " +
              amber + " %. Red: less. Grey: not enough data."};
}

Words without(const char* th, const char* en) {
  const auto rule = published_rule({});
  return {rule.th + " — " + th, rule.en + " " + en};
}

Words grey_words(GreyReason reason, int age_max) {
  switch (reason) {
    case GreyReason::too_old:
      return {"ค่าล่าสุดเก่าเกิน " + std::to_string(age_max) + " เดือน",
              "The latest value is more than " + std::to_string(age_max) + " months old."};
    case GreyReason::no_data:
      return {"ยังไม่มีค่าหลังข้อมูลฐานทั้งที่เลยเวลารายงานแล้ว",
              "No value has been reported since the baseline, though it is overdue."};
    default:
      return {"ยังไม่มีค่าหลังข้อมูลฐาน", "There is no value since the baseline yet."};
  }
}

Words basis_words(const Judgement& judged) {
  switch (judged.basis) {
    case JudgementBasis::result:
      return {"ผล ณ สิ้นปีเป้าหมายเท่ากับ " + judged.latest->value.text(),
              "The result of the target year is " + judged.latest->value.text()};
    case JudgementBasis::forecast: {
      const auto& f = *judged.forecast;
      return {"คาดการณ์ ณ สิ้นปีเป้าหมาย " + f.value.text() + " (ช่วงร้อยละ 95: " + f.low.text() + " ถึง " +
                  f.high.text() + ") จากค่า " + std::to_string(f.points) +
                  " ค่า ด้วยแนวโน้มมัธยฐานแบบ Theil–Sen",
              "The forecast for the end of the target year is " + f.value.text() +
                  " (95 % interval " + f.low.text() + " to " + f.high.text() + ") from " +
                  std::to_string(f.points) + " values by the Theil–Sen median slope"};
    }
    default:
      return {"ค่าล่าสุด " + judged.latest->value.text() + " เทียบกับเส้นทาง ณ เดือนนั้น " +
                  judged.path_at_latest->text() + " (ค่ายังน้อยเกินกว่าจะคาดการณ์)",
              "The latest value " + judged.latest->value.text() +
                  " is held against the path at that month, " + judged.path_at_latest->text() +
                  " (too few values for a forecast)"};
  }
}

Words words_of(const Judgement& judged, const Path& path, const YearFigure& target, int age_max,
               JudgedIn judged_in) {
  auto rule = published_rule({});
  const bool points = judged_in == JudgedIn::points;
  rule.th += " — ข้อมูลฐาน " + path.baseline.value.text() + " เป้าหมาย " + path.target.value.text() +
             (points ? " คะแนน" : "") + " (ปีงบประมาณ " +
             std::to_string(target.fiscal_year.buddhist()) + ") ";
  rule.en += " Baseline " + path.baseline.value.text() + ", target " + path.target.value.text() +
             (points ? " points" : "") + " (FY " + std::to_string(target.fiscal_year.count()) +
             "). ";
  if (judged.light == Light::grey) {
    const auto grey = grey_words(judged.grey_reason, age_max);
    return {rule.th + grey.th, rule.en + grey.en};
  }
  const auto basis = basis_words(judged);
  const auto percent = judged.attainment_percent->text();
  return {rule.th + basis.th + " บรรลุร้อยละ " + percent,
          rule.en + basis.en + ": " + percent + " % attained."};
}

std::vector<Observation> in_points(const Method& method, std::vector<Observation> series) {
  for (auto& observation : series) observation.value = points_of(method, observation.value);
  return series;
}

void put(JudgementAnswer& answer, const Judgement& judged) {
  constexpr Colour colours[] = {Colour::green, Colour::amber, Colour::red, Colour::grey};
  constexpr JudgedBy bases[] = {JudgedBy::nothing, JudgedBy::forecast, JudgedBy::attainment,
                                JudgedBy::result};
  answer.colour = colours[static_cast<int>(judged.light)];
  answer.judged_by = bases[static_cast<int>(judged.basis)];
  answer.attainment_percent = judged.attainment_percent;
  if (!judged.forecast) return;
  answer.forecast = judged.forecast->value;
  answer.forecast_low = judged.forecast->low;
  answer.forecast_high = judged.forecast->high;
}

// ---- reasons

struct GapWords {
  Gap gap;
  const char* th;
  const char* en;
};
constexpr GapWords gap_words[] = {
    {Gap::no_value, "ไม่มีค่า", "without a value"},
    {Gap::too_old, "ค่าเก่าเกินกำหนด", "with a value that is too old"},
    {Gap::no_criteria, "ไม่มีเกณฑ์การให้คะแนน", "without criteria"},
    {Gap::no_baseline, "ไม่มีข้อมูลฐาน", "without a baseline"},
    {Gap::no_value_since_baseline, "ไม่มีค่าหลังข้อมูลฐาน", "without a value since the baseline"},
};

Words missing_words(const std::vector<MissingKpi>& missing) {
  Words words;
  for (const auto& [gap, th, en] : gap_words) {
    Words codes;
    for (const auto& one : missing)
      if (one.gap == gap) codes.en += (codes.en.empty() ? "" : ", ") + one.kpi;
    if (codes.en.empty()) continue;
    words.th += std::string("; ") + th + ": " + codes.en;
    words.en += std::string("; ") + en + ": " + codes.en;
  }
  return words;
}

Reason reason_of(const Standing& standing, const char* side, const char* side_th,
                 const RankingRule& rule) {
  if (standing.not_ranked == NotRanked::nothing_applies)
    return {"nothing_applies", "ไม่มีตัวชี้วัดที่ใช้กับจังหวัดนี้", "No KPI applies to this province."};
  const auto least = rule.coverage_min_percent.text(), has = standing.coverage_percent.text();
  const auto missing = missing_words(standing.missing);
  return {std::string(side) + "_coverage_too_low",
          "ไม่จัดอันดับ" + std::string(side_th) + ": ตัวชี้วัดที่นับได้มีน้ำหนักร้อยละ " + has +
              " ต้องมีอย่างน้อยร้อยละ " + least + missing.th,
          "Not ranked by " + std::string(side) + ": the KPIs that count have " + has +
              " % of the weight, at least " + least + " % is needed" + missing.en};
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
  if (value.corrects && !before)
    return Problem(errors::not_found, "ไม่พบค่าของงวดนี้ที่จะแก้ไข",
                   "This period has no value to correct.");
  if (before && value.corrects != before->value_id) {
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

int age_months_max(std::span<const HeldValue> values) {
  const auto latest = std::max_element(
      values.begin(), values.end(),
      [](const auto& a, const auto& b) { return a.period.last_month() < b.period.last_month(); });
  return latest != values.end() && latest->period.months() == 1 ? 12 : 15;
}

JudgementAnswer judgement(const Kpi& kpi, std::span<const HeldValue> values, int as_of) {
  JudgementAnswer answer;
  const auto method = method_of(kpi);
  const auto series = yearly_series(kpi.yearly_value, values);
  for (const auto& value : values)
    if (!answer.latest_period || value.period.last_month() >= answer.latest_period->last_month())
      answer.latest_period = value.period;
  if (!series.empty()) answer.latest = series.back().value;
  if (method && answer.latest) answer.score = points_of(*method, *answer.latest);

  const auto say = [&](Words words) {
    answer.rule_th = std::move(words.th);
    answer.rule_en = std::move(words.en);
    return answer;
  };
  const auto* target = target_at(kpi, as_of);
  if (!target) return say(without("ไม่มีเป้าหมาย", "There is no target."));
  answer.target_fiscal_year = target->fiscal_year;
  answer.target = target->value;
  if (kpi.baseline.value.empty()) return say(without("ไม่มีข้อมูลฐาน", "There is no baseline."));
  const auto& baseline = kpi.baseline.value.back();
  Path path{{month_of(baseline.fiscal_year), baseline.value},
            {month_of(target->fiscal_year), target->value},
            direction_of(kpi.direction)};
  auto observations = observations_of(series);
  if (kpi.direction == Better::range) {
    if (!method) return say(without("ไม่มีเกณฑ์ของช่วง", "The range has no criteria."));
    answer.judged_in = JudgedIn::points;
    path.baseline.value = points_of(*method, path.baseline.value);
    path.target.value = points_of(*method, path.target.value);
    answer.target = path.target.value;
    observations = in_points(*method, std::move(observations));
  }
  JudgementRule rule;
  rule.age_months_max = age_months_max(values);
  const auto judged = judge(path, observations, as_of, rule);
  if (!judged.ok())
    return say(without("ปีของเป้าหมายไม่อยู่หลังข้อมูลฐาน", "The target does not lie after the baseline."));
  put(answer, *judged);
  return say(words_of(*judged, path, *target, rule.age_months_max, answer.judged_in));
}

// ---- the scoreboard

std::vector<const KpiSheet*> sheets_of_year(std::span<const KpiSheet* const> sheets,
                                            FiscalYear year) {
  std::map<std::pair<std::string, std::string>, const KpiSheet*> latest;
  for (const auto* sheet : sheets) {
    const auto& kpi = sheet->kpi;
    const bool has_target = std::any_of(kpi.targets.value.begin(), kpi.targets.value.end(),
                                        [&](const YearFigure& t) { return t.fiscal_year == year; });
    if (kpi.fiscal_year > year || (!has_target && kpi.fiscal_year != year)) continue;
    auto& place = latest[{kpi.province.text(), kpi.code.text()}];
    if (!place || place->kpi.fiscal_year < kpi.fiscal_year) place = sheet;
  }
  std::vector<const KpiSheet*> out;
  for (const auto& [name, sheet] : latest) out.push_back(sheet);
  return out;
}

int period_of_year(std::span<const KpiSheet* const> sheets, FiscalYear year) {
  const int last = month_of(year), first = last - 11;
  int period = first;
  for (const auto* sheet : sheets)
    for (const auto& value : sheet->values)
      if (value.period.last_month() <= last) period = std::max(period, value.period.last_month());
  return period;
}

ScoreboardInput scoreboard_input(std::span<const KpiSheet* const> sheets, FiscalYear year) {
  ScoreboardInput input;
  input.period_month = period_of_year(sheets, year);
  std::set<std::string> provinces;
  for (const auto* sheet : sheets) {
    const auto& kpi = sheet->kpi;
    const auto& province = kpi.province.text();
    provinces.insert(province);
    input.kpis.push_back(
        {kpi.code.text(), kpi.weight, method_of(kpi), age_months_max(sheet->values), province});
    KpiSeries series{
        province, kpi.code.text(), true, yearly_series(kpi.yearly_value, sheet->values), {}};
    if (!kpi.baseline.value.empty()) {
      // The sheet names one source for baseline and results, so the baseline is as sure as they
      // are.
      const auto source =
          sheet->values.empty() ? SourceClass::self_reported : sheet->values.front().source_class;
      const auto& baseline = kpi.baseline.value.back();
      series.baseline = Measurement{month_of(baseline.fiscal_year), baseline.value, source};
    }
    input.series.push_back(std::move(series));
  }
  input.provinces.assign(provinces.begin(), provinces.end());
  return input;
}

std::vector<Reason> reasons(const ProvinceStanding& standing, const RankingRule& rule) {
  std::vector<Reason> out;
  if (standing.level.not_ranked == NotRanked::nothing_applies)
    return {reason_of(standing.level, "level", "", rule)};
  if (standing.level.not_ranked != NotRanked::none)
    out.push_back(reason_of(standing.level, "level", "ตามระดับผลงาน", rule));
  if (standing.improvement.not_ranked != NotRanked::none)
    out.push_back(reason_of(standing.improvement, "improvement", "ตามการพัฒนา", rule));
  return out;
}

}  // namespace changwat::indicators
