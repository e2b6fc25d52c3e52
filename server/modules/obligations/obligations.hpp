#pragma once
// Obligations: duties to notify and to report, each with its last day and its proof of service.
//
// Who calls it: modules whose acts raise duties, inside those acts; routes; the hourly job. An
// obligation is raised and released only inside the act of the module that owns its subject, in the
// same transaction; it is served and proved by the province that owes it. Threads: any; the
// functions that take a Tx belong to the caller's act.

#include <optional>
#include <string>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/authority/authority.hpp"
#include "modules/obligations/model.hpp"

namespace changwat::obligations {

class Obligations {
 public:
  Obligations(db::Database& database, Acts& acts, const authority::Authority& authority,
              FollowUpRules rules);

  // ---- inside acts of other modules. `by` is the permit of that act: its office and chain go into
  // the ledger entry of the obligation; nullptr: the program itself acts.

  // Problem: internal if data/law has no such power.
  Result<ObligationRow> raise_within(Tx& tx, const Call& call, const authority::Permit* by,
                                     const NewObligation& obligation);
  // All duties that follow from using the power of `by`.
  Result<std::vector<ObligationRow>> raise_all_within(Tx& tx, const Call& call,
                                                      const authority::Permit& by,
                                                      const About& about,
                                                      const MoreExact& more_exact = {});
  // All duties that follow from a grant.
  Result<std::vector<ObligationRow>> raise_all_within(Tx& tx, const Call& call,
                                                      const authority::Permit* by,
                                                      const authority::MadeGrant& grant,
                                                      const About& about,
                                                      const MoreExact& more_exact = {});
  // The subject fell away: what is owed or waits for proof is released. What is proved stays.
  // Returns how many were released.
  std::int64_t release_within(Tx& tx, const Call& call, const authority::Permit* by,
                              const Subject& subject, const ReleaseReason& reason);
  // For acts that send the letter themselves. Problems: not_found, wrong_state, invalid_input.
  Result<ObligationRow> serve_within(Tx& tx, const Call& call, const authority::Permit& by,
                                     const ObligationId& id, const SentLetter& service);
  Result<ObligationRow> prove_within(Tx& tx, const Call& call, const authority::Permit& by,
                                     const ObligationId& id, const ReceiptProof& proof);

  // ---- questions of other modules
  // The oldest first, of one act by kind; those released too.
  std::vector<ObligationRow> of_subject(db::Connection& db, const Subject& subject) const;
  // Of at most 200 subjects of a kind, in one question; the oldest first.
  std::vector<ObligationRow> of_subjects(db::Connection& db, const Key& kind,
                                         const std::vector<SubjectId>& ids) const;
  // Nothing is owed and nothing waits for its proof; true if nothing was ever raised.
  bool all_proved(db::Connection& db, const Subject& subject) const;
  // How many of a province and kind of subject are not sent though their last day is over.
  std::int64_t overdue(db::Connection& db, const AreaCode& province, const Key& subject_kind,
                       Date today) const;
  // Who owes: a role of data/law in the province; the role that law vests a power in; an office of
  // the caller.
  Owing owing(const Key& role) const;
  Owing owing_by_law(const Key& power) const;
  static Owing owing(const HeldOffice& office);
  // A duty of a power in data/law; nullptr: there is none.
  const authority::Duty* duty(const Key& power, const Key& code) const;

  // Raises the reminders that were reached, each once: an hourly job. Returns how many.
  Result<std::int64_t> remind(const Call& call);

  // ---- handlers
  Result<Page<Obligation>> list_obligations(Call& call, const Query<ObligationQuery>& query);
  Result<ObligationDetail> get_obligation(Call& call, const Path<ObligationPath>& path);
  Result<ObligationDetail> serve(Call& call, const Path<ObligationPath>& path,
                                 const SentLetter& in);
  Result<ObligationDetail> prove(Call& call, const Path<ObligationPath>& path,
                                 const ReceiptProof& in);
  Result<ObligationDetail> take_back(Call& call, const Path<ObligationPath>& path,
                                     const TakeBackRequest& in);
  Result<ObligationHistory> history(Call& call, const Path<ObligationPath>& path);
  Result<authority::NextActs> next_acts(Call& call, const Path<ObligationPath>& path);
  Result<ObligationDetail> put_file(Call& call, const Path<ObligationFilePath>& path,
                                    const Query<ObligationFileQuery>& query, const Upload& upload);
  Result<http::Response> get_file(Call& call, const Path<ObligationFilePath>& path);
  Result<ObligationCounts> count_mine(Call& call);
  Result<http::Response> export_obligations(Call& call, const Query<ObligationExportQuery>& query);
  Result<ObligationFigures> get_figures(Call& call, const Query<FiguresQuery>& query);
  Result<FollowUpRules> get_rules(Call& call);

  void add_routes(RouteTable& table);

 private:
  // An obligation at the beginning of an act that its state and the caller's offices allow.
  struct Step {
    ObligationRow row;
    authority::Permit permit;
  };
  Result<Step> begin(db::Connection& db, const Call& call, const ObligationId& id,
                     std::string_view act) const;
  Result<ObligationRow> in_state(db::Connection& db, const ObligationId& id,
                                 std::string_view act) const;
  Result<std::vector<ObligationRow>> raise_each(Tx& tx, const Call& call,
                                                const authority::Permit* by, const Key& power,
                                                const authority::Duties& duties, const About& about,
                                                const MoreExact& more_exact);
  std::optional<Key> reminder_now(const ObligationRow& row, const Call& call) const;
  bool remind_one(Tx& tx, const Call& call, const ObligationId& id) const;
  Result<std::int64_t> remind_all(const Call& call, const std::vector<ObligationRow>& rows);
  ObligationDetail view(db::Connection& db, ObligationRow row, Date today) const;
  Result<ObligationRow> readable(db::Connection& db, const Call& call,
                                 const ObligationId& id) const;

  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
  const FollowUpRules rules_;
};

}  // namespace changwat::obligations
