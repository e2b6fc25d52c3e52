#include "modules/committees/store_matters.hpp"

namespace changwat::committees::store {
namespace {

const std::string select = "SELECT " + db::columns<MatterRow>() + " FROM urgent_matter ";

}  // namespace

std::optional<MatterRow> matter(db::Connection& db, const MatterId& id) {
  static const auto sql = select + "WHERE matter_id = $1";
  return db.one<MatterRow>(sql, id);
}

std::optional<MatterRow> matter_in(db::Connection& db, const MeetingId& meeting) {
  static const auto sql = select + "WHERE meeting_id = $1";
  return db.one<MatterRow>(sql, meeting);
}

std::vector<MatterRow> matters(db::Connection& db, const MatterQuery& query) {
  static const auto sql = select +
                          "WHERE (province = $1 OR $1 IS NULL) AND (state = $2 OR $2 IS NULL)"
                          " ORDER BY state IN ('closed', 'withdrawn'), due_at, matter_id LIMIT 500";
  return db.query<MatterRow>(sql, query.province, query.state);
}

std::vector<MatterRow> matters_to_tell(db::Connection& db, const AreaCode& province) {
  static const auto sql =
      select + "WHERE province = $1 AND acknowledgement = 'due' ORDER BY raised_at LIMIT 50";
  return db.query<MatterRow>(sql, province);
}

std::int64_t matters_of_year(db::Connection& db, const AreaCode& province, int buddhist_year) {
  return *db.one<std::int64_t>(
      "SELECT COUNT(*) FROM urgent_matter WHERE province = $1 AND number LIKE $2", province,
      "%/" + std::to_string(buddhist_year));
}

void add(db::Connection& db, const MatterRow& row) {
  db.insert("urgent_matter", row);
}

void change(db::Connection& db, const MatterRow& row) {
  db.update("urgent_matter", row);
}

std::vector<MatterStepRow> steps(db::Connection& db, const MatterId& id) {
  static const auto sql = "SELECT " + db::columns<MatterStepRow>() +
                          " FROM urgent_matter_step WHERE matter_id = $1 ORDER BY at, step_id"
                          " LIMIT 500";
  return db.query<MatterStepRow>(sql, id);
}

void add(db::Connection& db, const MatterStepRow& row) {
  db.insert("urgent_matter_step", row);
}

}  // namespace changwat::committees::store
