// XLSX: the parts of a workbook in the order in which they are needed: which sheets there are, what
// the number formats mean, the shared texts, then the one sheet, row by row.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>

#include "base/utf8.hpp"

#include "platform/documents/number_format.hpp"
#include "platform/documents/package.hpp"
#include "platform/documents/reading.hpp"

namespace changwat::documents {
namespace {

constexpr std::size_t sheets_max = 1'000;
constexpr std::size_t formats_max = 65'536;
constexpr std::size_t format_code_bytes_max = 1'024;
constexpr std::uint32_t row_number_max = 1'048'576;

Problem not_well_formed(std::string th, std::string en) {
  return {unreadable_document, std::move(th), std::move(en)};
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true";
}

// "_x000D_" stands for a character that XML cannot hold. Source: ECMA-376 part 1, 22.9.2.19.
std::string unescaped(std::string_view text) {
  constexpr std::size_t escape_bytes = 7;
  std::string out;
  while (!text.empty()) {
    const auto at = std::min(text.find("_x"), text.size());
    out += text.substr(0, at);
    text.remove_prefix(at);
    if (text.empty()) break;
    std::uint16_t code = 0;
    const char* hex = text.data() + 2;
    const bool escape = text.size() >= escape_bytes && text[6] == '_' &&
                        std::from_chars(hex, hex + 4, code, 16).ptr == hex + 4 &&
                        (code < 0xD800 || code > 0xDFFF);
    if (escape)
      utf8::append(out, code);
    else
      out += "_x";
    text.remove_prefix(escape ? escape_bytes : 2);
  }
  return out;
}

// ---- workbook: the sheets and the calendar ----------------------------------------------------

struct ListedSheet {
  SheetName name;
  std::string relationship;
};

class WorkbookHandler : public PartHandler {
 public:
  bool open(std::string_view name, const Attributes& attributes) override {
    if (name == "workbook") is_workbook = true;
    if (name == "workbookPr") date_1904 = is_true(attributes.get("date1904"));
    if (name == "sheet" && sheets.size() < sheets_max) {
      const std::string_view state = attributes.get("state");
      sheets.push_back({{std::string(attributes.get("name")), state.empty() || state == "visible"},
                        std::string(attributes.get("id"))});
    }
    return true;
  }
  bool close(std::string_view) override { return true; }
  void text(std::string_view) override {}

  bool is_workbook = false;
  bool date_1904 = false;
  std::vector<ListedSheet> sheets;
};

// ---- styles: what each cell style makes of a number -------------------------------------------

class StylesHandler : public PartHandler {
 public:
  bool open(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_cell_formats_ = true;
    if (name == "numFmt") take_code(attributes);
    if (name == "xf" && in_cell_formats_ && formats.size() < formats_max) {
      const unsigned id = whole_number<unsigned>(attributes.get("numFmtId")).value_or(0);
      const auto custom = custom_.find(id);
      formats.push_back(custom == custom_.end() ? built_in_format(id) : custom->second);
    }
    return true;
  }
  bool close(std::string_view name) override {
    if (name == "cellXfs") in_cell_formats_ = false;
    return true;
  }
  void text(std::string_view) override {}

  std::vector<NumberFormat> formats;

 private:
  void take_code(const Attributes& attributes) {
    const auto id = whole_number<unsigned>(attributes.get("numFmtId"));
    const std::string_view code = attributes.get("formatCode");
    if (!id || code.size() > format_code_bytes_max || custom_.size() >= formats_max) return;
    custom_[*id] = format_of_code(code);
  }

  bool in_cell_formats_ = false;
  std::map<unsigned, NumberFormat> custom_;
};

// ---- shared texts -----------------------------------------------------------------------------

// All texts one behind another in one string: a hundred thousand small strings would cost thrice.
class SharedTexts {
 public:
  std::optional<std::string_view> at(std::size_t index) const {
    if (index >= ends_.size()) return std::nullopt;
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(all_).substr(begin, ends_[index] - begin);
  }
  std::size_t bytes() const { return all_.size() + ends_.size() * sizeof(std::size_t); }
  void append(std::string_view piece) { all_ += piece; }
  void end_text() { ends_.push_back(all_.size()); }
  std::size_t open_bytes() const { return all_.size() - (ends_.empty() ? 0 : ends_.back()); }

 private:
  std::string all_;
  std::vector<std::size_t> ends_;
};

class SharedTextsHandler : public PartHandler {
 public:
  SharedTextsHandler(SharedTexts& texts, const Limits& limits) : texts_(texts), limits_(limits) {}

  bool open(std::string_view name, const Attributes&) override {
    if (name == "rPh") phonetic_ = true;
    if (name == "t") in_text_ = !phonetic_;
    return true;
  }
  bool close(std::string_view name) override {
    if (name == "rPh") phonetic_ = false;
    if (name == "t") in_text_ = false;
    if (name == "si") texts_.end_text();
    too_large = texts_.bytes() > limits_.shared_text_bytes;
    return !too_large;
  }
  // One byte over the limit is kept: enough for the cell that uses the text to be refused.
  void text(std::string_view piece) override {
    if (!in_text_) return;
    const std::size_t used = std::min(texts_.open_bytes(), limits_.cell_bytes + 1);
    texts_.append(piece.substr(0, limits_.cell_bytes + 1 - used));
  }

  bool too_large = false;

 private:
  SharedTexts& texts_;
  const Limits& limits_;
  bool in_text_ = false;
  bool phonetic_ = false;
};

// ---- the sheet --------------------------------------------------------------------------------

struct Reference {
  std::uint32_t row = 0;     // from 1
  std::uint32_t column = 0;  // from 0
};

std::optional<Reference> parse_reference(std::string_view text) {
  constexpr std::size_t letters_max = 3;
  std::size_t letters = 0;
  std::uint32_t column = 0;
  while (letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z') {
    if (++letters > letters_max) return std::nullopt;
    column = column * 26 + static_cast<std::uint32_t>(text[letters - 1] - 'A' + 1);
  }
  const auto row = whole_number<std::uint32_t>(text.substr(letters));
  if (letters == 0 || !row || *row == 0 || *row > row_number_max) return std::nullopt;
  return Reference{*row, column - 1};
}

bool number_syntax(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty()) return false;
  return error != std::errc::invalid_argument &&
         text.find_first_of("nNiI") == std::string_view::npos;
}

class SheetHandler : public PartHandler {
 public:
  SheetHandler(const SharedTexts& texts, const std::vector<NumberFormat>& formats,
               const Limits& limits, SheetInfo& info, WrongCells& wrong, RowSink& sink)
      : texts_(texts),
        formats_(formats),
        limits_(limits),
        info_(info),
        wrong_(wrong),
        sink_(sink) {}

  bool open(std::string_view name, const Attributes& attributes) override {
    if (name == "c") return in_row_ ? open_cell(attributes) : broken("c");
    if (name == "v") return collect(in_cell_);
    if (name == "row") return open_row(attributes);
    if (name == "t") return collect(in_cell_ && !phonetic_);
    if (name == "f") formula_ = in_cell_;
    if (name == "rPh") phonetic_ = true;
    if (name == "worksheet") is_worksheet = true;
    if (name == "mergeCell" && info_.merged.size() < limits_.merged) {
      info_.merged.emplace_back(attributes.get("ref"));
    }
    return true;
  }

  bool close(std::string_view name) override {
    if (name == "v" || name == "t") collecting_ = false;
    if (name == "rPh") phonetic_ = false;
    if (name == "c") return close_cell();
    if (name != "row") return true;
    in_row_ = false;
    return sink_.end();
  }

  void text(std::string_view piece) override {
    if (!collecting_ || value_.size() > limits_.cell_bytes) return;
    value_.append(piece.substr(0, limits_.cell_bytes + 1 - value_.size()));
  }

  std::optional<Problem> take_broken() { return std::move(broken_); }
  bool is_worksheet = false;

 private:
  bool collect(bool wanted) {
    collecting_ = wanted;
    return true;
  }

  bool broken(const std::string& what) {
    broken_ = not_well_formed(
        "ลำดับแถวหรือช่องในแผ่นงานผิด ใกล้แถว " + std::to_string(row_) + " (" + what + ")",
        "Rows or cells of the sheet are out of order near row " + std::to_string(row_) + " (" +
            what + ").");
    return false;
  }

  bool open_row(const Attributes& attributes) {
    if (in_row_) return broken("row");
    const auto written = attributes.find("r");
    const auto number = written ? whole_number<std::uint32_t>(*written) : std::optional(row_ + 1);
    if (!number || *number <= row_ || *number > row_number_max) return broken("row");
    row_ = *number;
    next_column_ = 0;
    in_row_ = true;
    sink_.begin(row_, 0);
    return true;
  }

  bool open_cell(const Attributes& attributes) {
    if (in_cell_) return broken("c");
    column_ = next_column_;
    if (const auto written = attributes.find("r")) {
      const auto reference = parse_reference(*written);
      if (!reference || reference->row != row_ || reference->column < next_column_) {
        return broken(std::string(written->substr(0, 20)));
      }
      column_ = reference->column;
    }
    next_column_ = column_ + 1;
    type_ = attributes.get("t");
    style_ = whole_number<std::size_t>(attributes.get("s")).value_or(0);
    value_.clear();
    formula_ = false;
    in_cell_ = true;
    return true;
  }

  bool close_cell() {
    in_cell_ = false;
    if (value_.empty() && !formula_) return true;
    if (column_ >= limits_.columns) {
      report_too_wide(wrong_, row_, column_, limits_);
      return !wrong_.full();
    }
    if (value_.size() > limits_.cell_bytes) return too_long();
    if (type_ == "s") return store_shared();
    if (type_ == "inlineStr" || type_ == "str") return store_text(value_);
    if (value_.empty())
      return store(CellKind::error, "#NOT-CALCULATED");  // a formula nobody has run
    if (type_ == "b") return store(CellKind::boolean, is_true(value_) ? "true" : "false");
    if (type_ == "e") return store(CellKind::error, value_);
    if (type_ == "d") return store(CellKind::date, value_);
    return store_number();
  }

  bool store(CellKind kind, std::string text) {
    Cell& cell = sink_.cell(column_);
    cell.kind = kind;
    cell.text = std::move(text);
    return true;
  }

  bool store_text(std::string_view raw) {
    if (raw.empty()) return true;
    if (raw.find("_x") != std::string_view::npos) return store(CellKind::text, unescaped(raw));
    return store(CellKind::text, std::string(raw));
  }

  bool store_shared() {
    const auto index = whole_number<std::size_t>(value_);
    const auto text = index ? texts_.at(*index) : std::nullopt;
    if (!text) {
      return report("broken_reference", "ช่องอ้างถึงข้อความที่ไม่มีในแฟ้ม",
                    "The cell refers to a text that the file lacks.");
    }
    if (text->size() > limits_.cell_bytes) return too_long();
    return store_text(*text);
  }

  bool store_number() {
    if (!number_syntax(value_)) {
      return report("not_a_number", "ค่าในช่องไม่ใช่จำนวนที่อ่านได้",
                    "The cell's value is not a number that can be read.");
    }
    const NumberFormat format = style_ < formats_.size() ? formats_[style_] : NumberFormat{};
    Cell& cell = sink_.cell(column_);
    cell.kind = CellKind::number;
    cell.number = value_;
    cell.percent = format.percent;
    if (format.date()) {
      double serial = std::numeric_limits<double>::quiet_NaN();
      std::from_chars(value_.data(), value_.data() + value_.size(), serial);
      if (auto date = date_of_serial(serial, format, info_.date_1904)) {
        cell.kind = CellKind::date;
        cell.text = std::move(*date);
        return true;
      }
    }
    cell.text = value_;
    return true;
  }

  bool too_long() {
    report_too_long(wrong_, row_, column_, limits_);
    return !wrong_.full();
  }

  bool report(std::string code, std::string th, std::string en) {
    wrong_.add(row_, column_, std::move(code), std::move(th), std::move(en));
    return !wrong_.full();
  }

  const SharedTexts& texts_;
  const std::vector<NumberFormat>& formats_;
  const Limits& limits_;
  SheetInfo& info_;
  WrongCells& wrong_;
  RowSink& sink_;

  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::uint32_t next_column_ = 0;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool collecting_ = false;
  bool phonetic_ = false;
  bool formula_ = false;
  std::string type_;
  std::size_t style_ = 0;
  std::string value_;
  std::optional<Problem> broken_;
};

// ---- putting the parts together ---------------------------------------------------------------

bool ends_with_type(const Relationship& relationship, std::string_view type) {
  return relationship.type.ends_with(type);
}

// The first relationship of a type; the standard's two editions differ in all but the type's end.
std::string part_of_type(const std::vector<Relationship>& relationships, std::string_view folder,
                         std::string_view type, std::string otherwise) {
  for (const auto& relationship : relationships) {
    if (ends_with_type(relationship, type)) return resolve_target(folder, relationship.target);
  }
  return otherwise;
}

std::string folder_of(const std::string& part) {
  const auto slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

class XlsxReader {
 public:
  XlsxReader(Package& package, const ReadOptions& options) : package_(package), options_(options) {}

  Result<SheetInfo> read(const RowCallback& on_row) {
    TRY(read_workbook());
    const ListedSheet& chosen = *TRY(choose_sheet());
    info_.sheet = chosen.name.name;
    const std::string part = TRY(part_of_sheet(chosen));
    TRY(read_styles());
    TRY(read_shared_texts());
    return read_rows(part, on_row);
  }

 private:
  Result<Done> read_workbook() {
    const auto roots = TRY(read_relationships(package_, "_rels/.rels"));
    const std::string part = part_of_type(roots, "", "/officeDocument", "xl/workbook.xml");
    WorkbookHandler handler;
    const PartEnd end = TRY(package_.read(part, handler));
    if (end == PartEnd::absent || !handler.is_workbook) {
      return Problem(unsupported_document, "แฟ้มนี้ไม่ใช่สมุดงาน .xlsx",
                     "This file is not an .xlsx workbook.");
    }
    folder_ = folder_of(part);
    sheets_ = std::move(handler.sheets);
    info_.date_1904 = handler.date_1904;
    info_.format = SheetFormat::xlsx;
    for (const auto& sheet : sheets_) info_.sheets.push_back(sheet.name);
    const std::string rels = folder_ + "_rels/" + part.substr(folder_.size()) + ".rels";
    relationships_ = TRY(read_relationships(package_, rels));
    return Done{};
  }

  bool is_worksheet(const ListedSheet& sheet) const {
    for (const auto& relationship : relationships_) {
      if (relationship.id == sheet.relationship) return ends_with_type(relationship, "/worksheet");
    }
    return false;
  }

  Result<const ListedSheet*> choose_sheet() const {
    for (const auto& sheet : sheets_) {
      const bool wanted = options_.sheet.empty() ? sheet.name.visible && is_worksheet(sheet)
                                                 : sheet.name.name == options_.sheet;
      if (wanted) return &sheet;
    }
    constexpr std::size_t named_max = 20;
    std::string names;
    for (std::size_t i = 0; i < sheets_.size() && i < named_max; ++i) {
      names += (i == 0 ? "" : ", ") + sheets_[i].name.name;
    }
    if (options_.sheet.empty()) {
      return Problem(sheet_not_found, "ไม่มีแผ่นงานที่มองเห็นได้ในแฟ้ม",
                     "The file has no visible worksheet.");
    }
    return Problem(sheet_not_found, "ไม่มีแผ่นงานชื่อ “" + options_.sheet + "” แผ่นงานที่มี: " + names,
                   "There is no sheet “" + options_.sheet + "”. Sheets in the file: " + names);
  }

  Result<std::string> part_of_sheet(const ListedSheet& sheet) const {
    for (const auto& relationship : relationships_) {
      if (relationship.id != sheet.relationship) continue;
      if (ends_with_type(relationship, "/worksheet"))
        return resolve_target(folder_, relationship.target);
      return Problem(sheet_not_found, "แผ่น “" + sheet.name.name + "” เป็นแผนภูมิ ไม่มีตาราง",
                     "The sheet “" + sheet.name.name + "” is a chart and has no table.");
    }
    return not_well_formed("แฟ้มไม่มีส่วนของแผ่นงาน", "The file lacks the part of the sheet.");
  }

  Result<Done> read_styles() {
    StylesHandler handler;
    TRY(package_.read(part_of_type(relationships_, folder_, "/styles", ""), handler));
    formats_ = std::move(handler.formats);
    return Done{};
  }

  Result<Done> read_shared_texts() {
    SharedTextsHandler handler(texts_, options_.limits);
    TRY(package_.read(part_of_type(relationships_, folder_, "/sharedStrings", ""), handler));
    if (handler.too_large) return document_too_large;
    return Done{};
  }

  Result<SheetInfo> read_rows(const std::string& part, const RowCallback& on_row) {
    WrongCells wrong(info_.sheet, options_.limits.errors);
    RowSink sink(options_.limits, info_, wrong, on_row);
    SheetHandler handler(texts_, formats_, options_.limits, info_, wrong, sink);
    const PartEnd end = TRY(package_.read(part, handler));
    if (end == PartEnd::absent || !handler.is_worksheet) {
      return not_well_formed("แฟ้มไม่มีส่วนของแผ่นงาน", "The file lacks the part of the sheet.");
    }
    if (auto broken = handler.take_broken()) return std::move(*broken);
    if (!wrong.empty()) return wrong.take();
    if (sink.over_rows()) return too_many_rows(options_.limits);
    return std::move(info_);
  }

  Package& package_;
  const ReadOptions& options_;
  std::string folder_;
  std::vector<ListedSheet> sheets_;
  std::vector<Relationship> relationships_;
  std::vector<NumberFormat> formats_;
  SharedTexts texts_;
  SheetInfo info_;
};

}  // namespace

Result<SheetInfo> read_xlsx(std::string_view bytes, const ReadOptions& options,
                            const RowCallback& on_row) {
  const auto package = TRY(Package::open(bytes, options.limits));
  return XlsxReader(*package, options).read(on_row);
}

}  // namespace changwat::documents
