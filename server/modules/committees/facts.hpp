#pragma once
// The reviewed facts of data/programme/programme.json that concern bodies and their meetings.
// Members of the document that other modules read are passed over; what is read here is read
// strictly.

#include <optional>
#include <string_view>

#include "base/result.hpp"

#include "modules/committees/model.hpp"

namespace changwat::committees {

struct FactResolution {
  ItemNumber number;
  ResolutionKind type = ResolutionKind::approve;
  Title type_th;
  LongText text_th;
  LongText text_en;
  List<ResolutionPart, 50> parts;
  List<FollowUp, 50> follow_up;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactResolution, (),
                      (number, type, type_th, text_th, text_en, parts, follow_up, source, verified,
                       note))

struct FactAgendaItem {
  ItemNumber number;
  Title title_th;
  Title title_en;
  List<FactResolution, 50> resolutions;
};
BOOST_DESCRIBE_STRUCT(FactAgendaItem, (), (number, title_th, title_en, resolutions))

struct FactMeeting {
  Key body;
  MeetingNumber number;
  Date date;
  std::optional<Key> weekday_stated;
  FiscalYear fiscal_year;
  std::optional<Title> place_th;
  std::optional<Title> place_en;
  Title chair_title_th;
  Title chair_title_en;
  std::optional<Title> vice_chair_title_th;
  std::optional<Title> vice_chair_title_en;
  List<FactAgendaItem, 100> agenda_items;
  Source source;
  bool verified = false;
  std::optional<LongText> note;
};
BOOST_DESCRIBE_STRUCT(FactMeeting, (),
                      (body, number, date, weekday_stated, fiscal_year, place_th, place_en,
                       chair_title_th, chair_title_en, vice_chair_title_th, vice_chair_title_en,
                       agenda_items, source, verified, note))

struct Facts {
  List<Body, 200> bodies;
  List<Key, 20> working_groups;  // those of the sub-committee, among the bodies
  List<FactMeeting, 200> meetings;
};

Result<Facts> read_facts(std::string_view programme_json);

// Every body, working group and parent that is named is among the bodies; codes and numbers stand
// once.
std::vector<FieldError> faults(const Facts& facts);

}  // namespace changwat::committees
