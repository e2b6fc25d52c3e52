#include "modules/committees/demo.hpp"

namespace changwat::committees {
namespace {

constexpr std::int64_t hour_ms = 3'600'000, day_ms = 24 * hour_ms;

struct DemoMember {
  Key body;
  Key by;
  Key seat;
  Title title_th;
  Title title_en;
  std::optional<Key> account;
};
BOOST_DESCRIBE_STRUCT(DemoMember, (), (body, by, seat, title_th, title_en, account))

struct DemoItem {
  AgendaPart part;
  Title title_th;
  std::optional<LongText> detail_th;
  std::optional<LongText> proposal_th;
  ResolutionKind kind = ResolutionKind::approve;
  std::optional<LongText> resolution_th;
  std::optional<LongText> work_th;
  std::optional<Title> responsible_th;
  std::optional<std::int64_t> due_in_days;
};
BOOST_DESCRIBE_STRUCT(DemoItem, (),
                      (part, title_th, detail_th, proposal_th, kind, resolution_th, work_th,
                       responsible_th, due_in_days))

struct DemoMeeting {
  Key body;
  Key by;
  std::int64_t order = 1;
  std::int64_t days_from_now = 0;
  bool held = false;
  Title place_th;
  List<DemoItem, 50> items;
};
BOOST_DESCRIBE_STRUCT(DemoMeeting, (), (body, by, order, days_from_now, held, place_th, items))

struct DemoCirculation {
  Key body;
  Key by;
  std::int64_t order = 1;
  std::int64_t days = 7;
  Title title_th;
  LongText detail_th;
  LongText proposal_th;
};
BOOST_DESCRIBE_STRUCT(DemoCirculation, (),
                      (body, by, order, days, title_th, detail_th, proposal_th))

struct DemoMatter {
  Key by;
  std::int64_t hours = 24;
  AreaCode area;
  Title title_th;
  LongText detail_th;
  MatterSource source = MatterSource::complaint;
  std::optional<Title> source_reference;
  std::int64_t people_affected = 0;
  LongText risk_24_hours_th;
  LongText risk_72_hours_th;
  MoneySource money_source = MoneySource::not_known;
  std::optional<Satang> money_satang;
  Title lead_agency_th;
};
BOOST_DESCRIBE_STRUCT(DemoMatter, (),
                      (by, hours, area, title_th, detail_th, source, source_reference,
                       people_affected, risk_24_hours_th, risk_72_hours_th, money_source,
                       money_satang, lead_agency_th))

struct Demo {
  std::string notice_th;
  std::string notice_en;
  List<DemoMember, 100> members;
  List<DemoMeeting, 20> meetings;
  List<DemoCirculation, 20> circulations;
  List<DemoMatter, 20> matters;
};
BOOST_DESCRIBE_STRUCT(Demo, (), (notice_th, notice_en, members, meetings, circulations, matters))

MeetingNumber number_of(std::int64_t order, Date on, const char* series) {
  return *MeetingNumber::parse(series + std::to_string(order) + "/" +
                               std::to_string(on.year() + 543));
}

class Loader {
 public:
  Loader(Committees& committees, const CallerOf& caller_of, Instant now)
      : committees_(committees), caller_of_(caller_of), now_(now) {}

  Result<Done> load(const Demo& demo) {
    for (const auto& member : demo.members) TRY(seat(member));
    for (const auto& meeting : demo.meetings) TRY(run(meeting));
    for (const auto& round : demo.circulations) {
      const auto call = TRY(as(round.by, now_));
      TRY(committees_.send_round(
          call,
          {round.body, number_of(round.order, now_.bangkok_date(), "ว"), round.title_th,
           round.detail_th, round.proposal_th, now_.plus_ms(round.days * day_ms)},
          Origin::demonstration));
    }
    for (const auto& matter : demo.matters) {
      const auto call = TRY(as(matter.by, now_));
      TRY(committees_.raise(
          call,
          {matter.area, matter.title_th, matter.detail_th, matter.source, matter.source_reference,
           matter.people_affected, matter.risk_24_hours_th, matter.risk_72_hours_th, std::nullopt,
           matter.money_source, matter.money_satang, matter.lead_agency_th,
           now_.plus_ms(matter.hours * hour_ms)},
          Origin::demonstration));
    }
    return Done{};
  }

 private:
  Result<Call> as(const Key& username, Instant at) const {
    return call_by(caller_of_, username.text(), at);
  }

  Result<Done> seat(const DemoMember& member) {
    auto call = TRY(as(member.by, now_));
    NewMember in;
    in.seat = member.seat;
    in.title_th = member.title_th;
    in.title_en = member.title_en;
    in.username = member.account;
    in.from_date = now_.bangkok_date().plus_days(-365);
    TRY(committees_.appoint(call, {{member.body}}, in));
    return Done{};
  }

  // Planned five days before; a meeting that was held ends with minutes to adopt, another is
  // called.
  Result<Done> run(const DemoMeeting& demo) {
    const auto day = now_.bangkok_date().plus_days(static_cast<int>(demo.days_from_now));
    const auto starts = Instant::bangkok(day, 9, 30, 0);
    auto call = TRY(as(demo.by, demo.held ? starts.plus_ms(-5 * day_ms) : now_));
    const auto meeting = TRY(committees_.plan_meeting(
        call, {demo.body, number_of(demo.order, day, ""), starts, demo.place_th, {}, {}, {}},
        Origin::demonstration));
    const Path<MeetingPath> path{{meeting.meeting_id}};
    std::vector<AgendaItemId> items;
    for (const auto& item : demo.items)
      items.push_back(
          TRY(committees_.add_item(
                  call, path, {item.part, item.title_th, {}, item.detail_th, item.proposal_th}))
              .value.item_id);
    TRY(committees_.call_meeting(call, path, {}));
    if (!demo.held) return Done{};
    call.now = starts;
    const auto page = TRY(committees_.get_meeting(call, path));
    Attendance attendance;
    for (const auto& seated : page.members)
      attendance.entries.push_back({seated.member.member_id, Presence::present, {}});
    TRY(committees_.take_attendance(call, path, attendance));
    TRY(committees_.open_meeting(call, path));
    for (std::size_t i = 0; i < items.size(); ++i) TRY(resolve(call, items[i], demo.items[i], day));
    call.now = starts.plus_ms(2 * hour_ms);
    TRY(committees_.close_meeting(call, path));
    TRY(committees_.draft_minutes(call, path));
    return Done{};
  }

  Result<Done> resolve(Call& call, const AgendaItemId& id, const DemoItem& item, Date day) {
    if (!item.resolution_th) return Done{};
    ResolveItem in;
    in.kind = item.kind;
    in.text_th = *item.resolution_th;
    if (item.work_th) {
      NewAssignment work;
      work.text_th = *item.work_th;
      work.responsible_th = item.responsible_th.value_or(*Title::parse("สำนักงานจังหวัด"));
      if (item.due_in_days)
        work.due = now_.bangkok_date().plus_days(static_cast<int>(*item.due_in_days));
      if (work.due && *work.due < day) work.due = day;
      in.follow_up = List<NewAssignment, 50>{work};
    }
    TRY(committees_.resolve_item(call, {{id}}, in));
    return Done{};
  }

  Committees& committees_;
  const CallerOf& caller_of_;
  Instant now_;
};

}  // namespace

Result<Done> load_demo(Committees& committees, std::string_view json, const CallerOf& caller_of,
                       Instant now) {
  const auto demo = TRY(read_json<Demo>(json));
  return Loader(committees, caller_of, now).load(demo);
}

}  // namespace changwat::committees
