#include "platform/documents/typesetter.hpp"

#include <stdexcept>
#include <vector>

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include "base/utf8.hpp"

namespace changwat::documents::paper {
namespace {

template <auto release>
struct Releases {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Releases<release>>;

using Context = Owned<PangoContext, g_object_unref>;
using Layout = Owned<PangoLayout, g_object_unref>;
using FontMap = Owned<PangoFontMap, g_object_unref>;
using Files = Owned<FcConfig, FcConfigDestroy>;
using Surface = Owned<cairo_surface_t, cairo_surface_destroy>;
using Canvas = Owned<cairo_t, cairo_destroy>;

int units(double points) {
  return int(points * PANGO_SCALE);
}
double points(int units) {
  return double(units) / PANGO_SCALE;
}

// Signs that would turn, hide or tear lines: other controls, directional marks, the replacement of
// an object. Line and paragraph separators become line feeds.
std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto c = utf8::next(text);
    if (!c) break;  // a Text is never malformed
    if (*c == '\t') {
      out += ' ';
    } else if (*c == 0x2028 || *c == 0x2029) {
      out += '\n';
    } else if ((*c < 0x20 && *c != '\n') || (*c >= 0x7F && *c < 0xA0) || *c == 0x200E ||
               *c == 0x200F || (*c >= 0x202A && *c <= 0x202E) || (*c >= 0x2066 && *c <= 0x2069) ||
               *c == 0xFEFF || *c == 0xFFFC) {
      continue;
    } else {
      utf8::append(out, *c);
    }
  }
  return out;
}

void require(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

// Only the type's own two files: what other fonts a machine has must not change a paper.
Files files_of(const Typeface& typeface) {
  Files files(FcConfigCreate());
  for (const auto& file : {typeface.regular, typeface.bold})
    if (!FcConfigAppFontAddFile(files.get(), reinterpret_cast<const FcChar8*>(file.c_str())))
      throw std::runtime_error("the font cannot be read: " + file.string());
  return files;
}

std::string family_of(FcConfig* files) {
  const auto* set = FcConfigGetFonts(files, FcSetApplication);
  FcChar8* name = nullptr;
  if (!set || set->nfont == 0 ||
      FcPatternGetString(set->fonts[0], FC_FAMILY, 0, &name) != FcResultMatch)
    throw std::runtime_error("the font names no family");
  return reinterpret_cast<const char*>(name);
}

cairo_status_t append_to(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Unread {
  std::string_view bytes;
};
cairo_status_t read_from(void* from, unsigned char* data, unsigned length) {
  auto& unread = *static_cast<Unread*>(from);
  if (unread.bytes.size() < length) return CAIRO_STATUS_READ_ERROR;
  unread.bytes.copy(reinterpret_cast<char*>(data), length);
  unread.bytes.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct FontCase::Fonts {
  explicit Fonts(const Typeface& typeface)
      : files(files_of(typeface)),
        family(family_of(files.get())),
        map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), files.get());
  }
  Files files;
  std::string family;
  FontMap map;
};

FontCase::FontCase(Typeface typeface) : typeface_(std::move(typeface)) {}
FontCase::~FontCase() = default;

std::unique_ptr<FontCase::Fonts> FontCase::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto fonts = std::move(idle_.back());
      idle_.pop_back();
      return fonts;
    }
  }
  return std::make_unique<Fonts>(typeface_);
}

void FontCase::give_back(std::unique_ptr<Fonts> fonts) {
  constexpr std::size_t idle_max = 4;  // each about half a megabyte
  const std::lock_guard lock(mutex_);
  if (idle_.size() < idle_max) idle_.push_back(std::move(fonts));
}

struct Lines::Broken {
  struct Place {
    PangoLayoutLine* line;  // owned by the layout
    double x;
    double width;
  };
  Layout layout;
  Ink ink;
  std::vector<Place> places;
};

std::size_t Lines::count() const {
  return broken_->places.size();
}
double Lines::width(std::size_t line) const {
  return broken_->places[line].width;
}

struct Typesetter::Drawing {
  explicit Drawing(FontCase& from) : fonts_from(from), fonts(from.take()) {}
  ~Drawing() {  // first all that still uses the fonts
    canvas.reset();
    surface.reset();
    context.reset();
    fonts_from.give_back(std::move(fonts));
  }

  FontCase& fonts_from;
  std::unique_ptr<FontCase::Fonts> fonts;
  double width = 0, height = 0, scale = 1;
  std::string out;
  Context context;
  Surface surface;
  Canvas canvas;

  void colour(Ink ink) {
    if (ink == Ink::red) return cairo_set_source_rgb(canvas.get(), 0.8, 0, 0);
    const double grey = ink == Ink::pale ? 0.87 : 0;
    cairo_set_source_rgb(canvas.get(), grey, grey, grey);
  }
};

Typesetter::Typesetter(FontCase& fonts, std::string_view title, std::optional<Date> dated_on,
                       double page_width, double page_height)
    : drawing_(std::make_unique<Drawing>(fonts)) {
  auto& d = *drawing_;
  d.width = page_width;
  d.height = page_height;
  d.scale = fonts.typeface().scale;
  d.context.reset(pango_font_map_create_context(d.fonts->map.get()));
  // Without this a point would be 1/96 inch.
  pango_cairo_context_set_resolution(d.context.get(), 72);
  pango_context_set_language(d.context.get(), pango_language_from_string("th"));
  pango_context_set_round_glyph_positions(d.context.get(), false);
  const Owned<cairo_font_options_t, cairo_font_options_destroy> options(
      cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(d.context.get(), options.get());

  d.surface.reset(cairo_pdf_surface_create_for_stream(append_to, &d.out, d.width, d.height));
  const auto set = [&](cairo_pdf_metadata_t what, const std::string& value) {
    cairo_pdf_surface_set_metadata(d.surface.get(), what, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, printable(title));
  set(CAIRO_PDF_METADATA_CREATOR, "Changwat");
  // An empty date leaves the entry out; otherwise Cairo would write the present moment.
  set(CAIRO_PDF_METADATA_CREATE_DATE, dated_on ? dated_on->text() + "T00:00:00+07:00" : "");
  d.canvas.reset(cairo_create(d.surface.get()));
  require(cairo_status(d.canvas.get()));
}

Typesetter::~Typesetter() = default;

Lines Typesetter::lines(std::string_view text, const Style& style, double width,
                        double first_indent) {
  auto& d = *drawing_;
  auto broken = std::make_shared<Lines::Broken>();
  broken->ink = style.ink;
  broken->layout.reset(pango_layout_new(d.context.get()));
  auto* layout = broken->layout.get();
  const Owned<PangoFontDescription, pango_font_description_free> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), d.fonts->family.c_str());
  pango_font_description_set_weight(font.get(),
                                    style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), style.size * d.scale * PANGO_SCALE);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_auto_dir(layout, false);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, units(std::max(width, 1.0)));
  pango_layout_set_indent(layout, units(first_indent));
  // Where a word is cut Pango would put a hyphen: Thai has none, and in a figure it would be a
  // minus.
  const Owned<PangoAttrList, pango_attr_list_unref> attributes(pango_attr_list_new());
  pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(false));
  pango_layout_set_attributes(layout, attributes.get());
  const auto clean = printable(text);
  pango_layout_set_text(layout, clean.data(), int(clean.size()));

  const Owned<PangoLayoutIter, pango_layout_iter_free> line(pango_layout_get_iter(layout));
  do {
    PangoRectangle extents;
    pango_layout_iter_get_line_extents(line.get(), nullptr, &extents);
    broken->places.push_back({pango_layout_iter_get_line_readonly(line.get()), points(extents.x),
                              points(extents.width)});
  } while (pango_layout_iter_next_line(line.get()));
  return Lines(std::move(broken));
}

void Typesetter::draw(const Lines& lines, std::size_t line, double x, double baseline) {
  auto& d = *drawing_;
  const auto& place = lines.broken().places[line];
  d.colour(lines.broken().ink);
  cairo_move_to(d.canvas.get(), x + place.x, baseline);
  pango_cairo_show_layout_line(d.canvas.get(), place.line);
}

void Typesetter::rule(double x, double y, double to_x, double to_y, double thickness) {
  auto* canvas = drawing_->canvas.get();
  drawing_->colour(Ink::black);
  cairo_set_line_width(canvas, thickness);
  cairo_move_to(canvas, x, y);
  cairo_line_to(canvas, to_x, to_y);
  cairo_stroke(canvas);
}

void Typesetter::dots(double x, double y, double to_x) {
  auto* canvas = drawing_->canvas.get();
  const double dashes[] = {0, 2.6};
  cairo_save(canvas);
  cairo_set_line_cap(canvas, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash(canvas, dashes, 2, 0);
  rule(x, y, to_x, y, 0.9);
  cairo_restore(canvas);
}

void Typesetter::across(std::string_view text, const Style& style) {
  auto* canvas = drawing_->canvas.get();
  const auto set = lines(text, style, drawing_->width);
  cairo_save(canvas);
  cairo_translate(canvas, drawing_->width / 2, drawing_->height / 2);
  cairo_rotate(canvas, -0.8);
  draw(set, 0, -set.width(0) / 2, style.size * drawing_->scale * 0.3);
  cairo_restore(canvas);
}

void Typesetter::picture(const std::string& png, double x, double y, double height, bool left) {
  auto* canvas = drawing_->canvas.get();
  Unread unread{png};
  const Surface image(cairo_image_surface_create_from_png_stream(read_from, &unread));
  require(cairo_surface_status(image.get()));
  const double scale = height / std::max(cairo_image_surface_get_height(image.get()), 1);
  const double width = cairo_image_surface_get_width(image.get()) * scale;
  cairo_save(canvas);
  cairo_translate(canvas, left ? x : x - width / 2, y);
  cairo_scale(canvas, scale, scale);
  cairo_set_source_surface(canvas, image.get(), 0, 0);
  cairo_paint(canvas);
  cairo_restore(canvas);
}

void Typesetter::next_page() {
  cairo_show_page(drawing_->canvas.get());
}

std::string Typesetter::finish() {
  auto& d = *drawing_;
  cairo_show_page(d.canvas.get());
  require(cairo_status(d.canvas.get()));
  cairo_surface_finish(d.surface.get());
  require(cairo_surface_status(d.surface.get()));
  return std::move(d.out);
}

}  // namespace changwat::documents::paper
