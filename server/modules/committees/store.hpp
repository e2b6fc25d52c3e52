#pragma once
// The SQL of committees: tables body, meeting, resolution.

#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/committees/model.hpp"

namespace changwat::committees::store {

std::vector<Body> bodies(db::Connection& db);  // by code
std::optional<Body> body(db::Connection& db, const Key& code);
void add(db::Connection& db, const Body& body);

std::optional<Meeting> meeting(db::Connection& db, const MeetingId& id);
std::optional<Meeting> meeting(db::Connection& db, const Key& body, const MeetingNumber& number);
// The newest first; one more than the limit, so that the caller sees whether there is a next page.
std::vector<Meeting> meetings(db::Connection& db, const MeetingQuery& query);
std::vector<Meeting> all_meetings(db::Connection& db);  // the oldest first
void add(db::Connection& db, const Meeting& meeting);

std::optional<Resolution> resolution(db::Connection& db, const ResolutionId& id);
std::vector<Resolution> of_meeting(db::Connection& db,
                                   const MeetingId& id);  // in the order of the minutes
std::vector<Resolution> about(db::Connection& db, std::string_view subject_kind,
                              std::string_view subject_id);
std::vector<Resolution> resolutions(db::Connection& db,
                                    const ResolutionQuery& query);  // as meetings()
void add(db::Connection& db, const Resolution& resolution);

}  // namespace changwat::committees::store
