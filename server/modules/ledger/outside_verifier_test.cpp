// The independent verifier in Python agrees with ours: exports of this program verify there, and
// damaged ones do not. And docs/ledger-format.md, from which it was written, shows real bytes.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "modules/ledger/sample_ledger.hpp"
#include "modules/ledger/verify.hpp"

namespace changwat::ledger {
namespace {

// The build names the project's root; without it the root is looked for upwards from here.
std::filesystem::path project_root() {
#ifdef CHANGWAT_SOURCE_DIR
  return CHANGWAT_SOURCE_DIR;
#else
  std::filesystem::path at = std::filesystem::current_path();
  while (at != at.root_path() && !std::filesystem::exists(at / "tools/verify-ledger")) {
    at = at.parent_path();
  }
  return at;
#endif
}

class LedgerOutsideVerifier : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "ledger-outside-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // The exit status of tools/verify-ledger.
  int run(const std::string& text, const std::string& more = {}, std::uint8_t key = 1) {
    std::ofstream(folder_ / "export", std::ios::binary | std::ios::trunc) << text;
    const std::string command = "python3 '" + (project_root() / "tools/verify-ledger").string() +
                                "' '" + (folder_ / "export").string() + "' --key " +
                                to_base64(sample::key(key).public_key()) + more + " >'" +
                                (folder_ / "out").string() + "' 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  int run_knowing(const std::string& text, const SignedHead& known) {
    std::string json;
    append_json(json, known);
    std::ofstream(folder_ / "known", std::ios::trunc) << json;
    return run(text, " --known-head '" + (folder_ / "known").string() + "'");
  }
  std::string output() const {
    std::ostringstream text;
    text << std::ifstream(folder_ / "out").rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
};

constexpr int good = 0, wrong = 1;

TEST_F(LedgerOutsideVerifier, FindsOurExportsGood) {
  const sample::Ledger ledger(45, 10, {10, 30});
  EXPECT_EQ(run(ledger.whole()), good) << output();
  EXPECT_NE(output().find("45 entries, 5 heads"), std::string::npos) << output();
  EXPECT_EQ(run(ledger.range(1)), good) << output();
  EXPECT_EQ(run(ledger.range(3), {}, 3), good) << output();
  EXPECT_EQ(run_knowing(ledger.whole(), ledger.heads()[2]), good) << output();
}

TEST_F(LedgerOutsideVerifier, FindsDamagedExportsWrongAndNamesTheLine) {
  const sample::Ledger ledger(25, 10, {10});
  const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::string text = ledger.whole();
  const auto cut_line = [&](const std::string& start) {
    const std::size_t at = text.find(start), end = text.find('\n', at);
    return text.substr(0, at) + text.substr(end + 1);
  };
  std::string signature = ledger.heads()[1].signature;
  signature[5] = signature[5] == 'A' ? 'B' : 'A';
  const std::vector<std::pair<std::string, std::string>> cases = {
      {replaced(text, "person-4", "person-5"), "line 6: the entry was edited"},
      {replaced(text, "subject-13", "subject 13"), "line 16: the entry was edited"},
      {cut_line(R"({"entry":{"sequence":7,)"), "line 9: the next sequence should be 7"},
      {cut_line(R"({"head":{"tree_size":20)"), "signed heads are missing"},
      {replaced(text, ledger.heads()[1].signature, signature), "line 23: "},
      {text.substr(0, text.size() - 1), "cut short"},
      {text.substr(0, text.find(R"({"head":{"tree_size":25)")), "signed heads are missing"},
      {text.substr(0, text.find(R"({"entry":{"sequence":21)")), "entries are missing"},
      {replaced(text, R"(,"act")", R"(, "act")"), "not spelled"},
      {replaced(text, "changwat.example", "changwat.exampel"), "line 1: wrong signature"},
      {replaced(text, R"("sequence":3,)", R"("sequence":3.0,)"), "line 5: "},
      {replaced(text, R"("sequence":3,)", R"("sequence":true,)"), "line 5: "},
      {"", "empty file"}};
  for (const auto& [damaged, expected] : cases) {
    EXPECT_EQ(run(damaged), wrong) << expected;
    EXPECT_NE(output().find(expected), std::string::npos) << expected << ": " << output();
    std::istringstream in(damaged);
    EXPECT_FALSE(verify_export(in, TrustedKeys({sample::key(1).public_key()})).ok) << expected;
  }
  EXPECT_EQ(run(text, {}, 9), wrong) << "an unknown key";
  EXPECT_EQ(run_knowing(ledger.whole(2), ledger.heads()[2]), wrong) << "shorter than was known";
}

// Prefer a document that cannot grow old: its example is made again here, byte by byte.
TEST(LedgerFormat, TheWorkedExampleOfTheDocumentIsTrue) {
  std::ostringstream document;
  document << std::ifstream(project_root() / "docs/ledger-format.md").rdbuf();
  const std::string text = document.str();
  const auto expect_shown = [&](const std::string& what, const std::string& value) {
    EXPECT_NE(text.find(value), std::string::npos) << what << ": " << value;
  };

  std::array<std::uint8_t, 32> seed{};
  for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i);
  const SigningKey key = SigningKey::from_seed(seed);
  const std::string name = "example.org/ledger", at = "2021-03-12T05:00:00.000Z";
  const Entry first{0,
                    "e0",
                    at,
                    "application.submit",
                    "application",
                    "a1",
                    "TH-50",
                    "p1",
                    "o1",
                    R"({"law":"ข้อ 5"})",
                    R"({"state":["draft","submitted"]})"};
  const Entry second{1,  "e1", at,  "application.accept", "application", "a1", std::nullopt, "p2",
                     "", "{}", "{}"};
  CompactRange tree;
  tree.append(leaf_hash(first));
  tree.append(leaf_hash(second));
  const SignedHead head = sign_head(key, name, 2, tree.root(), at);
  const KeyStatement statement = state_first_key(key, name, at);

  expect_shown("entry", to_hex(as_bytes(canonical_bytes(second))));
  expect_shown("leaf", to_hex(leaf_hash(first)));
  expect_shown("leaf", to_hex(leaf_hash(second)));
  expect_shown("root", head.root);
  expect_shown("public key", to_base64(key.public_key()));
  expect_shown("key_id", key.key_id());
  expect_shown("head bytes", to_hex(as_bytes(head_signing_bytes(name, head).value())));
  expect_shown("head signature", head.signature);
  expect_shown("key bytes", to_hex(as_bytes(key_signing_bytes(name, statement).value())));
  expect_shown("commitment", commit_personal("0123456789abcdef", "1101700230708"));

  std::ostringstream out;
  ExportWriter writer(out);
  ASSERT_TRUE(writer.begin(whole_ledger_header(name, 2, 1, {statement})).ok());
  ASSERT_TRUE(writer.write(first, leaf_hash(first)).ok());
  ASSERT_TRUE(writer.write(second, leaf_hash(second)).ok());
  ASSERT_TRUE(writer.write(head).ok());
  ASSERT_TRUE(writer.end().ok());
  expect_shown("export", out.str());
}

}  // namespace
}  // namespace changwat::ledger
