#pragma once
// Delegation orders: an office that has a power by law gives it to another by an order, with a
// ceiling, days and conditions; the notices that this makes due; its uses, its end.
//
// Who calls it: routes, the demonstration (demo.hpp). Every act asks authority first, then the
// rules, then writes, and leaves its ledger entries. Signing makes the grants in the register of
// grants in the same act, revoking ends them; what a grant permits is decided there alone. Threads:
// any.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/origin.hpp"

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/areas/areas.hpp"
#include "modules/authority/authority.hpp"
#include "modules/authority/register.hpp"
#include "modules/delegations/model.hpp"
#include "modules/delegations/papers.hpp"
#include "modules/delegations/rules.hpp"
#include "modules/obligations/obligations.hpp"
#include "modules/plans/plans.hpp"

namespace changwat::delegations {

// What stands below, one of each.
struct Below {
  db::Database& database;
  Acts& acts;
  const authority::Authority& authority;
  authority::GrantRegister& grants;
  const areas::Areas& areas;
  const plans::Plans& plans;
  obligations::Obligations& obligations;
};

class Delegations {
 public:
  // Without a printer papers are not to be had.
  Delegations(Below below, Templates templates, std::optional<paper::Printer> printer);

  // ---- for the demonstration, marked for ever; also behind the routes
  Result<DelegationOrder> begin_order(const Call& call, const NewOrder& in, Origin origin);

  // ---- handlers: orders
  Result<Page<OrderSummary>> list_orders(Call& call, const Query<OrderQuery>& query);
  Result<OrderChoices> get_choices(Call& call, const Query<ChoiceQuery>& query);
  Result<Created<DelegationOrder>> create_order(Call& call, const NewOrder& in);
  Result<DelegationOrder> get_order(Call& call, const Path<OrderPath>& path);
  Result<DelegationOrder> edit_order(Call& call, const Path<OrderPath>& path, const OrderPatch& in);
  Result<DelegationOrder> sign(Call& call, const Path<OrderPath>& path, const NoParameters&);
  Result<DelegationOrder> use(Call& call, const Path<OrderPath>& path, const UseRequest& in);
  Result<DelegationOrder> close(Call& call, const Path<OrderPath>& path, const EndRequest& in);
  Result<DelegationOrder> revoke(Call& call, const Path<OrderPath>& path, const EndRequest& in);
  Result<DelegationOrder> withdraw(Call& call, const Path<OrderPath>& path, const EndRequest& in);
  Result<OrderHistory> order_history(Call& call, const Path<OrderPath>& path);
  Result<authority::NextActs> order_acts(Call& call, const Path<OrderPath>& path);
  Result<http::Response> get_paper(Call& call, const Path<PaperPath>& path);

  // ---- handlers: the register
  Result<HeldPowers> held_powers(Call& call, const Query<HeldQuery>& query);
  Result<http::Response> export_held(Call& call, const Query<HeldExportQuery>& query);

  void add_routes(RouteTable& table);

 private:
  // An order at the beginning of an act that its state and the caller's offices allow.
  struct Step {
    OrderRow row;
    authority::Permit permit;
  };
  Result<Step> begin(db::Connection& db, const Call& call, const OrderId& id,
                     std::string_view act) const;
  // Stores the row as the next version, its step and ledger entry; returns what the caller gets.
  DelegationOrder finish(Tx& tx, const Call& call, std::string_view act, const Step& step,
                         OrderRow row, std::string note, RawJson change) const;
  Result<DelegationOrder> end(Call& call, const OrderId& id, std::string_view act, Stage stage,
                              const EndRequest& in);

  // acts.cpp
  Result<std::vector<authority::MadeGrant>> make_grants(Tx& tx, const Call& call,
                                                        const OrderRow& row,
                                                        const PaperFacts& facts) const;
  Result<Done> raise_notices(Tx& tx, const Call& call, const Step& step, const PaperFacts& facts,
                             const std::vector<authority::MadeGrant>& made) const;
  std::vector<std::string> keep_papers(Tx& tx, const OrderRow& row, const PaperFacts& facts) const;

  // looks.cpp: what is known of an order beside its row
  OrderState state(db::Connection& db, const OrderRow& row, Instant now) const;
  std::optional<OfficeRow> office(const std::optional<OfficeRef>& id, Instant now) const;
  bool notices_proved(db::Connection& db, const OrderId& id) const;
  // Offices that have or may receive what a kind of order delegates, in or near a province.
  std::vector<OfficeRow> grantors(const KindRow& kind, const AreaCode& province, Instant now) const;
  std::vector<OfficeRow> delegates(const KindRow& kind, const AreaCode& province,
                                   Instant now) const;
  std::vector<OrderPower> powers(const std::vector<Key>& keys,
                                 const std::vector<OrderGrant>& grants = {}) const;
  authority::Duties duties_of(const List<Key, 10>& keys) const;
  std::vector<OrderCheck> check(db::Connection& db, const OrderRow& row, Instant now,
                                const Caller* signer) const;
  PaperFacts paper_facts(db::Connection& db, const OrderRow& row, Instant now) const;
  authority::NewGrant grant_of(const OrderRow& row, const Key& power,
                               const std::optional<ProjectSummary>& project,
                               const Text<1, 200>& document) const;
  authority::Object used_object(db::Connection& db, const OrderRow& row,
                                const std::optional<Satang>& amount) const;
  // The grant of the order by which an act is done; invalid_input if it delegates no such act.
  Result<GrantId> grant_for(db::Connection& db, const OrderRow& row, const Key& act) const;
  std::vector<authority::NextAct> uses_of(db::Connection& db, const Call& call, const OrderRow& row,
                                          const Key& power) const;
  void ask_rules(db::Connection& db, const Call& call, const OrderRow& row,
                 authority::NextAct& next) const;
  bool in_area(const OfficeRow& office, const AreaCode& province,
               const std::optional<ProjectSummary>& project) const;
  DelegationOrder view(db::Connection& db, OrderRow row, Instant now) const;
  OrderSummary summary(db::Connection& db, const OrderRow& row, Instant now) const;
  Result<OrderRow> readable(db::Connection& db, const Call& call, const OrderId& id) const;

  // held.cpp
  Result<HeldPowers> held(const Call& call, const HeldQuery& query) const;

  const Below below_;
  const Templates templates_;
  const std::optional<paper::Printer> printer_;
};

}  // namespace changwat::delegations
