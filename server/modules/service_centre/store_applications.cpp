#include "modules/service_centre/store_applications.hpp"

namespace changwat::service_centre::store {

std::vector<CaseServiceRow> services(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<CaseServiceRow>() +
                          " FROM case_service WHERE case_id = $1 ORDER BY position LIMIT 200";
  return db.query<CaseServiceRow>(sql, id);
}
void add(db::Connection& db, const CaseServiceRow& row) {
  db.insert("case_service", row);
}
void change(db::Connection& db, const CaseServiceRow& row) {
  CHECK(db.update("case_service", row));
}

std::vector<CasePaperRow> papers(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<CasePaperRow>() +
                          " FROM case_paper WHERE case_id = $1 ORDER BY position LIMIT 1000";
  return db.query<CasePaperRow>(sql, id);
}
void put(db::Connection& db, const CasePaperRow& row) {
  if (!db.update("case_paper", row)) db.insert("case_paper", row);
}

std::vector<PaperCheckRow> checks(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<PaperCheckRow>() +
                          " FROM case_check WHERE case_id = $1 ORDER BY check_id LIMIT 200";
  return db.query<PaperCheckRow>(sql, id);
}
void add(db::Connection& db, const PaperCheckRow& row) {
  db.insert("case_check", row);
}

std::vector<PaymentRow> payments(db::Connection& db, const CaseId& id) {
  static const auto sql = "SELECT " + db::columns<PaymentRow>() +
                          " FROM case_payment WHERE case_id = $1 ORDER BY payment_id LIMIT 1000";
  return db.query<PaymentRow>(sql, id);
}
void add(db::Connection& db, const PaymentRow& row) {
  db.insert("case_payment", row);
}

std::optional<CaseNumber> case_of_receipt(db::Connection& db, const PaymentRow& row) {
  const auto year = FiscalYear::of(row.on_date);
  return db.one<CaseNumber>(
      "SELECT c.number FROM case_payment p JOIN service_case c ON c.case_id = p.case_id WHERE "
      "p.province = $1 AND p.district = $2 AND p.receipt = $3 AND p.on_date >= $4 AND p.on_date <= "
      "$5 AND (p.case_id <> $6 OR p.service = $7) ORDER BY p.payment_id LIMIT 1",
      row.province, row.district, row.receipt, year.first_day(), year.last_day(), row.case_id,
      row.service);
}

std::vector<FeeTaken> fees(db::Connection& db, const AreaCode& district, Date on) {
  return db.query<FeeTaken>(
      "SELECT p.payment_id, p.case_id, c.number, p.service, p.receipt, p.satang, o.receipt, "
      "o.satang, p.at, p.office_th, p.office_en, p.reason FROM case_payment p JOIN service_case c "
      "ON c.case_id = p.case_id LEFT JOIN case_payment o ON o.payment_id = p.corrects WHERE "
      "p.province = $1 AND p.district = $2 AND p.on_date = $3 ORDER BY p.payment_id LIMIT 10000",
      district.province(), district, on);
}

}  // namespace changwat::service_centre::store
