#pragma once
// For tests of stores and acts: every test gets a fresh, migrated record, on both engines.
//
//   class IdentityTest : public db::OnBothEngines { … };
//   TEST_P(IdentityTest, A_sentence_about_what_holds) { … database() … acts() … }
//   CHANGWAT_ON_BOTH_ENGINES(IdentityTest);
//
// SQLite lives in a temporary folder. PostgreSQL is the private server at CHANGWAT_TEST_POSTGRES
// (start one with tools/postgres); without it that half is skipped and says so. The first test of a
// program runs the migrations; the others copy what they made.

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "platform/db/acts.hpp"
#include "platform/db/database.hpp"

namespace changwat::db {

// The URL of the private server; none if the tests are to do without.
std::optional<std::string> postgres_for_tests();

// "postgresql://app@/postgres?host=/x" with the name of another database.
std::string with_database(std::string_view url, std::string_view name);

enum class Made {
  empty,     // nothing in it
  migrated,  // all migrations applied
};

// A record of its own, removed at the end.
class TestRecord {
 public:
  TestRecord(Engine engine, Made made);
  ~TestRecord();
  TestRecord(const TestRecord&) = delete;
  TestRecord& operator=(const TestRecord&) = delete;

  const std::string& url() const { return url_; }

 private:
  Engine engine_;
  std::filesystem::path folder_;  // SQLite
  std::string name_;              // PostgreSQL
  std::string url_;
};

// A minimal journal for tests of the platform and of modules below the ledger: appends a row of its
// own table inside the act's transaction, without a tree or signatures (modules/ledger has those).
class TestJournal : public Journal {
 public:
  struct Entry {
    std::int64_t sequence = 0;
    std::string act;
    std::string subject_kind;
    std::string subject_id;
    std::string actor_id;
    std::string office_id;
    std::string authority;
    std::string change;
    BOOST_DESCRIBE_CLASS(Entry, (),
                         (sequence, act, subject_kind, subject_id, actor_id, office_id, authority,
                          change),
                         (), ())
  };

  static void make_table(Connection& connection);
  static std::vector<Entry> entries(Connection& connection);

  std::int64_t append(Connection& connection, const Call& call, std::string_view act,
                      const ActRecord& record) override;
  void committed(std::int64_t first, std::int64_t last) override;
  std::vector<std::int64_t> committed_sequences() const;  // in the order in which they were told

 private:
  mutable std::mutex mutex_;
  std::vector<std::int64_t> committed_;
};

class OnBothEngines : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override;
  void TearDown() override;

  Database& database() { return *database_; }
  Acts& acts() { return *acts_; }
  TestJournal& journal() { return journal_; }
  const std::string& url() const { return record_->url(); }

  std::vector<TestJournal::Entry> entries();
  std::int64_t count(std::string_view table);  // rows; `table` may end in a WHERE clause
  void execute(const std::string& sql);        // as an administrator would, past all acts

 private:
  std::unique_ptr<TestRecord> record_;
  std::unique_ptr<Database> database_;
  TestJournal journal_;
  std::unique_ptr<Acts> acts_;
};

inline std::string engine_name(const testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace changwat::db

#define CHANGWAT_ON_BOTH_ENGINES(Suite)                                              \
  INSTANTIATE_TEST_SUITE_P(                                                          \
      Engines, Suite,                                                                \
      testing::Values(changwat::db::Engine::sqlite, changwat::db::Engine::postgres), \
      changwat::db::engine_name)
