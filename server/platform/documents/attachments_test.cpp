#include "platform/documents/attachments.hpp"

#include <gtest/gtest.h>

namespace changwat::documents {
namespace {

const std::string pdf_bytes = "%PDF-1.4\n%%EOF\n";

TEST(Attachments, The_content_decides_the_type) {
  using namespace std::string_literals;
  const std::string word_type =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const std::string sheet_type =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const std::pair<std::string, std::string> cases[] = {
      {"%PDF-1.7\n", "application/pdf"},
      {"PK\x03\x04 [Content_Types].xml word/document.xml"s, word_type},
      {"PK\x03\x04 [Content_Types].xml xl/workbook.xml"s, sheet_type},
      {"PK\x03\x04 evil.exe"s, ""},
      {"\xFF\xD8\xFF\xE0", "image/jpeg"},
      {"\x89PNG\r\n\x1A\n", "image/png"},
      {"<html>", ""},
      {"MZ", ""},
  };
  for (const auto& [bytes, type] : cases) EXPECT_EQ(media_type_of(bytes).value_or(""), type);
}

TEST(Attachments, Files_beyond_the_limits_or_of_another_type_are_refused) {
  const auto key = *Key::parse("form");
  EXPECT_TRUE(acceptable(pdf_bytes, "application/pdf", key, {}).ok());
  EXPECT_TRUE(
      acceptable(pdf_bytes, "image/png", key, {}).problem().is(errors::unsupported_media_type));
  EXPECT_TRUE(acceptable("", "application/pdf", key, {}).problem().is(errors::invalid_input));
  std::vector<Attached> present;
  for (int i = 0; i < 20; ++i)
    present.push_back({*Key::parse("f" + std::to_string(i)), 5 * 1024 * 1024 - 1});
  EXPECT_TRUE(
      acceptable(pdf_bytes, "application/pdf", key, present).problem().is(errors::too_large));
  EXPECT_TRUE(
      acceptable(pdf_bytes, "application/pdf", *Key::parse("f3"), present).ok());  // replaced
  present.pop_back();
  present[0].bytes = files_bytes_max;
  EXPECT_TRUE(
      acceptable(pdf_bytes, "application/pdf", key, present).problem().is(errors::too_large));
}

TEST(Attachments, A_name_in_Thai_travels_safely) {
  EXPECT_EQ(content_disposition(*Key::parse("form"), "ใบ 1.pdf", "application/pdf"),
            "attachment; filename=\"form.pdf\"; filename*=UTF-8''%E0%B9%83%E0%B8%9A%201.pdf");
  EXPECT_FALSE(plain_name("../x"));
  EXPECT_FALSE(plain_name("a\"b"));
}

TEST(Attachments, A_page_of_one_line_is_a_PDF_whose_table_stands_where_it_says) {
  const auto pdf = one_line_pdf("Demonstration");
  EXPECT_EQ(media_type_of(pdf), "application/pdf");
  EXPECT_NE(pdf.find("(Demonstration)"), pdf.npos);
  const auto at = pdf.find("startxref\n") + std::string_view("startxref\n").size();
  EXPECT_EQ(pdf.substr(static_cast<std::size_t>(std::stol(pdf.substr(at))), 4), "xref");
}

}  // namespace
}  // namespace changwat::documents
