// The report that a request for change kept by itself becomes its obligation.

#include "platform/auth/encoding.hpp"
#include "platform/db/migrations.hpp"

#include "modules/obligations/testing.hpp"

namespace changwat::obligations {
namespace {

class ReportsMoved : public testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == db::Engine::postgres && !db::postgres_for_tests())
      GTEST_SKIP() << "CHANGWAT_TEST_POSTGRES is not set";
    record_ = std::make_unique<db::TestRecord>(GetParam(), db::Made::empty);
    connection_ = GetParam() == db::Engine::sqlite ? db::open_sqlite(record_->url(), false)
                                                   : db::open_postgres(record_->url());
    db::migration_state(*connection_);  // makes the table of migrations
    for (const auto& file : db::migration_files()) {
      if (file.name >= "0015") break;
      connection_->script(db::in_dialect(file.sql, GetParam()));
      connection_->exec("INSERT INTO migration (name, digest) VALUES ($1, $2)", file.name,
                        auth::hex_encode(auth::sha256(file.sql)));
    }
  }

  db::Connection& connection() { return *connection_; }

  void request(std::string_view id, std::string_view due, std::string_view reported,
               std::string_view proof) {
    connection().script(
        "INSERT INTO change_request (change_id, province, fiscal_year, kind, project_version, "
        "state,"
        " before, content, settled, decided_on, report_due, reported_on, report_proof,"
        " demonstration, version, created_at, updated_at) VALUES ('" +
        std::string(id) + "', '70', 2027, 'amend', 1, 'decided_here', '{}', '{}', 'null'," +
        " '2027-03-10', " + std::string(due) + ", " + std::string(reported) + ", " +
        std::string(proof) + ", FALSE, 3, '2027-03-01T00:00:00.000Z', '2027-03-10T00:00:00.000Z')");
  }

 private:
  std::unique_ptr<db::TestRecord> record_;
  std::unique_ptr<db::Connection> connection_;
};

TEST_P(ReportsMoved, What_was_owed_is_owed_and_what_was_reported_is_proved) {
  const std::string owed = "01J00000000000000000000001", reported = "01J00000000000000000000002",
                    none = "01J00000000000000000000003";
  request(owed, "'2027-03-25'", "NULL", "NULL");
  request(reported, "'2027-03-25'", "'2027-03-20'", "'ที่ รบ \"0017\"/1'");
  request(none, "NULL", "NULL", "NULL");
  db::migrate(connection());

  const auto rows = connection().query<ObligationRow>("SELECT " + db::columns<ObligationRow>() +
                                                      " FROM obligation ORDER BY obligation_id");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].obligation_id.text(), owed);
  EXPECT_EQ(rows[0].state, ObligationState::owed);
  EXPECT_EQ(rows[0].due, day("2027-03-25"));
  EXPECT_EQ(rows[0].duty.value.addressee_en.text(), "Budget Bureau");
  EXPECT_EQ(rows[1].state, ObligationState::proved);
  EXPECT_EQ(rows[1].sent_on, day("2027-03-20"));
  EXPECT_EQ(rows[1].letter->text(), "ที่ รบ \"0017\"/1");
  EXPECT_EQ(rows[1].reference->text(), "ที่ รบ \"0017\"/1");
  EXPECT_EQ(rows[1].subject_id.text(), reported);
  const auto steps = connection().query<ObligationStep>("SELECT " + db::columns<ObligationStep>() +
                                                        " FROM obligation_step");
  EXPECT_EQ(steps.size(), 2u);
}

}  // namespace

CHANGWAT_ON_BOTH_ENGINES(ReportsMoved);

}  // namespace changwat::obligations
