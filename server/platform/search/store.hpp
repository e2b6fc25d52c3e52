#pragma once
// The SQL of the search room. The two engines keep terms in indexes of their own: FTS5 on SQLite,
// a GIN index over a tsvector on PostgreSQL. Both are given our terms ready-made (terms.hpp), so
// that both find the same, and neither's parser nor the database's locale matters.

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

#include "platform/db/connection.hpp"
#include "platform/search/terms.hpp"

namespace changwat::search::store {

struct Row {
  std::int64_t id = 0;  // grows with each document put
  std::string province;
  std::string collection;
  std::string record_id;
  std::string area;
  std::int64_t audience = 0;
  std::string category;
  Instant at;
  std::optional<double> latitude, longitude;
  std::string text;
  db::Blob lengths;
  std::string readers;
  BOOST_DESCRIBE_CLASS(Row, (),
                       (id, province, collection, record_id, area, audience, category, at, latitude,
                        longitude, text, lengths, readers),
                       (), ())

  IndexedText indexed() const { return {text, lengths.bytes}; }
  Place place() const { return {collection, area, audience, readers}; }
};

std::optional<Row> one(db::Connection& db, std::string_view province, std::string_view collection,
                       std::string_view record_id);

void add(db::Connection& db, const Row& row);                        // the id is given to it
void change(db::Connection& db, const Row& before, const Row& row);  // `row` has the id of `before`
void remove(db::Connection& db, const Row& row);

// Documents that came in last and whose terms are not in the index yet, newest first: on SQLite,
// where the index takes many at once far cheaper than one by one. At most waiting_max.
inline constexpr std::size_t waiting_max = 400;
struct Waiting {
  std::vector<Row> rows;
  std::int64_t first_id = 0;  // the index knows those below it
};
Waiting waiting(db::Connection& db);

// Of those in the index for which the condition holds, the newest, newest first, with ids below
// `before`.
std::vector<Row> newest(db::Connection& db, const Condition& condition, std::int64_t before,
                        std::size_t limit);
std::vector<std::int64_t> newest_ids(db::Connection& db, const Condition& condition,
                                     std::int64_t before, std::size_t limit);
// The same, and their text contains `part`: reads one document after another.
std::vector<Row> newest_with(db::Connection& db, const Condition& condition, std::string_view part,
                             std::int64_t before, std::size_t limit);
std::vector<Row> by_id(db::Connection& db, const std::vector<std::int64_t>& ids);

// Terms of the index that begin like this, at most `max`; none if the engine cannot tell.
std::optional<std::vector<std::string>> known_terms(db::Connection& db, const std::string& prefix,
                                                    std::size_t max);

std::int64_t last_id(db::Connection& db);  // 0 if there is no document

}  // namespace changwat::search::store
