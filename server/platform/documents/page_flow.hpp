#pragma once
// The flow of a paper over its pages: a cursor, paragraphs that leave no line alone, rows of
// tables.
//
// Used inside this room only; callers include paper.hpp. Threads: one paper, one thread. A paper
// that is too long stops growing and says so at the end (too_long()).

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/typesetter.hpp"

namespace changwat::documents::paper {

struct PageShape {
  double width = 21 * cm, height = 29.7 * cm;
  double left = 3 * cm, right = 2 * cm, top = 2.5 * cm, bottom = 2 * cm;
};

// How a paragraph stands. Distances are from the margins.
struct Shape {
  double left = 0, right = 0;
  double indent = 0;  // of the first line, on top of `left`
  double before = 0;
  Align align = Align::left;
  Style style = {};
};

inline constexpr double cell_padding = 4;  // on all sides of a cell's text

struct Cell {
  double left, width;  // from the left margin
  Align align = Align::left;
};

class Flow {
 public:
  // `class_mark` stands in red at head and foot of every page; may be empty.
  Flow(Typesetter& typesetter, const PrintOptions& options, const PageShape& page,
       std::string class_mark = {});

  static double pitch(const Style& style) { return style.size * 1.25; }  // from line to line

  double y() const { return y_; }
  void move_to(double y) { y_ = y; }
  void skip(double points) { y_ += points; }
  double room() const { return page_.height - page_.bottom - y_; }  // to the lower margin
  void keep(double points);  // a new page, unless so much room is left
  double width() const { return page_.width - page_.left - page_.right; }
  const PageShape& page() const { return page_; }

  double text_width(std::string_view text, const Style& style);
  double height(std::string_view text, const Shape& shape);

  // Never one line of several alone at the foot or the head of a page. `tail`: room that must
  // follow the last lines on their page.
  void paragraph(std::string_view text, const Shape& shape, double tail = 0);
  // One line where the cursor is, which stays there.
  void at(double left, std::string_view text, const Style& style = {});
  // "เรื่อง  …": the text hangs beside its label; `hang` 0: directly behind it.
  void labelled(std::string_view label, std::string_view text, const Shape& shape, double hang = 0,
                const Style& label_style = {});

  // A row of cells, kept whole if a page can hold it. `grid` draws its lines. `tail` as above.
  void row(std::span<const std::string> texts, std::span<const Cell> cells, const Style& style,
           bool grid, double tail = 0);
  double row_height(std::span<const std::string> texts, std::span<const Cell> cells,
                    const Style& style, bool grid);
  // What rows that come to a new page find there first.
  void heads(std::function<void()> draw) { heads_ = std::move(draw); }

  Typesetter& typesetter() { return typesetter_; }
  bool too_long() const { return too_long_; }
  Result<Printed> finish();

 private:
  Lines broken(std::string_view text, const Style& style, double width, double indent = 0);
  void draw_line(const Lines& lines, std::size_t line, double left, double width, Align align,
                 const Style& style, double y);
  void begin_page();
  void new_page();
  std::size_t lines_taken(std::size_t rest, bool first, double line_pitch, double tail) const;
  void draw_cells(const std::vector<Lines>& set, std::span<const Cell> cells, const Style& style,
                  bool grid, std::size_t from, std::size_t count);

  Typesetter& typesetter_;
  PrintOptions options_;
  PageShape page_;
  std::string class_mark_;
  std::function<void()> heads_;
  double y_ = 0;
  std::size_t pages_ = 1;
  std::size_t bytes_ = 0;
  bool too_long_ = false;
};

}  // namespace changwat::documents::paper
