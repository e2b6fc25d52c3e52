#include "modules/service_centre/papers.hpp"

#include <algorithm>
#include <array>

#include "base/official_text.hpp"
#include "base/utf8.hpp"

namespace changwat::service_centre {
namespace {

namespace paper = documents::paper;

constexpr std::size_t cell_characters_max = 900;  // a cell holds 1,000; longer texts go on below
constexpr std::string_view invented = "ข้อมูลสาธิตซึ่งสมมติขึ้น ไม่ใช่เรื่องจริง";

// In the order of the enums.
constexpr std::array<std::string_view, 13> state_names{
    "รับเรื่อง",          "คัดกรอง",         "ส่งหน่วยงานแล้ว", "หน่วยงานรับแล้ว", "กำลังดำเนินการ",
    "มีผลแล้ว รอเสนอยุติ", "เสนอยุติ",         "ยุติ",           "ไกล่เกลี่ย",      "ส่งขึ้น รอรับ",
    "ไม่รับเรื่อง",        "รวมเข้ากับเรื่องอื่น", "ถอนเรื่อง"};
constexpr std::array<std::string_view, 6> assignment_names{"ส่งแล้ว",       "รับแล้ว", "กำลังดำเนินการ",
                                                           "รายงานผลแล้ว", "ส่งคืน",  "ถอนการมอบหมาย"};
constexpr std::array<std::string_view, 6> reporter_names{"บุคคล",   "กลุ่มบุคคล",        "หน่วยงาน",
                                                         "นิติบุคคล", "ไม่ประสงค์ออกนาม", "ปกปิดชื่อ"};
constexpr std::array<std::string_view, 3> told_names{"ยังไม่ได้แจ้ง", "แจ้งแล้ว", "ให้คำปรึกษาแล้ว"};

// The first characters of a text, at most so many.
std::string_view head_of(std::string_view text, std::size_t characters_max) {
  auto rest = text;
  for (std::size_t n = 0; n < characters_max && !rest.empty(); ++n)
    if (!utf8::next(rest)) break;
  return text.substr(0, text.size() - rest.size());
}

// A word of a paper; dots when there is nothing, and what is too long is cut.
template <class T>
T word_of(std::string_view text, std::size_t characters_max) {
  if (auto parsed = T::parse(head_of(text, characters_max))) return *std::move(parsed);
  return *T::parse("..........");
}
paper::Line line(std::string_view text) {
  return word_of<paper::Line>(text, 300);
}
paper::Paragraph paragraph(std::string_view text) {
  return word_of<paper::Paragraph>(text, 8'000);
}

std::string day_of(Instant at) {
  return thai::date(at.bangkok_date());
}

std::string place_text(const CasePaperFacts& facts) {
  auto out = facts.area_th;
  if (facts.of.place.landmark) out += " " + facts.of.place.landmark->text();
  return out;
}

std::string spot_text(const Case& of) {
  std::string out = of.place.landmark ? of.place.landmark->text() : "";
  if (of.place.position)
    out += (out.empty() ? "พิกัด " : " พิกัด ") + of.place.position->latitude.text() + ", " +
           of.place.position->longitude.text();
  return out;
}

// The masked ones as they are; of the secret and the anonymous nothing but that.
std::string reporter_text(const MaskedReporter& one) {
  std::string out(reporter_names[std::size_t(one.type)]);
  if (!one.name.empty()) out += " " + one.name;
  if (!one.phone.empty()) out += " โทรศัพท์ " + one.phone;
  return out;
}

std::string reporters_text(const Case& of) {
  const auto count = std::to_string(of.reporter_count) + " ราย";
  if (!of.reporters) return count + " (ไม่เปิดเผยแก่ผู้พิมพ์)";
  std::string out = count;
  for (const auto& one : *of.reporters) out += "; " + reporter_text(one);
  return out;
}

std::string accused_text(const std::vector<Accused>& accused) {
  std::string out;
  for (const auto& one : accused)
    out += (out.empty() ? "" : ", ") + one.name.text() +
           (one.detail ? " (" + one.detail->text() + ")" : "");
  return out;
}

// Until when an agency is to report: its own clock that runs, the nearest.
std::optional<Date> due_on(const CasePaperFacts& facts, const CaseAssignmentId& assignment) {
  std::optional<Date> out;
  for (const auto& clock : facts.clocks)
    if (clock.assignment_id == assignment && clock.state != ClockState::stopped)
      if (!out || clock.due_on < *out) out = clock.due_on;
  return out;
}

// A table of what and its value, numbered as its form numbers it. Long values go on in rows below.
class Table {
 public:
  explicit Table(std::string_view title) {
    out_.title = line(title);
    out_.columns.push_back({line("รายการ"), 30, paper::Align::left});
    out_.columns.push_back({line("รายละเอียด"), 70, paper::Align::left});
  }
  void add(std::string_view label, std::string_view value) {
    do {
      const auto part = head_of(value, cell_characters_max);
      value.remove_prefix(part.size());
      paper::ReportRow row;
      row.cells.push_back(word_or_blank(label));
      row.cells.push_back(word_or_blank(part));
      out_.rows.push_back(std::move(row));
      label = "";
    } while (!value.empty());
  }
  void add_unless_empty(std::string_view label, std::string_view value) {
    if (!value.empty()) add(label, value);
  }
  paper::TableReport& report() { return out_; }

 private:
  static Text<0, 1'000> word_or_blank(std::string_view text) {
    return Text<0, 1'000>::parse(text).value_or(Text<0, 1'000>());
  }
  paper::TableReport out_;
};

Table table_of(const CasePaperFacts& facts, std::string_view title) {
  Table out(title);
  out.report().subtitles.push_back(line(facts.centre_th));
  out.report().subtitles.push_back(line("เลขเรื่อง " + facts.of.number.text()));
  if (facts.of.demonstration) out.report().subtitles.push_back(line(invented));
  out.report().dated_on = facts.printed_on;
  out.report().notes.push_back(
      paragraph("พิมพ์เมื่อ " + thai::date(facts.printed_on) + " โดย " + facts.office_th));
  return out;
}

void add_assignments(Table& table, const CasePaperFacts& facts) {
  for (const auto& one : facts.of.assignments) {
    auto text = one.office_th + " " + std::string(assignment_names[std::size_t(one.state)]) +
                " ส่งเมื่อ " + day_of(one.assigned_at);
    if (one.letter_out) text += " หนังสือ " + one.letter_out->text();
    if (!one.instruction.empty()) text += " ให้ดำเนินการ: " + one.instruction.text();
    if (!one.result.empty()) text += " ผล: " + one.result.text();
    table.add("หน่วยงาน", text);
  }
}

void add_clocks(Table& table, const std::vector<Clock>& clocks) {
  for (const auto& one : clocks) {
    auto text = "เริ่ม " + day_of(one.started_at) + " กำหนด " + thai::date(one.due_on);
    if (one.stopped_at) text += " สิ้นสุด " + day_of(*one.stopped_at);
    if (one.late_days > 0) text += " เกินกำหนด " + std::to_string(one.late_days) + " วัน";
    if (!one.verified) text += " (กำหนดนี้ยังไม่ได้ตรวจกับต้นฉบับ)";
    table.add(one.name_th, text);
  }
}

void add_steps(Table& table, const std::vector<CaseStep>& steps) {
  for (const auto& one : steps) {
    auto text = one.by == StepBy::office ? one.office_th
                                         : std::string(one.by == StepBy::citizen ? "ผู้แจ้ง" : "ระบบ");
    text += " (" + std::string(state_names[std::size_t(one.state)]) + ")";
    if (!one.note.empty()) text += " " + one.note.text();
    table.add(day_of(one.at), text);
  }
}

}  // namespace

paper::Letter hand_off_letter(const CasePaperFacts& facts, const CaseAssignment& assignment) {
  const auto& of = facts.of;
  paper::Letter out;
  if (assignment.letter_out) out.number = line(assignment.letter_out->text());
  out.origin.push_back(line(facts.centre_th));
  out.subject = line("ขอให้ดำเนินการเรื่อง" + of.title.text());
  out.salutation = *Text<1, 40>::parse("เรียน");
  out.addressee = line(assignment.office_th);
  if (!of.files.empty())
    out.enclosures.push_back(
        line("ภาพถ่ายและเอกสารของเรื่อง จำนวน " + std::to_string(of.files.size()) + " รายการ"));
  out.body.push_back(paragraph("ด้วย" + facts.centre_th + " ได้รับ" + facts.kind_th + " ประเภท" +
                               facts.category_th + " เลขเรื่อง " + of.number.text() + " เมื่อวันที่ " +
                               thai::official_date(of.received_at.bangkok_date()) + " เหตุเกิดที่ " +
                               place_text(facts)));
  if (!of.detail.empty()) out.body.push_back(paragraph("มีรายละเอียดว่า " + of.detail.text()));
  if (!of.wanted.empty()) out.body.push_back(paragraph("ผู้แจ้งประสงค์ให้ " + of.wanted.text()));
  if (of.accused && !of.accused->empty())
    out.body.push_back(paragraph("ผู้ถูกกล่าวถึง: " + accused_text(*of.accused)));
  if (!assignment.instruction.empty())
    out.body.push_back(paragraph("ศูนย์ขอให้ดำเนินการดังนี้ " + assignment.instruction.text()));
  auto request = std::string("จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการในส่วนที่เกี่ยวข้อง แล้วรายงานผลให้ศูนย์ทราบ");
  if (const auto due = due_on(facts, assignment.assignment_id))
    request += "ภายในวันที่ " + thai::official_date(*due);
  out.body.push_back(paragraph(request + " ทั้งนี้ ศูนย์เก็บข้อมูลผู้แจ้งไว้ ไม่เปิดเผยในหนังสือนี้"));
  if (of.demonstration) out.body.push_back(paragraph(invented));
  out.closing = line("ขอแสดงความนับถือ");
  out.signature.posts.push_back(line(facts.office_th));
  out.contact.push_back(line(facts.centre_th));
  return out;
}

paper::TableReport service_link_slip(const CasePaperFacts& facts) {
  const auto& of = facts.of;
  auto table = table_of(facts, "แบบรายงานรับ–ส่งต่อ");
  table.add("1. วัน เวลา", thai::date_and_time(of.received_at));
  table.add("2. สถานที่ 2.1 พื้นที่", facts.area_th);
  table.add("2.2 จุดเกิดเหตุ", spot_text(of));
  table.add("3. รายละเอียด", of.title.text());
  table.add_unless_empty("", of.detail.text());
  table.add_unless_empty("ความประสงค์", of.wanted.text());
  table.add("4. แจ้งหน่วยงานแล้วหรือไม่", told_names[std::size_t(of.told_already)]);
  table.add("5. ผู้แจ้งและการติดต่อ", reporters_text(of));
  add_assignments(table, facts);
  table.report().notes.push_back(
      paragraph("หัวข้อตามแบบที่พบของศูนย์ดำรงธรรมจังหวัดแห่งหนึ่ง ยังไม่ได้ตรวจกับแบบที่ใช้อยู่"));
  return std::move(table.report());
}

paper::TableReport case_summary(const CasePaperFacts& facts) {
  const auto& of = facts.of;
  auto table = table_of(facts, "สรุปเรื่อง");
  table.add("เรื่อง", of.title.text());
  table.add("สถานะ", state_names[std::size_t(of.state)]);
  table.add("ลักษณะเรื่อง", facts.kind_th);
  table.add("ประเภทเรื่อง", facts.category_th);
  table.add("ประเภทงานบริการ", facts.importance_th);
  table.add("ช่องทาง", facts.channel_th);
  table.add("รับเมื่อ", thai::date_and_time(of.received_at));
  table.add("สถานที่", place_text(facts));
  table.add_unless_empty("รายละเอียด", of.detail.text());
  table.add_unless_empty("ความประสงค์", of.wanted.text());
  table.add("ผู้แจ้ง", reporters_text(of));
  if (of.accused) table.add_unless_empty("ผู้ถูกกล่าวถึง", accused_text(*of.accused));
  if (of.reopened > 0) table.add("เปิดใหม่", std::to_string(of.reopened) + " ครั้ง");
  table.add_unless_empty("ภาพและเอกสาร",
                         of.files.empty() ? "" : std::to_string(of.files.size()) + " รายการ");
  add_assignments(table, facts);
  add_clocks(table, facts.clocks);
  add_steps(table, facts.steps);
  return std::move(table.report());
}

}  // namespace changwat::service_centre
