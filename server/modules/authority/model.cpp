#include "modules/authority/model.hpp"

namespace changwat::authority {

std::optional<StatedFacts> StatedFacts::parse(std::string_view raw) {
  StatedFacts out;
  out.text_ = raw;
  while (!raw.empty()) {
    const auto item = raw.substr(0, raw.find(','));
    raw.remove_prefix(std::min(raw.size(), item.size() + 1));
    const auto colon = item.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto key = Key::parse(item.substr(0, colon));
    const auto value = item.substr(colon + 1);
    if (!key || (value != "true" && value != "false")) return std::nullopt;
    if (out.facts_.size() == List<Fact, 32>::length_max) return std::nullopt;
    out.facts_.push_back({*key, value == "true"});
  }
  return out;
}

Word StatedFacts::word() {
  return {.name = "StatedFacts",
          .format = "",
          .pattern = "^([a-z0-9_.-]+:(true|false)(,[a-z0-9_.-]+:(true|false))*)?$",
          .min = 0,
          .max = 3000,
          .th = "ต้องเป็นข้อเท็จจริงคั่นด้วยจุลภาค เช่น in_approved_plan:true",
          .en = "must be facts separated by commas, like in_approved_plan:true"};
}

}  // namespace changwat::authority
