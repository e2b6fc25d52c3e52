#include "modules/programme/demo.hpp"

#include <map>

#include <boost/json.hpp>

#include "platform/documents/attachments.hpp"

namespace changwat::programme {
namespace {

namespace bj = boost::json;

// ---- reading: demo.json is our own file, so that a broken one is an exception, caught once below

std::string text_of(const bj::value& object, std::string_view name) {
  return std::string(json::string_of(object.at(bj::string_view(name.data(), name.size()))));
}

template <class T>
T as_word(std::string_view text) {
  const auto parsed = T::parse(text);
  if (!parsed) throw std::runtime_error("not a good value: " + std::string(text));
  return *parsed;
}

Figure figure_of(const bj::value& number) {
  std::string text;
  json::write_number(text, number.to_number<double>());
  return as_word<Figure>(text);
}

template <class List>
void read_years(const bj::value& from, List& to) {
  for (const auto& year : from.as_array())
    to.push_back(
        {*FiscalYear::of_count(year.at("fiscal_year").as_int64()), figure_of(year.at("value"))});
}

DraftCriteria criteria_of(const bj::value& kpi) {
  const auto& all = kpi.at("criteria").as_object();
  const auto* rising = all.if_contains("rising");
  const auto& one = rising ? rising->as_object() : all;
  return {figure_of(one.at("p50")), figure_of(one.at("p75")), figure_of(one.at("p100"))};
}

DraftKpi kpi_of(const bj::value& kpi, const bj::value& indicator, std::int64_t agenda) {
  DraftKpi out;
  out.code = as_word<Text<0, 64>>(
      text_of(kpi, "indicator"));  // the same in every province: peers compare by it
  out.name_th = as_word<Text<0, 300>>(text_of(indicator, "name_th"));
  out.name_en = as_word<Text<0, 300>>(text_of(indicator, "name_en"));
  out.definition_th = as_word<Text<0, 4000>>(text_of(indicator, "definition_th"));
  out.unit_th = as_word<Text<0, 100>>(text_of(indicator, "unit_th"));
  out.unit_en = as_word<Text<0, 100>>(text_of(indicator, "unit_en"));
  out.direction =
      text_of(indicator, "direction") == "lower" ? KpiDirection::lower : KpiDirection::higher;
  out.source_th = as_word<Text<0, 500>>(text_of(indicator, "source_th"));
  out.owner_th = as_word<Text<0, 300>>(text_of(kpi, "owner_th"));
  out.agenda = agenda;
  out.weight = figure_of(kpi.at("weight"));
  read_years(kpi.at("baseline"), out.baseline);
  read_years(kpi.at("targets"), out.targets);
  out.criteria = criteria_of(kpi);
  return out;
}

using ByCode = std::map<std::string, const bj::value*>;

ByCode by_code(const bj::value& list) {
  ByCode out;
  for (const auto& item : list.as_array()) out[text_of(item, "code")] = &item;
  return out;
}

Agenda agenda_of(const bj::value& from) {
  constexpr std::string_view prefix = "working_group_";
  const auto group = text_of(from, "working_group").substr(prefix.size());
  return {
      as_word<Text<0, 300>>(text_of(from, "title_th")), enum_value<WorkingGroup>(group),
      as_word<Text<0, 4000>>(text_of(from, "problem_th") + "\n" + text_of(from, "evidence_th"))};
}

Benefit benefit_of(const bj::value& from) {
  return {figure_of(from.at("number")), as_word<Text<0, 100>>(text_of(from, "unit_th")),
          as_word<Text<0, 1000>>(text_of(from, "text_th")),
          as_word<Text<0, 1000>>(text_of(from, "text_en"))};
}

Proposal proposal_of(const bj::value& from, const ByCode& kpis, const ByCode& indicators) {
  Proposal out;
  out.summary_th =
      as_word<Text<0, 4000>>(text_of(from, "title_th") + "\n" + text_of(from, "summary_th"));
  for (const auto& agenda : from.at("agendas").as_array()) {
    out.agendas.push_back(agenda_of(agenda));
    for (const auto& code : agenda.at("kpis").as_array()) {
      const auto& kpi = *kpis.at(std::string(json::string_of(code)));
      out.kpis.push_back(kpi_of(kpi, *indicators.at(text_of(kpi, "indicator")),
                                static_cast<std::int64_t>(out.agendas.size()) - 1));
    }
  }
  out.benefits.push_back(benefit_of(from.at("citizen_benefit")));
  for (const auto& unlock : from.at("unlock_requests").as_array())
    out.unlocks.push_back({*enum_value<UnlockKind>(text_of(unlock, "kind")),
                           as_word<Text<0, 2000>>(text_of(unlock, "title_th")),
                           as_word<Text<0, 500>>(text_of(unlock, "asked_of_th"))});
  std::string risks;
  for (const auto& risk : from.at("risks").as_array())
    risks += (risks.empty() ? "" : "\n") + text_of(risk, "text_th") + " → " +
             text_of(risk, "response_th");
  out.risks_th = as_word<Text<0, 4000>>(risks);
  return out;
}

// ---- the days it tells of, as Bangkok time

struct When {
  int month, day, hour, minute;
  Instant instant() const { return Instant::bangkok(*Date::of(2021, month, day), hour, minute, 0); }
};
constexpr When begun{2, 24, 9, 30}, first_save{2, 24, 10, 5}, second_save{3, 8, 14, 20},
    attached{3, 10, 16, 45}, submitted{3, 11, 15, 20}, accepted{3, 15, 10, 0},
    resolved{3, 29, 9, 0};
constexpr When advised[] = {{3, 18, 10, 30}, {3, 19, 13, 15}, {3, 22, 11, 0}};

struct AdviceText {
  WorkingGroup group;
  const char* text;
};
constexpr AdviceText advice_texts[] = {
    {WorkingGroup::society_security,
     "ควรเริ่มที่อำเภอซึ่งมีเรื่องร้องเรียนมากที่สุด และให้ผู้ร้องยืนยันผลทุกเรื่องก่อนยุติ (ข้อมูลสาธิต)"},
    {WorkingGroup::economy, "ควรทำสัญญากับผู้แปรรูปให้ครอบคลุมช่วงผลผลิตออกมากก่อนขยายพื้นที่รับรอง (ข้อมูลสาธิต)"},
    {WorkingGroup::environment,
     "ควรเปิดเผยผลตรวจน้ำรายจุดตั้งแต่ปีแรก เพื่อให้เห็นผลของการปรับปรุงฟาร์ม (ข้อมูลสาธิต)"},
};

// Takes applications on their way, one after another: who acts, and when.
class Loader {
 public:
  Loader(Programme& programme, committees::Committees& committees, const CallerOf& caller_of)
      : programme_(programme), committees_(committees), caller_of_(caller_of) {}

  Result<Done> load(const DemoApplication& demo, const CallId& to) {
    const auto province = "." + demo.province.text();
    auto call = TRY(as("office" + province, begun));
    path_.value.application_id =
        TRY(programme_.begin_application(call, {to, demo.province}, Origin::demonstration))
            .application_id;
    TRY(write(demo.proposal, "office" + province));
    call = TRY(as("governor" + province, submitted));
    TRY(programme_.submit(call, path_, {}));
    call = TRY(as("opdc", accepted));
    TRY(programme_.accept(call, path_, {*Text<0, 2000>::parse("เอกสารครบ (ข้อมูลสาธิต)")}));
    TRY(advise());
    return resolve();
  }

 private:
  Result<Call> as(const std::string& username, When when) const {
    return call_by(caller_of_, username, when.instant());
  }

  Result<Done> write(const Proposal& proposal, const std::string& username) {
    auto call = TRY(as(username, first_save));
    ProposalPatch first;
    first.summary_th = proposal.summary_th;
    first.agendas = proposal.agendas;
    TRY(programme_.edit_application(call, path_, {first}));
    call = TRY(as(username, second_save));
    ProposalPatch second{
        {}, {}, proposal.kpis, proposal.benefits, proposal.unlocks, proposal.risks_th};
    TRY(programme_.edit_application(call, path_, {second}));
    call = TRY(as(username, attached));
    const auto pdf = documents::one_line_pdf("Demonstration: application form");
    TRY(programme_.put_file(call, {{path_.value.application_id, *Key::parse("application_form")}},
                            {{Text<1, 200>::parse("ใบสมัคร (สาธิต).pdf")}},
                            {pdf, "application/pdf"}));
    return Done{};
  }

  Result<Done> advise() {
    for (std::size_t i = 0; i < std::size(advice_texts); ++i) {
      auto call = TRY(as("committee", advised[i]));
      TRY(programme_.advise(call, path_,
                            {advice_texts[i].group, *Text<1, 10000>::parse(advice_texts[i].text)}));
    }
    return Done{};
  }

  // Meeting 1/2564 announced one for 26 March 2564. Whether it was held is not known: it is
  // recorded as invented, and not verified.
  Result<MeetingId> meeting() {
    if (meeting_) return *meeting_;
    auto call = TRY(as("opdc", resolved));
    committees::NewMeeting in;
    in.body = *Key::parse("subcommittee_regional_local");
    in.number = *committees::MeetingNumber::parse("2/2564");
    in.on_date = *Date::of(2021, 3, 26);
    in.chair_title_th = *Title::parse("ประธาน อ.ก.พ.ร.ฯ (ข้อมูลสาธิต)");
    in.chair_title_en = *Title::parse("Chair of the sub-committee (demonstration)");
    in.source = *Source::parse(
        "ข้อมูลสาธิต: การประชุมและมติสมมติ / Demonstration: invented meeting and resolution");
    meeting_ = TRY(committees_.add_meeting(call, in, Origin::demonstration)).meeting_id;
    return *meeting_;
  }

  Result<Done> resolve() {
    ResolveRequest in;
    in.meeting_id = TRY(meeting());
    in.number = *committees::ItemNumber::parse("1");
    in.kind = Outcome::approve;
    in.text_th = *LongText::parse("เห็นชอบข้อเสนอของจังหวัด โดยให้รายงานผลทุก 6 เดือน (ข้อมูลสาธิต)");
    auto call = TRY(as("opdc", resolved));
    TRY(programme_.resolve(call, path_, in));
    return Done{};
  }

  Programme& programme_;
  committees::Committees& committees_;
  const CallerOf& caller_of_;
  Path<ApplicationPath> path_;
  std::optional<MeetingId> meeting_;
};

}  // namespace

Result<Demo> read_demo(std::string_view demo_json) {
  const auto value = TRY(json::parse(demo_json));
  try {
    Demo demo;
    demo.accounts = TRY(from_json_value<std::vector<DemoAccount>>(value.at("accounts")));
    const auto kpis = by_code(value.at("kpis")), indicators = by_code(value.at("indicators"));
    for (const auto& application : value.at("applications").as_array())
      demo.applications.push_back({as_word<Key>(text_of(application, "call")),
                                   as_word<AreaCode>(text_of(application, "province")),
                                   proposal_of(application, kpis, indicators)});
    return demo;
  } catch (const std::exception& broken) {
    return Problem(errors::malformed_request, "อ่านข้อมูลสาธิตไม่ได้",
                   std::string("The demonstration cannot be read: ") + broken.what());
  }
}

CallerOf callers_of(const Demo& demo) {
  std::map<std::string, Caller, std::less<>> callers;
  for (const auto& account : demo.accounts) {
    Caller caller;
    caller.person_id = "demonstration." + account.username.text();
    caller.name_th = account.title_th.text();
    caller.name_en = account.title_en.text();
    caller.offices.push_back({.office_id = caller.person_id,
                              .role = account.role.text(),
                              .area = account.area,
                              .title_th = account.title_th.text(),
                              .title_en = account.title_en.text()});
    callers.emplace(account.username.text(), std::move(caller));
  }
  return [callers = std::move(callers)](std::string_view username) -> std::optional<Caller> {
    const auto found = callers.find(username);
    return found == callers.end() ? std::nullopt : std::optional(found->second);
  };
}

Result<Done> load_demo(Programme& programme, committees::Committees& committees,
                       db::Database& database, const Demo& demo, const CallerOf& caller_of) {
  Loader loader(programme, committees, caller_of);
  for (const auto& application : demo.applications) {
    const auto to = database.read(
        [&](db::Connection& db) { return programme.call_by_code(db, application.call); });
    if (!to)
      return Problem(errors::not_found, "ไม่พบประกาศของข้อมูลสาธิต",
                     "The call of the demonstration is not there.");
    TRY(loader.load(application, to->call_id));
  }
  return Done{};
}

}  // namespace changwat::programme
