#pragma once
// When an obligation is followed up, as data: data/obligations/rules.json, read once at start.
//
// These are rules of the programme, not law: they remind, and list what waits. Only a row that
// names `overdue_after_days` gives a last day to a duty for which law names none.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

namespace changwat::obligations {

// A count of days, 1 … 366.
class Days {
 public:
  static std::optional<Days> of_count(std::int64_t n) {
    if (n < 1 || n > 366) return std::nullopt;
    Days days;
    days.n_ = static_cast<int>(n);
    return days;
  }
  std::int64_t count() const { return n_; }
  int days() const { return n_; }
  static Word word() {
    return {.name = "Days",
            .format = "int64",
            .pattern = "",
            .min = 1,
            .max = 366,
            .th = "ต้องเป็นจำนวนวัน 1 ถึง 366",
            .en = "must be a count of days, 1 to 366"};
  }
  friend auto operator<=>(Days, Days) = default;

 private:
  int n_ = 1;
};

struct FollowUpRule {
  Key rule;
  std::optional<Key> kind;         // of duties with this code; none: of all that no other row names
  List<Days, 20> before_due_days;  // reminders, days before the last day
  List<Days, 20> after_due_days;   // and after it
  Days waiting_after_days;         // without a last day: from here on it is listed as waiting
  List<Days, 20> waiting_days;     // and reminded of, days after the occasion
  List<Days, 20> proof_days;       // sent without proof: reminded of, days after it was sent
  std::optional<Days> overdue_after_days;  // the last day where law names none
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;  // the last day
  Text<1, 500> source;
  bool verified = false;
  std::optional<Text<1, 500>> note;
};
BOOST_DESCRIBE_STRUCT(FollowUpRule, (),
                      (rule, kind, before_due_days, after_due_days, waiting_after_days,
                       waiting_days, proof_days, overdue_after_days, valid_from, valid_to, source,
                       verified, note))

struct FollowUpRules {
  std::string about;
  std::vector<FollowUpRule> rules;
};
BOOST_DESCRIBE_STRUCT(FollowUpRules, (), (about, rules))

// Reads the file ("$schema" is for editors). Refused unless a row names no kind and is in force for
// ever.
Result<FollowUpRules> read_follow_up_rules(std::string_view json);

// The row for duties of a kind on a day: one that names the kind, else the one for all.
const FollowUpRule& rule_on(const FollowUpRules& rules, const Key& kind, Date day);

}  // namespace changwat::obligations
