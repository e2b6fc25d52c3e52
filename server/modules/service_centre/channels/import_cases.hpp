#pragma once
// Cases of another register, read from CSV or XLSX: pure, but for the words' file.
//
// Three layouts, told by their headings: our own export; the register of a provincial Damrongdhama
// centre (district, type, channel, date_in_be, status, agency: dates of the Buddhist era, several
// agencies in a field, no names and no texts); and citizens' reports as Traffy Fondue lists them
// (ticket_id, type, comment, lon, lat, timestamp, state). Every wrong cell is marked and its row
// left out; nothing is guessed. Who reported is never read.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "modules/areas/areas.hpp"
#include "modules/service_centre/channels/channel.hpp"

namespace changwat::service_centre {

struct ImportLayout {
  Key layout;
  Label name_th;
  Label name_en;
  Key kind;
  std::optional<Key> channel;             // of all its cases; none: a column says
  std::optional<Key> category_otherwise;  // of words that are not known; none: they are wrong cells
  Key importance;
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(ImportLayout, (),
                      (layout, name_th, name_en, kind, channel, category_otherwise, importance,
                       source, verified))

struct ImportWord {
  Key layout;
  Key column;
  Label word;
  Key code;
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(ImportWord, (), (layout, column, word, code, source, verified))

// data/service_centre/import_words.json.
class ImportWords {
 public:
  static Result<ImportWords> read(std::string_view text);
  const ImportLayout& layout(std::string_view name) const;  // CHECKed: it is there
  const Key* find(std::string_view layout, std::string_view column, std::string_view word) const;

 private:
  std::vector<ImportLayout> layouts_;
  std::map<std::string, Key, std::less<>> codes_;
};

// One right row. Who reported, and what is not known, is not there.
struct ImportedCase {
  std::uint32_t row = 0;  // of the sheet, from 1
  SourceKey source_key;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  CaseState state = CaseState::received;
  Title title;
  Detail detail;
  CasePlace place;
  Instant received_at;
  std::optional<Instant> settled_at;  // of settled ones always
  Note note;                          // agencies, and what was not known
  bool demonstration = false;         // invented there, and so here
};

struct ImportSummary {
  Key source;  // the layout
  std::int64_t rows = 0;
  std::int64_t wrong_rows = 0;
  std::vector<FieldError> faults;  // the first hundred wrong cells, "Sheet1!C7"
};

// `within`: the province or district to which all cases belong. `on_case` takes each right row as
// it is read; what it took counts only once a summary is there. Problems: those of the reader, and
// invalid_input when the headings are of no layout.
Result<ImportSummary> read_cases(std::string_view bytes, std::string_view file_name,
                                 const areas::Register& areas, const AreaCode& within,
                                 const Book& book, const ImportWords& words, Instant now,
                                 const std::function<void(ImportedCase&&)>& on_case);

// ---- dates as registers write them, pure

// "1/10/2568": day, month, year of the Buddhist era.
std::optional<Date> buddhist_date(std::string_view text);
// "ยุติ 14 พ.ค. 69": the last day, month and year of two or four digits that a text names.
std::optional<Date> thai_date_in(std::string_view text);
// "2023-05-12 13:27:54.482138+00", "28/11/2023 21:01" (Bangkok), or ISO 8601.
std::optional<Instant> report_moment(std::string_view text);

}  // namespace changwat::service_centre
