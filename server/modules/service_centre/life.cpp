#include "modules/service_centre/life.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace changwat::service_centre {
namespace {

// A device's clock may be this much ahead of ours.
constexpr std::int64_t clock_error_ms_max = 10 * 60'000;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr double earth_radius_metres = 6'371'000;

double radians(const Decimal& degrees) {
  return degrees.approximate() * std::numbers::pi / 180;
}

bool in_range(const Position& position) {
  return std::abs(position.latitude.millionths()) <= 90 * Decimal::scale &&
         std::abs(position.longitude.millionths()) <= 180 * Decimal::scale;
}

std::optional<Position> position_of(const CaseFile& file) {
  if (!file.latitude || !file.longitude) return std::nullopt;
  return Position{*file.latitude, *file.longitude};
}

std::string padded(std::int64_t number, const std::optional<std::int64_t>& width) {
  auto out = std::to_string(number);
  const auto wanted = static_cast<std::size_t>(width.value_or(0));
  if (out.size() < wanted) out.insert(0, wanted - out.size(), '0');
  return out;
}

// The last `width` digits of a year: "70" of 2570.
std::string year_part(int year, const std::optional<std::int64_t>& width) {
  const auto text = std::to_string(year);
  const auto wanted = static_cast<std::size_t>(width.value_or(4));
  return wanted < text.size() ? text.substr(text.size() - wanted) : text;
}

std::string part_text(const NumberPart& part, const AreaCode& district, Date on,
                      std::int64_t running) {
  switch (part.part) {
    case NumberPartKind::text:
      return part.text.value_or("");
    case NumberPartKind::province_code_00:
      return district.province().text() + "00";
    case NumberPartKind::district_code:
      return district.text();
    case NumberPartKind::fiscal_year_be:
      return year_part(FiscalYear::of(on).buddhist(), part.width);
    case NumberPartKind::year_be:
      return year_part(on.year() + 543, part.width);
    case NumberPartKind::running:
      return padded(running, part.width);
  }
  return {};
}

FieldError wrong(std::string pointer, std::string code, std::string th, std::string en) {
  return {std::move(pointer), std::move(code), std::move(th), std::move(en)};
}

void add_reporter_faults(std::vector<FieldError>& out, const NewReporter& reporter,
                         const std::string& pointer) {
  const bool anonymous = reporter.type == ReporterType::anonymous;
  if (anonymous && reporter.name)
    out.push_back(wrong(pointer + "/name", "not_wanted", "ผู้ไม่ประสงค์ออกนามไม่ต้องระบุชื่อ",
                        "who is anonymous gives no name"));
  if (anonymous && reporter.citizen_id)
    out.push_back(wrong(pointer + "/citizen_id", "not_wanted",
                        "ผู้ไม่ประสงค์ออกนามไม่ต้องระบุเลขประจำตัวประชาชน",
                        "who is anonymous gives no national id"));
  if (!anonymous && !reporter.name)
    out.push_back(wrong(pointer + "/name", "required",
                        "ต้องระบุชื่อ หรือเลือกไม่ประสงค์ออกนาม หากเลือกปกปิดชื่อ จะไม่แสดงชื่อแก่ผู้ใด",
                        "is required; or report anonymously. A secret name is shown to nobody."));
}

}  // namespace

bool is_settled(CaseState state) {
  return state == C::closed || state == C::rejected || state == C::merged || state == C::withdrawn;
}

bool is_active(CaseAssignmentState state) {
  return state == CaseAssignmentState::assigned || state == CaseAssignmentState::accepted ||
         state == CaseAssignmentState::in_progress;
}

CaseState case_state(const std::vector<CaseAssignment>& assignments) {
  bool active = false, reported = false, accepted = false, working = false;
  for (const auto& one : assignments) {
    active = active || is_active(one.state);
    reported = reported || one.state == CaseAssignmentState::reported;
    accepted = accepted || one.state == CaseAssignmentState::accepted;
    working = working || one.state == CaseAssignmentState::in_progress;
  }
  if (!active) return reported ? C::resolved : C::screening;
  if (working || reported) return C::in_progress;
  return accepted ? C::accepted : C::assigned;
}

std::vector<ClockEvent> events_of(std::string_view act, CaseState from) {
  using E = ClockEvent;
  struct Row {
    std::string_view act;
    std::vector<ClockEvent> events;
  };
  // What leaves screening ends it, whatever else it does; told means shown to the citizen.
  static const Row rows[] = {
      {"case.take", {E::received}},
      {"case.report", {E::received}},
      {"case.import", {E::received}},
      {"case.reopen", {E::received}},
      {"case.reopen_own", {E::received}},
      {"case.assign", {E::screened, E::assigned, E::progress_recorded}},
      {"case.handle", {E::screened, E::progress_recorded}},
      {"case.mediate", {E::screened, E::progress_recorded}},
      {"case.send_up", {E::screened, E::petitioner_told}},
      {"case.take_up", {E::screening_started}},
      {"case.send_back", {E::screening_started}},
      {"case.reject", {E::screened, E::petitioner_told}},
      {"case.accept", {E::accepted, E::progress_recorded}},
      {"case.progress", {E::progress_recorded}},
      {"case.report_result", {E::result_reported}},
      {"case.record_result", {E::result_reported}},
      {"case.end_mediation", {E::result_reported}},
      {"case.tell", {E::petitioner_told, E::applicant_notified}},
      {"case.close", {E::petitioner_told, E::closed}},
      {"case.merge", {E::screened, E::petitioner_told}},
      {"case.withdraw", {E::screened}},
      {"case.apply", {E::application_received}},
      {"case.check_papers", {E::papers_checked}},
      {"case.complete_service", {E::application_complete}},
      {"case.decide_service", {E::decided}},
      {"case.give_certificate", {E::applicant_notified}},
  };
  if (act == "case.screen" && from == C::received) return {E::screening_started};
  for (const auto& row : rows)
    if (row.act == act) return row.events;
  return {};
}

bool ends_assignment(std::string_view act) {
  return act == "case.return" || act == "case.report_result" || act == "case.end_assignment";
}

bool ends_service(std::string_view act) {
  return act == "case.withdraw_service";
}

Problem wrong_state(CaseState state) {
  const std::string now(enum_name(state));
  return Problem(errors::wrong_state, "สถานะของเรื่องขณะนี้คือ " + now,
                 "The state of the case is now " + now + ".");
}

authority::Object object_of(const AreaCode& district, CaseLevel level) {
  authority::Object out;
  out.area = district;
  out.kind = Key::parse("case_at_" + std::string(enum_name(level)));
  return out;
}

authority::Object assigned_object(const std::optional<AreaCode>& area) {
  authority::Object out;
  out.area = area;
  out.kind = Key::parse("case_assigned");
  return out;
}

// ---- intake

std::vector<FieldError> intake_faults(const CasePlace& place,
                                      const std::vector<NewReporter>& reporters) {
  std::vector<FieldError> out;
  if (place.area.level() == AreaLevel::province)
    out.push_back(wrong("/place/area", "too_wide", "ต้องระบุอำเภอ ตำบล หรือหมู่บ้าน",
                        "must be a district, sub-district or village"));
  if (place.position && !in_range(*place.position))
    out.push_back(wrong("/place/position", "out_of_range", "พิกัดไม่ถูกต้อง",
                        "must be a latitude of -90 to 90 and a longitude of -180 to 180"));
  if (reporters.empty())
    out.push_back(wrong("/reporters", "required", "ต้องมีผู้แจ้งอย่างน้อยหนึ่งราย จะเลือกไม่ประสงค์ออกนามก็ได้",
                        "one at least is required; anonymous is a choice"));
  for (std::size_t i = 0; i < reporters.size(); ++i)
    add_reporter_faults(out, reporters[i], "/reporters/" + std::to_string(i));
  return out;
}

std::vector<FieldError> taken_faults(std::optional<Instant> taken_at, Instant now) {
  if (!taken_at || taken_at->unix_ms() <= now.unix_ms() + clock_error_ms_max) return {};
  return {wrong("/taken_at", "in_the_future", "เวลารับเรื่องบนเครื่องอยู่ในอนาคต โปรดตรวจนาฬิกาของเครื่อง",
                "is in the future; check the clock of the device")};
}

bool taken_late(std::optional<Instant> taken_at, Instant now, std::int64_t hours_max) {
  return taken_at && now.unix_ms() - taken_at->unix_ms() > hours_max * hour_ms;
}

std::string number_of(const NumberPattern& pattern, const AreaCode& district, Date on,
                      std::int64_t running) {
  std::string out;
  for (const auto& part : pattern.parts) out += part_text(part, district, on, running);
  return out;
}

// ---- closing

double metres_between(const Position& a, const Position& b) {
  const auto north = radians(b.latitude) - radians(a.latitude);
  const auto east = radians(b.longitude) - radians(a.longitude);
  const auto h = std::pow(std::sin(north / 2), 2) + std::cos(radians(a.latitude)) *
                                                        std::cos(radians(b.latitude)) *
                                                        std::pow(std::sin(east / 2), 2);
  return 2 * earth_radius_metres * std::asin(std::min(1.0, std::sqrt(h)));
}

namespace {

void add_place_faults(std::vector<FieldError>& out, const CaseRow& row, const CaseFile& file,
                      const std::string& pointer, std::int64_t metres_max) {
  const auto& place = row.place.value.position;
  if (!place) return;  // nothing to hold it against
  const auto position = position_of(file);
  if (!position)
    out.push_back(wrong(pointer, "place_unknown", "ไฟล์นี้ไม่มีพิกัด จึงเทียบกับจุดของเรื่องไม่ได้",
                        "has no position to hold against the place of the case"));
  else if (const auto metres = std::llround(metres_between(*place, *position)); metres > metres_max)
    out.push_back(wrong(pointer, "too_far",
                        "ถ่ายห่างจากจุดของเรื่อง " + std::to_string(metres) + " เมตร เกิน " +
                            std::to_string(metres_max) + " เมตร",
                        "was taken " + std::to_string(metres) +
                            " metres from the place of the case, more than " +
                            std::to_string(metres_max)));
}

void add_time_faults(std::vector<FieldError>& out, const CaseRow& row, const CaseFile& before,
                     const CaseFile& after, std::int64_t hours_max) {
  if (!after.taken_at) {
    out.push_back(wrong("/after", "time_unknown", "ไฟล์หลังดำเนินการไม่มีวันเวลาที่ถ่าย",
                        "says not when it was taken"));
    return;
  }
  if (*after.taken_at < row.received_at)
    out.push_back(wrong("/after", "older_than_case", "ถ่ายก่อนรับเรื่อง จึงไม่ใช่ผลการดำเนินการ",
                        "was taken before the case was received"));
  if (after.taken_at->unix_ms() > after.uploaded_at.unix_ms() + clock_error_ms_max)
    out.push_back(wrong("/after", "in_the_future", "ภาพบอกเวลาที่ถ่ายหลังเวลาที่แนบ โปรดตรวจนาฬิกาของกล้อง",
                        "says that it was taken after it was attached; check the camera's clock"));
  if (after.uploaded_at.unix_ms() - after.taken_at->unix_ms() > hours_max * hour_ms)
    out.push_back(wrong(
        "/after", "too_old", "ถ่ายก่อนแนบเกิน " + std::to_string(hours_max) + " ชั่วโมง",
        "was taken more than " + std::to_string(hours_max) + " hours before it was attached"));
  if (before.taken_at && *before.taken_at >= *after.taken_at)
    out.push_back(wrong("/before", "not_before", "ไฟล์ก่อนดำเนินการต้องถ่ายก่อนไฟล์หลังดำเนินการ",
                        "must be taken before the other"));
}

}  // namespace

std::vector<FieldError> evidence_faults(const CaseRow& row, const CaseFile* before,
                                        const CaseFile* after, const ClosingNumbers& numbers) {
  std::vector<FieldError> out;
  if (!before)
    out.push_back(
        wrong("/before", "required", "ต้องมีไฟล์ก่อนดำเนินการ", "a file from before is required"));
  if (!after)
    out.push_back(
        wrong("/after", "required", "ต้องมีไฟล์หลังดำเนินการ", "a file from after is required"));
  if (!before || !after) return out;
  if (before->sha256 == after->sha256)
    out.push_back(
        wrong("/after", "same_file", "เป็นไฟล์เดียวกับก่อนดำเนินการ", "is the same file as before"));
  if (after->purpose != FilePurpose::after)
    out.push_back(
        wrong("/after", "wrong_purpose", "ไม่ใช่ไฟล์หลังดำเนินการ", "is not marked as from after"));
  add_place_faults(out, row, *after, "/after", numbers.evidence_distance_metres_max);
  add_time_faults(out, row, *before, *after, numbers.evidence_age_hours_max);
  return out;
}

bool citizen_confirmed(const std::vector<CaseStep>& steps) {
  bool confirmed = false;
  for (const auto& step : steps) {
    if (step.state != step.from_state && (step.state == C::resolved || step.state == C::received))
      confirmed = false;
    if (step.act == "case.confirm") confirmed = true;
  }
  return confirmed;
}

bool result_was_told(const std::vector<CaseStep>& steps) {
  bool told = false;
  for (const auto& step : steps) {
    if (step.state != step.from_state && (step.state == C::resolved || step.state == C::received))
      told = false;
    if (step.act == "case.tell") told = true;
  }
  return told;
}

std::optional<Instant> joined_at(const std::vector<CaseStep>& own) {
  std::optional<Instant> out;
  for (const auto& step : own)
    if (step.act == "case.merge" && (step.by == StepBy::citizen || out)) out = step.at;
  return out;
}

bool answer_was_given(const std::vector<CaseStep>& steps) {
  bool given = false;
  for (const auto& step : steps) {
    if (step.state != step.from_state && step.state == C::received) given = false;
    if (step.act == "case.tell") given = true;
  }
  return given;
}

bool citizen_may(std::string_view act, CaseState state) {
  if (act == "case.reopen_own") return state == C::closed;
  if (act == "case.confirm") return state == C::resolved || state == C::reviewing;
  return !is_settled(state);
}

std::optional<Date> reopen_until(const CaseRow& row, const ClosingNumbers& numbers) {
  if (row.state != C::closed || !row.settled_at) return std::nullopt;
  return row.settled_at->bangkok_date().plus_days(static_cast<int>(numbers.reopen_days_max));
}

}  // namespace changwat::service_centre
