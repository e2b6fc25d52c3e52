#include "modules/service_centre/book.hpp"

#include <algorithm>

#include "modules/service_centre/book_files.hpp"

namespace changwat::service_centre {
namespace {

struct HolidayRow {
  Date date;
  Label name_th;
  Label name_en;
  Key kind;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(HolidayRow, (), (date, name_th, name_en, kind, source, verified, note))

Result<Calendar> read_calendar(const std::filesystem::path& folder) {
  const auto file = TRY(object_in(folder / "holidays.json"));
  Calendar out;
  out.first_day = TRY(member<Date>(file, "first_day", "holidays.json"));
  out.last_day = TRY(member<Date>(file, "last_day", "holidays.json"));
  out.weekend = TRY(member<std::vector<Weekday>>(file, "weekend", "holidays.json"));
  const auto rows = TRY(member<std::vector<HolidayRow>>(file, "holidays", "holidays.json"));
  for (const auto& row : rows) out.holidays.insert(row.date);
  return out;
}

template <class Row>
bool any_named(const std::vector<Row>& rows, Key Row::*code, const Key& wanted) {
  return std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.*code == wanted; });
}

bool has_parameter(const std::vector<ParameterRow>& rows, std::string_view name) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const ParameterRow& row) { return row.parameter.text() == name; });
}

std::vector<FieldError> faults(const Book& book) {
  std::vector<FieldError> wrong;
  const auto& lists = book.lists;
  const auto& intake = lists.intake;
  if (!any_named(lists.kinds, &KindRow::kind, intake.citizen_kind))
    wrong.push_back(lacking("intake.json /citizen_kind", intake.citizen_kind));
  if (!any_named(lists.categories, &CategoryRow::category, intake.citizen_category))
    wrong.push_back(lacking("intake.json /citizen_category", intake.citizen_category));
  if (!any_named(lists.importances, &ImportanceRow::kind, intake.citizen_importance))
    wrong.push_back(lacking("intake.json /citizen_importance", intake.citizen_importance));
  if (!any_named(lists.channels, &ChannelRow::channel, intake.citizen_channel))
    wrong.push_back(lacking("intake.json /citizen_channel", intake.citizen_channel));
  for (const auto& kind : book.alike.rules.kinds)
    if (!any_named(lists.kinds, &KindRow::kind, kind))
      wrong.push_back(lacking("alike.json /rules/kinds", kind));
  for (const auto& category : book.alike.rules.categories)
    if (!any_named(lists.categories, &CategoryRow::category, category))
      wrong.push_back(lacking("alike.json /rules/categories", category));
  for (const auto& row : intake.closing_grounds)
    for (const auto& kind : row.kinds)
      if (!any_named(lists.kinds, &KindRow::kind, kind))
        wrong.push_back(lacking("intake.json /closing_grounds", kind));
  const bool rest = std::any_of(intake.closing_grounds.begin(), intake.closing_grounds.end(),
                                [](const GroundRow& row) { return row.kinds.empty(); });
  if (!rest) wrong.push_back(lacking("intake.json /closing_grounds", "a row for all other kinds"));
  for (const auto& clock : lists.clocks) {
    if (!any_named(lists.clock_sets, &ClockSet::set, clock.set))
      wrong.push_back(lacking("clocks.json /clocks", clock.set));
    if (clock.category && !any_named(lists.categories, &CategoryRow::category, *clock.category))
      wrong.push_back(lacking("clocks.json /clocks", *clock.category));
  }
  const ClosingNumbers example;
  for_each_member(example, [&](const char* name, const std::int64_t&) {
    if (!has_parameter(lists.parameters, name))
      wrong.push_back(lacking("closing.json /parameters", name));
  });
  const bool issues = std::any_of(book.numbers.begin(), book.numbers.end(),
                                  [](const NumberPattern& row) { return row.issues; });
  if (!issues) wrong.push_back(lacking("numbering.json /patterns", "a pattern that issues"));
  return wrong;
}

template <class Row>
const Row* found(const std::vector<Row>& rows, Key Row::*code, const Key& wanted, Date on) {
  for (const auto& row : rows)
    if (row.*code == wanted && in_force(row, on)) return &row;
  return nullptr;
}

}  // namespace

bool Calendar::working(Date day) const {
  const auto week = std::chrono::weekday(day.day()).iso_encoding() - 1;  // Monday is 0
  const auto closed = std::find(weekend.begin(), weekend.end(), static_cast<Weekday>(week));
  return closed == weekend.end() && !holidays.contains(day);
}

Result<Book> Book::read(const std::filesystem::path& share) {
  const auto folder = share / "data/service_centre";
  Book book;
  const auto kinds = TRY(object_in(folder / "kinds.json"));
  book.lists.kinds = TRY(member<std::vector<KindRow>>(kinds, "matter_kinds", "kinds.json"));
  book.lists.importances =
      TRY(member<std::vector<ImportanceRow>>(kinds, "service_kinds", "kinds.json"));
  const auto categories = TRY(object_in(folder / "categories.json"));
  book.lists.categories =
      TRY(member<std::vector<CategoryRow>>(categories, "categories", "categories.json"));
  const auto channels = TRY(object_in(folder / "channels.json"));
  book.lists.channels = TRY(member<std::vector<ChannelRow>>(channels, "channels", "channels.json"));
  book.lists.report_columns =
      TRY(member<std::vector<ChannelColumn>>(channels, "report_columns", "channels.json"));
  const auto clocks = TRY(object_in(folder / "clocks.json"));
  book.lists.clock_sets = TRY(member<std::vector<ClockSet>>(clocks, "sets", "clocks.json"));
  book.lists.clocks = TRY(member<std::vector<ClockRule>>(clocks, "clocks", "clocks.json"));
  const auto closing = TRY(object_in(folder / "closing.json"));
  book.lists.parameters =
      TRY(member<std::vector<ParameterRow>>(closing, "parameters", "closing.json"));
  const auto numbering = TRY(object_in(folder / "numbering.json"));
  book.numbers = TRY(member<std::vector<NumberPattern>>(numbering, "patterns", "numbering.json"));
  const auto intake = TRY(object_in(folder / "intake.json"));
  book.lists.intake = TRY(member<IntakeRules>(intake, "rules", "intake.json"));
  const auto alike = TRY(object_in(folder / "alike.json"));
  book.alike.rules = TRY(member<AlikeRules>(alike, "rules", "alike.json"));
  const auto words = TRY(member<std::vector<std::string>>(alike, "words", "alike.json"));
  book.alike.words.insert(words.begin(), words.end());
  book.catalogue = TRY(Catalogue::read(folder));
  book.calendar = TRY(read_calendar(share / "data/calendar"));
  if (auto wrong = faults(book); !wrong.empty()) return Problem(std::move(wrong));
  return book;
}

const KindRow* find_kind(const Book& book, const Key& code, Date on) {
  return found(book.lists.kinds, &KindRow::kind, code, on);
}
const ImportanceRow* find_importance(const Book& book, const Key& code, Date on) {
  return found(book.lists.importances, &ImportanceRow::kind, code, on);
}
const CategoryRow* find_category(const Book& book, const Key& code, Date on) {
  return found(book.lists.categories, &CategoryRow::category, code, on);
}
const ChannelRow* find_channel(const Book& book, const Key& code, Date on) {
  return found(book.lists.channels, &ChannelRow::channel, code, on);
}

ClosingNumbers closing_numbers(const Book& book, Date on) {
  ClosingNumbers out;
  for_each_member(out, [&](const char* name, std::int64_t& number) {
    for (const auto& row : book.lists.parameters)
      if (row.parameter.text() == name && in_force(row, on)) number = row.value;
  });
  return out;
}

const List<ClosingGround, 3>& closing_grounds(const Book& book, const Key& kind) {
  const GroundRow* rest = nullptr;
  for (const auto& row : book.lists.intake.closing_grounds) {
    if (std::find(row.kinds.begin(), row.kinds.end(), kind) != row.kinds.end()) return row.grounds;
    if (row.kinds.empty()) rest = &row;
  }
  CHECK(rest);  // the reader refuses a book without it
  return rest->grounds;
}

const NumberPattern& number_pattern(const Book& book, Date on) {
  const NumberPattern* last = nullptr;
  for (const auto& row : book.numbers) {
    if (!row.issues) continue;
    last = &row;
    if (in_force(row, on)) return row;
  }
  CHECK(last);  // likewise
  return *last;
}

Date last_appointment_day(const Book& book, Date today) {
  return today.plus_days(static_cast<int>(book.lists.intake.appointment_days_max));
}

}  // namespace changwat::service_centre
