#pragma once
// For tests of plans: the rules as reviewed, a small project, and the real modules below.

#include <memory>
#include <string>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/plans/plans.hpp"

namespace changwat::plans {

inline Satang baht(std::int64_t amount) {
  return *Satang::of_baht(amount);
}
inline Satang satang(std::int64_t amount) {
  return *Satang::of_count(amount);
}
inline Date day(std::string_view iso) {
  return *Date::parse(iso);
}
inline Instant moment(std::string_view iso) {
  return *Instant::parse(iso);
}

inline const authority::Law& reviewed_law() {
  static const authority::Law law = authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value();
  return law;
}

inline const ChangeRules& reviewed_rules() {
  static const ChangeRules rules =
      std::move(read_change_rules(file_text("data/plans/change_rules.json"), reviewed_law()))
          .value();
  return rules;
}

// A road project of Ratchaburi, fiscal year 2027: two activities, two districts, 3,000,000 baht.
inline constexpr const char* road_json = R"({
  "name_th": "ปรับปรุงถนนเข้าแหล่งผลิต", "objective_th": "ลดเวลาเดินทาง", "output_th": "ถนน 3 กิโลเมตร",
  "target_th": "เกษตรกร 500 ครัวเรือน",
  "plan_links": [{"level": 1, "code": "national_strategy.2", "name_th": "ความสามารถในการแข่งขัน"}],
  "kpis": [{"name_th": "ระยะทาง", "unit_th": "กิโลเมตร", "target": "3"}],
  "activities": [
    {"name_th": "ปรับปรุงผิวทาง", "method_th": "จ้างเหมา", "office_th": "แขวงทางหลวงชนบท", "starts": "2026-11", "ends": "2027-06"},
    {"name_th": "อบรมผู้ใช้ทาง", "method_th": "ดำเนินการเอง", "office_th": "สำนักงานจังหวัด", "starts": "2027-07", "ends": "2027-08"}],
  "place": {"areas": ["7001", "700202"], "detail_th": "หมู่ที่ 3"},
  "budget": [
    {"activity": 0, "category": "land_and_buildings", "item_th": "ปรับปรุงผิวทาง", "quantity": 1, "unit_th": "สาย", "unit_price_satang": 200000000, "amount_satang": 200000000},
    {"activity": 0, "category": "equipment", "item_th": "เครื่องวัดความเร็ว", "quantity": 2, "unit_th": "เครื่อง", "unit_price_satang": 40000000, "amount_satang": 80000000},
    {"activity": 1, "category": "operating", "item_th": "ค่าวิทยากร", "quantity": null, "unit_th": "", "unit_price_satang": null, "amount_satang": 20000000}],
  "office_th": "แขวงทางหลวงชนบท", "budget_unit_th": "จังหวัดราชบุรี"})";

inline ProjectContent road() {
  auto read = read_json<ProjectContent>(road_json);
  EXPECT_TRUE(read.ok());
  return std::move(read).value();
}

inline RequestedChange unchanged_road() {
  RequestedChange request;
  request.province = *AreaCode::parse("70");
  request.fiscal_year = *FiscalYear::of_count(2027);
  request.before = road();
  request.content.after = road();
  return request;
}

class PlansOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    areas_ = std::make_unique<areas::Areas>(database(), acts());
    found_areas();
    committees_ = std::make_unique<committees::Committees>(
        database(), acts(), *authority_,
        *committees::Book::read(file_text("data/committees/committees.json")));
    obligations_ = std::make_unique<obligations::Obligations>(
        database(), acts(), *authority_,
        obligations::read_follow_up_rules(file_text("data/obligations/rules.json")).value());
    plans_ = std::make_unique<Plans>(database(), acts(), *authority_, *areas_, *committees_,
                                     *obligations_, reviewed_rules());
    Call program;
    program.now = moment("2026-10-01T00:00:00.000Z");
    const auto facts = committees::read_facts(file_text("data/programme/programme.json"));
    ASSERT_TRUE(committees_->found(program, *facts).ok());
    ASSERT_TRUE(committees_
                    ->complete(program, {{*AreaCode::parse("40"), "ขอนแก่น", "Khon Kaen"},
                                         {*AreaCode::parse("70"), "ราชบุรี", "Ratchaburi"}})
                    .ok());
  }
  void TearDown() override {
    plans_.reset();
    obligations_.reset();
    committees_.reset();
    areas_.reset();
    db::OnBothEngines::TearDown();
  }

  Plans& plans() { return *plans_; }
  areas::Areas& areas() { return *areas_; }
  obligations::Obligations& obligations() { return *obligations_; }

  Call as(std::string role, std::string_view area = "70",
          std::string_view now = "2027-03-10T03:00:00.000Z") const {
    Call call;
    call.now = moment(now);
    HeldOffice office{.office_id = "office_" + role + std::string(area), .role = role};
    if (!area.empty()) office.area = AreaCode::parse(area);
    office.title_th = "ตำแหน่ง " + role;
    office.title_en = "Office of " + role;
    call.caller = Caller{.person_id = "person_" + role + std::string(area), .offices = {office}};
    call.if_match_any = true;
    return call;
  }

  NewProject new_project(std::string_view code, const ProjectContent& content,
                         BudgetClass budget_class = BudgetClass::within_ceiling) {
    NewProject in;
    in.province = *AreaCode::parse("70");
    in.fiscal_year = *FiscalYear::of_count(2027);
    in.code = word<ProjectCode>(code);
    in.budget_class = budget_class;
    in.content = content;
    in.source = word<Text<1, 500>>("แผนปฏิบัติราชการประจำปี");
    return in;
  }

  ProjectRow recorded(std::string_view code = "R-1",
                      BudgetClass budget_class = BudgetClass::within_ceiling) {
    auto office = as("provincial_office");
    const auto made = plans().record_project(office, new_project(code, road(), budget_class));
    EXPECT_TRUE(made.ok());
    return made->value;
  }

  Path<ChangePath> path(const Change& change) { return {{change.change_id}}; }

  Change begun(const ProjectRow& project, RequestKind kind = RequestKind::amend) {
    auto office = as("provincial_office");
    NewChange in;
    in.kind = kind;
    in.project_id = project.project_id;
    const auto made = plans().create_change(office, in);
    EXPECT_TRUE(made.ok());
    return made->value;
  }

  // A draft whose contents were changed by `edit`, with a reason.
  template <class Edit>
  Change edited(const Change& change, Edit edit) {
    ChangePatch patch{change.content};
    patch.content.reason_th = word<Reason>("ผู้รับจ้างเสนอวิธีที่เร็วกว่า");
    edit(patch.content);
    auto office = as("provincial_office");
    const auto done = plans().edit_change(office, path(change), patch);
    EXPECT_TRUE(done.ok());
    return *done;
  }

  Change settled(const Change& draft) {
    auto office = as("provincial_office");
    EXPECT_TRUE(plans().submit(office, path(draft), {}).ok());
    const auto done = plans().settle_classification(office, path(draft), {});
    EXPECT_TRUE(done.ok());
    return *done;
  }

  MeetingId meeting(std::string_view body = "provincial_administration_committee.70",
                    std::string_view on = "2027-03-10") {
    const auto dot = body.find('.');
    auto secretariat =
        dot == body.npos ? as("opdc", "") : as("provincial_office", body.substr(dot + 1));
    committees::NewMeeting in;
    in.body = *Key::parse(body);
    in.number = word<committees::MeetingNumber>(std::to_string(++meetings_) + "/2570");
    in.on_date = day(on);
    in.chair_title_th = word<committees::Title>("ผู้ว่าราชการจังหวัด");
    const auto made = committees_->record_meeting(secretariat, in);
    EXPECT_TRUE(made.ok());
    return made->value.meeting_id;
  }

  CommitteeRequest decision(CommitteeDecision kind = CommitteeDecision::approve) {
    return {meeting(), word<ItemNumber>("1"), kind, word<Text<1, 4000>>("เห็นชอบ"), std::nullopt};
  }

  Result<Change> resolved(const Change& change,
                          CommitteeDecision kind = CommitteeDecision::approve) {
    auto governor = as("governor");
    return plans().resolve(governor, path(change), decision(kind));
  }

  std::vector<obligations::ObligationRow> owed_by(const Change& change) {
    return database().read([&](db::Connection& db) {
      return obligations_->of_subject(
          db, {*Key::parse("change"), *obligations::SubjectId::parse(change.change_id.text())});
    });
  }

  ProjectRow now(const ProjectId& id) {
    auto office = as("provincial_office");
    const auto found = plans().get_project(office, {{id}});
    EXPECT_TRUE(found.ok());
    return *found;
  }

 private:
  void found_areas() {
    std::vector<areas::Area> all;
    const auto add = [&](std::string_view code, std::string_view name) {
      const auto area = *AreaCode::parse(code);
      areas::Area row{area, area.level(), word<areas::AreaName>(name),
                      word<areas::AreaName>("Area")};
      row.parent = area.parent();
      all.push_back(row);
    };
    add("40", "ขอนแก่น");
    add("70", "ราชบุรี");
    for (const auto* code : {"7001", "7002", "7003", "700101", "700202", "700301"})
      add(code, "พื้นที่");
    const Call program;
    const auto changes = areas_->preview(all, day("2026-01-01"));
    ASSERT_TRUE(changes.ok());
    ASSERT_TRUE(areas_->import(program, *changes, "test").ok());
  }

  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<areas::Areas> areas_;
  std::unique_ptr<committees::Committees> committees_;
  std::unique_ptr<obligations::Obligations> obligations_;
  std::unique_ptr<Plans> plans_;
  int meetings_ = 0;
};

}  // namespace changwat::plans
