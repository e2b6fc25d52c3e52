#include "modules/indicators/demo.hpp"

#include <cmath>
#include <map>

#include "base/json.hpp"

namespace changwat::indicators {
namespace {

// ---- the file, as data/demo/README.md describes it

struct DemoIndicator {
  Key code;
  Text<1, 300> name_th, name_en;
  Text<1, 4000> definition_th, definition_en;
  Text<1, 100> unit_th, unit_en;
  Better direction = Better::higher;
  std::string frequency;
  YearlyValue yearly_value = YearlyValue::last;
  Text<1, 500> source_th, source_en;
  SourceClass source_class = SourceClass::self_reported;
  std::int64_t decimals = 0;
  std::string usual_owner_th, usual_owner_en;
};
BOOST_DESCRIBE_STRUCT(DemoIndicator, (),
                      (code, name_th, name_en, definition_th, definition_en, unit_th, unit_en,
                       direction, frequency, yearly_value, source_th, source_en, source_class,
                       decimals, usual_owner_th, usual_owner_en))

struct DemoFigure {
  FiscalYear fiscal_year;
  double value = 0;
};
BOOST_DESCRIBE_STRUCT(DemoFigure, (), (fiscal_year, value))

struct DemoPoints {
  double p50 = 0, p75 = 0, p100 = 0;
};
BOOST_DESCRIBE_STRUCT(DemoPoints, (), (p50, p75, p100))

struct DemoCriteria {
  std::optional<double> p50, p75, p100;
  std::optional<DemoPoints> rising, falling;  // of a range
};
BOOST_DESCRIBE_STRUCT(DemoCriteria, (), (p50, p75, p100, rising, falling))

struct DemoValue {
  KpiPeriod period;
  double value = 0;
  SourceClass source_class = SourceClass::self_reported;
  Date recorded_on;
  std::optional<bool> corrects_earlier;
  std::optional<Text<1, 1000>> reason_th, reason_en;
};
BOOST_DESCRIBE_STRUCT(DemoValue, (),
                      (period, value, source_class, recorded_on, corrects_earlier, reason_th,
                       reason_en))

struct DemoKpi {
  std::string code;
  AreaCode province;
  Key indicator;
  std::optional<std::string> agenda;
  Text<1, 300> owner_th, owner_en;
  double weight = 0;
  List<DemoFigure, 3> baseline;
  List<DemoFigure, 2> targets;
  DemoCriteria criteria;
  std::vector<DemoValue> values;
  RawJson missing;
};
BOOST_DESCRIBE_STRUCT(DemoKpi, (),
                      (code, province, indicator, agenda, owner_th, owner_en, weight, baseline,
                       targets, criteria, values, missing))

// ---- as it is stored

// The file's numbers have few places; the nearest millionth is exactly what stands there.
Decimal exact(double number) {
  return decimal_of_millionths(std::llround(number * static_cast<double>(Decimal::scale)));
}

template <class Figures>
void put_figures(const Figures& from, auto& to) {
  for (const auto& figure : from) to.push_back({figure.fiscal_year, exact(figure.value)});
}

KpiCriteria criteria_of(const DemoPoints& points) {
  return {exact(points.p50), exact(points.p75), exact(points.p100)};
}

Kpi kpi_of(const DemoKpi& from, const DemoIndicator& indicator, Instant now) {
  Kpi kpi;
  kpi.kpi_id = KpiId::make(now);
  kpi.province = from.province;
  kpi.fiscal_year = from.targets.empty() ? FiscalYear() : from.targets.front().fiscal_year;
  kpi.code = indicator.code;
  kpi.name_th = indicator.name_th;
  kpi.name_en = *Text<0, 300>::parse(indicator.name_en.text());
  kpi.definition_th = indicator.definition_th;
  kpi.unit_th = indicator.unit_th;
  kpi.unit_en = *Text<0, 100>::parse(indicator.unit_en.text());
  kpi.direction = indicator.direction;
  kpi.yearly_value = indicator.yearly_value;
  kpi.source_th = indicator.source_th;
  kpi.owner_th = from.owner_th;
  kpi.weight = exact(from.weight);
  put_figures(from.baseline, kpi.baseline.value);
  put_figures(from.targets, kpi.targets.value);
  const auto& c = from.criteria;
  if (c.p50 && c.p75 && c.p100) kpi.criteria = {criteria_of({*c.p50, *c.p75, *c.p100})};
  if (c.rising) kpi.criteria = {criteria_of(*c.rising)};
  if (c.falling) kpi.criteria_falling = {criteria_of(*c.falling)};
  kpi.demonstration = true;
  kpi.changed_at = now;
  return kpi;
}

ReportedValue value_of(const DemoValue& from, Instant now) {
  ReportedValue value;
  value.value_id = ValueId::make(now);
  value.period = from.period;
  value.value = exact(from.value);
  value.source_class = from.source_class;
  if (from.corrects_earlier.value_or(false)) value.reason = from.reason_th;
  value.recorded_at = now;
  return value;
}

// Agendas of an application are named by code; a KPI keeps the position.
std::map<std::string, std::int64_t> agenda_positions(const boost::json::value& demo) {
  std::map<std::string, std::int64_t> positions;
  for (const auto& application : demo.at("applications").as_array()) {
    std::int64_t position = 0;
    for (const auto& agenda : application.at("agendas").as_array())
      positions[std::string(json::string_of(agenda.at("code")))] = position++;
  }
  return positions;
}

Call at_noon(Date day) {
  Call call;
  call.now = Instant::bangkok(day, 12, 0, 0);
  call.request_id = "demonstration";
  return call;
}

struct Demo {
  std::vector<DemoIndicator> indicators;
  std::vector<DemoKpi> kpis;
  std::map<std::string, std::int64_t> agendas;
};

Result<Demo> read_demo(std::string_view text) {
  const auto document = TRY(json::parse(text));
  try {
    Demo demo;
    demo.indicators = TRY(from_json_value<std::vector<DemoIndicator>>(document.at("indicators")));
    demo.kpis = TRY(from_json_value<std::vector<DemoKpi>>(document.at("kpis")));
    demo.agendas = agenda_positions(document);
    return demo;
  } catch (const std::exception& broken) {  // a member that is not there, or not what it should be
    return Problem(errors::malformed_request, "", std::string("demo.json: ") + broken.what());
  }
}

Result<std::vector<Kpi>> put_definitions(Indicators& indicators, const Demo& demo) {
  std::map<Key, const DemoIndicator*> by_code;
  for (const auto& indicator : demo.indicators) by_code[indicator.code] = &indicator;
  const auto call = at_noon(*Date::of(2020, 10, 1));
  std::vector<Kpi> kpis;
  for (const auto& from : demo.kpis) {
    const auto found = by_code.find(from.indicator);
    if (found == by_code.end())
      return Problem(errors::invalid_input, "", "demo.json: no indicator " + from.indicator.text());
    kpis.push_back(kpi_of(from, *found->second, call.now));
    if (from.agenda)
      if (const auto agenda = demo.agendas.find(*from.agenda); agenda != demo.agendas.end())
        kpis.back().agenda = agenda->second;
  }
  return indicators.put_demonstration(call, kpis);
}

}  // namespace

Result<DemoSummary> load_demo(Indicators& indicators, std::string_view text) {
  const auto demo = TRY(read_demo(text));
  const auto kpis = TRY(put_definitions(indicators, demo));
  DemoSummary summary{std::ssize(kpis)};

  struct Month {
    Date last_day;
    std::vector<KnownValue> values;
  };
  std::map<int, Month> months;  // in which they were reported
  for (std::size_t k = 0; k < kpis.size(); ++k) {
    for (const auto& from : demo.kpis[k].values) {
      auto& month =
          months[month_index(from.recorded_on.year(), static_cast<int>(from.recorded_on.month()))];
      month.last_day = std::max(month.last_day, from.recorded_on);
      month.values.push_back(
          {kpis[k].province, kpis[k].kpi_id, value_of(from, at_noon(from.recorded_on).now)});
      ++summary.values;
      if (from.corrects_earlier.value_or(false)) ++summary.corrections;
    }
  }
  for (const auto& [index, month] : months)
    TRY(indicators.put_demonstration(at_noon(month.last_day), month.values));
  return summary;
}

}  // namespace changwat::indicators
