// A record that an earlier release made is brought up to this program and still says the same.
//
// tests/releases/<version> is what `tools/release-sample` took from each release: the migrations it
// had applied, rows of every table, and the key of its ledger. On both engines.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "platform/db/migrations.hpp"
#include "platform/db/testing.hpp"

#include "modules/ledger/verify.hpp"

#include "program/application.hpp"
#include "program/must.hpp"

namespace changwat::program {
namespace {

namespace fs = std::filesystem;
using db::Engine;

const fs::path releases = CHANGWAT_SOURCE_DIR "/tests/releases";

std::vector<std::string> versions() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(releases))
    if (entry.is_directory()) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

// X'00ff' of SQLite is '\x00ff' to PostgreSQL.
void write_blobs_as_postgres_does(std::string& sql) {
  for (auto at = sql.find(" X'"); at != sql.npos; at = sql.find(" X'", at + 1))
    sql.replace(at, 3, " '\\x");
}

std::string sample_name(const testing::TestParamInfo<std::tuple<std::string, Engine>>& sample) {
  auto name = std::get<0>(sample.param);
  std::replace(name.begin(), name.end(), '.', '_');
  return "release_" + name +
         (std::get<1>(sample.param) == Engine::sqlite ? "_sqlite" : "_postgres");
}

class Upgrade : public testing::TestWithParam<std::tuple<std::string, Engine>> {
 protected:
  void SetUp() override {
    if (engine() == Engine::postgres && !db::postgres_for_tests())
      GTEST_SKIP()
          << "CHANGWAT_TEST_POSTGRES is not set: start a private server with tools/postgres";
    record_ = std::make_unique<db::TestRecord>(engine(), db::Made::empty);
    auto pattern = (fs::temp_directory_path() / "changwat-upgrade-XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr);
    data_ = pattern;
    fs::copy_file(sample() / "ledger.key", data_ / "ledger.key");
    fs::permissions(data_ / "ledger.key", fs::perms::owner_read | fs::perms::owner_write);
    make_record();
  }
  void TearDown() override {
    record_.reset();
    if (!data_.empty()) fs::remove_all(data_);
  }

  Engine engine() const { return std::get<1>(GetParam()); }
  fs::path sample() const { return releases / std::get<0>(GetParam()); }
  std::unique_ptr<db::Connection> open() const {
    return engine() == Engine::sqlite ? db::open_sqlite(record_->url(), false)
                                      : db::open_postgres(record_->url());
  }
  Settings settings() const {
    Settings settings;
    settings.data = data_;
    settings.database = record_->url();
    settings.share = CHANGWAT_SOURCE_DIR;
    return settings;
  }

 private:
  // As the release left it: its migrations, by the same texts, and its rows.
  void make_record() {
    const auto connection = open();
    EXPECT_FALSE(
        db::migration_state(*connection).waiting.empty());  // makes the table of migrations
    std::ifstream list(sample() / "migrations.txt");
    for (std::string name, digest; list >> name >> digest;) {
      const auto& files = db::migration_files();
      const auto file = std::find_if(files.begin(), files.end(),
                                     [&](const db::MigrationFile& f) { return f.name == name; });
      ASSERT_NE(file, files.end()) << name << " was released and is gone";
      connection->script(db::in_dialect(file->sql, engine()));
      connection->exec("INSERT INTO migration (name, digest) VALUES ($1, $2)", name, digest);
    }
    auto rows = read_file(sample() / "rows.sql");
    if (engine() == Engine::postgres) write_blobs_as_postgres_does(rows);
    connection->script("BEGIN;" + rows + "COMMIT;");
  }

  std::unique_ptr<db::TestRecord> record_;
  fs::path data_;
};

TEST_P(Upgrade, A_record_of_an_earlier_release_is_brought_up_and_says_the_same) {
  const auto connection = open();
  ASSERT_TRUE(db::migration_state(*connection).changed.empty())
      << "a migration that was released has another text now";
  db::migrate(*connection);
  EXPECT_TRUE(db::migration_state(*connection).waiting.empty());

  Application application(settings());
  Call call = program_call();

  const auto programme = must(application.programme.show(call));
  EXPECT_EQ(programme.years.size(), 4u);
  const auto* province = application.areas.now()->find(*AreaCode::parse("70"));
  ASSERT_NE(province, nullptr);
  EXPECT_EQ(province->name_th.text(), "ราชบุรี");
  EXPECT_EQ(must(application.committees.list_meetings(call, {})).items.size(), 3u);
  EXPECT_FALSE(must(application.indicators.board_table(*FiscalYear::of_count(2021))).rows.empty());
  EXPECT_TRUE(application.identity.person_named(*Key::parse("governor.70")));
}

TEST_P(Upgrade, Its_ledger_goes_on_where_it_stood) {
  const auto connection = open();
  db::migrate(*connection);
  Application application(settings());
  const auto head = must(application.ledger.latest(*std::make_unique<Call>(program_call())));

  const auto person = application.identity.person_named(*Key::parse("citizen"));
  ASSERT_TRUE(person);
  must(application.identity.set_password(program_call(), *person, "another-long-password"));
  application.ledger.seal();
  std::stringstream file;
  must(application.ledger.export_to(file));
  const auto report = ledger::verify_export(file, application.ledger.own_keys(), head.head);
  EXPECT_TRUE(report.ok) << (report.fault ? report.fault->en : "");
  EXPECT_EQ(report.entries, head.head->tree_size + 1);
}

INSTANTIATE_TEST_SUITE_P(Releases, Upgrade,
                         testing::Combine(testing::ValuesIn(versions()),
                                          testing::Values(Engine::sqlite, Engine::postgres)),
                         sample_name);

}  // namespace
}  // namespace changwat::program
