#pragma once
// The SQL of the ledger: tables ledger_entry, ledger_subject, ledger_node, ledger_head, ledger_key.

#include <functional>
#include <optional>
#include <vector>

#include "platform/db/connection.hpp"

#include "modules/ledger/model.hpp"

namespace changwat::ledger::store {

// An entry as it is kept: with the hash of its leaf in hexadecimal.
struct EntryRow : Entry {
  std::string leaf;
};
BOOST_DESCRIBE_STRUCT(EntryRow, (Entry), (leaf))

std::int64_t entry_count(db::Connection& db);
void add(db::Connection& db, const EntryRow& row);
std::vector<EntryRow> entries(db::Connection& db, std::int64_t after, std::int64_t limit);
// Of one subject, sealed or not.
std::vector<EntryRow> entries_of(db::Connection& db, std::string_view subject_kind,
                                 std::string_view subject_id, std::int64_t after,
                                 std::int64_t limit);
std::optional<EntryRow> entry(db::Connection& db, std::int64_t sequence);
// Makes the entries [from, to), which are being sealed, findable by their subject.
void index_subjects(db::Connection& db, std::int64_t from, std::int64_t to);
// Hashes of the leaves behind `after`, in hexadecimal.
std::vector<std::string> leaves(db::Connection& db, std::int64_t after, std::int64_t limit);

std::optional<SignedHead> latest_head(db::Connection& db);
std::optional<SignedHead> head_of_size(db::Connection& db, std::int64_t tree_size);
// Heads smaller than `below`, largest first.
std::vector<SignedHead> heads(db::Connection& db, std::int64_t below, std::int64_t limit);
// Heads above `above`, smallest first.
std::vector<SignedHead> heads_after(db::Connection& db, std::int64_t above, std::int64_t limit);
std::int64_t head_count(db::Connection& db);
void add(db::Connection& db, const SignedHead& head);

// Complete, sealed subtrees of 2^level leaves, from this level on. Smaller ones would be 15 of 16
// rows, and are hashed from their leaves as quickly as they are read.
inline constexpr unsigned node_level_min = 4;
void add_node(db::Connection& db, unsigned level, std::uint64_t position, const Hash& hash);
Hash node(db::Connection& db, unsigned level, std::uint64_t position);

std::vector<KeyStatement> keys(db::Connection& db);
void add(db::Connection& db, const KeyStatement& statement);

}  // namespace changwat::ledger::store
