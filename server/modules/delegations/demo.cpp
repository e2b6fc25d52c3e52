#include "modules/delegations/demo.hpp"

#include <algorithm>

namespace changwat::delegations {
namespace {

constexpr std::string_view source = "ข้อมูลสาธิต: สมมติทั้งหมด / Demonstration: invented throughout";
constexpr std::int64_t day_ms = 86'400'000;
constexpr int days_before = 9;
constexpr int moments = 8;  // of acts, evenly between the first day and the moment of loading

template <class T>
T as_word(std::string_view text) {
  const auto parsed = T::parse(text);
  CHECK(parsed.has_value());
  return *parsed;
}

class Loader {
 public:
  Loader(Delegations& delegations, plans::Plans& plans, obligations::Obligations& obligations,
         db::Database& database, const Demo& demo, const CallerOf& caller_of, Instant now)
      : delegations_(delegations),
        plans_(plans),
        obligations_(obligations),
        database_(database),
        demo_(demo),
        caller_of_(caller_of),
        now_(now),
        year_(FiscalYear::of(now.bangkok_date())) {
    begins_ =
        std::max(now.plus_ms(-days_before * day_ms), Instant::bangkok(year_.first_day(), 0, 0, 0));
  }

  Result<Done> load() {
    TRY(procurement());
    TRY(personnel());
    return Done{};
  }

 private:
  Instant moment(int n) const {
    return begins_.plus_ms((now_.unix_ms() - begins_.unix_ms()) * n / moments);
  }
  Result<Call> as(const std::string& who, int n) const {
    return call_by(caller_of_, who, moment(n));
  }
  Result<OfficeRef> office_of(const std::string& who) const {
    const auto call = TRY(as(who, 0));
    CHECK(!call.caller->offices.empty());
    return as_word<OfficeRef>(call.caller->offices.front().office_id);
  }
  Text<0, 60> number(int n) const {
    return as_word<Text<0, 60>>("สาธิต " + std::to_string(n) + "/" +
                                std::to_string(now_.bangkok_date().year() + 543));
  }

  Result<ProjectId> project() {
    plans::NewProject in;
    in.province = demo_.province;
    in.fiscal_year = year_;
    in.code = demo_.project.code;
    in.content = demo_.project.content;
    in.source = as_word<Text<1, 500>>(source);
    const auto call = TRY(as(demo_.writer, 0));
    return TRY(plans_.record(call, in, Origin::demonstration)).project_id;
  }

  Result<DelegationOrder> draft(OrderKind kind, int n, OrderContent content) {
    auto call = TRY(as(demo_.writer, n));
    const auto begun = TRY(delegations_.begin_order(
        call, {demo_.province, kind, content.project_id}, Origin::demonstration));
    if (content.powers.empty()) content.powers = begun.content.powers;
    return delegations_.edit_order(call, {{begun.order_id}}, {content});
  }

  Result<Done> procurement() {
    OrderContent content;
    content.project_id = TRY(project());
    content.grantor_office_id = TRY(office_of(demo_.signer));
    content.delegate_office_id = TRY(office_of(demo_.delegate));
    content.ceiling_satang = demo_.ceiling_satang;
    content.from_date = moment(2).bangkok_date();
    content.to_date = year_.last_day();
    content.conditions_th = demo_.conditions_th;
    content.number = number(1);
    content.parent_agency_head_th = demo_.parent_agency_head_th;
    const auto order = TRY(draft(OrderKind::procurement, 1, content));
    const Path<OrderPath> path{{order.order_id}};
    auto call = TRY(as(demo_.signer, 2));
    TRY(delegations_.sign(call, path, {}));
    TRY(notices(order.order_id));
    // Now: a grant is used when it is asked about, and the ledger tells if it was not.
    call = TRY(as(demo_.delegate, moments));
    TRY(delegations_.use(call, path,
                         {order.powers.at(0).acts.at(0).act, now_.bangkok_date(), demo_.use.what_th,
                          demo_.use.amount_satang, demo_.use.reference}));
    return Done{};
  }

  Result<Done> notices(const OrderId& id) {
    const obligations::Subject subject{as_word<Key>("delegation_order"),
                                       as_word<obligations::SubjectId>(id.text())};
    const auto due =
        database_.read([&](db::Connection& db) { return obligations_.of_subject(db, subject); });
    int letter = 0;
    for (const auto& each : due) {
      const Path<obligations::ObligationPath> path{{each.obligation_id}};
      const auto name = as_word<obligations::Letter>("หนังสือสาธิต ที่ " + std::to_string(++letter));
      auto call = TRY(as(demo_.writer, 3));
      TRY(obligations_.serve(call, path, {moment(3).bangkok_date(), name}));
      call = TRY(as(demo_.writer, 5));
      TRY(obligations_.prove(call, path,
                             {moment(5).bangkok_date(), as_word<Text<1, 300>>("ลงรับ (ข้อมูลสาธิต)"),
                              std::nullopt, as_word<Text<1, 500>>("แฟ้มสาธิต")}));
    }
    return Done{};
  }

  Result<Done> personnel() {
    OrderContent content;
    content.powers = demo_.personnel_powers;
    content.grantor_office_id = TRY(office_of(demo_.agency));
    content.delegate_office_id = TRY(office_of(demo_.signer));
    content.from_date = now_.bangkok_date().plus_days(30);
    content.to_date = year_.last_day();
    content.number = number(2);
    TRY(draft(OrderKind::hr, 7, content));
    return Done{};
  }

  Delegations& delegations_;
  plans::Plans& plans_;
  obligations::Obligations& obligations_;
  db::Database& database_;
  const Demo& demo_;
  const CallerOf& caller_of_;
  const Instant now_;
  const FiscalYear year_;
  Instant begins_;
};

}  // namespace

Result<Done> load_demo(Delegations& delegations, plans::Plans& plans,
                       obligations::Obligations& obligations, db::Database& database,
                       const Demo& demo, const CallerOf& caller_of, Instant now) {
  return Loader(delegations, plans, obligations, database, demo, caller_of, now).load();
}

}  // namespace changwat::delegations
