#include "modules/programme/proposal.hpp"

namespace changwat::programme {
namespace {

// A draft's text in the type of the definition; false if it is empty there where it must not be.
template <class From, class To>
bool take(const From& from, To& to) {
  auto parsed = To::parse(from.text());
  if (parsed) to = std::move(*parsed);
  return parsed.has_value();
}

template <class List>
void take_years(const auto& from, List& to) {
  for (const auto& year : from)
    if (year.value.value()) to.push_back({year.fiscal_year, *year.value.value()});
}

}  // namespace

std::optional<Figure> Figure::parse(std::string_view raw) {
  if (raw.empty()) return Figure();
  const auto value = Decimal::parse(raw);
  if (!value) return std::nullopt;
  return Figure(*value);
}

Word Figure::word() {
  auto word = Decimal::word();
  word.name = "Figure";
  word.pattern = "^(-?[0-9]{1,10}(\\.[0-9]{1,6})?)?$";
  word.min = 0;
  word.th += " หรือเว้นว่าง";
  word.en += " or empty";
  return word;
}

Proposal patched(Proposal proposal, const ProposalPatch& patch) {
  if (patch.summary_th) proposal.summary_th = *patch.summary_th;
  if (patch.agendas) proposal.agendas = *patch.agendas;
  if (patch.kpis) proposal.kpis = *patch.kpis;
  if (patch.benefits) proposal.benefits = *patch.benefits;
  if (patch.unlocks) proposal.unlocks = *patch.unlocks;
  if (patch.risks_th) proposal.risks_th = *patch.risks_th;
  return proposal;
}

std::optional<indicators::KpiDefinition> definition_of(const DraftKpi& kpi) {
  indicators::KpiDefinition out;
  const bool texts = take(kpi.code, out.code) && take(kpi.name_th, out.name_th) &&
                     take(kpi.name_en, out.name_en) && take(kpi.definition_th, out.definition_th) &&
                     take(kpi.unit_th, out.unit_th) && take(kpi.unit_en, out.unit_en) &&
                     take(kpi.source_th, out.source_th) && take(kpi.owner_th, out.owner_th);
  if (!texts || !kpi.weight.value()) return std::nullopt;
  out.direction = kpi.direction;
  out.agenda = kpi.agenda;
  out.weight = *kpi.weight.value();
  take_years(kpi.baseline, out.baseline);
  take_years(kpi.targets, out.targets);
  const auto& [p50, p75, p100] = kpi.criteria;
  if (p50.value() && p75.value() && p100.value())
    out.criteria = {{*p50.value(), *p75.value(), *p100.value()}};
  return out;
}

}  // namespace changwat::programme
