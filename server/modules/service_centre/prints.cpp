// Papers of a case as they are asked for: what its reader may see, printed, and who printed it left
// in the ledger. A paper leaves the program, so each print is told, as each reveal is.

#include "platform/auth/encoding.hpp"
#include "platform/documents/attachments.hpp"
#include "platform/http/attachment.hpp"

#include "modules/service_centre/papers.hpp"
#include "modules/service_centre/service_centre.hpp"
#include "modules/service_centre/store.hpp"

namespace changwat::service_centre {
namespace {

struct CasePrinted {
  Key paper;
  std::optional<CaseAssignmentId> assignment_id;
  std::string sha256;  // of the PDF
};
BOOST_DESCRIBE_STRUCT(CasePrinted, (), (paper, assignment_id, sha256))

constexpr std::string_view area_kind(AreaLevel level) {
  switch (level) {
    case AreaLevel::province:
      return "จังหวัด";
    case AreaLevel::district:
      return "อำเภอ";
    case AreaLevel::subdistrict:
      return "ตำบล";
    case AreaLevel::village:
      return "หมู่บ้าน";
  }
  return "";
}

std::string name_with_kind(const areas::Register& names, const AreaCode& code) {
  const auto* area = names.find(code);
  return std::string(area_kind(code.level())) + (area ? area->name_th.text() : code.text());
}

std::string whole_name(const areas::Register& names, std::optional<AreaCode> code) {
  std::string out;
  for (; code; code = code->parent())
    out += (out.empty() ? "" : " ") + name_with_kind(names, *code);
  return out;
}

template <class Row>
std::string name_or_code(const Row* row, const Key& code) {
  return row ? row->name_th.text() : code.text();
}

}  // namespace

// By which office the caller prints it: the ledger names it.
Result<authority::Permit> ServiceCentre::print_permit(db::Connection& db, const Call& call,
                                                      const CaseRow& row) const {
  auto permit = authority_.decide(call, "case.print", {row.district});
  if (permit.ok()) return permit;
  for (const auto& one : store::assignments(db, row.case_id)) {
    auto own = authority_.decide(only_with(call, one.office_id), "case.print",
                                 assigned_object(row.district));
    if (own.ok()) return own;
  }
  return permit;
}

CasePaperFacts ServiceCentre::paper_facts(db::Connection& db, const Call& call, const CaseRow& row,
                                          CaseView as, std::string_view office_id) const {
  const auto names = areas_.now();
  const auto on = row.received_at.bangkok_date();
  CasePaperFacts out;
  out.of = view(db, call, row, as);
  out.steps = seen_steps(db, row.case_id, as);
  out.clocks = clocks_of(history_of(row.category, store::steps(db, row.case_id)), book_, call.now);
  out.centre_th = "ศูนย์ดำรงธรรม";
  if (row.level != CaseLevel::ministry)
    out.centre_th +=
        name_with_kind(*names, row.level == CaseLevel::district ? row.district : row.province);
  out.area_th = whole_name(*names, row.area);
  out.kind_th = name_or_code(find_kind(book_, row.kind, on), row.kind);
  out.category_th = name_or_code(find_category(book_, row.category, on), row.category);
  out.channel_th = name_or_code(find_channel(book_, row.channel, on), row.channel);
  out.importance_th = name_or_code(find_importance(book_, row.importance, on), row.importance);
  for (const auto& office : call.caller->offices)
    if (office.office_id == office_id) out.office_th = office.title_th;
  out.printed_on = call.now.bangkok_date();
  return out;
}

Result<http::Response> ServiceCentre::printed(
    Call& call, const CaseId& id, std::string_view paper,
    const std::optional<CaseAssignmentId>& assignment,
    const std::function<Result<documents::paper::Printed>(db::Connection&, const CaseRow&, CaseView,
                                                          const authority::Permit&)>& print) {
  if (!printer_) return documents::paper::no_typeface;
  std::optional<CaseRow> row;
  std::optional<authority::Permit> permit;
  auto pdf = TRY(database_.snapshot([&](db::Connection& db) -> Result<documents::paper::Printed> {
    const auto found = TRY(readable(db, call, id));
    row = found.first;
    permit = TRY(print_permit(db, call, *row));
    return print(db, *row, found.second, *permit);
  }));
  const auto key = *Key::parse(paper);
  TRY(acts_.run<Done>(call, "case.print", [&](Tx& tx) -> Result<Done> {
    tx.record({.subject_kind = "case",
               .subject_id = id.text(),
               .province = row->province,
               .office_id = permit->office_id,
               .authority = permit->chain(),
               .change = {to_json(
                   CasePrinted{key, assignment, auth::hex_encode(auth::sha256(pdf.pdf))})}});
    return Done{};
  }));
  return http::attachment(
      "application/pdf",
      documents::content_disposition(key, row->number.text() + "-" + key.text() + ".pdf",
                                     "application/pdf"),
      std::move(pdf.pdf));
}

Result<http::Response> ServiceCentre::get_letter(Call& call, const Path<CaseAssignmentPath>& path) {
  return printed(
      call, path->case_id, "letter", path->assignment_id,
      [&](db::Connection& db, const CaseRow& row, CaseView as,
          const authority::Permit& permit) -> Result<documents::paper::Printed> {
        const auto assignment = store::assignment(db, row.case_id, path->assignment_id);
        if (!assignment) return errors::not_found;
        // The letter is for the centre that sends it and the agency that gets it.
        const bool theirs = !only_with(call, assignment->office_id).caller->offices.empty();
        if (as != CaseView::desk && !(as == CaseView::agency && theirs)) return errors::forbidden;
        const auto facts = paper_facts(db, call, row, CaseView::agency, permit.office_id);
        for (const auto* text : {&row.title.text(), &row.detail.text(), &row.wanted.text(),
                                 &assignment->instruction.text()})
          TRY(tells_nobody(db, row.case_id, *text, "/"));
        return printer_->print(hand_off_letter(facts, *assignment), {.draft = row.demonstration});
      });
}

Result<http::Response> ServiceCentre::get_slip(Call& call, const Path<CasePath>& path) {
  return printed(
      call, path->case_id, "slip", std::nullopt,
      [&](db::Connection& db, const CaseRow& row, CaseView as, const authority::Permit& permit) {
        return printer_->print(service_link_slip(paper_facts(db, call, row, as, permit.office_id)));
      });
}

Result<http::Response> ServiceCentre::get_summary(Call& call, const Path<CasePath>& path) {
  return printed(
      call, path->case_id, "summary", std::nullopt,
      [&](db::Connection& db, const CaseRow& row, CaseView as, const authority::Permit& permit) {
        return printer_->print(case_summary(paper_facts(db, call, row, as, permit.office_id)));
      });
}

}  // namespace changwat::service_centre
