#include "platform/search/search.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/testing.hpp"
#include "base/utf8.hpp"

#include "platform/db/testing.hpp"
#include "platform/search/store.hpp"
#include "platform/search/testing.hpp"

namespace changwat::search {
namespace {

constexpr std::int64_t everybody = 0b001, officers = 0b010, inspectors = 0b100;

class SearchTest : public db::OnBothEngines {
 protected:
  const Index index{segmenter_for_tests(),
                    read_json<LikenessRules>(file_text("data/search/alike.json")).value()};
  const Instant begin = *Instant::parse("2021-03-01T00:00:00Z");
  int made = 0;

  Document document(std::string id, std::string title, std::string detail = "",
                    std::string area = "390101", std::int64_t audience = everybody) {
    Document out;
    out.collection = "cases";
    out.id = std::move(id);
    out.area = AreaCode::parse(area);
    out.audience = audience;
    out.category = "kind";
    out.at = begin.plus_ms(++made * 60'000);
    out.title = std::move(title);
    out.detail = std::move(detail);
    return out;
  }
  void put(const std::vector<Document>& documents) {
    database().write([&](db::Connection& db) {
      for (const auto& each : documents) index.put_within(db, each);
      return true;
    });
  }
  void put(const Document& one) { put(std::vector{one}); }
  bool remove(const Document& one) {
    return database().write([&](db::Connection& db) {
      return index.remove_within(db, one.area, one.collection, one.id);
    });
  }
  // So many that all that was put before is in the index, and none waits.
  void fill_up(std::size_t count = store::waiting_max) {
    std::vector<Document> others;
    for (std::size_t i = 0; i < count; ++i)
      others.push_back(document("other-" + std::to_string(i), "zz", "", "100101"));
    put(others);
  }

  static Scope all(std::int64_t audience = everybody) { return {"cases", {}, true, audience}; }
  static Scope in(std::vector<std::string> areas, std::int64_t audience = everybody) {
    Scope out{"cases", {}, false, audience};
    for (const auto& area : areas) out.areas.push_back(word<AreaCode>(area));
    return out;
  }

  Found find(std::string_view query, const Scope& scope, std::size_t limit = 200,
             std::optional<std::string> cursor = {}) {
    return database().snapshot(
        [&](db::Connection& db) { return index.find(db, query, scope, limit, cursor); });
  }
  std::vector<std::string> ids(std::string_view query, const Scope& scope = all()) {
    std::vector<std::string> out;
    for (const auto& hit : find(query, scope).hits) out.push_back(hit.id);
    return out;
  }
  std::vector<Alike> alike(const Probe& probe, const Scope& scope = all(), std::size_t limit = 10) {
    return database().snapshot(
        [&](db::Connection& db) { return index.alike(db, probe, scope, limit); });
  }
  Probe probe(std::string text, std::string area = "390101") {
    Probe out;
    out.area = AreaCode::parse(area);
    out.category = "kind";
    out.text = std::move(text);
    out.at = begin;
    return out;
  }
};

using Ids = std::vector<std::string>;

struct Ranking {
  const char* query;
  Ids best_first;
};

TEST_P(SearchTest, Ranks_as_people_expect) {
  put({
      document("part", "ขอให้ซ่อมหม้อแปลงไฟฟ้าดับๆติดๆ"),
      document("old-detail", "ขอความช่วยเหลือ", "ไฟฟ้าดับที่บ้านหนองแสง"),
      document("old-title", "ไฟฟ้าดับ", "ที่บ้านหนองแสงหลายวันแล้ว"),
      document("new-detail", "ขอความช่วยเหลือ", "ไฟฟ้าดับที่บ้านโนนสะอาด"),
      document("new-title", "ไฟฟ้าดับ", "ที่บ้านโนนสะอาดหลายวันแล้ว"),
      document("both-in-title", "ไฟฟ้าดับ บ้านหนองแสง"),
      document("place-in-title", "บ้านหนองแสง", "ไฟฟ้าดับ"),
      document("place", "บ้านหนองแสง", "ขอถนน"),
      document("other", "ถนนชำรุด", "หน้าวัด"),
      document("latin", "เสาสัญญาณ WiFi ล้ม"),
  });
  const Ranking cases[] = {
      // Title above detail, newer above older.
      {"โนนสะอาด", {"new-title", "new-detail"}},
      {"ชำรุด", {"other"}},
      {"ช่วยเหลือ", {"new-detail", "old-detail"}},
      {"wifi", {"latin"}},
      {"WIFI", {"latin"}},
      // Whole words above parts.
      {"wif", {"latin"}},
      {"ไฟฟ้าดับ",
       {"both-in-title", "new-title", "old-title", "place-in-title", "new-detail", "old-detail",
        "part"}},
      // All words before some; the rarer word in the title before the other; and when words are
      // missing, the common one is.
      {"ไฟฟ้าดับ หนองแสง", {"both-in-title", "place-in-title", "old-title", "old-detail", "place"}},
      {"หนองแสง ไฟฟ้าดับ", {"both-in-title", "place-in-title", "old-title", "old-detail", "place"}},
      // A word that stands nowhere is the first to be given up.
      {"ถนน ฆฌฎ", {"other", "place"}},
      {"ฆฌฎ", {}},
      {"", {}},
      {" . ", {}},
  };
  for (const auto& [query, best_first] : cases) EXPECT_EQ(ids(query), best_first) << query;
  fill_up();
  for (const auto& [query, best_first] : cases)
    EXPECT_EQ(ids(query), best_first) << query << ", from the index";
}

TEST_P(SearchTest, Says_how_well_a_document_answers) {
  put({document("a", "ไฟฟ้าดับ"), document("b", "อื่น", "ไฟฟ้าดับ"), document("c", "xไฟฟ้าดx", "ดับ")});
  const auto title = find("ไฟฟ้าดับ", all()).hits;
  ASSERT_EQ(title.size(), 2u);
  EXPECT_EQ(title[0].match, Match::title);
  EXPECT_EQ(title[1].match, Match::words);
  const auto part = find("ฟ้าด", all()).hits;
  ASSERT_EQ(part.size(), 3u);
  EXPECT_EQ(part[0].match, Match::parts);
  const auto some = find("ไฟฟ้าดับ ฆฌฎ", all()).hits;
  ASSERT_EQ(some.size(), 2u);
  EXPECT_EQ(some[0].match, Match::some_words);
  EXPECT_EQ(some[0].missing, 1);
}

TEST_P(SearchTest, Spellings_meet) {
  put({document("water", "น\u0E49\u0E33ประปาไม่ไหล หมู่ ๑๒"),
       document("office", "สำนักงาน ก.พ.ร. ช้า ๆ"), document("money", "งบ 1,000,000 บาท พ.ศ. ๒๕๖๗")});
  for (const char* query :
       {"น\u0E4D\u0E49\u0E32ประปา", "น\u0E33\u0E49ประปา", "น้ำ\u200Bประปา", "หมู่ 12", "หมู่ ๑๒"})
    EXPECT_EQ(ids(query), Ids{"water"}) << query;
  for (const char* query : {"กพร", "ก.พ.ร.", "ก.พ.ร", "ช้าๆ", "ช้า ๆ"})
    EXPECT_EQ(ids(query), Ids{"office"}) << query;
  for (const char* query : {"1000000", "๑,๐๐๐,๐๐๐", "2567", "พศ"})
    EXPECT_EQ(ids(query), Ids{"money"}) << query;
}

// Everything of a page after another.
std::vector<Hit> all_pages(const std::function<Found(std::optional<std::string>)>& page) {
  std::vector<Hit> out;
  std::optional<std::string> cursor;
  do {
    auto found = page(cursor);
    out.insert(out.end(), found.hits.begin(), found.hits.end());
    cursor = found.next;
  } while (cursor && out.size() < 10'000);
  return out;
}

// Texts in which the same pieces come again in many places, next to each other and apart.
std::string made_up(std::mt19937& random) {
  static const std::vector<std::string> pieces{
      "ไฟฟ้า", "ดับ", "หนองแสง", "โนนสะอาด", "ถนน", "สาย", "เก่า", "ชำรุด", "น้ำ", "ท่วม", "กา",  "มา",
      "ตา",   "ณ",  "wifi",    "no",       "12",  "๑๒",  "ฝ",   "ที่",    " ",  " ",   "ขยะ", "ะ"};
  std::string out;
  for (auto n = 1 + random() % 8; n > 0; --n) out += pieces[random() % pieces.size()];
  return out;
}

TEST_P(SearchTest, Finds_every_piece_of_every_text_and_nothing_else) {
  std::mt19937 random(7);
  std::map<std::string, std::string> truth;  // id → normal title, line feed, normal detail
  std::vector<Document> documents;
  for (int i = 0; i < 950; ++i) {
    auto made = document("d" + std::to_string(i), made_up(random), made_up(random));
    truth[made.id] = normal_text(made.title) + '\n' + normal_text(made.detail);
    documents.push_back(std::move(made));
  }
  put(documents);
  int tried = 0;
  for (int i = 0; i < 160; ++i) {
    const auto& document = documents[random() % documents.size()];
    std::u32string text = normalise(document.detail, 1'000).text;
    if (text.empty()) continue;
    const auto begin = random() % text.size();
    const auto piece = to_utf8(text.substr(begin, 1 + random() % (i % 2 ? 2 : 9)));
    std::set<std::string> wanted;
    const auto terms = query_terms(segmenter_for_tests(), piece);
    if (terms.empty()) continue;
    for (const auto& [id, whole] : truth)
      if (std::all_of(terms.begin(), terms.end(),
                      [&](const QueryTerm& term) { return whole.find(term.text) != whole.npos; }))
        wanted.insert(id);
    std::set<std::string> found;
    std::size_t hits = 0;
    for (const auto& hit :
         all_pages([&](const auto& cursor) { return find(piece, all(), 37, cursor); })) {
      if (hit.match == Match::some_words) continue;
      found.insert(hit.id);
      ++hits;
    }
    EXPECT_EQ(found, wanted) << piece;
    EXPECT_EQ(hits, found.size()) << piece << ": a document on two pages";
    ++tried;
  }
  EXPECT_GT(tried, 100);
}

TEST_P(SearchTest, Pages_are_one_list_in_pieces) {
  std::mt19937 random(3);
  std::vector<Document> documents;
  for (int i = 0; i < 500; ++i)
    documents.push_back(document("d" + std::to_string(i), made_up(random), made_up(random)));
  put(documents);
  for (const char* query : {"ไฟฟ้า", "ไฟฟ้า ดับ", "ฟ้าดั", "กา", "ณ", "ถนน หนองแสง ท่วม"}) {
    const auto large =
        all_pages([&](const auto& cursor) { return find(query, all(), 200, cursor); });
    const auto small = all_pages([&](const auto& cursor) { return find(query, all(), 7, cursor); });
    ASSERT_EQ(large.size(), small.size()) << query;
    for (std::size_t i = 0; i < large.size(); ++i) EXPECT_EQ(large[i].id, small[i].id) << query;
  }
  for (const char* cursor :
       {"", "x", "0", "0.0.39.nobody", "9.9.9.9", "0.0.\xFF.\xFF", "-1.0.39.d1"})
    EXPECT_TRUE(find("ไฟฟ้า", all(), 10, cursor).hits.empty()) << cursor;
}

// The promise by which the room may be used at all.
TEST_P(SearchTest, What_is_hidden_changes_no_answer) {
  std::mt19937 random(11);
  std::vector<Document> seen, hidden;
  for (int i = 0; i < 300; ++i) {
    seen.push_back(document("seen-" + std::to_string(i), made_up(random), made_up(random),
                            i % 2 ? "390101" : "390205", i % 3 ? everybody : everybody | officers));
    // Other places, other eyes, another collection; rare words as well as common ones.
    auto away = document("away-" + std::to_string(i), made_up(random) + "ฆฌ", made_up(random),
                         i % 2 ? "4001" : "100101", everybody);
    auto secret = document("secret-" + std::to_string(i), made_up(random) + "ฆฌ", made_up(random),
                           "390101", inspectors);
    auto other = document("seen-" + std::to_string(i), made_up(random), "", "390101", everybody);
    other.collection = "projects";
    for (auto* each : {&away, &secret, &other}) hidden.push_back(*each);
  }
  const std::vector<std::string> queries{"ไฟฟ้า", "ไฟฟ้า หนองแสง ถนน", "ฟ้าดั",    "กา", "ณ",
                                         "ฆฌ",   "ฆฌ ถนน",           "wifi 12"};
  const auto answers = [&] {
    std::vector<std::string> out;
    for (const auto& query : queries)
      for (const auto& scope :
           {in({"39"}), in({"3901"}), in({"390205", "390101"}), in({"39"}, officers)}) {
        const auto found = find(query, scope, 15);
        std::string line;
        for (const auto& hit : found.hits) line += hit.id + (hit.missing ? "- " : " ");
        out.push_back(line + found.next.value_or("end"));
        for (const auto& each : alike(probe(query), scope))
          out.back() += " " + each.id + "=" + std::to_string(each.likeness);
      }
    return out;
  };
  put(seen);
  const auto alone = answers();
  put(hidden);
  EXPECT_EQ(answers(), alone);
  fill_up();
  EXPECT_EQ(answers(), alone);
  for (const auto& each : hidden) EXPECT_TRUE(remove(each));
  EXPECT_EQ(answers(), alone);
}

TEST_P(SearchTest, Who_may_see_nothing_finds_nothing) {
  put({document("a", "ไฟฟ้าดับ"), document("secret", "ไฟฟ้าดับ", "", "390101", inspectors)});
  auto of_the_country = document("country", "ไฟฟ้าดับ");
  of_the_country.area.reset();
  put(of_the_country);
  EXPECT_TRUE(ids("ไฟฟ้าดับ", {}).empty());
  EXPECT_TRUE(ids("ไฟฟ้าดับ", all(0)).empty());
  EXPECT_TRUE(ids("ไฟฟ้าดับ", in({})).empty());
  EXPECT_TRUE(ids("ไฟฟ้าดับ", in({"40"})).empty());
  EXPECT_EQ(ids("ไฟฟ้าดับ", all()), (Ids{"country", "a"}));
  EXPECT_EQ(ids("ไฟฟ้าดับ", in({"39"})), Ids{"a"});
  EXPECT_EQ(ids("ไฟฟ้าดับ", in({"390101"}, inspectors | everybody)), (Ids{"secret", "a"}));
  EXPECT_EQ(ids("ไฟฟ้าดับ", in({"39010102"})), Ids{});
  EXPECT_TRUE(alike(probe("ไฟฟ้าดับ"), in({"40"})).empty());
  EXPECT_TRUE(alike(probe("ไฟฟ้าดับ"), {}).empty());
}

TEST_P(SearchTest, Changes_and_removals_count_at_once) {
  for (const bool indexed : {false, true}) {
    auto a = document("a", "ไฟฟ้าดับ"), b = document("b", "ถนนชำรุด");
    put({a, b});
    if (indexed) fill_up();
    EXPECT_EQ(ids("ไฟฟ้า"), Ids{"a"});
    a.title = "น้ำท่วม";
    put(a);
    EXPECT_TRUE(ids("ไฟฟ้า").empty());
    EXPECT_EQ(ids("น้ำท่วม"), Ids{"a"});
    EXPECT_EQ(ids("ท่ว"), Ids{"a"});
    put(a);  // once more, as it is
    EXPECT_EQ(ids("น้ำท่วม"), Ids{"a"});
    a.audience = inspectors;
    put(a);
    EXPECT_TRUE(ids("น้ำท่วม").empty());
    EXPECT_EQ(ids("น้ำท่วม", all(inspectors)), Ids{"a"});
    EXPECT_TRUE(remove(a));
    EXPECT_FALSE(remove(a));
    EXPECT_TRUE(ids("น้ำท่วม", all(inspectors)).empty());
    EXPECT_EQ(ids("ชำรุด"), Ids{"b"});
    EXPECT_TRUE(remove(b));
  }
}

TEST_P(SearchTest, What_an_act_undoes_is_not_found) {
  for (const std::size_t before : {std::size_t{0}, store::waiting_max - 2}) {
    fill_up(before);
    database().write([&](db::Connection& db) {
      for (int i = 0; i < 5; ++i)
        index.put_within(db, document("undone" + std::to_string(i), "น้ำท่วม"));
      return false;
    });
    EXPECT_TRUE(ids("น้ำท่วม").empty());
    put(document("kept", "น้ำท่วม"));
    EXPECT_EQ(ids("น้ำท่วม"), Ids{"kept"});
    EXPECT_TRUE(remove(document("kept", "")));
  }
}

TEST_P(SearchTest, Bears_any_bytes) {
  std::mt19937 random(5);
  std::vector<Document> documents;
  for (int i = 0; i < 60; ++i) {
    std::string bytes;
    for (int n = 0; n < 40; ++n)
      bytes += i % 2 ? static_cast<char>(random()) : "\"'&|()*:^=~@ \\\0%_"[random() % 17];
    documents.push_back(document("d" + std::to_string(i), bytes, bytes + "ไฟฟ้า"));
  }
  put(documents);
  fill_up();
  for (const auto& each : documents) {
    const auto found = find(each.title, all());
    if (!query_terms(segmenter_for_tests(), each.title).empty() &&
        normal_text(each.title).size() < 150) {
      EXPECT_FALSE(found.hits.empty()) << each.id;
    }
    (void)alike(probe(each.title));
  }
  EXPECT_EQ(find("ไฟฟ้า", all()).hits.size(), 60u);
  for (const auto& each : documents) EXPECT_TRUE(remove(each));
  EXPECT_TRUE(find("ไฟฟ้า", all()).hits.empty());
}

TEST_P(SearchTest, Reports_of_one_fault_are_alike_however_they_are_written) {
  put({
      document("same", "ท่อประปาแตก", "น้ำไหลนองถนนหน้าวัดโนนสะอาด"),
      document("far", "ท่อประปาแตก", "น้ำไหลนองถนนหน้าวัดโนนสะอาด", "100101"),
      document("dogs", "สุนัขจรจัด", "กัดเด็กหน้าโรงเรียน"),
      document("road", "ถนนเป็นหลุม", "หน้าตลาด"),
      document("secret", "ท่อประปาแตก", "หน้าวัดโนนสะอาด", "390101", inspectors),
  });
  const auto of = [&](const std::vector<Alike>& found) {
    Ids out;
    for (const auto& each : found) out.push_back(each.id);
    return out;
  };
  EXPECT_EQ(of(alike(probe("ท่อประปาแตก"))), Ids{"same"});              // has only begun
  EXPECT_EQ(of(alike(probe("ท่อปะปาแตก หน้าวัดโนนสอาด"))), Ids{"same"});  // misspelt
  EXPECT_EQ(of(alike(probe("ท่อประปาแตก หน้าวัด", "100101"))), Ids{"far"});
  EXPECT_TRUE(of(alike(probe("ขอใบอนุญาต"))).empty());
  EXPECT_TRUE(of(alike(probe(""))).empty());
  auto itself = probe("ท่อประปาแตก");
  itself.id = "same";
  EXPECT_TRUE(alike(itself).empty());
  auto later = probe("ท่อประปาแตก");
  later.at = later.at.plus_ms((index.rules().within_days + 1) * 86'400'000);
  EXPECT_TRUE(alike(later).empty());
  fill_up();
  EXPECT_EQ(of(alike(probe("ท่อประปาแตก"))), Ids{"same"});
}

CHANGWAT_ON_BOTH_ENGINES(SearchTest);

TEST(MatchesIn, Show_where_the_words_stand_in_the_text_as_it_was_written) {
  const auto marked = [](std::string text, std::string_view query) {
    const auto ranges = matches_in(text, query);
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
      text.insert(range->end, "]").insert(range->begin, "[");
    return text;
  };
  EXPECT_EQ(marked("ไฟฟ้าดับที่บ้าน", "ดับ"), "ไฟฟ้า[ดับ]ที่บ้าน");
  EXPECT_EQ(marked("สำนักงาน ก.พ.ร. ๑๒", "กพร 12"), "สำนักงาน [ก.พ.ร]. [๑๒]");
  EXPECT_EQ(marked("น\u0E4D\u0E49\u0E32ท่วม", "น้ำ"), "[น\u0E4D\u0E49\u0E32]ท่วม");
  EXPECT_EQ(marked("Wi-Fi WIFI", "wifi"), "Wi-Fi [WIFI]");
  EXPECT_EQ(marked("กากา", "กา กาก"), "[กากา]");
  EXPECT_EQ(marked("ไฟฟ้า", ""), "ไฟฟ้า");
  EXPECT_EQ(matches_in(std::string(3'000, 'a'), "a", 5).size(), 1u);
}

}  // namespace
}  // namespace changwat::search
