#include "modules/obligations/follow_up.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace changwat::obligations {
namespace {

bool in_force(const FollowUpRule& row, Date day) {
  return (!row.valid_from || *row.valid_from <= day) && (!row.valid_to || day <= *row.valid_to);
}

bool for_ever(const FollowUpRule& row) {
  return !row.kind && !row.valid_from && !row.valid_to;
}

}  // namespace

Result<FollowUpRules> read_follow_up_rules(std::string_view text) {
  auto value = TRY(json::parse(text));
  if (value.is_object()) value.get_object().erase("$schema");
  auto rules = TRY(from_json_value<FollowUpRules>(value));
  if (std::none_of(rules.rules.begin(), rules.rules.end(), for_ever))
    return Problem({{"/rules", "lacking", "ไม่มีแถวสำหรับหน้าที่ทุกประเภทตลอดเวลา",
                     "no row is for all kinds and for ever"}});
  return rules;
}

// Of rows in force the one that names the kind, else one with days, else the one for ever.
const FollowUpRule& rule_on(const FollowUpRules& rules, const Key& kind, Date day) {
  const FollowUpRule* best = nullptr;
  const auto weight = [](const FollowUpRule& row) {
    return (row.kind ? 2 : 0) + (row.valid_from || row.valid_to ? 1 : 0);
  };
  for (const auto& row : rules.rules)
    if (in_force(row, day) && (!row.kind || *row.kind == kind) &&
        (!best || weight(row) > weight(*best)))
      best = &row;
  CHECK(best);  // the reader refuses rules without one for ever
  return *best;
}

}  // namespace changwat::obligations
