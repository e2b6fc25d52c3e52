#pragma once
// The SQL of committees: tables body, meeting, resolution.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/committees/model.hpp"

namespace changwat::committees::store {

std::vector<Body> bodies(db::Connection& db);  // by code
std::optional<Body> body(db::Connection& db, const Key& code);
// Of one province, or without one those of the whole country.
std::vector<Body> bodies_of(db::Connection& db, const std::optional<AreaCode>& province);
void add(db::Connection& db, const Body& body);
void change(db::Connection& db, const Body& body);

std::optional<Meeting> meeting(db::Connection& db, const MeetingId& id);
std::optional<Meeting> meeting(db::Connection& db, const Key& body, const MeetingNumber& number);
// Those that were held, the newest first; one more than the limit, so that the caller sees whether
// there is a next page.
std::vector<Meeting> meetings(db::Connection& db, const MeetingQuery& query);
// Those that were held by bodies of the whole country, the oldest first.
std::vector<Meeting> all_meetings(db::Connection& db);
void add(db::Connection& db, const Meeting& meeting);

std::optional<Resolution> resolution(db::Connection& db, const ResolutionId& id);
std::vector<Resolution> of_meeting(db::Connection& db,
                                   const MeetingId& id);  // in the order of the minutes
std::vector<Resolution> about(db::Connection& db, std::string_view subject_kind,
                              std::string_view subject_id);
std::vector<Resolution> resolutions(db::Connection& db,
                                    const ResolutionQuery& query);  // public ones, as meetings()
void add(db::Connection& db, const Resolution& resolution);
void mark_superseded(db::Connection& db, const ResolutionId& id, const ResolutionId& by);

}  // namespace changwat::committees::store
