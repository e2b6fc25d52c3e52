#include "modules/committees/life.hpp"

#include <algorithm>

#include "modules/committees/rules.hpp"

namespace changwat::committees {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t people_max = 100'000'000;

NewMeeting as_meeting(const Key& body, const MeetingNumber& number, Date on) {
  NewMeeting in;
  in.body = body;
  in.number = number;
  in.on_date = on;
  return in;
}

bool ended(MatterState state) {
  return state == MatterState::closed || state == MatterState::withdrawn;
}

void need_ahead(std::vector<FieldError>& wrong, const char* pointer, Instant at, Instant now) {
  if (at <= now)
    wrong.push_back({pointer, "in_past", "ต้องเป็นเวลาในอนาคต", "must lie in the future"});
}

}  // namespace

bool agenda_open(MeetingState state) {
  return state == MeetingState::planned || state == MeetingState::called ||
         state == MeetingState::open;
}

bool was_held(MeetingState state) {
  return state == MeetingState::recorded || state == MeetingState::closed ||
         state == MeetingState::minutes_drafted || state == MeetingState::minutes_adopted;
}

ItemNumber number_of(AgendaPart part, std::int64_t position) {
  return *ItemNumber::parse(std::to_string(part.count()) + "." + std::to_string(position));
}

std::vector<FieldError> faults(const PlanMeeting& plan, const Body& body, Instant now) {
  auto wrong = faults(as_meeting(plan.body, plan.number, plan.starts_at.bangkok_date()), body);
  for (auto& error : wrong)
    if (error.pointer == "/on_date") error.pointer = "/starts_at";
  if (plan.number.circulated())
    wrong.push_back({"/number", "circulation_number", "เลข ว ใช้กับการเวียนมติ",
                     "a number with ว is for a circulation"});
  need_ahead(wrong, "/starts_at", plan.starts_at, now);
  return wrong;
}

std::vector<FieldError> faults(const NewCirculation& circulation, const Body& body, Instant now) {
  auto wrong = faults(as_meeting(circulation.body, circulation.number, now.bangkok_date()), body);
  if (!circulation.number.circulated())
    wrong.push_back({"/number", "circulation_number", "การเวียนมติใช้เลข ว เช่น ว1/2569",
                     "a circulation is numbered with ว, such as ว1/2569"});
  need_ahead(wrong, "/deadline_at", circulation.deadline_at, now);
  return wrong;
}

std::vector<FieldError> faults(const NewMember& member, const Constitution& law) {
  std::vector<FieldError> wrong;
  if (!law.seat(member.seat))
    wrong.push_back({"/seat", "unknown_seat", "คณะนี้ไม่มีตำแหน่งดังกล่าว", "the body has no such seat"});
  if (member.to_date && *member.to_date < member.from_date)
    wrong.push_back({"/to_date", "before_beginning", "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
                     "the last day must not be before the first"});
  if (member.order_number.has_value() != member.order_date.has_value())
    wrong.push_back({member.order_number ? "/order_date" : "/order_number", "required",
                     "ต้องระบุทั้งเลขที่และวันที่ของคำสั่ง", "number and day of the order go together"});
  return wrong;
}

std::vector<FieldError> faults(const NewMatter& matter, Instant now) {
  std::vector<FieldError> wrong;
  if (matter.people_affected < 0 || matter.people_affected > people_max)
    wrong.push_back({"/people_affected", "out_of_range", "ต้องเป็นจำนวนคนตั้งแต่ 0",
                     "must be a number of people, not below 0"});
  need_ahead(wrong, "/due_at", matter.due_at, now);
  return wrong;
}

bool proved(const std::vector<AssignmentReportRow>& reports, const std::vector<PaperRow>& papers) {
  return !reports.empty() &&
         (!papers.empty() || std::any_of(reports.begin(), reports.end(), [](const auto& report) {
           return report.evidence_th.has_value();
         }));
}

Title shortened(std::string_view text, std::size_t length_max) {
  std::string out;
  std::size_t points = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++points > length_max) {
      out += "…";
      break;
    }
    out += c == '\n' ? ' ' : c;
  }
  return *Title::parse(out);
}

Matter on_board(const MatterRow& row, Instant now) {
  return {row, row.raised_at.plus_ms(24 * hour_ms), row.raised_at.plus_ms(72 * hour_ms),
          !ended(row.state) && row.due_at < now};
}

void in_order_of_urgency(std::vector<Matter>& matters) {
  const auto key = [](const Matter& one) {
    return std::tuple(ended(one.matter.state), !one.overdue, one.matter.due_at.unix_ms());
  };
  std::stable_sort(matters.begin(), matters.end(),
                   [&](const Matter& a, const Matter& b) { return key(a) < key(b); });
}

}  // namespace changwat::committees
