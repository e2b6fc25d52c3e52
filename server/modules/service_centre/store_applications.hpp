#pragma once
// The SQL of applications: tables case_service, case_paper, case_check, case_payment.

#include <vector>

#include "platform/db/connection.hpp"

#include "modules/service_centre/applications_model.hpp"

namespace changwat::service_centre::store {

std::vector<CaseServiceRow> services(db::Connection& db, const CaseId& id);  // by position
void add(db::Connection& db, const CaseServiceRow& row);
void change(db::Connection& db, const CaseServiceRow& row);

std::vector<CasePaperRow> papers(db::Connection& db, const CaseId& id);  // by position
void put(db::Connection& db, const CasePaperRow& row);                   // new or changed

std::vector<PaperCheckRow> checks(db::Connection& db, const CaseId& id);  // the oldest first
void add(db::Connection& db, const PaperCheckRow& row);

// The case for which the same receipt was entered in the district and fiscal year. One receipt may
// be for several services of one case.
std::optional<CaseNumber> case_of_receipt(db::Connection& db, const PaymentRow& row);
std::vector<PaymentRow> payments(db::Connection& db, const CaseId& id);  // the oldest first
void add(db::Connection& db, const PaymentRow& row);
// Of a district and day, the oldest first, with the number of their case and what they replace.
struct FeeTaken {
  PaymentId payment_id;
  CaseId case_id;
  CaseNumber number;
  Key service;
  ReceiptNumber receipt;
  Satang satang;
  std::optional<ReceiptNumber> corrects;
  std::optional<Satang> corrects_satang;
  Instant at;
  std::string office_th;
  std::string office_en;
  Note reason;
};
BOOST_DESCRIBE_STRUCT(FeeTaken, (),
                      (payment_id, case_id, number, service, receipt, satang, corrects,
                       corrects_satang, at, office_th, office_en, reason))
std::vector<FeeTaken> fees(db::Connection& db, const AreaCode& district, Date on);

}  // namespace changwat::service_centre::store
