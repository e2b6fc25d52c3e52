#include "modules/indicators/year_board.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace changwat::indicators {
namespace {

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

void add_name(std::string& list, const std::string& name) {
  list += (list.empty() ? "“" : ", “") + name + "”";
}

Sentence missing_words(const std::vector<MissingKpi>& missing, const KpiNames& names) {
  Sentence words;
  for (const auto& [gap, th, en] : gap_words) {
    Sentence listed;
    for (const auto& one : missing) {
      if (one.gap != gap) continue;
      const auto name = names(one.kpi);
      add_name(listed.th, name.th);
      add_name(listed.en, name.en);
    }
    if (listed.th.empty()) continue;
    words.th += std::string(" ") + th + ": " + listed.th;
    words.en += std::string("; ") + en + ": " + listed.en;
  }
  return words;
}

Reason reason_of(Ranking ranking, const Standing& standing, const RankingRule& rule,
                 const KpiNames& names) {
  if (standing.not_ranked == NotRanked::nothing_applies)
    return {ranking, "nothing_applies", "ไม่มีตัวชี้วัดที่ใช้กับจังหวัดนี้", "No KPI applies to this province."};
  const auto least = readable_percent(rule.coverage_min_percent),
             has = readable_percent(standing.coverage_percent);
  const auto missing = missing_words(standing.missing, names);
  return {ranking, "coverage_too_low",
          "ตัวชี้วัดที่นับได้มีน้ำหนักร้อยละ " + has + " ต้องมีอย่างน้อยร้อยละ " + least + missing.th,
          "The KPIs that count have " + has + " % of the weight, at least " + least +
              " % is needed" + missing.en};
}

}  // namespace

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
  const int last = last_month_of(year), first = last - 11;
  int period = first;
  for (const auto* sheet : sheets)
    for (const auto& value : sheet->values)
      if (value.period.last_month() <= last) period = std::max(period, value.period.last_month());
  return period;
}

ScoreboardInput scoreboard_input(std::span<const KpiSheet* const> sheets, FiscalYear year,
                                 const AgeRule& age) {
  ScoreboardInput input;
  input.period_month = period_of_year(sheets, year);
  std::set<std::string> provinces;
  for (const auto* sheet : sheets) {
    const auto& kpi = sheet->kpi;
    const auto& province = kpi.province.text();
    provinces.insert(province);
    input.kpis.push_back({kpi.code.text(), kpi.weight, method_of(kpi),
                          age_months_max(sheet->values, age), province});
    KpiSeries series{
        province, kpi.code.text(), true, yearly_series(kpi.yearly_value, sheet->values), {}};
    if (!kpi.baseline.value.empty()) {
      // The sheet names one source for baseline and results, so the baseline is as sure as they
      // are.
      const auto source =
          sheet->values.empty() ? SourceClass::self_reported : sheet->values.front().source_class;
      const auto& baseline = kpi.baseline.value.back();
      series.baseline = Measurement{last_month_of(baseline.fiscal_year), baseline.value, source};
    }
    input.series.push_back(std::move(series));
  }
  input.provinces.assign(provinces.begin(), provinces.end());
  return input;
}

std::vector<Reason> reasons(const ProvinceStanding& standing, const RankingRule& rule,
                            const KpiNames& names) {
  std::vector<Reason> out;
  const auto add = [&](Ranking ranking, const Standing& side) {
    if (side.not_ranked != NotRanked::none) out.push_back(reason_of(ranking, side, rule, names));
  };
  add(Ranking::level, standing.level);
  add(Ranking::improvement, standing.improvement);
  return out;
}

std::vector<Sentence> limits_of(const RankingRule& rule) {
  const auto spread = [&](SourceClass source) {
    return " ±" + readable(rule.source_spread_percent[static_cast<std::size_t>(source)]) + "%";
  };
  const auto official = spread(SourceClass::official_statistic),
             administrative = spread(SourceClass::administrative_record),
             surveyed = spread(SourceClass::surveyed), own = spread(SourceClass::self_reported);
  return {
      {"ความคลาดเคลื่อนของค่าแต่ละประเภทเป็นข้อกำหนดของระบบนี้เอง ไม่ใช่มาตรฐานทางการ: สถิติทางการ" + official +
           " ทะเบียนราชการ" + administrative + " การสำรวจ" + surveyed + " หน่วยงานรายงานเอง" + own,
       "How far a value may be off by its source class is our own convention, not an official "
       "standard: official statistic" +
           official + ", administrative record" + administrative + ", survey" + surveyed +
           ", self-reported" + own + "."},
      {"เราสุ่มความคลาดเคลื่อนของแต่ละตัวชี้วัดแยกกัน ในความจริงค่าจากหน่วยงานเดียวกันอาจคลาดเคลื่อนไปทางเดียวกัน "
       "ช่วงที่แสดงจึงอาจแคบกว่าความจริง",
       "Errors of each KPI are drawn independently. In truth values from one agency may err "
       "together, so the ranges shown can be narrower than they should be."},
      {"แต่ละจังหวัดเลือกตัวชี้วัดและเกณฑ์ต่างกัน คะแนนจึงบอกว่าทำได้ตามที่ตกลงเพียงใด "
       "ไม่ได้บอกว่าจังหวัดใดน่าอยู่กว่า",
       "Provinces choose different KPIs and criteria. A score says how far they kept what was "
       "agreed, not which province is the better place."},
      {"ค่าที่หน่วยงานรายงานเองยังไม่มีผู้อื่นตรวจ ดูประเภทและหลักฐานของทุกค่าได้ในหน้าจังหวัด",
       "Self-reported values were checked by nobody else. The class and the evidence of every "
       "value stand on the province’s page."}};
}

}  // namespace changwat::indicators
