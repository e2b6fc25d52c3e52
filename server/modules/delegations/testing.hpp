#pragma once
// For tests of delegations: the law and the templates as reviewed, offices with their holders in
// Ratchaburi, and the real modules below.

#include <memory>
#include <string>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/committees/committees.hpp"
#include "modules/delegations/delegations.hpp"
#include "modules/identity/identity.hpp"

namespace changwat::delegations {

inline Satang baht(std::int64_t amount) {
  return *Satang::of_baht(amount);
}
inline Date day(std::string_view iso) {
  return *Date::parse(iso);
}
inline Key key(std::string_view text) {
  return *Key::parse(text);
}
inline Instant noon(std::string_view iso) {
  return Instant::bangkok(day(iso), 12, 0, 0);
}

inline const Key power = key("governor_procurement");
inline const Key buying = key("procurement.carry_out");
inline constexpr std::string_view today = "2027-03-10";

inline authority::Law reviewed_law() {
  return authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value();
}
inline Templates reviewed_templates() {
  return std::move(read_templates(file_text("data/delegations/templates.json"), reviewed_law()))
      .value();
}

struct Officer {
  std::string office;
  identity::PersonId person;
  identity::HoldingId holding;
};

class DelegationsOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    areas_ = std::make_unique<areas::Areas>(database(), acts());
    found_areas();
    identity_ = std::make_unique<identity::Identity>(
        database(), acts(),
        identity::IdentityOptions{.public_url = "http://localhost", .loopback = true});
    governor = officer("governor", identity::Role::governor, "70");
    office = officer("office", identity::Role::provincial_office, "70");
    roads = officer("roads", identity::Role::central_agency, "70");
    town = officer("town", identity::Role::local_government, "7001");
    district = officer("district", identity::Role::district, "7001");
    auditor = officer("auditor", identity::Role::auditor, "");
    elsewhere = officer("elsewhere", identity::Role::local_government, "4001");
    open(reviewed_law());
  }
  void TearDown() override {
    shut();
    identity_.reset();
    areas_.reset();
    db::OnBothEngines::TearDown();
  }

  // As after a restart, perhaps with another law: what is in memory comes from the record alone.
  void open(authority::Law law) {
    shut();
    authority_ = std::make_unique<authority::Authority>(std::move(law));
    grants_ =
        std::make_unique<authority::GrantRegister>(database(), acts(), *authority_, *identity_);
    committees_ = std::make_unique<committees::Committees>(database(), acts(), *authority_);
    obligations_ = std::make_unique<obligations::Obligations>(
        database(), acts(), *authority_,
        obligations::read_follow_up_rules(file_text("data/obligations/rules.json")).value());
    plans_ = std::make_unique<plans::Plans>(
        database(), acts(), *authority_, *areas_, *committees_, *obligations_,
        plans::read_change_rules(file_text("data/plans/change_rules.json"), authority_->law())
            .value());
    const auto typeface = paper::find_typeface(CHANGWAT_SOURCE_DIR);
    delegations_ = std::make_unique<Delegations>(
        Below{database(), acts(), *authority_, *grants_, *areas_, *plans_, *obligations_},
        reviewed_templates(), typeface ? std::optional(paper::Printer(*typeface)) : std::nullopt);
  }
  void shut() {
    delegations_.reset();
    plans_.reset();
    obligations_.reset();
    committees_.reset();
    grants_.reset();
    authority_.reset();
  }

  Delegations& delegations() { return *delegations_; }
  obligations::Obligations& obligations() { return *obligations_; }
  identity::Identity& identity() { return *identity_; }
  authority::GrantRegister& grants() { return *grants_; }

  static Call at(std::string_view iso) {
    Call call;
    call.now = noon(iso);
    return call;
  }
  Officer officer(const char* name, identity::Role role, std::string_view area) {
    const auto program = at("2026-10-01");
    const auto made_office =
        identity_->add_office(program, {role, area.empty() ? std::nullopt : AreaCode::parse(area),
                                        word<identity::OfficeTitle>("ตำแหน่ง " + std::string(name)),
                                        word<identity::OfficeTitle>(name)});
    const auto person = identity_->add_person(
        program, {.username = key(name),
                  .name_th = word<identity::PersonName>("ผู้ดำรง " + std::string(name)),
                  .name_en = word<identity::PersonName>(name)});
    const auto holding =
        identity_->hold_office(program, {*person, *made_office, day("2026-10-01")});
    return {made_office->text(), *person, *holding};
  }
  // As the gate makes it: with the offices held on that day.
  Call as(const Officer& who, std::string_view iso = today) {
    Call call = at(iso);
    call.caller = Caller{.person_id = who.person.text(),
                         .name_th = "ผู้ดำรงตำแหน่ง",
                         .offices = identity_->offices_of(who.person, day(iso))};
    call.if_match_any = true;
    return call;
  }

  ProjectId project(plans::Funding funding = plans::Funding::province_budget) {
    plans::NewProject in;
    in.province = *AreaCode::parse("70");
    in.fiscal_year = *FiscalYear::of_count(2027);
    in.code = word<plans::ProjectCode>("R-" + std::to_string(++numbers_));
    in.funding = funding;
    in.content.name_th = word<Text<0, 500>>("ปรับปรุงถนนเข้าแหล่งผลิต");
    plans::BudgetLine line;
    line.item_th = word<Text<0, 1000>>("ปรับปรุงผิวทาง");
    line.amount_satang = baht(3'000'000);
    in.content.budget.push_back(line);
    in.source = word<Text<1, 500>>("แผนปฏิบัติราชการประจำปี");
    auto call = as(office);
    auto made = plans_->record(call, in, Origin::real);
    EXPECT_TRUE(made.ok()) << made.problem().kind->code << made.problem().en
                           << to_text(made.problem());
    return made->project_id;
  }

  // A draft as complete as it has to be.
  OrderContent complete(const ProjectId& on, const Officer& to) {
    OrderContent content;
    content.powers.push_back(power);
    content.project_id = on;
    content.grantor_office_id = word<OfficeRef>(governor.office);
    content.delegate_office_id = word<OfficeRef>(to.office);
    content.ceiling_satang = baht(1'000'000);
    content.from_date = day(today);
    content.to_date = day("2027-09-30");
    content.conditions_th.push_back(word<Text<1, 1000>>("รายงานทุกสิ้นเดือน"));
    content.number = word<Text<0, 60>>(std::to_string(++numbers_) + "/2570");
    content.parent_agency_head_th = word<Text<0, 300>>("อธิบดีกรมส่งเสริมการปกครองท้องถิ่น");
    return content;
  }
  DelegationOrder drafted(const OrderContent& content, OrderKind kind = OrderKind::procurement) {
    auto call = as(office);
    const auto made = delegations().create_order(call, {*AreaCode::parse("70"), kind, {}});
    EXPECT_TRUE(made.ok()) << made.problem().en;
    const auto saved = delegations().edit_order(call, path(made->value), {content});
    EXPECT_TRUE(saved.ok()) << saved.problem().en;
    return *saved;
  }
  DelegationOrder drafted() { return drafted(complete(project(), town)); }
  Result<DelegationOrder> sign(const DelegationOrder& order, std::string_view iso = today) {
    auto call = as(governor, iso);
    return delegations().sign(call, path(order), {});
  }
  DelegationOrder signed_order() {
    auto done = sign(drafted());
    EXPECT_TRUE(done.ok()) << done.problem().en << to_text(done.problem());
    return std::move(done).value();
  }
  Result<DelegationOrder> used(const DelegationOrder& order, std::int64_t amount_baht,
                               std::string_view iso = today) {
    auto call = as(town, iso);
    return delegations().use(call, path(order), use_of(amount_baht, iso));
  }
  UseRequest use_of(std::int64_t amount_baht, std::string_view iso = today) {
    return {buying, day(iso), word<Text<1, 1000>>("จ้างเหมาปรับปรุงผิวทาง"), baht(amount_baht),
            word<Text<1, 200>>("e-GP 70031234567")};
  }
  Result<DelegationOrder> revoked(const DelegationOrder& order, std::string_view iso = today) {
    auto call = as(governor, iso);
    return delegations().revoke(call, path(order), {word<Text<1, 500>>("โครงการเปลี่ยนผู้ดำเนินการ")});
  }
  DelegationOrder now(const DelegationOrder& order, std::string_view iso = today) {
    auto call = as(office, iso);
    auto found = delegations().get_order(call, path(order));
    EXPECT_TRUE(found.ok());
    return std::move(found).value();
  }
  static Path<OrderPath> path(const DelegationOrder& order) { return {{order.order_id}}; }
  static std::string to_text(const Problem& problem) {
    std::string out;
    for (const auto& field : problem.fields) out += " " + field.pointer + ":" + field.code;
    return out;
  }
  // "pointer code" of what was wrong.
  static std::vector<std::string> wrong(const Problem& problem) {
    std::vector<std::string> out;
    for (const auto& field : problem.fields) out.push_back(field.pointer + " " + field.code);
    return out;
  }

  Officer governor, office, roads, town, district, auditor, elsewhere;

 private:
  void found_areas() {
    std::vector<areas::Area> all;
    for (const auto* code : {"40", "4001", "70", "7001", "7002"}) {
      const auto area = *AreaCode::parse(code);
      areas::Area row{area, area.level(),
                      word<areas::AreaName>(area.text() == "70" ? "ราชบุรี" : "พื้นที่"),
                      word<areas::AreaName>("Area")};
      row.parent = area.parent();
      all.push_back(row);
    }
    const auto changes = areas_->preview(all, day("2026-01-01"));
    ASSERT_TRUE(changes.ok());
    ASSERT_TRUE(areas_->import(Call{}, *changes, "test").ok());
  }

  std::unique_ptr<areas::Areas> areas_;
  std::unique_ptr<identity::Identity> identity_;
  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<authority::GrantRegister> grants_;
  std::unique_ptr<committees::Committees> committees_;
  std::unique_ptr<obligations::Obligations> obligations_;
  std::unique_ptr<plans::Plans> plans_;
  std::unique_ptr<Delegations> delegations_;
  int numbers_ = 0;
};

}  // namespace changwat::delegations
