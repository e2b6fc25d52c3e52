// Closing: proposed by one officer on a ground that the record proves, reviewed by another.

#include <algorithm>

#include "modules/service_centre/applications.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"
#include "modules/service_centre/store_applications.hpp"

namespace changwat::service_centre {
namespace {

struct ClosingProposed {
  ClosingGround ground = ClosingGround::evidence;
  std::optional<Key> before;
  std::optional<Key> after;
};
BOOST_DESCRIBE_STRUCT(ClosingProposed, (), (ground, before, after))

const CaseFile* find(const std::vector<CaseFile>& files, const std::optional<Key>& key) {
  if (!key) return nullptr;
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const CaseFile& file) { return file.key == *key; });
  return found == files.end() ? nullptr : &*found;
}

bool allowed(const Book& book, const Key& kind, ClosingGround ground) {
  const auto& grounds = closing_grounds(book, kind);
  return std::find(grounds.begin(), grounds.end(), ground) != grounds.end();
}

}  // namespace

// Asked when it is proposed, and again when it is closed: nothing is closed on a ground that the
// record does not hold at that moment.
Result<Done> ServiceCentre::closing_proven(db::Connection& db, const CaseRow& row,
                                           ClosingGround ground, const std::optional<Key>& before,
                                           const std::optional<Key>& after, Date on) const {
  if (!all_decided(store::services(db, row.case_id))) return services_undecided;
  if (!allowed(book_, row.kind, ground))
    return Problem({{"/ground", "not_enough", "เหตุยุติเรื่องนี้ไม่พอสำหรับเรื่องลักษณะนี้",
                     "is not enough for a case of this kind"}});
  if (ground == ClosingGround::evidence) {
    const auto files = store::files(db, row.case_id);
    auto wrong =
        evidence_faults(row, find(files, before), find(files, after), closing_numbers(book_, on));
    if (wrong.empty()) return Done{};
    Problem problem(closing_unproven);
    problem.fields = std::move(wrong);
    return problem;
  }
  const auto steps = store::steps(db, row.case_id);
  const bool proven =
      ground == ClosingGround::citizen_word ? citizen_confirmed(steps) : answer_was_given(steps);
  if (proven) return Done{};
  return closing_unproven;
}

Result<Case> ServiceCentre::propose_closing(Call& call, const Path<CasePath>& path,
                                            const ProposeClosing& in) {
  TRY(acts_.run<Done>(call, "case.propose_closing", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, path->case_id, "case.propose_closing"));
    TRY(closing_proven(tx.db, step.row, in.ground, in.before, in.after, call.now.bangkok_date()));
    auto row = step.row;
    row.state = step.to;
    row.closing_ground = in.ground;
    row.closing_before = in.before;
    row.closing_after = in.after;
    row.closing_proposed_by = call.caller->person_id;
    row.closing_proposed_at = call.now;
    return finish(
        tx, call, "case.propose_closing", step, row,
        {in.summary_th.text(), false, {to_json(ClosingProposed{in.ground, in.before, in.after})}});
  }));
  return viewed(call, path->case_id);
}

Result<Case> ServiceCentre::close(Call& call, const Path<CasePath>& path, const NoParameters&) {
  TRY(acts_.run<Done>(call, "case.close", [&](Tx& tx) -> Result<Done> {
    const auto step = TRY(begin(tx.db, call, path->case_id, "case.close"));
    const auto& proposed = step.row;
    if (proposed.closing_proposed_by == call.caller->person_id) return second_person_wanted;
    TRY(closing_proven(tx.db, proposed, proposed.closing_ground.value(), proposed.closing_before,
                       proposed.closing_after, call.now.bangkok_date()));
    std::string summary;
    for (const auto& one : store::steps(tx.db, path->case_id))
      if (one.act == "case.propose_closing") summary = one.note.text();
    auto row = step.row;
    row.state = step.to;
    return finish(tx, call, "case.close", step, row, {summary, true});
  }));
  return viewed(call, path->case_id);
}

Result<Case> ServiceCentre::refuse_closing(Call& call, const Path<CasePath>& path,
                                           const CaseReason& in) {
  return lead(call, path->case_id, "case.refuse_closing", in.reason_th.text(), false,
              [&](Tx&, const Step& step, CaseRow& row) -> Result<Done> {
                if (step.row.closing_proposed_by == call.caller->person_id)
                  return second_person_wanted;
                row.closing_ground.reset();
                row.closing_before.reset();
                row.closing_after.reset();
                row.closing_proposed_by.reset();
                row.closing_proposed_at.reset();
                return Done{};
              });
}

}  // namespace changwat::service_centre
