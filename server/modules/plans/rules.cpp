#include "modules/plans/rules.hpp"

#include <algorithm>

namespace changwat::plans {
namespace {

struct StateName {
  ChangeState state;
  const char* th;
  const char* en;
};
constexpr StateName state_names[] = {
    {State::draft, "ร่าง", "a draft"},
    {State::checking, "สำนักงานจังหวัดตรวจ", "being checked"},
    {State::classified, "รอ ก.บ.จ. พิจารณา", "waiting for ก.บ.จ."},
    {State::endorsed, "ก.บ.จ. เห็นชอบให้เสนอ รอส่ง", "endorsed and to be sent up"},
    {State::sent_up, "ส่งให้ผู้มีอำนาจแล้ว", "sent up"},
    {State::decided_here, "จังหวัดเห็นชอบแล้ว", "decided in the province"},
    {State::decided_above, "ผู้มีอำนาจเห็นชอบหรือรับทราบแล้ว", "decided above"},
    {State::plan_changed, "ปรับแผนแล้ว", "put into the plan"},
    {State::closed, "ปิดเรื่องแล้ว", "closed"},
    {State::rejected, "ไม่เห็นชอบ", "rejected"},
    {State::withdrawn, "ถอนแล้ว", "withdrawn"},
};

FieldError wrong(std::string pointer, std::string code, std::string th, std::string en) {
  return {std::move(pointer), std::move(code), std::move(th), std::move(en)};
}

// Quantity times price, none beyond the range.
std::optional<Satang> product(std::int64_t quantity, Satang price) {
  if (price.count() != 0 && quantity > Satang::count_max / price.count()) return std::nullopt;
  return Satang::of_count(quantity * price.count());
}

void line_faults(const BudgetLine& line, std::size_t activities, const std::string& at,
                 std::vector<FieldError>& out) {
  if (line.activity &&
      (*line.activity < 0 || *line.activity >= static_cast<std::int64_t>(activities)))
    out.push_back(wrong(at + "/activity", "unknown_activity", "ไม่พบกิจกรรมที่อ้างถึง",
                        "there is no such activity"));
  if (line.item_th.empty())
    out.push_back(wrong(at + "/item_th", "required", "ต้องระบุรายการ", "is required"));
  if (line.quantity && *line.quantity < 1)
    out.push_back(
        wrong(at + "/quantity", "out_of_range", "จำนวนต้องไม่น้อยกว่า 1", "must be at least 1"));
  if (!line.quantity || *line.quantity < 1 || !line.unit_price_satang) return;
  if (product(*line.quantity, *line.unit_price_satang) != line.amount_satang)
    out.push_back(wrong(at + "/amount_satang", "not_the_product", "วงเงินต้องเท่ากับจำนวนคูณราคาต่อหน่วย",
                        "must be the quantity times the unit price"));
}

bool has_money(const ProjectRow& project) {
  return project.budget_class != BudgetClass::over_ceiling;
}

FieldError not_conserved(Satang wanted, Satang found) {
  return wrong(
      "/content/after/budget", "not_conserved",
      "ผลรวมของงบประมาณต้องเท่ากับ " + baht_text(wanted) + " บาท แต่รวมได้ " + baht_text(found) + " บาท",
      "the budget must add up to " + baht_text(wanted) + " baht, and adds up to " +
          baht_text(found));
}

void lender_faults(const ProjectRow* project, const Leftover& leftover, const ProjectRow* lender,
                   std::vector<FieldError>& out) {
  const std::string at = "/content/leftover";
  if (!lender)
    return out.push_back(wrong(at + "/from_project", "unknown_project", "ไม่พบโครงการที่มีเงินเหลือจ่าย",
                               "there is no such project in the province and year"));
  if (project && project->project_id == lender->project_id)
    return out.push_back(wrong(at + "/from_project", "same_project", "เงินเหลือจ่ายต้องมาจากโครงการอื่น",
                               "must be another project"));
  if (leftover.amount_satang == Satang())
    out.push_back(wrong(at + "/amount_satang", "required", "ต้องระบุวงเงิน", "is required"));
  if (leftover.amount_satang > available(*lender))
    out.push_back(wrong(at + "/amount_satang", "more_than_there_is",
                        "โครงการนั้นมีเงินเพียง " + baht_text(available(*lender)) + " บาท",
                        "the project has only " + baht_text(available(*lender)) + " baht"));
}

// What the budget has to add up to; none: nothing is paid from it, so it may be any estimate.
std::optional<Satang> expected_total(RequestKind kind, const ProjectRow* project,
                                     const std::optional<Leftover>& leftover) {
  const auto more = leftover ? leftover->amount_satang : Satang();
  switch (kind) {
    case RequestKind::amend:
    case RequestKind::replace:
      if (!has_money(*project) && !leftover) return std::nullopt;
      return (kind == RequestKind::amend ? funded(*project) : available(*project)).plus(more);
    case RequestKind::add:
      return leftover ? std::optional(more) : std::nullopt;
    case RequestKind::cancel:
      break;
  }
  return std::nullopt;
}

void put_content(ProjectRow& project, const ProjectContent& content) {
  project.content.value = content;
  project.name_th = content.name_th.text();
  project.total_satang = *total_of(content);
}

void touch(ProjectRow& project, Instant now) {
  ++project.version;
  project.updated_at = now;
}

ProjectRow made_by(const ChangeRow& change, const std::optional<ProjectRow>& project, Instant now) {
  ProjectRow made;
  made.project_id = ProjectId::make(now);
  made.province = change.province;
  made.fiscal_year = change.fiscal_year;
  made.code = change.content.value.new_code.value();
  made.budget_class = project && has_money(*project)  ? project->budget_class
                      : change.content.value.leftover ? BudgetClass::within_ceiling
                                                      : BudgetClass::over_ceiling;
  if (project) made.funding = project->funding;
  made.source = *Text<1, 500>::parse("change request " + change.change_id.text());
  made.demonstration = change.demonstration;
  made.created_at = made.updated_at = now;
  put_content(made, change.content.value.after);
  return made;
}

}  // namespace

std::string baht_text(Satang amount) {
  auto whole = std::to_string(amount.count() / 100);
  for (auto i = static_cast<int>(whole.size()) - 3; i > 0; i -= 3)
    whole.insert(static_cast<std::size_t>(i), ",");
  const auto rest = std::to_string(amount.count() % 100);
  return whole + (rest.size() == 1 ? ".0" : ".") + rest;
}

// ---- projects

std::optional<Satang> total_of(const ProjectContent& content) {
  std::optional<Satang> total = Satang();
  for (const auto& line : content.budget)
    if (total) total = total->plus(line.amount_satang);
  return total;
}

std::vector<FieldError> faults(const ProjectContent& content, std::string_view prefix) {
  std::vector<FieldError> out;
  const std::string at(prefix);
  if (content.name_th.empty())
    out.push_back(wrong(at + "/name_th", "required", "ต้องระบุชื่อโครงการ", "is required"));
  for (std::size_t i = 0; i < content.plan_links.size(); ++i)
    if (content.plan_links[i].level < 1 || content.plan_links[i].level > 3)
      out.push_back(wrong(at + "/plan_links/" + std::to_string(i) + "/level", "out_of_range",
                          "ระดับแผนต้องเป็น 1–3", "must be 1, 2 or 3"));
  for (std::size_t i = 0; i < content.activities.size(); ++i) {
    const auto& activity = content.activities[i];
    if (activity.starts && activity.ends && *activity.ends < *activity.starts)
      out.push_back(wrong(at + "/activities/" + std::to_string(i) + "/ends", "before_start",
                          "เดือนสิ้นสุดต้องไม่ก่อนเดือนเริ่ม", "must not be before the start"));
  }
  for (std::size_t i = 0; i < content.budget.size(); ++i)
    line_faults(content.budget[i], content.activities.size(), at + "/budget/" + std::to_string(i),
                out);
  if (!total_of(content))
    out.push_back(
        wrong(at + "/budget", "out_of_range", "ผลรวมเกินกว่าที่ระบบรับได้", "the sum is out of range"));
  return out;
}

Satang funded(const ProjectRow& project) {
  return has_money(project) ? project.total_satang : Satang();
}

Satang available(const ProjectRow& project) {
  return funded(project).minus(project.released_satang).value_or(Satang());
}

// ---- requests

bool takes_on(std::string_view act) {
  return act != "change.edit" && act != "change.return" && act != "change.withdraw";
}

Problem wrong_state(ChangeState state) {
  for (const auto& name : state_names)
    if (name.state == state)
      return Problem(errors::wrong_state,
                     std::string("คำขอนี้อยู่ในสถานะ “") + name.th + "” จึงทำรายการนี้ไม่ได้",
                     std::string("The request is ") + name.en + ": this cannot be done now.");
  return errors::wrong_state;
}

std::vector<FieldError> money_faults(RequestKind kind, const ProjectRow* project,
                                     const ChangeContent& content, const ProjectRow* lender) {
  std::vector<FieldError> out;
  if (kind == RequestKind::cancel) {
    if (content.leftover)
      out.push_back(wrong("/content/leftover", "not_wanted", "การยกเลิกโครงการไม่ใช้เงินเหลือจ่าย",
                          "a cancelled project uses no leftover money"));
    return out;
  }
  if (content.leftover) lender_faults(project, *content.leftover, lender, out);
  const auto total = total_of(content.after);
  const auto expected = expected_total(kind, project, content.leftover);
  if (total && expected && *total != *expected) out.push_back(not_conserved(*expected, *total));
  return out;
}

std::vector<FieldError> submission_faults(RequestKind kind, const ChangeContent& content) {
  std::vector<FieldError> out;
  if (content.reason_th.empty())
    out.push_back(wrong("/content/reason_th", "required", "ต้องระบุเหตุผล", "is required"));
  const bool makes_one = kind == RequestKind::replace || kind == RequestKind::add;
  if (makes_one && !content.new_code)
    out.push_back(wrong("/content/new_code", "required", "ต้องระบุรหัสโครงการใหม่", "is required"));
  return out;
}

Result<Settled> settle(const SettleRequest& in, const ChangeClassification& proposed, Instant now) {
  Settled out;
  out.decided_by = in.contested_decider.value_or(proposed.decided_by);
  out.contested = in.contested_decider.has_value();
  out.reason_th = in.reason_th;
  out.at = now;
  out.then = proposed.then;
  out.proposed = proposed;
  if (out.contested && out.decided_by == proposed.decided_by)
    return Problem({{"/contested_decider", "same_as_proposed", "ตรงกับที่ระบบเสนอ จึงไม่ใช่การโต้แย้ง",
                     "is what was proposed: nothing is contested"}});
  if (out.contested && out.reason_th.empty())
    return Problem({{"/reason_th", "required", "การโต้แย้งต้องระบุเหตุผล", "is required to contest"}});
  return out;
}

Result<ChangeState> state_after(CommitteeDecision decision, const Settled& settled) {
  if (decision == CommitteeDecision::reject) return State::rejected;
  if (decision == CommitteeDecision::revise) return State::draft;
  if (settled.decided_by == Decider::not_allowed)
    return Problem(not_for_the_province,
                   "กฎหมายไม่เปิดให้ทำด้วยการเปลี่ยนแปลงโครงการ จึงเห็นชอบหรือเสนอต่อไม่ได้",
                   "No change of project can do this, so it can be neither approved nor sent up.");
  return settled.decided_by == Decider::provincial_committee ? State::decided_here
                                                             : State::endorsed;
}

ChangeState state_after(ChangeOutcome outcome) {
  switch (outcome) {
    case ChangeOutcome::approve:
    case ChangeOutcome::acknowledge:
      return State::decided_above;
    case ChangeOutcome::reject:
      return State::rejected;
    case ChangeOutcome::give_back:
      return State::draft;
  }
  CHECK(false);
  return State::rejected;
}

bool asks_for_report(const Settled& settled) {
  return std::find(settled.then.begin(), settled.then.end(), ChangeDuty::report_budget_bureau) !=
         settled.then.end();
}

std::vector<DossierGap> gaps(const ChangeRules& rules, const ChangeContent& content,
                             bool has_attachment, bool has_resolution) {
  const auto there = [&](DossierItem item) {
    switch (item) {
      case DossierItem::reason:
        return !content.reason_th.empty();
      case DossierItem::effect_kpi:
        return !content.effect_kpi_th.empty();
      case DossierItem::effect_beneficiaries:
        return !content.effect_beneficiaries_th.empty();
      case DossierItem::effect_money:
        return !content.effect_money_th.empty();
      case DossierItem::attachment:
        return has_attachment;
      case DossierItem::resolution:
        return has_resolution;
    }
    return false;
  };
  std::vector<DossierGap> out;
  for (const auto& row : rules.dossier)
    if (!there(row.item)) out.push_back({row.item, row.label_th.text(), row.label_en.text()});
  return out;
}

std::int64_t days_between(Instant submitted_at, Date decided_on) {
  return (decided_on.day() - submitted_at.bangkok_date().day()).count();
}

DecisionDays days_of(std::vector<std::int64_t> days) {
  DecisionDays out;
  out.requests = static_cast<std::int64_t>(days.size());
  if (days.empty()) return out;
  std::sort(days.begin(), days.end());
  out.median = days[(days.size() - 1) / 2];  // of an even number the lower of the two in the middle
  out.longest = days.back();
  return out;
}

// ---- a change takes effect

Effect effect_of(const ChangeRow& change, const std::optional<ProjectRow>& project,
                 const std::optional<ProjectRow>& lender, Instant now) {
  Effect out{project, lender, std::nullopt};
  const auto& content = change.content.value;
  if (out.lender) {
    out.lender->released_satang =
        *out.lender->released_satang.plus(content.leftover.value().amount_satang);
    touch(*out.lender, now);
  }
  switch (change.kind) {
    case RequestKind::amend:
      put_content(*out.project, content.after);
      if (lender && out.project->budget_class == BudgetClass::over_ceiling)
        out.project->budget_class = BudgetClass::within_ceiling;
      break;
    case RequestKind::cancel:
      out.project->state = ProjectState::cancelled;
      break;
    case RequestKind::replace:
      out.made = made_by(change, project, now);
      out.project->state = ProjectState::cancelled;
      out.project->released_satang = funded(*project);
      break;
    case RequestKind::add:
      out.made = made_by(change, std::nullopt, now);
      break;
  }
  if (out.project) touch(*out.project, now);
  return out;
}

}  // namespace changwat::plans
