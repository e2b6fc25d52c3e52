#pragma once
// For tests of programme: the real modules below it on a fresh record, and callers by office.

#include <memory>
#include <string>
#include <vector>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"

#include "modules/indicators/rule_book.hpp"
#include "modules/programme/demo.hpp"
#include "modules/programme/programme.hpp"

namespace changwat::programme {

inline Instant moment(std::string_view iso) {
  return *Instant::parse(iso);
}

// What the programme needs of the indicators: remembers what it was given.
class KeptKpis : public indicators::KpiRegister {
 public:
  struct Defined {
    AreaCode province;
    FiscalYear fiscal_year;
    std::string application_id;
    std::vector<indicators::KpiDefinition> kpis;
  };
  std::vector<Defined> defined;
  std::vector<indicators::PeerValue> peer_values;

  Result<Done> define(Tx&, const Call&, const AreaCode& province, FiscalYear fiscal_year,
                      const std::string& application_id,
                      const std::vector<indicators::KpiDefinition>& kpis) override {
    defined.push_back({province, fiscal_year, application_id, kpis});
    return Done{};
  }
  std::vector<indicators::PeerValue> peers(const AreaCode&, const Key&, FiscalYear) const override {
    return peer_values;
  }
  const indicators::RuleBook& rules() const override { return rules_; }

 private:
  indicators::RuleBook rules_ =
      *indicators::RuleBook::read(file_text("data/indicators/rules.json"));
};

// Two agendas, two KPIs (one each way), one benefit: everything that submission asks for but files.
inline constexpr const char* whole_proposal = R"({
  "summary_th": "สรุป",
  "agendas": [
    {"title_th": "บริการที่อำเภอ", "working_group": "society_security", "why_th": "เดินทางไกล"},
    {"title_th": "น้ำสะอาด", "working_group": "environment", "why_th": "น้ำเสีย"}],
  "kpis": [
    {"code": "closed_on_time", "name_th": "ยุติในกำหนด", "name_en": "", "definition_th": "นิยาม", "unit_th": "ร้อยละ",
     "unit_en": "", "direction": "higher", "source_th": "ทะเบียน", "owner_th": "ปกครอง", "agenda": 0, "weight": "60",
     "baseline": [{"fiscal_year": 2018, "value": "61.5"}, {"fiscal_year": 2019, "value": "63.2"},
                  {"fiscal_year": 2020, "value": "64.8"}],
     "targets": [{"fiscal_year": 2021, "value": "75"}, {"fiscal_year": 2022, "value": "88"}],
     "criteria": {"p50": "65", "p75": "76", "p100": "88"}},
    {"code": "service_days", "name_th": "วันทำการ", "name_en": "", "definition_th": "นิยาม", "unit_th": "วัน",
     "unit_en": "", "direction": "lower", "source_th": "ทะเบียน", "owner_th": "ปกครอง", "agenda": 1, "weight": "40",
     "baseline": [{"fiscal_year": 2020, "value": "8.7"}],
     "targets": [{"fiscal_year": 2021, "value": "6"}, {"fiscal_year": 2022, "value": "4"}],
     "criteria": {"p50": "7", "p75": "5.5", "p100": "4"}}],
  "benefits": [{"number": "24000", "unit_th": "คนต่อปี", "sentence_th": "ได้รับบริการใน 4 วัน", "sentence_en": ""}],
  "unlocks": [{"kind": "law", "what_th": "รับคำขอข้ามหน่วยงาน", "who_th": "หน่วยงานเจ้าของกฎหมาย"}],
  "risks_th": "ความเสี่ยง"})";

inline Proposal proposal() {
  auto read = read_json<Proposal>(whole_proposal);
  EXPECT_TRUE(read.ok());
  return std::move(read).value();
}

inline ProposalPatch whole(const Proposal& p) {
  return {p.summary_th, p.agendas, p.kpis, p.benefits, p.unlocks, p.risks_th};
}

inline constexpr std::string_view deadline_text = "2021-03-12T16:59:59.000Z";
inline const std::string pdf_bytes = "%PDF-1.4\n%%EOF\n";

class ProgrammeOnBothEngines : public db::OnBothEngines {
 protected:
  void SetUp() override {
    db::OnBothEngines::SetUp();
    if (IsSkipped()) return;
    authority_ = std::make_unique<authority::Authority>(
        authority::read_law(CHANGWAT_SOURCE_DIR "/data/law").value());
    areas_ = std::make_unique<areas::Areas>(database(), acts());
    found_areas();
    committees_ = std::make_unique<committees::Committees>(database(), acts(), *authority_);
    programme_ =
        std::make_unique<Programme>(database(), acts(), *authority_, *areas_, *committees_, kpis_);
    Call program;
    program.now = moment("2021-02-18T00:00:00.000Z");
    const auto facts = file_text("data/programme/programme.json");
    ASSERT_TRUE(committees_->found(program, *committees::read_facts(facts)).ok());
    ASSERT_TRUE(programme_->found(program, *read_facts(facts)).ok());
  }
  void TearDown() override {
    programme_.reset();
    committees_.reset();
    areas_.reset();
    db::OnBothEngines::TearDown();
  }

  Programme& programme() { return *programme_; }
  committees::Committees& committees() { return *committees_; }
  KeptKpis& kpis() { return kpis_; }

  Call as(std::string role, std::string_view area = "",
          std::string_view now = "2021-03-01T02:00:00.000Z") const {
    Call call;
    call.now = moment(now);
    HeldOffice office{.office_id = "office_" + role + std::string(area), .role = role};
    if (!area.empty()) office.area = AreaCode::parse(area);
    office.title_th = "ตำแหน่ง " + role;
    office.title_en = "Office of " + role;
    call.caller = Caller{.person_id = "person_" + role + std::string(area), .offices = {office}};
    return call;
  }

  // An open call to Ratchaburi and Kanchanaburi's neighbours, with one required file.
  CallForProposals open_call(bool volunteers = true) {
    NewCall in;
    in.fiscal_year = *FiscalYear::of_count(2021);
    in.title_th = word<Title>("ประกาศ");
    in.title_en = word<Title>("Call");
    in.opens_at = moment("2021-02-20T00:00:00.000Z");
    in.deadline_at = moment(deadline_text);
    in.invited.push_back(*AreaCode::parse("70"));
    in.volunteers_allowed = volunteers;
    in.requirements.push_back({*Key::parse("application_form"), word<Title>("ใบสมัคร"),
                               word<Title>("Form"), true, RequirementKind::file});
    auto opdc = as("opdc");
    const auto made = programme().create_call(opdc, in);
    EXPECT_TRUE(made.ok());
    const auto opened = programme().open_call(opdc, {{made->value.call_id}}, {});
    EXPECT_TRUE(opened.ok());
    return *opened;
  }

  Path<ApplicationPath> path(const ApplicationId& id) { return {{id}}; }

  Application begun(const CallForProposals& to, std::string_view province = "70") {
    auto office = as("provincial_office", province);
    const auto made =
        programme().create_application(office, {to.call_id, *AreaCode::parse(province)});
    EXPECT_TRUE(made.ok());
    return made->value;
  }

  Application filled(const CallForProposals& to, std::string_view province = "70") {
    auto application = begun(to, province);
    auto office = as("provincial_office", province);
    EXPECT_TRUE(programme()
                    .put_file(office,
                              {{application.application_id, *Key::parse("application_form")}},
                              {{word<Text<1, 200>>("ใบสมัคร.pdf")}}, {pdf_bytes, "application/pdf"})
                    .ok());
    office.if_match_any = true;
    const auto saved =
        programme().edit_application(office, path(application.application_id), {whole(proposal())});
    EXPECT_TRUE(saved.ok());
    return *saved;
  }

  Application submitted(const CallForProposals& to, std::string_view province = "70") {
    const auto application = filled(to, province);
    auto governor = as("governor", province);
    const auto done = programme().submit(governor, path(application.application_id), {});
    EXPECT_TRUE(done.ok());
    return *done;
  }

  MeetingId meeting() {
    auto opdc = as("opdc");
    committees::NewMeeting in;
    in.body = *Key::parse("subcommittee_regional_local");
    in.number = word<committees::MeetingNumber>(std::to_string(++meetings_) + "/2564");
    in.on_date = *Date::parse("2021-03-26");
    in.chair_title_th = word<Title>("ประธาน");
    const auto made = committees().record_meeting(opdc, in);
    EXPECT_TRUE(made.ok());
    return made->value.meeting_id;
  }

  ResolveRequest resolution(Outcome kind) {
    ResolveRequest in;
    in.meeting_id = meeting();
    in.number = word<committees::ItemNumber>("1");
    in.kind = kind;
    in.text_th = word<LongText>("มติ");
    if (kind == Outcome::revise) in.deadline_at = moment("2021-04-30T16:59:59.000Z");
    return in;
  }

 private:
  void found_areas() {
    std::vector<areas::Area> provinces;
    for (const auto* code : {"10", "12", "39", "40", "70", "71"})
      provinces.push_back({*AreaCode::parse(code), AreaLevel::province,
                           word<areas::AreaName>("จังหวัด"), word<areas::AreaName>("Province")});
    const Call program;
    ASSERT_TRUE(
        areas_->import(program, *areas_->preview(provinces, *Date::parse("2021-01-01")), "test")
            .ok());
  }

  std::unique_ptr<authority::Authority> authority_;
  std::unique_ptr<areas::Areas> areas_;
  std::unique_ptr<committees::Committees> committees_;
  KeptKpis kpis_;
  std::unique_ptr<Programme> programme_;
  int meetings_ = 1;
};

}  // namespace changwat::programme
