#include "modules/committees/rules.hpp"

#include <algorithm>

namespace changwat::committees {
namespace {

bool digits(std::string_view text) {
  return !text.empty() && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<MeetingNumber> MeetingNumber::parse(std::string_view raw) {
  constexpr std::string_view round = "ว";
  auto rest = raw;
  const bool circulated = rest.starts_with(round);
  if (circulated) rest.remove_prefix(round.size());
  const auto slash = rest.find('/');
  if (slash == rest.npos || slash > 3) return std::nullopt;
  const auto number = rest.substr(0, slash), year = rest.substr(slash + 1);
  if (!digits(number) || !digits(year) || year.size() != 4) return std::nullopt;
  MeetingNumber out;
  out.value_ = raw;
  out.circulated_ = circulated;
  out.buddhist_year_ = std::stoi(std::string(year));
  if (out.buddhist_year_ < 2400 || out.buddhist_year_ > 2799) return std::nullopt;
  return out;
}

Word MeetingNumber::word() {
  return {.name = "MeetingNumber",
          .format = "",
          .pattern = "^ว?[1-9][0-9]{0,2}/2[4-7][0-9]{2}$",
          .min = 6,
          .max = 9,
          .th = "ต้องเป็นครั้งที่และปี พ.ศ. เช่น 1/2564",
          .en = "must be a number and a Buddhist year, such as 1/2564"};
}

std::optional<ItemNumber> ItemNumber::parse(std::string_view raw) {
  if (raw.empty() || raw.size() > 15) return std::nullopt;
  auto rest = raw;
  for (int level = 0; level < 4; ++level) {
    const auto dot = rest.find('.');
    if (!digits(rest.substr(0, dot)) || std::min(dot, rest.size()) > 3) return std::nullopt;
    if (dot == rest.npos) {
      ItemNumber out;
      out.value_ = raw;
      return out;
    }
    rest.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

Word ItemNumber::word() {
  return {.name = "ItemNumber",
          .format = "",
          .pattern = "^[1-9][0-9]{0,2}(\\.[1-9][0-9]{0,2}){0,3}$",
          .min = 1,
          .max = 15,
          .th = "ต้องเป็นเลขข้อ เช่น 1 หรือ 1.2",
          .en = "must be the number of an item, such as 1 or 1.2"};
}

std::string_view verb_th(ResolutionKind kind) {
  switch (kind) {
    case ResolutionKind::approve:
      return "เห็นชอบ";
    case ResolutionKind::approve_in_principle:
      return "เห็นชอบในหลักการ";
    case ResolutionKind::approve_with_changes:
      return "เห็นชอบโดยให้แก้ไข";
    case ResolutionKind::acknowledge:
      return "รับทราบ";
    case ResolutionKind::revise:
      return "ให้ปรับ";
    case ResolutionKind::reject:
      return "ไม่เห็นชอบ";
    case ResolutionKind::assign:
      return "มอบหมาย";
    case ResolutionKind::defer:
      return "เลื่อน";
    case ResolutionKind::withdraw:
      return "ถอนเรื่อง";
  }
  CHECK(false);
  return {};
}

std::vector<FieldError> faults(const NewMeeting& meeting, const Body& body) {
  std::vector<FieldError> wrong;
  if ((body.valid_from && meeting.on_date < *body.valid_from) ||
      (body.valid_to && meeting.on_date > *body.valid_to))
    wrong.push_back({"/on_date", "body_does_not_exist_then", "ในวันดังกล่าวยังไม่มีหรือไม่มีคณะนี้แล้ว",
                     "the body does not exist on that day"});
  const auto year = meeting.number.buddhist_year();
  if (year != meeting.on_date.year() + 543 && year != FiscalYear::of(meeting.on_date).buddhist())
    wrong.push_back({"/number", "wrong_year", "ปีในครั้งที่ประชุมไม่ตรงกับวันประชุม",
                     "the year of the number is not that of the day"});
  return wrong;
}

std::vector<FieldError> faults(const NewResolution& resolution, const Meeting& meeting,
                               Date today) {
  std::vector<FieldError> wrong;
  const auto on = resolution.on_date.value_or(meeting.on_date);
  if (on < meeting.on_date)
    wrong.push_back({"/on_date", "before_meeting",
                     "วันที่มีมติต้องไม่ก่อนวันประชุม (" + thai::date(meeting.on_date) + ")",
                     "must not be before the day of the meeting, " + meeting.on_date.text()});
  if (on > today)
    wrong.push_back({"/on_date", "in_future", "ยังไม่ถึงวันที่มีมติ", "must not be in the future"});
  if (resolution.subject_kind.has_value() != resolution.subject_id.has_value())
    wrong.push_back({resolution.subject_kind ? "/subject_id" : "/subject_kind", "required",
                     "ต้องระบุทั้งชนิดและรหัสของเรื่อง", "kind and id of the subject go together"});
  return wrong;
}

bool decided(const std::vector<Resolution>& of_meeting, const NewResolution& resolution) {
  return std::any_of(of_meeting.begin(), of_meeting.end(), [&](const Resolution& other) {
    return other.number == resolution.number && other.subject_kind == resolution.subject_kind &&
           other.subject_id == resolution.subject_id;
  });
}

}  // namespace changwat::committees
