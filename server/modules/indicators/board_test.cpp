#include "modules/indicators/board.hpp"

#include <array>
#include <cstdio>
#include <filesystem>

#include <stdlib.h>
#include <zlib.h>

#include "modules/indicators/demo.hpp"
#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

std::string inflated(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string out(1 << 22, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

std::string body_of(const http::Response& response) {
  return response.shared_body ? *response.shared_body : response.body;
}

class BoardTest : public IndicatorsOnBothEngines {
 protected:
  // As a reader over HTTP would ask.
  http::Response ask(const std::string& path, const http::Values& query,
                     std::vector<http::Header> headers = {}) {
    RouteTable table;
    indicators().add_routes(table);
    const http::Router router(std::move(table));
    const auto found = router.find(http::Method::get, path);
    EXPECT_NE(found.route, nullptr) << path;
    http::Request request;
    request.head.headers = std::move(headers);
    auto call = nobody("2021-11-01T00:00:00Z");
    return found.route->handle(call, {request, found.path, query});
  }

  // What the boards of memory say must be what SQL says from nothing.
  void expect_equal_to_sql(int year) {
    indicators().boards().settle();
    const auto kept = indicators().boards().of(year_of(year));
    const auto sheets = database().snapshot([](db::Connection& db) { return read_sheets(db); });
    const auto fresh =
        publish(sheets, *register_of_areas().now(), indicators().rules(), year_of(year), Instant());
    ASSERT_EQ(kept != nullptr, fresh.ok()) << year;
    if (!kept) return;
    EXPECT_EQ(kept->board.provinces, fresh->board.provinces) << year;
    EXPECT_EQ(kept->json.tag, fresh->json.tag) << year;
    EXPECT_EQ(*kept->dump_json.plain, *fresh->dump_json.plain) << year;
    EXPECT_EQ(*kept->dump_csv.plain, *fresh->dump_csv.plain) << year;
  }
};

TEST_P(BoardTest, The_board_in_memory_follows_every_act_and_equals_what_SQL_says) {
  EXPECT_EQ(indicators().boards().of(year_of(2021)), nullptr);
  const auto a = defined(rising("70", "k")), b = defined(rising("71", "k")),
             c = defined(rising("40", "other"));
  expect_equal_to_sql(2021);
  report_months(a, {"61", "65", "70"});
  report_months(b, {"64", "72", "79"});
  expect_equal_to_sql(2021);
  expect_equal_to_sql(2022);
  const auto board = indicators().boards().of(year_of(2021));
  ASSERT_EQ(board->answer.provinces.size(), 3u);
  EXPECT_EQ(board->answer.period.text(), "2020-12");
  EXPECT_EQ(board->answer.provinces[2].name_en, "Kanchanaburi");
  EXPECT_EQ(board->answer.provinces[2].level_rank, 1);
  EXPECT_EQ(board->answer.provinces[1].level_rank, 2);
  EXPECT_EQ(board->answer.provinces[1].level->text(), "75") << "70 is worth 75 points";
  EXPECT_EQ(board->answer.provinces[1].improvement->text(), "25") << "60 was worth 50";

  auto correction = value_of("2020-12", "90");
  correction.corrects = values(a.kpi_id).items.back().value_id;
  correction.reason = word<Text<1, 1000>>("นับใหม่");
  ASSERT_TRUE(reported(officer("2021-02-01T00:00:00Z", {"70"}), a.kpi_id, correction).ok());
  expect_equal_to_sql(2021);
  EXPECT_EQ(indicators().boards().of(year_of(2021))->answer.provinces[1].level_rank, 1);

  KpiChange change;
  change.criteria = KpiCriteria{dec("91"), dec("92"), dec("93")};
  auto call = officer("2021-02-01T00:00:00Z", {"70"});
  call.if_match = 1;
  ASSERT_TRUE(indicators().change(call, Path<KpiPath>{{a.kpi_id}}, change).ok());
  report_months(c, {"75"});
  expect_equal_to_sql(2021);
  EXPECT_EQ(indicators().boards().of(year_of(2021))->answer.provinces[1].level->text(), "0");
}

TEST_P(BoardTest, Who_is_not_ranked_is_told_why_in_both_languages) {
  defined(rising("70", "k", "30"));
  auto bare = rising("70", "without", "70");
  bare.name_th = word<Text<1, 300>>("รายได้ต่อหัว");
  bare.name_en = {};
  bare.criteria.reset();
  defined(bare);
  const auto board = indicators().boards().of(year_of(2021));
  const auto& province = board->answer.provinces.at(0);
  EXPECT_FALSE(province.ranked);
  EXPECT_FALSE(province.level_rank);
  ASSERT_EQ(province.reasons.size(), 2u);
  EXPECT_EQ(province.reasons[0].ranking, Ranking::level);
  EXPECT_EQ(province.reasons[0].code, "coverage_too_low");
  EXPECT_EQ(province.reasons[0].th,
            "ตัวชี้วัดที่นับได้มีน้ำหนักร้อยละ 0 ต้องมีอย่างน้อยร้อยละ 70 ไม่มีค่า: "
            "“ร้อยละของเรื่องร้องเรียนที่ยุติภายในกำหนด” ไม่มีเกณฑ์การให้คะแนน: “รายได้ต่อหัว”");
  EXPECT_EQ(province.reasons[0].en,
            "The KPIs that count have 0 % of the weight, at least 70 % is needed; without a value: "
            "“Cases closed in time”; without criteria: “รายได้ต่อหัว”");
  EXPECT_EQ(province.reasons[1].ranking, Ranking::improvement);
  EXPECT_FALSE(province.level_band);
}

TEST_P(BoardTest, The_board_says_by_which_rules_it_ranks_and_what_they_cannot_say) {
  report_months(defined(rising("70", "k")), {"61", "65", "78"});
  const auto& answer = indicators().boards().of(year_of(2021))->answer;
  EXPECT_EQ(answer.rules.size(), enum_names<Rule>().size());
  for (const auto& row : answer.rules) EXPECT_FALSE(row.source_en.empty() || row.verified);
  EXPECT_NE(answer.limits.at(0).th.find("หน่วยงานรายงานเอง ±10%"), std::string::npos);
  EXPECT_NE(answer.limits.at(0).en.find("administrative record ±3%"), std::string::npos);
  EXPECT_EQ(answer.provinces.at(0).level->text(), "95");
  EXPECT_EQ(answer.provinces.at(0).level_band->text(), "quality");
}

TEST_P(BoardTest, A_withdrawn_value_is_on_no_board) {
  const auto kpi = defined(rising("70", "k"));
  report_months(kpi, {"61", "65", "70"});
  expect_equal_to_sql(2021);
  auto call = officer("2021-02-01T00:00:00Z", {"70"});
  const auto last = values(kpi.kpi_id).items.back();
  ASSERT_TRUE(indicators()
                  .withdraw(call, Path<ValuePath>{{kpi.kpi_id, last.value_id}},
                            {word<Text<1, 1000>>("รายงานผิดจังหวัด")})
                  .ok());
  expect_equal_to_sql(2021);
  const auto& answer = indicators().boards().of(year_of(2021))->answer;
  EXPECT_EQ(answer.period.text(), "2020-11");
  EXPECT_EQ(answer.provinces.at(0).level->text(), "62.5") << "65 of the month before";
}

TEST_P(BoardTest, The_answer_comes_plain_or_gzipped_and_not_again_to_who_has_it) {
  report_months(defined(rising("70", "k")), {"61", "65", "70"});
  const http::Values year{{"fiscal_year", "2021"}};
  const auto plain = ask("/api/v1/scoreboard", year);
  EXPECT_EQ(plain.status, 200);
  const auto packed = ask("/api/v1/scoreboard", year, {{"Accept-Encoding", "br, gzip;q=0.5"}});
  EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(inflated(body_of(packed)), body_of(plain));
  EXPECT_NE(header_of(packed, "ETag"), header_of(plain, "ETag"));
  for (const auto* refused : {"gzip;q=0", "identity", "br", "*;q=0"})
    EXPECT_EQ(header_of(ask("/api/v1/scoreboard", year, {{"Accept-Encoding", refused}}),
                        "Content-Encoding"),
              "")
        << refused;
  const auto tag = header_of(plain, "ETag");
  EXPECT_EQ(ask("/api/v1/scoreboard", year, {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(ask("/api/v1/scoreboard", year, {{"If-None-Match", "\"other\", W/" + tag}}).status,
            304);
  EXPECT_EQ(ask("/api/v1/scoreboard", year, {{"If-None-Match", "\"other\""}}).status, 200);
  EXPECT_TRUE(read_json<BoardAnswer>(body_of(plain)).ok());
  EXPECT_EQ(ask("/api/v1/scoreboard", {{"fiscal_year", "2030"}}).status, 404);
  EXPECT_EQ(ask("/api/v1/scoreboard", {}).status, 422);
}

// ---- the demonstration, and what outsiders compute from the open dump

struct Outcome {
  int status = -1;
  std::string output;
};

Outcome recompute(const std::string& arguments) {
  const std::string command =
      "python3 -I '" CHANGWAT_SOURCE_DIR "/tools/recompute-scoreboard' " + arguments + " 2>&1";
  Outcome outcome;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return outcome;
  std::array<char, 512> buffer;
  while (fgets(buffer.data(), buffer.size(), pipe)) outcome.output += buffer.data();
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

class Folder {
 public:
  Folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "changwat-board-XXXXXX").string();
    CHECK(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

class DemoTest : public BoardTest {
 protected:
  void found_provinces() override {
    const auto call = nobody("2020-01-01T00:00:00Z");
    std::vector<areas::Area> provinces;
    for (int code = 10; code <= 97; ++code)
      provinces.push_back(province_area(std::to_string(code).c_str(),
                                        ("จังหวัดที่ " + std::to_string(code)).c_str(),
                                        ("Province " + std::to_string(code)).c_str()));
    const auto changes = register_of_areas().preview(provinces, *Date::of(2020, 1, 1));
    ASSERT_TRUE(changes.ok() && register_of_areas().import(call, *changes, "test register").ok());
  }
};

TEST_P(DemoTest, The_demonstration_loads_once_and_its_three_odd_provinces_are_not_ranked) {
  const auto text = file_text("data/demo/demo.json");
  const auto loaded = load_demo(indicators(), text);
  ASSERT_TRUE(loaded.ok()) << loaded.problem().en
                           << (loaded.problem().fields.empty()
                                   ? ""
                                   : loaded.problem().fields[0].pointer);
  EXPECT_EQ(loaded->kpis, 117);
  EXPECT_EQ(loaded->values, 1980);
  EXPECT_EQ(loaded->corrections, 1);
  EXPECT_EQ(count("kpi_value"), 1980);
  EXPECT_EQ(count("kpi_value WHERE revision = 2"), 1);
  EXPECT_TRUE(load_demo(indicators(), text).problem().is(errors::conflict));
  for (const int year : {2021, 2022}) expect_equal_to_sql(year);

  const auto board = indicators().boards().of(year_of(2022));
  EXPECT_TRUE(board->answer.demonstration);
  EXPECT_EQ(board->answer.period.text(), "2022-09");
  ASSERT_EQ(board->answer.provinces.size(), 32u);
  std::string not_ranked;
  for (const auto& p : board->answer.provinces) {
    EXPECT_TRUE(p.demonstration);
    for (const auto& reason : p.reasons)
      not_ranked += p.province.text() + " " + std::string(enum_name(reason.ranking)) + "; ";
  }
  EXPECT_EQ(not_ranked, "17 level; 17 improvement; 23 improvement; 85 level; 85 improvement; ");
}

TEST_P(DemoTest, The_script_computes_every_number_of_the_published_dump_again) {
  ASSERT_TRUE(load_demo(indicators(), file_text("data/demo/demo.json")).ok());
  indicators().boards().settle();
  const Folder folder;
  const auto json =
      folder.file("dump.json", body_of(ask("/api/v1/scoreboard/dump", {{"fiscal_year", "2021"}})));
  const auto rows = ask("/api/v1/scoreboard/dump", {{"fiscal_year", "2021"}, {"format", "csv"}});
  EXPECT_EQ(rows.content_type, "text/csv; charset=utf-8");
  const auto csv = folder.file("rows.csv", body_of(rows));
  const auto from_json = recompute(json), from_csv = recompute(csv + " " + json);
  EXPECT_EQ(from_json.status, 0) << from_json.output;
  EXPECT_EQ(from_csv.status, 0) << from_csv.output;
  EXPECT_NE(from_json.output.find("32 provinces"), std::string::npos) << from_json.output;
}

TEST_P(DemoTest, Every_demonstration_KPI_has_a_judgement_that_gives_its_reason) {
  ASSERT_TRUE(load_demo(indicators(), file_text("data/demo/demo.json")).ok());
  const auto kpis = indicators().of_province(area_code("70"), year_of(2021),
                                             *Instant::parse("2022-10-15T00:00:00Z"));
  ASSERT_EQ(kpis.size(), 6u);
  for (const auto& kpi : kpis) {
    EXPECT_NE(kpi.judgement.colour, Colour::grey)
        << kpi.code.text() << ": " << kpi.judgement.rule_en;
    EXPECT_TRUE(kpi.judgement.score.has_value()) << kpi.code.text();
    EXPECT_FALSE(kpi.judgement.rule_th.empty());
    EXPECT_TRUE(kpi.agenda.has_value());
  }
}

CHANGWAT_ON_BOTH_ENGINES(BoardTest);
CHANGWAT_ON_BOTH_ENGINES(DemoTest);

}  // namespace
}  // namespace changwat::indicators
