#include "modules/service_centre/channels/store_channels.hpp"

#include "platform/db/clauses.hpp"

namespace changwat::service_centre::store {

// ---- where cases came from

std::optional<CaseRow> by_source(db::Connection& db, const AreaCode& province, const Key& source,
                                 const SourceKey& key) {
  static const auto sql =
      "SELECT " + db::columns<CaseRow>() +
      " FROM service_case WHERE case_id = (SELECT case_id FROM case_source WHERE province = $1 AND "
      "source = $2 AND source_key = $3)";
  return db.one<CaseRow>(sql, province, source, key);
}

void add(db::Connection& db, const SourceRow& row) {
  db.insert("case_source", row);
}

std::set<std::string> known_keys(db::Connection& db, const AreaCode& province, const Key& source,
                                 const std::vector<SourceKey>& keys) {
  constexpr std::size_t at_once = 500;
  std::set<std::string> out;
  for (std::size_t first = 0; first < keys.size(); first += at_once) {
    const std::vector<SourceKey> some(
        keys.begin() + static_cast<std::ptrdiff_t>(first),
        keys.begin() + static_cast<std::ptrdiff_t>(std::min(keys.size(), first + at_once)));
    std::vector<db::Value> values{db::to_value(province), db::to_value(source)};
    const auto sql =
        "SELECT source_key FROM case_source WHERE province = $1 AND source = $2 AND source_key "
        "IN " +
        db::places(values, some);
    db.run(sql, values, [&](db::Cursor& row) { out.emplace(row.text(0)); });
  }
  return out;
}

// ---- the outbox

void add(db::Connection& db, const OutboxRow& row) {
  db.insert("channel_outbox", row);
}

std::vector<OutboxRow> waiting(db::Connection& db, const Key& source, std::int64_t count_max) {
  static const auto sql = "SELECT " + db::columns<OutboxRow>() +
                          " FROM channel_outbox WHERE source = $1 AND state = 'waiting' ORDER BY "
                          "message_id LIMIT $2";
  return db.query<OutboxRow>(sql, source, count_max);
}

bool settle(db::Connection& db, const OutboxId& id, OutboxState state, Instant at) {
  return db.exec(
             "UPDATE channel_outbox SET state = $2, sent_at = $3 WHERE message_id = $1 AND state = "
             "'waiting'",
             id, state, at) == 1;
}

// ---- events

bool see_event(db::Connection& db, const AreaCode& province, const Key& source,
               const SourceKey& event, Instant at) {
  return db.exec(
             "INSERT INTO channel_event (province, source, event_key, at) VALUES ($1, $2, $3, $4) "
             "ON CONFLICT DO NOTHING",
             province, source, event, at) == 1;
}

// ---- drafts

std::optional<DraftRow> draft(db::Connection& db, const AreaCode& district, const Key& source,
                              const Recipient& sender) {
  static const auto sql = "SELECT " + db::columns<DraftRow>() +
                          " FROM channel_draft WHERE province = $1 AND district = $2 AND source = "
                          "$3 AND sender = $4";
  return db.one<DraftRow>(sql, district.province(), district, source, sender);
}

void put(db::Connection& db, const DraftRow& row) {
  if (!db.update("channel_draft", row)) db.insert("channel_draft", row);
}

void remove_draft(db::Connection& db, const DraftId& id) {
  db.exec("DELETE FROM channel_draft WHERE draft_id = $1", id);
}

std::int64_t forget_channels(db::Connection& db, Instant before) {
  return db.exec("DELETE FROM channel_event WHERE at < $1", before) +
         db.exec("DELETE FROM channel_draft WHERE begun_at < $1", before) +
         db.exec("DELETE FROM channel_outbox WHERE state <> 'waiting' AND sent_at < $1", before);
}

// ---- readers outside

std::vector<PublicRow> public_cases(db::Connection& db, const PublicAsked& asked) {
  std::vector<db::Value> values;
  const auto place = [&](const auto& value) {
    values.push_back(db::to_value(value));
    return "$" + std::to_string(values.size());
  };
  auto sql =
      "SELECT c.case_id, c.district, c.area, c.category, c.state, c.detail, c.place, "
      "c.received_at, "
      "c.updated_at, c.settled_at, c.due_at, c.demonstration, c.accused, s.source, s.media_url, "
      "(SELECT a.office_th FROM case_assignment a WHERE a.case_id = c.case_id AND a.state NOT IN "
      "('returned', 'ended') ORDER BY a.position LIMIT 1), (SELECT COUNT(*) FROM case_reporter r "
      "WHERE r.case_id = c.case_id AND r.type IN ('secret', 'anonymous')) FROM service_case c LEFT "
      "JOIN case_source s ON s.case_id = c.case_id AND s.source = 'open311' WHERE c.category IN " +
      db::places(values, asked.categories);
  const auto province = asked.area ? std::optional(asked.area->province()) : std::nullopt;
  if (province) sql += " AND c.province = " + place(*province);
  if (asked.area && asked.area->level() == AreaLevel::district)
    sql += " AND c.district = " + place(*asked.area);
  if (!asked.ids.empty()) sql += " AND c.case_id IN " + db::places(values, asked.ids);
  if (asked.from) sql += " AND c.received_at >= " + place(*asked.from);
  if (asked.to) sql += " AND c.received_at <= " + place(*asked.to);
  if (asked.open) sql += " AND c.open = " + place(*asked.open);
  sql += " ORDER BY c.received_at DESC, c.case_id DESC LIMIT " + place(asked.count_max);
  std::vector<PublicRow> rows;
  db.run(sql, values, [&](db::Cursor& row) { rows.push_back(db::from_row<PublicRow>(row)); });
  return rows;
}

std::vector<CaseRow> cases_after(db::Connection& db, const CasesAsked& asked, const CaseId& after,
                                 std::int64_t count_max) {
  std::vector<db::Value> values{db::to_value(after)};
  const auto place = [&](const auto& value) {
    values.push_back(db::to_value(value));
    return "$" + std::to_string(values.size());
  };
  auto sql = "SELECT " + db::columns<CaseRow>() + " FROM service_case WHERE case_id > $1";
  const auto province = asked.area ? std::optional(asked.area->province()) : std::nullopt;
  if (province) sql += " AND province = " + place(*province);
  if (asked.area && asked.area->level() == AreaLevel::district)
    sql += " AND district = " + place(*asked.area);
  if (asked.fiscal_year) sql += " AND fiscal_year = " + place(*asked.fiscal_year);
  std::vector<AreaCode> provinces, districts;
  if (asked.within) {
    for (const auto& area : *asked.within)
      (area.level() == AreaLevel::province ? provinces : districts).push_back(area);
    std::string either;
    if (!provinces.empty()) either = "province IN " + db::places(values, provinces);
    if (!districts.empty())
      either += (either.empty() ? "" : " OR ") + ("district IN " + db::places(values, districts));
    sql += " AND (" + (either.empty() ? "1 = 0" : either) + ")";
  }
  sql += " ORDER BY case_id LIMIT " + place(count_max);
  std::vector<CaseRow> rows;
  db.run(sql, values, [&](db::Cursor& row) { rows.push_back(db::from_row<CaseRow>(row)); });
  return rows;
}

}  // namespace changwat::service_centre::store
