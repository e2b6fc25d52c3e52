#pragma once
// What a case is stored as and travels as: the case itself, who reported it, its place.
//
// Who reported stands in a table of its own and leaves it masked only (masking.hpp), but for the
// act case.reveal.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include "platform/http/routes.hpp"

#include "modules/service_centre/book.hpp"
#include "modules/service_centre/words.hpp"

namespace changwat::service_centre {

using CaseId = Id<struct CaseTag>;
using ReporterId = Id<struct ReporterTag>;
using CaseAssignmentId = Id<struct CaseAssignmentTag>;
using StepId = Id<struct CaseStepTag>;
using TaskId = Id<struct CaseTaskTag>;
using ClientId = Id<struct ClientCaseTag>;  // given by the device that took the case
using CaseNumber = Text<1, 60>;
using Title = Text<1, 200>;
using Detail = Text<0, 8000>;
using Note = Text<0, 4000>;
using Remark = Text<1, 4000>;
using OfficeRef = Text<1, 64>;

enum class CaseState {
  received,
  screening,
  assigned,
  accepted,
  in_progress,
  resolved,   // the result is in; to be proposed for closing
  reviewing,  // proposed for closing; a second person reviews
  closed,
  mediation,
  sent_up,  // to the centre above, which has not taken it yet
  rejected,
  merged,  // into another case
  withdrawn
};
BOOST_DESCRIBE_ENUM(CaseState, received, screening, assigned, accepted, in_progress, resolved,
                    reviewing, closed, mediation, sent_up, rejected, merged, withdrawn)

// Whose centre has the case.
enum class CaseLevel { district, province, ministry };
BOOST_DESCRIBE_ENUM(CaseLevel, district, province, ministry)

enum class ReporterType { person, group, agency, juristic, anonymous, secret };
BOOST_DESCRIBE_ENUM(ReporterType, person, group, agency, juristic, anonymous, secret)

// Whether the responsible agency was told already, as the reporter says.
enum class ToldAlready { not_told, told, advised };
BOOST_DESCRIBE_ENUM(ToldAlready, not_told, told, advised)

enum class PlaceGiven { typed, map, device };
BOOST_DESCRIBE_ENUM(PlaceGiven, typed, map, device)

// Degrees, WGS 84.
struct Position {
  Decimal latitude;
  Decimal longitude;
};
BOOST_DESCRIBE_STRUCT(Position, (), (latitude, longitude))

struct CasePlace {
  AreaCode area;  // district, sub-district or village
  std::optional<Text<1, 500>> landmark;
  std::optional<Position> position;
  PlaceGiven given = PlaceGiven::typed;
};
BOOST_DESCRIBE_STRUCT(CasePlace, (), (area, landmark, position, given))

struct Accused {
  Text<1, 200> name;
  std::optional<Text<1, 500>> detail;  // office, address
};
BOOST_DESCRIBE_STRUCT(Accused, (), (name, detail))

struct NewReporter {
  ReporterType type = ReporterType::person;
  std::optional<Text<1, 200>> name;
  std::optional<CitizenId> citizen_id;
  std::optional<Phone> phone;
  std::optional<Email> email;
  std::optional<Text<1, 500>> address;
};
BOOST_DESCRIBE_STRUCT(NewReporter, (), (type, name, citizen_id, phone, email, address))

struct ReporterRow {
  ReporterId reporter_id;
  CaseId case_id;
  std::int64_t position = 0;
  ReporterType type = ReporterType::person;
  std::optional<Text<1, 200>> name;
  std::optional<CitizenId> citizen_id;
  std::optional<Phone> phone;
  std::optional<Email> email;
  std::optional<Text<1, 500>> address;
};
BOOST_DESCRIBE_STRUCT(ReporterRow, (),
                      (reporter_id, case_id, position, type, name, citizen_id, phone, email,
                       address))

// What the desk sees of a reporter.
struct MaskedReporter {
  ReporterId reporter_id;
  ReporterType type = ReporterType::person;
  std::string name;   // "ส***"; of a secret or anonymous one: empty
  std::string phone;  // "***-***-1234"; likewise
  bool has_citizen_id = false;
  bool has_address = false;
  bool has_email = false;
  std::optional<CaseId> from_case;  // a case that was merged into this one
};
BOOST_DESCRIBE_STRUCT(MaskedReporter, (),
                      (reporter_id, type, name, phone, has_citizen_id, has_address, has_email,
                       from_case))

struct CaseRow {
  CaseId case_id;
  AreaCode province;
  AreaCode district;
  FiscalYear fiscal_year;  // of the day on which it was received
  std::int64_t running = 0;
  CaseNumber number;
  Key kind;
  Key category;
  Key channel;
  Key importance;
  CaseState state = CaseState::received;
  CaseLevel level = CaseLevel::district;
  Title title;
  Detail detail;
  Note wanted;
  Json<CasePlace> place;
  AreaCode area;  // of the place, to be counted by
  ToldAlready told_already = ToldAlready::not_told;
  Json<std::vector<Accused>> accused;
  std::optional<std::string> officer_id;  // the person at the desk who has it
  Instant received_at;
  std::optional<Instant> taken_at;  // by the device, off line
  bool taken_late = false;          // longer before than goes without a remark
  std::optional<ClientId> client_id;
  std::optional<std::string> client_digest;  // of what the device sent, to know it again
  std::string tracking_hash;
  bool open = true;                   // not settled
  std::optional<Instant> settled_at;  // closed, rejected, merged or withdrawn
  Instant due_at;                     // the nearest of the running clocks; never_due: none
  Instant remind_at;                  // when somebody is to be told next; never_due: none
  std::int64_t reopened = 0;
  std::optional<CaseId> merged_into;
  std::optional<ClosingGround> closing_ground;
  std::optional<Key> closing_before;  // keys of evidence files
  std::optional<Key> closing_after;
  std::optional<std::string> closing_proposed_by;  // person
  std::optional<Instant> closing_proposed_at;
  bool demonstration = false;
  std::int64_t version = 1;
  Instant created_at;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (case_id, province, district, fiscal_year, running, number, kind, category,
                       channel, importance, state, level, title, detail, wanted, place, area,
                       told_already, accused, officer_id, received_at, taken_at, taken_late,
                       client_id, client_digest, tracking_hash, open, settled_at, due_at, remind_at,
                       reopened, merged_into, closing_ground, closing_before, closing_after,
                       closing_proposed_by, closing_proposed_at, demonstration, version, created_at,
                       updated_at))

// Stands where no clock runs: later than any day.
inline const Instant never_due = Instant::bangkok(*Date::of(2299, 12, 31), 23, 59, 59);

// ---- intake

// At the desk.
struct NewCase {
  Key kind;
  Key category;
  Key channel;
  Key importance;
  Title title;
  Detail detail;
  std::optional<Note> wanted;
  CasePlace place;
  std::optional<ToldAlready> told_already;
  std::optional<List<Accused, 10>> accused;
  List<NewReporter, 20> reporters;
  std::optional<ClientId> client_id;
  std::optional<Instant> taken_at;
  // The case that this one is about too: it is put into that one at once, as case.merge does.
  std::optional<CaseId> into = {};
  // Applied for at once, where the kind is handled as a service.
  std::optional<List<Key, 20>> services = {};
};
BOOST_DESCRIBE_STRUCT(NewCase, (),
                      (kind, category, channel, importance, title, detail, wanted, place,
                       told_already, accused, reporters, client_id, taken_at, into, services))

// By a citizen, who needs no account.
struct CitizenCase {
  std::optional<Key> kind;
  std::optional<Key> category;
  Title title;
  Detail detail;
  std::optional<Note> wanted;
  CasePlace place;
  std::optional<ToldAlready> told_already;
  std::optional<List<Accused, 10>> accused;
  List<NewReporter, 5> reporters;
  std::optional<ClientId> client_id;
  std::optional<Instant> taken_at;
  std::optional<CaseId> into = {};             // likewise; one that strangers may be told of
  std::optional<List<Key, 20>> services = {};  // likewise
};
BOOST_DESCRIBE_STRUCT(CitizenCase, (),
                      (kind, category, title, detail, wanted, place, told_already, accused,
                       reporters, client_id, taken_at, into, services))

// What the taker of a case gets: the code is told here and nowhere else.
struct Receipt {
  CaseId case_id;
  CaseNumber number;
  TrackingCode tracking_code;
  CaseState state = CaseState::received;
  Instant received_at;
  std::optional<Instant> taken_at;
  bool taken_late = false;
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (case_id, number, tracking_code, state, received_at, taken_at, taken_late))

struct CasePath {
  CaseId case_id;
};
BOOST_DESCRIBE_STRUCT(CasePath, (), (case_id))

}  // namespace changwat::service_centre
