#pragma once
// The SQL of channels: where cases came from, the outbox, events that were seen, drafts.

#include <optional>
#include <set>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/channels/channel.hpp"

namespace changwat::service_centre::store {

std::optional<CaseRow> by_source(db::Connection& db, const AreaCode& province, const Key& source,
                                 const SourceKey& key);
void add(db::Connection& db, const SourceRow& row);
// Of these keys, those that are here.
std::set<std::string> known_keys(db::Connection& db, const AreaCode& province, const Key& source,
                                 const std::vector<SourceKey>& keys);

// ---- the outbox, the oldest first
void add(db::Connection& db, const OutboxRow& row);
std::vector<OutboxRow> waiting(db::Connection& db, const Key& source, std::int64_t count_max);
bool settle(db::Connection& db, const OutboxId& id, OutboxState state, Instant at);

// ---- events: false if it was seen before
bool see_event(db::Connection& db, const AreaCode& province, const Key& source,
               const SourceKey& event, Instant at);

// ---- drafts
struct DraftRow {
  DraftId draft_id;
  AreaCode province;
  AreaCode district;
  Key source;
  Recipient sender;
  Detail text;
  Text<0, 500> landmark;
  std::optional<Decimal> latitude;
  std::optional<Decimal> longitude;
  std::int64_t pictures = 0;  // that the sender sent there; they are not fetched
  Instant begun_at;
};
BOOST_DESCRIBE_STRUCT(DraftRow, (),
                      (draft_id, province, district, source, sender, text, landmark, latitude,
                       longitude, pictures, begun_at))
std::optional<DraftRow> draft(db::Connection& db, const AreaCode& district, const Key& source,
                              const Recipient& sender);
void put(db::Connection& db, const DraftRow& row);  // a new one, or in place of what it was
void remove_draft(db::Connection& db, const DraftId& id);

// Events and drafts from before a moment, and what was sent before it.
std::int64_t forget_channels(db::Connection& db, Instant before);

// ---- for readers outside (Open311)
struct PublicRow {
  CaseId case_id;
  AreaCode district;
  AreaCode area;
  Key category;
  CaseState state = CaseState::received;
  Detail detail;
  Json<CasePlace> place;
  Instant received_at;
  Instant updated_at;
  std::optional<Instant> settled_at;
  Instant due_at;
  bool demonstration = false;
  Json<std::vector<Accused>> accused;
  std::optional<std::string> source;
  std::optional<std::string> media_url;
  std::optional<std::string> agency_th;
  std::int64_t hidden = 0;  // reporters who are secret or anonymous
};
BOOST_DESCRIBE_STRUCT(PublicRow, (),
                      (case_id, district, area, category, state, detail, place, received_at,
                       updated_at, settled_at, due_at, demonstration, accused, source, media_url,
                       agency_th, hidden))
struct PublicAsked {
  std::optional<AreaCode> area;         // province or district
  std::vector<CaseId> ids;              // these and no others
  std::vector<std::string> categories;  // one at least
  std::optional<Instant> from, to;
  std::optional<bool> open;
  std::int64_t count_max = 1000;
};
// The latest first.
std::vector<PublicRow> public_cases(db::Connection& db, const PublicAsked& asked);

// ---- whole cases, a page by id
struct CasesAsked {
  std::optional<AreaCode> area;  // province or district
  std::optional<FiscalYear> fiscal_year;
  std::optional<std::vector<AreaCode>> within;  // what the caller may read; none: everything
};
std::vector<CaseRow> cases_after(db::Connection& db, const CasesAsked& asked, const CaseId& after,
                                 std::int64_t count_max);

}  // namespace changwat::service_centre::store
