#include "modules/service_centre/store_figures.hpp"

#include <map>

#include "modules/service_centre/figures.hpp"

namespace changwat::service_centre::store {
namespace {

constexpr std::int64_t day_ms = 86'400'000;

struct FigureRow {
  std::int64_t received = 0, open = 0, late = 0, closed = 0, evidence = 0, word = 0, answer = 0,
               elsewhere = 0;
  std::int64_t reopened_cases = 0, reopened_times = 0, rejected = 0, merged = 0, withdrawn = 0;
  std::int64_t demonstration = 0;
};
BOOST_DESCRIBE_STRUCT(FigureRow, (),
                      (received, open, late, closed, evidence, word, answer, elsewhere,
                       reopened_cases, reopened_times, rejected, merged, withdrawn, demonstration))

struct CategoryRow {
  Key category;
  std::int64_t received = 0, open = 0, closed = 0;
};
BOOST_DESCRIBE_STRUCT(CategoryRow, (), (category, received, open, closed))

struct ClosedRow {
  Key category;
  Instant received_at, settled_at;
};
BOOST_DESCRIBE_STRUCT(ClosedRow, (), (category, received_at, settled_at))

std::string sum(const std::string& condition) {
  return "COALESCE(SUM(CASE WHEN " + condition + " THEN 1 ELSE 0 END), 0)";
}

std::string of_area(const AreaCode& area) {
  return " FROM service_case c WHERE " +
         std::string(area.level() == AreaLevel::province ? "province" : "district") + " = $1";
}

// The ground of every closed case is looked for in the record itself: its files, the citizen's
// confirmation, the answer that was shown.
FigureRow sums(db::Connection& db, const AreaCode& area, Instant now) {
  const std::string files =
      "EXISTS (SELECT 1 FROM case_file f WHERE f.case_id = c.case_id AND f.key = c.closing_before) "
      "AND EXISTS (SELECT 1 FROM case_file f WHERE f.case_id = c.case_id AND f.key = "
      "c.closing_after AND f.purpose = 'after')";
  const auto step = [](const char* act) {
    return "EXISTS (SELECT 1 FROM case_step s WHERE s.case_id = c.case_id AND s.act = '" +
           std::string(act) + "')";
  };
  const auto closed = [&](const char* ground, const std::string& proof) {
    return sum("state = 'closed' AND closing_ground = '" + std::string(ground) + "' AND " + proof);
  };
  const auto sql = "SELECT COUNT(*), " + sum("open") + ", " + sum("open AND due_at < $2") + ", " +
                   sum("state = 'closed'") + ", " + closed("evidence", files) + ", " +
                   closed("citizen_word", step("case.confirm")) + ", " +
                   closed("answer_given", step("case.tell")) + ", " +
                   sum("state = 'closed' AND closing_ground IS NULL AND " + step("case.import")) +
                   ", " + sum("reopened > 0") + ", CAST(COALESCE(SUM(reopened), 0) AS BIGINT), " +
                   sum("state = 'rejected'") + ", " + sum("state = 'merged'") + ", " +
                   sum("state = 'withdrawn'") + ", " + sum("demonstration") + of_area(area);
  return db.one<FigureRow>(sql, area, now).value();
}

// What another register closed came with a day that may be made up: how long it took is not known.
std::map<Key, std::map<std::int64_t, std::int64_t>> days_by_category(db::Connection& db,
                                                                     const AreaCode& area) {
  std::map<Key, std::map<std::int64_t, std::int64_t>> out;
  const auto sql = "SELECT category, received_at, settled_at" + of_area(area) +
                   " AND state = 'closed' AND closing_ground IS NOT NULL";
  const std::array<db::Value, 1> values{db::to_value(area)};
  db.run(sql, values, [&](db::Cursor& cursor) {
    const auto row = db::from_row<ClosedRow>(cursor);
    ++out[row.category][(row.settled_at.unix_ms() - row.received_at.unix_ms()) / day_ms];
  });
  return out;
}

}  // namespace

PublicFigures figures(db::Connection& db, const AreaCode& area, Instant now) {
  const auto row = sums(db, area, now);
  PublicFigures out;
  out.area = area;
  out.counted_at = now;
  out.received = row.received;
  out.open = row.open;
  out.late = row.late;
  out.closed = row.closed;
  out.closed_by_evidence = row.evidence;
  out.closed_by_citizen_word = row.word;
  out.closed_by_answer = row.answer;
  out.closed_elsewhere = row.elsewhere;
  out.closed_without_evidence = row.closed - row.evidence - row.word - row.answer - row.elsewhere;
  out.reopened_cases = row.reopened_cases;
  out.reopened_times = row.reopened_times;
  out.rejected = row.rejected;
  out.merged = row.merged;
  out.withdrawn = row.withdrawn;
  out.demonstration = row.demonstration > 0;

  auto days = days_by_category(db, area);
  std::map<std::int64_t, std::int64_t> all;
  for (const auto& [category, by_days] : days)
    for (const auto& [count, cases] : by_days) all[count] += cases;
  out.days = closing_days(all);
  const auto sql = "SELECT category, COUNT(*), " + sum("open") + ", " + sum("state = 'closed'") +
                   of_area(area) + " GROUP BY category ORDER BY COUNT(*) DESC, category";
  for (const auto& one : db.query<CategoryRow>(sql, area))
    out.by_category.push_back({one.category, "", "", one.received, one.open, one.closed,
                               closing_days(days[one.category])});
  return out;
}

}  // namespace changwat::service_centre::store
