#include "platform/db/database.hpp"

#include <cmath>
#include <cstdlib>
#include <future>
#include <limits>
#include <thread>

#include <gtest/gtest.h>

#include "base/area_code.hpp"
#include "base/text.hpp"

#include "platform/db/migrations.hpp"
#include "platform/db/testing.hpp"

namespace changwat::db {
namespace {

// ---- the dialect of migrations

TEST(Dialect, One_text_becomes_what_each_engine_takes) {
  struct Case {
    std::string_view written, sqlite, postgres;
  };
  const Case cases[] = {
      {"CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB, e BOOLEAN);",
       "CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB, e INTEGER) STRICT;",
       "CREATE TABLE t (a BIGINT, b DOUBLE PRECISION, c TEXT, d BYTEA, e BOOLEAN);"},
      {"CREATE INDEX i ON t (a);", "CREATE INDEX i ON t (a);", "CREATE INDEX i ON t (a);"},
      {"CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID;",
       "CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;",
       "CREATE TABLE t (a TEXT PRIMARY KEY) ;"},
      {"CREATE TABLE IF NOT EXISTS t (a TEXT);", "CREATE TABLE IF NOT EXISTS t (a TEXT) STRICT;",
       "CREATE TABLE IF NOT EXISTS t (a TEXT);"},
      {"CREATE TABLE a (x TEXT); CREATE TABLE b (y TEXT);",
       "CREATE TABLE a (x TEXT) STRICT; CREATE TABLE b (y TEXT) STRICT;",
       "CREATE TABLE a (x TEXT); CREATE TABLE b (y TEXT);"},
      {"INSERT INTO t VALUES ('BLOB; CREATE TABLE');",
       "INSERT INTO t VALUES ('BLOB; CREATE TABLE');",
       "INSERT INTO t VALUES ('BLOB; CREATE TABLE');"},
      {"SELECT 'it''s'; -- REAL, isn't it?\nSELECT 1;", "SELECT 'it''s'; \nSELECT 1;",
       "SELECT 'it''s'; \nSELECT 1;"},
      {"SELECT BOOLEANS, real_estate FROM t;", "SELECT BOOLEANS, real_estate FROM t;",
       "SELECT BOOLEANS, real_estate FROM t;"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(in_dialect(c.written, Engine::sqlite), c.sqlite);
    EXPECT_EQ(in_dialect(c.written, Engine::postgres), c.postgres);
  }
}

TEST(TestUrls, Another_database_of_the_same_server_is_named_in_the_path) {
  EXPECT_EQ(with_database("postgresql://app@/postgres?host=/x", "y"),
            "postgresql://app@/y?host=/x");
  EXPECT_EQ(with_database("postgresql://app@h:5432/a", "b"), "postgresql://app@h:5432/b");
  EXPECT_EQ(with_database("postgresql://h", "b"), "postgresql://h/b");
}

// ---- a record with one small table

enum class Colour { green, amber };
BOOST_DESCRIBE_ENUM(Colour, green, amber)

struct Note {
  std::string text;
  BOOST_DESCRIBE_CLASS(Note, (), (text), (), ())
};

struct Everything {
  std::string name;
  bool yes = false;
  std::int64_t number = 0;
  int small = 0;
  double real = 0;
  std::optional<std::string> absent;
  std::optional<std::int64_t> present;
  Text<0, 200> words;
  AreaCode area;
  Colour colour = Colour::green;
  Instant at;
  Json<std::vector<Note>> notes;
  RawJson raw;
  Blob bytes;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (name, yes, number, small, real, absent, present, words, area, colour, at,
                       notes, raw, bytes))

struct Pair {
  std::string name;
  std::int64_t number = 0;
  std::optional<std::string> remark;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (name, number, remark))

class DatabaseTest : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    execute(in_dialect(
        "CREATE TABLE pair (name TEXT PRIMARY KEY, number INTEGER NOT NULL, remark TEXT);"
        "CREATE TABLE everything (name TEXT PRIMARY KEY, yes BOOLEAN NOT NULL, number INTEGER NOT "
        "NULL, small INTEGER NOT NULL, real REAL NOT NULL, absent TEXT, present INTEGER, words "
        "TEXT NOT NULL, area TEXT NOT NULL, colour TEXT NOT NULL, at TEXT NOT NULL, notes TEXT NOT "
        "NULL, raw TEXT NOT NULL, bytes BLOB NOT NULL);",
        GetParam()));
  }

  static void put(Connection& db, std::string_view name, std::int64_t number = 0) {
    db.insert("pair", Pair{std::string(name), number, std::nullopt});
  }
  std::vector<std::string> names() {
    return database().read([](Connection& db) {
      return db.query<std::string>("SELECT name FROM pair ORDER BY name");
    });
  }

  // Writes that are all waiting before the writer is through with the first of their group.
  void together(const std::vector<std::function<bool(Connection&)>>& works,
                std::vector<std::exception_ptr>* errors = nullptr,
                const std::vector<std::function<void()>>& committed = {}) {
    std::promise<void> entered, leave;
    std::thread blocker([&] {
      try {
        database().write([&](Connection&) {
          entered.set_value();
          leave.get_future().wait();
          return false;
        });
      } catch (const Error&) {  // the group is lost, and the blocker is of it
      }
    });
    entered.get_future().wait();
    const auto before = database().counters();
    if (errors) errors->resize(works.size());
    std::vector<std::thread> writers;
    for (std::size_t i = 0; i < works.size(); ++i) {
      writers.emplace_back([&, i] {
        try {
          database().write(works[i], i < committed.size() ? committed[i] : std::function<void()>());
        } catch (...) {
          if (errors) (*errors)[i] = std::current_exception();
        }
      });
    }
    while (waiting() < works.size()) std::this_thread::yield();
    leave.set_value();
    blocker.join();
    for (auto& writer : writers) writer.join();
    groups_ = database().counters().groups - before.groups;
  }
  std::size_t waiting() { return database().waiting(); }

  std::uint64_t groups_ = 0;  // that together() took, the blocker's own among them
};

TEST_P(DatabaseTest, Values_of_every_kind_come_back_as_they_were_stored) {
  Everything one;
  one.name = "หนึ่ง 'quoted' \\ \"double\" $1";
  one.yes = true;
  one.number = std::numeric_limits<std::int64_t>::min();
  one.small = -7;
  one.real = 0.1 + 0.2;
  one.present = std::numeric_limits<std::int64_t>::max();
  one.words = *Text<0, 200>::parse("ปิ่น ป้ำ\nฟื้น 🏞");
  one.area = *AreaCode::parse("700101");
  one.colour = Colour::amber;
  one.at = *Instant::parse("2021-03-12T16:59:59.123Z");
  one.notes.value = {{"ก"}, {""}};
  one.raw.text = R"({"a":[1,2]})";
  for (int i = 0; i < 256; ++i) one.bytes.bytes += static_cast<char>(i);
  database().write([&](Connection& db) {
    db.insert("everything", one);
    return true;
  });
  const auto back = database().read([](Connection& db) {
    return db.one<Everything>("SELECT " + columns<Everything>() + " FROM everything");
  });
  ASSERT_TRUE(back);
  EXPECT_EQ(back->name, one.name);
  EXPECT_TRUE(back->yes);
  EXPECT_EQ(back->number, one.number);
  EXPECT_EQ(back->small, one.small);
  EXPECT_EQ(back->real, one.real);
  EXPECT_FALSE(back->absent);
  EXPECT_EQ(back->present, one.present);
  EXPECT_EQ(back->words, one.words);
  EXPECT_EQ(back->area, one.area);
  EXPECT_EQ(back->colour, one.colour);
  EXPECT_EQ(back->at, one.at);
  EXPECT_EQ(to_json(back->notes.value), to_json(one.notes.value));
  EXPECT_EQ(back->raw, one.raw);
  EXPECT_EQ(back->bytes.bytes, one.bytes.bytes);
}

TEST_P(DatabaseTest, Extreme_doubles_come_back_exactly) {
  for (const double value : {0.0, 5e-324, -1.7976931348623157e308, 1.0 / 3, 123456789.125}) {
    const auto back = database().read([&](Connection& db) {
      return GetParam() == Engine::sqlite ? db.one<double>("SELECT $1 + 0.0", value)
                                          : db.one<double>("SELECT $1::double precision", value);
    });
    EXPECT_EQ(*back, value);
  }
}

TEST_P(DatabaseTest, Parameters_are_known_by_their_number_wherever_they_stand) {
  database().write([](Connection& db) {
    db.insert("pair", Pair{"a", 1, "first"});
    db.insert("pair", Pair{"b", 2, std::nullopt});
    EXPECT_TRUE(db.update("pair", Pair{"a", 10, "changed"}));
    EXPECT_FALSE(db.update("pair", Pair{"nobody", 10, std::nullopt}));
    EXPECT_EQ(db.exec("UPDATE pair SET number = $3, remark = $2 WHERE name = $1 OR remark = $2",
                      "b", "x", std::int64_t{20}),
              1);
    return true;
  });
  const auto rows = database().read([](Connection& db) {
    return db.query<Pair>("SELECT name, number, remark FROM pair ORDER BY name");
  });
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(
      to_json(rows),
      R"([{"name":"a","number":10,"remark":"changed"},{"name":"b","number":20,"remark":"x"}])");
}

TEST_P(DatabaseTest, A_column_that_its_type_does_not_allow_is_an_error_and_not_a_guess) {
  database().write([](Connection& db) {
    put(db, "purple");
    return true;
  });
  const auto ask = [&](auto example) {
    database().read(
        [&](Connection& db) { return db.one<decltype(example)>("SELECT name FROM pair"); });
  };
  EXPECT_THROW(ask(Colour::green), Error);
  EXPECT_THROW(ask(AreaCode()), Error);
  EXPECT_EQ(names(), std::vector<std::string>{"purple"});
}

TEST_P(DatabaseTest, A_statement_may_run_inside_the_rows_of_another) {
  database().write([](Connection& db) {
    for (const auto* name : {"a", "b", "c"}) put(db, name, 1);
    return true;
  });
  std::vector<std::string> seen;
  database().read([&](Connection& db) {
    db.run("SELECT name FROM pair ORDER BY name", {}, [&](Cursor& row) {
      try {
        db.run("SELECT number FROM pair", {}, [](Cursor&) { throw std::runtime_error("enough"); });
      } catch (const std::runtime_error&) {
      }
      seen.emplace_back(row.text(0));
    });
    return 0;
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"a", "b", "c"}));
}

// ---- groups

TEST_P(DatabaseTest, Waiting_writes_share_one_commit_and_a_refused_one_undoes_only_itself) {
  std::vector<std::exception_ptr> errors;
  together({[](Connection& db) { return put(db, "kept"), true; },
            [](Connection& db) { return put(db, "refused"), false; },
            [](Connection& db) -> bool {
              put(db, "thrown");
              throw std::runtime_error("a bug in an act");
            },
            [](Connection& db) { return put(db, "also kept"), true; }},
           &errors);
  EXPECT_EQ(names(), (std::vector<std::string>{"also kept", "kept"}));
  EXPECT_EQ(groups_, 1u) << "the four joined the group that was being written";
  EXPECT_FALSE(errors[0] || errors[1] || errors[3]);
  ASSERT_TRUE(errors[2]);
  EXPECT_THROW(std::rethrow_exception(errors[2]), std::runtime_error);
}

TEST_P(DatabaseTest, A_failed_statement_undoes_only_the_write_that_made_it) {
  std::vector<std::exception_ptr> errors;
  together({[](Connection& db) { return put(db, "a"), true; },
            [](Connection& db) { return put(db, "b"), put(db, "b"), true; },
            [](Connection& db) { return db.script("SELECT * FROM no_such_table"), true; },
            [](Connection& db) { return put(db, "c"), true; }},
           &errors);
  EXPECT_EQ(names(), (std::vector<std::string>{"a", "c"}));
  try {
    std::rethrow_exception(errors[1]);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault, Fault::constraint);
  }
  try {
    std::rethrow_exception(errors[2]);
  } catch (const Error& error) {
    EXPECT_EQ(error.fault, Fault::other);
  }
}

TEST_P(DatabaseTest, A_lost_transaction_is_told_to_everybody_in_it_and_the_writer_goes_on) {
  std::vector<std::exception_ptr> errors;
  together({[](Connection& db) { return put(db, "a"), true; },
            [](Connection& db) { return db.script("ROLLBACK"), true; },
            [](Connection& db) { return put(db, "b"), true; }},
           &errors);
  for (const auto& error : errors) EXPECT_TRUE(error) << "it was told that it was kept";
  EXPECT_EQ(database().counters().failed_groups, 1u);
  EXPECT_EQ(waiting(), 0u);
  EXPECT_TRUE(database().write([](Connection& db) { return put(db, "later"), true; }));
  EXPECT_EQ(names(), std::vector<std::string>{"later"});
}

TEST_P(DatabaseTest, A_write_sees_what_earlier_writes_of_its_group_kept) {
  std::vector<std::function<bool(Connection&)>> works;
  std::vector<std::int64_t> seen(5);
  std::mutex mutex;
  std::size_t at = 0;
  for (int i = 0; i < 5; ++i)
    works.emplace_back([&, i](Connection& db) {
      const std::lock_guard lock(mutex);
      seen[at++] = *db.one<std::int64_t>("SELECT count(*) FROM pair");
      put(db, std::to_string(i));
      return true;
    });
  together(works);
  EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
}

TEST_P(DatabaseTest, After_the_commit_and_in_its_order_memory_is_told_before_anybody_is_answered) {
  std::vector<std::string> told, worked;
  std::vector<std::function<bool(Connection&)>> works;
  std::vector<std::function<void()>> committed;
  for (const std::string name : {"a", "b", "c", "d"}) {
    works.emplace_back([&, name](Connection& db) {
      put(db, name);
      if (name != "c") worked.push_back(name);
      return name != "c";
    });
    committed.emplace_back([&, name] {
      told.push_back(name);
      EXPECT_EQ(names().size(), 3u) << "the group is visible to everybody by now";
    });
  }
  together(works, nullptr, committed);
  EXPECT_EQ(told, worked);
  EXPECT_EQ(told.size(), 3u) << "the refused one is not told";
}

TEST_P(DatabaseTest, Many_writers_at_once_lose_nothing) {
  constexpr int writers = 16, writes = 25;
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w)
    threads.emplace_back([&, w] {
      for (int i = 0; i < writes; ++i)
        EXPECT_TRUE(database().write([&](Connection& db) {
          put(db, std::to_string(w) + "." + std::to_string(i),
              *db.one<std::int64_t>("SELECT count(*) FROM pair"));
          return true;
        }));
    });
  for (auto& thread : threads) thread.join();
  const auto numbers = database().read([](Connection& db) {
    return db.query<std::int64_t>("SELECT number FROM pair ORDER BY number");
  });
  ASSERT_EQ(numbers.size(), std::size_t(writers * writes));
  for (std::size_t i = 0; i < numbers.size(); ++i)
    EXPECT_EQ(numbers[i], static_cast<std::int64_t>(i));
  EXPECT_LT(database().counters().groups, database().counters().writes);
}

TEST_P(DatabaseTest, A_write_stays_when_memory_could_not_follow_it_and_the_writer_goes_on) {
  const auto writes = [&](const char* name) {
    return [this, name](Connection& db) { return put(db, name), true; };
  };
  const auto fail = [] { throw Error(Fault::unavailable, "the engine went away"); };
  EXPECT_THROW(database().write(writes("first"), fail), Error);
  EXPECT_TRUE(database().write(writes("second")));
  EXPECT_EQ(names().size(), 2u);
}

TEST_P(DatabaseTest, A_reader_sees_only_what_is_committed) {
  database().write([&](Connection& db) {
    put(db, "x");
    EXPECT_EQ(names().size(), 0u);
    return true;
  });
  EXPECT_EQ(names().size(), 1u);
}

TEST_P(DatabaseTest, A_snapshot_sees_one_moment_while_others_write) {
  database().snapshot([&](Connection& db) {
    const auto before = *db.one<std::int64_t>("SELECT count(*) FROM pair");
    database().write([](Connection& writing) { return put(writing, "meanwhile"), true; });
    EXPECT_EQ(*db.one<std::int64_t>("SELECT count(*) FROM pair"), before);
    return 0;
  });
  EXPECT_EQ(names().size(), 1u);
}

TEST_P(DatabaseTest, What_was_answered_is_there_when_another_program_opens_the_record) {
  database().write([](Connection& db) { return put(db, "kept"), true; });
  Database other({.url = url()});
  EXPECT_EQ(
      other.read([](Connection& db) { return db.query<std::string>("SELECT name FROM pair"); }),
      std::vector<std::string>{"kept"});
  EXPECT_TRUE(other.write([](Connection& db) { return put(db, "by the other"), true; }));
  EXPECT_EQ(names().size(), 2u);
}

TEST_P(DatabaseTest, More_writes_than_may_wait_are_refused_at_once) {
  Database narrow({.url = url(), .waiting_max = 1});
  std::promise<void> entered, leave;
  std::thread first([&] {
    narrow.write([&](Connection&) {
      entered.set_value();
      leave.get_future().wait();
      return false;
    });
  });
  entered.get_future().wait();
  std::thread second([&] { narrow.write([](Connection& db) { return put(db, "waited"), true; }); });
  while (narrow.waiting() < 1) std::this_thread::yield();
  try {
    narrow.write([](Connection&) { return true; });
    ADD_FAILURE() << "the third write was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault, Fault::unavailable);
  }
  leave.set_value();
  first.join();
  second.join();
  EXPECT_EQ(names(), std::vector<std::string>{"waited"});
}

// ---- acts

TEST_P(DatabaseTest, An_act_that_leaves_no_ledger_entry_does_not_commit) {
  EXPECT_THROW((void)acts().run<Done>({}, "pair.put",
                                      [](Tx& tx) -> Result<Done> {
                                        put(tx.db, "unrecorded");
                                        return Done{};
                                      }),
               std::logic_error);
  EXPECT_TRUE(names().empty());
}

TEST_P(DatabaseTest, A_problem_undoes_the_act_and_its_entry) {
  const auto result = acts().run<Done>({}, "pair.put", [](Tx& tx) -> Result<Done> {
    put(tx.db, "refused");
    tx.record({.subject_kind = "pair", .subject_id = "refused"});
    tx.after_commit([] { ADD_FAILURE() << "told of what did not happen"; });
    return errors::conflict;
  });
  EXPECT_TRUE(result.problem().is(errors::conflict));
  EXPECT_TRUE(names().empty());
  EXPECT_TRUE(entries().empty());
  EXPECT_TRUE(journal().committed_sequences().empty());
}

TEST_P(DatabaseTest, The_same_idempotency_key_gets_the_same_answer_and_changes_nothing) {
  Call call;
  call.idempotency_key = "k";
  call.request_digest = "d";
  const auto put_next = [&](Tx& tx) -> Result<Pair> {
    const auto number = *tx.db.one<std::int64_t>("SELECT count(*) FROM pair");
    put(tx.db, "n" + std::to_string(number), number);
    tx.record({.subject_kind = "pair", .subject_id = std::to_string(number)});
    return Pair{"n" + std::to_string(number), number, std::nullopt};
  };
  const auto first = acts().run<Pair>(call, "pair.put", put_next);
  const auto again = acts().run<Pair>(call, "pair.put", put_next);
  EXPECT_EQ(to_json(first.value()), to_json(again.value()));
  EXPECT_EQ(names().size(), 1u);
  EXPECT_EQ(entries().size(), 1u);
  call.request_digest = "other";
  EXPECT_EQ(acts().run<Pair>(call, "pair.put", put_next).problem().kind->code,
            "idempotency_key_reused");
  EXPECT_EQ(journal().committed_sequences(), std::vector<std::int64_t>{0});
}

// ---- migrations

TEST_P(DatabaseTest, Migrations_build_an_empty_record_and_do_nothing_the_second_time) {
  const TestRecord empty(GetParam(), Made::empty);
  const auto open = [&] {
    return GetParam() == Engine::sqlite ? open_sqlite(empty.url(), false)
                                        : open_postgres(empty.url());
  };
  const std::string other =
      GetParam() == Engine::sqlite ? ".postgres.sql" : ".sqlite.sql";  // files of the other engine
  std::vector<std::string> names;
  for (const auto& file : migration_files())
    if (!file.name.ends_with(other)) names.push_back(file.name);
  EXPECT_EQ(migrate(*open()), names);
  EXPECT_TRUE(migrate(*open()).empty());
  const auto state = migration_state(*open());
  EXPECT_EQ(state.applied, names);
  EXPECT_TRUE(state.waiting.empty() && state.changed.empty());
}

TEST_P(DatabaseTest, A_migration_that_was_applied_with_another_text_stops_the_program) {
  execute("UPDATE migration SET digest = 'other' WHERE name LIKE '0001%'");
  const auto connection =
      GetParam() == Engine::sqlite ? open_sqlite(url(), false) : open_postgres(url());
  EXPECT_EQ(migration_state(*connection).changed.size(), 1u);
  EXPECT_THROW(migrate(*connection), Error);
}

CHANGWAT_ON_BOTH_ENGINES(DatabaseTest);

// ---- broken worlds

TEST(Sqlite, A_folder_that_is_not_there_is_unavailable) {
  try {
    Database database({.url = "/no/such/folder/record.sqlite"});
    ADD_FAILURE() << "it opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault, Fault::unavailable);
  }
}

TEST(Postgres, A_server_that_is_not_there_is_unavailable) {
  try {
    Database database({.url = "postgresql://app@/postgres?host=/no/such/folder"});
    ADD_FAILURE() << "it opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault, Fault::unavailable);
  }
}

// The server ends all connections, as it does when it restarts: the writer takes a new one, a
// reading fails as unavailable once, and the program goes on without being started anew.
TEST(Postgres, Connections_that_the_server_ended_are_replaced) {
  if (!postgres_for_tests()) GTEST_SKIP() << "CHANGWAT_TEST_POSTGRES is not set";
  const TestRecord record(Engine::postgres, Made::migrated);
  Database database({.url = record.url()});
  const auto read = [&] {
    return database.read(
        [](Connection& db) { return *db.one<std::int64_t>("SELECT count(*) FROM person"); });
  };
  const auto write = [&] {
    return database.write(
        [](Connection& db) { return db.exec("INSERT INTO installation VALUES ('a', 'b')"), true; });
  };
  database.read([&](Connection&) { return read(); });  // two readers are idle now
  open_postgres(record.url())
      ->script(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
          "WHERE datname = current_database() AND pid <> pg_backend_pid()");
  const auto fault = [](const auto& call) {
    try {
      call();
    } catch (const Error& error) {
      return std::optional(error.fault);
    }
    return std::optional<Fault>();
  };
  EXPECT_EQ(fault(write), std::nullopt) << "nothing was written yet: a new connection does as well";
  EXPECT_EQ(fault(read), Fault::unavailable);
  EXPECT_EQ(fault(read), std::nullopt) << "one broken reader tells that the others are broken too";
  EXPECT_EQ(database.counters().failed_groups, 0u);
}

}  // namespace
}  // namespace changwat::db
