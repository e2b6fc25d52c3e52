#include "modules/delegations/rules.hpp"

#include <algorithm>

namespace changwat::delegations {
namespace {

using authority::LawPower;

struct Fault {
  std::string pointer;
  std::string code;
  std::string th;
  std::string en;
};
using Verdict = std::optional<Fault>;

Fault wanted_at(const char* pointer, std::string th, std::string en) {
  return {pointer, "required", std::move(th), std::move(en)};
}

template <class List>
bool contains(const List& list, std::string_view key) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& each) { return each.text() == key; });
}

// What the register says against the members named; the register's words go along.
Verdict of_register(const Looked& looked, std::initializer_list<std::string_view> members,
                    const char* pointer) {
  for (const auto& wanted : looked.wanted)
    for (const auto& fault : wanted.faults)
      for (const auto member : members)
        if (fault.pointer == member) return Fault{pointer, fault.code, fault.th, fault.en};
  return std::nullopt;
}

Verdict powers(const Looked& looked) {
  constexpr auto at = "/content/powers";
  if (looked.wanted.empty())
    return wanted_at(at, "ยังไม่ได้เลือกอำนาจที่จะมอบ", "Choose what is to be delegated.");
  for (const auto& [key, power, faults] : looked.wanted) {
    if (!power || !contains(looked.kind.powers, key.text()))
      return Fault{at, "unknown_value", "คำสั่งประเภทนี้มอบอำนาจ " + key.text() + " ไม่ได้",
                   "An order of this kind does not delegate " + key.text() + "."};
    if (!power->in_force(looked.today))
      return Fault{at, "not_in_force", "อำนาจนี้ไม่มีผลบังคับในวันนี้ตามกฎหมาย",
                   "By law this power is not in force today."};
  }
  return of_register(looked, {"/power", "/parent_grant_id", "/levels"}, at);
}

Verdict grantor(const Looked& looked) {
  constexpr auto at = "/content/grantor_office_id";
  if (!looked.content.grantor_office_id)
    return wanted_at(at, "ยังไม่ได้เลือกผู้มอบอำนาจ", "Choose the office that delegates.");
  if (!looked.grantor)
    return Fault{at, "unknown_value", "ไม่พบตำแหน่งนี้ในทะเบียน", "The register has no such office."};
  if (!looked.grantor->area || looked.grantor->area->province() != looked.province)
    return Fault{at, "other_province", "ผู้มอบอำนาจไม่ใช่ตำแหน่งของจังหวัดนี้",
                 "The office that delegates is not one of this province."};
  return of_register(looked, {"/from_office_id", "/area"}, at);
}

Verdict signer(const Looked& looked) {
  constexpr auto at = "/content/grantor_office_id";
  if (!looked.grantor) return std::nullopt;  // said by the check of the grantor
  if (looked.signer_holds == false)
    return Fault{at, "not_holder", "ท่านไม่ได้ดำรงตำแหน่ง “" + looked.grantor->title_th + "” ในขณะนี้",
                 "You do not hold the office “" + looked.grantor->title_en + "” now."};
  if (!looked.signer_holds && !looked.grantor_held)
    return Fault{at, "vacant", "วันนี้ไม่มีผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทน ให้บันทึกผู้ดำรงตำแหน่งก่อน",
                 "Nobody holds this office today, nor acts in it. Record its holder first."};
  return std::nullopt;
}

Verdict delegate(const Looked& looked) {
  constexpr auto at = "/content/delegate_office_id";
  if (!looked.content.delegate_office_id)
    return wanted_at(at, "ยังไม่ได้เลือกผู้รับมอบอำนาจ", "Choose the office that receives the power.");
  if (!looked.delegate)
    return Fault{at, "unknown_value", "ไม่พบตำแหน่งนี้ในทะเบียน", "The register has no such office."};
  for (const auto& wanted : looked.wanted)
    if (wanted.power && contains(looked.kind.powers, wanted.key.text()) &&
        !wanted.power->grantable_to(looked.delegate->role))
      return Fault{
          at, "not_eligible",
          "ตำแหน่งประเภทนี้รับมอบอำนาจนี้ไม่ได้ตามกฎหมายที่อ้าง โปรดเลือกตำแหน่งประเภทที่กำหนด",
          "By the law relied on, an office of this class may not receive this power. Choose "
          "one of an eligible class."};
  if (!looked.delegate_in_area)
    return Fault{at, "other_province", "ผู้รับมอบอำนาจไม่ได้ตั้งอยู่ในจังหวัด หรือในกลุ่มจังหวัดของโครงการ",
                 "The office is located neither in the province nor in the project's cluster."};
  return of_register(looked, {"/to_office_id"}, at);
}

Verdict project(const Looked& looked) {
  constexpr auto at = "/content/project_id";
  if (!looked.kind.needs_project) {
    if (looked.content.project_id)
      return Fault{at, "not_wanted", "คำสั่งประเภทนี้ไม่ผูกกับโครงการ",
                   "An order of this kind has no project."};
    return std::nullopt;
  }
  if (!looked.content.project_id) return wanted_at(at, "ยังไม่ได้เลือกโครงการ", "Choose the project.");
  if (!looked.project || looked.project->province != looked.province)
    return Fault{at, "unknown_value", "ไม่พบโครงการนี้ในแผนของจังหวัด",
                 "The province's plan has no such project."};
  if (looked.project->state == plans::ProjectState::cancelled)
    return Fault{at, "cancelled", "โครงการนี้ยกเลิกแล้ว", "The project is cancelled."};
  for (const auto& wanted : looked.wanted)
    if (wanted.power && wanted.power->power->fundings &&
        !contains(*wanted.power->power->fundings, enum_name(looked.project->funding)))
      return Fault{at, "other_funding",
                   "อำนาจนี้ใช้ได้เฉพาะโครงการที่ใช้งบประมาณจังหวัดหรือกลุ่มจังหวัดตามที่กฎหมายกำหนด",
                   "The law gives this power only for projects of the budgets it names: those of "
                   "the province or of its cluster."};
  return std::nullopt;
}

Verdict one_order(const Looked& looked) {
  const auto& [from, to] = std::pair(looked.content.from_date, looked.content.to_date);
  if (!looked.kind.one_for_a_project) return std::nullopt;
  for (const auto& other : looked.others)
    if (!from || !to || (other.from_date <= *to && *from <= other.to_date))
      return Fault{"/content/project_id", "already_delegated",
                   "โครงการนี้มีคำสั่งมอบอำนาจที่มีผลอยู่แล้ว (ที่ " + other.number +
                       ") ให้เพิกถอนหรือปิดก่อน หรือกำหนดวันไม่ให้ซ้อนกัน",
                   "An order on this project is in force in these days (no. " + other.number +
                       "). Revoke or close it first, or choose other days."};
  return std::nullopt;
}

Verdict ceiling(const Looked& looked) {
  constexpr auto at = "/content/ceiling_satang";
  const auto& amount = looked.content.ceiling_satang;
  if (!amount) {
    if (!looked.kind.needs_ceiling) return std::nullopt;
    return wanted_at(at, "ยังไม่ได้ระบุวงเงินที่มอบอำนาจ", "State up to which amount.");
  }
  if (amount->count() == 0)
    return Fault{at, "out_of_range", "วงเงินต้องมากกว่าศูนย์", "The amount must be more than nothing."};
  return of_register(looked, {"/ceiling_satang"}, at);
}

Verdict period(const Looked& looked) {
  const auto& [from, to] = std::pair(looked.content.from_date, looked.content.to_date);
  if (!from) return wanted_at("/content/from_date", "ยังไม่ได้ระบุวันเริ่ม", "State the first day.");
  if (!to) return wanted_at("/content/to_date", "ยังไม่ได้ระบุวันสิ้นสุด", "State the last day.");
  if (*to < *from)
    return Fault{"/content/to_date", "out_of_order", "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
                 "The last day must not be before the first."};
  if (*from < looked.today)
    return Fault{"/content/from_date", "before_signature",
                 "วันเริ่มต้องไม่ก่อนวันลงนาม การมอบอำนาจไม่มีผลย้อนหลัง",
                 "The first day must not be before the signature: nothing is delegated backwards."};
  if (looked.project) {
    const auto year = looked.project->fiscal_year;
    if (*from < year.first_day() || *to > year.last_day())
      return Fault{*from < year.first_day() ? "/content/from_date" : "/content/to_date",
                   "outside_fiscal_year",
                   "ต้องอยู่ในปีงบประมาณ พ.ศ. " + std::to_string(year.buddhist()) + " ของโครงการ (" +
                       thai::date(year.first_day()) + " ถึง " + thai::date(year.last_day()) + ")",
                   "Must lie in the project's fiscal year, " + year.first_day().text() + " to " +
                       year.last_day().text() + "."};
  }
  if (auto fault = of_register(looked, {"/from_date"}, "/content/from_date")) return fault;
  return of_register(looked, {"/to_date"}, "/content/to_date");
}

Verdict number(const Looked& looked) {
  constexpr auto at = "/content/number";
  if (looked.content.number.empty())
    return wanted_at(at, "ยังไม่ได้ระบุเลขที่คำสั่ง", "State the number of the order.");
  if (looked.number_taken)
    return Fault{at, "repeated", "ผู้มอบอำนาจมีคำสั่งเลขที่นี้แล้ว",
                 "The office has signed an order of this number already."};
  return std::nullopt;
}

Verdict parent_agency(const Looked& looked) {
  if (!looked.kind.needs_parent_agency || !looked.content.parent_agency_head_th.empty())
    return std::nullopt;
  return wanted_at("/content/parent_agency_head_th", "ยังไม่ได้ระบุหัวหน้าหน่วยงานต้นสังกัดที่ต้องแจ้ง",
                   "Name the head of the parent agency who is to be notified.");
}

struct Rule {
  const char* check;
  const char* pointer;
  const char* th;
  const char* en;
  Verdict (*judge)(const Looked&);
};
constexpr Rule rules[] = {
    {"powers", "/content/powers", "อำนาจที่มอบมีกฎหมายรองรับและมีผลในวันนี้",
     "What is delegated stands in law and is in force today", powers},
    {"grantor", "/content/grantor_office_id", "ผู้มอบมีอำนาจนั้นตามกฎหมาย",
     "The office that delegates has the power by law", grantor},
    {"signer", "/content/grantor_office_id", "ผู้ลงนามดำรงตำแหน่งหรือรักษาราชการแทนอยู่ในขณะนี้",
     "Who signs holds the office now, or acts in it", signer},
    {"delegate", "/content/delegate_office_id", "ผู้รับมอบเป็นตำแหน่งประเภทที่กฎหมายกำหนด",
     "The receiving office is of a class that the law names", delegate},
    {"parent_agency", "/content/parent_agency_head_th", "ทราบหัวหน้าหน่วยงานต้นสังกัดที่ต้องแจ้ง",
     "The head of the parent agency is named", parent_agency},
    {"project", "/content/project_id", "โครงการใช้งบประมาณที่กฎหมายกำหนด",
     "The project has money of a budget that the law names", project},
    {"one_order", "/content/project_id", "โครงการไม่มีคำสั่งมอบอำนาจอื่นที่มีผลในช่วงเดียวกัน",
     "No other order on the project is in force in these days", one_order},
    {"ceiling", "/content/ceiling_satang", "วงเงินไม่เกินอำนาจของผู้มอบเอง",
     "The amount is within what the office itself may do", ceiling},
    {"period", "/content/from_date", "วันเริ่มและวันสิ้นสุดถูกต้อง ไม่ย้อนหลัง และอยู่ในปีงบประมาณ",
     "The days are in order, not dated back, and inside the fiscal year", period},
    {"number", "/content/number", "มีเลขที่คำสั่ง และไม่ซ้ำ", "The order has a number of its own", number},
};

}  // namespace

OrderState state_of(const Standing& standing, Date today) {
  switch (standing.stage) {
    case Stage::draft:
      return State::draft;
    case Stage::ended:
      return State::ended;
    case Stage::revoked:
      return State::revoked;
    case Stage::withdrawn:
      return State::withdrawn;
    case Stage::issued:
      break;
  }
  if (standing.lapsed || (standing.to_date && *standing.to_date < today)) return State::ended;
  if (!standing.notices_proved) return State::notice_pending;
  return standing.used ? State::in_use : State::in_force;
}

Problem wrong_state(OrderState state) {
  constexpr std::pair<const char*, const char*> words[] = {
      {"ยังเป็นร่าง", "It is a draft."},
      {"ลงนามแล้ว ชอบด้วยกฎหมาย รอหลักฐานการแจ้ง",
       "It is signed, and proof of the notices is awaited."},
      {"มีผลอยู่", "It is in force."},
      {"มีผลและใช้งานแล้ว", "It is in force and was used."},
      {"สิ้นสุดแล้ว", "It has ended."},
      {"ถูกเพิกถอนแล้ว", "It was revoked."},
      {"ร่างถูกยกเลิกแล้ว", "The draft was withdrawn."}};
  const auto& [th, en] = words[static_cast<int>(state)];
  return Problem(errors::wrong_state, std::string("คำสั่งนี้") + th, en);
}

std::vector<OrderCheck> checks(const Looked& looked) {
  std::vector<OrderCheck> out;
  for (const auto& rule : rules) {
    const auto fault = rule.judge(looked);
    OrderCheck check;
    check.check = *Key::parse(rule.check);
    check.passed = !fault;
    check.pointer = fault ? fault->pointer : rule.pointer;
    check.label_th = rule.th;
    check.label_en = rule.en;
    if (fault) {
      check.fault = fault->code;
      check.why_th = fault->th;
      check.why_en = fault->en;
    }
    out.push_back(std::move(check));
  }
  return out;
}

std::optional<Problem> failed(const std::vector<OrderCheck>& checks) {
  std::vector<FieldError> wrong;
  for (const auto& check : checks)
    if (!check.passed) wrong.push_back({check.pointer, check.fault, check.why_th, check.why_en});
  if (wrong.empty()) return std::nullopt;
  return Problem(std::move(wrong));
}

Result<Satang> used_after(const OrderContent& order, Satang used, Date signed_on,
                          const UseRequest& use, Date today) {
  std::vector<FieldError> wrong;
  const auto first = std::max(signed_on, order.from_date.value_or(signed_on));
  if (use.on_date < first || use.on_date > today || (order.to_date && use.on_date > *order.to_date))
    wrong.push_back(
        {"/on_date", "out_of_range",
         "ต้องอยู่ในช่วงวันที่มอบอำนาจ (ตั้งแต่ " + thai::date(first) + ") และไม่อยู่ในอนาคต",
         "must be a day of the delegation (from " + first.text() + ") and not in the future"});
  const auto sum = used.plus(use.amount_satang.value_or(Satang()));
  if (order.ceiling_satang) {
    const auto left = order.ceiling_satang->minus(used).value_or(Satang());
    if (!use.amount_satang)
      wrong.push_back({"/amount_satang", "required", "ต้องระบุจำนวนเงิน", "is required"});
    else if (use.amount_satang->count() == 0)
      wrong.push_back(
          {"/amount_satang", "out_of_range", "ต้องมากกว่าศูนย์", "must be more than nothing"});
    else if (!sum || *sum > *order.ceiling_satang)
      wrong.push_back({"/amount_satang", "above_ceiling",
                       "เกินวงเงินที่มอบอำนาจ เหลือ " + baht_text(left) + " บาท",
                       "is above the ceiling: " + baht_text(left) + " baht are left"});
  }
  if (!wrong.empty()) return Problem(std::move(wrong));
  return sum.value_or(used);
}

}  // namespace changwat::delegations
