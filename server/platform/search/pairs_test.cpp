// How well `alike` tells reports of one matter from others: on pairs labelled by hand
// (tests/data/duplicate_pairs.csv), whose texts are real and not kept here. Needs the folder of
// those texts in CHANGWAT_COMPLAINTS; without it this is skipped and says so. Rules were tuned on
// the pairs of even number; what counts is the other half.

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/testing.hpp"

#include "platform/db/testing.hpp"
#include "platform/documents/sheet.hpp"
#include "platform/search/search.hpp"
#include "platform/search/testing.hpp"

namespace changwat::search {
namespace {

using Cells = std::map<std::string, std::string>;

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Cells> rows_of(const std::filesystem::path& file) {
  std::vector<Cells> out;
  std::vector<std::string> names;
  const auto read =
      documents::read_sheet(bytes_of(file), file.string(), {}, [&](const documents::Row& row) {
        if (names.empty()) {
          for (const auto& cell : row.cells) names.push_back(cell.text);
          return documents::Reading::carry_on;
        }
        Cells cells;
        for (std::size_t i = 0; i < names.size(); ++i)
          if (i < row.cells.size()) cells[names[i]] = row.cells[i].text;
        out.push_back(std::move(cells));
        return documents::Reading::carry_on;
      });
  EXPECT_TRUE(read.ok()) << file;
  return out;
}

// Codes for names of places, in the order in which they come.
class Codes {
 public:
  AreaCode of(const std::string& district, const std::string& subdistrict) {
    const auto [d, new_district] = districts_.try_emplace(district, districts_.size() + 1);
    const auto [s, fresh] = subdistricts_.try_emplace({district, subdistrict}, 0);
    if (fresh) s->second = ++last_[district];
    char text[16];
    std::snprintf(text, sizeof text, "10%02zu%02zu", d->second % 100, s->second % 100);
    return word<AreaCode>(text);
  }

 private:
  std::map<std::string, std::size_t> districts_, last_;
  std::map<std::pair<std::string, std::string>, std::size_t> subdistricts_;
};

Document document_of(const Cells& cells, Codes& codes) {
  Document out;
  out.collection = "cases";
  out.id = cells.at("ticket_id");
  out.area = codes.of(cells.at("district"), cells.at("subdistrict"));
  out.audience = 1;
  out.category = cells.at("type").substr(0, cells.at("type").find(','));
  const auto& at = cells.at("timestamp");
  out.at = Instant::parse(at.substr(0, 10) + 'T' + at.substr(11, 8) + 'Z').value_or(Instant());
  const auto number = [](const std::string& text) { return std::strtod(text.c_str(), nullptr); };
  if (!cells.at("lat").empty()) out.point = Point{number(cells.at("lat")), number(cells.at("lon"))};
  out.detail = cells.at("comment");
  return out;
}

struct Score {
  int right = 0, wrong = 0, missed = 0;
  double precision() const { return right + wrong ? 1.0 * right / (right + wrong) : 0; }
  double recall() const { return right + missed ? 1.0 * right / (right + missed) : 0; }
  std::string text() const {
    char out[120];
    std::snprintf(out, sizeof out, "precision %.3f, recall %.3f (%d right, %d wrong, %d missed)",
                  precision(), recall(), right, wrong, missed);
    return out;
  }
};

class PairsTest : public db::OnBothEngines {};

TEST_P(PairsTest, Reports_of_one_matter_are_told_from_others) {
  const auto pairs_file =
      std::filesystem::path(CHANGWAT_SOURCE_DIR) / "tests/data/duplicate_pairs.csv";
  const char* folder = std::getenv("CHANGWAT_COMPLAINTS");
  if (!folder || !std::filesystem::exists(pairs_file))
    GTEST_SKIP() << "CHANGWAT_COMPLAINTS names no folder with the texts of the labelled pairs";
  const auto reports = rows_of(std::filesystem::path(folder) / "traffy_bkk_2023_05.csv");
  ASSERT_GT(reports.size(), 3'000u);

  const auto rules = read_json<LikenessRules>(file_text("data/search/alike.json")).value();
  auto all_shown = rules;
  all_shown.threshold = 0;
  const Index index(segmenter_for_tests(), all_shown);
  Codes codes;
  std::map<std::string, Document> by_id;
  for (const auto& cells : reports) {
    auto document = document_of(cells, codes);
    by_id[document.id] = std::move(document);
  }
  std::vector<const Document*> in_time;
  for (const auto& [id, document] : by_id) in_time.push_back(&document);
  std::stable_sort(in_time.begin(), in_time.end(),
                   [](const auto* a, const auto* b) { return a->at < b->at; });
  database().write([&](db::Connection& db) {
    for (const auto* document : in_time) index.put_within(db, *document);
    return true;
  });

  Score halves[2];
  int shown[2] = {0, 0}, same[2] = {0, 0};
  std::size_t number = 0;
  for (const auto& pair : rows_of(pairs_file)) {
    const int half = static_cast<int>(number++ % 2);
    const auto a = by_id.find(pair.at("id_a")), b = by_id.find(pair.at("id_b"));
    if (pair.at("label") == "unsure" || a == by_id.end() || b == by_id.end()) continue;
    const bool a_first = a->second.at <= b->second.at;
    const auto& earlier = a_first ? a->second : b->second;
    const auto& later = a_first ? b->second : a->second;
    const Probe probe{later.area, later.point, later.category, later.detail, later.at, later.id};
    const auto found = database().snapshot([&](db::Connection& db) {
      return index.alike(db, probe, {"cases", {}, true, 1}, 200);
    });
    const auto at = std::find_if(found.begin(), found.end(),
                                 [&](const Alike& each) { return each.id == earlier.id; });
    const bool alike = at != found.end() && at->likeness >= rules.threshold;
    const bool is_same = pair.at("label") == "same";
    if (is_same) {
      ++same[half];
      shown[half] += alike && at - found.begin() < 5;
    }
    auto& score = halves[half];
    (is_same ? alike ? score.right : score.missed : score.wrong) += is_same || alike;
    if (std::getenv("CHANGWAT_PAIRS"))
      std::printf("%d %d %.4f %.4f\n", half, is_same, at == found.end() ? 0 : at->likeness,
                  at == found.end() ? 0 : at->text);
  }
  for (const int half : {0, 1})
    std::printf("%s half: %s; among the first five shown %d of %d\n", half ? "other" : "tuned",
                halves[half].text().c_str(), shown[half], same[half]);
  EXPECT_GT(halves[1].precision(), 0.6);
  EXPECT_GT(halves[1].recall(), 0.75);
}

CHANGWAT_ON_BOTH_ENGINES(PairsTest);

}  // namespace
}  // namespace changwat::search
