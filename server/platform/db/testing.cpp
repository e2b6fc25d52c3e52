#include "platform/db/testing.hpp"

#include <atomic>
#include <cstdlib>

#include <unistd.h>

#include "platform/db/migrations.hpp"

namespace changwat::db {
namespace {

namespace fs = std::filesystem;

fs::path new_folder() {
  auto pattern = (fs::temp_directory_path() / "changwat-test-XXXXXX").string();
  CHECK(mkdtemp(pattern.data()) != nullptr);
  return pattern;
}

std::string new_name() {
  static std::atomic<int> count = 0;
  return "changwat_test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

void on_server(const std::string& sql) {
  open_postgres(*postgres_for_tests())->script(sql);
}

// The collation of an installation: Thai order where it is asked for, bytes elsewhere.
void create_database(const std::string& name, const std::string& source) {
  on_server("CREATE DATABASE " + name +
            " LOCALE_PROVIDER icu ICU_LOCALE 'th-TH' LOCALE 'C.UTF-8' TEMPLATE " + source);
}

void drop_database(const std::string& name) {
  on_server("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
}

void prepare(Connection& connection) {
  migrate(connection);
  TestJournal::make_table(connection);
}

// Migrated once, copied by every test of this program.
class Template {
 public:
  ~Template() {
    if (!folder_.empty()) fs::remove_all(folder_);
    if (!name_.empty()) drop_database(name_);
  }

  const fs::path& file() {
    if (folder_.empty()) {
      folder_ = new_folder();
      file_ = folder_ / "template.sqlite";
      prepare(*open_sqlite(file_, false));
    }
    return file_;
  }
  const std::string& name() {
    if (name_.empty()) {
      name_ = new_name();
      create_database(name_, "template0");
      prepare(*open_postgres(with_database(*postgres_for_tests(), name_)));
    }
    return name_;
  }

 private:
  fs::path folder_, file_;
  std::string name_;
};

Template& the_template() {
  static Template one;
  return one;
}

}  // namespace

std::optional<std::string> postgres_for_tests() {
  const char* url = std::getenv("CHANGWAT_TEST_POSTGRES");
  if (url == nullptr || *url == '\0') return std::nullopt;
  return url;
}

std::string with_database(std::string_view url, std::string_view name) {
  const auto authority = url.find("://");
  CHECK(authority != url.npos);
  const auto query = std::min(url.find('?'), url.size());
  const auto path = std::min(url.find('/', authority + 3), query);
  return std::string(url.substr(0, path)).append("/").append(name).append(url.substr(query));
}

TestRecord::TestRecord(Engine engine, Made made) : engine_(engine) {
  if (engine == Engine::sqlite) {
    folder_ = new_folder();
    const auto file = folder_ / "record.sqlite";
    if (made == Made::migrated) fs::copy_file(the_template().file(), file);
    url_ = file;
  } else {
    name_ = new_name();
    create_database(name_, made == Made::migrated ? the_template().name() : "template0");
    url_ = with_database(*postgres_for_tests(), name_);
  }
}

TestRecord::~TestRecord() {
  if (engine_ == Engine::sqlite)
    fs::remove_all(folder_);
  else
    drop_database(name_);
}

// ---- TestJournal

void TestJournal::make_table(Connection& connection) {
  connection.script(
      in_dialect("CREATE TABLE test_journal (sequence INTEGER PRIMARY KEY, act TEXT NOT NULL, "
                 "subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, actor_id TEXT NOT NULL, "
                 "office_id TEXT NOT NULL, authority TEXT NOT NULL, change TEXT NOT NULL);",
                 connection.engine()));
}

std::vector<TestJournal::Entry> TestJournal::entries(Connection& connection) {
  return connection.query<Entry>("SELECT " + columns<Entry>() +
                                 " FROM test_journal ORDER BY sequence");
}

std::int64_t TestJournal::append(Connection& connection, const Call& call, std::string_view act,
                                 const ActRecord& record) {
  const auto sequence = *connection.one<std::int64_t>("SELECT count(*) FROM test_journal");
  connection.insert("test_journal",
                    Entry{sequence, std::string(act), record.subject_kind, record.subject_id,
                          call.caller ? call.caller->person_id : "", record.office_id,
                          record.authority.text, record.change.text});
  return sequence;
}

void TestJournal::committed(std::int64_t first, std::int64_t last) {
  const std::lock_guard lock(mutex_);
  for (auto sequence = first; sequence <= last; ++sequence) committed_.push_back(sequence);
}

std::vector<std::int64_t> TestJournal::committed_sequences() const {
  const std::lock_guard lock(mutex_);
  return committed_;
}

// ---- OnBothEngines

void OnBothEngines::SetUp() {
  if (GetParam() == Engine::postgres && !postgres_for_tests())
    GTEST_SKIP() << "CHANGWAT_TEST_POSTGRES is not set: start a private server with tools/postgres";
  record_ = std::make_unique<TestRecord>(GetParam(), Made::migrated);
  database_ = std::make_unique<Database>(DatabaseOptions{.url = record_->url()});
  acts_ = std::make_unique<Acts>(*database_, journal_);
}

void OnBothEngines::TearDown() {
  acts_.reset();
  database_.reset();  // before the record under it is removed
  record_.reset();
}

std::vector<TestJournal::Entry> OnBothEngines::entries() {
  return database().read([](Connection& db) { return TestJournal::entries(db); });
}

std::int64_t OnBothEngines::count(std::string_view table) {
  return database().read([&](Connection& db) {
    return *db.one<std::int64_t>("SELECT count(*) FROM " + std::string(table));
  });
}

void OnBothEngines::execute(const std::string& sql) {
  database().write([&](Connection& db) {
    db.script(sql);
    return true;
  });
}

}  // namespace changwat::db
