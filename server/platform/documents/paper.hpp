#pragma once
// Official papers: what stands on a letter, an order, a memorandum, minutes or a report, as PDF.
//
// Called by modules that issue papers: they fill in one of the described types below (so a paper
// can be kept as JSON and printed again) and get bytes. What the paper says is theirs; how it is
// laid out is this room's. Thai only: papers of the state are written in Thai.
//
// The same content, options, fonts and libraries give the same bytes, so a digest kept in the
// ledger proves a copy. After an upgrade of Pango, Cairo or a font the bytes differ though the
// paper says the same: whoever must show the very paper that was signed keeps its bytes.
//
// Threads: a Printer is immutable; any number of threads may print with it at once. Errors:
// `paper_too_long` beyond the limits below; a damaged font or picture is an exception.
// Cost: a few milliseconds a page; long reports belong on a worker, not on a quick route.
//
// Sources of the layout. The Regulation of the Office of the Prime Minister on Correspondence
// B.E. 2526 and its amendments. We have read reprints and manuals of agencies, not the Gazette, so
// nothing here is more than "as reprinted"; docs/official-papers.md lists each measure with its
// standing:
//   as reprinted  A4 (c. 74-76); emblem 3 cm, on memoranda 1.5 cm (c. 71, 75, 76), 1.5 cm below the
//                 upper edge; fields of forms 1, 2, 4 and 11 (c. 11, 12, 16, 25); speed class in
//                 red, at least 32 points (c. 28); margins 3 cm left and 2 cm right, single
//                 spacing, "บันทึกข้อความ" in bold 29 points on 35, labels 20 points with dotted
//                 lines (explanation on typing with computers, 2010); Sarabun 16 points (cabinet
//                 resolution of 7 September 2010).
//   practice      upper and lower margin, indents, gaps, where the signature stands, page numbers
//                 "- ๒ -", secrecy class at head and foot, type of tables.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "base/word.hpp"

namespace changwat::documents::paper {

inline constexpr ErrorKind paper_too_long{
    "paper_too_long", 422, "เอกสารยาวเกินกว่าจะพิมพ์เป็นฉบับเดียว โปรดแบ่งเป็นหลายฉบับ",
    "The paper is too long to print as one. Divide it into several."};
inline constexpr ErrorKind no_typeface{
    "no_typeface", 503, "เครื่องแม่ข่ายไม่มีแบบอักษรสำหรับพิมพ์เอกสารราชการ โปรดแจ้งผู้ดูแลระบบ",
    "The server has no typeface for official papers. Tell who runs it."};

inline constexpr std::size_t pages_max = 1'000;
inline constexpr std::size_t text_bytes_max = std::size_t{8} << 20;  // of all texts together

using Line = Text<1, 300>;
using Paragraph = Text<1, 8'000>;

// How fast the receiver must act (c. 28).
enum class Speed { ordinary, urgent, very_urgent, most_urgent };
BOOST_DESCRIBE_ENUM(Speed, ordinary, urgent, very_urgent, most_urgent)

// ลับ, ลับมาก, ลับที่สุด.
enum class Secrecy { open, confidential, secret, top_secret };
BOOST_DESCRIBE_ENUM(Secrecy, open, confidential, secret, top_secret)

struct Signature {
  std::optional<Line> name;  // with its title, without brackets; none: dots to be filled in
  List<Line, 6> posts;  // one a line, "ผู้ว่าราชการจังหวัด…", "ปฏิบัติราชการแทน…"
};
BOOST_DESCRIBE_STRUCT(Signature, (), (name, posts))

// External letter, หนังสือภายนอก (form 1).
struct Letter {
  std::optional<Line> number;  // "นร 1201/ว 15" without ที่; none: to be filled in
  List<Line, 6> origin;        // office and its address, one a line
  std::optional<Date> dated_on;
  Line subject;            // เรื่อง
  Text<1, 40> salutation;  // "เรียน", "กราบเรียน"
  Line addressee;
  List<Line, 20> references;  // อ้างถึง
  List<Line, 50> enclosures;  // สิ่งที่ส่งมาด้วย, with its count: "แนวทางฯ จำนวน 1 ชุด"
  List<Paragraph, 200> body;
  Line closing;  // "ขอแสดงความนับถือ"
  Signature signature;
  List<Line, 6> contact;     // responsible unit, telephone, mail, one a line
  List<Line, 30> copies_to;  // สำเนาส่ง
  Speed speed = Speed::ordinary;
  Secrecy secrecy = Secrecy::open;
};
BOOST_DESCRIBE_STRUCT(Letter, (),
                      (number, origin, dated_on, subject, salutation, addressee, references,
                       enclosures, body, closing, signature, contact, copies_to, speed, secrecy))

// A numbered clause with its parts, which are numbered "๑.๑", "๑.๒".
struct Clause {
  Paragraph text;
  List<Paragraph, 300> parts;
};
BOOST_DESCRIBE_STRUCT(Clause, (), (text, parts))

// "ข้อ ๑" or "๑."
enum class Numbering { article, figure };
BOOST_DESCRIBE_ENUM(Numbering, article, figure)

// Order, คำสั่ง (form 4).
struct Order {
  Line issuer;  // office or post that gives it: "จังหวัดราชบุรี"
  std::optional<Line> number;  // "478/2564"; none: to be filled in
  Line subject;
  List<Paragraph, 30> recitals;
  Numbering numbering = Numbering::article;
  List<Clause, 300> clauses;
  List<Paragraph, 30> in_force;  // after the clauses: "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป"
  std::optional<Date> signed_on;
  Signature signature;
  Secrecy secrecy = Secrecy::open;
};
BOOST_DESCRIBE_STRUCT(Order, (),
                      (issuer, number, subject, recitals, numbering, clauses, in_force, signed_on,
                       signature, secrecy))

// Memorandum, บันทึกข้อความ (form 2).
struct Memorandum {
  Line agency;  // ส่วนราชการ, with its telephone
  std::optional<Line> number;
  std::optional<Date> dated_on;
  Line subject;
  Text<1, 40> salutation;
  Line addressee;
  List<Paragraph, 200> body;
  Signature signature;
  Speed speed = Speed::ordinary;
  Secrecy secrecy = Secrecy::open;
};
BOOST_DESCRIBE_STRUCT(Memorandum, (),
                      (agency, number, dated_on, subject, salutation, addressee, body, signature,
                       speed, secrecy))

struct Attendant {
  Line name;
  std::optional<Line> post;  // and whom they stand for, or why they are absent
  std::optional<Line> role;  // in the meeting: "ประธาน"
};
BOOST_DESCRIBE_STRUCT(Attendant, (), (name, post, role))

struct AgendaItem {
  Line title;  // numbered "๕.๑"
  List<Paragraph, 100> text;
  List<Paragraph, 20> resolutions;  // มติที่ประชุม
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (), (title, text, resolutions))

struct AgendaPart {
  std::optional<Line> title;    // none: the usual title of this part
  List<AgendaItem, 100> items;  // none: "ไม่มี"
};
BOOST_DESCRIBE_STRUCT(AgendaPart, (), (title, items))

// The usual title of a part, 1 … 6: "เรื่องเสนอเพื่อพิจารณา" is that of part 5.
std::string_view part_title(std::size_t part);

// Minutes, รายงานการประชุม (form 11), with the six parts of an agenda (explanation to the form).
struct Minutes {
  Line body;     // "คณะกรมการจังหวัด…"
  Line session;  // "1/2564"
  Date held_on;
  Line place;
  List<Attendant, 300> present;
  List<Attendant, 300> absent;
  List<Attendant, 300> in_attendance;
  Text<1, 20> begun_at;  // "10.00"
  List<Paragraph, 20> opening;
  List<AgendaPart, 6> parts;
  Text<1, 20> ended_at;
  std::optional<Line> recorder;  // none: dots to be filled in
  std::optional<Line> checker;
  Secrecy secrecy = Secrecy::open;
};
BOOST_DESCRIBE_STRUCT(Minutes, (),
                      (body, session, held_on, place, present, absent, in_attendance, begun_at,
                       opening, parts, ended_at, recorder, checker, secrecy))

enum class Align { left, centre, right };
BOOST_DESCRIBE_ENUM(Align, left, centre, right)

struct ReportColumn {
  Line heading;
  int width = 1;  // share of the page beside the other columns, 1..100
  Align align = Align::left;
};
BOOST_DESCRIBE_STRUCT(ReportColumn, (), (heading, width, align))

// As many cells as columns; fewer leave the last ones empty, more are not printed.
struct ReportRow {
  List<Text<0, 1'000>, 16> cells;
};
BOOST_DESCRIBE_STRUCT(ReportRow, (), (cells))

// A table with a title, for registers and monthly reports. Its heads are repeated on every page.
struct TableReport {
  Line title;
  List<Line, 5> subtitles;  // period, office
  std::optional<Date> dated_on;
  List<ReportColumn, 16> columns;
  List<ReportRow, 20'000> rows;  // none: "ไม่มีรายการ"
  List<ReportRow, 5> totals;     // in bold, never alone on a page
  List<Paragraph, 20> notes;
  bool landscape = false;
};
BOOST_DESCRIBE_STRUCT(TableReport, (),
                      (title, subtitles, dated_on, columns, rows, totals, notes, landscape))

// The type in which papers are set.
struct Typeface {
  std::filesystem::path regular;
  std::filesystem::path bold;
  // Real points for a nominal point. TH Sarabun, the type that the rules mean, is drawn small: we
  // set its 16 points as 12 of Sarabun, so that as much stands on a line (judged by eye).
  double scale = 0.75;
  bool substitute = false;  // a type that the rules do not name: say so to the operator
  std::string name;         // for messages
};

// What is there, in this order: regular.ttf and bold.ttf in the operator's `letterhead` folder
// (taken as TH Sarabun, unscaled; may be empty), Sarabun in `share`/data/fonts, where
// tools/build-web puts it, Debian's Laksaman as a substitute. nullopt: none of them.
std::optional<Typeface> find_typeface(const std::filesystem::path& share,
                                      const std::filesystem::path& letterhead = {});

// emblem.png in the operator's folder, or nothing. The garuda is not shipped with the program: its
// use is reserved to the state. Without it its place stays empty, as on paper printed beforehand.
std::string read_emblem(const std::filesystem::path& letterhead);

struct PrintOptions {
  bool thai_digits = true;  // of all texts, except words with a Latin letter
  bool draft = false;       // "ร่าง" across every page
};

struct Printed {
  std::string pdf;
  std::size_t pages = 0;
};

class FontCase;  // typesetter.hpp

// Keeps its fonts open: make one for the program; copies share the fonts.
class Printer {
 public:
  explicit Printer(Typeface typeface, std::string emblem_png = {});

  Result<Printed> print(const Letter& letter, const PrintOptions& options = {}) const;
  Result<Printed> print(const Order& order, const PrintOptions& options = {}) const;
  Result<Printed> print(const Memorandum& memorandum, const PrintOptions& options = {}) const;
  Result<Printed> print(const Minutes& minutes, const PrintOptions& options = {}) const;
  Result<Printed> print(const TableReport& report, const PrintOptions& options = {}) const;

  const Typeface& typeface() const;

 private:
  std::shared_ptr<FontCase> fonts_;
  std::string emblem_;
};

}  // namespace changwat::documents::paper
