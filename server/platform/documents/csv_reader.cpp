// CSV by RFC 4180, as offices really save it: any of three delimiters, any line ending, a byte
// order mark, Windows-874, and quotes where they do not belong, which are reported, not guessed at.

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "platform/documents/encoding.hpp"
#include "platform/documents/reading.hpp"

namespace changwat::documents {
namespace {

// Fields of the first records under a supposed delimiter: many, and the same number in each, is it.
struct DelimiterGuess {
  std::size_t records_alike = 0;
  std::size_t fields = 1;
};

DelimiterGuess guess(std::string_view text, char delimiter) {
  constexpr std::size_t records_max = 30;
  constexpr std::size_t bytes_max = 256 * 1024;
  text = text.substr(0, bytes_max);
  std::map<std::size_t, std::size_t> records_by_fields;
  std::size_t fields = 1;
  std::size_t records = 0;
  bool quoted = false;
  bool blank = true;
  for (std::size_t i = 0; i <= text.size() && records < records_max; ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (c == '"') quoted = !quoted;
    if (!quoted && c == delimiter) ++fields;
    if ((!quoted || i == text.size()) && (c == '\n' || c == '\r')) {
      if (!blank) ++records_by_fields[fields], ++records;
      fields = 1;
      blank = true;
    } else {
      blank = false;
    }
  }
  DelimiterGuess best;
  for (const auto& [count, alike] : records_by_fields) {
    if (count > 1 && alike >= best.records_alike) best = {alike, count};
  }
  return best;
}

char sniff_delimiter(std::string_view text) {
  char chosen = ',';
  DelimiterGuess best;
  for (const char delimiter : {',', ';', '\t'}) {
    const DelimiterGuess now = guess(text, delimiter);
    const bool better = now.records_alike > best.records_alike ||
                        (now.records_alike == best.records_alike && now.fields > best.fields);
    if (!better) continue;
    best = now;
    chosen = delimiter;
  }
  return chosen;
}

bool usable_delimiter(char c) {
  const bool ascii = static_cast<unsigned char>(c) < 0x80;
  return ascii && c != 0 && c != '"' && c != '\r' && c != '\n';
}

// "sep=;" on the first line: a hint that spreadsheet programs obey and do not show.
char take_separator_line(std::string_view& text) {
  if (text.size() < 6 || !text.starts_with("sep=")) return 0;
  const char separator = text[4];
  if (!usable_delimiter(separator)) return 0;
  const std::string_view rest = text.substr(5);
  if (rest.starts_with("\r\n"))
    text = rest.substr(2);
  else if (rest.starts_with('\n'))
    text = rest.substr(1);
  else
    return 0;
  return separator;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, char delimiter, std::uint64_t first_line, const Limits& limits,
            WrongCells& wrong, RowSink& sink)
      : text_(text),
        delimiter_(delimiter),
        line_(first_line),
        limits_(limits),
        wrong_(wrong),
        sink_(sink) {}

  // False if reading ended before the text did.
  bool read() {
    while (at_ < text_.size()) {
      sink_.begin(++row_, line_);
      column_ = 0;
      while (read_field()) ++column_;
      if (!sink_.end()) return false;
    }
    return true;
  }

 private:
  // One field and what ends it; true if another follows in this record.
  bool read_field() {
    field_.clear();
    bool was_quoted = false;
    if (at_ < text_.size() && text_[at_] == '"') {
      was_quoted = true;
      read_quoted();
    }
    read_bare(was_quoted);
    store();
    if (at_ >= text_.size()) return false;
    const char ending = text_[at_++];
    if (ending == delimiter_) return true;
    if (ending == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    next_line();
    return false;
  }

  // From an opening quote to its closing one; doubled quotes stand for one.
  void read_quoted() {
    const std::uint64_t opened_line = line_;
    const std::size_t opened_column = column_of(at_);
    ++at_;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      const std::size_t end = std::min(quote, text_.size());
      append(text_.substr(at_, end - at_));
      count_lines(at_, end);
      at_ = end;
      if (quote == std::string_view::npos) return report_unclosed(opened_line, opened_column);
      ++at_;
      if (at_ >= text_.size() || text_[at_] != '"') return;
      append("\"");
      ++at_;
    }
  }

  // Up to the delimiter or the line's end. After a closing quote there should be nothing.
  void read_bare(bool after_quoted) {
    const std::size_t begin = at_;
    const char stops[] = {delimiter_, '\n', '\r'};
    at_ = std::min(text_.find_first_of(std::string_view(stops, 3), begin), text_.size());
    const std::string_view bare = text_.substr(begin, at_ - begin);
    append(bare);
    const std::size_t quote = bare.find('"');
    if (quote != std::string_view::npos) return report_stray(begin + quote);
    if (after_quoted && bare.find_first_not_of(' ') != std::string_view::npos)
      report_stray(begin - 1);
  }

  void append(std::string_view piece) {
    if (field_.size() > limits_.cell_bytes) return;
    field_.append(piece.substr(0, limits_.cell_bytes + 1 - field_.size()));
  }

  void store() {
    if (field_.find('\0') != std::string::npos) return report_nul();
    if (field_.empty()) return;
    if (column_ >= limits_.columns) {
      if (column_ == limits_.columns) report_too_wide(wrong_, row_, column_, limits_);
      return;
    }
    if (field_.size() > limits_.cell_bytes) return report_too_long(wrong_, row_, column_, limits_);
    Cell& cell = sink_.cell(column_);
    cell.kind = CellKind::text;
    cell.text = field_;
  }

  void next_line() {
    ++line_;
    line_start_ = at_;
  }

  void count_lines(std::size_t from, std::size_t to) {
    for (std::size_t i = text_.find('\n', from); i < to; i = text_.find('\n', i + 1)) {
      ++line_;
      line_start_ = i + 1;
    }
  }

  // Characters, not bytes: what an editor shows.
  std::size_t column_of(std::size_t position) const {
    const std::string_view before = text_.substr(line_start_, position - line_start_);
    const auto leads = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), leads));
  }

  static std::string place_th(std::uint64_t line, std::size_t column) {
    return "บรรทัด " + std::to_string(line) + " ตัวอักษรที่ " + std::to_string(column);
  }
  static std::string place_en(std::uint64_t line, std::size_t column) {
    return "Line " + std::to_string(line) + ", character " + std::to_string(column);
  }

  void report_stray(std::size_t position) {
    if (wrong_.full()) return;
    const std::size_t column = column_of(position);
    wrong_.add(row_, column_, "stray_quote",
               place_th(line_, column) +
                   ": เครื่องหมายคำพูดผิดที่ ช่องที่มีเครื่องหมายคำพูดต้องอยู่ในเครื่องหมายคำพูดและเขียนซ้ำสองตัว",
               place_en(line_, column) +
                   ": a stray quotation mark. A field with one must be quoted as a whole, the mark "
                   "doubled.");
  }

  void report_unclosed(std::uint64_t line, std::size_t column) {
    wrong_.add(row_, column_, "unclosed_quote",
               place_th(line, column) + ": เครื่องหมายคำพูดเปิดแล้วไม่ปิดจนจบแฟ้ม",
               place_en(line, column) + ": this quotation mark is never closed.");
  }

  void report_nul() {
    wrong_.add(row_, column_, "control_character", "มีอักขระ NUL ในช่อง แฟ้มอาจไม่ใช่ข้อความ",
               "The field has a NUL character; the file may not be text.");
  }

  std::string_view text_;
  const char delimiter_;
  std::size_t at_ = 0;
  std::uint64_t line_;
  std::size_t line_start_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::string field_;
  const Limits& limits_;
  WrongCells& wrong_;
  RowSink& sink_;
};

bool looks_binary(std::string_view text) {
  constexpr std::size_t looked_at_bytes = 4096;
  return text.substr(0, looked_at_bytes).find('\0') != std::string_view::npos;
}

}  // namespace

Result<SheetInfo> read_csv(std::string_view bytes, std::string_view sheet,
                           const ReadOptions& options, const RowCallback& on_row) {
  const bool utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (!utf16 && looks_binary(bytes)) return unsupported_document;
  const DecodedText decoded = TRY(decode_text(bytes));
  std::string_view text = decoded.text();
  const std::size_t whole = text.size();
  const char told = take_separator_line(text);
  SheetInfo info;
  info.format = SheetFormat::csv;
  info.sheet = sheet;
  info.sheets = {{info.sheet, true}};
  info.encoding = decoded.encoding;
  info.delimiter = options.delimiter ? options.delimiter : told ? told : sniff_delimiter(text);
  if (!usable_delimiter(info.delimiter)) {
    return Problem(unreadable_document, "ตัวคั่นช่องใช้ไม่ได้", "The delimiter cannot be used.");
  }
  WrongCells wrong(sheet, options.limits.errors);
  RowSink sink(options.limits, info, wrong, on_row);
  CsvReader reader(text, info.delimiter, text.size() == whole ? 1 : 2, options.limits, wrong, sink);
  reader.read();
  if (!wrong.empty()) return wrong.take();
  if (sink.over_rows()) return too_many_rows(options.limits);
  return info;
}

}  // namespace changwat::documents
