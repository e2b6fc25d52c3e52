#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "base/id.hpp"

#include "modules/ledger/export.hpp"
#include "modules/ledger/ledger.hpp"

namespace changwat::ledger {
namespace {

constexpr std::size_t entries_per_seal_max = 50'000;
constexpr std::size_t streams_max = 2'000;

std::vector<std::string> hex_of(const Proof& proof) {
  std::vector<std::string> out;
  for (const auto& hash : proof) out.push_back(to_hex(hash));
  return out;
}

Hash hash_of(std::string_view hex) {
  Hash hash{};
  CHECK(from_hex(hex, hash));
  return hash;
}

// Of a complete, sealed subtree. A small one is hashed again from its leaves.
Hash subtree(db::Connection& db, unsigned level, std::uint64_t position) {
  if (level >= store::node_level_min) return store::node(db, level, position);
  const auto size = std::int64_t{1} << level;
  CompactRange range;
  for (const auto& leaf : store::leaves(db, static_cast<std::int64_t>(position) * size - 1, size))
    range.append(hash_of(leaf));
  return range.root();
}

// The tree of the sealed entries.
CompactRange range_of(db::Connection& db, std::uint64_t size) {
  std::vector<Hash> peaks;
  std::uint64_t covered = 0;
  for (int level = 63; level >= 0; --level) {
    if (!(size >> level & 1)) continue;
    peaks.push_back(subtree(db, static_cast<unsigned>(level), covered >> level));
    covered += std::uint64_t{1} << level;
  }
  auto range = CompactRange::from_peaks(size, std::move(peaks));
  CHECK(range.ok());
  return std::move(range).value();
}

std::int64_t sealed_size(db::Connection& db) {
  const auto head = store::latest_head(db);
  return head ? head->tree_size : 0;
}

struct Event {
  std::int64_t sequence = 0;
  std::string act;
  std::string subject_kind;
  std::string subject_id;
  std::optional<std::string> province;
};
BOOST_DESCRIBE_STRUCT(Event, (), (sequence, act, subject_kind, subject_id, province))

std::string event_of(const store::EntryRow& row) {
  return "id: " + std::to_string(row.sequence) + "\nevent: ledger\ndata: " +
         to_json(Event{row.sequence, row.act, row.subject_kind, row.subject_id, row.province}) +
         "\n\n";
}

SubtreeHash subtrees(db::Connection& db) {
  return [&db](unsigned level, std::uint64_t position) { return subtree(db, level, position); };
}

}  // namespace

// A live stream of what is recorded, for pages that show the present. It carries what changed,
// never the contents: the reader fetches what it may see. A reader who is too slow loses the stream
// and comes again.
class Ledger::Stream final : public http::EventSource {
 public:
  // `provinces`: those of which the reader hears, and of nothing national; none: of everything.
  explicit Stream(std::optional<std::vector<AreaCode>> provinces)
      : provinces_(std::move(provinces)) {}

  std::optional<std::string> next() override {
    const std::lock_guard lock(mutex_);
    if (overrun_) return std::nullopt;
    return std::exchange(waiting_, {});
  }

  void on_wake(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

  void end() {
    const std::lock_guard lock(mutex_);
    overrun_ = true;
    if (wake_) wake_();
  }

  void push(const std::vector<store::EntryRow>& rows) {
    const std::lock_guard lock(mutex_);
    for (const auto& row : rows)
      if (hears(row)) waiting_ += event_of(row);
    if (waiting_.size() > waiting_bytes_max) overrun_ = true;
    if (wake_) wake_();
  }

 private:
  bool hears(const store::EntryRow& row) const {
    if (!provinces_) return true;
    return std::any_of(provinces_->begin(), provinces_->end(),
                       [&](const AreaCode& province) { return row.province == province.text(); });
  }

  const std::optional<std::vector<AreaCode>> provinces_;
  static constexpr std::size_t waiting_bytes_max = 256 * 1024;
  std::mutex mutex_;
  std::function<void()> wake_;
  std::string waiting_;
  bool overrun_ = false;
};

Ledger::Ledger(db::Database& database, LedgerOptions options)
    : database_(database), options_(std::move(options)) {
  load_key();
}

void Ledger::load_key() {
  if (!std::filesystem::exists(options_.key_file)) {
    // A new key beside a ledger that has one would only hide that the right one is missing.
    const auto keys = database_.read([](db::Connection& db) { return store::keys(db); });
    if (!keys.empty())
      throw std::runtime_error("the ledger's key " + keys.back().key_id + " is missing: restore " +
                               options_.key_file);
    const auto written = write_key_file(options_.key_file, SigningKey::generate());
    if (!written.ok())
      throw std::runtime_error("cannot write the ledger's key to " + options_.key_file);
  }
  auto key = read_key_file(options_.key_file);
  if (!key.ok()) throw std::runtime_error("cannot use the ledger's key in " + options_.key_file);
  key_ = std::make_unique<SigningKey>(std::move(key).value());

  database_.write([&](db::Connection& db) {
    const auto keys = store::keys(db);
    if (keys.empty()) {
      store::add(db, state_first_key(*key_, options_.origin, options_.now().text()));
      return true;
    }
    if (keys.back().key_id != key_->key_id())
      throw std::runtime_error("the key in " + options_.key_file + " is not the ledger's key " +
                               keys.back().key_id + ": restore that file");
    return false;
  });
}

std::int64_t Ledger::append(db::Connection& connection, const Call& call, std::string_view act,
                            const ActRecord& record) {
  store::EntryRow row;
  row.sequence = store::entry_count(connection);
  row.entry_id = Id<struct EntryTag>::make(call.now).text();
  row.recorded_at = options_.now().text();  // the ledger's own clock, not what a caller says
  row.act = act;
  row.subject_kind = record.subject_kind;
  row.subject_id = record.subject_id;
  if (record.province) row.province = record.province->text();
  row.actor_id = call.caller ? call.caller->person_id : "program";
  row.actor_office_id = record.office_id;
  row.authority = record.authority.text;
  row.change = record.change.text;
  const auto good = check_entry(row);
  if (!good.ok()) {
    const auto& fields = good.problem().fields;
    throw std::logic_error(
        "an act left an entry that may not stand in the ledger: " + std::string(act) +
        (fields.empty() ? "" : " " + fields.front().pointer + " " + fields.front().en));
  }
  row.leaf = to_hex(leaf_hash(row));
  store::add(connection, row);
  return row.sequence;
}

void Ledger::committed(std::int64_t first, std::int64_t last) {
  for (const auto& listener : listeners_) listener(first, last);
  const std::lock_guard lock(streams_mutex_);
  std::erase_if(streams_, [](const auto& weak) { return weak.expired(); });
  if (streams_.empty()) return;
  std::vector<store::EntryRow> rows;
  try {
    rows = database_.read(
        [&](db::Connection& db) { return store::entries(db, first - 1, last - first + 1); });
  } catch (const db::Error&) {  // the engine is away, but the entries are committed
    for (const auto& weak : streams_)
      if (const auto stream = weak.lock()) stream->end();  // its reader comes again and looks
    return;
  }
  for (const auto& weak : streams_)
    if (const auto stream = weak.lock()) stream->push(rows);
}

void Ledger::seal() {
  const auto nothing_new =
      database_.read([](db::Connection& db) { return store::entry_count(db) == sealed_size(db); });
  if (nothing_new) return;
  while (seal_some()) continue;
}

// Not an act: it changes no record, it only signs what acts have recorded. In pieces, so that acts
// have their turn between; returns whether there is more.
bool Ledger::seal_some() {
  std::size_t sealed = 0;
  database_.write([&](db::Connection& db) {
    const auto size = sealed_size(db);
    auto range = range_of(db, static_cast<std::uint64_t>(size));
    const auto leaves = store::leaves(db, size - 1, entries_per_seal_max);
    if (leaves.empty()) return false;
    for (const auto& leaf : leaves) {
      range.append(hash_of(leaf), [&](unsigned level, std::uint64_t position, const Hash& hash) {
        if (level >= store::node_level_min) store::add_node(db, level, position, hash);
      });
    }
    const auto new_size = static_cast<std::int64_t>(range.size());
    store::index_subjects(db, size, new_size);
    store::add(db,
               sign_head(*key_, options_.origin, new_size, range.root(), options_.now().text()));
    sealed = leaves.size();
    return true;
  });
  return sealed == entries_per_seal_max;
}

Result<Done> Ledger::export_to(std::ostream& out) {
  return database_.snapshot([&](db::Connection& db) -> Result<Done> {
    const auto size = sealed_size(db);
    ExportWriter writer(out);
    TRY(writer.begin(
        whole_ledger_header(options_.origin, size, store::head_count(db), store::keys(db))));
    std::vector<SignedHead> heads = store::heads_after(db, 0, 1000);
    std::size_t next_head = 0;
    for (std::int64_t after = -1; after + 1 < size;) {
      const auto rows = store::entries(db, after, 1000);
      for (const auto& row : rows) {
        if (row.sequence >= size) break;
        Hash leaf{};
        from_hex(row.leaf, leaf);  // a damaged leaf is exported as it is not: the verifier will see
        TRY(writer.write(row, leaf));
        if (next_head == heads.size()) {
          heads = store::heads_after(db, row.sequence, 1000);
          next_head = 0;
        }
        if (next_head < heads.size() && heads[next_head].tree_size == row.sequence + 1)
          TRY(writer.write(heads[next_head++]));
      }
      after = rows.empty() ? size : rows.back().sequence;
    }
    return writer.end();
  });
}

TrustedKeys Ledger::own_keys() {
  TrustedKeys trusted;
  for (const auto& statement : database_.read([](db::Connection& db) { return store::keys(db); }))
    (void)trusted.add(statement.public_key);
  return trusted;
}

// ---- handlers

Result<LatestHead> Ledger::latest(Call&) {
  return database_.snapshot([&](db::Connection& db) -> Result<LatestHead> {
    return LatestHead{options_.origin, store::latest_head(db), store::entry_count(db),
                      store::keys(db)};
  });
}

Result<Page<SignedHead>> Ledger::list_heads(Call&, const Query<HeadsQuery>& query) {
  const auto below = query->cursor ? query->cursor->count() : max_sequence;
  Page<SignedHead> page;
  page.items = database_.read(
      [&](db::Connection& db) { return store::heads(db, below, query->limit.count()); });
  if (std::ssize(page.items) == query->limit.count())
    page.next = std::to_string(page.items.back().tree_size);
  return page;
}

Result<Page<Entry>> Ledger::list_entries(Call& call, const Query<EntriesQuery>& query) {
  TRY(options_.may_read_entries(call));
  const auto after = query->cursor ? query->cursor->count() : -1;
  const auto limit = query->limit.count();
  const auto rows = database_.read([&](db::Connection& db) {
    if (query->subject_kind && query->subject_id)
      return store::entries_of(db, *query->subject_kind, *query->subject_id, after, limit);
    return store::entries(db, after, limit);
  });
  Page<Entry> page;
  for (const auto& row : rows) page.items.push_back(row);
  if (std::ssize(rows) == limit) page.next = std::to_string(rows.back().sequence);
  return page;
}

Result<InclusionAnswer> Ledger::prove_inclusion(Call&, const Query<InclusionQuery>& query) {
  return database_.snapshot([&](db::Connection& db) -> Result<InclusionAnswer> {
    const auto head = query->tree_size ? store::head_of_size(db, query->tree_size->count())
                                       : store::latest_head(db);
    const auto row = store::entry(db, query->sequence.count());
    if (!head || !row) return changwat::errors::not_found;
    const auto proof =
        TRY(inclusion_proof(static_cast<std::uint64_t>(row->sequence),
                            static_cast<std::uint64_t>(head->tree_size), subtrees(db)));
    return InclusionAnswer{row->sequence, head->tree_size, row->leaf, head->root, hex_of(proof)};
  });
}

Result<ConsistencyAnswer> Ledger::prove_consistency(Call&, const Query<ConsistencyQuery>& query) {
  return database_.snapshot([&](db::Connection& db) -> Result<ConsistencyAnswer> {
    const auto from = query->from.count(), to = query->to.count();
    if (to > sealed_size(db)) return changwat::errors::not_found;
    const auto proof = TRY(consistency_proof(static_cast<std::uint64_t>(from),
                                             static_cast<std::uint64_t>(to), subtrees(db)));
    return ConsistencyAnswer{from, to, hex_of(proof)};
  });
}

Result<http::Response> Ledger::events(Call& call) {
  const auto stream = std::make_shared<Stream>(options_.heard_provinces(call));
  {
    const std::lock_guard lock(streams_mutex_);
    std::erase_if(streams_, [](const auto& weak) { return weak.expired(); });
    if (streams_.size() >= streams_max) return changwat::errors::too_many_requests;
    streams_.push_back(stream);
  }
  http::Response response;
  response.events = stream;
  return response;
}

}  // namespace changwat::ledger
