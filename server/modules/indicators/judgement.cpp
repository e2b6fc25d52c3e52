#include "modules/indicators/judgement.hpp"

#include "modules/indicators/scoring.hpp"
#include "modules/indicators/trajectory.hpp"
#include "modules/indicators/words.hpp"

namespace changwat::indicators {
namespace {

Direction direction_of(Better better) {
  return better == Better::lower ? Direction::lower_is_better : Direction::higher_is_better;
}

const YearFigure* target_at(const Kpi& kpi, int as_of) {
  const auto& targets = kpi.targets.value;
  if (targets.empty()) return nullptr;
  for (const auto& target : targets)
    if (last_month_of(target.fiscal_year) >= as_of) return &target;
  return &targets.back();
}

// Without a target it is the year in which the month falls.
FiscalYear judged_year(const YearFigure* target, int as_of) {
  if (target) return target->fiscal_year;
  const auto month = Month::of_index(as_of);
  return FiscalYear::of(*Date::of(month.year(), static_cast<unsigned>(month.month()), 1));
}

std::vector<Observation> in_points(const Method& method, std::vector<Observation> series) {
  for (auto& observation : series) observation.value = points_of(method, observation.value);
  return series;
}

// ---- words

Sentence published_rule(const JudgementRule& rule) {
  const auto green = readable_percent(rule.green_at_least_percent),
             amber = readable_percent(rule.amber_at_least_percent);
  return {"เขียว: บรรลุอย่างน้อยร้อยละ " + green +
              " ของการเปลี่ยนแปลงจากข้อมูลฐานถึงเป้าหมาย เหลือง: อย่างน้อยร้อยละ " + amber +
              " แดง: น้อยกว่านั้น เทา: ข้อมูลไม่พอ",
          "Green: at least " + green + " % of the way from baseline to target. Amber: at least " +
              amber + " %. Red: less. Grey: not enough data."};
}

Sentence grey_words(GreyReason reason, int age_max) {
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

Sentence basis_words(const Judgement& judged) {
  const auto latest = readable(judged.latest->value);
  switch (judged.basis) {
    case JudgementBasis::result:
      return {"ผล ณ สิ้นปีเป้าหมายเท่ากับ " + latest, "The result of the target year is " + latest};
    case JudgementBasis::forecast: {
      const auto& f = *judged.forecast;
      const auto value = readable(f.value), low = readable(f.low), high = readable(f.high);
      const auto points = std::to_string(f.points);
      return {"คาดการณ์ ณ สิ้นปีเป้าหมาย " + value + " (ช่วงร้อยละ 95: " + low + " ถึง " + high +
                  ") จากค่า " + points + " ค่า ด้วยแนวโน้มมัธยฐานแบบ Theil–Sen",
              "The forecast for the end of the target year is " + value + " (95 % interval " + low +
                  " to " + high + ") from " + points + " values by the Theil–Sen median slope"};
    }
    default: {
      const auto path = readable(*judged.path_at_latest);
      return {"ค่าล่าสุด " + latest + " เทียบกับเส้นทาง ณ เดือนนั้น " + path + " (ค่ายังน้อยเกินกว่าจะคาดการณ์)",
              "The latest value " + latest + " is held against the path at that month, " + path +
                  " (too few values for a forecast)"};
    }
  }
}

// What is aimed at, after the rule itself.
Sentence aim_words(const TargetPath& path, FiscalYear year, JudgedIn judged_in) {
  const bool points = judged_in == JudgedIn::points;
  const auto baseline = readable(path.baseline.value), target = readable(path.target.value);
  return {" — ข้อมูลฐาน " + baseline + " เป้าหมาย " + target + (points ? " คะแนน" : "") +
              " (ปีงบประมาณ " + std::to_string(year.buddhist()) + ") ",
          " Baseline " + baseline + ", target " + target + (points ? " points" : "") + " (FY " +
              std::to_string(year.count()) + "). "};
}

Sentence outcome_words(const Judgement& judged, int age_max) {
  if (judged.light == Light::grey) return grey_words(judged.grey_reason, age_max);
  const auto basis = basis_words(judged);
  const auto percent = readable_percent(*judged.attainment_percent);
  return {basis.th + " บรรลุร้อยละ " + percent, basis.en + ": " + percent + " % attained."};
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

}  // namespace

JudgementAnswer judgement(const Kpi& kpi, std::span<const HeldValue> values, int as_of,
                          const RuleBook& book) {
  JudgementAnswer answer;
  const auto method = method_of(kpi);
  const auto series = yearly_series(kpi.yearly_value, values);
  for (const auto& value : values)
    if (!answer.latest_period || value.period.last_month() >= answer.latest_period->last_month())
      answer.latest_period = value.period;
  if (!series.empty()) answer.latest = series.back().value;
  if (method && answer.latest) answer.score = points_of(*method, *answer.latest);

  const auto* target = target_at(kpi, as_of);
  const auto& rules = book.in(judged_year(target, as_of));
  auto rule = rules.judgement;
  rule.age_months_max = age_months_max(values, rules.age);
  const auto say = [&](const Sentence& aim, const Sentence& outcome) {
    const auto published = published_rule(rule);
    answer.rule_th = published.th + aim.th + outcome.th;
    answer.rule_en = published.en + aim.en + outcome.en;
    return answer;
  };
  const auto lacking = [&](const char* th, const char* en) { return say({" — ", " "}, {th, en}); };

  if (!target) return lacking("ไม่มีเป้าหมาย", "There is no target.");
  answer.target_fiscal_year = target->fiscal_year;
  answer.target = target->value;
  if (kpi.baseline.value.empty()) return lacking("ไม่มีข้อมูลฐาน", "There is no baseline.");
  const auto& baseline = kpi.baseline.value.back();
  TargetPath path{{last_month_of(baseline.fiscal_year), baseline.value},
                  {last_month_of(target->fiscal_year), target->value},
                  direction_of(kpi.direction)};
  auto observations = observations_of(series);
  if (kpi.direction == Better::range) {
    if (!method) return lacking("ไม่มีเกณฑ์ของช่วง", "The range has no criteria.");
    answer.judged_in = JudgedIn::points;
    path.baseline.value = points_of(*method, path.baseline.value);
    path.target.value = points_of(*method, path.target.value);
    answer.target = path.target.value;
    observations = in_points(*method, std::move(observations));
  }
  const auto judged = judge(path, observations, as_of, rule);
  if (!judged.ok())
    return lacking("ปีของเป้าหมายไม่อยู่หลังข้อมูลฐาน", "The target does not lie after the baseline.");
  put(answer, *judged);
  return say(aim_words(path, target->fiscal_year, answer.judged_in),
             outcome_words(*judged, rule.age_months_max));
}

}  // namespace changwat::indicators
