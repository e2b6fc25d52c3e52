#include "modules/programme/rules.hpp"

#include <algorithm>
#include <set>

#include "base/json_differences.hpp"

namespace changwat::programme {
namespace {

bool on_whole_second(Instant moment) {
  return moment.unix_ms() % 1000 == 0;
}

FieldError whole_second(std::string_view pointer) {
  return {std::string(pointer), "not_whole_second", "กำหนดเวลาต้องลงตัวเป็นวินาที",
          "must be on a whole second"};
}

struct StateName {
  ApplicationState state;
  const char* th;
  const char* en;
};
constexpr StateName state_names[] = {
    {State::draft, "ร่าง", "a draft"},
    {State::submitted, "ยื่นแล้ว รอตรวจ", "submitted and waiting to be checked"},
    {State::returned, "ส่งกลับให้แก้ไข", "returned for correction"},
    {State::screening, "อยู่ระหว่างกลั่นกรอง", "being screened"},
    {State::advised, "ได้รับข้อเสนอแนะแล้ว", "advised on"},
    {State::approved, "เห็นชอบแล้ว", "approved"},
    {State::acknowledged, "รับทราบแล้ว", "acknowledged"},
    {State::revising, "อยู่ระหว่างปรับตามมติ", "being revised"},
    {State::rejected, "ไม่เห็นชอบ", "rejected"},
    {State::withdrawn, "ถอนแล้ว", "withdrawn"},
};

}  // namespace

ApplicationState state_after(Outcome outcome) {
  switch (outcome) {
    case Outcome::approve:
      return State::approved;
    case Outcome::acknowledge:
      return State::acknowledged;
    case Outcome::revise:
      return State::revising;
    case Outcome::reject:
      return State::rejected;
  }
  CHECK(false);
  return State::rejected;
}

committees::ResolutionKind resolution_kind(Outcome outcome) {
  return *enum_value<committees::ResolutionKind>(enum_name(outcome));
}

Problem wrong_state(ApplicationState state) {
  for (const auto& name : state_names)
    if (name.state == state)
      return Problem(errors::wrong_state,
                     std::string("ใบสมัครนี้อยู่ในสถานะ “") + name.th + "” จึงทำรายการนี้ไม่ได้",
                     std::string("The application is ") + name.en + ": this cannot be done now.");
  return errors::wrong_state;
}

// ---- calls

std::vector<FieldError> faults(const CallForProposals& call) {
  std::vector<FieldError> wrong;
  if (!on_whole_second(call.opens_at)) wrong.push_back(whole_second("/opens_at"));
  if (!on_whole_second(call.deadline_at)) wrong.push_back(whole_second("/deadline_at"));
  if (call.deadline_at <= call.opens_at)
    wrong.push_back(
        {"/deadline_at", "before_opening", "กำหนดปิดต้องอยู่หลังวันเปิดรับ", "must be after the opening"});
  std::set<std::string> seen;
  const auto& invited = call.invited.value;
  for (std::size_t i = 0; i < invited.size(); ++i) {
    const auto at = "/invited/" + std::to_string(i);
    if (invited[i].level() != AreaLevel::province)
      wrong.push_back({at, "not_a_province", "ต้องเป็นรหัสจังหวัด", "must be the code of a province"});
    if (!seen.insert(invited[i].text()).second)
      wrong.push_back({at, "repeated", "ระบุซ้ำ", "stands twice"});
  }
  if (invited.empty() && !call.volunteers_allowed)
    wrong.push_back({"/invited", "nobody", "ต้องเชิญอย่างน้อยหนึ่งจังหวัด หรือเปิดรับจังหวัดที่สมัครเอง",
                     "invite a province or take volunteers"});
  seen.clear();
  const auto& requirements = call.requirements.value;
  for (std::size_t i = 0; i < requirements.size(); ++i)
    if (!seen.insert(requirements[i].key.text()).second)
      wrong.push_back(
          {"/requirements/" + std::to_string(i) + "/key", "repeated", "รหัสซ้ำกัน", "stands twice"});
  return wrong;
}

namespace {

Result<CallForProposals> extended(CallForProposals call, const CallPatch& patch, Instant now) {
  const bool other = patch.fiscal_year || patch.title_th || patch.title_en || patch.guidance_th ||
                     patch.guidance_en || patch.opens_at || patch.invited ||
                     patch.volunteers_allowed || patch.requirements;
  if (other)
    return Problem(errors::wrong_state, "ประกาศเปิดแล้ว แก้ไขได้เฉพาะการขยายกำหนดเวลา",
                   "The call is open: only its deadline may be extended.");
  std::vector<FieldError> wrong;
  if (!patch.deadline_at)
    wrong.push_back({"/deadline_at", "required", "ต้องระบุช่องนี้", "is required"});
  else
    wrong = deadline_faults(*patch.deadline_at, now, "/deadline_at");
  if (patch.deadline_at && *patch.deadline_at <= call.deadline_at)
    wrong.push_back({"/deadline_at", "not_later", "กำหนดใหม่ต้องหลังกำหนดเดิม",
                     "must be later than the present deadline"});
  if (!patch.reason)
    wrong.push_back({"/reason", "required", "ต้องระบุเหตุผลของการขยายเวลา", "is required"});
  if (call.extensions.value.size() >= decltype(call.extensions.value)::length_max)
    wrong.push_back(
        {"/deadline_at", "too_many", "ขยายเวลาครบจำนวนครั้งแล้ว", "was extended too often"});
  if (!wrong.empty()) return Problem(std::move(wrong));
  call.extensions.value.push_back({now, call.deadline_at, *patch.deadline_at, *patch.reason});
  call.deadline_at = *patch.deadline_at;
  return call;
}

}  // namespace

Result<CallForProposals> patched(const CallForProposals& call, const CallPatch& patch,
                                 Instant now) {
  if (call.state == CallState::open) return extended(call, patch, now);
  auto out = call;
  if (patch.fiscal_year) out.fiscal_year = *patch.fiscal_year;
  if (patch.title_th) out.title_th = *patch.title_th;
  if (patch.title_en) out.title_en = *patch.title_en;
  if (patch.guidance_th) out.guidance_th = *patch.guidance_th;
  if (patch.guidance_en) out.guidance_en = *patch.guidance_en;
  if (patch.opens_at) out.opens_at = *patch.opens_at;
  if (patch.deadline_at) out.deadline_at = *patch.deadline_at;
  if (patch.invited) out.invited.value = *patch.invited;
  if (patch.volunteers_allowed) out.volunteers_allowed = *patch.volunteers_allowed;
  if (patch.requirements) out.requirements.value = *patch.requirements;
  if (auto wrong = faults(out); !wrong.empty()) return Problem(std::move(wrong));
  return out;
}

Result<Done> may_open(const CallForProposals& call, Instant now) {
  if (call.deadline_at > now) return Done{};
  return Problem(errors::wrong_state, "กำหนดปิดรับผ่านไปแล้ว โปรดแก้กำหนดเวลาก่อนเปิดรับ",
                 "Its deadline is past: change it before opening the call.");
}

Result<Done> may_close(const CallForProposals& call, Instant now) {
  if (now > call.deadline_at) return Done{};
  return Problem(errors::wrong_state,
                 "ยังไม่ถึงกำหนดปิดรับ (" + thai::date_and_time(call.deadline_at) + ") จังหวัดยังมีสิทธิยื่น",
                 "Provinces may apply until " + english::date_and_time(call.deadline_at) + ".");
}

// ---- deadlines

Instant deadline_of(const ApplicationRow& application, const CallForProposals& call) {
  return application.correction_deadline_at.value_or(call.deadline_at);
}

Result<Done> in_time(Instant now, Instant deadline) {
  if (now <= deadline) return Done{};
  const auto late_ms = now.unix_ms() - deadline.unix_ms();
  return Problem(deadline_passed,
                 "พ้นกำหนดยื่นไปแล้ว " + thai::duration(late_ms) + " (กำหนดคือ " +
                     thai::date_and_time(deadline) + ")",
                 "Late by " + english::duration(late_ms) + ": the deadline was " +
                     english::date_and_time(deadline) + ".");
}

std::vector<FieldError> deadline_faults(Instant deadline, Instant now, std::string_view pointer) {
  std::vector<FieldError> wrong;
  if (!on_whole_second(deadline)) wrong.push_back(whole_second(pointer));
  if (deadline <= now)
    wrong.push_back(
        {std::string(pointer), "in_past", "กำหนดเวลาต้องอยู่ในอนาคต", "must be in the future"});
  return wrong;
}

// ---- applications

Result<ApplicationKind> kind_of_applicant(const CallForProposals& call, const AreaCode& province,
                                          Instant now) {
  if (call.state != CallState::open || now < call.opens_at)
    return Problem(errors::wrong_state, "ประกาศนี้ยังไม่เปิดหรือปิดรับแล้ว", "The call is not open.");
  TRY(in_time(now, call.deadline_at));
  const auto& invited = call.invited.value;
  if (std::find(invited.begin(), invited.end(), province) != invited.end())
    return ApplicationKind::invited;
  if (!call.volunteers_allowed) return volunteers_not_allowed;
  return ApplicationKind::volunteer;
}

Result<Done> may_submit(const ApplicationRow& application, const CallForProposals& call,
                        Instant now) {
  TRY(in_time(now, deadline_of(application, call)));
  if (application.correction_deadline_at || call.state == CallState::open) return Done{};
  return Problem(errors::wrong_state, "ประกาศนี้ปิดรับแล้ว", "The call is closed.");
}

// ---- history

bool merges(const HistoryRow& last, const HistoryRow& next) {
  return last.act == "application.edit" && next.act == last.act &&
         last.person_id == next.person_id && last.office_id == next.office_id &&
         next.at.unix_ms() - last.began_at.unix_ms() <= merge_window_ms;
}

HistoryRow merged(HistoryRow last, const HistoryRow& next) {
  auto& pointers = last.changed.value;
  for (const auto& pointer : next.changed.value)
    if (std::find(pointers.begin(), pointers.end(), pointer) == pointers.end())
      pointers.push_back(pointer);
  last.at = next.at;
  return last;
}

std::vector<std::string> changed_pointers(std::string_view before, std::string_view after) {
  constexpr std::size_t pointers_max = 100;
  auto out = json::differences(before, after);
  if (out.size() <= pointers_max) return out;
  std::vector<std::string> sections;
  for (const auto& pointer : out) {
    auto section = pointer.substr(0, pointer.find('/', 1));
    if (sections.empty() || sections.back() != section) sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace changwat::programme
