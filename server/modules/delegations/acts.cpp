// The acts of delegation orders: load, ask authority, decide by rules, store, record.

#include <algorithm>

#include "platform/auth/encoding.hpp"

#include "modules/delegations/delegations.hpp"
#include "modules/delegations/store.hpp"

namespace changwat::delegations {
namespace {

struct OrderBegan {
  OrderKind kind = OrderKind::procurement;
  std::optional<ProjectId> project_id;
  bool demonstration = false;
};
BOOST_DESCRIBE_STRUCT(OrderBegan, (), (kind, project_id, demonstration))

struct OrderEdited {
  std::vector<std::string> members;  // those that changed, never values
};
BOOST_DESCRIBE_STRUCT(OrderEdited, (), (members))

struct OrderSigned {
  Text<0, 60> number;
  std::vector<GrantId> grants;
  std::vector<std::string> papers;  // SHA-256 of what each says
};
BOOST_DESCRIBE_STRUCT(OrderSigned, (), (number, grants, papers))

struct PowerUsed {
  std::string use_id;
  GrantId grant_id;
  Date on_date;
  std::optional<Satang> amount_satang;
  Satang used_satang;  // all uses together
  std::optional<Satang> ceiling_satang;
  Text<1, 200> reference;
};
BOOST_DESCRIBE_STRUCT(PowerUsed, (),
                      (use_id, grant_id, on_date, amount_satang, used_satang, ceiling_satang,
                       reference))

struct OrderEnded {
  Stage to = Stage::ended;
  std::vector<GrantId> grants;  // that fell, those below them too
};
BOOST_DESCRIBE_STRUCT(OrderEnded, (), (to, grants))

OrderStep step_of(const Call& call, const authority::Permit& permit, const OrderId& id,
                  std::string_view act, std::string_view note) {
  const auto& office = office_of(call, permit);
  OrderStep step;
  step.step_id = Id<DelegationStepTag>::make(call.now);
  step.order_id = id;
  step.act = act;
  step.at = call.now;
  step.person_id = call.caller->person_id;
  step.office_th = office.title_th;
  step.office_en = office.title_en;
  step.note = Text<0, 4000>::parse(note).value_or(Text<0, 4000>());
  return step;
}

void put_content(OrderRow& row, const OrderContent& content) {
  row.project_id = content.project_id;
  row.grantor_office_id = content.grantor_office_id;
  row.delegate_office_id = content.delegate_office_id;
  row.from_date = content.from_date;
  row.to_date = content.to_date;
  row.number = content.number;
  row.content = {content};
}

std::vector<std::string> changed_members(const OrderContent& before, const OrderContent& after) {
  std::vector<std::string> was, out;
  for_each_member(before, [&](const char*, const auto& member) { was.push_back(to_json(member)); });
  std::size_t i = 0;
  for_each_member(after, [&](const char* name, const auto& member) {
    if (to_json(member) != was[i++]) out.emplace_back(name);
  });
  return out;
}

// Whether an order of some kind may be used for this act.
bool delegable(const Templates& templates, const authority::Law& law, const Key& act) {
  for (const auto& kind : templates.kinds)
    for (const auto& key : kind.powers) {
      const auto& acts = law.find(key)->power->acts;
      if (std::find(acts.begin(), acts.end(), act) != acts.end()) return true;
    }
  return false;
}

bool holds(const Caller& caller, const std::optional<OfficeRef>& id) {
  return id && std::any_of(caller.offices.begin(), caller.offices.end(),
                           [&](const HeldOffice& own) { return own.office_id == id->text(); });
}

Problem not_the_delegate() {
  return Problem(errors::forbidden, "ใช้อำนาจได้เฉพาะผู้ดำรงตำแหน่งที่รับมอบตามคำสั่งนี้",
                 "Only who holds the office that received the power may use it.");
}

// Who signs, in the office that grants; the checks saw that the caller holds it.
Signer signer_of(const Call& call, const OfficeRef& grantor) {
  Signer out{call.caller->name_th, false};
  for (const auto& office : call.caller->offices)
    if (office.office_id == grantor.text()) out.acting = office.acting;
  return out;
}

obligations::Subject subject_of(const OrderId& id) {
  return {*Key::parse("delegation_order"), *obligations::SubjectId::parse(id.text())};
}

}  // namespace

// ---- what all acts share

Result<Delegations::Step> Delegations::begin(db::Connection& db, const Call& call,
                                             const OrderId& id, std::string_view act) const {
  const auto row = store::order(db, id);
  if (!row) return errors::not_found;
  const auto permit = TRY(below_.authority.decide(call, act, {row->province}));
  TRY(call.require_version(row->version));
  const auto now = state(db, *row, call.now);
  if (!authority::step(order_transitions, now, act).ok()) return wrong_state(now);
  return Step{*row, permit};
}

DelegationOrder Delegations::finish(Tx& tx, const Call& call, std::string_view act,
                                    const Step& step, OrderRow row, std::string note,
                                    RawJson change) const {
  ++row.version;
  row.updated_at = call.now;
  store::change(tx.db, row);
  store::add(tx.db, step_of(call, step.permit, row.order_id, act, note));
  tx.record({.subject_kind = "delegation_order",
             .subject_id = row.order_id.text(),
             .province = row.province,
             .office_id = step.permit.office_id,
             .authority = step.permit.chain(),
             .change = std::move(change)});
  return view(tx.db, std::move(row), call.now);
}

// ---- writing

Result<DelegationOrder> Delegations::begin_order(const Call& call, const NewOrder& in,
                                                 Origin origin) {
  return below_.acts.run<
      DelegationOrder>(call, "delegation.draft", [&](Tx& tx) -> Result<DelegationOrder> {
    if (in.province.level() != AreaLevel::province || !below_.areas.exists(in.province))
      return Problem({{"/province", "unknown_area", "ไม่พบจังหวัดนี้", "there is no such province"}});
    const auto permit = TRY(below_.authority.decide(call, "delegation.draft", {in.province}));
    const auto& kind = templates_.of(in.kind);
    OrderRow row;
    row.order_id = OrderId::make(call.now);
    row.province = in.province;
    row.kind = in.kind;
    row.demonstration = origin == Origin::demonstration;
    row.created_at = row.updated_at = call.now;
    OrderContent content;
    if (kind.powers.size() == 1) content.powers = kind.powers;
    content.project_id = in.project_id;
    if (const auto choices = grantors(kind, in.province, call.now); choices.size() == 1)
      content.grantor_office_id = OfficeRef::parse(choices.front().office_id);
    if (in.project_id && !below_.plans.project(tx.db, *in.project_id))
      return Problem(
          {{"/project_id", "unknown_value", "ไม่พบโครงการนี้", "there is no such project"}});
    put_content(row, content);
    store::add(tx.db, row);
    store::add(tx.db, step_of(call, permit, row.order_id, "delegation.draft", ""));
    tx.record({.subject_kind = "delegation_order",
               .subject_id = row.order_id.text(),
               .province = row.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(OrderBegan{row.kind, row.project_id, row.demonstration})}});
    return view(tx.db, std::move(row), call.now);
  });
}

Result<Created<DelegationOrder>> Delegations::create_order(Call& call, const NewOrder& in) {
  auto made = begin_order(call, in, Origin::real);
  if (!made.ok()) return std::move(made).problem();
  return Created<DelegationOrder>{std::move(made).value()};
}

Result<DelegationOrder> Delegations::edit_order(Call& call, const Path<OrderPath>& path,
                                                const OrderPatch& in) {
  constexpr std::string_view act = "delegation.edit";
  return below_.acts.run<DelegationOrder>(call, act, [&](Tx& tx) -> Result<DelegationOrder> {
    const auto step = TRY(begin(tx.db, call, path->order_id, act));
    if (in.content.project_id && !below_.plans.project(tx.db, *in.content.project_id))
      return Problem(
          {{"/content/project_id", "unknown_value", "ไม่พบโครงการนี้", "there is no such project"}});
    auto row = step.row;
    const OrderEdited told{changed_members(row.content.value, in.content)};
    put_content(row, in.content);
    return finish(tx, call, act, step, std::move(row), "", {to_json(told)});
  });
}

Result<DelegationOrder> Delegations::withdraw(Call& call, const Path<OrderPath>& path,
                                              const EndRequest& in) {
  constexpr std::string_view act = "delegation.withdraw";
  return below_.acts.run<DelegationOrder>(call, act, [&](Tx& tx) -> Result<DelegationOrder> {
    const auto step = TRY(begin(tx.db, call, path->order_id, act));
    auto row = step.row;
    row.stage = Stage::withdrawn;
    row.ended_at = call.now;
    row.end_reason_th = in.reason_th;
    return finish(tx, call, act, step, std::move(row), in.reason_th.text(),
                  {to_json(OrderEnded{Stage::withdrawn, {}})});
  });
}

// ---- signing

Result<std::vector<authority::MadeGrant>> Delegations::make_grants(Tx& tx, const Call& call,
                                                                   const OrderRow& row,
                                                                   const PaperFacts& facts) const {
  std::vector<authority::MadeGrant> out;
  const auto document = document_of(templates_.of(row.kind), facts);
  for (const auto& power : row.content.value.powers) {
    auto made =
        TRY(below_.grants.grant_within(tx, call, grant_of(row, power, facts.project, document)));
    store::add(tx.db, OrderGrant{made.grant.grant_id, row.order_id, power});
    out.push_back(std::move(made));
  }
  return out;
}

Result<Done> Delegations::raise_notices(Tx& tx, const Call& call, const Step& step,
                                        const PaperFacts& facts,
                                        const std::vector<authority::MadeGrant>& made) const {
  const auto& row = step.row;
  const auto& letters = templates_.of(row.kind).letters;
  const auto filling = filling_of(facts);
  const auto title = document_of(templates_.of(row.kind), facts);
  const obligations::About about{
      .subject = subject_of(row.order_id),
      .province = row.province,
      .title_th = *obligations::Title::parse(title),
      .title_en = *obligations::Title::parse("Order of delegation " + row.number.text()),
      .link = *obligations::Link::parse("delegation-orders/" + row.order_id.text()),
      .owing = obligations::Obligations::owing(office_of(call, step.permit)),
      .from = call.now.bangkok_date(),
      .origin = row.demonstration ? Origin::demonstration : Origin::real};
  const auto name_addressee = [&](authority::Duty& duty) {
    for (const auto& letter : letters)
      if (letter.duty == duty.code)
        if (const auto named =
                authority::LawName::parse(filled(letter.addressee_th.text(), filling)))
          duty.addressee_th = *named;
  };
  // Several powers in one order make the same letter due once.
  std::vector<Key> raised;
  for (auto grant : made) {
    std::erase_if(grant.duties, [&](const authority::Duty& duty) {
      return std::find(raised.begin(), raised.end(), duty.code) != raised.end();
    });
    for (const auto& duty : grant.duties) raised.push_back(duty.code);
    TRY(below_.obligations.raise_all_within(tx, call, &step.permit, grant, about, name_addressee));
  }
  return Done{};
}

std::vector<std::string> Delegations::keep_papers(Tx& tx, const OrderRow& row,
                                                  const PaperFacts& facts) const {
  std::vector<std::string> digests;
  const auto keep = [&](const Key& file, std::string content) {
    digests.push_back(auth::hex_encode(auth::sha256(content)));
    store::add(tx.db, store::PaperRow{row.order_id, file, std::move(content), digests.back()});
  };
  const auto& kind = templates_.of(row.kind);
  keep(*Key::parse(order_file), to_json(order_paper(kind, facts)));
  for (const auto& letter : kind.letters) keep(letter.file, to_json(letter_paper(letter, facts)));
  return digests;
}

Result<DelegationOrder> Delegations::sign(Call& call, const Path<OrderPath>& path,
                                          const NoParameters&) {
  constexpr std::string_view act = "delegation.sign";
  return below_.acts.run<DelegationOrder>(call, act, [&](Tx& tx) -> Result<DelegationOrder> {
    const auto step = TRY(begin(tx.db, call, path->order_id, act));
    if (auto problem = failed(check(tx.db, step.row, call.now, &*call.caller)))
      return *std::move(problem);
    auto row = step.row;
    row.stage = Stage::issued;
    row.signed_at = call.now;
    row.signed_by = call.caller->person_id;
    auto facts = paper_facts(tx.db, row, call.now);
    facts.signer = signer_of(call, *row.grantor_office_id);
    const auto made = TRY(make_grants(tx, call, row, facts));
    OrderSigned told{row.number, {}, keep_papers(tx, row, facts)};
    for (const auto& grant : made) told.grants.push_back(grant.grant.grant_id);
    TRY(raise_notices(tx, call, step, facts, made));
    return finish(tx, call, act, step, std::move(row), "", {to_json(told)});
  });
}

// ---- using

Result<DelegationOrder> Delegations::use(Call& call, const Path<OrderPath>& path,
                                         const UseRequest& in) {
  if (!delegable(templates_, below_.authority.law(), in.act))
    return Problem({{"/act", "unknown_value", "ไม่มีคำสั่งใดมอบอำนาจนี้", "no order delegates this"}});
  // The act is the delegated one itself, so that its chain stands in the ledger.
  return below_.acts.run<DelegationOrder>(
      call, in.act.text(), [&](Tx& tx) -> Result<DelegationOrder> {
        if (!call.caller) return errors::sign_in_required;
        const auto row = TRY(readable(tx.db, call, path->order_id));
        if (!holds(*call.caller, row.delegate_office_id)) return not_the_delegate();
        TRY(call.require_version(row.version));
        const auto now = state(tx.db, row, call.now);
        if (!authority::step(order_transitions, now, use_act).ok()) return wrong_state(now);
        const auto grant = TRY(grant_for(tx.db, row, in.act));
        const auto used = store::used(tx.db, row.order_id);
        const auto sum = used_after(row.content.value, used, row.signed_at->bangkok_date(), in,
                                    call.now.bangkok_date());
        // Who may not use it learns that, and not how much of it is left.
        const auto permit = below_.grants.decide_by_grant(
            tx.db, call, grant, in.act,
            used_object(tx.db, row, sum.ok() ? in.amount_satang : Satang()));
        if (!permit.ok()) return permit.problem();
        if (!sum.ok()) return sum.problem();
        const auto& office = office_of(call, *permit);
        OrderUse use{Id<DelegationUseTag>::make(call.now),
                     row.order_id,
                     0,
                     in.act,
                     in.on_date,
                     in.what_th,
                     in.amount_satang,
                     in.reference,
                     call.now,
                     call.caller->person_id,
                     office.title_th,
                     office.title_en};
        store::add(tx.db, use);
        return finish(tx, call, in.act, {row, *permit}, row, in.what_th.text(),
                      {to_json(PowerUsed{use.use_id.text(), grant, in.on_date, in.amount_satang,
                                         *sum, row.content.value.ceiling_satang, in.reference})});
      });
}

// ---- ending

Result<DelegationOrder> Delegations::end(Call& call, const OrderId& id, std::string_view act,
                                         Stage stage, const EndRequest& in) {
  return below_.acts.run<DelegationOrder>(call, act, [&](Tx& tx) -> Result<DelegationOrder> {
    const auto step = TRY(begin(tx.db, call, id, act));
    OrderEnded told{stage, {}};
    for (const auto& grant : store::grants(tx.db, id)) {
      const auto ended = TRY(below_.grants.revoke_within(tx, call, grant.grant_id, in.reason_th));
      told.grants.push_back(ended.grant_id);
      told.grants.insert(told.grants.end(), ended.below.begin(), ended.below.end());
    }
    // What was closed in good order is still to be notified.
    if (stage == Stage::revoked)
      below_.obligations.release_within(
          tx, call, &step.permit, subject_of(id),
          *obligations::ReleaseReason::parse("เพิกถอนคำสั่งมอบอำนาจ: " + in.reason_th.text()));
    auto row = step.row;
    row.stage = stage;
    row.ended_at = call.now;
    row.end_reason_th = in.reason_th;
    return finish(tx, call, act, step, std::move(row), in.reason_th.text(), {to_json(told)});
  });
}

Result<DelegationOrder> Delegations::close(Call& call, const Path<OrderPath>& path,
                                           const EndRequest& in) {
  return end(call, path->order_id, "delegation.close", Stage::ended, in);
}

Result<DelegationOrder> Delegations::revoke(Call& call, const Path<OrderPath>& path,
                                            const EndRequest& in) {
  return end(call, path->order_id, "delegation.revoke", Stage::revoked, in);
}

}  // namespace changwat::delegations
