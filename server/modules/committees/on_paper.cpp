#include "modules/committees/on_paper.hpp"

#include <algorithm>

#include "modules/committees/life.hpp"

namespace changwat::committees {
namespace {

namespace paper = documents::paper;
using paper::Line;
using paper::Paragraph;

constexpr std::string_view dots = "....................";
constexpr std::string_view not_real = "ข้อมูลสาธิตที่สมมุติขึ้น มิใช่เอกสารราชการ";

Line line(std::string_view text) {
  return shortened(text, 299);
}

template <class T>
Line line_or_dots(const std::optional<T>& text) {
  return line(text ? std::string_view(*text) : dots);
}

// Each line that somebody wrote is a paragraph of its own.
template <class Paragraphs>
void add(Paragraphs& to, std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (auto said = Paragraph::parse(text.substr(0, end))) to.push_back(std::move(*said));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string clock(Instant moment) {
  const auto text = moment.bangkok_clock();  // "09:30:00"
  return text.substr(0, 2) + "." + text.substr(3, 2);
}

template <class T>
T clock_or_dots(const std::optional<Instant>& moment) {
  return *T::parse(moment ? clock(*moment) : std::string(".........."));
}

std::string count(std::int64_t n) {
  return std::to_string(n);
}

std::string session(const Meeting& meeting) {
  return "ครั้งที่ " + meeting.number.text();
}

// ---- who was there

bool came(Presence presence) {
  return presence == Presence::present || presence == Presence::substitute;
}

paper::Attendant attendant(const Seated& seated) {
  const auto& member = seated.member;
  std::string post = member.name_th ? member.title_th.text() : "";
  const auto also = [&](const std::string& text) { post += (post.empty() ? "" : " ") + text; };
  if (seated.presence == Presence::substitute && seated.substitute_title_th)
    also("(ผู้แทน: " + seated.substitute_title_th->text() + ")");
  if (seated.presence == Presence::leave) also("(ลา)");
  return {line(member.name_th ? std::string_view(*member.name_th) : member.title_th),
          post.empty() ? std::nullopt : std::optional(line(post)), line(member.seat_th)};
}

void opening(paper::Minutes& minutes, const WholeMeeting& page) {
  const auto& meeting = page.meeting;
  if (meeting.demonstration) add(minutes.opening, not_real);
  add(minutes.opening, meeting.chair_title_th.text() + " เป็นประธานในที่ประชุม");
  if (meeting.state == MeetingState::recorded) {
    add(minutes.opening,
        "การประชุมครั้งนี้บันทึกเข้าระบบภายหลังวันประชุม บันทึกไม่มีบัญชีผู้มาประชุมและเวลาประชุม"
        "และไม่ได้ระบุวาระของแต่ละเรื่อง จึงพิมพ์เรื่องทั้งหมดไว้ในวาระที่ 5");
    return;
  }
  std::string quorum = "กรรมการมาประชุม " + count(page.quorum.present) + " คน จากทั้งหมด " +
                       count(page.quorum.members) + " คน องค์ประชุมต้องมีอย่างน้อย " +
                       count(page.quorum.needed) + " คน";
  if (page.constitution && !page.constitution->quorum.verified)
    quorum += " (หลักเกณฑ์องค์ประชุมยังไม่ได้ตรวจกับตัวบท)";
  add(minutes.opening, quorum);
}

// ---- what was resolved

std::string votes(const Resolution& resolution) {
  if (!resolution.votes_for) return "";
  return " (เห็นชอบ " + count(*resolution.votes_for) + " ไม่เห็นชอบ " +
         count(resolution.votes_against.value_or(0)) + " งดออกเสียง " +
         count(resolution.votes_abstain.value_or(0)) + ")";
}

std::string due(const std::optional<Date>& day) {
  return day ? " ภายในวันที่ " + thai::date(*day) : "";
}

// "(5.1) เห็นชอบ …": the verb of the minutes is not said twice.
std::string words_of(const Resolution& resolution) {
  std::string out = "(" + resolution.number.text() + ") ";
  if (!resolution.text_th.text().starts_with(resolution.kind_th.text()))
    out += resolution.kind_th.text() + " ";
  out += resolution.text_th.text() + votes(resolution);
  if (resolution.correction_reason)
    out += " (แก้ไขจากที่บันทึกไว้เดิม: " + resolution.correction_reason->text() + ")";
  return out;
}

void resolved(paper::AgendaItem& item, const Resolution& resolution,
              const std::vector<AssignmentRow>& assignments) {
  if (resolution.superseded_by) return;  // what was wrong stands in the record, not in the minutes
  add(item.resolutions, words_of(resolution));
  for (const auto& part : resolution.parts.value)
    add(item.resolutions, part.number.text() + " " + part.text_th.text());
  bool named = false;
  for (const auto& work : assignments)
    if (work.resolution_id == resolution.resolution_id) {
      named = true;
      add(item.resolutions,
          "มอบหมาย " + work.responsible_th.text() + ": " + work.text_th.text() + due(work.due));
    }
  if (named) return;
  for (const auto& work : resolution.follow_up.value)
    add(item.resolutions, "การดำเนินการ: " + work.text_th.text() + due(work.due));
}

paper::AgendaItem item_on_paper(const WholeMeeting& page, const AgendaItem& item,
                                const std::vector<Resolution>& resolutions) {
  paper::AgendaItem out{line(item.title_th), {}, {}};
  if (item.detail_th) add(out.text, *item.detail_th);
  if (item.discussion_th) add(out.text, *item.discussion_th);
  for (const auto& conflict : item.conflicts)
    for (const auto& seated : page.members)
      if (seated.member.member_id == conflict.member_id)
        add(out.text,
            seated.member.title_th.text() + " แจ้งว่ามีส่วนได้เสีย จึงไม่ร่วมพิจารณาและไม่ออกเสียงในเรื่องนี้");
  for (const auto& resolution : resolutions)
    if (resolution.item_id == item.item_id) resolved(out, resolution, page.assignments);
  return out;
}

// Resolutions that name no item stand under the words of the agenda that they carry.
void without_item(paper::AgendaPart& part, const std::vector<Resolution>& resolutions,
                  const std::vector<AssignmentRow>& assignments) {
  for (const auto& resolution : resolutions) {
    if (resolution.item_id) continue;
    const auto title = resolution.agenda_th ? line(*resolution.agenda_th)
                                            : line("มติข้อ " + resolution.number.text());
    if (part.items.empty() || part.items.back().title != title)
      part.items.push_back({title, {}, {}});
    resolved(part.items.back(), resolution, assignments);
  }
}

// ---- a call

void agenda(paper::Letter& letter, const WholeMeeting& page) {
  for (auto part = part_chair; part <= part_other; ++part) {
    add(letter.body, "ระเบียบวาระที่ " + count(part) + " " +
                         std::string(paper::part_title(static_cast<std::size_t>(part))));
    bool any = false;
    for (const auto& item : page.items)
      if (item.part.count() == part) {
        any = true;
        add(letter.body, item.number.text() + " " + item.title_th.text());
      }
    if (!any) add(letter.body, "– ไม่มี –");
  }
}

void ask_to_come(paper::Letter& letter, const WholeMeeting& page) {
  const auto& meeting = page.meeting;
  letter.subject = line("เชิญประชุม" + page.body.name_th.text() + " " + session(meeting));
  const auto when = thai::date(meeting.on_date) +
                    (meeting.starts_at ? " เวลา " + clock(*meeting.starts_at) + " น." : "");
  add(letter.body, "ด้วยกำหนดให้มีการประชุม" + page.body.name_th.text() + " " + session(meeting) +
                       " ในวันที่ " + when + " ณ " + line_or_dots(meeting.place_th).text() + " โดยมี" +
                       meeting.chair_title_th.text() + "เป็นประธาน ตามระเบียบวาระ ดังนี้");
  agenda(letter, page);
  add(letter.body, "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว");
  for (const auto& item : page.items)
    if (!item.papers.empty())
      letter.enclosures.push_back(line("เอกสารประกอบวาระที่ " + item.number.text() + " จำนวน " +
                                       std::to_string(item.papers.size()) + " ฉบับ"));
}

void ask_to_answer(paper::Letter& letter, const WholeMeeting& page) {
  const auto& meeting = page.meeting;
  letter.subject = line("ขอให้พิจารณาและแจ้งมติเวียน " + session(meeting));
  add(letter.body, "ด้วย" + page.body.name_th.text() + "มีเรื่องที่ขอมติโดยการเวียน ดังนี้");
  for (const auto& item : page.items) {
    add(letter.body, "เรื่อง " + item.title_th.text());
    if (item.detail_th) add(letter.body, *item.detail_th);
    if (item.proposal_th) add(letter.body, "มติที่เสนอ: " + item.proposal_th->text());
  }
  if (meeting.deadline_at)
    add(letter.body, "จึงเรียนมาเพื่อโปรดพิจารณาและแจ้งมติภายในวันที่ " +
                         thai::date(meeting.deadline_at->bangkok_date()) + " เวลา " +
                         clock(*meeting.deadline_at) + " น.");
}

// "ตาม" once, whether or not the order's own words begin with it.
std::string after_according_to(const LongText& law) {
  return law.text().starts_with("ตาม") ? law.text() : "ตาม" + law.text();
}

}  // namespace

bool minutes_are_draft(const Meeting& meeting) {
  return meeting.state != MeetingState::minutes_adopted;
}

bool call_is_draft(const Meeting& meeting) {
  return meeting.state == MeetingState::planned;
}

paper::Minutes minutes_on_paper(const WholeMeeting& page,
                                const std::vector<Resolution>& resolutions) {
  const auto& meeting = page.meeting;
  const bool began = meeting.state == MeetingState::open || was_held(meeting.state);
  paper::Minutes minutes;
  minutes.body = line(page.body.name_th);
  minutes.session = line(meeting.number);
  minutes.held_on = meeting.on_date;
  minutes.place = line_or_dots(meeting.place_th);
  for (const auto& seated : page.members)
    if (meeting.state != MeetingState::recorded)
      (came(seated.presence) ? minutes.present : minutes.absent).push_back(attendant(seated));
  minutes.begun_at = clock_or_dots<Text<1, 20>>(began ? meeting.starts_at : std::nullopt);
  opening(minutes, page);
  minutes.parts.resize(part_other);
  for (const auto& item : page.items)
    minutes.parts[static_cast<std::size_t>(item.part.count() - 1)].items.push_back(
        item_on_paper(page, item, resolutions));
  without_item(minutes.parts[part_consider - 1], resolutions, page.assignments);
  minutes.ended_at = clock_or_dots<Text<1, 20>>(meeting.ended_at);
  return minutes;
}

paper::Letter call_on_paper(const WholeMeeting& page) {
  const auto& meeting = page.meeting;
  paper::Letter letter;
  if (meeting.notice_number) letter.number = line(*meeting.notice_number);
  letter.origin.push_back(line("ฝ่ายเลขานุการ"));
  letter.origin.push_back(line(page.body.name_th));
  letter.dated_on = meeting.notice_date;
  letter.salutation = *Text<1, 40>::parse("เรียน");
  letter.addressee = line("กรรมการใน" + page.body.name_th.text());
  if (meeting.demonstration) add(letter.body, not_real);
  if (meeting.form == MeetingForm::circulation)
    ask_to_answer(letter, page);
  else
    ask_to_come(letter, page);
  letter.closing = line("ขอแสดงความนับถือ");
  letter.signature.posts.push_back(line("ฝ่ายเลขานุการ" + page.body.name_th.text()));
  return letter;
}

Result<paper::Order> order_on_paper(const MatterPage& page) {
  const auto& matter = page.matter;
  const auto last = std::find_if(page.steps.rbegin(), page.steps.rend(), [](const auto& step) {
    return step.kind == MatterStepKind::order;
  });
  if (last == page.steps.rend())
    return Problem(errors::wrong_state, "เรื่องนี้ยังไม่มีคำสั่งของผู้ว่าราชการจังหวัด",
                   "This matter has no order of the governor yet.");
  paper::Order order;
  order.issuer = line(last->office_th);
  if (last->order_number) order.number = line(*last->order_number);
  order.subject = line(matter.title_th);
  if (matter.demonstration) add(order.recitals, not_real);
  add(order.recitals, "ด้วย" + matter.detail_th.text());
  if (page.resolution && page.resolution->recorded_at <= last->at)
    add(order.recitals, "ที่ประชุมเมื่อวันที่ " + thai::date(page.resolution->on_date) + " มีมติ " +
                            words_of(*page.resolution));
  if (matter.legal_basis_th)
    add(order.recitals, "อาศัยอำนาจ" + after_according_to(*matter.legal_basis_th) + " จึงมีคำสั่ง ดังนี้");
  std::vector<Paragraph> said;
  add(said, last->text_th);
  for (auto& text : said) order.clauses.push_back({std::move(text), {}});
  order.signed_on = last->at.bangkok_date();
  order.signature.posts.push_back(line(last->office_th));
  return order;
}

}  // namespace changwat::committees
