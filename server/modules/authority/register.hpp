#pragma once
// The register of grants: the table power_grant, and the book in memory that is kept in step with
// it. Modules in which grants are made or ended (delegation orders) call it inside their acts;
// nobody else changes either.
//
// Threads: any; the functions that take a Tx belong to the caller's act.

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/authority/authority.hpp"
#include "modules/authority/model.hpp"
#include "modules/authority/offices.hpp"
#include "modules/identity/identity.hpp"

namespace changwat::authority {

class GrantRegister {
 public:
  // Loads all grants. The others must outlive it.
  GrantRegister(db::Database& database, Acts& acts, Authority& authority,
                identity::Identity& identity);

  // Makes a grant inside the caller's act. The caller must hold the grantor's office now. Leaves a
  // ledger entry about a power_grant, with the chain by which the grantor has the power. Problems:
  // sign_in_required, forbidden (not the caller's office; the grant above has just ended),
  // invalid_input (what exceeds the grantor, by member).
  Result<MadeGrant> grant_within(Tx& tx, const Call& call, const NewGrant& grant);

  // Ends a grant and all below it, at the call's moment. The caller must hold an office from which
  // it came, directly or further up. Problems: as above, not_found, wrong_state (ended already).
  Result<EndedGrant> revoke_within(Tx& tx, const Call& call, const GrantId& grant,
                                   const EndReason& why);

  // Ends what falls when the holder of an office leaves, at the call's moment: a consequence of law
  // that needs nobody's power.
  Result<EndedGrants> end_with_holder_within(Tx& tx, const Call& call, std::string_view office_id);
  // The same for all offices, as an act of its own: an hourly job.
  Result<EndedGrants> end_where_holder_left(const Call& call);

  // As Authority::decide, for an act that uses the power now: sees also what acts before it in the
  // same commit ended, and whether the holder of a grantor's office left.
  Result<Permit> decide_within(Tx& tx, const Call& call, std::string_view act,
                               const Object& object) const;

  // The permit by one grant that an office of the caller holds, whatever else its offices may do:
  // for who records that this grant was used. Problems: sign_in_required, forbidden (the grant is
  // another office's, does not cover the object, or ended).
  Result<Permit> decide_by_grant(db::Connection& db, const Call& call, const GrantId& grant,
                                 std::string_view act, const Object& object) const;

  // ---- questions
  // What grant_within would refuse at this moment, whoever asks; empty: nothing.
  std::vector<FieldError> grant_faults(const NewGrant& grant, Instant at) const;
  // Whether the grant, or one above it, was ended or fell with its holder, as the record has it.
  // That its days are over is not asked.
  bool lapsed(db::Connection& db, const GrantId& id, Instant at) const {
    return lapsed_in_record(db, id, at);
  }
  std::optional<Grant> grant(db::Connection& db, const GrantId& id) const;
  // Of a province, the newest first.
  std::vector<Grant> grants_in(db::Connection& db, const AreaCode& province,
                               const std::optional<GrantId>& before, std::int64_t limit) const;
  // The register of offices, at most a minute old.
  std::shared_ptr<const Offices> offices(Instant now) const;
  std::vector<HolderNames> holders(const OfficeRow& office, Date on) const;
  WhoMay who_may(std::string_view act, const Object& object, Instant at, std::int64_t limit) const;

  // ---- handlers
  Result<LawWords> list_acts(Call& call);
  Result<InstrumentList> list_instruments(Call& call);
  Result<Instrument> get_instrument(Call& call, const Path<InstrumentPath>& path);
  Result<WhoMayAnswer> who_may_sign(Call& call, const Query<WhoMayQuery>& query);
  Result<OfficePowers> office_powers(Call& call, const Path<OfficePath>& path,
                                     const Query<OfficePowersQuery>& query);

  void add_routes(RouteTable& table);

 private:
  // The caller's office with this id; forbidden if it is not the caller's.
  Result<HeldOffice> own_office(const Call& call, std::string_view office_id) const;
  // Whether this grant or one above it ended, as the act's transaction has it.
  bool lapsed_in_record(db::Connection& db, std::optional<GrantId> id, Instant at) const;
  // For a power whose grants end with the holder: whether who granted it left the office.
  bool holder_left(const Grant& grant, Instant at) const;
  EndedGrant end_within(Tx& tx, const Call& call, const Grant& grant, const EndReason& why,
                        const std::string& office_id, RawJson chain);
  std::shared_ptr<const Offices> load_offices() const;
  std::shared_ptr<const Offices> offices_with(std::initializer_list<std::string_view> ids,
                                              Instant now) const;

  db::Database& database_;
  Acts& acts_;
  Authority& authority_;
  identity::Identity& identity_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Offices> offices_;
  mutable Instant offices_at_;
};

}  // namespace changwat::authority
