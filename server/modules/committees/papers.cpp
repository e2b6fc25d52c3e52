// Official papers of meetings and orders, printed from the record when they are asked for.

#include "platform/documents/attachments.hpp"
#include "platform/http/attachment.hpp"

#include "modules/committees/committees.hpp"
#include "modules/committees/life.hpp"
#include "modules/committees/on_paper.hpp"
#include "modules/committees/store.hpp"

namespace changwat::committees {

template <class Content>
Result<http::Response> Committees::print(const Content& content, bool draft, const std::string& key,
                                         const std::string& name) const {
  if (!printer_) return documents::paper::no_typeface;
  auto printed = TRY(printer_->print(content, {.draft = draft}));
  return http::attachment(
      "application/pdf",
      documents::content_disposition(*Key::parse(key), name + ".pdf", "application/pdf"),
      std::move(printed.pdf));
}

Result<http::Response> Committees::print_minutes(Call& call, const Path<MeetingPath>& path) {
  const auto page = TRY(get_meeting(call, path));
  const auto& meeting = page.meeting;
  if (meeting.form == MeetingForm::circulation ||
      !(was_held(meeting.state) || meeting.state == MeetingState::open))
    return Problem(errors::wrong_state, "รายงานการประชุมมีเมื่อเปิดประชุมแล้ว และมติเวียนไม่มีรายงานการประชุม",
                   "There are minutes once a meeting is open; a circulation has none.");
  const auto resolutions =
      database_.read([&](db::Connection& db) { return store::of_meeting(db, meeting.meeting_id); });
  return print(minutes_on_paper(page, resolutions), minutes_are_draft(meeting), "minutes",
               "รายงานการประชุม " + meeting.number.text());
}

Result<http::Response> Committees::print_call(Call& call, const Path<MeetingPath>& path) {
  const auto page = TRY(get_meeting(call, path));
  const auto& meeting = page.meeting;
  if (meeting.state == MeetingState::recorded)
    return Problem(errors::wrong_state, "การประชุมที่บันทึกภายหลังวันประชุมไม่มีหนังสือเชิญในระบบ",
                   "A meeting that was recorded after the day was not called here.");
  return print(call_on_paper(page), call_is_draft(meeting), "call",
               "หนังสือเชิญประชุม " + meeting.number.text());
}

Result<http::Response> Committees::print_order(Call& call, const Path<MatterPath>& path) {
  const auto page = TRY(get_matter(call, path));
  return print(TRY(order_on_paper(page)), false, "order", "คำสั่ง " + page.matter.number.text());
}

}  // namespace changwat::committees
