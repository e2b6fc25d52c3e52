#include "modules/service_centre/applications.hpp"

#include <algorithm>

namespace changwat::service_centre {
namespace {

template <class T>
bool has(const std::vector<T>& list, const T& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

FieldError wrong(std::string pointer, std::string code, std::string th, std::string en) {
  return {std::move(pointer), std::move(code), std::move(th), std::move(en)};
}

CasePaperRow new_paper(const CaseId& id, Instant now, std::int64_t position) {
  CasePaperRow out;
  out.row_id = CasePaperId::make(now);
  out.case_id = id;
  out.position = position;
  return out;
}

std::int64_t next_position(const std::vector<CasePaperRow>& papers) {
  std::int64_t last = 0;
  for (const auto& paper : papers) last = std::max(last, paper.position);
  return last + 1;
}

// The rule by which papers are checked, in force on the day; nullptr: none is.
const ClockRule* checking_rule(const Book& book, Date on) {
  for (const auto& rule : book.lists.clocks) {
    if (rule.start != ClockEvent::application_received || !in_force(rule, on)) continue;
    for (const auto& set : book.lists.clock_sets)
      if (set.set == rule.set && set.in_force && in_force(set, on)) return &rule;
  }
  return nullptr;
}

}  // namespace

bool takes_services(const Book& book, const Key& kind, Date on) {
  const auto* row = find_kind(book, kind, on);
  return row && row->handled_as.text() == "service";
}

bool is_decided(ServiceState state) {
  return state != S::applied && state != S::complete;
}

void add_papers(std::vector<CasePaperRow>& papers, const ServiceRow& service, const CaseId& id,
                Instant now) {
  if (!service.papers) return;
  for (const auto& asked : *service.papers) {
    auto found = std::find_if(papers.begin(), papers.end(), [&](const CasePaperRow& paper) {
      return paper.paper == asked.paper;
    });
    if (found == papers.end()) {
      papers.push_back(new_paper(id, now, next_position(papers)));
      found = papers.end() - 1;
      found->paper = asked.paper;
      found->required = false;
    }
    found->services.value.push_back(service.service);
    if (asked.required && found->state == PaperState::not_needed) {
      found->state = PaperState::asked;
      found->reason = {};
    }
    found->required = found->required || asked.required;
  }
}

bool may_ask(const std::vector<CaseServiceRow>& services,
             const std::vector<PaperCheckRow>& checks) {
  return std::any_of(services.begin(), services.end(), [&](const CaseServiceRow& service) {
    return !is_decided(service.state) && (checks.empty() || checks.back().at < service.applied_at);
  });
}

Problem asked_too_late(const Book& book, Date on) {
  const auto* rule = checking_rule(book, on);
  if (!rule) return missing_told_already;
  return Problem(missing_told_already,
                 "แจ้งสิ่งที่ขาดทั้งหมดไปแล้ว จะขอเพิ่มภายหลังไม่ได้: " + rule->name_th.text() + " (" +
                     rule->source.text() + ")",
                 "All that is missing was told, and nothing further may be asked for: " +
                     rule->name_en.text() + " (" + rule->source.text() + ")");
}

Result<PapersChecked> check_papers(const Catalogue& catalogue, std::vector<CasePaperRow> papers,
                                   const CheckPapers& in, const CaseId& id, Instant now) {
  std::vector<FieldError> faults;
  if (in.also)
    for (const auto position : *in.also)
      if (std::none_of(papers.begin(), papers.end(), [&](const CasePaperRow& paper) {
            return paper.position == position && paper.state == PaperState::asked;
          }))
        faults.push_back(wrong("/also", "unknown", "ไม่มีเอกสารลำดับนี้ที่ยังขาด",
                               "names a paper that is not asked for"));
  PapersChecked out;
  for (auto& paper : papers) {
    if (paper.state != PaperState::asked) continue;
    const bool wanted = paper.required || paper.told || (in.also && has(*in.also, paper.position));
    paper.told = wanted;
    if (wanted) continue;
    paper.state = PaperState::not_needed;
    paper.reason = *Note::parse("กรณีนี้ไม่ต้องใช้");
  }
  if (in.others)
    for (const auto& name : *in.others) {
      auto paper = new_paper(id, now, next_position(papers));
      paper.name = name;
      paper.told = true;
      papers.push_back(std::move(paper));
    }
  for (const auto& paper : papers)
    if (paper.state == PaperState::asked)
      out.missing.push_back(
          {paper.position, name_th_of(catalogue, paper), name_en_of(catalogue, paper)});
  if (!out.missing.empty() && !in.due_on)
    faults.push_back(wrong("/due_on", "required", "ต้องระบุวันที่ให้นำสิ่งที่ขาดมายื่น",
                           "is required when something is missing"));
  if (in.due_on && *in.due_on < now.bangkok_date())
    faults.push_back(wrong("/due_on", "in_the_past", "วันที่ระบุผ่านไปแล้ว", "is over"));
  if (!faults.empty()) return Problem(std::move(faults));
  out.papers = std::move(papers);
  return out;
}

std::vector<FieldError> paper_faults(const RecordPaper& in, const std::vector<CaseFile>& files) {
  std::vector<FieldError> out;
  const bool handed = in.state == PaperState::handed_in;
  if (handed && !in.file && !in.seen.value_or(false))
    out.push_back(wrong("/file", "required", "ต้องเลือกไฟล์ของเรื่อง หรือระบุว่าตรวจต้นฉบับที่เคาน์เตอร์แล้ว",
                        "a file of the case, or that it was seen at the counter"));
  if (!handed && in.file)
    out.push_back(wrong("/file", "not_wanted", "ระบุไฟล์ได้เฉพาะเอกสารที่ยื่นแล้ว",
                        "goes with a paper that is handed in"));
  if (in.file && std::none_of(files.begin(), files.end(),
                              [&](const CaseFile& file) { return file.key == *in.file; }))
    out.push_back(wrong("/file", "unknown", "เรื่องนี้ไม่มีไฟล์นี้", "the case has no such file"));
  if (in.state == PaperState::not_needed && (!in.reason_th || in.reason_th->empty()))
    out.push_back(wrong("/reason_th", "required", "ต้องระบุเหตุที่ไม่ต้องใช้เอกสารนี้",
                        "why it is not needed is required"));
  return out;
}

bool asks_anew(const CasePaperRow& paper, const RecordPaper& in, bool may_ask) {
  return in.state == PaperState::asked && !paper.told && !may_ask;
}

std::vector<Key> completed(const std::vector<CaseServiceRow>& services,
                           const std::vector<CasePaperRow>& papers,
                           const std::vector<PaperCheckRow>& checks) {
  std::vector<Key> out;
  for (const auto& service : services) {
    if (service.state != S::applied || checks.empty() || checks.back().at < service.applied_at)
      continue;
    const bool lacks = std::any_of(papers.begin(), papers.end(), [&](const CasePaperRow& paper) {
      return paper.state == PaperState::asked &&
             (!paper.paper || has(paper.services.value, service.service));
    });
    if (!lacks) out.push_back(service.service);
  }
  return out;
}

bool all_decided(const std::vector<CaseServiceRow>& services) {
  return std::all_of(services.begin(), services.end(),
                     [](const CaseServiceRow& service) { return is_decided(service.state); });
}

Key rule_set(const Book& book, Date on) {
  const auto* rule = checking_rule(book, on);
  return rule ? rule->set : *Key::parse("none");
}

const Clock* decision_clock(const std::vector<Clock>& clocks, const Key& service) {
  const Clock* out = nullptr;
  for (const auto& clock : clocks)
    if (clock.service == service && clock.started_by == ClockEvent::application_complete)
      out = &clock;
  return out;
}

LateReasons late_reasons(const std::vector<Clock>& clocks, const std::vector<CaseStep>& steps,
                         const Book& book, const Key& service, Instant now) {
  LateReasons out;
  for (const auto& clock : clocks) {
    if (clock.service != service || clock.started_by != ClockEvent::decision_due) continue;
    const auto& rule = book.lists.clocks[clock.rule];
    const auto last = clock.stopped_at.value_or(now).bangkok_date();
    const auto every = rule.repeat_days.value_or(*rule.days);
    out.late = !clock.stopped_at;
    auto due = due_day(clock.started_at.bangkok_date(), *rule.days, rule.unit,
                       rule.start_day_counts, book.calendar);
    for (; due.on <= last && every > 0; ++out.wanted)
      due = due_day(due.on, every, rule.unit, false, book.calendar);
  }
  for (const auto& step : steps)
    out.given += step.act == "case.give_late_reason" && step.service == service;
  return out;
}

bool is_deemed_granted(const Clock* decision, Instant now) {
  return decision && decision->on_late == OnLate::deemed_granted &&
         decision->due_at < decision->stopped_at.value_or(now);
}

Satang paid(const std::vector<PaymentRow>& payments, const Key& service) {
  Satang out;
  for (const auto& payment : payments) {
    const bool corrected =
        std::any_of(payments.begin(), payments.end(),
                    [&](const PaymentRow& other) { return other.corrects == payment.payment_id; });
    if (payment.service == service && !corrected) out = out.plus(payment.satang).value_or(out);
  }
  return out;
}

std::string name_th_of(const Catalogue& catalogue, const CasePaperRow& paper) {
  if (paper.name) return paper.name->text();
  const auto* row = paper.paper ? catalogue.paper(*paper.paper) : nullptr;
  return row ? row->name_th.text() : std::string(paper.paper ? paper.paper->text() : "");
}

std::string name_en_of(const Catalogue& catalogue, const CasePaperRow& paper) {
  if (paper.name) return paper.name->text();
  const auto* row = paper.paper ? catalogue.paper(*paper.paper) : nullptr;
  return row ? row->name_en.text() : std::string(paper.paper ? paper.paper->text() : "");
}

}  // namespace changwat::service_centre
