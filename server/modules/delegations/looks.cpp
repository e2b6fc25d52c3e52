// What is known of an order beside its row, and what its readers get.

#include <algorithm>

#include "platform/http/attachment.hpp"

#include "modules/delegations/delegations.hpp"
#include "modules/delegations/store.hpp"

namespace changwat::delegations {
namespace {

bool names(const std::optional<OfficeRef>& office, const Call& call) {
  return office && call.caller &&
         std::any_of(call.caller->offices.begin(), call.caller->offices.end(),
                     [&](const HeldOffice& own) { return own.office_id == office->text(); });
}

bool is_public_to_delegate(Stage stage) {
  return stage != Stage::draft && stage != Stage::withdrawn;
}

void explain(authority::NextAct& next, const Problem& problem) {
  next.allowed = false;
  next.why_not_th = problem.th.empty() ? std::string(problem.kind->th) : problem.th;
  next.why_not_en = problem.en.empty() ? std::string(problem.kind->en) : problem.en;
}

Problem checks_failed(std::size_t count) {
  const auto n = std::to_string(count);
  return Problem(errors::invalid_input, "ยังไม่ผ่านการตรวจก่อนลงนาม " + n + " ข้อ",
                 "Checks before signing that failed: " + n + ".");
}

}  // namespace

Delegations::Delegations(Below below, Templates templates, std::optional<paper::Printer> printer)
    : below_(below), templates_(std::move(templates)), printer_(std::move(printer)) {}

// ---- looking up

OrderState Delegations::state(db::Connection& db, const OrderRow& row, Instant now) const {
  Standing standing{.stage = row.stage, .to_date = row.to_date};
  if (row.stage == Stage::issued) {
    for (const auto& grant : store::grants(db, row.order_id))
      standing.lapsed = standing.lapsed || below_.grants.lapsed(db, grant.grant_id, now);
    standing.notices_proved = notices_proved(db, row.order_id);
    standing.used = store::was_used(db, row.order_id);
  }
  return state_of(standing, now.bangkok_date());
}

bool Delegations::notices_proved(db::Connection& db, const OrderId& id) const {
  return below_.obligations.all_proved(
      db, {*Key::parse("delegation_order"), *obligations::SubjectId::parse(id.text())});
}

std::optional<OfficeRow> Delegations::office(const std::optional<OfficeRef>& id,
                                             Instant now) const {
  if (!id) return std::nullopt;
  const auto offices = below_.grants.offices(now);
  const auto* found = offices->find(*id);
  return found ? std::optional(*found) : std::nullopt;
}

std::vector<OfficeRow> Delegations::grantors(const KindRow& kind, const AreaCode& province,
                                             Instant now) const {
  std::vector<OfficeRow> out;
  const auto offices = below_.grants.offices(now);
  for (const auto& key : kind.powers)
    for (const auto& role : below_.authority.law().find(key)->power->holders)
      for (const auto* office : offices->of(role, province))
        if (std::none_of(out.begin(), out.end(),
                         [&](const OfficeRow& row) { return row.office_id == office->office_id; }))
          out.push_back(*office);
  return out;
}

std::vector<OfficeRow> Delegations::delegates(const KindRow& kind, const AreaCode& province,
                                              Instant now) const {
  std::vector<OfficeRow> out;
  const auto offices = below_.grants.offices(now);
  const auto* cluster = below_.areas.now()->cluster_of(province);
  for (const auto& key : kind.powers)
    for (const auto& role : below_.authority.law().find(key)->power->delegation->to)
      for (const auto* office : offices->of(role)) {
        if (!office->area) continue;
        const auto of = office->area->province();
        const bool near = of == province || (kind.needs_project && cluster &&
                                             below_.areas.now()->cluster_of(of) == cluster);
        if (near && std::none_of(out.begin(), out.end(), [&](const OfficeRow& row) {
              return row.office_id == office->office_id;
            }))
          out.push_back(*office);
      }
  return out;
}

std::vector<OrderPower> Delegations::powers(const std::vector<Key>& keys,
                                            const std::vector<OrderGrant>& grants) const {
  std::vector<OrderPower> out;
  const auto& law = below_.authority.law();
  for (const auto& key : keys) {
    const auto* found = law.find(key);
    if (!found) continue;
    const auto& power = *found->power;
    OrderPower row;
    row.power = key;
    for (const auto& act : power.acts) row.acts.push_back(*law.act(act));
    for (const auto* instrument : found->instruments)
      row.instruments.push_back({instrument->instrument, instrument->citation_th.text(),
                                 instrument->citation_en.text(), instrument->verified});
    row.source = power.source.text();
    row.verified = found->verified;
    if (power.note) row.note = power.note->text();
    if (power.delegation && power.delegation->text_th)
      row.to_whom_th = power.delegation->text_th->text();
    if (power.delegation && power.delegation->text_en)
      row.to_whom_en = power.delegation->text_en->text();
    for (const auto& grant : grants)
      if (grant.power == key) row.grant_id = grant.grant_id;
    out.push_back(std::move(row));
  }
  return out;
}

authority::NewGrant Delegations::grant_of(const OrderRow& row, const Key& power,
                                          const std::optional<ProjectSummary>& project,
                                          const Text<1, 200>& document) const {
  const auto& content = row.content.value;
  authority::NewGrant grant;
  grant.power = power;
  grant.from_office_id = *content.grantor_office_id;
  grant.to_office_id = *content.delegate_office_id;
  grant.ceiling_satang = content.ceiling_satang;
  if (project) {
    grant.project = authority::ProjectRef::parse(project->project_id.text());
    grant.fundings.emplace().push_back(*Key::parse(enum_name(project->funding)));
  }
  grant.from_date = *content.from_date;
  grant.to_date = content.to_date;
  grant.document = document;
  return grant;
}

// What a use is about, as far as authority cares.
authority::Object Delegations::used_object(db::Connection& db, const OrderRow& row,
                                           const std::optional<Satang>& amount) const {
  authority::Object object{.area = row.province, .amount_satang = amount};
  if (const auto& id = row.project_id) {
    object.project = authority::ProjectRef::parse(id->text());
    if (const auto project = below_.plans.project(db, *id))
      object.funding = Key::parse(enum_name(project->funding));
  }
  return object;
}

Result<GrantId> Delegations::grant_for(db::Connection& db, const OrderRow& row,
                                       const Key& act) const {
  for (const auto& grant : store::grants(db, row.order_id)) {
    const auto* power = below_.authority.law().find(grant.power);
    if (!power) continue;
    const auto& acts = power->power->acts;
    if (std::find(acts.begin(), acts.end(), act) != acts.end()) return grant.grant_id;
  }
  return Problem(
      {{"/act", "not_delegated", "คำสั่งนี้ไม่ได้มอบอำนาจเรื่องนี้", "this order does not delegate this"}});
}

bool Delegations::in_area(const OfficeRow& office, const AreaCode& province,
                          const std::optional<ProjectSummary>& project) const {
  if (!office.area) return false;
  const auto of = office.area->province();
  if (of == province) return true;
  if (!project || project->funding != plans::Funding::cluster_budget) return false;
  const auto areas = below_.areas.now();
  const auto* cluster = areas->cluster_of(province);
  return cluster && areas->cluster_of(of) == cluster;
}

std::vector<OrderCheck> Delegations::check(db::Connection& db, const OrderRow& row, Instant now,
                                           const Caller* signer) const {
  static const auto draft = *Text<1, 200>::parse("ร่างคำสั่ง");
  const auto& content = row.content.value;
  Looked looked{templates_.of(row.kind), content, row.province, now.bangkok_date()};
  if (content.project_id) looked.project = below_.plans.project(db, *content.project_id);
  looked.grantor = office(content.grantor_office_id, now);
  looked.delegate = office(content.delegate_office_id, now);
  for (const auto& key : content.powers) {
    Wanted wanted{key, below_.authority.law().find(key), {}};
    if (wanted.power && looked.grantor && looked.delegate && content.from_date)
      wanted.faults = below_.grants.grant_faults(grant_of(row, key, looked.project, draft), now);
    looked.wanted.push_back(std::move(wanted));
  }
  if (looked.delegate)
    looked.delegate_in_area = in_area(*looked.delegate, row.province, looked.project);
  if (content.project_id)
    for (const auto& other : store::issued_on(db, *content.project_id, row.order_id))
      if (other.kind == row.kind && state(db, other, now) != OrderState::ended)
        looked.others.push_back(
            {other.order_id, other.number.text(), *other.from_date, *other.to_date});
  if (content.grantor_office_id && !content.number.empty())
    looked.number_taken =
        store::number_taken(db, *content.grantor_office_id, content.number, row.order_id);
  if (looked.grantor)
    looked.grantor_held = !below_.grants.holders(*looked.grantor, now.bangkok_date()).empty();
  if (signer)
    looked.signer_holds =
        content.grantor_office_id &&
        std::any_of(signer->offices.begin(), signer->offices.end(), [&](const HeldOffice& own) {
          return own.office_id == content.grantor_office_id->text();
        });
  return checks(looked);
}

PaperFacts Delegations::paper_facts(db::Connection& db, const OrderRow& row, Instant now) const {
  const auto& content = row.content.value;
  PaperFacts out{.content = content};
  if (const auto areas = below_.areas.now(); const auto* area = areas->find(row.province))
    out.province_th = area->name_th.text();
  if (content.project_id) out.project = below_.plans.project(db, *content.project_id);
  if (out.project)
    for (const auto& term : below_.authority.law().files().terms.fundings)
      if (term.key.text() == enum_name(out.project->funding)) out.funding_th = term.name_th.text();
  out.grantor = office(content.grantor_office_id, now);
  out.delegate = office(content.delegate_office_id, now);
  out.powers = powers({content.powers.begin(), content.powers.end()});
  if (row.signed_at) out.signed_on = row.signed_at->bangkok_date();
  return out;
}

// ---- what readers get

authority::Duties Delegations::duties_of(const List<Key, 10>& keys) const {
  authority::Duties out;
  for (const auto& key : keys) {
    const auto* power = below_.authority.law().find(key);
    if (!power || !power->power->obligations) continue;
    for (const auto& duty : *power->power->obligations)
      if (duty.occasion == authority::Occasion::grant &&
          std::none_of(out.begin(), out.end(),
                       [&](const authority::Duty& other) { return other.code == duty.code; }))
        out.push_back(duty);
  }
  return out;
}

DelegationOrder Delegations::view(db::Connection& db, OrderRow row, Instant now) const {
  const auto today = now.bangkok_date();
  const auto& kind = templates_.of(row.kind);
  const auto& content = row.content.value;
  DelegationOrder out;
  out.order_id = row.order_id;
  out.province = row.province;
  out.kind = row.kind;
  out.kind_th = kind.name_th.text();
  out.kind_en = kind.name_en.text();
  out.state = state(db, row, now);
  if (content.project_id) out.project = below_.plans.project(db, *content.project_id);
  out.grantor = office(content.grantor_office_id, now);
  if (out.grantor) out.grantor_holders = below_.grants.holders(*out.grantor, today);
  out.delegate = office(content.delegate_office_id, now);
  if (out.delegate) out.delegate_holders = below_.grants.holders(*out.delegate, today);
  out.powers =
      powers({content.powers.begin(), content.powers.end()}, store::grants(db, row.order_id));
  if (row.stage == Stage::draft) out.checks = check(db, row, now, nullptr);
  out.duties = duties_of(content.powers);
  out.notices_proved = is_public_to_delegate(row.stage) && notices_proved(db, row.order_id);
  out.uses = store::uses(db, row.order_id);
  out.used_satang = store::used(db, row.order_id);
  out.papers.push_back({std::string(order_file), "คำสั่งมอบอำนาจ", "The order"});
  for (const auto& letter : kind.letters)
    out.papers.push_back({letter.file.text(), letter.title_th.text(), letter.title_en.text()});
  if (!templates_.verified) {
    out.wording_th = templates_.notice_th.text();
    out.wording_en = templates_.notice_en.text();
  }
  out.content = std::move(row.content.value);
  out.signed_at = row.signed_at;
  out.ended_at = row.ended_at;
  out.end_reason_th = row.end_reason_th;
  out.demonstration = row.demonstration;
  out.version = row.version;
  out.updated_at = row.updated_at;
  return out;
}

OrderSummary Delegations::summary(db::Connection& db, const OrderRow& row, Instant now) const {
  OrderSummary out;
  out.order_id = row.order_id;
  out.province = row.province;
  out.kind = row.kind;
  out.state = state(db, row, now);
  out.number = row.number.text();
  if (const auto found = office(row.grantor_office_id, now))
    out.grantor_th = found->title_th, out.grantor_en = found->title_en;
  if (const auto found = office(row.delegate_office_id, now))
    out.delegate_th = found->title_th, out.delegate_en = found->title_en;
  if (row.project_id)
    if (const auto project = below_.plans.project(db, *row.project_id))
      out.project_th = project->name_th;
  out.ceiling_satang = row.content.value.ceiling_satang;
  out.used_satang = store::used(db, row.order_id);
  out.from_date = row.from_date;
  out.to_date = row.to_date;
  out.signed_at = row.signed_at;
  out.demonstration = row.demonstration;
  out.version = row.version;
  out.updated_at = row.updated_at;
  return out;
}

// Whoever may read the province's orders, and the offices that an order names: drafts are known to
// who would sign them, not to who would receive.
Result<OrderRow> Delegations::readable(db::Connection& db, const Call& call,
                                       const OrderId& id) const {
  auto row = store::order(db, id);
  if (!row) return errors::not_found;
  const auto permit = below_.authority.decide(call, "delegation.read", {row->province});
  if (permit.ok()) return *std::move(row);
  const bool named = names(row->grantor_office_id, call) ||
                     (is_public_to_delegate(row->stage) && names(row->delegate_office_id, call));
  if (!named || !below_.authority.may(call, "delegation.read_received", {row->province}))
    return permit.problem();
  return *std::move(row);
}

Result<Page<OrderSummary>> Delegations::list_orders(Call& call, const Query<OrderQuery>& query) {
  if (!call.caller) return errors::sign_in_required;
  store::Seen seen{below_.authority.provinces(call, "delegation.read"), {}};
  const auto received = below_.authority.provinces(call, "delegation.read_received");
  if (!received || !received->empty())
    for (const auto& office : call.caller->offices) seen.offices.push_back(office.office_id);
  return below_.database.snapshot([&](db::Connection& db) -> Result<Page<OrderSummary>> {
    auto rows = store::orders(db, query.value, seen);
    Page<OrderSummary> page;
    if (rows.size() > static_cast<std::size_t>(query->limit.count())) {
      rows.pop_back();
      page.next = rows.back().order_id.text();
    }
    for (const auto& row : rows) page.items.push_back(summary(db, row, call.now));
    return page;
  });
}

Result<OrderChoices> Delegations::get_choices(Call& call, const Query<ChoiceQuery>& query) {
  TRY(below_.authority.decide(call, "delegation.draft", {query->province}));
  const auto& kind = templates_.of(query->kind);
  OrderChoices out;
  out.grantors = grantors(kind, query->province, call.now);
  out.delegates = delegates(kind, query->province, call.now);
  out.powers = powers({kind.powers.begin(), kind.powers.end()});
  out.needs_project = kind.needs_project;
  out.needs_ceiling = kind.needs_ceiling;
  out.needs_parent_agency = kind.needs_parent_agency;
  return out;
}

Result<DelegationOrder> Delegations::get_order(Call& call, const Path<OrderPath>& path) {
  return below_.database.snapshot([&](db::Connection& db) -> Result<DelegationOrder> {
    return view(db, TRY(readable(db, call, path->order_id)), call.now);
  });
}

Result<OrderHistory> Delegations::order_history(Call& call, const Path<OrderPath>& path) {
  return below_.database.snapshot([&](db::Connection& db) -> Result<OrderHistory> {
    TRY(readable(db, call, path->order_id));
    return OrderHistory{store::steps(db, path->order_id)};
  });
}

// An act that the offices allow may still be refused by a rule: then the rule says why.
void Delegations::ask_rules(db::Connection& db, const Call& call, const OrderRow& row,
                            authority::NextAct& next) const {
  if (!next.allowed) return;
  if (next.act == "delegation.sign") {
    const auto done = check(db, row, call.now, &*call.caller);
    const auto wrong = std::count_if(done.begin(), done.end(),
                                     [](const OrderCheck& each) { return !each.passed; });
    if (wrong > 0) explain(next, checks_failed(static_cast<std::size_t>(wrong)));
  }
  const bool ends = next.act == "delegation.close" || next.act == "delegation.revoke";
  if (ends && !names(row.grantor_office_id, call))
    explain(next, Problem(errors::forbidden, "ทำได้โดยผู้ดำรงตำแหน่งที่เป็นผู้มอบอำนาจเท่านั้น",
                          "Only who holds the office that delegated may do this."));
}

Result<authority::NextActs> Delegations::order_acts(Call& call, const Path<OrderPath>& path) {
  return below_.database.snapshot([&](db::Connection& db) -> Result<authority::NextActs> {
    const auto row = TRY(readable(db, call, path->order_id));
    const auto now = state(db, row, call.now);
    authority::NextActs out;
    for (auto& next : below_.authority.next_acts(call, order_transitions, now, {row.province})) {
      if (next.act == use_act) {
        for (const auto& power : row.content.value.powers)
          for (auto& each : uses_of(db, call, row, power)) out.items.push_back(std::move(each));
        continue;
      }
      ask_rules(db, call, row, next);
      out.items.push_back(std::move(next));
    }
    return out;
  });
}

std::vector<authority::NextAct> Delegations::uses_of(db::Connection& db, const Call& call,
                                                     const OrderRow& row, const Key& power) const {
  std::vector<authority::NextAct> out;
  const auto delegate = office(row.delegate_office_id, call.now);
  for (const auto& key : powers({power}))
    for (const auto& act : key.acts) {
      authority::NextAct next;
      next.act = act.act.text();
      next.label_th = act.label_th.text();
      next.label_en = act.label_en.text();
      if (delegate) next.who_th = delegate->title_th, next.who_en = delegate->title_en;
      const auto grant = grant_for(db, row, act.act);
      const auto permit = grant.ok() ? below_.grants.decide_by_grant(db, call, *grant, act.act,
                                                                     used_object(db, row, Satang()))
                                     : Result<authority::Permit>(grant.problem());
      next.allowed = permit.ok();
      if (!permit.ok()) explain(next, permit.problem());
      out.push_back(std::move(next));
    }
  return out;
}

// ---- papers

Result<http::Response> Delegations::get_paper(Call& call, const Path<PaperPath>& path) {
  if (!printer_) return paper::no_typeface;
  const auto content =
      below_.database.snapshot([&](db::Connection& db) -> Result<std::pair<std::string, bool>> {
        const auto row = TRY(readable(db, call, path->order_id));
        if (const auto kept = store::paper(db, row.order_id, path->file))
          return std::pair(kept->content, false);
        if (row.stage != Stage::draft) return errors::not_found;
        const auto& kind = templates_.of(row.kind);
        const auto facts = paper_facts(db, row, call.now);
        if (path->file.text() == order_file)
          return std::pair(to_json(order_paper(kind, facts)), true);
        for (const auto& letter : kind.letters)
          if (letter.file == path->file)
            return std::pair(to_json(letter_paper(letter, facts)), true);
        return errors::not_found;
      });
  if (!content.ok()) return content.problem();
  const auto& [text, draft] = *content;
  const paper::PrintOptions options{.draft = draft};
  const auto printed = path->file.text() == order_file
                           ? TRY(printer_->print(TRY(read_json<paper::Order>(text)), options))
                           : TRY(printer_->print(TRY(read_json<paper::Letter>(text)), options));
  return http::attachment("application/pdf", "inline; filename=\"" + path->file.text() + "\"",
                          printed.pdf);
}

}  // namespace changwat::delegations
