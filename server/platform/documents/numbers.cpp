#include "platform/documents/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/utf8.hpp"

namespace changwat::documents {
namespace {

constexpr int places_max = 6;
constexpr std::size_t typed_bytes_max =
    400;  // longer than any number or date; keeps refusals cheap

Problem refuse(std::string code, std::string th, std::string en) {
  std::vector<FieldError> fields;
  fields.push_back({"", std::move(code), std::move(th), std::move(en)});
  return Problem(std::move(fields));
}

// Cuts a quotation at a code point, so that a message never carries half a letter.
std::string quoted(std::string_view typed) {
  constexpr std::size_t shown_bytes_max = 60;
  std::string_view rest = typed;
  while (!rest.empty() && typed.size() - rest.size() < shown_bytes_max) {
    if (!utf8::next(rest)) break;
  }
  const std::string_view shown = typed.substr(0, typed.size() - rest.size());
  return "“" + std::string(shown) + (rest.empty() ? "”" : "…”");
}

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// ---- one alphabet: ASCII digits, one kind of space, one kind of minus -------------------------

bool space_like(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
}

bool invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

bool minus_like(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

// Plain text: Thai digits to ASCII, any white space to one blank, any dash to '-', ASCII lower
// case, trimmed. nullopt if not UTF-8.
std::optional<std::string> plain(std::string_view typed) {
  std::string out;
  out.reserve(typed.size());
  while (!typed.empty()) {
    const auto c = utf8::next(typed);
    if (!c) return std::nullopt;
    if (invisible(*c)) continue;
    if (space_like(*c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (*c >= 0x0E50 && *c <= 0x0E59) {
      out += static_cast<char>('0' + (*c - 0x0E50));
    } else if (minus_like(*c)) {
      out += '-';
    } else if (*c >= U'A' && *c <= U'Z') {
      out += static_cast<char>(*c - U'A' + 'a');
    } else {
      utf8::append(out, *c);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void trim(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  trim(text);
  return true;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  trim(text);
  return true;
}

// ---- decimals ---------------------------------------------------------------------------------

// Digits without any separator: value = 0.whole fraction, exactly as typed.
struct Digits {
  bool negative = false;
  std::string whole;     // no leading zeros but a single "0"
  std::string fraction;  // as typed
};

bool all_zero(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

void add_one_unit_in_the_last_place(Digits& n) {
  std::string all = n.whole + n.fraction;
  std::size_t i = all.size();
  while (i > 0 && all[i - 1] == '9') all[--i] = '0';
  if (i > 0) {
    ++all[i - 1];
  } else {
    all.insert(all.begin(), '1');
  }
  const std::size_t places = n.fraction.size();
  n.whole = all.substr(0, all.size() - places);
  n.fraction = all.substr(all.size() - places);
}

void round_to_places(Digits& n, std::size_t places) {
  if (n.fraction.size() <= places) return;
  const bool up = n.fraction[places] >= '5';
  n.fraction.resize(places);
  if (up) add_one_unit_in_the_last_place(n);
}

std::size_t significant_digits(const Digits& n) {
  const std::string all = n.whole + n.fraction;
  const auto first = all.find_first_not_of('0');
  if (first == std::string::npos) return 0;
  return all.find_last_not_of('0') - first + 1;
}

// Rounds to so many significant digits, if what remains is then short enough to have been meant.
bool shorten(Digits& n, std::size_t significant, std::size_t believable) {
  const bool below_one = all_zero(n.whole);
  const std::size_t whole = below_one ? 0 : n.whole.size();
  const std::size_t leading =
      below_one ? std::min(n.fraction.find_first_not_of('0'), n.fraction.size()) : 0;
  if (whole >= significant) return false;
  Digits rounded = n;
  round_to_places(rounded, significant - whole + leading);
  if (significant_digits(rounded) > believable) return false;
  rounded.fraction.erase(rounded.fraction.find_last_not_of('0') + 1);
  n = std::move(rounded);
  return true;
}

// Programs that count in binary write 3022.91 as 3022.9100000000003, and the rest of a subtraction
// as 987.0099999999992. Nobody types fourteen digits of which three or more zeros or nines lead to
// such a tail, so it is taken off; anything else is left as it was typed.
void drop_binary_residue(Digits& n) {
  const std::size_t significant = significant_digits(n);
  if (significant > 15 && shorten(n, 15, 12)) return;
  if (significant >= 14) shorten(n, 12, 9);
}

Problem too_precise(std::string_view typed) {
  return refuse("too_precise", "ทศนิยมเกิน 6 ตำแหน่ง: " + quoted(typed) + " โปรดปัดเศษให้ไม่เกิน 6 ตำแหน่ง",
                "More than six decimal places: " + quoted(typed) + ". Round it to six or fewer.");
}

Problem too_large_number(std::string_view typed) {
  return refuse("out_of_range",
                "จำนวนใหญ่เกินกำหนด: " + quoted(typed) + " ต้องไม่เกิน 9,223,372,036,854.775807",
                "The number is too large: " + quoted(typed) +
                    ". At most 9,223,372,036,854.775807 is expected.");
}

Result<Number> to_number(Digits n, bool percent, ExcessPlaces excess, std::string_view typed) {
  if (n.fraction.size() > places_max) drop_binary_residue(n);
  if (n.fraction.size() > places_max && all_zero(std::string_view(n.fraction).substr(places_max))) {
    n.fraction.resize(places_max);
  }
  if (n.fraction.size() > places_max) {
    if (excess == ExcessPlaces::refuse) return too_precise(typed);
    round_to_places(n, places_max);
  }
  std::string count = n.whole + n.fraction;
  count.append(places_max - n.fraction.size(), '0');
  std::int64_t millionths = 0;
  const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), millionths);
  if (error != std::errc() || end != count.data() + count.size()) return too_large_number(typed);
  const bool negative = n.negative && millionths != 0;
  Number value;
  value.text = (negative ? "-" : "") + n.whole;
  if (!n.fraction.empty()) value.text += "." + n.fraction;
  value.millionths = negative ? -millionths : millionths;
  value.percent = percent;
  return value;
}

constexpr std::string_view expected_number_th =
    "ต้องเป็นจำนวน เช่น 1,234.5 หรือ 1:2,500 หากไม่มีข้อมูลให้ใส่ - ";
constexpr std::string_view expected_number_en =
    "A number such as 1,234.5 or a ratio such as 1:2,500 is expected; write - if there is no data.";

Problem not_a_number(std::string_view typed) {
  return refuse("not_a_number",
                "อ่าน " + quoted(typed) + " เป็นจำนวนไม่ได้ " + std::string(expected_number_th),
                quoted(typed) + " is not a number. " + std::string(expected_number_en));
}

Problem bad_grouping(std::string_view typed) {
  return refuse(
      "bad_grouping",
      "เครื่องหมายคั่นหลักพันผิดตำแหน่ง: " + quoted(typed) +
          " ต้องคั่นทุกสามหลัก เช่น 1,234,567.89 และใช้จุดสำหรับทศนิยม",
      "Misplaced thousands separator: " + quoted(typed) +
          ". Groups of three are expected, as in 1,234,567.89, with a point for decimals.");
}

// "1,234" or "1 234": groups of three with the same separator throughout.
std::optional<std::string> ungrouped(std::string_view whole) {
  const auto first = whole.find_first_of(", ");
  if (first == std::string_view::npos) return std::string(whole);
  const char separator = whole[first];
  if (first == 0 || first > 3) return std::nullopt;
  std::string out(whole.substr(0, first));
  for (std::string_view rest = whole.substr(first); !rest.empty(); rest.remove_prefix(4)) {
    if (rest.size() < 4 || rest[0] != separator) return std::nullopt;
    if (!std::all_of(rest.begin() + 1, rest.begin() + 4, digit)) return std::nullopt;
    out += rest.substr(1, 3);
  }
  return out;
}

// Unsigned digits with separators: "1,234.50", ".5".
Result<Digits> parse_digits(std::string_view text, std::string_view typed) {
  const auto point = text.find('.');
  std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (point != std::string_view::npos && fraction.empty()) return not_a_number(typed);
  if (whole.empty() && fraction.empty()) return not_a_number(typed);
  const auto allowed_whole = [](char c) { return digit(c) || c == ',' || c == ' '; };
  const auto allowed_fraction = [](char c) { return digit(c); };
  if (!std::all_of(whole.begin(), whole.end(), allowed_whole)) return not_a_number(typed);
  if (!std::all_of(fraction.begin(), fraction.end(), allowed_fraction)) {
    const bool separators = fraction.find_first_not_of("0123456789,. ") == std::string_view::npos;
    if (separators) return bad_grouping(typed);
    return not_a_number(typed);
  }
  auto plain_whole = ungrouped(whole);
  if (!plain_whole) return bad_grouping(typed);
  Digits n;
  plain_whole->erase(0, std::min(plain_whole->find_first_not_of('0'), plain_whole->size()));
  n.whole = plain_whole->empty() ? "0" : *plain_whole;
  n.fraction = fraction;
  return n;
}

struct Sign {
  bool negative = false;
  int marks = 0;
};

bool take_parentheses(std::string_view& text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return false;
  text = text.substr(1, text.size() - 2);
  trim(text);
  return true;
}

// Takes every "-", "+", trailing "-" and pair of parentheses off; more than one mark is the
// caller's to refuse.
Sign take_sign(std::string_view& text) {
  Sign sign;
  while (true) {
    if (take_parentheses(text) || take_prefix(text, "-") || take_suffix(text, "-")) {
      sign.negative = true;
    } else if (!take_prefix(text, "+")) {
      return sign;
    }
    ++sign.marks;
  }
}

bool take_percent(std::string_view& text) {
  bool found = false;
  for (const auto prefix : {"ร้อยละ", "เปอร์เซ็นต์"}) found |= take_prefix(text, prefix);
  for (const auto suffix : {"%", "％", "เปอร์เซ็นต์", "เปอร์เซนต์", "percent"}) {
    found |= take_suffix(text, suffix);
  }
  return found;
}

bool missing_mark(std::string_view text) {
  static constexpr std::array marks{
      std::string_view(""),          std::string_view("-"),           std::string_view("--"),
      std::string_view("---"),       std::string_view("n/a"),         std::string_view("na"),
      std::string_view("n.a."),      std::string_view("#n/a"),        std::string_view("ไม่มีข้อมูล"),
      std::string_view("ยังไม่มีข้อมูล"), std::string_view("ไม่ปรากฏข้อมูล"), std::string_view("ไม่พบข้อมูล"),
      std::string_view("รอข้อมูล")};
  return std::find(marks.begin(), marks.end(), text) != marks.end();
}

bool begins_with_comparison(std::string_view text) {
  for (const auto word :
       {"<", ">", "=", "≥", "≤", "±", "~", "ไม่น้อยกว่า", "ไม่เกิน", "ไม่ต่ำกว่า", "ไม่มากกว่า", "มากกว่า",
        "น้อยกว่า", "ต่ำกว่า", "สูงกว่า", "อย่างน้อย", "ประมาณ", "เกิน"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

// Digits, a range mark, digits: "10-20", "10 ถึง 20".
bool looks_like_range(std::string_view text) {
  for (const std::string_view mark : {"-", "~", "ถึง", "to", ".."}) {
    const auto at = text.find(mark, 1);
    if (text.empty() || at == std::string_view::npos) continue;
    std::string_view before = text.substr(0, at);
    std::string_view after = text.substr(at + mark.size());
    trim(before);
    trim(after);
    if (before.empty() || after.empty()) continue;
    const bool ends_in_number = digit(before.back()) || before.back() == '%';
    if (ends_in_number && (digit(after.front()) || after.front() == '-')) return true;
  }
  return false;
}

bool begins_with_number(std::string_view text) {
  take_sign(text);
  return !text.empty() && digit(text.front());
}

// Why a text that is not a number is not one, as precisely as can be said.
Problem explain_refusal(std::string_view text, std::string_view typed) {
  if (text == "ไม่มี" || text == "none" || text == "nil") {
    return refuse("ambiguous", "“ไม่มี” อาจหมายถึงศูนย์หรือไม่มีข้อมูล โปรดใส่ 0 หรือ ไม่มีข้อมูล",
                  "“None” may mean zero or no data. Write 0, or - for no data.");
  }
  if (begins_with_comparison(text)) {
    return refuse(
        "comparison", quoted(typed) + " เป็นเงื่อนไข ไม่ใช่จำนวน โปรดใส่จำนวนเดียว เช่น 80",
        quoted(typed) + " is a condition, not a number. One number, such as 80, is expected.");
  }
  if (looks_like_range(text)) {
    return refuse("range", quoted(typed) + " เป็นช่วง โปรดใส่จำนวนเดียว เช่น 15",
                  quoted(typed) + " is a range. One number, such as 15, is expected.");
  }
  if (begins_with_number(text) &&
      text.find_first_not_of("0123456789,. +-()%:/") != std::string_view::npos) {
    return refuse(
        "with_unit", quoted(typed) + " มีหน่วยนับหรือข้อความปนอยู่ โปรดใส่เฉพาะจำนวน เช่น 1,234.5",
        quoted(typed) +
            " has a unit or words in it. The number alone, such as 1,234.5, is expected.");
  }
  return not_a_number(typed);
}

bool numeric_shape(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789,. ") == std::string_view::npos;
}

Result<Number> parse_plain_number(std::string_view text, std::string_view typed,
                                  ExcessPlaces excess) {
  const std::string_view whole_text = text;
  Sign sign = take_sign(text);
  const bool percent = take_percent(text);
  if (percent) {  // "ร้อยละ -5": the sign may stand on either side of the mark
    const Sign inner = take_sign(text);
    sign.negative |= inner.negative;
    sign.marks += inner.marks;
  }
  if (!numeric_shape(text)) return explain_refusal(whole_text, typed);
  if (sign.marks > 1) {
    return refuse("two_signs", quoted(typed) + " มีเครื่องหมายบวกลบซ้ำ โปรดใส่เพียงหนึ่ง เช่น -5 หรือ (5)",
                  quoted(typed) + " has two signs. One is expected, as in -5 or (5).");
  }
  Digits n = TRY(parse_digits(text, typed));
  n.negative = sign.negative;
  return to_number(std::move(n), percent, excess, typed);
}

std::optional<std::pair<std::string_view, std::string_view>> split_ratio(std::string_view text) {
  for (const std::string_view mark : {":", "ต่อ"}) {
    const auto at = text.find(mark);
    if (at == std::string_view::npos) continue;
    std::string_view first = text.substr(0, at);
    std::string_view second = text.substr(at + mark.size());
    trim(first);
    trim(second);
    if (numeric_shape(first) && numeric_shape(second)) return std::pair(first, second);
  }
  return std::nullopt;
}

Result<Quantity> parse_ratio(std::string_view first, std::string_view second,
                             std::string_view typed, ExcessPlaces excess) {
  Ratio ratio;
  ratio.first = TRY(parse_plain_number(first, typed, excess));
  ratio.second = TRY(parse_plain_number(second, typed, excess));
  if (ratio.first.millionths == 0 || ratio.second.millionths == 0) {
    return refuse("out_of_range",
                  "อัตราส่วน " + quoted(typed) + " มีศูนย์ ทั้งสองข้างต้องมากกว่าศูนย์ เช่น 1:2,500",
                  "The ratio " + quoted(typed) +
                      " has a zero. Both sides above zero are expected, as in 1:2,500.");
  }
  return Quantity(std::move(ratio));
}

Result<std::string> plain_or_refuse(std::string_view typed) {
  if (typed.size() > typed_bytes_max) {
    return refuse("too_long", "ข้อความยาวเกินกว่าจะเป็นจำนวนหรือวันที่ โปรดใส่เฉพาะจำนวนหรือวันที่",
                  "The text is too long for a number or a date. One of these alone is expected.");
  }
  auto text = plain(typed);
  if (!text) {
    return refuse("not_text", "ข้อความไม่ใช่ UTF-8 ที่ถูกต้อง โปรดพิมพ์ใหม่",
                  "The text is not valid UTF-8. Valid text is expected.");
  }
  return std::move(*text);
}

// The digits of a cell's number, which may be written with an exponent: "1.5E-3".
std::optional<Digits> digits_of_cell(std::string_view number) {
  constexpr int exponent_max = 40;
  Digits n;
  n.negative = number.starts_with('-');
  if (n.negative || number.starts_with('+')) number.remove_prefix(1);
  int exponent = 0;
  if (const auto e = number.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view power = number.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const auto [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (error != std::errc() || end != power.data() + power.size()) return std::nullopt;
    if (exponent > exponent_max || exponent < -exponent_max) return std::nullopt;
    number = number.substr(0, e);
  }
  const auto point = number.find('.');
  n.whole = number.substr(0, point);
  if (point != std::string_view::npos) n.fraction = number.substr(point + 1);
  const std::string both = n.whole + n.fraction;
  if (both.empty() || both.size() > 64 || !std::all_of(both.begin(), both.end(), digit))
    return std::nullopt;
  for (; exponent > 0; --exponent) {
    n.whole += n.fraction.empty() ? '0' : n.fraction.front();
    if (!n.fraction.empty()) n.fraction.erase(0, 1);
  }
  for (; exponent < 0; ++exponent) {
    n.fraction.insert(n.fraction.begin(), n.whole.empty() ? '0' : n.whole.back());
    if (!n.whole.empty()) n.whole.pop_back();
  }
  n.whole.erase(0, std::min(n.whole.find_first_not_of('0'), n.whole.size()));
  if (n.whole.empty()) n.whole = "0";
  return n;
}

void times_hundred(Digits& n) {
  n.fraction.append(n.fraction.size() < 2 ? 2 - n.fraction.size() : 0, '0');
  n.whole += n.fraction.substr(0, 2);
  n.fraction.erase(0, 2);
  n.whole.erase(0, std::min(n.whole.find_first_not_of('0'), n.whole.size()));
  if (n.whole.empty()) n.whole = "0";
}

Result<Quantity> quantity_of_number(const Cell& cell, ExcessPlaces excess) {
  auto digits = digits_of_cell(cell.number);
  if (!digits) return too_large_number(cell.number);
  if (cell.percent) {
    drop_binary_residue(*digits);
    times_hundred(*digits);
  }
  return Quantity(TRY(to_number(std::move(*digits), cell.percent, excess, cell.number)));
}

Problem quantity_from_wrong_kind(const Cell& cell) {
  if (cell.kind == CellKind::date) {
    return refuse("wrong_type",
                  "ช่องนี้เป็นวันที่หรือเวลา (" + cell.text +
                      ") หากต้องการอัตราส่วน เช่น 1:25 ให้จัดรูปแบบช่องเป็นข้อความก่อนพิมพ์",
                  "The cell holds a date or a time (" + cell.text +
                      "). For a ratio such as 1:25 format the cell as text before typing.");
  }
  if (cell.kind == CellKind::error) {
    return refuse("wrong_type", "สูตรในช่องนี้ให้ผลผิดพลาด (" + cell.text + ") โปรดแก้สูตรหรือพิมพ์จำนวน",
                  "The cell's formula failed (" + cell.text + "). A number is expected.");
  }
  return refuse("wrong_type", "ช่องนี้เป็นค่าจริง/เท็จ ต้องเป็นจำนวน เช่น 1,234.5",
                "The cell holds true or false. A number such as 1,234.5 is expected.");
}

}  // namespace

Result<Quantity> parse_quantity(std::string_view typed, ExcessPlaces excess) {
  const std::string text = TRY(plain_or_refuse(typed));
  if (missing_mark(text)) return Quantity(Missing{});
  if (const auto sides = split_ratio(text))
    return parse_ratio(sides->first, sides->second, typed, excess);
  return Quantity(TRY(parse_plain_number(text, typed, excess)));
}

Result<Quantity> parse_quantity(const Cell& cell, ExcessPlaces excess) {
  switch (cell.kind) {
    case CellKind::empty:
      return Quantity(Missing{});
    case CellKind::text:
      return parse_quantity(std::string_view(cell.text), excess);
    case CellKind::number:
      return quantity_of_number(cell, excess);
    case CellKind::error:
      if (cell.text == "#N/A") return Quantity(Missing{});
      return quantity_from_wrong_kind(cell);
    case CellKind::date:
    case CellKind::boolean:
      break;
  }
  return quantity_from_wrong_kind(cell);
}

Result<Number> parse_number(std::string_view typed, ExcessPlaces excess) {
  const std::string text = TRY(plain_or_refuse(typed));
  return parse_plain_number(text, typed, excess);
}

// ---- dates ------------------------------------------------------------------------------------

namespace {

// The months by every spelling met in registers, with dots and blanks taken out. Two are common
// misspellings (กุมภาพันธุ์, กรกฏาคม); they can mean nothing else.
struct MonthName {
  std::string_view name;
  int month;
};
constexpr MonthName month_names[] = {
    {"มกราคม", 1},    {"มค", 1},      {"january", 1},   {"jan", 1},       {"กุมภาพันธ์", 2},
    {"กุมภาพันธุ์", 2},   {"กพ", 2},      {"february", 2},  {"feb", 2},       {"มีนาคม", 3},
    {"มีค", 3},        {"march", 3},   {"mar", 3},       {"เมษายน", 4},    {"เมย", 4},
    {"april", 4},     {"apr", 4},     {"พฤษภาคม", 5},   {"พค", 5},        {"may", 5},
    {"มิถุนายน", 6},    {"มิย", 6},      {"june", 6},      {"jun", 6},       {"กรกฎาคม", 7},
    {"กรกฏาคม", 7},   {"กค", 7},      {"july", 7},      {"jul", 7},       {"สิงหาคม", 8},
    {"สค", 8},        {"august", 8},  {"aug", 8},       {"กันยายน", 9},    {"กย", 9},
    {"september", 9}, {"sept", 9},    {"sep", 9},       {"ตุลาคม", 10},    {"ตค", 10},
    {"october", 10},  {"oct", 10},    {"พฤศจิกายน", 11}, {"พย", 11},       {"november", 11},
    {"nov", 11},      {"ธันวาคม", 12}, {"ธค", 12},       {"december", 12}, {"dec", 12}};

std::optional<int> month_of(std::string_view word) {
  for (const auto& entry : month_names) {
    if (entry.name == word) return entry.month;
  }
  return std::nullopt;
}

enum class Era { unsaid, buddhist, common };

// A text about time, taken apart: its numbers in order, its month if named, and what it says of
// itself.
struct Parts {
  std::vector<std::string> numbers;
  std::vector<char> marks;  // between number i and i + 1: '/', '-', '.', or ' '
  std::optional<int> month;
  std::size_t numbers_before_month = 0;
  Era era = Era::unsaid;
  bool quarter = false;
  std::size_t numbers_before_quarter = 0;
  bool decimal_year = false;  // "2569.0"
};

bool noise_word(std::string_view word) {
  for (const std::string_view noise :
       {"วันที่",      "วัน",      "ที่",        "เดือน",  "ปี",         "ปีงบประมาณ",      "งบประมาณ",
        "ปีงบ",      "ปีบัญชี",    "fy",       "พศปี",   "ประจำปี",    "ประจำปีงบประมาณ", "ประจำเดือน",
        "ของปี",     "วันจันทร์ที่", "วันอังคารที่", "วันพุธที่", "วันพฤหัสบดีที่", "วันศุกร์ที่",         "วันเสาร์ที่",
        "วันอาทิตย์ที่", "จันทร์ที่",   "อังคารที่",   "พุธที่",   "พฤหัสบดีที่",   "ศุกร์ที่",           "เสาร์ที่",
        "อาทิตย์ที่",   "year"}) {
    if (word == noise) return true;
  }
  return false;
}

// A word may carry an era at its end: "ปีพ.ศ." arrives here as "ปีพศ".
bool take_word(Parts& parts, std::string_view word) {
  if (word.empty()) return true;
  if (word == "พศ" || word == "ปีพศ" || word == "be" || word == "ปีงบประมาณพศ" ||
      word == "งบประมาณพศ") {
    parts.era = Era::buddhist;
    return true;
  }
  if (word == "คศ" || word == "ปีคศ" || word == "ce" || word == "ad") {
    parts.era = Era::common;
    return true;
  }
  if (word == "ไตรมาส" || word == "ไตรมาสที่" || word == "q" || word == "quarter") {
    if (parts.quarter) return false;
    parts.quarter = true;
    parts.numbers_before_quarter = parts.numbers.size();
    return true;
  }
  if (const auto month = month_of(word)) {
    if (parts.month) return false;
    parts.month = month;
    parts.numbers_before_month = parts.numbers.size();
    return true;
  }
  if (word.starts_with("เดือน") && word.size() > std::string_view("เดือน").size()) {
    return take_word(parts, word.substr(std::string_view("เดือน").size()));
  }
  return noise_word(word);
}

// Reads a word from the front; the dots of abbreviations are dropped. "ม.ค." -> "มค".
std::string next_word(std::string_view& rest) {
  std::string word;
  while (!rest.empty()) {
    const char c = rest.front();
    if (digit(c) || c == ' ' || c == '/' || c == '-' || c == ',') break;
    if (c != '.') word += c;
    rest.remove_prefix(1);
  }
  return word;
}

// A time of day after the date ("2020-12-31t00:00:00") says nothing about the day: taken off.
std::string_view without_time_of_day(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return text;
  const auto cut = text.substr(0, colon).find_last_of(" t");
  if (cut == std::string_view::npos) return text;
  const bool clock =
      text.substr(cut + 1).find_first_not_of("0123456789:.z+") == std::string_view::npos;
  return clock ? text.substr(0, cut) : text;
}

std::optional<Parts> take_apart(std::string_view text) {
  constexpr std::size_t numbers_max = 3;
  Parts parts;
  std::string_view rest = text;
  char mark = ' ';
  while (!rest.empty()) {
    const char c = rest.front();
    if (digit(c)) {
      std::size_t length = 0;
      while (length < rest.size() && digit(rest[length])) ++length;
      if (parts.numbers.size() == numbers_max || length > 4) return std::nullopt;
      if (!parts.numbers.empty()) parts.marks.push_back(mark);
      parts.numbers.emplace_back(rest.substr(0, length));
      rest.remove_prefix(length);
      mark = ' ';
    } else if (c == ' ' || c == ',') {
      rest.remove_prefix(1);
    } else if (c == '/' || c == '-' || c == '.') {
      if (mark != ' ' || parts.numbers.empty()) return std::nullopt;
      mark = c;
      rest.remove_prefix(1);
    } else if (!take_word(parts, next_word(rest))) {
      return std::nullopt;
    } else {
      mark = ' ';
    }
  }
  if (mark != ' ') return std::nullopt;  // "31/12/"
  return parts;
}

int to_int(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Problem not_a(std::string_view code, std::string_view typed, std::string_view noun_th,
              std::string_view noun_en, std::string_view examples) {
  return refuse(std::string(code),
                "อ่าน " + quoted(typed) + " เป็น" + std::string(noun_th) + "ไม่ได้ ต้องเป็นแบบ " +
                    std::string(examples),
                quoted(typed) + " is not a " + std::string(noun_en) +
                    ". Expected, for example: " + std::string(examples));
}

Problem not_a_date(std::string_view typed) {
  return not_a("not_a_date", typed, "วันที่ (วัน/เดือน/ปี)", "date (day/month/year)",
               "31/12/2563, 31 ธ.ค. 2563, 2020-12-31");
}
Problem not_a_month(std::string_view typed) {
  return not_a("not_a_month", typed, "เดือน", "month", "ม.ค. 2564, มกราคม 2564, 01/2564, 2021-01");
}
Problem not_a_year(std::string_view typed) {
  return not_a("not_a_year", typed, "ปี", "year", "2564, พ.ศ. 2564, 2021");
}
Problem not_a_quarter(std::string_view typed) {
  return not_a("not_a_quarter", typed, "ไตรมาสของปีงบประมาณ", "fiscal quarter",
               "ไตรมาส 1/2564, 2564-Q1");
}

Problem year_disagrees(std::string_view typed) {
  return refuse("out_of_range",
                "ปีใน " + quoted(typed) +
                    " ไม่เข้ากัน ต้องเป็น พ.ศ. 2400 ขึ้นไป (หรือสองหลักของ พ.ศ. 25xx) หรือ ค.ศ. ต่ำกว่า 2400",
                "The year in " + quoted(typed) +
                    " does not fit. A B.E. year from 2400 (or its last two digits, 25xx) or a C.E. "
                    "year below 2400 is expected.");
}

// Gregorian year from what was typed, by the rule at the head of the header.
Result<int> gregorian_year(std::string_view digits, Era era, std::string_view typed) {
  const int year = to_int(digits);
  if (digits.size() == 2 && era != Era::common) return 2500 + year - 543;
  if (digits.size() != 4) return year_disagrees(typed);
  const bool buddhist = year >= 2400;
  if ((era == Era::buddhist && !buddhist) || (era == Era::common && buddhist))
    return year_disagrees(typed);
  const int gregorian = buddhist ? year - 543 : year;
  if (gregorian < 1800 || gregorian > 2299) return year_disagrees(typed);
  return gregorian;
}

Result<Date> date_of(int year, int month, int day, std::string_view typed) {
  const auto date = month >= 1 && month <= 12 && day >= 1
                        ? Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day))
                        : std::nullopt;
  if (date) return *date;
  return refuse(
      "no_such_day", "ไม่มีวันที่ " + quoted(typed) + " ในปฏิทิน ต้องเรียงเป็น วัน/เดือน/ปี เช่น 31/12/2563",
      "There is no day " + quoted(typed) + ". Day/month/year is expected, as in 31/12/2563.");
}

Result<Month> month_in(int year, int month, std::string_view typed) {
  if (month < 1 || month > 12) return not_a_month(typed);
  return Month::of_index(year * 12 + month - 1);
}

struct Taken {
  std::string text;
  Parts parts;
};

// The typed text taken apart, or `otherwise`.
Result<Parts> parts_of(std::string_view typed, Problem (*otherwise)(std::string_view)) {
  const std::string text = TRY(plain_or_refuse(typed));
  auto parts = take_apart(without_time_of_day(text));
  if (!parts || parts->numbers.empty()) return otherwise(typed);
  return std::move(*parts);
}

bool two_equal_marks(const Parts& p) {
  return p.marks.size() == 2 && p.marks[0] == p.marks[1] && p.marks[0] != ' ';
}

Result<Date> date_from(const Parts& p, std::string_view typed) {
  if (p.quarter) return not_a_date(typed);
  if (p.month) {
    if (p.numbers.size() != 2 || p.numbers_before_month != 1) return not_a_date(typed);
    if (p.numbers[0].size() > 2) return not_a_date(typed);
    const int year = TRY(gregorian_year(p.numbers[1], p.era, typed));
    return date_of(year, *p.month, to_int(p.numbers[0]), typed);
  }
  if (p.numbers.size() != 3 || !two_equal_marks(p)) return not_a_date(typed);
  const bool year_first = p.numbers[0].size() == 4;
  if (year_first && p.marks[0] == '.') return not_a_date(typed);
  const std::string& day = year_first ? p.numbers[2] : p.numbers[0];
  if (day.size() > 2 || p.numbers[1].size() > 2) return not_a_date(typed);
  const int year = TRY(gregorian_year(year_first ? p.numbers[0] : p.numbers[2], p.era, typed));
  return date_of(year, to_int(p.numbers[1]), to_int(day), typed);
}

Result<Month> month_from(const Parts& p, std::string_view typed) {
  if (p.quarter) return not_a_month(typed);
  if (p.month) {
    if (p.numbers.size() != 1) return not_a_month(typed);
    return month_in(TRY(gregorian_year(p.numbers[0], p.era, typed)), *p.month, typed);
  }
  if (p.numbers.size() != 2 || (p.marks[0] != '/' && p.marks[0] != '-')) return not_a_month(typed);
  const bool year_first = p.numbers[0].size() == 4;
  const std::string& year = p.numbers[year_first ? 0 : 1];
  const std::string& month = p.numbers[year_first ? 1 : 0];
  if (year.size() != 4 || month.size() > 2) return not_a_month(typed);  // "01/64" may be a day
  return month_in(TRY(gregorian_year(year, p.era, typed)), to_int(month), typed);
}

Result<Year> year_from(const Parts& p, std::string_view typed) {
  const bool decimal =
      p.numbers.size() == 2 && p.marks[0] == '.' && p.numbers[0].size() == 4 &&
      all_zero(p.numbers[1]);  // what programs write for a year in a column with gaps
  if (p.quarter || p.month || (p.numbers.size() != 1 && !decimal)) return not_a_year(typed);
  return Year{TRY(gregorian_year(p.numbers[0], p.era, typed))};
}

Result<FiscalQuarter> quarter_from(const Parts& p, std::string_view typed) {
  if (!p.quarter || p.month || p.numbers.size() != 2) return not_a_quarter(typed);
  const bool year_first = p.numbers_before_quarter == 1;
  const std::string& quarter = p.numbers[year_first ? 1 : 0];
  const std::string& year = p.numbers[year_first ? 0 : 1];
  if (p.numbers_before_quarter > 1 || quarter.size() != 1) return not_a_quarter(typed);
  const int number = to_int(quarter);
  if (number < 1 || number > 4) {
    return refuse("out_of_range", "ไม่มีไตรมาสใน " + quoted(typed) + " ต้องเป็นไตรมาส 1 ถึง 4",
                  "There is no such quarter: " + quoted(typed) + ". Quarters 1 to 4 are expected.");
  }
  const auto fiscal = FiscalYear::of_count(TRY(gregorian_year(year, p.era, typed)));
  if (!fiscal) return year_disagrees(typed);
  return FiscalQuarter{*fiscal, number};
}

}  // namespace

Result<Date> parse_date(std::string_view typed) {
  return date_from(TRY(parts_of(typed, not_a_date)), typed);
}

Result<Month> parse_month(std::string_view typed) {
  return month_from(TRY(parts_of(typed, not_a_month)), typed);
}

Result<Year> parse_year(std::string_view typed) {
  return year_from(TRY(parts_of(typed, not_a_year)), typed);
}

Result<FiscalYear> parse_fiscal_year(std::string_view typed) {
  const Year year = TRY(parse_year(typed));
  const auto fiscal = FiscalYear::of_count(year.gregorian);
  if (!fiscal) return year_disagrees(typed);
  return *fiscal;
}

Result<FiscalQuarter> parse_fiscal_quarter(std::string_view typed) {
  return quarter_from(TRY(parts_of(typed, not_a_quarter)), typed);
}

Result<int> parse_month_name(std::string_view typed) {
  const std::string text = TRY(plain_or_refuse(typed));
  const auto parts = take_apart(text);
  if (parts && parts->month && parts->numbers.empty()) return *parts->month;
  const bool number_alone = parts && !parts->month && !parts->quarter && parts->numbers.size() == 1;
  if (number_alone && parts->numbers[0].size() <= 2) {
    const int month = to_int(parts->numbers[0]);
    if (month >= 1 && month <= 12) return month;
  }
  return not_a("not_a_month", typed, "ชื่อเดือน", "month's name", "ม.ค., มกราคม, Jan, 1");
}

Result<Period> parse_period(std::string_view typed) {
  const auto not_a_period = [](std::string_view text) {
    return not_a("not_a_period", text, "ปี ไตรมาส เดือน หรือวันที่", "year, quarter, month or date",
                 "2564, ไตรมาส 1/2564, ม.ค. 2564, 31/12/2563");
  };
  const Parts parts = TRY(parts_of(typed, not_a_period));
  if (parts.quarter) return Period(TRY(quarter_from(parts, typed)));
  const std::size_t count = parts.numbers.size() + (parts.month ? 1 : 0);
  if (count == 3) return Period(TRY(date_from(parts, typed)));
  if (count == 2 && (parts.month || parts.marks[0] != '.'))
    return Period(TRY(month_from(parts, typed)));
  return Period(TRY(year_from(parts, typed)));
}

Problem at_cell(Problem problem, std::string_view pointer) {
  for (auto& field : problem.fields) {
    if (field.pointer.empty()) field.pointer = pointer;
  }
  return problem;
}

}  // namespace changwat::documents
