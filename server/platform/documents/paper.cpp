#include "platform/documents/paper.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "platform/documents/page_flow.hpp"

namespace changwat::documents::paper {
namespace {

constexpr double half_line = 6;          // "Before 6 pt"
constexpr double indent = 2.5 * cm;      // of a paragraph
constexpr double emblem_top = 1.5 * cm;  // below the upper edge
constexpr double emblem_height = 3 * cm;
constexpr double emblem_small = 1.5 * cm;  // on memoranda
const Style bold{.bold = true};
const Shape body_shape{.indent = indent, .before = half_line};
constexpr std::string_view blank = "..............................";

// By the explanation to form 11.
constexpr std::array<std::string_view, 6> part_titles{"เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
                                                      "เรื่องรับรองรายงานการประชุม",
                                                      "เรื่องสืบเนื่อง",
                                                      "เรื่องเสนอเพื่อทราบ",
                                                      "เรื่องเสนอเพื่อพิจารณา",
                                                      "เรื่องอื่น ๆ"};

std::string_view words_of(Speed speed) {
  constexpr std::array<std::string_view, 4> words{"", "ด่วน", "ด่วนมาก", "ด่วนที่สุด"};
  return words[std::size_t(speed)];
}
std::string words_of(Secrecy secrecy) {
  constexpr std::array<std::string_view, 4> words{"", "ลับ", "ลับมาก", "ลับที่สุด"};
  return std::string(words[std::size_t(secrecy)]);
}

template <class T>
std::string text_or_blank(const std::optional<T>& text) {
  return text ? std::string(text->text()) : std::string(blank);
}
std::string date_or_blank(const std::optional<Date>& date) {
  return date ? thai::date(*date) : std::string(blank);
}
std::string joined(std::string_view a, std::string_view b, std::string_view between = "  ") {
  std::string out(a);
  out += between;
  out += b;
  return out;
}

// A paper on its way: the typesetter, and the flow over its pages.
struct Paper {
  Typesetter typesetter;
  Flow flow;
  Paper(FontCase& fonts, const PrintOptions& options, std::string_view title,
        std::optional<Date> dated_on, Secrecy secrecy = Secrecy::open, const PageShape& page = {})
      : typesetter(fonts, title, dated_on, page.width, page.height),
        flow(typesetter, options, page, words_of(secrecy)) {}
};

// A block of centred lines around an axis, as far to both sides as the right margin allows.
Shape around(const Flow& flow, double axis) {
  const double half = std::max(flow.width() - axis, 3 * cm);
  return {.left = axis - half, .right = flow.width() - axis - half, .align = Align::centre};
}

// Room that the signature takes, with three lines to sign on.
double signature_height(Flow& flow, const Signature& signature, double axis) {
  double height = 4 * Flow::pitch({});
  for (const auto& post : signature.posts) height += flow.height(post, around(flow, axis));
  return height;
}

void sign(Flow& flow, const Signature& signature, double axis) {
  const auto shape = around(flow, axis);
  flow.skip(3 * Flow::pitch({}));
  flow.paragraph("(" + text_or_blank(signature.name) + ")", shape);
  for (const auto& post : signature.posts) flow.paragraph(post, shape);
}

// All paragraphs; what follows the last stays with its last lines.
template <class Paragraphs>
void paragraphs(Flow& flow, const Paragraphs& texts, const Shape& shape, double tail = 0) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    flow.paragraph(texts[i], shape, i + 1 == texts.size() ? tail : 0);
}

// "อ้างถึง": one hangs alone, several are numbered.
template <class Lines>
void listed(Flow& flow, std::string_view label, const Lines& lines) {
  const double hang = flow.text_width(label, {}) + 8;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto number = lines.size() > 1 ? std::to_string(i + 1) + ". " : "";
    flow.labelled(i == 0 ? label : "", number + lines[i].text(), {.before = i == 0 ? half_line : 0},
                  hang);
  }
}

void emblem(Typesetter& typesetter, const PageShape& page, const std::string& png) {
  if (!png.empty()) typesetter.picture(png, page.width / 2, emblem_top, emblem_height, false);
}

void head_of_letter(Flow& flow, const Letter& letter) {
  const double axis = flow.page().width / 2 - flow.page().left;
  const double origin_left = axis + 1.2 * cm;
  const double begin = emblem_top + emblem_height;
  if (letter.speed != Speed::ordinary) {
    const Style mark{.size = 32, .bold = true, .ink = Ink::red};
    flow.move_to(begin - Flow::pitch(mark));
    flow.at(0, words_of(letter.speed), mark);
  }
  flow.move_to(begin);
  flow.paragraph("ที่  " + text_or_blank(letter.number), {.right = flow.width() - axis + 0.5 * cm});
  const double below_number = flow.y();
  flow.move_to(begin);
  for (const auto& line : letter.origin) flow.paragraph(line, {.left = origin_left});
  flow.move_to(std::max(below_number, flow.y()));
  flow.paragraph(date_or_blank(letter.dated_on), {.left = axis, .before = half_line});
}

std::string clause_number(Numbering numbering, std::size_t number) {
  const auto figure = std::to_string(number);
  return numbering == Numbering::article ? "ข้อ " + figure : figure + ".";
}

void clauses(Flow& flow, const Order& order, double tail) {
  for (std::size_t i = 0; i < order.clauses.size(); ++i) {
    const auto& clause = order.clauses[i];
    const bool last = i + 1 == order.clauses.size();
    flow.paragraph(joined(clause_number(order.numbering, i + 1), clause.text), body_shape,
                   last && clause.parts.empty() ? tail : 0);
    for (std::size_t p = 0; p < clause.parts.size(); ++p)
      flow.paragraph(joined(std::to_string(i + 1) + "." + std::to_string(p + 1), clause.parts[p]),
                     {.indent = indent + 1 * cm}, last && p + 1 == clause.parts.size() ? tail : 0);
  }
}

void dotted_field(Flow& flow, double left, double right, std::string_view label,
                  std::string_view text) {
  const Style label_style{.size = 20, .bold = true};
  const double text_left = left + flow.text_width(label, label_style) + 6;
  flow.at(left, label, label_style);
  const double base = flow.y() + Flow::pitch(label_style) * 0.72;
  const double from = flow.page().left + text_left;
  flow.typesetter().dots(from, base + 3, flow.page().left + right);
  const double y = flow.y();
  flow.move_to(base - Flow::pitch({}) * 0.72);  // on the baseline of its label
  flow.paragraph(text, {.left = text_left + 4, .right = flow.width() - right});
  flow.move_to(std::max(flow.y(), y + Flow::pitch(label_style)));
}

void head_of_memorandum(Flow& flow, const Memorandum& memo, const std::string& png) {
  const auto& page = flow.page();
  if (!png.empty()) flow.typesetter().picture(png, page.left, emblem_top, emblem_small, true);
  const Style title{.size = 29, .bold = true};
  if (memo.speed != Speed::ordinary) {
    const Style mark{.size = 32, .bold = true, .ink = Ink::red};
    flow.move_to(emblem_top);
    flow.at(emblem_small + 0.5 * cm, words_of(memo.speed), mark);
  }
  flow.move_to(emblem_top + emblem_small - 35);
  flow.paragraph("บันทึกข้อความ", {.align = Align::centre, .style = title});
  flow.move_to(emblem_top + emblem_small + half_line);
  const double middle = flow.width() / 2;
  dotted_field(flow, 0, flow.width(), "ส่วนราชการ", memo.agency);
  const double y = flow.y();
  dotted_field(flow, 0, middle - 4, "ที่", memo.number ? memo.number->text() : "");
  flow.move_to(y);
  dotted_field(flow, middle, flow.width(), "วันที่", memo.dated_on ? thai::date(*memo.dated_on) : "");
  dotted_field(flow, 0, flow.width(), "เรื่อง", memo.subject);
}

template <class People>
void people(Flow& flow, std::string_view heading, const People& list) {
  if (list.empty()) return;
  const std::array<Cell, 4> cells{{{0, 1 * cm, Align::right},
                                   {1 * cm, 5.8 * cm},
                                   {6.8 * cm, 6 * cm},
                                   {12.8 * cm, flow.width() - 12.8 * cm}}};
  flow.skip(half_line);
  flow.keep(3 * Flow::pitch({}));
  flow.paragraph(heading, {.style = bold});
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& person = list[i];
    const std::array<std::string, 4> texts{std::to_string(i + 1) + ".", person.name.text(),
                                           person.post ? person.post->text() : "",
                                           person.role ? person.role->text() : ""};
    flow.row(texts, cells, {}, false);
  }
}

void agenda_part(Flow& flow, const AgendaPart& part, std::size_t index) {
  const auto number = std::to_string(index + 1);
  const auto title = part.title ? part.title->text() : std::string(part_titles[index]);
  flow.skip(2 * half_line);
  flow.keep(3 * Flow::pitch({}));
  flow.labelled("ระเบียบวาระที่ " + number, title, {.style = bold}, 3.2 * cm, bold);
  if (part.items.empty()) flow.paragraph("ไม่มี", {.left = 3.2 * cm});
  for (std::size_t i = 0; i < part.items.size(); ++i) {
    const auto& item = part.items[i];
    flow.skip(half_line);
    flow.keep(3 * Flow::pitch({}));
    flow.labelled(number + "." + std::to_string(i + 1), item.title,
                  {.left = 1.2 * cm, .style = bold}, 1.3 * cm, bold);
    paragraphs(flow, item.text, {.indent = indent});
    for (std::size_t r = 0; r < item.resolutions.size(); ++r)
      flow.labelled(r == 0 ? "มติที่ประชุม" : "", item.resolutions[r],
                    {.left = indent, .before = r == 0 ? half_line / 2 : 0}, 2.4 * cm, bold);
  }
}

void signed_as(Flow& flow, const std::optional<Line>& name, std::string_view as) {
  const auto shape = around(flow, flow.width() * 0.68);
  flow.keep(5 * Flow::pitch({}));
  flow.skip(2 * Flow::pitch({}));
  flow.paragraph("(" + text_or_blank(name) + ")", shape);
  flow.paragraph(as, shape);
}

constexpr Style table_style{.size = 14};
constexpr Style table_bold{.size = 14, .bold = true};

// What a column needs so that no figure is torn: its longest, and the words of its heading. Texts
// aligned left are sentences, which wrap.
double needed_width(Flow& flow, const TableReport& report, std::size_t column) {
  if (report.columns[column].align == Align::left) return 0;
  double needed = 0;
  std::string_view heading = report.columns[column].heading;
  while (!heading.empty()) {
    const auto word = heading.substr(0, heading.find(' '));
    needed = std::max(needed, flow.text_width(word, table_bold));
    heading.remove_prefix(std::min(word.size() + 1, heading.size()));
  }
  std::string_view longest;
  const auto look = [&](const auto& rows) {
    for (const auto& row : rows)
      if (column < row.cells.size() && row.cells[column].text().size() > longest.size())
        longest = row.cells[column];
  };
  look(report.rows), look(report.totals);
  needed = std::max(needed, flow.text_width(longest, table_bold)) + 2 * cell_padding + 2;
  return std::min(needed, flow.width() / 4);
}

// Widths are shared out by weight, but first each column gets what it needs.
std::vector<Cell> cells_of(Flow& flow, const TableReport& report) {
  std::vector<double> widths(report.columns.size());
  double shares = 0, spoken_for = 0;
  for (const auto& column : report.columns) shares += std::clamp(column.width, 1, 100);
  double open_shares = shares;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const double needed = needed_width(flow, report, i);
    const double share = std::clamp(report.columns[i].width, 1, 100);
    if (needed <= flow.width() * share / shares) continue;
    widths[i] = needed;
    spoken_for += needed;
    open_shares -= share;
  }
  if (spoken_for > flow.width() * 0.8) {  // not all can have it
    std::fill(widths.begin(), widths.end(), 0);
    spoken_for = 0;
    open_shares = shares;
  }
  const double unit = open_shares > 0 ? (flow.width() - spoken_for) / open_shares : 0;
  std::vector<Cell> cells;
  double left = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto& column = report.columns[i];
    const double own = widths[i] > 0 ? widths[i] : unit * std::clamp(column.width, 1, 100);
    cells.push_back({left, own, column.align});
    left += own;
  }
  return cells;
}

std::vector<std::string> texts_of(const ReportRow& row, std::size_t columns) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < columns; ++i)
    texts.push_back(i < row.cells.size() ? row.cells[i].text() : "");
  return texts;
}

void table(Flow& flow, const TableReport& report, const std::vector<Cell>& cells,
           const std::vector<std::string>& headings) {
  auto head_cells = cells;
  for (auto& cell : head_cells) cell.align = Align::centre;
  const auto heads = [&] { flow.row(headings, head_cells, table_bold, true); };
  flow.keep(flow.row_height(headings, head_cells, table_bold, true) + 2 * Flow::pitch(table_style));
  heads();
  flow.heads(heads);

  double totals_height = 0;
  for (const auto& total : report.totals)
    totals_height += flow.row_height(texts_of(total, cells.size()), cells, table_bold, true);
  for (std::size_t i = 0; i < report.rows.size() && !flow.too_long(); ++i) {
    const bool last = i + 1 == report.rows.size();
    flow.row(texts_of(report.rows[i], cells.size()), cells, table_style, true,
             last ? totals_height : 0);
  }
  for (const auto& total : report.totals)
    flow.row(texts_of(total, cells.size()), cells, table_bold, true);
  flow.heads({});
}

bool readable(const std::filesystem::path& file) {
  return std::ifstream(file, std::ios::binary).good();
}

}  // namespace

std::string_view part_title(std::size_t part) {
  return part_titles.at(part - 1);
}

std::optional<Typeface> find_typeface(const std::filesystem::path& share,
                                      const std::filesystem::path& letterhead) {
  const auto fonts = share / "data" / "fonts";
  const std::filesystem::path debian = "/usr/share/fonts/truetype/tlwg";
  const Typeface known[] = {
      {letterhead / "regular.ttf", letterhead / "bold.ttf", 1, false, "letterhead"},
      {fonts / "Sarabun-Regular.ttf", fonts / "Sarabun-Bold.ttf", 0.75, false, "Sarabun"},
      {debian / "Laksaman.ttf", debian / "Laksaman-Bold.ttf", 0.75, true, "Laksaman"}};
  for (const auto& typeface : known) {
    if (typeface.name == "letterhead" && letterhead.empty()) continue;
    if (readable(typeface.regular) && readable(typeface.bold)) return typeface;
  }
  return std::nullopt;
}

std::string read_emblem(const std::filesystem::path& letterhead) {
  std::ifstream file(letterhead / "emblem.png", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Printer::Printer(Typeface typeface, std::string emblem_png)
    : fonts_(std::make_shared<FontCase>(std::move(typeface))), emblem_(std::move(emblem_png)) {}

const Typeface& Printer::typeface() const {
  return fonts_->typeface();
}

Result<Printed> Printer::print(const Letter& letter, const PrintOptions& options) const {
  Paper paper(*fonts_, options, letter.subject, letter.dated_on, letter.secrecy);
  auto& flow = paper.flow;
  emblem(paper.typesetter, flow.page(), emblem_);
  head_of_letter(flow, letter);
  flow.labelled("เรื่อง", letter.subject, {.before = half_line});
  flow.labelled(letter.salutation, letter.addressee, {.before = half_line});
  listed(flow, "อ้างถึง", letter.references);
  listed(flow, "สิ่งที่ส่งมาด้วย", letter.enclosures);

  const double centre = flow.page().width / 2 - flow.page().left;
  const double axis = centre + std::min(flow.text_width(letter.closing, {}), 6 * cm) / 2;
  double foot = Flow::pitch({}) * double(letter.copies_to.size());
  for (const auto& line : letter.contact) foot += flow.height(line, {});
  const double gap = foot > 0 ? Flow::pitch({}) : 0;
  paragraphs(flow, letter.body, body_shape,
             2 * half_line + Flow::pitch({}) + signature_height(flow, letter.signature, axis) +
                 gap + foot);
  flow.skip(2 * half_line);
  flow.paragraph(letter.closing, around(flow, axis));
  sign(flow, letter.signature, axis);

  // The unit that answers for the letter, two lines lower where there is room.
  flow.skip(std::clamp(flow.room() - foot, gap, 2 * Flow::pitch({})));
  for (const auto& line : letter.contact) flow.paragraph(line, {});
  listed(flow, "สำเนาส่ง", letter.copies_to);
  return flow.finish();
}

Result<Printed> Printer::print(const Order& order, const PrintOptions& options) const {
  Paper paper(*fonts_, options, order.subject, order.signed_on, order.secrecy);
  auto& flow = paper.flow;
  emblem(paper.typesetter, flow.page(), emblem_);
  flow.move_to(emblem_top + emblem_height + half_line);
  const Shape centred{.align = Align::centre};
  flow.paragraph(joined("คำสั่ง", order.issuer, ""), centred);
  flow.paragraph("ที่  " + text_or_blank(order.number), centred);
  flow.paragraph(joined("เรื่อง", order.subject), centred);
  const double middle = flow.page().width / 2, below = flow.y() + 8;
  paper.typesetter.rule(middle - 2 * cm, below, middle + 2 * cm, below);
  flow.skip(12);

  const double axis = flow.page().width / 2 - flow.page().left + 2.5 * cm;
  const double tail =
      2 * half_line + Flow::pitch({}) + signature_height(flow, order.signature, axis);
  paragraphs(flow, order.recitals, body_shape);
  clauses(flow, order, order.in_force.empty() ? tail : 0);
  paragraphs(flow, order.in_force, body_shape, tail);
  flow.skip(2 * half_line);
  const auto day = order.signed_on ? std::to_string(order.signed_on->day_of_month()) + "  " +
                                         thai::month_name(int(order.signed_on->month())) +
                                         "  พ.ศ. " + std::to_string(order.signed_on->year() + 543)
                                   : std::string(blank) + "  พ.ศ. ........";
  flow.paragraph("สั่ง  ณ  วันที่  " + day, {.left = 2 * indent});
  sign(flow, order.signature, axis);
  return flow.finish();
}

Result<Printed> Printer::print(const Memorandum& memo, const PrintOptions& options) const {
  Paper paper(*fonts_, options, memo.subject, memo.dated_on, memo.secrecy);
  auto& flow = paper.flow;
  head_of_memorandum(flow, memo, emblem_);
  flow.labelled(memo.salutation, memo.addressee, {.before = half_line});
  const double axis = flow.page().width / 2 - flow.page().left + 2.5 * cm;
  paragraphs(flow, memo.body, body_shape, signature_height(flow, memo.signature, axis));
  sign(flow, memo.signature, axis);
  return flow.finish();
}

Result<Printed> Printer::print(const Minutes& minutes, const PrintOptions& options) const {
  const auto title = joined("รายงานการประชุม", minutes.body, "");
  Paper paper(*fonts_, options, joined(title, minutes.session), minutes.held_on, minutes.secrecy);
  auto& flow = paper.flow;
  const Shape centred{.align = Align::centre, .style = bold};
  flow.paragraph(title, centred);
  flow.paragraph(joined("ครั้งที่", minutes.session, " "), centred);
  flow.paragraph("เมื่อวันที่ " + thai::date(minutes.held_on), centred);
  flow.paragraph(joined("ณ", minutes.place, " "), centred);
  const double middle = flow.page().width / 2, below = flow.y() + 6;
  paper.typesetter.rule(middle - 2 * cm, below, middle + 2 * cm, below);
  flow.skip(10);

  people(flow, "ผู้มาประชุม", minutes.present);
  people(flow, "ผู้ไม่มาประชุม", minutes.absent);
  people(flow, "ผู้เข้าร่วมประชุม", minutes.in_attendance);
  flow.labelled("เริ่มประชุมเวลา", joined(minutes.begun_at, "น.", " "), {.before = 2 * half_line}, 0,
                bold);
  paragraphs(flow, minutes.opening, body_shape);
  for (std::size_t i = 0; i < minutes.parts.size() && i < part_titles.size(); ++i)
    agenda_part(flow, minutes.parts[i], i);
  flow.labelled("เลิกประชุมเวลา", joined(minutes.ended_at, "น.", " "), {.before = 2 * half_line}, 0,
                bold);
  signed_as(flow, minutes.recorder, "ผู้จดรายงานการประชุม");
  signed_as(flow, minutes.checker, "ผู้ตรวจรายงานการประชุม");
  return flow.finish();
}

Result<Printed> Printer::print(const TableReport& report, const PrintOptions& options) const {
  PageShape page{.left = 2 * cm, .right = 2 * cm};
  if (report.landscape) std::swap(page.width, page.height);
  Paper paper(*fonts_, options, report.title, report.dated_on, Secrecy::open, page);
  auto& flow = paper.flow;
  const auto cells = cells_of(flow, report);
  std::vector<std::string> headings;
  for (const auto& column : report.columns) headings.push_back(column.heading.text());
  if (flow.row_height(headings, cells, table_bold, true) > page.height / 3) return paper_too_long;

  flow.paragraph(report.title, {.align = Align::centre, .style = {.size = 18, .bold = true}});
  for (const auto& line : report.subtitles) flow.paragraph(line, {.align = Align::centre});
  flow.skip(half_line);
  if (!cells.empty()) table(flow, report, cells, headings);
  if (report.rows.empty())
    flow.paragraph("ไม่มีรายการ", {.before = half_line, .align = Align::centre});
  flow.skip(half_line / 2);
  paragraphs(flow, report.notes, {.before = half_line / 2, .style = table_style});
  return flow.finish();
}

}  // namespace changwat::documents::paper
