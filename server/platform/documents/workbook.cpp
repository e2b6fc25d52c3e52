#include "platform/documents/workbook.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <system_error>

#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.hpp"

#include "platform/documents/encoding.hpp"

namespace changwat::documents {
namespace {

constexpr std::size_t rows_max = 1'048'575;
constexpr std::size_t columns_max = 16'384;
constexpr std::size_t cell_characters_max = 32'767;
constexpr std::size_t rows_measured = 1'000;
constexpr double width_min = 8;
constexpr double width_max = 60;
constexpr double width_margin = 2;

Problem cannot_hold(std::string th, std::string en) {
  return {errors::invalid_input, std::move(th), std::move(en)};
}

bool wide(char32_t c) {  // takes two cells: CJK, Hangul, full-width forms
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF);
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder && *folder ? folder : P_tmpdir;
}

// ---- a temporary file with a name, removed whatever happens ------------------------------------

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& folder) : name_(folder + "/changwat-XXXXXX") {
    const int file = ::mkstemp(name_.data());
    if (file < 0) throw std::system_error(errno, std::generic_category(), name_);
    ::close(file);
  }
  ~TemporaryFile() { ::unlink(name_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& name() const { return name_; }

  std::string bytes() const {
    std::ifstream file(name_, std::ios::binary | std::ios::ate);
    std::string out(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)), '\0');
    file.seekg(0);
    file.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (!file) throw std::runtime_error("a workbook just written cannot be read back: " + name_);
    return out;
  }

 private:
  std::string name_;
};

void require(lxw_error error) {
  if (error != LXW_NO_ERROR)
    throw std::runtime_error(std::string("writing a workbook: ") + lxw_strerror(error));
}

// ---- values ------------------------------------------------------------------------------------

// A spreadsheet keeps fifteen digits. A number with more is written as text: exact before
// countable.
bool fits_a_double(std::string_view digits) {
  std::size_t significant = 0;
  for (const char c : digits) significant += c >= '0' && c <= '9' && (significant > 0 || c != '0');
  return significant <= 15;
}

// Days of the spreadsheet calendar, which is right from 1 March 1900 on.
std::optional<double> serial_of(Date date) {
  using namespace std::chrono;
  constexpr sys_days zero = sys_days(year(1899) / 12 / 30);
  constexpr sys_days first_right = sys_days(year(1900) / 3 / 1);
  if (date.day() < first_right) return std::nullopt;
  return static_cast<double>((date.day() - zero).count());
}

// What Excel would read as an escape ("_x0041_") and control characters become escapes themselves.
// The library escapes control characters; the underscore of a look-alike is ours to guard.
std::string guarded_escapes(std::string_view text) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool look_alike = rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' &&
                            std::all_of(rest.begin() + 2, rest.begin() + 6, hex);
    out += look_alike ? "_x005F_" : std::string(1, text[i]);
  }
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool valid_sheet_name(const std::string& name) {
  const auto length = utf8::length(name);
  return length && *length >= 1 && *length <= 31 &&
         name.find_first_of("[]:*?/\\") == std::string::npos &&
         name.find('\0') == std::string::npos && name.front() != '\'' && name.back() != '\'';
}

std::string number_format_code(const Column& column) {
  const std::size_t places = static_cast<std::size_t>(std::clamp(column.places, 0, 6));
  const std::string fraction = places == 0 ? "" : "." + std::string(places, '0');
  switch (column.kind) {
    case ColumnKind::integer:
      return "#,##0";
    case ColumnKind::decimal:
      return "#,##0" + fraction;
    case ColumnKind::percent:
      return "0" + fraction;
    case ColumnKind::date:
      return "[$-th-TH,D00]d mmm bbbb";
    case ColumnKind::year:
      return "0";
    case ColumnKind::text:
      break;
  }
  return "General";
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t widest = 0;
  std::size_t line = 0;
  while (!text.empty()) {
    const auto c = utf8::next(text);
    if (!c) {
      text.remove_prefix(1);
      ++line;
    } else if (*c == U'\n') {
      widest = std::max(widest, line);
      line = 0;
    } else if (!combining(*c)) {
      line += wide(*c) ? 2 : 1;
    }
  }
  return std::max(widest, line);
}

std::string millionths_text(std::int64_t count) {
  constexpr std::uint64_t scale = 1'000'000;
  const std::uint64_t size =
      count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  std::string fraction = std::to_string(scale + size % scale).substr(1);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return (count < 0 ? "-" : "") + std::to_string(size / scale) +
         (fraction.empty() ? "" : "." + fraction);
}

// ---- XLSX --------------------------------------------------------------------------------------

struct Workbook::Writing {
  std::string folder = temporary_folder();
  TemporaryFile file{folder};
  lxw_workbook* book = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* text = nullptr;
  lxw_worksheet* sheet = nullptr;  // the newest
  std::set<std::string> names;
  std::vector<Column> columns;
  std::vector<lxw_format*> formats;
  std::vector<double> widths;
  std::size_t rows = 0;

  explicit Writing(const Properties& properties) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.data();
    book = workbook_new_opt(file.name().c_str(), &options);
    if (!book) throw std::runtime_error("a workbook cannot be begun: " + file.name());
    set_properties(properties);
    make_styles();
  }
  // The library frees a book only by closing it; the file it makes then is removed with us.
  ~Writing() {
    if (book) workbook_close(book);
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

  void set_properties(const Properties& properties) {
    std::string title = properties.title;
    std::string author = properties.author;
    lxw_doc_properties set{};
    set.title = title.data();
    set.author = author.data();
    require(workbook_set_properties(book, &set));
  }

  void make_styles() {
    heading = workbook_add_format(book);
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_align(heading, LXW_ALIGN_CENTER);
    format_set_align(heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(heading, 0xDCE6F1);
    format_set_bottom(heading, LXW_BORDER_THIN);
    text = workbook_add_format(book);
    format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(text, "@");
  }

  lxw_format* format_of(const Column& column) {
    if (column.kind == ColumnKind::text) return text;
    lxw_format* format = workbook_add_format(book);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(format, number_format_code(column).c_str());
    return format;
  }

  void set_widths() {
    for (std::size_t i = 0; sheet && i < columns.size(); ++i) {
      const double measured = std::clamp(widths[i] + width_margin, width_min, width_max);
      const double width = columns[i].width > 0 ? columns[i].width : measured;
      const auto column = static_cast<lxw_col_t>(i);
      require(worksheet_set_column(sheet, column, column, width, nullptr));
    }
  }

  void measure(std::size_t column, std::string_view shown) {
    if (rows > rows_measured) return;
    widths[column] = std::max(widths[column], static_cast<double>(display_width(shown)));
  }

  void write_heading() {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      measure(i, columns[i].heading);
      const auto column = static_cast<lxw_col_t>(i);
      require(worksheet_write_string(sheet, 0, column, guarded_escapes(columns[i].heading).c_str(),
                                     heading));
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
  }

  void write_text(std::size_t column, std::string_view value, lxw_format* format) {
    measure(column, value);
    require(worksheet_write_string(sheet, row(), static_cast<lxw_col_t>(column),
                                   guarded_escapes(value).c_str(), format));
  }

  // `digits` is exact; the double nearest to it shows the same fifteen digits.
  void write_number(std::size_t column, const std::string& digits) {
    if (!fits_a_double(digits)) return write_text(column, digits, text);
    constexpr double separators = 4.0 / 3;
    if (rows <= rows_measured) {
      widths[column] =
          std::max(widths[column], separators * static_cast<double>(digits.size()) + 2);
    }
    require(worksheet_write_number(sheet, row(), static_cast<lxw_col_t>(column),
                                   std::strtod(digits.c_str(), nullptr), formats[column]));
  }

  void write_date(std::size_t column, Date date) {
    const auto serial = serial_of(date);
    if (!serial) return write_text(column, date.text(), text);
    measure(column, "30 ก.ย. 2569  ");
    require(worksheet_write_number(sheet, row(), static_cast<lxw_col_t>(column), *serial,
                                   formats[column]));
  }

  void write(std::size_t column, const Value& value) {
    if (const auto* words = std::get_if<std::string_view>(&value)) {
      if (!words->empty()) write_text(column, *words, text);
    } else if (const auto* count = std::get_if<std::int64_t>(&value)) {
      write_number(column, std::to_string(*count));
    } else if (const auto* exact = std::get_if<Millionths>(&value)) {
      write_number(column, millionths_text(exact->count));
    } else if (const auto* date = std::get_if<Date>(&value)) {
      write_date(column, *date);
    } else if (const auto* truth = std::get_if<bool>(&value)) {
      require(
          worksheet_write_boolean(sheet, row(), static_cast<lxw_col_t>(column), *truth, nullptr));
    }
  }

  lxw_row_t row() const { return static_cast<lxw_row_t>(rows); }
};

Workbook::Workbook() : Workbook(Properties{}) {}
Workbook::Workbook(const Properties& properties)
    : writing_(std::make_unique<Writing>(properties)) {}
Workbook::~Workbook() = default;
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook& Workbook::operator=(Workbook&&) noexcept = default;

Result<Done> Workbook::add_sheet(const std::string& name, std::vector<Column> columns) {
  Writing& w = *writing_;
  CHECK(!columns.empty() && columns.size() <= columns_max);
  if (!valid_sheet_name(name) || !w.names.insert(ascii_lower(name)).second) {
    return cannot_hold("ชื่อแผ่นงาน “" + name + "” ใช้ไม่ได้หรือซ้ำ ต้องยาว 1–31 ตัวอักษร ไม่มี [ ] : * ? / \\",
                       "The sheet name “" + name +
                           "” cannot be used or is taken. 1 to 31 characters without [ ] : * ? / "
                           "\\ are expected.");
  }
  for (const auto& column : columns) {
    if (!utf8::valid(column.heading))
      return cannot_hold("หัวตารางไม่ใช่ UTF-8", "A heading is not valid UTF-8.");
  }
  w.set_widths();  // of the sheet before
  w.sheet = workbook_add_worksheet(w.book, name.c_str());
  if (!w.sheet) throw std::runtime_error("a sheet cannot be begun: " + name);
  w.columns = std::move(columns);
  w.widths.assign(w.columns.size(), 0);
  w.formats.clear();
  for (const auto& column : w.columns) w.formats.push_back(w.format_of(column));
  w.rows = 0;
  w.write_heading();
  return Done{};
}

Result<Done> Workbook::add_row(std::span<const Value> values) {
  Writing& w = *writing_;
  CHECK(w.sheet && values.size() == w.columns.size());
  if (w.rows == rows_max)
    return cannot_hold("แผ่นงานเต็ม 1,048,575 แถว", "The sheet is full at 1,048,575 rows.");
  for (const auto& value : values) {
    const auto* words = std::get_if<std::string_view>(&value);
    if (!words) continue;
    const auto length = utf8::length(*words);
    if (length && *length <= cell_characters_max && words->find('\0') == std::string_view::npos)
      continue;
    return cannot_hold("ข้อความในช่องยาวเกิน 32,767 ตัวอักษรหรือไม่ใช่ UTF-8",
                       "A cell's text is longer than 32,767 characters or is not valid UTF-8.");
  }
  ++w.rows;
  for (std::size_t i = 0; i < values.size(); ++i) w.write(i, values[i]);
  return Done{};
}

std::string Workbook::finish() {
  Writing& w = *writing_;
  CHECK(w.book && w.sheet);
  w.set_widths();
  const lxw_error error =
      workbook_close(w.book);  // frees the book whether it could be written or not
  w.book = nullptr;
  require(error);
  return w.file.bytes();
}

// ---- CSV ---------------------------------------------------------------------------------------

namespace {

bool could_run(std::string_view text) {
  if (text.empty() || text == "-") return false;
  if (std::string_view("=+-@\t\r").find(text.front()) == std::string_view::npos) return false;
  const bool plain_number =
      (text.front() == '-' || text.front() == '+') && text.size() > 1 &&
      text.substr(1).find_first_not_of("0123456789.") == std::string_view::npos;
  return !plain_number;
}

}  // namespace

CsvTable::CsvTable(const std::vector<Column>& columns, CsvStyle style)
    : style_(style), columns_(columns.size()) {
  CHECK(!columns.empty());
  if (style_.byte_order_mark) out_ = "\xEF\xBB\xBF";
  std::vector<Value> headings;
  for (const auto& column : columns) headings.emplace_back(std::string_view(column.heading));
  add_row(headings);
}

void CsvTable::add_row(std::span<const Value> values) {
  CHECK(values.size() == columns_);
  const std::size_t begin = out_.size();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out_ += style_.delimiter;
    const Value& value = values[i];
    if (const auto* words = std::get_if<std::string_view>(&value)) add_text(*words);
    if (const auto* count = std::get_if<std::int64_t>(&value)) out_ += std::to_string(*count);
    if (const auto* exact = std::get_if<Millionths>(&value)) out_ += millionths_text(exact->count);
    if (const auto* date = std::get_if<Date>(&value)) out_ += date->text();
    if (const auto* truth = std::get_if<bool>(&value)) out_ += *truth ? "true" : "false";
  }
  if (out_.size() == begin) out_ += "\"\"";  // one empty field, which a blank line would not be
  out_ += "\r\n";
}

void CsvTable::add_text(std::string_view text) {
  const bool guard = style_.guard_formulas && could_run(text);
  const char special[] = {style_.delimiter, '"', '\r', '\n'};
  const bool quote = text.find_first_of(std::string_view(special, 4)) != std::string_view::npos ||
                     text.starts_with(' ') || text.ends_with(' ') ||
                     text.starts_with("sep=") ||  // on the first line that would name a delimiter
                     text.starts_with('<');       // and this would look like a web page
  if (quote) out_ += '"';
  if (guard) out_ += '\'';
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  if (quote) out_ += '"';
}

}  // namespace changwat::documents
