// Channels: pure readers, and that what comes in twice is one case on both engines.

#include <fstream>

#include <gtest/gtest.h>

#include "platform/documents/xml_writer.hpp"

#include "modules/service_centre/channels/import_cases.hpp"
#include "modules/service_centre/channels/line.hpp"
#include "modules/service_centre/channels/mail.hpp"
#include "modules/service_centre/channels/open311.hpp"
#include "modules/service_centre/channels/store_channels.hpp"
#include "modules/service_centre/testing.hpp"

namespace changwat::service_centre {
namespace {

const ImportWords& words() {
  static const ImportWords read = [] {
    std::ifstream in(CHANGWAT_SOURCE_DIR "/data/service_centre/import_words.json");
    return ImportWords::read(std::string(std::istreambuf_iterator<char>(in), {})).value();
  }();
  return read;
}

std::string text_of(const std::optional<Instant>& moment) {
  return moment ? moment->text() : "-";
}
std::string text_of(const std::optional<Date>& date) {
  return date ? date->text() : "-";
}

TEST(ImportDates, Are_read_as_registers_write_them) {
  EXPECT_EQ(text_of(buddhist_date("1/10/2568")), "2025-10-01");
  EXPECT_EQ(text_of(buddhist_date("31/2/2568")), "-");
  EXPECT_EQ(text_of(buddhist_date("1/10/2025")), "-") << "no year of the Buddhist era";
  EXPECT_EQ(text_of(buddhist_date("-")), "-");
  EXPECT_EQ(text_of(thai_date_in("ยุติเรื่อง 19 มิ.ย. 69")), "2026-06-19");
  EXPECT_EQ(text_of(thai_date_in("รับ 1 ม.ค. 2568 ยุติ 14 พ.ค. 2569")), "2026-05-14");
  EXPECT_EQ(text_of(thai_date_in("ยุติแล้ว")), "-");
  EXPECT_EQ(text_of(report_moment("2023-05-12 13:27:54.482138+00")), "2023-05-12T13:27:54.482Z");
  EXPECT_EQ(text_of(report_moment("2023-05-12 13:27:54+07")), "2023-05-12T06:27:54.000Z");
  EXPECT_EQ(text_of(report_moment("28/11/2023 21:01")), "2023-11-28T14:01:00.000Z");
  EXPECT_EQ(text_of(report_moment("28/11/2023")), "-");
}

TEST(ChannelTexts, Are_cut_between_characters) {
  EXPECT_EQ(cut("กขค", 2), "กข");
  EXPECT_EQ(title_of("\n  บรรทัดแรก\nบรรทัดสอง", "-").text(), "บรรทัดแรก");
  EXPECT_EQ(title_of(" \n ", "ประเภท").text(), "ประเภท");
  EXPECT_EQ(degrees("13.53671234")->text(), "13.536712");
  EXPECT_EQ(degrees("100")->text(), "100");
  EXPECT_FALSE(degrees("13.5x"));
  EXPECT_FALSE(degrees("north"));
}

TEST(XmlWriter, Escapes_and_leaves_out_what_xml_cannot_hold) {
  documents::XmlWriter xml;
  xml.open("a");
  xml.element("b", "<&>\x01\xEF\xBF\xBFก");
  xml.element("c", "");
  xml.close();
  EXPECT_EQ(xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a><b>&lt;&amp;&gt;ก</b><c/></a>\n");
}

TEST(LineEvents, Without_sender_or_id_are_passed_over) {
  const auto events = read_line_events(
      R"({"events":[{},{"webhookEventId":"1"},{"webhookEventId":"2","type":"message",
      "source":{"userId":"U"},"message":{"type":"text","text":"ก"}},{"webhookEventId":"3",
      "mode":"standby","source":{"userId":"U"}}]})");
  ASSERT_TRUE(events.ok());
  ASSERT_EQ(events->size(), 1u);
  EXPECT_EQ(events->front().text, "ก");
  EXPECT_FALSE(read_line_events("[]").ok());
}

class ChannelTest : public CentreOnBothEngines {
 protected:
  ChannelMessage message(std::string_view key) {
    ChannelMessage out{
        .source = word<Key>("mail"), .source_key = word<SourceKey>(key), .in = new_case()};
    out.in.channel = word<Key>("email");
    out.sender = word<Recipient>("a@example.org");
    out.files.push_back({"ภาพ.jpg", std::string(jpeg_bytes)});
    return out;
  }
  std::int64_t count(const char* sql) {
    return database().read([&](db::Connection& db) { return db.one<std::int64_t>(sql).value(); });
  }
  static std::string sheet(std::initializer_list<const char*> rows) {
    std::string out =
        "number,received_at,area,kind,category,channel,importance,state,title,detail,settled_at\n";
    for (const auto* row : rows) out.append(row) += "\n";
    return out;
  }
  Result<ImportSummary> read(const std::string& csv, std::vector<ImportedCase>& out,
                             std::string_view within = "7001") {
    return read_cases(csv, "t.csv", *places().now(), *AreaCode::parse(within), reviewed_book(),
                      words(), moment("2027-03-10T03:00:00.000Z"),
                      [&](ImportedCase&& one) { out.push_back(std::move(one)); });
  }
};

TEST_P(ChannelTest, The_same_message_is_one_case_with_its_file_and_one_answer) {
  const auto first = good(centre().receive(nobody(), message("<1@x>")));
  const auto again = good(centre().receive(nobody(), message("<1@x>")));
  const auto other = good(centre().receive(nobody(), message("<2@x>")));
  EXPECT_EQ(first.case_id, again.case_id);
  EXPECT_NE(first.case_id, other.case_id);
  EXPECT_EQ(count("SELECT COUNT(*) FROM service_case"), 2);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_file"), 2);
  const auto told = centre().to_be_sent(word<Key>("mail"), 10);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NE(told[0].text_th.find(first.tracking_code.text()), std::string::npos);
  EXPECT_TRUE(centre().settle(told[0].message_id, OutboxState::sent, nobody().now));
  EXPECT_FALSE(centre().settle(told[0].message_id, OutboxState::sent, nobody().now));
  EXPECT_EQ(count("SELECT COUNT(*) FROM channel_outbox WHERE state = 'waiting'"), 1);
}

TEST_P(ChannelTest, A_file_that_is_none_of_ours_undoes_the_whole_message) {
  auto wrong = message("<3@x>");
  wrong.files.push_back({"a.exe", "MZ"});
  EXPECT_FALSE(centre().receive(nobody(), wrong).ok());
  EXPECT_EQ(count("SELECT COUNT(*) FROM service_case"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_source"), 0);
}

TEST_P(ChannelTest, An_import_is_one_entry_and_comes_in_once) {
  std::vector<ImportedCase> cases;
  const auto summary =
      good(read(sheet({"1,2026-11-01T02:00:00Z,700101,complaint,utilities,walk_in,ordinary,closed,"
                       "หนึ่ง,,2026-11-05T02:00:00Z",
                       "2,2027-03-01T02:00:00Z,7001,complaint,utilities,walk_in,ordinary,assigned,"
                       "สอง,รายละเอียด,",
                       "3,2027-03-01T02:00:00Z,7002,complaint,utilities,walk_in,ordinary,received,"
                       "อำเภออื่น,,",
                       "4,ไม่ใช่เวลา,7001,complaint,utilities,walk_in,ordinary,received,สี่,,"}),
                cases));
  EXPECT_EQ(summary.rows, 4);
  EXPECT_EQ(summary.wrong_rows, 2);
  ASSERT_EQ(summary.faults.size(), 2u);
  EXPECT_EQ(summary.faults[0].pointer.substr(summary.faults[0].pointer.size() - 2), "C4");
  ASSERT_EQ(cases.size(), 2u);
  const ImportedFile file{summary.source, *AreaCode::parse("7001"), "t.csv", "digest"};
  const auto before = entries().size();
  EXPECT_EQ(good(centre().import_cases(nobody(), file, cases)), 2);
  EXPECT_EQ(good(centre().import_cases(nobody(), file, cases)), 0);
  EXPECT_EQ(entries().size(), before + 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM service_case WHERE state = 'closed' AND NOT open"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM service_case WHERE state = 'in_progress' AND due_at < "
                  "'2299'"),
            1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_flow"), 3);
  EXPECT_EQ(count("SELECT CAST(SUM(cases) AS BIGINT) FROM case_flow_month"), 3);
  EXPECT_EQ(count("SELECT COUNT(*) FROM case_reporter"), 0);
  auto call = nobody();
  const auto figures = good(centre().get_public_figures(call, {{*AreaCode::parse("7001")}}));
  EXPECT_EQ(figures.closed_elsewhere, 1);
  EXPECT_EQ(figures.closed_without_evidence, 0);
}

TEST_P(ChannelTest, Columns_of_coordinates_that_changed_places_are_put_right) {
  std::vector<ImportedCase> cases;
  const std::string csv =
      "ticket_id,type,organization,comment,lat,lon,address,subdistrict,district,timestamp,state\n"
      "A,\"ถนน,ทางเท้า\",,ข้อความ,99.8,13.5,,,,28/11/2023 21:01,finish\n"
      "B,คำที่ไม่รู้จัก,,ข้อความ,13.5,99.8,,,,2023-05-12 13:27:54.482138+00,รอรับเรื่อง\n"
      "C,ถนน,,ข้อความ,13.5,199,,,,2023-05-12 13:27:54.482138+00,รอรับเรื่อง\n";
  const auto summary = good(read(csv, cases));
  ASSERT_EQ(cases.size(), 2u);
  EXPECT_EQ(summary.wrong_rows, 1);
  for (const auto& one : cases) EXPECT_EQ(one.place.position->latitude.text(), "13.5");
  EXPECT_EQ(cases[0].category.text(), "utilities");
  EXPECT_EQ(cases[1].category.text(), "general");
  EXPECT_EQ(cases[0].state, CaseState::closed);
}

CHANGWAT_ON_BOTH_ENGINES(ChannelTest);

}  // namespace
}  // namespace changwat::service_centre
