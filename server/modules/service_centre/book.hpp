#pragma once
// The book: lists, clocks and numbers of the centres as data (data/service_centre, data/calendar),
// read once at start. Every row names its source and says whether it was verified. Immutable; any
// thread.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "modules/service_centre/services.hpp"

namespace changwat::service_centre {

struct KindRow {  // ลักษณะเรื่อง
  Key kind;
  Label name_th;
  Label name_en;
  Key handled_as;  // case, or service: an application with an entry of the catalogue
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(KindRow, (),
                      (kind, name_th, name_en, handled_as, valid_from, valid_to, source, verified,
                       note))

struct ImportanceRow {  // ประเภทงานบริการ
  Key kind;
  Label name_th;
  Label name_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ImportanceRow, (),
                      (kind, name_th, name_en, valid_from, valid_to, source, verified, note))

struct CategoryRow {
  Key category;
  Label name_th;
  Label name_en;
  std::optional<Key> sisaket;  // its entry in the lists from which ours is merged
  std::optional<Key> udon_thani;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(CategoryRow, (),
                      (category, name_th, name_en, sisaket, udon_thani, valid_from, valid_to,
                       source, verified, note))

struct ChannelRow {
  Key channel;
  Label name_th;
  Label name_en;
  Key origin;
  std::optional<Key> report_column;  // of the monthly report in which it is counted
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ChannelRow, (),
                      (channel, name_th, name_en, origin, report_column, valid_from, valid_to,
                       source, verified, note))

struct ChannelColumn {
  Key column;
  Label name_th;
  Label name_en;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ChannelColumn, (), (column, name_th, name_en, source, verified, note))

// ---- clocks

enum class ClockEvent {
  received,
  screening_started,
  screened,
  assigned,
  accepted,
  progress_recorded,
  result_reported,
  petitioner_told,
  closed,
  application_received,
  papers_checked,
  application_complete,
  decision_due,
  decided,
  applicant_notified
};
BOOST_DESCRIBE_ENUM(ClockEvent, received, screening_started, screened, assigned, accepted,
                    progress_recorded, result_reported, petitioner_told, closed,
                    application_received, papers_checked, application_complete, decision_due,
                    decided, applicant_notified)

enum class DayUnit { calendar_day, working_day };
BOOST_DESCRIBE_ENUM(DayUnit, calendar_day, working_day)
enum class AmountFrom { fixed, service_manual };
BOOST_DESCRIBE_ENUM(AmountFrom, fixed, service_manual)
enum class OnLate { flag, reason_every, deemed_granted };
BOOST_DESCRIBE_ENUM(OnLate, flag, reason_every, deemed_granted)
enum class CountedFrom { start, due };
BOOST_DESCRIBE_ENUM(CountedFrom, start, due)

// Who is told how many days before (negative) or after the due day, or after the start.
struct EscalationStep {
  std::int64_t days = 0;
  CountedFrom counted_from = CountedFrom::due;
  std::vector<Key> to;
};
BOOST_DESCRIBE_STRUCT(EscalationStep, (), (days, counted_from, to))

struct ClockSet {
  Key set;
  Label name_th;
  Label name_en;
  bool in_force = false;  // false: shown, never run
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ClockSet, (),
                      (set, name_th, name_en, in_force, valid_from, valid_to, source, verified,
                       note))

struct ClockRule {
  Key clock;
  Key set;
  Label name_th;
  Label name_en;
  std::optional<Key> category;  // none: all
  ClockEvent start = ClockEvent::received;
  ClockEvent stop = ClockEvent::closed;
  AmountFrom amount_from = AmountFrom::fixed;
  std::optional<std::int64_t> days;
  DayUnit unit = DayUnit::calendar_day;
  bool start_day_counts = false;
  std::optional<std::int64_t> repeat_days;
  OnLate on_late = OnLate::flag;
  std::vector<EscalationStep> escalation;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ClockRule, (),
                      (clock, set, name_th, name_en, category, start, stop, amount_from, days, unit,
                       start_day_counts, repeat_days, on_late, escalation, valid_from, valid_to,
                       source, verified, note))

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
BOOST_DESCRIBE_ENUM(Weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

// Days on which offices of the whole country are closed. Beyond first_day … last_day nobody knows.
struct Calendar {
  Date first_day, last_day;
  std::vector<Weekday> weekend;
  std::set<Date> holidays;

  bool known(Date day) const { return first_day <= day && day <= last_day; }
  bool working(Date day) const;
};

// ---- closing, numbers, intake

// What may prove that a case is done, beside a second person's review.
enum class ClosingGround {
  evidence,      // files from before and after, whose place and time were checked
  citizen_word,  // the citizen confirmed it by the tracking code
  answer_given,  // what was asked was answered, and the answer stands where the citizen reads it
};
BOOST_DESCRIBE_ENUM(ClosingGround, evidence, citizen_word, answer_given)

// Numbers by which closings are checked and recurring cases noticed, as in force on a day.
struct ClosingNumbers {
  std::int64_t evidence_distance_metres_max = 0;
  std::int64_t evidence_age_hours_max = 0;
  std::int64_t reopen_days_max = 0;
  std::int64_t recurring_cases_min = 0;
  std::int64_t recurring_distance_metres_max = 0;
  std::int64_t recurring_days_max = 0;
  std::int64_t trend_days = 0;
  std::int64_t heat_cases_min = 0;
};
BOOST_DESCRIBE_STRUCT(ClosingNumbers, (),
                      (evidence_distance_metres_max, evidence_age_hours_max, reopen_days_max,
                       recurring_cases_min, recurring_distance_metres_max, recurring_days_max,
                       trend_days, heat_cases_min))

struct ParameterRow {
  Key parameter;
  std::int64_t value = 0;
  Key unit;
  Label name_th;
  Label name_en;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(ParameterRow, (),
                      (parameter, value, unit, name_th, name_en, valid_from, valid_to, source,
                       verified, note))

enum class NumberPartKind {
  text,
  province_code_00,
  district_code,
  fiscal_year_be,
  year_be,
  running
};
BOOST_DESCRIBE_ENUM(NumberPartKind, text, province_code_00, district_code, fiscal_year_be, year_be,
                    running)

struct NumberPart {
  NumberPartKind part = NumberPartKind::text;
  std::optional<std::string> text;
  std::optional<std::int64_t> width;
};
BOOST_DESCRIBE_STRUCT(NumberPart, (), (part, text, width))

// How numbers of cases are written. A running number is counted within district and fiscal year.
struct NumberPattern {
  Key pattern;
  bool issues = false;
  Label name_th;
  Label name_en;
  std::vector<NumberPart> parts;
  std::vector<NumberPartKind> running_within;
  std::string example;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  Label source;
  bool verified = false;
  std::optional<Label> note;
};
BOOST_DESCRIBE_STRUCT(NumberPattern, (),
                      (pattern, issues, name_th, name_en, parts, running_within, example,
                       valid_from, valid_to, source, verified, note))

// Which grounds are enough to close cases of a kind; the first row that names the kind, or names
// none, is its.
struct GroundRow {
  List<Key, 20> kinds;
  List<ClosingGround, 3> grounds;
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(GroundRow, (), (kinds, grounds, source, verified))

struct IntakeRules {
  Key citizen_kind;        // of what citizens send without naming one
  Key citizen_category;    // likewise
  Key citizen_importance;  // of what citizens send
  Key citizen_channel;
  std::int64_t offline_hours_max = 0;     // between taking and receiving, without a remark
  std::int64_t near_due_days = 0;         // within which a case is near due
  std::int64_t appointment_days_max = 0;  // ahead of today
  std::vector<GroundRow> closing_grounds;
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(IntakeRules, (),
                      (citizen_kind, citizen_category, citizen_importance, citizen_channel,
                       offline_hours_max, near_due_days, appointment_days_max, closing_grounds,
                       source, verified))

struct CentreLists {
  std::vector<KindRow> kinds;
  std::vector<ImportanceRow> importances;
  std::vector<CategoryRow> categories;
  std::vector<ChannelRow> channels;
  std::vector<ChannelColumn> report_columns;
  std::vector<ClockSet> clock_sets;
  std::vector<ClockRule> clocks;
  std::vector<ParameterRow> parameters;
  IntakeRules intake;
};
BOOST_DESCRIBE_STRUCT(CentreLists, (),
                      (kinds, importances, categories, channels, report_columns, clock_sets, clocks,
                       parameters, intake))

// Which cases strangers may be told of, while they write one of their own, and by which words.
struct AlikeRules {
  std::vector<Key> categories;
  std::vector<Key> kinds;
  std::int64_t shown_max = 0;  // cases in one answer
  Label source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(AlikeRules, (), (categories, kinds, shown_max, source, verified))

struct AlikeList {
  AlikeRules rules;
  std::set<std::string> words;
};

struct Book {
  CentreLists lists;
  AlikeList alike;
  Catalogue catalogue;
  Calendar calendar;
  std::vector<NumberPattern> numbers;

  // Reads data/service_centre and data/calendar below the folder that holds `data`. Problem:
  // invalid_input or malformed_request, the file named first; also when a row names what no other
  // has, or a number is not there.
  static Result<Book> read(const std::filesystem::path& share);
};

// The row whose first member is the code, in force on the day; nullptr: none.
const KindRow* find_kind(const Book& book, const Key& code, Date on);
const ImportanceRow* find_importance(const Book& book, const Key& code, Date on);
const CategoryRow* find_category(const Book& book, const Key& code, Date on);
const ChannelRow* find_channel(const Book& book, const Key& code, Date on);

ClosingNumbers closing_numbers(const Book& book, Date on);
// The last day for which appointments are made.
Date last_appointment_day(const Book& book, Date today);
const List<ClosingGround, 3>& closing_grounds(const Book& book, const Key& kind);

// The pattern by which numbers are given on a day.
const NumberPattern& number_pattern(const Book& book, Date on);

}  // namespace changwat::service_centre
