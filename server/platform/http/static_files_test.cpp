#include "platform/http/static_files.hpp"

#include <fstream>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace changwat::http {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    std::string name = (fs::temp_directory_path() / "static_files_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~StaticFilesTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& body) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << body;
  }

  fs::path folder_;
};

Head get(std::string_view path, std::vector<Header> headers = {}) {
  Head head;
  head.method = Method::get;
  head.target = head.path = path;
  head.headers = std::move(headers);
  return head;
}

std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST_F(StaticFilesTest, FindsAPageByItsShortPath) {
  write("index.html", "home");
  write("about.html", "about");
  write("app/index.html", "app");
  write("both", "file");
  write("both.html", "page");
  write("ก ข.txt", "thai");
  write(".env", "secret");
  write(".git/config", "secret");
  write(".well-known/security.txt", "contact");
  write("notes.gz", "an archive of its own");
  fs::create_symlink("/etc/passwd", folder_ / "link.txt");
  const StaticFiles files = StaticFiles::load(folder_);
  struct Case {
    std::string path;
    std::optional<std::string> body;
  };
  const std::vector<Case> cases{
      {"/", "home"},
      {"/index.html", "home"},
      {"/about", "about"},
      {"/about.html", "about"},
      {"/app", "app"},
      {"/app/", "app"},
      {"/both", "file"},
      {"/%E0%B8%81%20%E0%B8%82.txt", "thai"},
      {"/.well-known/security.txt", "contact"},
      {"/notes.gz", "an archive of its own"},
      {"/about/", std::nullopt},
      {"/nothing", std::nullopt},
      {"//index.html", std::nullopt},
      {"/.env", std::nullopt},
      {"/.git/config", std::nullopt},
      {"/link.txt", std::nullopt},
      {"/../etc/passwd", std::nullopt},
      {"/app/../about", std::nullopt},
      {"/%2e%2e/about", std::nullopt},
      {"/app%2Findex.html", "app"},
      {"/about%00", std::nullopt},
      {"/%C0%AE", std::nullopt},
      {"about", std::nullopt},
  };
  for (const Case& c : cases) {
    const auto response = files.serve(get(c.path));
    ASSERT_EQ(response.has_value(), c.body.has_value()) << c.path;
    if (response) {
      EXPECT_EQ(*response->shared_body, *c.body) << c.path;
    }
  }
}

TEST_F(StaticFilesTest, ChoosesTheRepresentationThatTheClientAccepts) {
  write("app.js", "a plain file, longest of all");
  write("app.js.br", "brotli");
  write("app.js.gz", "gzipped");
  write("only.css", "plain, with gzip beside it");
  write("only.css.gz", "gz");
  write("tiny.txt", "x");
  write("tiny.txt.br", "longer than the original");
  const StaticFiles files = StaticFiles::load(folder_);
  EXPECT_EQ(files.size(), 3u);
  struct Case {
    std::string path, accept, coding;
  };
  const std::vector<Case> cases{
      {"/app.js", "", ""},
      {"/app.js", "gzip, deflate, br", "br"},
      {"/app.js", "GZIP", "gzip"},
      {"/app.js", "br;q=0.5, gzip;q=0.8", "gzip"},
      {"/app.js", "br;q=0, gzip", "gzip"},
      {"/app.js", "br;q=0.000", ""},
      {"/app.js", "*", "br"},
      {"/app.js", "*;q=0.1, br;q=0", "gzip"},
      {"/app.js", "identity", ""},
      {"/app.js", "identity;q=1, gzip;q=0.5", ""},
      {"/app.js", "identity;q=0, gzip;q=0.5", "gzip"},
      {"/app.js", "zstd", ""},
      {"/app.js", "br;q=nonsense, gzip", "gzip"},
      {"/only.css", "br, gzip", "gzip"},
      {"/only.css", "br", ""},
      {"/tiny.txt", "br", ""},
  };
  for (const Case& c : cases) {
    const auto response = files.serve(get(c.path, {{"Accept-Encoding", c.accept}}));
    ASSERT_TRUE(response) << c.path;
    EXPECT_EQ(header_of(*response, "Content-Encoding"), c.coding) << c.path << " " << c.accept;
    EXPECT_EQ(header_of(*response, "Vary"), "Accept-Encoding");
  }
}

TEST_F(StaticFilesTest, AnswersNotModifiedOnlyForTheTagOfTheChosenRepresentation) {
  write("app.js", "a plain file, longest of all");
  write("app.js.br", "brotli");
  const StaticFiles files = StaticFiles::load(folder_);
  const std::string plain = header_of(*files.serve(get("/app.js")), "ETag");
  const std::string brotli =
      header_of(*files.serve(get("/app.js", {{"Accept-Encoding", "br"}})), "ETag");
  EXPECT_NE(plain, brotli);
  EXPECT_EQ(plain.size(), 34u);
  struct Case {
    std::string tags;
    int status;
  };
  const std::vector<Case> cases{
      {plain, 304},   {"W/" + plain, 304}, {"\"x\", " + plain, 304},   {"*", 304}, {brotli, 200},
      {"\"x\"", 200}, {"", 200},           {plain.substr(1, 32), 200},
  };
  for (const Case& c : cases) {
    const auto response = files.serve(get("/app.js", {{"If-None-Match", c.tags}}));
    EXPECT_EQ(response->status, c.status) << c.tags;
    EXPECT_EQ(response->shared_body == nullptr, c.status == 304);
    EXPECT_EQ(header_of(*response, "ETag"), plain);
  }
}

TEST_F(StaticFilesTest, LetsOnlyAssetsBeKeptWithoutAsking) {
  write("assets/app-1a2b.js", "x");
  write("index.html", "x");
  const StaticFiles files = StaticFiles::load(folder_);
  const auto asset = files.serve(get("/assets/app-1a2b.js"));
  EXPECT_EQ(header_of(*asset, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(asset->content_type, "text/javascript; charset=utf-8");
  const auto page = files.serve(get("/"));
  EXPECT_EQ(header_of(*page, "Cache-Control"), "no-cache");
  EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
}

TEST_F(StaticFilesTest, LeavesOtherMethodsToOthers) {
  write("index.html", "x");
  const StaticFiles files = StaticFiles::load(folder_);
  for (const Method method :
       {Method::post, Method::put, Method::delete_, Method::options, Method::other}) {
    Head head = get("/");
    head.method = method;
    EXPECT_FALSE(files.serve(head)) << to_string(method);
  }
  Head head = get("/");
  head.method = Method::head;
  EXPECT_TRUE(files.serve(head));
}

TEST_F(StaticFilesTest, SaysThatAFolderIsMissing) {
  EXPECT_THROW(StaticFiles::load(folder_ / "missing"), std::runtime_error);
}

}  // namespace
}  // namespace changwat::http
