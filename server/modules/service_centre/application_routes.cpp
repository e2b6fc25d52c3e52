// The addresses of the catalogue, of applications and of fees.

#include "modules/service_centre/service_centre.hpp"

namespace changwat::service_centre {

void ServiceCentre::add_application_routes(RouteTable& table) {
  Routes routes(table, *this);
  using S = ServiceCentre;
  const std::string centre = "/api/v1/service_centre";
  const std::string one = "/api/v1/cases/{case_id}";
  const auto service = one + "/services/{service}";

  routes.get(
      centre + "/services", "list_services", Needs::nothing, &S::list_services,
      {.summary = "Services of a district, by group and by words of their name", .quick = true});
  routes.get(
      centre + "/services/{service}", "get_service", Needs::nothing, &S::get_service,
      {.summary = "One service: law, papers, steps, time, fee, with sources", .quick = true});
  routes.get(centre + "/fees", "list_fees", Needs::sign_in, &S::list_fees,
             {.summary = "Fees that a district took on a day, and their sum"});
  routes.get(centre + "/fees/file", "get_fees_file", Needs::sign_in, &S::get_fees_file,
             {.summary = "The same as CSV"});

  routes.get(one + "/services", "get_case_application", Needs::sign_in, &S::get_application,
             {.summary = "Services that a case applies for, papers asked for once, fees"});
  routes.post(one + "/services", "apply_for_services", Needs::sign_in, &S::apply_for_services,
              {.summary = "Apply for services in one case; each paper is asked for once"});
  routes.post(service + "/withdrawal", "withdraw_service", Needs::sign_in, &S::withdraw_service,
              {.summary = "Record that the applicant takes a service out"});
  routes.post(service + "/decision", "decide_service", Needs::sign_in, &S::decide_service,
              {.summary = "Grant or refuse with a reason, or return what was not completed"});
  routes.post(service + "/certificate", "give_certificate", Needs::sign_in, &S::give_certificate,
              {.summary = "Hand the certificate over"});
  routes.post(service + "/late_reason", "give_late_reason", Needs::sign_in, &S::give_late_reason,
              {.summary = "Tell why the decision is late"});
  routes.post(one + "/papers/{position}", "record_paper", Needs::sign_in, &S::record_paper,
              {.summary = "A paper is handed in, or not needed for a reason"});
  routes.post(one + "/papers_check", "check_papers", Needs::sign_in, &S::check_papers,
              {.summary = "Tell all that is missing at once; nothing further may be asked after"});
  routes.post(one + "/payments", "take_fee", Needs::sign_in, &S::take_fee,
              {.summary = "Record a fee that was paid, with its receipt"});
  routes.post(one + "/payments/{payment_id}/correction", "correct_fee", Needs::sign_in,
              &S::correct_fee, {.summary = "Put a row in the place of a wrong one, which stays"});
  routes.post(one + "/appointment", "book_appointment", Needs::sign_in, &S::book_appointment,
              {.summary = "Make an appointment for an application, in place of one that stands"});
  routes.post(one + "/appointment_cancellation", "cancel_appointment", Needs::sign_in,
              &S::cancel_appointment, {.summary = "Record that an appointment is cancelled"});
  routes.post(centre + "/appointments", "book_own_appointment", Needs::nothing,
              &S::book_own_appointment,
              {.summary = "Make an appointment as a citizen, by the tracking code"});
  routes.post(centre + "/appointments/cancellation", "cancel_own_appointment", Needs::nothing,
              &S::cancel_own_appointment, {.summary = "Cancel one's own appointment"});
}

}  // namespace changwat::service_centre
