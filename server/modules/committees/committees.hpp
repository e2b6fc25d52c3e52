#pragma once
// Committees: bodies, their meetings, and what they resolved.
//
// Who calls it: modules that decide something by resolution (programme, plans), pages of the
// programme's history. Meetings and resolutions are public and, once recorded, never changed.
// Threads: any; the functions that take a Connection or a Tx belong to the caller's act or
// snapshot.

#include <optional>
#include <vector>

#include "platform/db/acts.hpp"
#include "platform/http/routes.hpp"

#include "modules/authority/authority.hpp"
#include "modules/committees/facts.hpp"
#include "modules/committees/model.hpp"

namespace changwat::committees {

enum class Origin { real, demonstration };

class Committees {
 public:
  Committees(db::Database& database, Acts& acts, const authority::Authority& authority);

  // Puts the bodies, meetings and resolutions of a new installation, in one act; `conflict` if
  // there are bodies already.
  Result<Done> found(const Call& call, const Facts& facts);

  // The act behind POST /api/v1/meetings; what is made for demonstration is marked for ever, and so
  // is what it resolves.
  Result<Meeting> add_meeting(const Call& call, const NewMeeting& in, Origin origin);

  // Records a resolution inside the caller's act, which has asked authority and leaves the ledger
  // entry. Problems: not_found (meeting), invalid_input, conflict (the number decided this
  // subject).
  Result<Resolution> record_within(Tx& tx, const Call& call, const NewResolution& resolution);

  std::vector<Body> bodies(db::Connection& db) const;
  std::vector<Meeting> meetings(db::Connection& db) const;  // the oldest first
  std::optional<Meeting> meeting(db::Connection& db, const MeetingId& id) const;
  std::optional<Resolution> resolution(db::Connection& db, const ResolutionId& id) const;
  std::vector<Resolution> of_meeting(db::Connection& db, const MeetingId& id) const;
  std::vector<Resolution> about(db::Connection& db, std::string_view subject_kind,
                                std::string_view subject_id) const;  // the oldest first

  // Handlers.
  Result<BodyList> list_bodies(Call& call);
  Result<Page<Meeting>> list_meetings(Call& call, const Query<MeetingQuery>& query);
  Result<Created<Meeting>> record_meeting(Call& call, const NewMeeting& in);
  Result<Page<Resolution>> list_resolutions(Call& call, const Query<ResolutionQuery>& query);
  Result<Resolution> get_resolution(Call& call, const Path<ResolutionPath>& path);
  Result<Created<Resolution>> record_resolution(Call& call, const NewResolution& in);

  void add_routes(RouteTable& table);

 private:
  db::Database& database_;
  Acts& acts_;
  const authority::Authority& authority_;
};

}  // namespace changwat::committees
