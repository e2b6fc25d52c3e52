#pragma once
// Typesetting: Thai text broken into lines, and put on the pages of a PDF. Knows no form of paper.
//
// Used inside this room only; callers include paper.hpp. typesetter.cpp alone includes Pango and
// Cairo. Lengths are points (1/72 inch) on the page, from its upper left corner; sizes of type are
// nominal points, see Typeface::scale. Words are broken by libthai through Pango, and where a word
// is longer than its line, between characters. The same calls give the same bytes, as long as fonts
// and libraries are the same: no clock, no font of the system, no hinting takes part.
//
// Threads: a Typesetter belongs to one thread; several threads may have one each. Errors: a broken
// font or a full memory is an exception (std::runtime_error).

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/documents/paper.hpp"

namespace changwat::documents::paper {

inline constexpr double cm = 72 / 2.54;

enum class Ink { black, red, pale };

struct Style {
  double size = 16;
  bool bold = false;
  Ink ink = Ink::black;
};

// A text broken to a width; must not outlive its Typesetter.
class Lines {
 public:
  struct Broken;
  explicit Lines(std::shared_ptr<const Broken> broken) : broken_(std::move(broken)) {}
  std::size_t count() const;
  double width(std::size_t line) const;  // of its ink, without spaces at its end
  const Broken& broken() const { return *broken_; }

 private:
  std::shared_ptr<const Broken> broken_;
};

// The type's two fonts, opened, and lent to one Typesetter at a time. Opening them for every paper
// would take longer than setting a letter, and Fontconfig never lets go of a few KB of each
// opening. Threads: any.
class FontCase {
 public:
  struct Fonts;
  explicit FontCase(Typeface typeface);
  ~FontCase();
  const Typeface& typeface() const { return typeface_; }
  std::unique_ptr<Fonts> take();
  void give_back(std::unique_ptr<Fonts> fonts);

 private:
  const Typeface typeface_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Fonts>> idle_;
};

class Typesetter {
 public:
  // `dated_on`: what the file itself names as its date, or none. The case must outlive it.
  Typesetter(FontCase& fonts, std::string_view title, std::optional<Date> dated_on,
             double page_width, double page_height);
  ~Typesetter();
  Typesetter(const Typesetter&) = delete;
  Typesetter& operator=(const Typesetter&) = delete;

  // `first_indent` moves the first line to the right.
  Lines lines(std::string_view text, const Style& style, double width, double first_indent = 0);

  // The line, its first character at `x` (an indent comes on top).
  void draw(const Lines& lines, std::size_t line, double x, double baseline);
  void rule(double x, double y, double to_x, double to_y, double thickness = 0.5);
  void dots(double x, double y, double to_x);              // a dotted line to write on
  void across(std::string_view text, const Style& style);  // aslant in the middle of the page
  // A PNG picture `height` high, its upper middle at (x, y); its width follows. `left`: its corner.
  void picture(const std::string& png, double x, double y, double height, bool left);
  void next_page();
  std::string finish();  // the bytes of the PDF; call once, last

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace changwat::documents::paper
