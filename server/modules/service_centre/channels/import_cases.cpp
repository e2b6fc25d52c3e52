#include "modules/service_centre/channels/import_cases.hpp"

#include <cmath>
#include <unordered_map>

#include <boost/json.hpp>

#include "platform/documents/sheet.hpp"

#include "modules/service_centre/life.hpp"

namespace changwat::service_centre {
namespace {

constexpr std::size_t faults_max = 100;
constexpr std::size_t rows_max = 2'000'000;
constexpr std::size_t file_bytes_max = std::size_t{2} << 30;

std::string joined(std::string_view layout, std::string_view column, std::string_view word) {
  return std::string(layout) + "\n" + std::string(column) + "\n" + std::string(word);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// Names of places below `within`, as registers write them: without their kind in front.
class Places {
 public:
  Places(const areas::Register& areas, const AreaCode& within) : within_(within) {
    const auto province = within.province();
    for (const auto& area : areas.areas()) {
      if (area.valid_to || !province.contains(area.code)) continue;
      codes_.emplace(area.code.text(), area.code);
      if (area.level == AreaLevel::district) districts_.emplace(area.name_th.text(), area.code);
      if (area.level == AreaLevel::subdistrict)
        subdistricts_.emplace(area.code.text().substr(0, 4) + area.name_th.text(), area.code);
    }
  }

  const AreaCode& within() const { return within_; }
  // Inside `within`, by code or by name; none: no such place there.
  const AreaCode* by_code(std::string_view code) const {
    const auto found = codes_.find(std::string(code));
    return found == codes_.end() || !within_.contains(found->second) ? nullptr : &found->second;
  }
  const AreaCode* district(std::string_view name) const {
    name = trimmed(name);
    for (const std::string_view kind : {"อำเภอ", "อ.", "เขต"})
      if (name.starts_with(kind) && name.size() > kind.size()) name.remove_prefix(kind.size());
    const auto found = districts_.find(std::string(trimmed(name)));
    return found == districts_.end() || !within_.contains(found->second) ? nullptr : &found->second;
  }
  const AreaCode* subdistrict(const AreaCode& district, std::string_view name) const {
    const auto found = subdistricts_.find(district.text() + std::string(trimmed(name)));
    return found == subdistricts_.end() ? nullptr : &found->second;
  }

 private:
  const AreaCode within_;
  std::unordered_map<std::string, AreaCode> codes_, districts_, subdistricts_;
};

enum class Layout { own, damrongdham, traffy };
BOOST_DESCRIBE_ENUM(Layout, own, damrongdham, traffy)

struct LayoutHeadings {
  Layout layout;
  std::vector<std::string_view> wanted;
};

// The first whose headings are all there.
const std::vector<LayoutHeadings>& known_layouts() {
  static const std::vector<LayoutHeadings> all = {
      {Layout::own,
       {"number", "received_at", "area", "kind", "category", "channel", "importance", "state",
        "title", "detail"}},
      {Layout::damrongdham,
       {"row", "district", "type", "channel", "date_in_be", "deadline_be", "status", "agency"}},
      {Layout::traffy,
       {"ticket_id", "type", "comment", "lon", "lat", "district", "timestamp", "state"}},
  };
  return all;
}

class Reader {
 public:
  Reader(const Places& places, const Book& book, const ImportWords& words, Instant now,
         const std::function<void(ImportedCase&&)>& on_case)
      : places_(places), book_(book), words_(words), now_(now), on_case_(on_case) {}

  // False: the headings are of no layout.
  bool read_headings(const documents::Row& row) {
    for (const auto& cell : row.cells) columns_.emplace(trimmed(cell.text), cell.column);
    for (const auto& known : known_layouts()) {
      bool all = true;
      for (const auto heading : known.wanted) all = all && columns_.contains(heading);
      if (!all) continue;
      layout_ = known.layout;
      summary.source = *Key::parse(enum_name(known.layout));
      return true;
    }
    return false;
  }

  void read_row(const documents::Row& row) {
    row_ = &row;
    wrong_ = false;
    ++summary.rows;
    ImportedCase out;
    out.row = row.number;
    if (layout_ == Layout::own) read_own(out);
    if (layout_ == Layout::damrongdham) read_damrongdham(out);
    if (layout_ == Layout::traffy) read_traffy(out);
    if (!wrong_) check_lists(out);
    if (wrong_)
      ++summary.wrong_rows;
    else
      on_case_(std::move(out));
  }

  std::string sheet;
  ImportSummary summary;

 private:
  const documents::Cell& cell(std::string_view heading) const {
    static const documents::Cell nothing;
    const auto column = columns_.find(heading);
    return column == columns_.end() ? nothing : row_->at(column->second);
  }
  std::string_view text(std::string_view heading) const { return trimmed(cell(heading).text); }

  void fault(std::string_view heading, const char* code, std::string th, std::string en) {
    wrong_ = true;
    if (summary.faults.size() >= faults_max) return;
    const auto column = columns_.find(heading);
    const auto at = column == columns_.end() ? 0 : column->second;
    summary.faults.push_back(
        {documents::cell_pointer(sheet, row_->number, at), code, std::move(th), std::move(en)});
  }
  void fault(std::string_view heading, const Word& expected) {
    fault(heading, "wrong_value", expected.th, expected.en);
  }

  template <class T>
  T word(std::string_view heading) {
    auto read = T::parse(text(heading));
    if (!read) fault(heading, T::word());
    return read.value_or(T());
  }
  template <class T>
  std::optional<T> word_if_any(std::string_view heading) {
    if (text(heading).empty()) return std::nullopt;
    return word<T>(heading);
  }

  // Our code of a word of this layout; a fault if there is none.
  Key code(std::string_view heading, std::string_view what, const std::optional<Key>& otherwise) {
    const auto* found = words_.find(enum_name(layout_), heading, what);
    if (found) return *found;
    if (otherwise) return *otherwise;
    fault(heading, "unknown_word", "ไม่รู้จักคำว่า “" + std::string(what) + "” ในช่องนี้",
          "the word “" + std::string(what) + "” of this column is not known");
    return Key();
  }
  void state(std::string_view heading, ImportedCase& out) {
    const auto name = code(heading, text(heading), std::nullopt);
    out.state = enum_value<CaseState>(name.text()).value_or(CaseState::received);
  }

  void settle(ImportedCase& out, std::optional<Instant> known) {
    if (!is_settled(out.state)) return;
    out.settled_at = known.value_or(out.received_at);
    if (*out.settled_at < out.received_at) out.settled_at = out.received_at;
    if (*out.settled_at > now_) out.settled_at = now_;
  }

  // Of lists of the book, on the day of the case or today: a register is older than our rows.
  void check_lists(const ImportedCase& in) {
    const auto today = now_.bangkok_date();
    if (!find_kind(book_, in.kind, today)) fault("kind", Key::word());
    if (!find_category(book_, in.category, today)) fault("category", Key::word());
    if (!find_channel(book_, in.channel, today)) fault("channel", Key::word());
    if (!find_importance(book_, in.importance, today)) fault("importance", Key::word());
    if (in.received_at > now_)
      fault(moment_heading(), "in_the_future", "วันที่อยู่ในอนาคต", "is in the future");
  }
  std::string_view moment_heading() const {
    return layout_ == Layout::own           ? "received_at"
           : layout_ == Layout::damrongdham ? "date_in_be"
                                            : "timestamp";
  }

  void position(ImportedCase& out, std::string_view latitude, std::string_view longitude) {
    const auto lat = text(latitude), lon = text(longitude);
    if (lat.empty() && lon.empty()) return;
    auto read_lat = degrees(lat), read_lon = degrees(lon);
    const auto in = [](const std::optional<Decimal>& degrees, int max) {
      return degrees && std::abs(degrees->millionths()) <= max * Decimal::scale;
    };
    // What cannot be a latitude while the other can: the columns have changed places.
    if (!in(read_lat, 90) && in(read_lat, 180) && in(read_lon, 90)) std::swap(read_lat, read_lon);
    if (!in(read_lat, 90)) return fault(latitude, "out_of_range", "ละติจูดไม่ถูกต้อง", "is no latitude");
    if (!in(read_lon, 180))
      return fault(longitude, "out_of_range", "ลองจิจูดไม่ถูกต้อง", "is no longitude");
    out.place.position = Position{*read_lat, *read_lon};
    out.place.given = PlaceGiven::map;
  }

  bool district(ImportedCase& out) {
    const auto name = text("district");
    const auto& within = places_.within();
    const auto* found = places_.district(name);
    if (!found && name.empty() && within.level() == AreaLevel::district) found = &within;
    if (found)
      out.place.area = *found;
    else
      fault("district", "unknown", "ไม่พบอำเภอ “" + std::string(name) + "” ในพื้นที่ที่นำเข้า",
            "there is no district “" + std::string(name) + "” where these cases belong");
    return found;
  }

  void read_own(ImportedCase& out) {
    out.source_key = word<SourceKey>("number");
    out.received_at = word<Instant>("received_at");
    if (const auto* area = places_.by_code(text("area")); area && area->text().size() > 2)
      out.place.area = *area;
    else
      fault("area", "unknown", "ไม่พบพื้นที่นี้ หรือไม่อยู่ในพื้นที่ที่นำเข้า",
            "there is no such area where these cases belong");
    out.kind = word<Key>("kind");
    out.category = word<Key>("category");
    out.channel = word<Key>("channel");
    out.importance = word<Key>("importance");
    const auto state = enum_value<CaseState>(text("state"));
    if (!state || *state == CaseState::merged)
      fault("state", "wrong_value", "ไม่รู้จักสถานะนี้", "is no state that can be imported");
    // Work of agencies does not come with a register: what is under way is under way here.
    out.state = state.value_or(CaseState::received);
    if (!is_settled(out.state) && out.state != CaseState::received &&
        out.state != CaseState::screening)
      out.state = CaseState::in_progress;
    out.title = word<Title>("title");
    out.detail = word<Detail>("detail");
    out.place.landmark = word_if_any<Text<1, 500>>("landmark");
    position(out, "latitude", "longitude");
    settle(out, word_if_any<Instant>("settled_at"));
    out.demonstration = text("demonstration") == "true";
  }

  void read_damrongdham(ImportedCase& out) {
    const auto& layout = words_.layout("damrongdham");
    const auto received = buddhist_date(text("date_in_be"));
    if (!received)
      return fault("date_in_be", "wrong_value", "ต้องเป็นวันที่ เช่น 1/10/2568",
                   "must be like 1/10/2568");
    out.received_at = Instant::bangkok(*received, 0, 0, 0);
    district(out);
    const auto key =
        std::to_string(FiscalYear::of(*received).buddhist()) + "/" + std::string(text("row"));
    if (text("row").empty())
      fault("row", "required", "ต้องมีลำดับที่", "is required");
    else
      out.source_key = SourceKey::parse(key).value_or(SourceKey());
    out.kind = layout.kind;
    out.importance = layout.importance;
    out.category = code("type", text("type"), layout.category_otherwise);
    out.channel = code("channel", text("channel"), layout.channel);
    out.title = title_of(text("type"), "-");
    state("status", out);
    const auto closed = thai_date_in(text("closed_text"));
    settle(out, closed ? std::optional(Instant::bangkok(*closed, 0, 0, 0)) : std::nullopt);
    std::string note;
    if (!text("agency").empty()) note = "หน่วยงาน: " + std::string(text("agency"));
    if (is_settled(out.state) && !closed) note += " (ทะเบียนเดิมไม่ระบุวันที่ยุติ)";
    out.note = Note::parse(note).value_or(Note());
  }

  void read_traffy(ImportedCase& out) {
    const auto& layout = words_.layout("traffy");
    out.source_key = word<SourceKey>("ticket_id");
    const auto received = report_moment(text("timestamp"));
    if (!received)
      return fault("timestamp", "wrong_value", "อ่านวันเวลาไม่ได้", "is no moment that we can read");
    out.received_at = *received;
    if (district(out))
      if (const auto* inside = places_.subdistrict(out.place.area, text("subdistrict")))
        out.place.area = *inside;
    out.kind = layout.kind;
    out.importance = layout.importance;
    out.channel = layout.channel.value_or(Key());
    out.category = category_of(text("type"), layout);
    const auto comment = text("comment");
    out.title = title_of(comment, text("type").empty() ? "-" : text("type"));
    out.detail = word<Detail>("comment");
    out.place.landmark = Text<1, 500>::parse(cut(text("address"), 500));
    position(out, "lat", "lon");
    state("state", out);
    const auto last =
        text("timestamp_finished").empty() ? text("last_activity") : text("timestamp_finished");
    settle(out, report_moment(last));
    if (!text("organization").empty())
      out.note = Note::parse("หน่วยงาน: " + std::string(text("organization"))).value_or(Note());
  }

  // Of several words the first that is known.
  Key category_of(std::string_view types, const ImportLayout& layout) {
    for (auto rest = types; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      if (const auto* known = words_.find("traffy", "type", trimmed(rest.substr(0, comma))))
        return *known;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return code("type", types, layout.category_otherwise);
  }

  const Places& places_;
  const Book& book_;
  const ImportWords& words_;
  const Instant now_;
  const std::function<void(ImportedCase&&)>& on_case_;
  std::map<std::string, std::uint32_t, std::less<>> columns_;
  Layout layout_ = Layout::own;
  const documents::Row* row_ = nullptr;
  bool wrong_ = false;
};

}  // namespace

Result<ImportWords> ImportWords::read(std::string_view text) {
  const auto file = TRY(json::parse(text));
  const auto* object = file.if_object();
  const auto* layouts = object ? object->if_contains("layouts") : nullptr;
  const auto* words = object ? object->if_contains("words") : nullptr;
  if (!layouts || !words) return errors::malformed_request;
  ImportWords out;
  out.layouts_ = TRY(from_json_value<std::vector<ImportLayout>>(*layouts));
  const auto rows = TRY(from_json_value<std::vector<ImportWord>>(*words));
  for (const auto& row : rows)
    out.codes_.emplace(joined(row.layout, row.column, row.word), row.code);
  for (const std::string_view name : {"damrongdham", "traffy"}) {
    bool is_there = false;
    for (const auto& row : out.layouts_) is_there = is_there || row.layout.text() == name;
    if (!is_there)
      return Problem({{"/layouts", "lacking", "ไม่มี " + std::string(name),
                       std::string(name) + " is not there"}});
  }
  return out;
}

const ImportLayout& ImportWords::layout(std::string_view name) const {
  for (const auto& row : layouts_)
    if (row.layout.text() == name) return row;
  CHECK(false);  // read() refuses a file without it
  return layouts_.front();
}

const Key* ImportWords::find(std::string_view layout, std::string_view column,
                             std::string_view word) const {
  const auto found = codes_.find(joined(layout, column, word));
  return found == codes_.end() ? nullptr : &found->second;
}

Result<ImportSummary> read_cases(std::string_view bytes, std::string_view file_name,
                                 const areas::Register& areas, const AreaCode& within,
                                 const Book& book, const ImportWords& words, Instant now,
                                 const std::function<void(ImportedCase&&)>& on_case) {
  const Places places(areas, within);
  Reader reader(places, book, words, now, on_case);
  reader.sheet = file_name.substr(0, file_name.rfind('.'));
  documents::ReadOptions options;
  options.limits.rows = rows_max;
  options.limits.file_bytes = file_bytes_max;
  bool headed = false, known = true;
  const auto info =
      TRY(documents::read_sheet(bytes, file_name, options, [&](const documents::Row& row) {
        if (headed)
          reader.read_row(row);
        else
          known = reader.read_headings(row);
        headed = true;
        return known ? documents::Reading::carry_on : documents::Reading::stop;
      }));
  if (!headed || !known)
    return Problem(
        {{documents::cell_pointer(info.sheet, 1, 0), "headings",
          "หัวตารางไม่ตรงกับรูปแบบใด: ของระบบนี้ ทะเบียนศูนย์ดำรงธรรมจังหวัด หรือ Traffy Fondue",
          "the headings are of no known layout: our own export, a Damrongdhama register, "
          "or Traffy Fondue"}});
  return std::move(reader.summary);
}

}  // namespace changwat::service_centre
