#include "modules/obligations/steps.hpp"

#include "modules/obligations/store.hpp"

namespace changwat::obligations {

ObligationStep step_of(const Call& call, const authority::Permit* by, const ObligationRow& row,
                       std::string_view act, std::string_view note) {
  ObligationStep step;
  step.step_id = Id<StepTag>::make(call.now);
  step.obligation_id = row.obligation_id;
  step.act = act;
  step.at = call.now;
  step.note = Text<0, 1000>::parse(note).value_or(Text<0, 1000>());
  if (!by) return step;
  step.person_id = call.caller->person_id;
  for (const auto& office : call.caller->offices)
    if (office.office_id == by->office_id) {
      step.office_th = office.title_th;
      step.office_en = office.title_en;
    }
  return step;
}

void record(Tx& tx, const authority::Permit* by, const ObligationRow& row, std::string change) {
  ActRecord entry{.subject_kind = "obligation",
                  .subject_id = row.obligation_id.text(),
                  .province = row.province,
                  .change = {std::move(change)}};
  if (by) {
    entry.office_id = by->office_id;
    entry.authority = by->chain();
  }
  tx.record(entry);
}

void finish(Tx& tx, const Call& call, const authority::Permit* by, ObligationRow& row,
            ObligationStep step, std::string change) {
  ++row.version;
  row.updated_at = call.now;
  store::change(tx.db, row);
  store::add(tx.db, std::move(step));
  record(tx, by, row, std::move(change));
}

}  // namespace changwat::obligations
