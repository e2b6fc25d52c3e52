#pragma once
// Rules of delegation orders, pure: time and all that is looked up come in as parameters.
//
// Sources: summary of อ.ก.พ.ร. meeting 1/2564, agenda 3 (exemption from clause 7 paragraph 1: who
// may receive the power, whose budget, the two notices); meeting 2/2563 item 1(3) (personnel). That
// an order has one project, ends with the fiscal year and is not dated back, and that a project has
// one such order at a time, are our readings.

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"
#include "modules/delegations/model.hpp"

namespace changwat::delegations {

// ---- the course of an order

inline constexpr std::string_view use_act = "delegation.use";  // stands for acts of the powers

using State = OrderState;
inline constexpr authority::Transition<OrderState> order_transitions[] = {
    {State::draft, "delegation.edit", State::draft},
    {State::draft, "delegation.sign", State::notice_pending},
    {State::draft, "delegation.withdraw", State::withdrawn},
    {State::notice_pending, use_act, State::notice_pending},
    {State::notice_pending, "delegation.close", State::ended},
    {State::notice_pending, "delegation.revoke", State::revoked},
    {State::in_force, use_act, State::in_use},
    {State::in_force, "delegation.close", State::ended},
    {State::in_force, "delegation.revoke", State::revoked},
    {State::in_use, use_act, State::in_use},
    {State::in_use, "delegation.close", State::ended},
    {State::in_use, "delegation.revoke", State::revoked},
};

// What the state of a signed order follows from.
struct Standing {
  Stage stage = Stage::draft;
  bool lapsed = false;  // a grant of it, or one above, ended or fell with its holder
  std::optional<Date> to_date;
  bool notices_proved = false;
  bool used = false;
};
OrderState state_of(const Standing& standing, Date today);

Problem wrong_state(OrderState state);

// ---- before signing

// Another signed order on the same project that is in force on some day.
struct OtherOrder {
  OrderId order_id;
  std::string number;
  Date from_date;
  Date to_date;
};

// A power of the order with what the law says of it, and what the register of grants says against
// granting it so.
struct Wanted {
  Key key;
  const authority::LawPower* power = nullptr;  // none: no such power
  std::vector<FieldError> faults;
};

// All that the checks look at.
struct Looked {
  const KindRow& kind;
  const OrderContent& content;
  AreaCode province;
  Date today;
  std::vector<Wanted> wanted;
  std::optional<ProjectSummary> project;
  std::optional<OfficeRow> grantor;
  std::optional<OfficeRow> delegate;
  bool delegate_in_area = false;       // in the province, or in its cluster for the cluster's money
  std::vector<OtherOrder> others;      // of the project
  bool number_taken = false;           // by another signed order of the grantor
  bool grantor_held = false;           // somebody holds the grantor's office today
  std::optional<bool> signer_holds{};  // the caller does; none: nobody is signing
};

// Every check once, in the order in which a page shows them.
std::vector<OrderCheck> checks(const Looked& looked);
// Those that failed, as a problem with all of them; none: it may be signed.
std::optional<Problem> failed(const std::vector<OrderCheck>& checks);

// ---- use

// The sum of uses after one more. Problems: invalid_input on /amount_satang (wanted, nothing, or
// above what is left of the ceiling), /on_date (outside the days of the order, or in the future).
Result<Satang> used_after(const OrderContent& order, Satang used, Date signed_on,
                          const UseRequest& use, Date today);

// "1,000,000.00"
using plans::baht_text;

}  // namespace changwat::delegations
