// "Who may sign this?" among a million grants in chains of up to five, one thread: who, by which
// grants, from the book in memory ("ours") and by a recursive query over the same grants in SQLite
// with its indexes ("theirs"); 99th percentiles of the same questions in turn. Then our whole
// answer with the law, the nearest and the words of all ("answer"), memory a grant, and ending a
// grant with 10,000 below it.

#include "modules/authority/who_may.hpp"

#include "rounds.hpp"
#include <fstream>
#include <random>

#include <sqlite3.h>

#include "base/result.hpp"

#include "modules/authority/authority.hpp"

namespace {

using namespace changwat;
using namespace changwat::authority;

constexpr int grants_wanted = 1'000'000;
constexpr int provinces = 77, districts = 12, offices_in_district = 20;

// The program's law with one change: procurement may be granted on, five deep.
Law deep_law() {
  auto files = read_law(std::filesystem::path(CHANGWAT_SOURCE_DIR) / "data/law").value().files();
  for (auto& instrument : files.instruments)
    for (auto& power : instrument.powers)
      if (power.delegation) power.delegation->levels = levels_max;
  return Law::make(std::move(files)).value();
}

AreaCode area(int province, int district = 0) {
  char text[5];
  std::snprintf(text, sizeof text, district ? "%02d%02d" : "%02d", 10 + province, district);
  return *AreaCode::parse(text);
}

std::string id(const char* kind, int a, int b = 0, int c = 0) {
  return std::string(kind) + "." + std::to_string(a) + "." + std::to_string(b) + "." +
         std::to_string(c);
}

std::vector<OfficeRow> office_rows() {
  std::vector<OfficeRow> out;
  for (int p = 0; p < provinces; ++p) {
    out.push_back({id("governor", p), "governor", area(p), "ผู้ว่าราชการจังหวัด", "Governor"});
    for (int d = 1; d <= districts; ++d)
      for (int o = 0; o < offices_in_district; ++o)
        out.push_back({id("office", p, d, o), o % 2 ? "local_government" : "central_agency",
                       area(p, d), "หน่วยงานในอำเภอ", "An office in the district"});
  }
  return out;
}

// Chains of one to five grants, most of a project's money below ten million baht.
class Maker {
 public:
  template <class F>
  void make(F&& f) {
    int made = 0;
    while (made < grants_wanted) {
      const int p = below(provinces), d = 1 + below(districts), length = 1 + below(levels_max);
      std::optional<GrantId> above;
      std::string from = id("governor", p);
      auto ceiling = std::int64_t{10'000} * (1 + below(1000));
      const int first = below(offices_in_district);
      for (int level = 0; level < length && made < grants_wanted; ++level) {
        const auto to = id("office", p, d, (first + level) % offices_in_district);
        Grant grant;
        grant.grant_id = GrantId::make(Instant(1'600'000'000'000 + made));
        grant.power = *Key::parse("governor_procurement");
        grant.parent_grant_id = above;
        grant.from_office_id = *OfficeRef::parse(from);
        grant.to_office_id = *OfficeRef::parse(to);
        grant.area = level == 0 && below(4) == 0 ? area(p) : area(p, d);
        grant.ceiling_satang = Satang::of_baht(ceiling);
        grant.levels = levels_max - 1 - level;
        grant.from_date = *Date::of(2020 + below(6), 10, 1);
        if (level == 0) from_year_ = grant.from_date;
        grant.from_date = from_year_;
        grant.to_date = grant.from_date.plus_days(364 + 365 * below(3));
        if (level == 0) to_ = *grant.to_date;
        grant.to_date = std::min(to_, *grant.to_date);
        if (below(3) == 0) grant.kinds = Json<Words>{{*Key::parse("equipment")}};
        grant.document = *Text<1, 200>::parse("1/2564");
        grant.granted_by = *OfficeRef::parse("somebody");
        grant.granted_at = Instant::bangkok(grant.from_date, 0, 0, 0);
        f(grant);
        ++made;
        above = grant.grant_id;
        from = to;
        ceiling = ceiling * (60 + below(41)) / 100;
      }
    }
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::mt19937 random_{1};
  Date from_year_, to_;
};

// The same grants as rows; what is absent in a grant is absent in its row.
class Sql {
 public:
  explicit Sql(const std::filesystem::path& file) {
    std::filesystem::remove(file);
    CHECK(sqlite3_open(file.c_str(), &db_) == SQLITE_OK);
    run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;"
        "CREATE TABLE power_grant (grant_id TEXT PRIMARY KEY, power TEXT NOT NULL, parent TEXT,"
        " from_office TEXT NOT NULL, to_office TEXT NOT NULL, area TEXT NOT NULL,"
        " ceiling INTEGER NOT NULL, kind TEXT, begins INTEGER NOT NULL, ends INTEGER NOT NULL)"
        " STRICT, WITHOUT ROWID; BEGIN");
    insert_ = prepare("INSERT INTO power_grant VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)");
  }
  ~Sql() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(who_);
    sqlite3_close(db_);
  }

  void add(const Grant& grant) {
    text(insert_, 1, grant.grant_id.text());
    text(insert_, 2, grant.power.text());
    if (grant.parent_grant_id) text(insert_, 3, grant.parent_grant_id->text());
    text(insert_, 4, grant.from_office_id.text());
    text(insert_, 5, grant.to_office_id.text());
    text(insert_, 6, grant.area->text());
    sqlite3_bind_int64(insert_, 7, grant.ceiling_satang->count());
    if (grant.kinds) text(insert_, 8, grant.kinds->value.front().text());
    sqlite3_bind_int64(insert_, 9, Instant::bangkok(grant.from_date, 0, 0, 0).unix_ms());
    sqlite3_bind_int64(insert_, 10,
                       Instant::bangkok(grant.to_date->plus_days(1), 0, 0, 0).unix_ms());
    CHECK(sqlite3_step(insert_) == SQLITE_DONE);
    sqlite3_reset(insert_);
    sqlite3_clear_bindings(insert_);
  }

  // From each grant that covers the question up to its root, every link covering it too. Without
  // ANALYZE, which would make the engine read all grants for a Bloom filter at each question and
  // take ten times as long.
  void finish() {
    run("COMMIT; CREATE INDEX by_place ON power_grant (power, area, ceiling DESC)");
    who_ = prepare(
        "WITH RECURSIVE link (parent, to_office, ceiling, chain) AS ("
        " SELECT parent, to_office, ceiling, grant_id FROM power_grant"
        " WHERE power = $1 AND area IN ($2, $3) AND ceiling >= $4 AND begins <= $5 AND $5 < ends"
        " AND (kind IS NULL OR kind = $6)"
        " UNION ALL SELECT up.parent, link.to_office, link.ceiling, up.grant_id || ' ' || "
        "link.chain"
        " FROM link JOIN power_grant up ON up.grant_id = link.parent"
        " WHERE up.ceiling >= $4 AND up.begins <= $5 AND $5 < up.ends"
        " AND up.area IN ($2, $3) AND (up.kind IS NULL OR up.kind = $6))"
        " SELECT chain, to_office FROM link WHERE parent IS NULL ORDER BY ceiling DESC LIMIT $7");
  }

  std::size_t who(const Object& object, Instant at, int limit) {
    sqlite3_reset(who_);
    text(who_, 1, "governor_procurement");
    text(who_, 2, object.area->text());
    text(who_, 3, object.area->province().text());
    sqlite3_bind_int64(who_, 4, object.amount_satang->count());
    sqlite3_bind_int64(who_, 5, at.unix_ms());
    text(who_, 6, object.kind->text());
    sqlite3_bind_int(who_, 7, limit);
    std::size_t found = 0;
    while (sqlite3_step(who_) == SQLITE_ROW) {
      CHECK(sqlite3_column_text(who_, 0) && sqlite3_column_text(who_, 1));
      ++found;
    }
    return found;
  }

 private:
  void run(const char* sql) {
    CHECK(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* out = nullptr;
    CHECK(sqlite3_prepare_v2(db_, sql, -1, &out, nullptr) == SQLITE_OK);
    return out;
  }
  static void text(sqlite3_stmt* statement, int at, const std::string& value) {
    sqlite3_bind_text(statement, at, value.c_str(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
  }

  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* who_ = nullptr;
};

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096;
}

class Questions {
 public:
  Object next() {
    const int p = below(provinces), d = 1 + below(districts);
    Object out{.area = area(p, d)};
    out.amount_satang = Satang::of_baht(std::int64_t{10'000} * (1 + below(1000)));
    out.kind = Key::parse(below(2) ? "equipment" : "construction");
    out.funding = Key::parse("province_budget");
    return out;
  }
  Instant moment() { return Instant::bangkok(*Date::of(2021 + below(5), 3, 1), 12, 0, 0); }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::mt19937 random_{2};
};

// A governor's grant with 100 below it, each with 99 below: 10,000 in all.
double milliseconds_to_end(GrantBook& book, const Offices& offices) {
  const auto make = [&](const std::string& from, const std::string& to,
                        const std::optional<GrantId>& above, int levels) {
    static std::int64_t number = 0;
    Grant grant;
    grant.grant_id = GrantId::make(Instant(1'700'000'000'000 + ++number));
    grant.power = *Key::parse("governor_procurement");
    grant.parent_grant_id = above;
    grant.from_office_id = *OfficeRef::parse(from);
    grant.to_office_id = *OfficeRef::parse(to);
    grant.levels = levels;
    grant.from_date = *Date::of(2019, 1, 1);
    grant.granted_at = Instant::bangkok(grant.from_date, 0, 0, 0);
    CHECK(book.add(grant, offices));
    return grant.grant_id;
  };
  const auto top = make(id("governor", 0), id("office", 0, 1, 0), std::nullopt, 4);
  for (int i = 0; i < 100; ++i) {
    const auto middle_office = id("office", 0, 2 + i / 20, i % 20);
    const auto middle = make(id("office", 0, 1, 0), middle_office, top, 3);
    for (int j = 0; j < 99; ++j)
      make(middle_office, id("office", 0, 8 + j / 20, j % 20), middle, 0);
  }
  const bench::Stopwatch watch;
  const auto fell = book.end(top, Instant::bangkok(*Date::of(2019, 6, 1), 12, 0, 0));
  const auto took = watch.seconds() * 1e3;
  CHECK(fell == 10'001);
  return took;
}

}  // namespace

int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const auto law = deep_law();
  const Offices offices(office_rows());
  GrantBook book(law);
  const auto before = resident_bytes();
  book.load([&] { Maker().make([&](const Grant& grant) { CHECK(book.add(grant, offices)); }); });
  const auto bytes_a_grant = (resident_bytes() - before) / grants_wanted;
  Sql sql(options.folder / "who_may.db");
  Maker().make([&](const Grant& grant) { sql.add(grant); });
  sql.finish();

  const World world{law, book, offices};
  constexpr int limit = 50;
  Questions questions;
  std::size_t grants_found = 0, answers = 0, links = 0;
  const auto measure = [&](double seconds) {
    std::vector<double> ours, theirs, in_words;
    for (const bench::Stopwatch all; all.seconds() < seconds;) {
      const auto object = questions.next();
      const auto at = questions.moment();
      const Question question{"procurement.carry_out", object, at};
      const bench::Stopwatch mine;
      const auto signers = book.read([&] {
        auto out = lawful_signers(world, question, limit);
        for (const auto& signer : out) links += book.chain(signer.grant).size();
        return out;
      });
      ours.push_back(mine.seconds() * 1e6);
      const bench::Stopwatch other;
      const auto found = sql.who(object, at, limit);  // the governor, by law, is the one more
      theirs.push_back(other.seconds() * 1e6);
      CHECK(found + 1 == signers.size());
      const bench::Stopwatch whole;
      const auto answer = book.read([&] { return who_may(world, question, limit); });
      in_words.push_back(whole.seconds() * 1e6);
      CHECK(answer.signers.size() == std::min<std::size_t>(limit, signers.size()));
      grants_found += found;
      ++answers;
    }
    return std::tuple(std::move(ours), std::move(theirs), std::move(in_words));
  };
  (void)measure(2);  // the caches are warm then
  for (int round = 0; round < options.rounds; ++round) {
    const auto [ours, theirs, in_words] = measure(options.seconds);
    bench::print_round({{"ours", bench::quantile(ours, 0.99)},
                        {"theirs", bench::quantile(theirs, 0.99)},
                        {"ours_median", bench::quantile(ours, 0.5)},
                        {"theirs_median", bench::quantile(theirs, 0.5)},
                        {"answer", bench::quantile(in_words, 0.99)},
                        {"answer_median", bench::quantile(in_words, 0.5)},
                        {"signers", double(grants_found) / double(answers)},
                        {"bytes_a_grant", bytes_a_grant},
                        {"end_ms", milliseconds_to_end(book, offices)}});
  }
  return 0;
}
