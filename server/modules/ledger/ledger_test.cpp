#include "modules/ledger/ledger.hpp"

#include <sstream>

#include "base/id.hpp"

#include "platform/db/testing.hpp"

#include "modules/ledger/verify.hpp"

namespace changwat::ledger {
namespace {

class LedgerTest : public db::OnBothEngines {
 protected:
  LedgerOptions options() {
    LedgerOptions o;
    o.key_file = (std::filesystem::temp_directory_path() /
                  ("ledger-test-" + Id<struct AnyTag>::make(Instant(1)).text()))
                     .string();
    o.now = [] { return *Instant::parse("2021-03-12T03:00:00Z"); };
    o.may_read_entries = [](const Call&) -> Result<Done> { return changwat::errors::forbidden; };
    o.heard_provinces = [](const Call& call) -> std::optional<std::vector<AreaCode>> {
      if (!call.caller) return std::vector<AreaCode>{};
      return std::vector<AreaCode>{*AreaCode::parse(call.caller->offices.at(0).area->text())};
    };
    key_files_.push_back(o.key_file);
    return o;
  }
  void TearDown() override {
    for (const auto& file : key_files_) std::filesystem::remove(file);
    OnBothEngines::TearDown();
  }
  static void act(Acts& acts, const char* name, bool fails = false) {
    Call call;
    call.now = *Instant::parse("2021-03-12T03:00:00Z");
    (void)acts.run<Done>(call, name, [&](Tx& tx) -> Result<Done> {
      tx.record({.subject_kind = "thing", .subject_id = name, .province = AreaCode::parse("70")});
      if (fails) return changwat::errors::wrong_state;
      return Done{};
    });
  }
  std::vector<std::string> key_files_;
};

TEST_P(LedgerTest, an_act_that_fails_leaves_no_entry_and_no_gap) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  act(acts, "first");
  act(acts, "refused", true);
  act(acts, "second");
  const auto rows = database().read([](db::Connection& db) { return store::entries(db, -1, 10); });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].act, "first");
  EXPECT_EQ(rows[1].act, "second");
  EXPECT_EQ(rows[1].sequence, 1);
}

TEST_P(LedgerTest, an_act_that_records_nothing_does_not_commit) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  const auto silent = [&] {
    (void)acts.run<Done>(Call{}, "silent", [&](Tx& tx) -> Result<Done> {
      tx.db.exec("INSERT INTO installation (name, value) VALUES ($1, $2)", "a", "b");
      return Done{};
    });
  };
  EXPECT_THROW(silent(), std::logic_error);
  EXPECT_EQ(database().read([](db::Connection& db) {
    return *db.one<std::int64_t>("SELECT COUNT(*) FROM installation WHERE name = 'a'");
  }),
            0);
}

TEST_P(LedgerTest, what_is_exported_verifies_and_an_edit_in_the_record_is_found) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  for (const char* name : {"a", "b", "c"}) act(acts, name);
  ledger.seal();
  for (const char* name : {"d", "e"}) act(acts, name);
  ledger.seal();
  act(acts, "not sealed yet");

  std::stringstream file;
  ASSERT_TRUE(ledger.export_to(file).ok());
  const auto report = verify_export(file, ledger.own_keys());
  EXPECT_TRUE(report.ok) << (report.fault ? report.fault->en : "");
  EXPECT_EQ(report.entries, 5);
  EXPECT_EQ(report.heads, 2);

  database().write([](db::Connection& db) {
    return db.exec("UPDATE ledger_entry SET act = 'forged' WHERE sequence = 1") == 1;
  });
  std::stringstream forged;
  ASSERT_TRUE(ledger.export_to(forged).ok());
  const auto found = verify_export(forged, ledger.own_keys());
  EXPECT_FALSE(found.ok);
  EXPECT_EQ(found.fault->sequence, 1);
}

// Sizes on both sides of where subtrees begin to be kept, and heads in the middle of them.
TEST_P(LedgerTest, proofs_between_all_entries_and_heads_verify) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  const std::vector<int> sizes{5, 11, 16, 33, 50};
  for (int i = 0, next = 0; i < sizes.back(); ++i) {
    act(acts, "act");
    if (i + 1 != sizes[static_cast<std::size_t>(next)]) continue;
    ledger.seal();
    ++next;
  }
  Call call;
  const auto to_hash = [](const std::string& hex) {
    Hash hash{};
    EXPECT_TRUE(from_hex(hex, hash));
    return hash;
  };
  const auto to_proof = [&](const std::vector<std::string>& hex) {
    Proof proof;
    for (const auto& one : hex) proof.push_back(to_hash(one));
    return proof;
  };
  const auto root_of_head = [&](int size) {
    return to_hash(
        database().read([&](db::Connection& db) { return store::head_of_size(db, size); })->root);
  };
  for (const int to : sizes) {
    for (int i = 0; i < to; ++i) {
      Query<InclusionQuery> query;
      query.value = {*Count::of_count(i), Count::of_count(to)};
      const auto answer = ledger.prove_inclusion(call, query);
      ASSERT_TRUE(answer.ok());
      EXPECT_TRUE(verify_inclusion(to_hash(answer->leaf), static_cast<std::uint64_t>(i),
                                   static_cast<std::uint64_t>(to), to_proof(answer->proof),
                                   root_of_head(to)))
          << "entry " << i << " under the head of " << to;
    }
    for (const int from : sizes) {
      if (from > to) continue;
      Query<ConsistencyQuery> query;
      query.value = {*Count::of_count(from), *Count::of_count(to)};
      const auto answer = ledger.prove_consistency(call, query);
      ASSERT_TRUE(answer.ok());
      EXPECT_TRUE(verify_consistency(static_cast<std::uint64_t>(from), root_of_head(from),
                                     static_cast<std::uint64_t>(to), root_of_head(to),
                                     to_proof(answer->proof)))
          << "from the head of " << from << " to that of " << to;
    }
  }
}

TEST_P(LedgerTest, a_subject_has_its_sealed_entries_and_those_after_them_in_order) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  for (const char* name : {"a", "b", "a", "b", "a", "a"}) act(acts, name);
  const auto sequences = [&](std::int64_t after, std::int64_t limit) {
    std::vector<std::int64_t> out;
    database().read([&](db::Connection& db) {
      for (const auto& row : store::entries_of(db, "thing", "a", after, limit))
        out.push_back(row.sequence);
      return 0;
    });
    return out;
  };
  using Sequences = std::vector<std::int64_t>;
  const auto expect_all = [&](const char* when) {
    SCOPED_TRACE(when);
    EXPECT_EQ(sequences(-1, 10), (Sequences{0, 2, 4, 5, 6, 8}));
    EXPECT_EQ(sequences(-1, 2), (Sequences{0, 2}));
    EXPECT_EQ(sequences(2, 3), (Sequences{4, 5, 6}));
    EXPECT_EQ(sequences(6, 10), Sequences{8});
    EXPECT_EQ(sequences(8, 10), Sequences{});
  };
  ledger.seal();
  for (const char* name : {"a", "b", "a"}) act(acts, name);
  expect_all("some sealed");
  ledger.seal();
  expect_all("all sealed");
}

TEST_P(LedgerTest, a_restarted_ledger_goes_on_with_its_key_and_refuses_another) {
  const auto first = options();
  {
    Ledger ledger(database(), first);
    Acts acts(database(), ledger);
    act(acts, "a");
    ledger.seal();
  }
  {
    Ledger again(database(), first);
    Acts acts(database(), again);
    act(acts, "b");
    again.seal();
    std::stringstream file;
    ASSERT_TRUE(again.export_to(file).ok());
    EXPECT_TRUE(verify_export(file, again.own_keys()).ok);
  }
  EXPECT_THROW(Ledger(database(), options()), std::runtime_error);
}

TEST_P(LedgerTest, a_lost_key_is_asked_for_and_not_replaced) {
  const auto lost = options();
  { Ledger ledger(database(), lost); }
  std::filesystem::remove(lost.key_file);
  EXPECT_THROW(Ledger(database(), lost), std::runtime_error);
  EXPECT_FALSE(std::filesystem::exists(lost.key_file));
}

TEST_P(LedgerTest, entries_are_not_for_everybody) {
  Ledger ledger(database(), options());
  Call call;
  EXPECT_TRUE(ledger.list_entries(call, {}).problem().is(changwat::errors::forbidden));
}

TEST_P(LedgerTest, events_are_heard_in_the_own_province_only) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  const auto hears = [&](const char* province) {
    Call call;
    call.caller = Caller{.offices = {HeldOffice{.area = AreaCode::parse(province)}}};
    return ledger.events(call)->events;
  };
  const auto own = hears("70"), foreign = hears("40");
  act(acts, "seen");
  const auto events = own->next();
  ASSERT_TRUE(events.has_value());
  EXPECT_NE(events->find("event: ledger"), std::string::npos);
  EXPECT_NE(events->find("\"act\":\"seen\""), std::string::npos);
  EXPECT_EQ(foreign->next(), "");
  EXPECT_EQ(own->next(), "") << "told once";
}

TEST_P(LedgerTest, a_repeated_creation_with_the_same_key_gets_the_same_answer_and_changes_nothing) {
  Ledger ledger(database(), options());
  Acts acts(database(), ledger);
  Call call;
  call.now = *Instant::parse("2021-03-12T03:00:00Z");
  call.idempotency_key = "k1";
  call.request_digest = "d1";
  int runs = 0;
  const auto create = [&] {
    return acts.run<InclusionAnswer>(call, "thing.create", [&](Tx& tx) -> Result<InclusionAnswer> {
      ++runs;
      tx.record({.subject_kind = "thing", .subject_id = "x"});
      return InclusionAnswer{.sequence = runs};
    });
  };
  EXPECT_EQ(create()->sequence, 1);
  EXPECT_EQ(create()->sequence, 1);
  EXPECT_EQ(runs, 1);
  call.request_digest = "d2";
  EXPECT_EQ(create().problem().kind->code, "idempotency_key_reused");
  EXPECT_EQ(database().read([](db::Connection& db) { return store::entry_count(db); }), 1);
}

CHANGWAT_ON_BOTH_ENGINES(LedgerTest);

}  // namespace
}  // namespace changwat::ledger
