// Search among a million Thai reports in SQLite, one thread: the first 20 answers in their order by
// the search room ("ours"), and the same words by the engine that reads the whole table with LIKE
// ("theirs"); 99th percentiles. Questions are what officers type: words, places, parts of words,
// one or two characters, words that stand nowhere; asked from the country, a province, a district,
// or with the eyes of somebody who may see little. Then reports that are alike, as the text is
// typed
// ("alike"), and what a report costs when it comes in ("put", and one commit each "put_alone").

#include "many_texts.hpp"
#include "rounds.hpp"
#include <fstream>

#include <unistd.h>

#include "platform/db/migrations.hpp"

namespace {

using namespace changwat;

struct Question {
  std::string kind;
  std::string text;
  search::Scope scope;
};

std::string slice(std::string_view text, std::size_t begin, std::size_t length) {
  std::string out;
  for (std::size_t i = 0; !text.empty() && i < begin + length; ++i) {
    const auto c = utf8::next(text);
    if (!c) break;
    if (i >= begin) utf8::append(out, *c);
  }
  return out;
}

class Questions {
 public:
  Questions(bench::TextMaker& maker, const search::Segmenter& segmenter,
            std::vector<search::Document> documents)
      : maker_(maker), segmenter_(segmenter), documents_(std::move(documents)) {}

  Question next() {
    Question out;
    const auto& document = any();
    out.scope = scope(document);
    const int kind = static_cast<int>(random()() % 100);
    if (kind < 22) {
      out.kind = "one word";
      out.text = word_of(document);
    } else if (kind < 40) {
      out.kind = "two words";
      out.text = word_of(document) + ' ' + word_of(document);
    } else if (kind < 50) {
      out.kind = "three words";
      out.text = word_of(document) + ' ' + word_of(document) + ' ' + word_of(document);
    } else if (kind < 60) {
      out.kind = "words of two documents";
      out.text = word_of(document) + ' ' + word_of(any());
    } else if (kind < 68) {
      out.kind = "a place";
      out.text = maker_.area().name;
    } else if (kind < 86) {
      out.kind = "part";
      const auto normal = search::normal_text(document.detail);
      const auto length = utf8::length(normal).value_or(0);
      out.text = slice(normal, length < 12 ? 0 : random()() % (length - 11), 3 + random()() % 8);
    } else if (kind < 94) {
      out.kind = "one or two characters";
      const auto normal = search::normal_text(document.detail);
      out.text = slice(normal, random()() % 20, 1 + random()() % 2);
    } else {
      out.kind = "nowhere";
      const auto word = maker_.word();
      out.text = word + slice(word, 0, 2) + "ฆฌ";
    }
    return out;
  }

  const search::Document& any() { return documents_[random()() % documents_.size()]; }

 private:
  std::mt19937& random() { return maker_.random(); }

  std::string word_of(const search::Document& document) {
    const auto indexed = search::indexed_text(segmenter_, document.title, document.detail);
    const auto words = search::words_of(indexed);
    for (int tries = 0; tries < 20; ++tries) {
      const auto word = words[random()() % words.size()];
      if (word.size() > 6) return std::string(word);
    }
    return std::string(words.front());
  }

  search::Scope scope(const search::Document& document) {
    search::Scope out{.collection = "cases", .audience = 0b011};
    const auto kind = random()() % 10;
    if (kind < 3) {
      out.everywhere = true;
    } else if (kind < 7) {
      out.areas = {document.area->province()};
    } else if (kind < 9) {
      out.areas = {document.area->at(AreaLevel::district), any().area->at(AreaLevel::district)};
    } else {
      out.everywhere = true;
      out.audience = 0b100;
    }
    return out;
  }

  bench::TextMaker& maker_;
  const search::Segmenter& segmenter_;
  std::vector<search::Document> documents_;
};

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double resident_mb() {
  std::ifstream in("/proc/self/statm");
  long total = 0, resident = 0;
  in >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

// The engine by itself: the whole table is read, words in the title stand first.
std::string scan_sql(const Question& question) {
  std::string where, in_title;
  std::string_view rest = question.text;
  int terms = 0;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (end > 0) {
      const auto like = " LIKE '%" + std::string(rest.substr(0, end)) + "%'";
      where += " AND text" + like;
      in_title += (in_title.empty() ? "(title" : " AND title") + like;
      ++terms;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (terms == 0) return {};
  std::string scope = "(audience & " + std::to_string(question.scope.audience) + ") <> 0";
  std::string areas;
  for (const auto& area : question.scope.areas)
    areas += (areas.empty() ? "area GLOB '" : " OR area GLOB '") + area.text() + "*'";
  if (!areas.empty()) scope += " AND (" + areas + ")";
  return "SELECT id FROM plain WHERE " + scope + where + " ORDER BY " + in_title +
         ") DESC, id DESC LIMIT 20";
}

void fill(const std::string& file, const search::Index& index, bench::TextMaker& maker, int wanted,
          std::vector<search::Document>& some) {
  const auto db = db::open_sqlite(file, false);
  db::migrate(*db);
  db->script(
      "CREATE TABLE plain (id INTEGER PRIMARY KEY, area TEXT NOT NULL, audience INTEGER NOT NULL,"
      " title TEXT NOT NULL, text TEXT NOT NULL) STRICT");
  const bench::Stopwatch watch;
  for (int i = 0; i < wanted;) {
    db->command("BEGIN IMMEDIATE");
    for (int end = std::min(i + 256, wanted); i < end; ++i) {
      const auto document = maker.next();
      index.put_within(*db, document);
      if (i % 97 == 0) some.push_back(document);
    }
    db->command("COMMIT");
    if (i % 102'400 == 0) std::fprintf(stderr, "%d in %.0f s\n", i, watch.seconds());
  }
  std::fprintf(stderr, "%d in %.0f s\n", wanted, watch.seconds());
  db->script(
      "INSERT INTO plain SELECT id, area, audience, substr(text, 1, instr(text, char(10)) - 1), "
      "text"
      " FROM search_document ORDER BY id; PRAGMA wal_checkpoint(TRUNCATE)");
}

double put_seconds(db::Connection& db, const search::Index& index, bench::TextMaker& maker,
                   int groups, int in_group) {
  std::vector<search::Document> documents;
  for (int i = 0; i < groups * in_group; ++i) documents.push_back(maker.next());
  auto next = documents.begin();
  const bench::Stopwatch watch;
  for (int g = 0; g < groups; ++g) {
    db.command("BEGIN IMMEDIATE");
    for (int i = 0; i < in_group; ++i) index.put_within(db, *next++);
    db.command("COMMIT");
  }
  return watch.seconds() / static_cast<double>(documents.size());
}

}  // namespace

int main(int count, char** words) {
  const auto options = bench::read_options(count, words);
  const char* fewer = std::getenv("CHANGWAT_BENCH_DOCUMENTS");  // for looking, not for judging
  const int wanted = fewer ? std::atoi(fewer) : 1'000'000;
  const auto areas = bench::named_areas();
  const bench::Stopwatch starting;
  const search::Segmenter segmenter(bench::names_of(areas));
  const double start_ms = starting.seconds() * 1e3;
  std::ifstream rules_file(std::filesystem::path(CHANGWAT_SOURCE_DIR) / "data/search/alike.json");
  const std::string rules_text((std::istreambuf_iterator<char>(rules_file)), {});
  const search::Index index(segmenter, read_json<search::LikenessRules>(rules_text).value());
  bench::TextMaker maker(segmenter, areas);
  const auto file = (options.folder / "search.db").string();
  std::vector<search::Document> some;
  if (std::filesystem::exists(file))
    for (int i = 0; i < wanted; ++i) {
      auto document = maker.next();
      if (i % 97 == 0) some.push_back(std::move(document));
    }
  else
    fill(file, index, maker, wanted, some);

  const auto writer = db::open_sqlite(file, false);
  const auto db = db::open_sqlite(file, true);
  Questions questions(maker, segmenter, std::move(some));
  const double before_mb = resident_mb();
  const bool verbose = std::getenv("CHANGWAT_BENCH_KINDS") != nullptr;

  for (int round = 0; round < options.rounds; ++round) {
    std::vector<double> ours, ours_cpu, theirs, theirs_cpu, alike, alike_cpu;
    std::map<std::string, std::vector<double>> kinds;
    std::vector<std::pair<double, std::string>> slow;
    std::size_t hits = 0, asked = 0;
    for (const bench::Stopwatch all; all.seconds() < options.seconds * 2 || asked < 300; ++asked) {
      const auto question = questions.next();
      const double cpu = processor_ms();
      const bench::Stopwatch watch;
      hits += index.find(*db, question.text, question.scope, 20, {}).hits.size();
      ours.push_back(watch.seconds() * 1e3);
      ours_cpu.push_back(processor_ms() - cpu);
      kinds[question.kind].push_back(ours_cpu.back());
      if (verbose)
        slow.emplace_back(ours_cpu.back(), question.kind + " | " + question.text + " | " +
                                               std::to_string(question.scope.areas.size()) + " " +
                                               std::to_string(question.scope.audience));
    }
    for (int scans = 0; scans < 12; ++scans) {
      const auto sql = scan_sql(questions.next());
      if (sql.empty()) continue;
      const double cpu = processor_ms();
      const bench::Stopwatch watch;
      hits += db->query<std::int64_t>(sql).size();
      theirs.push_back(watch.seconds() * 1e3);
      theirs_cpu.push_back(processor_ms() - cpu);
    }
    const double after_find_mb = resident_mb();
    for (const bench::Stopwatch all; all.seconds() < options.seconds || alike.size() < 200;) {
      const auto& document = questions.any();
      search::Probe probe;
      probe.area = document.area;
      probe.point = document.point;
      probe.category = document.category;
      const auto length = utf8::length(document.title).value_or(0) + 20;
      probe.text = slice(document.title + document.detail, 0, 5 + maker.random()() % length);
      probe.at = maker.now();
      const double cpu = processor_ms();
      const bench::Stopwatch watch;
      hits += index.alike(*db, probe, {"cases", {}, true, 0b011}, 10).size();
      alike.push_back(watch.seconds() * 1e3);
      alike_cpu.push_back(processor_ms() - cpu);
    }
    const double put = put_seconds(*writer, index, maker, 20, 64);
    const double put_alone = put_seconds(*writer, index, maker, 100, 1);
    if (verbose) {
      for (auto& [kind, times] : kinds)
        std::fprintf(stderr, "%-24s n %5zu  p50 %7.2f  p95 %7.2f  p99 %7.2f  max %7.2f ms\n",
                     kind.c_str(), times.size(), bench::quantile(times, 0.5),
                     bench::quantile(times, 0.95), bench::quantile(times, 0.99),
                     bench::quantile(times, 1));
      std::sort(slow.rbegin(), slow.rend());
      for (std::size_t i = 0; i < std::min<std::size_t>(25, slow.size()); ++i)
        std::fprintf(stderr, "  %7.2f %s\n", slow[i].first, slow[i].second.c_str());
    }
    bench::print_round({{"ours", bench::quantile(ours, 0.99)},
                        {"theirs", bench::quantile(theirs, 0.99)},
                        {"ours_median", bench::quantile(ours, 0.5)},
                        {"theirs_median", bench::quantile(theirs, 0.5)},
                        {"ours_max", bench::quantile(ours, 1)},
                        {"alike", bench::quantile(alike, 0.99)},
                        {"alike_median", bench::quantile(alike, 0.5)},
                        {"ours_cpu", bench::quantile(ours_cpu, 0.99)},
                        {"theirs_cpu", bench::quantile(theirs_cpu, 0.99)},
                        {"alike_cpu", bench::quantile(alike_cpu, 0.99)},
                        {"put_us", put * 1e6},
                        {"put_alone_us", put_alone * 1e6},
                        {"start_ms", start_ms},
                        {"memory_mb", after_find_mb - before_mb},
                        {"hits", static_cast<double>(hits)}});
  }
  return 0;
}
