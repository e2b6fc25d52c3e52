#include <algorithm>
#include <map>

#include "modules/indicators/indicators.hpp"
#include "modules/indicators/store.hpp"

namespace changwat::indicators {
namespace {

// What the ledger keeps of a value. The reason of a correction or withdrawal is free text and may
// name people, so it stays with the row.
struct ValueChange {
  Key code;
  ValueId value_id;
  KpiPeriod period;
  std::int64_t revision = 1;
  Decimal value;
  SourceClass source_class = SourceClass::self_reported;
  std::optional<ValueId> corrects;
  bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(ValueChange, (),
                      (code, value_id, period, revision, value, source_class, corrects, withdrawn))

struct DefinitionChange {
  FiscalYear fiscal_year;
  Key code;
  std::int64_t version = 1;
  Better direction = Better::higher;
  Decimal weight;
  List<YearFigure, 3> baseline;
  List<YearFigure, 2> targets;
  std::optional<KpiCriteria> criteria;
};
BOOST_DESCRIBE_STRUCT(DefinitionChange, (),
                      (fiscal_year, code, version, direction, weight, baseline, targets, criteria))

struct Count {
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (count))

DefinitionChange change_of(const Kpi& kpi) {
  return {kpi.fiscal_year,   kpi.code,
          kpi.version,       kpi.direction,
          kpi.weight,        kpi.baseline.value,
          kpi.targets.value, kpi.criteria ? std::optional(kpi.criteria->value) : std::nullopt};
}

ActRecord record_of(const Kpi& kpi, const authority::Permit& permit, std::string change) {
  return {.subject_kind = "kpi",
          .subject_id = kpi.kpi_id.text(),
          .province = kpi.province,
          .office_id = permit.office_id,
          .authority = permit.chain(),
          .change = {std::move(change)}};
}

Problem no_province(const char* pointer) {
  return Problem(
      {{pointer, "unknown_province", "ไม่พบจังหวัดที่มีรหัสนี้", "there is no province with this code"}});
}

bool is_province(const areas::Areas& areas, const AreaCode& code) {
  return code.level() == AreaLevel::province && areas.exists(code);
}

template <class T>
Result<Created<T>> created(Result<T> made) {
  if (!made.ok()) return std::move(made).problem();
  return Created<T>{std::move(made).value()};
}

}  // namespace

Indicators::Indicators(db::Database& database, Acts& acts, const authority::Authority& authority,
                       const areas::Areas& areas, RuleBook rules)
    : database_(database),
      acts_(acts),
      authority_(authority),
      areas_(areas),
      rules_(std::move(rules)),
      boards_(std::make_unique<Boards>(database, areas, rules_)) {}

void Indicators::tell_boards(Tx& tx, std::vector<KpiId> kpis) {
  tx.after_commit([this, kpis = std::move(kpis)] { boards_->changed(kpis); });
}

void Indicators::on_entries(std::int64_t, std::int64_t) {
  boards_->changed({});
}

// ---- definitions

Result<Kpi> Indicators::add_kpi(Tx& tx, const Kpi& kpi) {
  if (store::kpi(tx.db, kpi.province, kpi.fiscal_year, kpi.code))
    return Problem(errors::conflict, "จังหวัดนี้มีตัวชี้วัดรหัส " + kpi.code.text() + " ในปีงบประมาณนี้แล้ว",
                   "The province has a KPI " + kpi.code.text() + " in this fiscal year already.");
  const auto before = store::kpis_of(tx.db, kpi.province);
  const auto of_year = std::count_if(before.begin(), before.end(), [&](const Kpi& other) {
    return other.fiscal_year == kpi.fiscal_year;
  });
  if (static_cast<std::size_t>(of_year) >= kpis_of_province_max)
    return Problem(errors::conflict, "จังหวัดมีตัวชี้วัดครบจำนวนสูงสุดของปีงบประมาณแล้ว",
                   "The province has as many KPIs as a fiscal year may have.");
  store::add(tx.db, kpi);
  return kpi;
}

Result<Done> Indicators::define(Tx& tx, const Call& call, const AreaCode& province,
                                FiscalYear fiscal_year, const std::string& application_id,
                                const std::vector<KpiDefinition>& kpis) {
  if (!is_province(areas_, province)) return no_province("/province");
  std::vector<FieldError> wrong;
  for (std::size_t i = 0; i < kpis.size(); ++i)
    for (auto& fault : faults(kpis[i], "/kpis/" + std::to_string(i)))
      wrong.push_back(std::move(fault));
  if (!wrong.empty()) return Problem(std::move(wrong));
  std::vector<KpiId> touched;
  for (const auto& definition : kpis) {
    auto kpi = kpi_of(definition, province, fiscal_year, call.now);
    kpi.application_id = Text<1, 64>::parse(application_id);
    if (const auto before = store::kpi(tx.db, province, fiscal_year, kpi.code)) {
      kpi.kpi_id = before->kpi_id;
      kpi.yearly_value = before->yearly_value;
      kpi.demonstration = before->demonstration;
      kpi.version = before->version + 1;
      store::change(tx.db, kpi);
    } else {
      TRY(add_kpi(tx, kpi));
    }
    touched.push_back(kpi.kpi_id);
  }
  tell_boards(tx, std::move(touched));
  return Done{};
}

Result<Created<KpiAnswer>> Indicators::create(Call& call, const NewKpi& in) {
  return created(acts_.run<KpiAnswer>(call, "kpi.define", [&](Tx& tx) -> Result<KpiAnswer> {
    const auto permit = TRY(authority_.decide(call, "kpi.define", {in.province}));
    if (!is_province(areas_, in.province)) return no_province("/province");
    if (auto wrong = faults(in); !wrong.empty()) return Problem(std::move(wrong));
    auto kpi = kpi_of(in, in.province, in.fiscal_year, call.now);
    kpi.yearly_value = in.yearly_value.value_or(YearlyValue::last);
    TRY(add_kpi(tx, kpi));
    tx.record(record_of(kpi, permit, to_json(change_of(kpi))));
    tell_boards(tx, {kpi.kpi_id});
    return answer(tx.db, kpi, call.now);
  }));
}

Result<KpiAnswer> Indicators::change(Call& call, const Path<KpiPath>& path, const KpiChange& in) {
  return acts_.run<KpiAnswer>(call, "kpi.define", [&](Tx& tx) -> Result<KpiAnswer> {
    const auto before = store::kpi(tx.db, path->kpi_id);
    if (!before) return errors::not_found;
    const auto permit = TRY(authority_.decide(call, "kpi.define", {before->province}));
    TRY(call.require_version(before->version));
    TRY(may_change(*before));
    auto kpi = changed(*before, in, call.now);
    if (auto wrong = faults(definition_of(kpi)); !wrong.empty()) return Problem(std::move(wrong));
    store::change(tx.db, kpi);
    tx.record(record_of(kpi, permit, to_json(change_of(kpi))));
    tell_boards(tx, {kpi.kpi_id});
    return answer(tx.db, kpi, call.now);
  });
}

// ---- values

Result<Created<ReportedValue>> Indicators::report(Call& call, const Path<KpiPath>& path,
                                                  const NewValue& in) {
  const auto* act = in.corrects ? "kpi.correct" : "kpi.report";
  return created(acts_.run<ReportedValue>(call, act, [&](Tx& tx) -> Result<ReportedValue> {
    const auto kpi = store::kpi(tx.db, path->kpi_id);
    if (!kpi) return errors::not_found;
    const auto permit = TRY(authority_.decide(call, act, {kpi->province}));
    if (auto wrong = faults(in, call.now); !wrong.empty()) return Problem(std::move(wrong));
    const auto before = store::last_row(tx.db, kpi->province, kpi->kpi_id, in.period);
    const auto by =
        before ? store::office_of(tx.db, kpi->province, kpi->kpi_id, *before) : std::string();
    const auto row = TRY(next_revision(in, before, by, call.now));
    put_value(tx, *kpi, permit, row);
    return row;
  }));
}

Result<Created<ReportedValue>> Indicators::withdraw(Call& call, const Path<ValuePath>& path,
                                                    const Withdrawal& in) {
  const auto* act = "kpi.withdraw";
  return created(acts_.run<ReportedValue>(call, act, [&](Tx& tx) -> Result<ReportedValue> {
    const auto kpi = store::kpi(tx.db, path->kpi_id);
    if (!kpi) return errors::not_found;
    const auto permit = TRY(authority_.decide(call, act, {kpi->province}));
    const auto value = store::row(tx.db, kpi->province, kpi->kpi_id, path->value_id);
    if (!value) return errors::not_found;
    const auto last = store::last_row(tx.db, kpi->province, kpi->kpi_id, value->period);
    const auto row = TRY(withdrawal(*value, *last, in.reason, call.now));
    put_value(tx, *kpi, permit, row);
    return row;
  }));
}

void Indicators::put_value(Tx& tx, const Kpi& kpi, const authority::Permit& permit,
                           const ReportedValue& row) {
  store::add(tx.db, kpi.province, kpi.kpi_id, row, permit.office_id);
  tx.record(
      record_of(kpi, permit,
                to_json(ValueChange{kpi.code, row.value_id, row.period, row.revision, row.value,
                                    row.source_class, row.corrects, row.withdrawn})));
  tell_boards(tx, {kpi.kpi_id});
}

// ---- demonstration

Result<std::vector<Kpi>> Indicators::put_demonstration(const Call& call,
                                                       const std::vector<Kpi>& kpis) {
  return acts_.run<std::vector<Kpi>>(
      call, "kpi.demonstrate", [&](Tx& tx) -> Result<std::vector<Kpi>> {
        if (store::has_demonstration(tx.db)) return errors::conflict;
        std::vector<Kpi> out;
        std::vector<KpiId> touched;
        for (auto kpi : kpis) {
          if (const auto before = store::kpi(tx.db, kpi.province, kpi.fiscal_year, kpi.code)) {
            kpi.kpi_id = before->kpi_id;
            kpi.application_id = before->application_id;
            kpi.version = before->version + 1;
            store::change(tx.db, kpi);
          } else {
            TRY(add_kpi(tx, kpi));
          }
          touched.push_back(kpi.kpi_id);
          out.push_back(std::move(kpi));
        }
        tx.record({.subject_kind = "kpi_demonstration",
                   .subject_id = "definitions",
                   .change = {to_json(Count{std::ssize(kpis)})}});
        tell_boards(tx, std::move(touched));
        return out;
      });
}

Result<Done> Indicators::put_demonstration(const Call& call,
                                           const std::vector<KnownValue>& values) {
  return acts_.run<Done>(call, "kpi.demonstrate", [&](Tx& tx) -> Result<Done> {
    std::vector<KpiId> touched;
    for (const auto& [province, kpi_id, value] : values) {
      auto row = value;
      if (const auto before = store::last_row(tx.db, province, kpi_id, value.period)) {
        row.revision = before->revision + 1;
        row.corrects = before->value_id;
      }
      store::add(tx.db, province, kpi_id, row, "");
      touched.push_back(kpi_id);
    }
    tx.record({.subject_kind = "kpi_demonstration",
               .subject_id = "values",
               .change = {to_json(Count{std::ssize(values)})}});
    tell_boards(tx, std::move(touched));
    return Done{};
  });
}

}  // namespace changwat::indicators
