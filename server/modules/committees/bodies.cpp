// Bodies and who sits in them.

#include <algorithm>

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/store.hpp"
#include "modules/committees/store_meetings.hpp"

namespace changwat::committees {
namespace {

struct Completed {
  std::int64_t added = 0, changed = 0;
};
BOOST_DESCRIBE_STRUCT(Completed, (), (added, changed))

struct MemberChange {  // no name: the ledger lives for ever
  Key body;
  Key seat;
  std::optional<Title> order_number;
  Date from_date;
  std::optional<Date> to_date;
};
BOOST_DESCRIBE_STRUCT(MemberChange, (), (body, seat, order_number, from_date, to_date))

MemberChange change_of(const MemberRow& row) {
  return {row.body, row.seat, row.order_number, row.from_date, row.to_date};
}

}  // namespace

Result<Done> Committees::complete(const Call& call, const std::vector<Province>& provinces) {
  return acts_.run<Done>(call, "committees.complete", [&](Tx& tx) -> Result<Done> {
    Completed done;
    auto present = store::bodies(tx.db);
    for (auto& body : present) {
      const auto* served = book_.served(body.code);
      if (!served ||
          (body.constitution == served->constitution && body.secretariat == served->secretariat))
        continue;
      body.constitution = served->constitution;
      body.secretariat = served->secretariat;
      store::change(tx.db, body);
      ++done.changed;
    }
    for (const auto& body : book_.bodies(provinces)) {
      if (std::any_of(present.begin(), present.end(),
                      [&](const Body& one) { return one.code == body.code; }))
        continue;
      store::add(tx.db, body);
      ++done.added;
    }
    if (done.added + done.changed == 0) return errors::conflict;
    tx.record({.subject_kind = "committees", .subject_id = "bodies", .change = {to_json(done)}});
    return Done{};
  });
}

Result<authority::Permit> Committees::permit_of(const Call& call, std::string_view act,
                                                const Body& body) const {
  Call narrowed = call;
  if (narrowed.caller)
    std::erase_if(narrowed.caller->offices, [&](const HeldOffice& office) {
      return !body.secretariat || office.role != body.secretariat->text();
    });
  return authority_.decide(narrowed, act, {.area = body.province});
}

bool Committees::is_member(const Call& call, const Body& body, const MemberRow& member) const {
  if (!call.caller) return false;
  if (member.person_id) return *member.person_id == call.caller->person_id;
  const auto* law = book_.constitution(body, call.now.bangkok_date());
  const auto* seat = law ? law->seat(member.seat) : nullptr;
  if (!seat || !seat->role) return false;
  return std::any_of(call.caller->offices.begin(), call.caller->offices.end(),
                     [&](const HeldOffice& office) {
                       return office.role == seat->role->text() && office.area == body.province;
                     });
}

std::optional<MemberRow> Committees::myself(db::Connection& db, const Call& call, const Body& body,
                                            Date on) const {
  for (auto& member : store::members_on(db, body.code, on))
    if (is_member(call, body, member)) return member;
  return std::nullopt;
}

Result<Done> Committees::readable(db::Connection& db, const Call& call, const Body& body,
                                  Date on) const {
  if (myself(db, call, body, on)) return Done{};
  TRY(authority_.decide(call, "meeting.read", {.area = body.province}));
  return Done{};
}

CommitteeMember Committees::shown(const MemberRow& row, const Body& body, bool with_name) const {
  CommitteeMember out{row.member_id,
                      row.seat,
                      row.title_th,
                      row.title_th,
                      SeatPlace::member,
                      true,
                      with_name ? row.name_th : std::nullopt,
                      row.title_th,
                      row.title_en,
                      row.order_number,
                      row.order_date,
                      row.resolution_id,
                      row.from_date,
                      row.to_date,
                      with_name ? row.end_reason : std::nullopt};
  const auto* law = book_.constitution(body, row.from_date);
  if (const auto* seat = law ? law->seat(row.seat) : nullptr) {
    out.seat_th = seat->title_th;
    out.seat_en = seat->title_en;
    out.place = seat->place;
    out.voting = seat->voting;
  }
  return out;
}

Result<MemberRow> Committees::seat_within(Tx& tx, const Call& call, const Body& body,
                                          const NewMember& in, std::int64_t position) {
  const auto* law = book_.constitution(body, in.from_date);
  if (!law)
    return Problem(errors::wrong_state, "ยังไม่มีข้อมูลองค์ประกอบของคณะนี้ในวันดังกล่าว",
                   "The seats of this body on that day are not known.");
  auto wrong = faults(in, *law);
  std::optional<std::string> person;
  if (in.username) {
    person = person_named_ ? person_named_(*in.username) : std::nullopt;
    if (!person)
      wrong.push_back({"/username", "unknown_account", "ไม่พบบัญชีผู้ใช้นี้", "there is no such account"});
  }
  if (!wrong.empty()) return Problem(std::move(wrong));
  const auto& seat = *law->seat(in.seat);
  const auto sitting = store::members_on(tx.db, body.code, in.from_date);
  const auto taken = std::count_if(sitting.begin(), sitting.end(),
                                   [&](const MemberRow& one) { return one.seat == in.seat; });
  if (seat.count && taken >= *seat.count)
    return Problem(errors::conflict, "ตำแหน่งนี้มีผู้ดำรงตำแหน่งครบแล้วในวันดังกล่าว",
                   "This seat is taken on that day.");
  if (sitting.size() >= 300)
    return Problem(errors::conflict, "มีกรรมการครบ 300 คนแล้ว", "There are 300 members already.");
  const MemberRow row{MemberId::make(call.now),
                      body.code,
                      in.seat,
                      position,
                      in.name_th,
                      in.title_th,
                      in.title_en,
                      person,
                      in.order_number,
                      in.order_date,
                      in.resolution_id,
                      in.from_date,
                      in.to_date,
                      std::nullopt,
                      call.now};
  store::add(tx.db, row);
  return row;
}

Result<BodyList> Committees::list_bodies(Call&, const Query<BodyQuery>& query) {
  return BodyList{
      database_.read([&](db::Connection& db) { return store::bodies_of(db, query->province); })};
}

Result<BodyPage> Committees::get_body(Call& call, const Path<BodyPath>& path) {
  return database_.snapshot([&](db::Connection& db) -> Result<BodyPage> {
    const auto body = store::body(db, path->code);
    if (!body) return errors::not_found;
    BodyPage page;
    page.body = *body;
    if (const auto* law = book_.constitution(*body, call.now.bangkok_date()))
      page.constitution = *law;
    for (const auto& row : store::members(db, body->code))
      page.members.push_back(shown(row, *body, call.caller.has_value()));
    page.acted_for_by_me = permit_of(call, "meeting.plan", *body).ok();
    return page;
  });
}

Result<Created<CommitteeMember>> Committees::appoint(Call& call, const Path<BodyPath>& path,
                                                     const NewMember& in) {
  auto made =
      acts_.run<CommitteeMember>(call, "member.appoint", [&](Tx& tx) -> Result<CommitteeMember> {
        const auto body = store::body(tx.db, path->code);
        if (!body) return errors::not_found;
        const auto permit = TRY(permit_of(call, "member.appoint", *body));
        const auto position =
            static_cast<std::int64_t>(store::members(tx.db, body->code).size()) + 1;
        const auto row = TRY(seat_within(tx, call, *body, in, position));
        tx.record({.subject_kind = "committee_member",
                   .subject_id = row.member_id.text(),
                   .province = body->province,
                   .office_id = permit.office_id,
                   .authority = permit.chain(),
                   .change = {to_json(change_of(row))}});
        return shown(row, *body, true);
      });
  if (!made.ok()) return std::move(made).problem();
  return Created<CommitteeMember>{std::move(made).value()};
}

Result<CommitteeMember> Committees::end_membership(Call& call, const Path<MemberPath>& path,
                                                   const EndMember& in) {
  return acts_.run<CommitteeMember>(call, "member.end", [&](Tx& tx) -> Result<CommitteeMember> {
    auto row = store::member(tx.db, path->member_id);
    if (!row) return errors::not_found;
    const auto body = *store::body(tx.db, row->body);
    const auto permit = TRY(permit_of(call, "member.end", body));
    if (row->end_reason)
      return Problem(errors::wrong_state, "บันทึกการพ้นจากตำแหน่งไว้แล้ว",
                     "The end is recorded already.");
    if (in.to_date < row->from_date)
      return Problem({{"/to_date", "before_beginning", "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
                       "the last day must not be before the first"}});
    row->to_date = in.to_date;
    row->end_reason = in.reason;
    store::change(tx.db, *row);
    tx.record({.subject_kind = "committee_member",
               .subject_id = row->member_id.text(),
               .province = body.province,
               .office_id = permit.office_id,
               .authority = permit.chain(),
               .change = {to_json(change_of(*row))}});
    return shown(*row, body, true);
  });
}

}  // namespace changwat::committees
