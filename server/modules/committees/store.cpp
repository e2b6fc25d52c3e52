#include "modules/committees/store.hpp"

namespace changwat::committees::store {

namespace {

// A meeting is public once it was held, its resolutions if they were recorded as public.
const std::string held = "state IN ('recorded', 'closed', 'minutes_drafted', 'minutes_adopted')";

}  // namespace

std::vector<Body> bodies(db::Connection& db) {
  static const auto sql = "SELECT " + db::columns<Body>() + " FROM body ORDER BY code";
  return db.query<Body>(sql);
}

std::vector<Body> bodies_of(db::Connection& db, const std::optional<AreaCode>& province) {
  static const auto sql = "SELECT " + db::columns<Body>() +
                          " FROM body WHERE province = $1 OR (province IS NULL AND $1 IS NULL)"
                          " ORDER BY code";
  return db.query<Body>(sql, province);
}

std::optional<Body> body(db::Connection& db, const Key& code) {
  static const auto sql = "SELECT " + db::columns<Body>() + " FROM body WHERE code = $1";
  return db.one<Body>(sql, code);
}

void add(db::Connection& db, const Body& body) {
  db.insert("body", body);
}

void change(db::Connection& db, const Body& body) {
  db.update("body", body);
}

std::optional<Meeting> meeting(db::Connection& db, const MeetingId& id) {
  static const auto sql =
      "SELECT " + db::columns<Meeting>() + " FROM meeting WHERE meeting_id = $1";
  return db.one<Meeting>(sql, id);
}

std::optional<Meeting> meeting(db::Connection& db, const Key& body, const MeetingNumber& number) {
  static const auto sql =
      "SELECT " + db::columns<Meeting>() + " FROM meeting WHERE body = $1 AND number = $2";
  return db.one<Meeting>(sql, body, number);
}

// A parameter is compared before it is asked for NULL: PostgreSQL learns its type from the
// comparison.
std::vector<Meeting> meetings(db::Connection& db, const MeetingQuery& query) {
  static const auto sql =
      "SELECT " + db::columns<Meeting>() + " FROM meeting WHERE " + held +
      " AND (body = $1 OR $1 IS NULL) AND ((on_date, meeting_id) <"
      " (SELECT on_date, meeting_id FROM meeting WHERE meeting_id = $2) OR $2 IS NULL)"
      " ORDER BY on_date DESC, meeting_id DESC LIMIT $3";
  return db.query<Meeting>(sql, query.body, query.cursor, query.limit.count() + 1);
}

std::vector<Meeting> all_meetings(db::Connection& db) {
  static const auto sql =
      "SELECT " + db::columns<Meeting>() + " FROM meeting WHERE " + held +
      " AND body IN (SELECT code FROM body WHERE province IS NULL) ORDER BY on_date, meeting_id";
  return db.query<Meeting>(sql);
}

void add(db::Connection& db, const Meeting& meeting) {
  db.insert("meeting", meeting);
}

std::optional<Resolution> resolution(db::Connection& db, const ResolutionId& id) {
  static const auto sql =
      "SELECT " + db::columns<Resolution>() + " FROM resolution WHERE resolution_id = $1";
  return db.one<Resolution>(sql, id);
}

std::vector<Resolution> of_meeting(db::Connection& db, const MeetingId& id) {
  static const auto sql = "SELECT " + db::columns<Resolution>() +
                          " FROM resolution WHERE meeting_id = $1 ORDER BY position";
  return db.query<Resolution>(sql, id);
}

std::vector<Resolution> about(db::Connection& db, std::string_view subject_kind,
                              std::string_view subject_id) {
  static const auto sql = "SELECT " + db::columns<Resolution>() +
                          " FROM resolution WHERE subject_kind = $1 AND subject_id = $2"
                          " ORDER BY on_date, meeting_id, position";
  return db.query<Resolution>(sql, subject_kind, subject_id);
}

std::vector<Resolution> resolutions(db::Connection& db, const ResolutionQuery& query) {
  static const auto sql =
      "SELECT " + db::columns<Resolution>() +
      " FROM resolution WHERE is_public AND meeting_id IN (SELECT meeting_id FROM meeting WHERE " +
      held +
      ") AND (body = $1 OR $1 IS NULL) AND (subject_kind = $2 OR $2 IS NULL)"
      " AND (subject_id = $3 OR $3 IS NULL) AND ((on_date, meeting_id, position) <"
      " (SELECT on_date, meeting_id, position FROM resolution WHERE resolution_id = $4) OR $4 IS "
      "NULL)"
      " ORDER BY on_date DESC, meeting_id DESC, position DESC LIMIT $5";
  return db.query<Resolution>(sql, query.body, query.subject_kind, query.subject_id, query.cursor,
                              query.limit.count() + 1);
}

void add(db::Connection& db, const Resolution& resolution) {
  db.insert("resolution", resolution);
}

void mark_superseded(db::Connection& db, const ResolutionId& id, const ResolutionId& by) {
  db.exec("UPDATE resolution SET superseded_by = $2 WHERE resolution_id = $1", id, by);
}

}  // namespace changwat::committees::store
