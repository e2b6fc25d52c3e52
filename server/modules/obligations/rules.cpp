#include "modules/obligations/rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace changwat::obligations {
namespace {

std::int64_t days_from(Date first, Date last) {
  return (last.day() - first.day()).count();
}

bool weekend(Date day) {
  const std::chrono::weekday weekday(day.day());
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

int longest(const List<Days, 20>& days) {
  return days.empty() ? 0 : std::max_element(days.begin(), days.end())->days();
}

// The day beyond which nothing more is counted.
Date end_of(const ObligationRow& row, Date today) {
  return row.received_on.value_or(today);
}

bool waits_too_long(const ObligationRow& row, const FollowUpRule& rule, Date today) {
  if (row.state == State::owed)
    return !row.due && days_from(row.counted_from, today) >= rule.waiting_after_days.count();
  const auto first = std::min_element(rule.proof_days.begin(), rule.proof_days.end());
  return first != rule.proof_days.end() && days_from(*row.sent_on, today) >= first->count();
}

ObligationStanding standing_of(const ObligationRow& row, const FollowUpRule& rule, Date today) {
  if (row.state == State::proved) return ObligationStanding::proved;
  if (row.state == State::released) return ObligationStanding::released;
  if (row.state == State::owed && row.due) {
    if (*row.due < today) return ObligationStanding::overdue;
    if (days_from(today, *row.due) <= longest(rule.before_due_days))
      return ObligationStanding::due_soon;
  }
  return waits_too_long(row, rule, today) ? ObligationStanding::waiting : ObligationStanding::open;
}

// A reminder and the day on which it is reached.
struct Reminder {
  std::string name;
  Date day;
};

std::vector<Reminder> reminders_of(const ObligationRow& row, const FollowUpRule& rule) {
  std::vector<Reminder> out;
  const auto add = [&](std::string_view word, const List<Days, 20>& days, Date from, int sign) {
    for (const auto& count : days)
      out.push_back({std::string(word) + "." + std::to_string(count.days()),
                     from.plus_days(sign * count.days())});
  };
  if (row.state == State::served) add("proof", rule.proof_days, *row.sent_on, 1);
  if (row.state != State::owed) return out;
  if (row.due) {
    add("before_due", rule.before_due_days, *row.due, -1);
    add("after_due", rule.after_due_days, *row.due, 1);
  } else {
    add("waiting", rule.waiting_days, row.counted_from, 1);
  }
  return out;
}

FieldError not_before(std::string_view pointer, std::string_view th, std::string_view en) {
  return {std::string(pointer), "out_of_range", "ต้อง" + std::string(th) + " และไม่อยู่ในอนาคต",
          "must not be " + std::string(en) + " nor in the future"};
}

std::optional<std::int64_t> median(std::vector<std::int64_t> days) {
  if (days.empty()) return std::nullopt;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
  std::nth_element(days.begin(), middle, days.end());
  return *middle;
}

}  // namespace

Problem wrong_state(ObligationState state) {
  switch (state) {
    case State::owed:
      return {errors::wrong_state, "ยังไม่ได้บันทึกการส่งหนังสือ",
              "The letter is not recorded as sent yet."};
    case State::served:
      return {errors::wrong_state, "บันทึกการส่งแล้ว เหลือหลักฐานการรับ",
              "It is recorded as sent; the proof of receipt is wanting."};
    case State::proved:
      return {errors::wrong_state, "มีหลักฐานการรับแล้ว หากบันทึกผิดให้ถอนคืนแล้วบันทึกใหม่",
              "It is proved. What was entered wrongly is taken back first."};
    case State::released:
      return {errors::wrong_state, "หน้าที่นี้สิ้นไปแล้วเพราะเรื่องเดิมตกไป",
              "It is released: what it belonged to fell away."};
  }
  return errors::wrong_state;
}

// ---- days

Date last_day(const authority::Deadline& deadline, Date from) {
  if (deadline.kind == authority::DayKind::calendar) return from.plus_days(deadline.days);
  auto day = from;
  for (int left = deadline.days; left > 0;) {
    day = day.plus_days(1);
    if (!weekend(day)) --left;
  }
  return day;
}

std::optional<Due> due_of(const authority::Duty& duty, Date from, const FollowUpRule& rule) {
  if (duty.deadline) return Due{last_day(*duty.deadline, from), DueBy::law};
  if (rule.overdue_after_days)
    return Due{from.plus_days(rule.overdue_after_days->days()), DueBy::programme_rule};
  return std::nullopt;
}

Obligation seen(ObligationRow row, const FollowUpRules& rules, Date today) {
  Obligation out;
  out.standing = standing_of(row, rule_on(rules, row.kind, today), today);
  out.age_days = days_from(row.counted_from, end_of(row, today));
  if (row.state == State::owed && row.due) out.days_left = days_from(today, *row.due);
  out.sent_late = row.sent_on && row.due && *row.due < *row.sent_on;
  static_cast<ObligationRow&>(out) = std::move(row);
  return out;
}

std::optional<Key> reminder_reached(const ObligationRow& row, const FollowUpRule& rule,
                                    Date today) {
  const Reminder* latest = nullptr;
  const auto all = reminders_of(row, rule);
  for (const auto& reminder : all)
    if (reminder.day <= today && (!latest || latest->day < reminder.day)) latest = &reminder;
  return latest ? Key::parse(latest->name) : std::nullopt;
}

// ---- letter and proof

std::vector<FieldError> faults(const SentLetter& service, const ObligationRow& row, Date today) {
  if (row.counted_from <= service.sent_on && service.sent_on <= today) return {};
  return {not_before("/sent_on", "ไม่ก่อนวันที่เกิดหน้าที่", "before the obligation arose")};
}

std::vector<FieldError> faults(const ReceiptProof& proof, const ObligationRow& row, Date today) {
  if (row.sent_on && *row.sent_on <= proof.received_on && proof.received_on <= today) return {};
  return {not_before("/received_on", "ไม่ก่อนวันที่ส่ง", "before it was sent")};
}

void put(ObligationRow& row, const SentLetter& service) {
  row.state = State::served;
  row.sent_on = service.sent_on;
  row.letter = service.letter;
  row.channel = service.channel;
}

void put(ObligationRow& row, const ReceiptProof& proof) {
  row.state = State::proved;
  row.received_on = proof.received_on;
  row.receipt = proof.receipt;
  row.received_by = proof.received_by;
  row.reference = proof.reference;
}

void take_back(ObligationRow& row) {
  if (row.state == State::proved) {
    row.state = State::served;
    row.received_on.reset();
    row.receipt.reset();
    row.received_by.reset();
    row.reference.reset();
  } else {
    row.state = State::owed;
    row.sent_on.reset();
    row.letter.reset();
    row.channel.reset();
  }
}

// ---- figures

std::vector<ObligationFigure> figures_of(const std::vector<Course>& courses, Date today) {
  std::map<std::pair<AreaCode, Key>, std::pair<ObligationFigure, std::vector<std::int64_t>>> by;
  for (const auto& course : courses) {
    if (course.state == State::released) continue;
    auto& [figure, days] = by[{course.province, course.kind}];
    figure.demonstration = figure.demonstration || course.demonstration;
    figure.owed += course.state == State::owed;
    figure.overdue += course.state == State::owed && course.due && *course.due < today;
    figure.served += course.state == State::served;
    figure.proved += course.state == State::proved;
    if (course.state == State::proved && course.received_on)
      days.push_back(days_from(course.counted_from, *course.received_on));
  }
  std::vector<ObligationFigure> out;
  for (auto& [key, value] : by) {
    auto& [figure, days] = value;
    std::tie(figure.province, figure.kind) = key;
    figure.median_days = median(std::move(days));
    out.push_back(std::move(figure));
  }
  return out;
}

}  // namespace changwat::obligations
