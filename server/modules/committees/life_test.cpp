#include "modules/committees/life.hpp"

#include <set>

#include "modules/committees/demo.hpp"
#include "modules/committees/on_paper.hpp"
#include "modules/committees/testing.hpp"

namespace changwat::committees {
namespace {

constexpr const char* subcommittee = "subcommittee_regional_local";

// The sub-committee with a chair, a deputy, three members and a secretary; "member.1" has an
// account. The programme's meetings are not founded: they are to be run from their call to their
// follow-up.
class MeetingLifeTest : public CommitteeLawTest {
 protected:
  Facts founding() override {
    facts_ = *read_facts(file_text("data/programme/programme.json"));
    auto bodies_only = facts_;
    bodies_only.meetings.clear();
    return bodies_only;
  }
  void SetUp() override {
    CommitteeLawTest::SetUp();
    if (IsSkipped()) return;
    chair_ = seat(opdc_, subcommittee, "chair", "ประธาน อ.ก.พ.ร.ฯ");
    deputy_ = seat(opdc_, subcommittee, "deputy_chair", "รองเลขาธิการ ก.พ.ร.");
    one_ = seat(opdc_, subcommittee, "member", "อนุกรรมการ 1", "member.1");
    two_ = seat(opdc_, subcommittee, "member", "อนุกรรมการ 2");
    three_ = seat(opdc_, subcommittee, "member", "อนุกรรมการ 3");
    secretary_ = seat(opdc_, subcommittee, "secretary", "ผู้อำนวยการกอง");
  }

  MeetingId planned(const char* number, const char* starts, const Call& call) {
    PlanMeeting in;
    in.body = word<Key>(subcommittee);
    in.number = word<MeetingNumber>(number);
    in.starts_at = *Instant::parse(starts);
    in.place_th = word<Title>("ห้องประชุม ก.พ.ร. ชั้น 5");
    auto copy = call;
    return good(committees().plan(copy, in)).value.meeting_id;
  }
  Attendance all_present() {
    Attendance in;
    for (const auto& id : {chair_, deputy_, one_, two_, three_, secretary_})
      in.entries.push_back({id, Presence::present, {}});
    return in;
  }
  void call_and_open(const MeetingId& id, const char* on) {
    auto before = as("opdc", "2020-01-15T02:00:00.000Z");
    before.now = Instant::parse(on)->plus_ms(-7 * 86'400'000LL);
    good(committees().call_meeting(before, at(id), {word<Title>("นร 1200/ว 1"), {}}));
    auto day = as("opdc", on);
    good(committees().take_attendance(day, at(id), all_present()));
    good(committees().open_meeting(day, at(id)));
  }
  AgendaItemId item(const Call& call, const MeetingId& id, std::int64_t part, const char* title) {
    NewAgendaItem in;
    in.part = *AgendaPart::of_count(part);
    in.title_th = word<Title>(title);
    auto copy = call;
    return good(committees().add_item(copy, at(id), in)).value.item_id;
  }
  ResolveItem resolution(ResolutionKind kind, const char* words) {
    ResolveItem in;
    in.kind = kind;
    in.text_th = word<LongText>(words);
    return in;
  }

  Facts facts_;
  Call opdc_ = as("opdc", "2020-01-10T02:00:00.000Z");
  MemberId chair_, deputy_, one_, two_, three_, secretary_;
};

// Runs a meeting of the founding facts as its secretariat would: agenda, call, attendance, and the
// resolutions of each item with what they gave people to do.
TEST_P(MeetingLifeTest, The_meetings_of_the_record_run_from_agenda_to_follow_up) {
  const char* days[] = {"2020-03-17T03:00:00.000Z", "2021-02-18T03:00:00.000Z"};
  std::vector<MeetingId> ids;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& fact = facts_.meetings[i];
    auto planning = as("opdc", "2020-01-10T02:00:00.000Z");
    if (i == 1) planning.now = *Instant::parse("2021-01-10T02:00:00.000Z");
    const auto id = planned(fact.number.text().c_str(), days[i], planning);
    ids.push_back(id);
    std::vector<AgendaItemId> items;
    for (const auto& point : fact.agenda_items)
      items.push_back(item(planning, id, part_consider, point.title_th.text().c_str()));
    call_and_open(id, days[i]);
    auto day = as("opdc", days[i]);
    for (std::size_t n = 0; n < items.size(); ++n)
      for (const auto& said : fact.agenda_items[n].resolutions) {
        auto in = resolution(said.type, said.text_th.text().c_str());
        in.number = said.number;
        in.kind_th = said.type_th;
        in.text_en = said.text_en;
        in.parts = said.parts;
        in.follow_up = List<NewAssignment, 50>{};
        for (const auto& work : said.follow_up) {
          NewAssignment todo;
          todo.text_th = work.text_th;
          todo.text_en = work.text_en;
          todo.responsible_th = word<Title>("สำนักงาน ก.พ.ร. และกระทรวงมหาดไทย");
          todo.responsible_role = word<Key>("moi");
          todo.responsible_bodies = work.responsible;
          todo.due = work.due;
          in.follow_up->push_back(todo);
        }
        good(committees().resolve_item(day, at(items[n]), in));
      }
    good(committees().close_meeting(day, at(id)));
    good(committees().draft_minutes(day, at(id)));
  }

  // The public record says what the founding facts say.
  Query<ResolutionQuery> all;
  const auto listed = good(committees().list_resolutions(opdc_, all));
  ASSERT_EQ(listed.items.size(), 8u);
  EXPECT_EQ(listed.items.front().kind_th.text(), "เห็นควร");
  std::size_t next = listed.items.size();
  for (const auto& meeting : facts_.meetings)
    for (const auto& point : meeting.agenda_items)
      for (const auto& said : point.resolutions) {
        const auto& kept = listed.items[--next];
        EXPECT_EQ(kept.number, said.number);
        EXPECT_EQ(kept.kind, said.type);
        EXPECT_EQ(kept.text_th, said.text_th);
        EXPECT_EQ(kept.parts.value.size(), said.parts.size());
        EXPECT_EQ(kept.follow_up.value.size(), said.follow_up.size());
        EXPECT_EQ(kept.quorum_needed, 3);
      }

  // 1/2564 began with the minutes of 2/2563 and with its three unfinished assignments.
  const auto second = page(opdc_, ids[1]);
  std::vector<std::string> came;
  for (const auto& one : second.items)
    if (one.source_kind) came.push_back(one.number.text() + " " + one.source_kind->text());
  EXPECT_EQ(came, (std::vector<std::string>{"2.1 minutes", "3.1 assignment", "3.2 assignment",
                                            "3.3 assignment"}));

  // Follow-up runs to closure: reported with evidence by who is responsible, closed by the
  // secretariat, and it does not come back any more.
  EXPECT_EQ(second.assignments.size(), 3u);
  auto moi = as("moi", "2021-03-04T03:00:00.000Z");
  auto opdc = as("opdc", "2021-03-05T03:00:00.000Z");
  const Path<AssignmentPath> briefing{{second.assignments[0].assignment_id}};
  EXPECT_EQ(code_of(committees().close_assignment(
                opdc, briefing, {AssignmentOutcome::done, word<LongText>("เสร็จ")})),
            "wrong_state");
  good(committees().report(moi, briefing,
                           {word<LongText>("ประชุมชี้แจงจังหวัดแล้ว"), word<LongText>("มท 0200/1")}));
  EXPECT_EQ(code_of(committees().close_assignment(
                moi, briefing, {AssignmentOutcome::done, word<LongText>("เสร็จ")})),
            "forbidden");
  good(committees().close_assignment(opdc, briefing,
                                     {AssignmentOutcome::done, word<LongText>("เสร็จ")}));
  const auto third = planned("2/2564", "2021-03-26T03:00:00.000Z", opdc);
  std::int64_t arising = 0;
  for (const auto& one : page(opdc, third).items) {
    if (one.part.count() != part_arising) continue;
    ++arising;
    EXPECT_NE(one.source_id->text(), second.assignments[0].assignment_id.text());
  }
  EXPECT_EQ(arising, 3 + 3 - 1);
}

TEST_P(MeetingLifeTest, Minutes_are_adopted_by_a_later_meeting_under_part_two) {
  const auto first = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  call_and_open(first, "2020-02-03T03:00:00.000Z");
  auto day = as("opdc", "2020-02-03T05:00:00.000Z");
  good(committees().close_meeting(day, at(first)));
  good(committees().draft_minutes(day, at(first)));
  const auto second = planned("2/2563", "2020-03-03T03:00:00.000Z", day);
  call_and_open(second, "2020-03-03T03:00:00.000Z");
  auto later = as("opdc", "2020-03-03T04:00:00.000Z");
  const auto adoption = page(later, second).items.at(0);
  EXPECT_EQ(adoption.part.count(), part_minutes);
  EXPECT_EQ(adoption.source_id->text(), first.text());
  EXPECT_EQ(code_of(committees().remove_item(later, at(adoption.item_id))), "wrong_state");
  good(committees().resolve_item(later, at(adoption.item_id),
                                 resolution(ResolutionKind::approve, "รับรองรายงานการประชุม")));
  const auto adopted = page(later, first).meeting;
  EXPECT_EQ(adopted.state, MeetingState::minutes_adopted);
  EXPECT_EQ(adopted.adopted_in, second);
}

std::string said_by(const Result<http::Response>& printed) {
  EXPECT_TRUE(printed.ok()) << (printed.ok() ? "" : printed.problem().en);
  if (!printed.ok()) return "";
  EXPECT_EQ(printed->content_type, "application/pdf");
  return documents::paper::for_tests::text_of(printed->body);
}

// The texts stand in the paper, one after another.
void expect_in_order(const std::string& paper, std::initializer_list<const char*> texts) {
  std::size_t from = 0;
  for (const auto* text : texts) {
    const auto wanted = documents::paper::for_tests::squeezed(text);
    const auto found = paper.find(wanted, from);
    EXPECT_NE(found, std::string::npos) << text << "\nin\n" << paper;
    if (found != std::string::npos) from = found + wanted.size();
  }
}

TEST_P(MeetingLifeTest, The_call_and_the_minutes_are_official_papers) {
  const auto id = planned("1/2563", "2020-03-17T02:30:00.000Z", opdc_);
  const auto considered = item(opdc_, id, part_consider, "แผนการทดลองดำเนินงาน");
  item(opdc_, id, part_chair, "ประธานแจ้งนโยบาย");
  auto reader = opdc_;
  EXPECT_EQ(code_of(committees().print_minutes(reader, at(id))), "wrong_state");
  call_and_open(id, "2020-03-17T02:30:00.000Z");
  expect_in_order(
      said_by(committees().print_call(reader, at(id))),
      {"ที่ นร ๑๒๐๐/ว ๑", "๑๐ มีนาคม ๒๕๖๓", "เชิญประชุม", "ครั้งที่ ๑/๒๕๖๓", "๑๗ มีนาคม ๒๕๖๓", "๐๙.๓๐ น.",
       "ห้องประชุม ก.พ.ร. ชั้น ๕", "ระเบียบวาระที่ ๑", "๑.๑ ประธานแจ้งนโยบาย", "ระเบียบวาระที่ ๕",
       "๕.๑ แผนการทดลองดำเนินงาน", "ระเบียบวาระที่ ๖", "ไม่มี", "ฝ่ายเลขานุการ"});

  auto day = as("opdc", "2020-03-17T03:00:00.000Z");
  Attendance change;
  change.entries = {{two_, Presence::substitute, word<Title>("ผู้แทนกรม")},
                    {three_, Presence::leave, {}}};
  good(committees().take_attendance(day, at(id), change));
  good(committees().write_discussion(day, at(considered), {word<Text<0, 4000>>("ที่ประชุมอภิปราย")}));
  good(committees().declare_conflict(day, at(considered), {deputy_, word<LongText>("เป็นผู้เสนอ")}));
  auto in = resolution(ResolutionKind::approve, "เห็นชอบแผนทดลอง 4 เรื่อง");
  in.votes = Votes{3, 0, 0};
  in.parts = List<ResolutionPart, 50>{
      {word<ItemNumber>("5.1.1"), word<LongText>("เรื่องแรก"), word<LongText>("First")}};
  NewAssignment work;
  work.text_th = word<LongText>("จัดทำแผนลงพื้นที่");
  work.responsible_th = word<Title>("สำนักงาน ก.พ.ร.");
  work.due = *Date::of(2020, 5, 31);
  in.follow_up = List<NewAssignment, 50>{work};
  good(committees().resolve_item(day, at(considered), in));
  day.now = *Instant::parse("2020-03-17T05:15:00.000Z");
  good(committees().close_meeting(day, at(id)));
  const auto draft = said_by(committees().print_minutes(reader, at(id)));
  expect_in_order(draft, {"รายงานการประชุม",
                          "ครั้งที่ ๑/๒๕๖๓",
                          "เมื่อวันที่ ๑๗ มีนาคม ๒๕๖๓",
                          "ผู้มาประชุม",
                          "ผู้แทน: ผู้แทนกรม",
                          "ผู้ไม่มาประชุม",
                          "(ลา)",
                          "เริ่มประชุมเวลา ๐๙.๓๐ น.",
                          "เป็นประธานในที่ประชุม",
                          "องค์ประชุมต้องมีอย่างน้อย",
                          "ระเบียบวาระที่ ๑",
                          "๑.๑",
                          "ระเบียบวาระที่ ๕",
                          "๕.๑",
                          "ที่ประชุมอภิปราย",
                          "มีส่วนได้เสีย",
                          "มติที่ประชุม",
                          "(๕.๑) เห็นชอบแผนทดลอง ๔ เรื่อง",
                          "เห็นชอบ ๓ ไม่เห็นชอบ ๐ งดออกเสียง ๐",
                          "๕.๑.๑ เรื่องแรก",
                          "มอบหมาย สำนักงาน ก.พ.ร.: จัดทำแผนลงพื้นที่",
                          "๓๑ พฤษภาคม ๒๕๖๓",
                          "ระเบียบวาระที่ ๖",
                          "เลิกประชุมเวลา ๑๒.๑๕ น.",
                          "ผู้จดรายงานการประชุม"});

  // A draft says so on its pages; adopted minutes do not. Nobody else reads either.
  auto adopted = page(opdc_, id).meeting;
  EXPECT_TRUE(minutes_are_draft(adopted));
  adopted.state = MeetingState::minutes_adopted;
  EXPECT_FALSE(minutes_are_draft(adopted));
  auto district = as("district", "2020-03-18T02:00:00.000Z", "7001");
  EXPECT_EQ(code_of(committees().print_minutes(district, at(id))), "forbidden");
  EXPECT_EQ(code_of(committees().print_call(district, at(id))), "forbidden");
}

TEST_P(MeetingLifeTest, Without_a_quorum_nothing_opens_and_nothing_is_resolved) {
  const auto id = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  const auto first = item(opdc_, id, part_consider, "เรื่องแรก");
  const auto second = item(opdc_, id, part_consider, "เรื่องที่สอง");
  good(committees().call_meeting(opdc_, at(id), {}));
  auto day = as("opdc", "2020-02-03T03:00:00.000Z");
  EXPECT_EQ(code_of(committees().open_meeting(day, at(id))), "no_quorum");
  Attendance in;
  in.entries = {{chair_, Presence::present, {}}, {one_, Presence::present, {}}};
  good(committees().take_attendance(day, at(id), in));
  EXPECT_EQ(code_of(committees().open_meeting(day, at(id))), "no_quorum");
  in.entries = {{secretary_, Presence::substitute, word<Title>("นักวิเคราะห์นโยบาย")}};
  good(committees().take_attendance(day, at(id), in));
  good(committees().open_meeting(day, at(id)));

  // The member's own conflict of interest leaves two of the three that the item needs.
  auto member = as("committee_member", "2020-02-03T03:10:00.000Z");
  member.caller->person_id = "person_of_member.1";
  good(committees().declare_conflict(member, at(first), {{}, word<LongText>("เป็นคู่สัญญา")}));
  EXPECT_EQ(code_of(committees().resolve_item(day, at(first),
                                              resolution(ResolutionKind::approve, "เห็นชอบ"))),
            "no_quorum");
  auto voted = resolution(ResolutionKind::approve, "เห็นชอบ");
  voted.votes = Votes{2, 1, 1, {}};
  EXPECT_EQ(code_of(committees().resolve_item(day, at(second), voted)), "too_many_votes");
  voted.votes = Votes{1, 2, 0, {}};
  EXPECT_EQ(code_of(committees().resolve_item(day, at(second), voted)), "not_the_majority");
  voted.votes = Votes{2, 1, 0, {}};
  const auto made = good(committees().resolve_item(day, at(second), voted)).value;
  EXPECT_EQ(made.members_present, 3);
  EXPECT_EQ(made.quorum_needed, 3);
  EXPECT_EQ(made.number.text(), "5.2");
  const auto seen = page(day, id);
  EXPECT_FALSE(seen.items[0].quorum.reached);
  EXPECT_EQ(seen.items[0].quorum.conflicted, 1);
  EXPECT_TRUE(seen.items[1].quorum.reached);
}

TEST_P(MeetingLifeTest, A_step_out_of_order_is_refused_and_leaves_nothing) {
  const auto id = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  const auto point = item(opdc_, id, part_consider, "เรื่อง");
  const auto written = entries().size();
  EXPECT_EQ(code_of(committees().open_meeting(opdc_, at(id))), "wrong_state");
  EXPECT_EQ(code_of(committees().close_meeting(opdc_, at(id))), "wrong_state");
  EXPECT_EQ(code_of(committees().draft_minutes(opdc_, at(id))), "wrong_state");
  EXPECT_EQ(code_of(committees().resolve_item(opdc_, at(point),
                                              resolution(ResolutionKind::approve, "เห็นชอบ"))),
            "wrong_state");
  EXPECT_EQ(code_of(committees().count_circulation(opdc_, at(id))), "wrong_state");
  auto stale = opdc_;
  stale.if_match_any = false;
  stale.if_match = 0;
  EXPECT_EQ(code_of(committees().call_meeting(stale, at(id), {})), "changed_meanwhile");
  EXPECT_EQ(entries().size(), written);
  // Not public before it was held.
  Query<MeetingQuery> all;
  EXPECT_TRUE(good(committees().list_meetings(opdc_, all)).items.empty());
}

TEST_P(MeetingLifeTest, Only_the_secretariat_acts_for_its_body) {
  PlanMeeting in;
  in.body = word<Key>("provincial_committee.70");
  in.number = word<MeetingNumber>("1/2563");
  in.starts_at = *Instant::parse("2020-02-03T03:00:00.000Z");
  struct Case {
    const char* role;
    const char* area;
    const char* answer;
  };
  const Case cases[] = {{"opdc", "", "forbidden"},
                        {"moi", "", "forbidden"},
                        {"governor", "70", "forbidden"},
                        {"provincial_office", "40", "forbidden"},
                        {"committee_member", "", "forbidden"},
                        {"provincial_office", "70", "ok"}};
  for (const auto& one : cases) {
    auto call = as(one.role, "2020-01-10T02:00:00.000Z", one.area);
    EXPECT_EQ(code_of(committees().plan(call, in)), one.answer) << one.role << one.area;
  }
  in.body = word<Key>(subcommittee);
  auto office = as("provincial_office", "2020-01-10T02:00:00.000Z", "70");
  EXPECT_EQ(code_of(committees().plan(office, in)), "forbidden");
  Call nobody;
  EXPECT_EQ(code_of(committees().plan(nobody, in)), "sign_in_required");
}

TEST_P(MeetingLifeTest, The_order_of_the_agenda_is_changed_whole_or_not_at_all) {
  const auto id = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  const auto a = item(opdc_, id, part_consider, "ก"), b = item(opdc_, id, part_consider, "ข"),
             c = item(opdc_, id, part_acknowledge, "ค");
  AgendaOrder in;
  in.items = {b, a};
  EXPECT_EQ(code_of(committees().order_items(opdc_, at(id), in)), "not_the_agenda");
  in.items = {b, c, a};
  good(committees().order_items(opdc_, at(id), in));
  std::vector<std::string> titles;
  for (const auto& one : page(opdc_, id).items)
    titles.push_back(one.number.text() + one.title_th.text());
  EXPECT_EQ(titles, (std::vector<std::string>{"4.1ค", "5.1ข", "5.2ก"}));
}

TEST_P(MeetingLifeTest, A_circulation_is_answered_counted_and_told_to_the_next_meeting) {
  NewCirculation in;
  in.body = word<Key>(subcommittee);
  in.number = word<MeetingNumber>("ว1/2563");
  in.title_th = word<Title>("ขอความเห็นชอบกำหนดการ");
  in.detail_th = word<LongText>("รายละเอียด");
  in.proposal_th = word<LongText>("เห็นชอบกำหนดการ");
  in.deadline_at = *Instant::parse("2020-01-20T09:00:00.000Z");
  // Everybody has an account here.
  for (const auto& [member, name] :
       {std::pair{chair_, "a"}, {deputy_, "b"}, {two_, "c"}, {three_, "d"}, {secretary_, "e"}})
    execute("UPDATE committee_member SET person_id = 'person_of_" + std::string(name) +
            "' WHERE member_id = '" + member.text() + "'");
  const auto round = good(committees().circulate(opdc_, in)).value;
  const auto answer = [&](const char* person, CirculationAnswer said, const char* when) {
    auto call = as("committee_member", when);
    call.caller->person_id = std::string("person_of_") + person;
    return code_of(committees().answer_circulation(call, at(round.meeting_id), {said, {}}));
  };
  EXPECT_EQ(answer("a", CirculationAnswer::disagree, "2020-01-11T02:00:00.000Z"), "ok");
  EXPECT_EQ(answer("a", CirculationAnswer::agree, "2020-01-12T02:00:00.000Z"),
            "ok");  // a second thought
  EXPECT_EQ(answer("stranger", CirculationAnswer::agree, "2020-01-12T02:00:00.000Z"), "forbidden");
  EXPECT_EQ(answer("b", CirculationAnswer::agree, "2020-01-12T02:00:00.000Z"), "ok");
  EXPECT_EQ(answer("member.1", CirculationAnswer::disagree, "2020-01-12T02:00:00.000Z"), "ok");
  EXPECT_EQ(answer("c", CirculationAnswer::agree, "2020-01-20T09:00:00.001Z"), "wrong_state");
  auto early = as("opdc", "2020-01-15T02:00:00.000Z"),
       after = as("opdc", "2020-01-21T02:00:00.000Z");
  EXPECT_EQ(code_of(committees().count_circulation(early, at(round.meeting_id))), "wrong_state");
  const auto closed = good(committees().count_circulation(after, at(round.meeting_id)));
  EXPECT_EQ(closed.state, MeetingState::closed);
  const auto shown = page(after, round.meeting_id);
  EXPECT_EQ(shown.circulation->outcome, CirculationOutcome::carried);
  ASSERT_EQ(shown.items.at(0).resolutions.size(), 1u);
  EXPECT_EQ(shown.items[0].resolutions[0].votes_for, 2);
  EXPECT_EQ(shown.items[0].resolutions[0].votes_against, 1);
  const auto next = planned("1/2563", "2020-02-03T03:00:00.000Z", after);
  ASSERT_EQ(page(after, next).items.size(), 1u);
  EXPECT_EQ(page(after, next).items[0].source_id->text(), round.meeting_id.text());
}

TEST_P(MeetingLifeTest, A_resolution_seats_members_by_the_order_that_appoints_them) {
  const auto id = planned("1/2564", "2021-02-18T03:00:00.000Z", opdc_);
  const auto point = item(opdc_, id, part_consider, "แต่งตั้งคณะทำงาน");
  call_and_open(id, "2021-02-18T03:00:00.000Z");
  auto in = resolution(ResolutionKind::approve, "เห็นชอบให้แต่งตั้งคณะทำงาน");
  NewMembership membership;
  membership.body = word<Key>("working_group_economy");
  membership.member.seat = word<Key>("head");
  membership.member.title_th = word<Title>("อนุกรรมการ 1");
  membership.member.from_date = *Date::of(2021, 2, 18);
  in.memberships = List<NewMembership, 50>{membership, membership};
  auto day = as("opdc", "2021-02-18T04:00:00.000Z");
  // The head's seat is one: two heads are refused, and the resolution with them.
  EXPECT_EQ(code_of(committees().resolve_item(day, at(point), in)), "conflict");
  EXPECT_EQ(count("resolution"), 0);
  in.memberships->pop_back();
  const auto made = good(committees().resolve_item(day, at(point), in)).value;
  const auto group = good(committees().get_body(day, {{word<Key>("working_group_economy")}}));
  ASSERT_EQ(group.members.size(), 1u);
  EXPECT_EQ(group.members[0].resolution_id, made.resolution_id);
}

TEST_P(MeetingLifeTest, Corrections_supersede_and_both_stay_visible) {
  const auto id = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  const auto point = item(opdc_, id, part_consider, "เรื่อง");
  call_and_open(id, "2020-02-03T03:00:00.000Z");
  auto day = as("opdc", "2020-02-03T04:00:00.000Z");
  const auto wrong =
      good(committees().resolve_item(day, at(point), resolution(ResolutionKind::approve, "เห็นชอบ")))
          .value;
  good(committees().close_meeting(day, at(id)));
  auto later = as("opdc", "2020-02-10T04:00:00.000Z");
  CorrectResolution in;
  in.reason = word<LongText>("จดมติผิด");
  in.kind = ResolutionKind::approve_in_principle;
  in.text_th = word<LongText>("เห็นชอบในหลักการ");
  const auto right = good(committees().correct_resolution(later, {{wrong.resolution_id}}, in));
  EXPECT_EQ(right.supersedes, wrong.resolution_id);
  EXPECT_EQ(right.kind_th.text(), "เห็นชอบในหลักการ");
  EXPECT_EQ(code_of(committees().correct_resolution(later, {{wrong.resolution_id}}, in)),
            "wrong_state");
  Query<ResolutionQuery> all;
  const auto listed = good(committees().list_resolutions(later, all));
  ASSERT_EQ(listed.items.size(), 2u);
  EXPECT_EQ(listed.items[1].superseded_by, right.resolution_id);

  CorrectMeeting place;
  place.reason = word<LongText>("ระบุสถานที่ผิด");
  place.place_th = word<Title>("ห้องประชุม 2");
  good(committees().correct_meeting(later, at(id), place));
  const auto shown = page(later, id);
  EXPECT_EQ(shown.meeting.place_th->text(), "ห้องประชุม 2");
  ASSERT_EQ(shown.corrections.size(), 1u);
  EXPECT_EQ(shown.corrections[0].was.value.place_th->text(), "ห้องประชุม ก.พ.ร. ชั้น 5");
}

TEST_P(MeetingLifeTest, Names_of_members_are_not_told_to_who_is_not_signed_in_nor_to_the_ledger) {
  NewMember in;
  in.seat = word<Key>("member");
  in.name_th = word<PersonName>("ผู้มีชื่อ");
  in.title_th = word<Title>("ผู้ทรงคุณวุฒิ");
  in.from_date = *Date::of(2020, 1, 1);
  in.order_number = word<Title>("478/2564");
  EXPECT_EQ(code_of(committees().appoint(opdc_, {{word<Key>(subcommittee)}}, in)), "required");
  in.order_date = *Date::of(2021, 2, 22);
  good(committees().appoint(opdc_, {{word<Key>(subcommittee)}}, in));
  Call nobody;
  nobody.now = opdc_.now;
  for (const auto& member :
       good(committees().get_body(nobody, {{word<Key>(subcommittee)}})).members)
    EXPECT_FALSE(member.name_th.has_value());
  bool told = false;
  for (const auto& member : good(committees().get_body(opdc_, {{word<Key>(subcommittee)}})).members)
    told = told || member.name_th.has_value();
  EXPECT_TRUE(told);
  for (const auto& entry : entries()) EXPECT_EQ(entry.change.find("ผู้มีชื่อ"), std::string::npos);
}

TEST_P(MeetingLifeTest, Papers_go_with_an_item_and_are_read_by_members_only) {
  const auto id = planned("1/2563", "2020-02-03T03:00:00.000Z", opdc_);
  const auto point = item(opdc_, id, part_consider, "เรื่อง");
  const Query<PaperQuery> name{{word<Text<1, 200>>("เอกสารประกอบ.pdf")}};
  EXPECT_EQ(code_of(committees().add_item_paper(opdc_, at(point), name,
                                                {"not a pdf", "application/pdf"})),
            "unsupported_media_type");
  const auto paper =
      good(committees().add_item_paper(opdc_, at(point), name, {"%PDF-1.4 ...", "application/pdf"}))
          .value;
  auto member = as("committee_member", "2020-01-12T02:00:00.000Z");
  EXPECT_EQ(code_of(committees().get_paper(member, {{paper.paper_id}})), "forbidden");
  member.caller->person_id = "person_of_member.1";
  EXPECT_EQ(good(committees().get_paper(member, {{paper.paper_id}})).body, "%PDF-1.4 ...");
}

CHANGWAT_ON_BOTH_ENGINES(MeetingLifeTest);

// ---- the urgent track

constexpr const char* committee_70 = "provincial_committee.70";

class UrgentMatterTest : public CommitteeLawTest {
 protected:
  void SetUp() override {
    CommitteeLawTest::SetUp();
    if (IsSkipped()) return;
    for (const auto& [key, title] : {std::pair{"chair", "ผู้ว่าราชการจังหวัด"},
                                     {"vice_governor", "รองผู้ว่าราชการจังหวัด"},
                                     {"palad", "ปลัดจังหวัด"},
                                     {"secretary", "หัวหน้าสำนักงานจังหวัด"}})
      members_.push_back(seat(office_, committee_70, key, title));
  }
  NewMatter flood() {
    NewMatter in;
    in.area = word<AreaCode>("7001");
    in.title_th = word<Title>("น้ำท่วมทางเข้าโรงพยาบาล");
    in.detail_th = word<LongText>("ถนนจมน้ำ");
    in.source = MatterSource::complaint;
    in.people_affected = 1200;
    in.risk_24_hours_th = word<LongText>("รถพยาบาลเข้าไม่ได้");
    in.risk_72_hours_th = word<LongText>("ยาหมด");
    in.money_source = MoneySource::provincial_management;
    in.lead_agency_th = word<Title>("ปภ.จังหวัด");
    in.due_at = *Instant::parse("2026-01-12T02:00:00.000Z");
    return in;
  }
  MatterId raised() { return good(committees().raise_matter(office_, flood())).value.matter_id; }
  Path<MatterPath> at_matter(const MatterId& id) { return {{id}}; }
  MatterRow matter(const MatterId& id) {
    return good(committees().get_matter(office_, at_matter(id))).matter;
  }
  GiveOrder order() {
    return {word<LongText>("ให้เปิดทางเบี่ยง"), word<Title>("123/2569"),
            word<LongText>("ตามกฎหมายว่าด้วยการป้องกันภัย")};
  }
  MeetingId meeting() {
    PlanMeeting in;
    in.body = word<Key>(committee_70);
    in.number = word<MeetingNumber>("1/2569");
    in.starts_at = *Instant::parse("2026-01-26T02:00:00.000Z");
    in.place_th = word<Title>("ศาลากลางจังหวัด");
    return good(committees().plan(office_, in)).value.meeting_id;
  }
  void opened(const MeetingId& id) {
    good(committees().call_meeting(office_, at(id), {}));
    Attendance in;
    for (const auto& member : members_) in.entries.push_back({member, Presence::present, {}});
    good(committees().take_attendance(office_, at(id), in));
    good(committees().open_meeting(office_, at(id)));
  }
  ResolveItem resolved(ResolutionKind kind) {
    ResolveItem in;
    in.kind = kind;
    in.text_th = word<LongText>("มติที่ประชุม");
    return in;
  }

  Call office_ = as("provincial_office", "2026-01-10T02:00:00.000Z", "70");
  Call governor_ = as("governor", "2026-01-10T03:00:00.000Z", "70");
  std::vector<MemberId> members_;
};

TEST_P(UrgentMatterTest,
       What_the_governor_did_first_comes_to_the_next_meeting_for_acknowledgement) {
  const auto id = raised();
  EXPECT_EQ(code_of(committees().order_matter(office_, at_matter(id), order())), "forbidden");
  good(committees().order_matter(governor_, at_matter(id), order()));
  EXPECT_EQ(matter(id).acknowledgement, Acknowledgement::due);
  const auto sitting = meeting();
  const auto items = page(office_, sitting).items;
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].part.count(), part_acknowledge);
  EXPECT_NE(items[0].detail_th->text().find("123/2569"), std::string::npos);
  EXPECT_EQ(matter(id).acknowledgement, Acknowledgement::tabled);
  office_.now = *Instant::parse("2026-01-26T02:00:00.000Z");
  opened(sitting);
  good(committees().resolve_item(office_, at(items[0].item_id),
                                 resolved(ResolutionKind::acknowledge)));
  EXPECT_EQ(matter(id).acknowledgement, Acknowledgement::acknowledged);
  EXPECT_EQ(matter(id).state, MatterState::ordered);
  EXPECT_EQ(code_of(committees().close_matter(office_, at_matter(id), {word<LongText>("จบ")})),
            "wrong_state");
  good(committees().report_matter(office_, at_matter(id), {word<LongText>("เปิดทางแล้ว"), {}}));
  good(committees().close_matter(office_, at_matter(id), {word<LongText>("จบ")}));
  std::vector<std::string> kinds;
  for (const auto& step : good(committees().get_matter(office_, at_matter(id))).steps)
    kinds.emplace_back(enum_name(step.kind));
  EXPECT_EQ(kinds.front(), "raised");
  EXPECT_EQ(std::set<std::string>(kinds.begin(), kinds.end()),
            (std::set<std::string>{"raised", "order", "acknowledged", "report", "closed"}));
}

TEST_P(UrgentMatterTest, An_order_is_printed_with_what_it_is_about_and_the_law_it_names) {
  const auto id = raised();
  EXPECT_EQ(code_of(committees().print_order(office_, at_matter(id))), "wrong_state");
  good(committees().order_matter(governor_, at_matter(id), order()));
  expect_in_order(said_by(committees().print_order(office_, at_matter(id))),
                  {"คำสั่ง", "ที่ ๑๒๓/๒๕๖๙", "อาศัยอำนาจตามกฎหมายว่าด้วยการป้องกันภัย จึงมีคำสั่ง", "ข้อ ๑",
                   "ให้เปิดทางเบี่ยง", "สั่ง ณ วันที่ ๑๐ มกราคม พ.ศ. ๒๕๖๙"});
  auto elsewhere = as("governor", "2026-01-10T03:00:00.000Z", "40");
  EXPECT_EQ(code_of(committees().print_order(elsewhere, at_matter(id))), "forbidden");
}

TEST_P(UrgentMatterTest, An_acknowledgement_that_the_meeting_did_not_reach_comes_back) {
  const auto id = raised();
  good(committees().order_matter(governor_, at_matter(id), order()));
  const auto sitting = meeting();
  good(committees().cancel_meeting(office_, at(sitting), {word<LongText>("เลื่อน")}));
  EXPECT_EQ(matter(id).acknowledgement, Acknowledgement::due);
}

TEST_P(UrgentMatterTest, A_tabled_matter_is_resolved_and_then_ordered) {
  const auto id = raised();
  const auto sitting = meeting();
  good(
      committees().table_matter(office_, at_matter(id), {sitting, word<LongText>("ขอความเห็นชอบ")}));
  opened(sitting);
  const auto item = page(office_, sitting).items.at(0);
  good(committees().resolve_item(office_, at(item.item_id), resolved(ResolutionKind::approve)));
  EXPECT_EQ(matter(id).state, MatterState::resolved);
  EXPECT_TRUE(matter(id).resolution_id.has_value());
  good(committees().order_matter(governor_, at_matter(id), order()));
  EXPECT_EQ(matter(id).acknowledgement, Acknowledgement::not_needed);
  // Not public: it is a province's own committee.
  Query<ResolutionQuery> all;
  all.value.body = word<Key>(committee_70);
  EXPECT_TRUE(good(committees().list_resolutions(office_, all)).items.empty());
}

TEST_P(UrgentMatterTest, A_circulation_decides_a_matter_or_sets_it_free) {
  const auto id = raised();
  good(committees().circulate_matter(
      office_, at_matter(id),
      {word<MeetingNumber>("ว1/2569"), word<LongText>("เห็นชอบให้ใช้เงิน"),
       *Instant::parse("2026-01-10T08:00:00.000Z")}));
  EXPECT_EQ(matter(id).state, MatterState::circulating);
  const auto round = *matter(id).meeting_id;
  good(committees().answer_circulation(governor_, at(round), {CirculationAnswer::agree, {}}));
  auto after = office_;
  after.now = *Instant::parse("2026-01-10T09:00:00.000Z");
  // One answer of four is no quorum.
  good(committees().count_circulation(after, at(round)));
  EXPECT_EQ(matter(id).state, MatterState::raised);
  good(committees().circulate_matter(
      after, at_matter(id),
      {word<MeetingNumber>("ว2/2569"), word<LongText>("เห็นชอบให้ใช้เงิน"),
       *Instant::parse("2026-01-10T12:00:00.000Z")}));
  const auto second = *matter(id).meeting_id;
  auto governor = governor_, secretary = after;
  governor.now = secretary.now = *Instant::parse("2026-01-10T10:00:00.000Z");
  good(committees().answer_circulation(governor, at(second), {CirculationAnswer::agree, {}}));
  good(committees().answer_circulation(secretary, at(second), {CirculationAnswer::agree, {}}));
  after.now = *Instant::parse("2026-01-10T13:00:00.000Z");
  good(committees().count_circulation(after, at(second)));
  EXPECT_EQ(matter(id).state, MatterState::resolved);
}

TEST_P(UrgentMatterTest, The_board_shows_overdue_first_and_each_reader_the_own_area) {
  auto late = flood();
  late.title_th = word<Title>("ช้า");
  late.due_at = *Instant::parse("2026-01-10T06:00:00.000Z");
  const auto first = raised();
  good(committees().raise_matter(office_, late));
  auto reader = office_;
  reader.now = *Instant::parse("2026-01-11T02:00:00.000Z");
  const auto board = good(committees().list_matters(reader, {}));
  ASSERT_EQ(board.items.size(), 2u);
  EXPECT_TRUE(board.items[0].overdue);
  EXPECT_EQ(board.items[0].matter.title_th.text(), "ช้า");
  EXPECT_EQ(board.items[0].matter.number.text(), "2/2569");
  EXPECT_FALSE(board.items[1].overdue);
  EXPECT_EQ(board.items[1].hours_24_at.text(), "2026-01-11T02:00:00.000Z");
  auto other = as("provincial_office", "2026-01-11T02:00:00.000Z", "40");
  EXPECT_TRUE(good(committees().list_matters(other, {})).items.empty());
  EXPECT_EQ(code_of(committees().get_matter(other, at_matter(first))), "forbidden");
  auto district = as("district", "2026-01-11T02:00:00.000Z", "7001");
  EXPECT_EQ(good(committees().list_matters(district, {})).items.size(), 2u);
}

// ---- the demonstration

class CommitteesDemoTest : public CommitteeLawTest {};

TEST_P(CommitteesDemoTest, The_demonstration_gives_each_account_something_to_do_and_is_marked) {
  const auto now = *Instant::parse("2026-11-25T08:00:00.000Z");
  const auto caller_named = [](std::string_view username) -> std::optional<Caller> {
    if (username == "opdc") return as("opdc", "2026-11-25T08:00:00.000Z").caller;
    if (username == "office.70")
      return as("provincial_office", "2026-11-25T08:00:00.000Z", "70").caller;
    return std::nullopt;
  };
  auto json = file_text("data/demo/committees.json");
  // The resolver of these tests knows accounts by this beginning.
  const auto at = json.find("\"account\": \"committee\"");
  ASSERT_NE(at, json.npos);
  json.replace(at, 22, "\"account\": \"member.1\"");
  const auto loaded = load_demo(committees(), json, caller_named, now);
  ASSERT_TRUE(loaded.ok()) << loaded.problem().en;
  EXPECT_EQ(count("meeting WHERE demonstration"), 3);
  EXPECT_EQ(count("meeting WHERE recorded_at > '2026' AND NOT demonstration"), 0);
  EXPECT_EQ(count("urgent_matter WHERE demonstration"), 1);
  auto office = as("provincial_office", "2026-11-25T08:00:00.000Z", "70");
  const auto running = good(committees().list_running(office)).items;
  ASSERT_EQ(running.size(), 2u);
  EXPECT_EQ(running[1].meeting.state, MeetingState::called);
  std::vector<std::string> came;
  for (const auto& item : page(office, running[1].meeting.meeting_id).items)
    if (item.source_kind) came.push_back(item.source_kind->text());
  EXPECT_EQ(came, (std::vector<std::string>{"minutes", "assignment"}));
  auto member = as("committee_member", "2026-11-25T08:00:00.000Z");
  member.caller->person_id = "person_of_member.1";
  const auto mine = good(committees().list_running(member)).items;
  ASSERT_EQ(mine.size(), 1u);
  EXPECT_TRUE(mine[0].waits_for_my_answer);
}

CHANGWAT_ON_BOTH_ENGINES(UrgentMatterTest);
CHANGWAT_ON_BOTH_ENGINES(CommitteesDemoTest);

}  // namespace
}  // namespace changwat::committees
