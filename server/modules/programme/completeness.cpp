#include "modules/programme/completeness.hpp"

namespace changwat::programme {
namespace {

class Checklist {
 public:
  std::vector<Missing> items;

  void need(bool met, std::string pointer, std::string th, std::string en) {
    if (!met) items.push_back({std::move(pointer), std::move(th), std::move(en)});
  }
  template <class T>
  void text(const T& value, std::string pointer, std::string th, std::string en) {
    need(!value.empty(), std::move(pointer), "ยังไม่ได้ระบุ" + th, en + " is missing");
  }
};

void check_agendas(Checklist& list, const Proposal& proposal) {
  list.need(!proposal.agendas.empty(), "/agendas", "ต้องมีวาระอย่างน้อย 1 วาระ",
            "at least one agenda is needed");
  for (std::size_t i = 0; i < proposal.agendas.size(); ++i) {
    const auto at = "/agendas/" + std::to_string(i);
    list.text(proposal.agendas[i].title_th, at + "/title_th", "ชื่อวาระ", "the title of the agenda");
    list.need(proposal.agendas[i].working_group.has_value(), at + "/working_group",
              "ยังไม่ได้เลือกคณะทำงาน", "the working group is missing");
    list.text(proposal.agendas[i].why_th, at + "/why_th", "เหตุผลของวาระ",
              "the reason for the agenda");
  }
}

template <class Years>
std::size_t filled(const Years& years) {
  std::size_t count = 0;
  for (const auto& year : years) count += year.value.value().has_value();
  return count;
}

template <class Years>
bool ascending(const Years& years) {
  for (std::size_t i = 1; i < years.size(); ++i)
    if (years[i].fiscal_year <= years[i - 1].fiscal_year) return false;
  return true;
}

bool criteria_in_order(const DraftKpi& kpi) {
  const auto p50 = *kpi.criteria.p50.value(), p75 = *kpi.criteria.p75.value(),
             p100 = *kpi.criteria.p100.value();
  return kpi.direction == KpiDirection::higher ? p50 < p75 && p75 < p100 : p50 > p75 && p75 > p100;
}

void check_years(Checklist& list, const DraftKpi& kpi, const std::string& at) {
  list.need(filled(kpi.baseline) >= 1, at + "/baseline", "ต้องมีค่าฐานอย่างน้อย 1 ปี",
            "at least one baseline year is needed");
  list.need(filled(kpi.targets) == 2, at + "/targets", "ต้องมีค่าเป้าหมายครบ 2 ปี",
            "two yearly targets are needed");
  list.need(ascending(kpi.baseline), at + "/baseline", "ปีของค่าฐานต้องเรียงและไม่ซ้ำกัน",
            "baseline years must ascend");
  list.need(ascending(kpi.targets), at + "/targets", "ปีของเป้าหมายต้องเรียงและไม่ซ้ำกัน",
            "target years must ascend");
  if (!kpi.baseline.empty() && !kpi.targets.empty())
    list.need(kpi.baseline.back().fiscal_year < kpi.targets.front().fiscal_year, at + "/targets",
              "ปีของเป้าหมายต้องอยู่หลังปีของค่าฐาน", "targets must lie after the baseline");
}

void check_criteria(Checklist& list, const DraftKpi& kpi, const std::string& at) {
  const auto& [p50, p75, p100] = kpi.criteria;
  const bool all = p50.value() && p75.value() && p100.value();
  list.need(all, at + "/criteria", "ต้องระบุเกณฑ์ 50, 75 และ 100 คะแนน",
            "the criteria of 50, 75 and 100 are needed");
  if (all)
    list.need(criteria_in_order(kpi), at + "/criteria",
              kpi.direction == KpiDirection::higher ? "เกณฑ์ต้องเพิ่มขึ้นจาก 50 ไป 75 และ 100"
                                                    : "เกณฑ์ต้องลดลงจาก 50 ไป 75 และ 100",
              kpi.direction == KpiDirection::higher ? "criteria must rise from 50 to 75 and 100"
                                                    : "criteria must fall from 50 to 75 and 100");
}

void check_kpi(Checklist& list, const DraftKpi& kpi, const std::string& at, std::size_t agendas) {
  list.need(Key::parse(kpi.code.text()).has_value(), at + "/code",
            "ต้องมีรหัสเป็นอักษรอังกฤษเล็ก ตัวเลข หรือ _ . -",
            "a code of lower-case letters, digits, _ . - is needed");
  list.text(kpi.name_th, at + "/name_th", "ชื่อตัวชี้วัด", "the name");
  list.text(kpi.definition_th, at + "/definition_th", "คำนิยาม", "the definition");
  list.text(kpi.unit_th, at + "/unit_th", "หน่วยวัด", "the unit");
  list.text(kpi.source_th, at + "/source_th", "แหล่งข้อมูล", "the source of the data");
  list.text(kpi.owner_th, at + "/owner_th", "ผู้รับผิดชอบ", "the owner");
  list.need(kpi.agenda && *kpi.agenda >= 0 && *kpi.agenda < static_cast<std::int64_t>(agendas),
            at + "/agenda", "ยังไม่ได้เลือกวาระ", "the agenda is missing");
  list.need(kpi.weight.value() && *kpi.weight.value() > Decimal(), at + "/weight",
            "น้ำหนักต้องมากกว่า 0", "the weight must be above 0");
  check_years(list, kpi, at);
  check_criteria(list, kpi, at);
}

void check_kpis(Checklist& list, const Proposal& proposal) {
  list.need(!proposal.kpis.empty(), "/kpis", "ต้องมีตัวชี้วัดอย่างน้อย 1 ตัว", "at least one KPI is needed");
  std::int64_t weights = 0;
  std::set<std::string> codes;
  for (std::size_t i = 0; i < proposal.kpis.size(); ++i) {
    const auto& kpi = proposal.kpis[i];
    const auto at = "/kpis/" + std::to_string(i);
    check_kpi(list, kpi, at, proposal.agendas.size());
    if (kpi.weight.value()) weights += kpi.weight.value()->millionths();
    if (!kpi.code.empty())
      list.need(codes.insert(kpi.code.text()).second, at + "/code", "รหัสซ้ำกับตัวชี้วัดอื่น",
                "the code stands twice");
  }
  if (!proposal.kpis.empty())
    list.need(weights == 100 * Decimal::scale, "/kpis/0/weight", "น้ำหนักรวมต้องเท่ากับ 100",
              "the weights must sum to 100");
}

void check_benefits(Checklist& list, const Proposal& proposal) {
  list.need(!proposal.benefits.empty(), "/benefits", "ต้องบอกประโยชน์ต่อประชาชนอย่างน้อย 1 ข้อ",
            "at least one benefit to citizens is needed");
  for (std::size_t i = 0; i < proposal.benefits.size(); ++i) {
    const auto at = "/benefits/" + std::to_string(i);
    list.need(proposal.benefits[i].number.value().has_value(), at + "/number", "ยังไม่ได้ระบุจำนวน",
              "the number is missing");
    list.text(proposal.benefits[i].unit_th, at + "/unit_th", "หน่วยนับ", "the unit");
    list.text(proposal.benefits[i].sentence_th, at + "/sentence_th", "ประโยชน์ที่ประชาชนจะได้รับ",
              "the sentence in Thai");
  }
}

}  // namespace

std::vector<Missing> missing(const Proposal& proposal, const std::vector<Requirement>& requirements,
                             const std::set<std::string>& files) {
  Checklist list;
  list.text(proposal.summary_th, "/summary_th", "บทสรุป", "the summary");
  check_agendas(list, proposal);
  check_kpis(list, proposal);
  check_benefits(list, proposal);
  for (std::size_t i = 0; i < proposal.unlocks.size(); ++i) {  // there may be none
    const auto at = "/unlocks/" + std::to_string(i);
    list.text(proposal.unlocks[i].what_th, at + "/what_th", "เรื่องที่ขอปลดล็อก", "what is asked for");
    list.text(proposal.unlocks[i].who_th, at + "/who_th", "หน่วยงานที่ขอ", "who is asked");
  }
  list.text(proposal.risks_th, "/risks_th", "ความเสี่ยง", "the risks");
  for (const auto& requirement : requirements)
    if (requirement.required && requirement.kind == RequirementKind::file)
      list.need(files.contains(requirement.key.text()), "/files/" + requirement.key.text(),
                "ยังไม่ได้แนบ" + requirement.label_th.text(),
                requirement.label_en.text() + " is not attached");
  return list.items;
}

}  // namespace changwat::programme
