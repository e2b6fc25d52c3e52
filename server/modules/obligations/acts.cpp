// The acts: raised and released inside acts of others, served, proved and taken back by the
// province that owes.

#include "platform/auth/encoding.hpp"

#include "modules/obligations/obligations.hpp"
#include "modules/obligations/rules.hpp"
#include "modules/obligations/steps.hpp"
#include "modules/obligations/store.hpp"

namespace changwat::obligations {
namespace {

struct ObligationRaised {
  Key kind;
  Key power;
  Key subject_kind;
  SubjectId subject_id;
  Key office_role;
  Date counted_from;
  std::optional<Date> due;
  std::optional<DueBy> due_by;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(ObligationRaised, (),
                      (kind, power, subject_kind, subject_id, office_role, counted_from, due,
                       due_by, demonstration))

struct ObligationMoved {
  ObligationState from = ObligationState::owed;
  ObligationState to = ObligationState::owed;
};
BOOST_DESCRIBE_STRUCT(ObligationMoved, (), (from, to))

struct ObligationServed {
  Date sent_on;
  Letter letter;
  LetterChannel channel = LetterChannel::letter;
  std::optional<Date> due;
};
BOOST_DESCRIBE_STRUCT(ObligationServed, (), (sent_on, letter, channel, due))

// Who received it may be a person: the ledger holds the digest of what was recorded.
struct ObligationProved {
  Date received_on;
  std::string sha256;              // of the proof as JSON, as it stands in the history
  std::vector<std::string> files;  // their digests
};
BOOST_DESCRIBE_STRUCT(ObligationProved, (), (received_on, sha256, files))

ObligationRow row_of(const NewObligation& in, const authority::LawPower& power,
                     const FollowUpRule& rule, Instant now) {
  const auto& instrument = *power.instruments.front();
  const auto& about = in.about;
  ObligationRow row;
  row.obligation_id = ObligationId::make(now);
  row.province = about.province;
  row.kind = in.duty.code;
  row.duty = {in.duty};
  row.power = in.power;
  row.instrument = instrument.instrument;
  row.citation_th = instrument.citation_th;
  row.citation_en = instrument.citation_en;
  row.subject_kind = about.subject.kind;
  row.subject_id = about.subject.id;
  row.title_th = about.title_th;
  row.title_en = about.title_en;
  row.link = about.link;
  row.office_role = about.owing.role;
  row.office_id = about.owing.office_id;
  row.office_th = about.owing.th;
  row.office_en = about.owing.en;
  row.counted_from = about.from;
  if (const auto due = due_of(in.duty, about.from, rule)) {
    row.due = due->day;
    row.due_by = due->by;
  }
  row.demonstration = about.origin == Origin::demonstration;
  row.raised_at = row.updated_at = now;
  return row;
}

}  // namespace

Obligations::Obligations(db::Database& database, Acts& acts, const authority::Authority& authority,
                         FollowUpRules rules)
    : database_(database), acts_(acts), authority_(authority), rules_(std::move(rules)) {}

// ---- inside acts of others

Result<ObligationRow> Obligations::raise_within(Tx& tx, const Call& call,
                                                const authority::Permit* by,
                                                const NewObligation& in) {
  const auto* power = authority_.law().find(in.power);
  if (!power)
    return Problem(errors::internal, "ไม่พบอำนาจ " + in.power.text() + " ในฐานข้อมูลกฎหมาย",
                   "data/law has no power " + in.power.text());
  const auto row =
      row_of(in, *power, rule_on(rules_, in.duty.code, call.now.bangkok_date()), call.now);
  store::add(tx.db, row);
  store::add(tx.db, step_of(call, by, row, "obligation.raise"));
  record(tx, by, row,
         to_json(ObligationRaised{row.kind, row.power, row.subject_kind, row.subject_id,
                                  row.office_role, row.counted_from, row.due, row.due_by,
                                  row.demonstration}));
  return row;
}

Result<std::vector<ObligationRow>> Obligations::raise_each(
    Tx& tx, const Call& call, const authority::Permit* by, const Key& power,
    const authority::Duties& duties, const About& about, const MoreExact& more_exact) {
  std::vector<ObligationRow> raised;
  for (auto duty : duties) {
    if (more_exact) more_exact(duty);
    raised.push_back(TRY(raise_within(tx, call, by, {about, power, std::move(duty)})));
  }
  return raised;
}

Result<std::vector<ObligationRow>> Obligations::raise_all_within(Tx& tx, const Call& call,
                                                                 const authority::Permit& by,
                                                                 const About& about,
                                                                 const MoreExact& more_exact) {
  return raise_each(tx, call, &by, by.basis.power, by.duties, about, more_exact);
}

Result<std::vector<ObligationRow>> Obligations::raise_all_within(Tx& tx, const Call& call,
                                                                 const authority::Permit* by,
                                                                 const authority::MadeGrant& grant,
                                                                 const About& about,
                                                                 const MoreExact& more_exact) {
  return raise_each(tx, call, by, grant.grant.power, grant.duties, about, more_exact);
}

std::int64_t Obligations::release_within(Tx& tx, const Call& call, const authority::Permit* by,
                                         const Subject& subject, const ReleaseReason& reason) {
  std::int64_t released = 0;
  for (auto& row : store::of_subject(tx.db, subject)) {
    if (!is_open(row.state)) continue;
    const auto from = std::exchange(row.state, State::released);
    row.release_reason = reason;
    finish(tx, call, by, row, step_of(call, by, row, "obligation.release", reason),
           to_json(ObligationMoved{from, row.state}));
    ++released;
  }
  return released;
}

Result<ObligationRow> Obligations::in_state(db::Connection& db, const ObligationId& id,
                                            std::string_view act) const {
  auto row = store::obligation(db, id);
  if (!row) return errors::not_found;
  if (!authority::step(obligation_transitions, row->state, act).ok())
    return wrong_state(row->state);
  return *std::move(row);
}

Result<ObligationRow> Obligations::serve_within(Tx& tx, const Call& call,
                                                const authority::Permit& by, const ObligationId& id,
                                                const SentLetter& service) {
  auto row = TRY(in_state(tx.db, id, "obligation.serve"));
  if (auto wrong = faults(service, row, call.now.bangkok_date()); !wrong.empty())
    return Problem(std::move(wrong));
  put(row, service);
  auto step = step_of(call, &by, row, "obligation.serve");
  step.service = {service};
  finish(tx, call, &by, row, std::move(step),
         to_json(ObligationServed{service.sent_on, service.letter, service.channel, row.due}));
  return row;
}

Result<ObligationRow> Obligations::prove_within(Tx& tx, const Call& call,
                                                const authority::Permit& by, const ObligationId& id,
                                                const ReceiptProof& proof) {
  auto row = TRY(in_state(tx.db, id, "obligation.prove"));
  if (auto wrong = faults(proof, row, call.now.bangkok_date()); !wrong.empty())
    return Problem(std::move(wrong));
  const auto files = store::files(tx.db, id);
  if (files.empty() && !proof.reference) return proof_wanted;
  put(row, proof);
  auto step = step_of(call, &by, row, "obligation.prove");
  step.proof = {proof};
  ObligationProved told{proof.received_on, auth::hex_encode(auth::sha256(to_json(proof))), {}};
  for (const auto& file : files) told.files.push_back(file.sha256);
  finish(tx, call, &by, row, std::move(step), to_json(told));
  return row;
}

// ---- acts of the province that owes

Result<Obligations::Step> Obligations::begin(db::Connection& db, const Call& call,
                                             const ObligationId& id, std::string_view act) const {
  auto row = store::obligation(db, id);
  if (!row) return errors::not_found;
  auto permit = TRY(authority_.decide(call, act, {row->province}));
  TRY(call.require_version(row->version));
  return Step{*std::move(row), std::move(permit)};
}

Result<ObligationDetail> Obligations::serve(Call& call, const Path<ObligationPath>& path,
                                            const SentLetter& in) {
  return acts_.run<ObligationDetail>(
      call, "obligation.serve", [&](Tx& tx) -> Result<ObligationDetail> {
        const auto step = TRY(begin(tx.db, call, path->obligation_id, "obligation.serve"));
        return view(tx.db, TRY(serve_within(tx, call, step.permit, path->obligation_id, in)),
                    call.now.bangkok_date());
      });
}

Result<ObligationDetail> Obligations::prove(Call& call, const Path<ObligationPath>& path,
                                            const ReceiptProof& in) {
  return acts_.run<ObligationDetail>(
      call, "obligation.prove", [&](Tx& tx) -> Result<ObligationDetail> {
        const auto step = TRY(begin(tx.db, call, path->obligation_id, "obligation.prove"));
        return view(tx.db, TRY(prove_within(tx, call, step.permit, path->obligation_id, in)),
                    call.now.bangkok_date());
      });
}

Result<ObligationDetail> Obligations::take_back(Call& call, const Path<ObligationPath>& path,
                                                const TakeBackRequest& in) {
  return acts_.run<ObligationDetail>(
      call, "obligation.take_back", [&](Tx& tx) -> Result<ObligationDetail> {
        const auto begun = TRY(begin(tx.db, call, path->obligation_id, "obligation.take_back"));
        auto row = TRY(in_state(tx.db, path->obligation_id, "obligation.take_back"));
        const auto from = row.state;
        obligations::take_back(row);
        finish(tx, call, &begun.permit, row,
               step_of(call, &begun.permit, row, "obligation.take_back", in.reason_th),
               to_json(ObligationMoved{from, row.state}));
        return view(tx.db, std::move(row), call.now.bangkok_date());
      });
}

}  // namespace changwat::obligations
