#pragma once
// Ledger: where every act leaves its entry, and from which outsiders can check that none was
// changed.
//
// As the Journal of acts it appends inside the act's transaction; every entry's sequence is its
// leaf index. A sealer (own thread) gathers what was committed into the Merkle tree once a second
// and signs the new head. Listeners and event streams hear of entries after their commit. Threads:
// any.

#include <functional>
#include <memory>
#include <mutex>
#include <ostream>

#include "platform/db/acts.hpp"
#include "platform/db/database.hpp"

#include "modules/ledger/model.hpp"
#include "modules/ledger/store.hpp"

namespace changwat::ledger {

struct LedgerOptions {
  std::string origin =
      "changwat";        // the ledger's name, part of every signature; never changed later
  std::string key_file;  // created on first use with mode 0600
  std::function<Instant()> now;
  // Who may read entries (heads and proofs are open to all).
  std::function<Result<Done>(const Call&)> may_read_entries;
  // Of which provinces the caller hears events: none of the optional, of all.
  std::function<std::optional<std::vector<AreaCode>>(const Call&)> heard_provinces;
};

class Ledger final : public Journal {
 public:
  Ledger(db::Database& database,
         LedgerOptions options);  // throws db::Error; std::runtime_error on a bad key

  // ---- Journal
  std::int64_t append(db::Connection& connection, const Call& call, std::string_view act,
                      const ActRecord& record) override;
  void committed(std::int64_t first, std::int64_t last) override;

  // Called after each commit with the new entries, on the writer's thread, in order: keep it short.
  // Register before the server starts.
  using Listener = std::function<void(std::int64_t first, std::int64_t last)>;
  void listen(Listener listener) { listeners_.push_back(std::move(listener)); }

  // Signs a head over everything committed, if there is anything new. Once a second while serving.
  void seal();

  // Writes the whole ledger up to the latest head (format: docs/ledger-format.md).
  Result<Done> export_to(std::ostream& out);
  // The first keys of the chain, to be trusted by a verifier that has nothing else.
  TrustedKeys own_keys();

  // ---- handlers
  Result<LatestHead> latest(Call& call);
  Result<Page<SignedHead>> list_heads(Call& call, const Query<HeadsQuery>& query);
  Result<Page<Entry>> list_entries(Call& call, const Query<EntriesQuery>& query);
  Result<InclusionAnswer> prove_inclusion(Call& call, const Query<InclusionQuery>& query);
  Result<ConsistencyAnswer> prove_consistency(Call& call, const Query<ConsistencyQuery>& query);
  Result<http::Response> events(Call& call);
  void add_routes(RouteTable& table);

 private:
  class Stream;
  void load_key();
  bool seal_some();

  db::Database& database_;
  LedgerOptions options_;
  std::unique_ptr<SigningKey> key_;
  std::vector<Listener> listeners_;

  std::mutex streams_mutex_;
  std::vector<std::weak_ptr<Stream>> streams_;
};

}  // namespace changwat::ledger
