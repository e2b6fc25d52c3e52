#include "platform/documents/page_flow.hpp"

#include <algorithm>

#include "base/official_text.hpp"

namespace changwat::documents::paper {
namespace {

constexpr double baseline_share = 0.72;  // of the pitch, from the upper edge of a line
constexpr double rounding = 0.01;
constexpr std::string_view unbroken_space = "\xC2\xA0";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Day, month and year of a date stay on one line.
std::string with_whole_dates(std::string text) {
  for (int month = 1; month <= 12; ++month) {
    const auto name = " " + thai::month_name(month) + " ";
    for (auto at = text.find(name); at != text.npos; at = text.find(name, at + name.size())) {
      const auto last = at + name.size() - 1;
      if (at == 0 || !is_digit(text[at - 1]) || last + 1 >= text.size() ||
          !is_digit(text[last + 1]))
        continue;
      text.replace(last, 1, unbroken_space);
      text.replace(at, 1, unbroken_space);
    }
  }
  return text;
}

}  // namespace

Flow::Flow(Typesetter& typesetter, const PrintOptions& options, const PageShape& page,
           std::string class_mark)
    : typesetter_(typesetter),
      options_(options),
      page_(page),
      class_mark_(std::move(class_mark)),
      y_(page.top) {
  begin_page();
}

Lines Flow::broken(std::string_view text, const Style& style, double width, double indent) {
  bytes_ += text.size();
  if (bytes_ > text_bytes_max) too_long_ = true;
  if (too_long_) text = {};
  const auto whole = with_whole_dates(std::string(text));
  return typesetter_.lines(options_.thai_digits ? thai::digits_in_prose(whole) : whole, style,
                           width, indent);
}

void Flow::draw_line(const Lines& lines, std::size_t line, double left, double width, Align align,
                     const Style& style, double y) {
  const double spare = width - lines.width(line);
  const double shift = align == Align::left ? 0 : align == Align::right ? spare : spare / 2;
  typesetter_.draw(lines, line, page_.left + left + shift, y + pitch(style) * baseline_share);
}

void Flow::begin_page() {
  if (options_.draft) typesetter_.across("ร่าง", {.size = 240, .bold = true, .ink = Ink::pale});
  const auto centred = [&](std::string_view text, const Style& style, double y) {
    draw_line(broken(text, style, width()), 0, -page_.left, page_.width, Align::centre, style, y);
  };
  if (!class_mark_.empty()) {
    const Style mark{.size = 24, .bold = true, .ink = Ink::red};
    centred(class_mark_, mark, 0.3 * cm);
    centred(class_mark_, mark, page_.height - 1.4 * cm);
  }
  if (pages_ > 1) centred("- " + std::to_string(pages_) + " -", {}, 1.4 * cm);
}

void Flow::new_page() {
  if (pages_ == pages_max) too_long_ = true;
  y_ = page_.top;
  if (too_long_) return;
  typesetter_.next_page();
  ++pages_;
  begin_page();
}

void Flow::keep(double points) {
  if (points > room() + rounding && y_ > page_.top) new_page();
}

double Flow::text_width(std::string_view text, const Style& style) {
  return broken(text, style, page_.width * 4).width(0);
}

double Flow::height(std::string_view text, const Shape& shape) {
  const auto set = broken(text, shape.style, width() - shape.left - shape.right, shape.indent);
  return shape.before + double(set.count()) * pitch(shape.style);
}

// How many of the `rest` lines go on this page; 0: none, begin a new one.
std::size_t Flow::lines_taken(std::size_t rest, bool first, double line_pitch, double tail) const {
  const auto fit = std::size_t(std::max(room() + rounding, 0.0) / line_pitch);
  const bool all = rest <= fit && double(rest) * line_pitch + tail <= room() + rounding;
  const bool fresh = y_ <= page_.top + rounding;
  if (all || (fresh && rest <= fit)) return rest;
  auto taken = std::min(fit, rest);
  if (rest - taken < 2) taken = rest > 2 ? std::min(taken, rest - 2) : 0;
  if (first && taken < 2) taken = 0;
  return fresh ? std::max<std::size_t>(taken, 1) : taken;
}

void Flow::paragraph(std::string_view text, const Shape& shape, double tail) {
  const double line_pitch = pitch(shape.style), line_width = width() - shape.left - shape.right;
  const auto set = broken(text, shape.style, line_width, shape.indent);
  y_ += shape.before;
  for (std::size_t done = 0; done < set.count() && !too_long_;) {
    const auto taken = lines_taken(set.count() - done, done == 0, line_pitch, tail);
    for (std::size_t i = 0; i < taken; ++i, ++done, y_ += line_pitch)
      draw_line(set, done, shape.left, line_width, shape.align, shape.style, y_);
    if (done < set.count()) new_page();
  }
}

void Flow::at(double left, std::string_view text, const Style& style) {
  draw_line(broken(text, style, page_.width), 0, left, 0, Align::left, style, y_);
}

void Flow::labelled(std::string_view label, std::string_view text, const Shape& shape, double hang,
                    const Style& label_style) {
  Shape beside = shape;
  const double label_width = text_width(label, label_style);
  beside.left = shape.left + std::max(hang, label_width + shape.style.size / 2);
  beside.before = 0;
  y_ += shape.before;
  // As much as paragraph() keeps together, so that the label stays beside its text.
  const double whole = height(text, beside), line_pitch = pitch(shape.style);
  keep(whole < 3.5 * line_pitch ? whole : 2 * line_pitch);
  at(shape.left, label, label_style);
  paragraph(text, beside);
}

double Flow::row_height(std::span<const std::string> texts, std::span<const Cell> cells,
                        const Style& style, bool grid) {
  std::size_t lines = 1;
  const double padding = grid ? 2 * cell_padding : 0;
  for (std::size_t i = 0; i < std::min(texts.size(), cells.size()); ++i)
    lines = std::max(lines, broken(texts[i], style, cells[i].width - 2 * cell_padding).count());
  return double(lines) * pitch(style) + padding;
}

void Flow::draw_cells(const std::vector<Lines>& set, std::span<const Cell> cells,
                      const Style& style, bool grid, std::size_t from, std::size_t count) {
  const double padding = grid ? cell_padding : 0;
  const double bottom = y_ + double(count) * pitch(style) + 2 * padding;
  for (std::size_t c = 0; c < set.size(); ++c)
    for (std::size_t line = from; line < std::min(from + count, set[c].count()); ++line)
      draw_line(set[c], line, cells[c].left + cell_padding, cells[c].width - 2 * cell_padding,
                cells[c].align, style, y_ + padding + double(line - from) * pitch(style));
  if (grid) {
    const double left = page_.left + cells.front().left;
    const double right = page_.left + cells.back().left + cells.back().width;
    for (const auto& cell : cells)
      typesetter_.rule(page_.left + cell.left, y_, page_.left + cell.left, bottom);
    typesetter_.rule(right, y_, right, bottom);
    typesetter_.rule(left, y_, right, y_);
    typesetter_.rule(left, bottom, right, bottom);
  }
  y_ = bottom;
}

void Flow::row(std::span<const std::string> texts, std::span<const Cell> cells, const Style& style,
               bool grid, double tail) {
  std::vector<Lines> set;
  std::size_t lines = 1;
  for (std::size_t i = 0; i < std::min(texts.size(), cells.size()); ++i) {
    set.push_back(broken(texts[i], style, cells[i].width - 2 * cell_padding));
    lines = std::max(lines, set.back().count());
  }
  const double padding = grid ? 2 * cell_padding : 0;
  const auto next = [&] {
    new_page();
    if (heads_ && !too_long_) heads_();
  };
  const double whole = double(lines) * pitch(style) + padding;
  if (whole + tail > room() + rounding && y_ > page_.top) next();
  for (std::size_t done = 0; done < lines && !too_long_;) {
    const auto fit = std::size_t(std::max(room() + rounding - padding, 0.0) / pitch(style));
    const auto taken = std::min(lines - done, std::max<std::size_t>(fit, 1));
    draw_cells(set, cells, style, grid, done, taken);
    done += taken;
    if (done < lines) next();
  }
}

Result<Printed> Flow::finish() {
  if (too_long_) return paper_too_long;
  return Printed{typesetter_.finish(), pages_};
}

}  // namespace changwat::documents::paper
