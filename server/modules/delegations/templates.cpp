#include "modules/delegations/templates.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include <boost/json.hpp>

namespace changwat::delegations {
namespace {

constexpr std::array<std::string_view, 17> names{
    "province",  "grantor",      "delegate", "parent_agency_head",
    "project",   "project_code", "funding",  "fiscal_year",
    "law",       "acts",         "ceiling",  "ceiling_words",
    "from",      "to",           "number",   "signed_on",
    "conditions"};
constexpr std::array<std::string_view, 2> list_names{"acts", "conditions"};
constexpr std::string_view unknown = "..........";

// Calls text(part) and name(part) for what stands outside and inside braces.
void parse(std::string_view wording, const std::function<void(std::string_view)>& text,
           const std::function<void(std::string_view)>& name) {
  while (!wording.empty()) {
    const auto open = wording.find('{');
    text(wording.substr(0, open));
    if (open == wording.npos) return;
    wording.remove_prefix(open + 1);
    const auto close = wording.find('}');
    name(wording.substr(0, close));
    if (close == wording.npos) return;
    wording.remove_prefix(close + 1);
  }
}

class Checker {
 public:
  explicit Checker(const authority::Law& law) : law_(law) {}

  std::vector<FieldError> faults(const Templates& templates) {
    std::set<OrderKind> seen;
    for (std::size_t i = 0; i < templates.kinds.size(); ++i) {
      at_ = "/kinds/" + std::to_string(i);
      if (!seen.insert(templates.kinds[i].kind).second) wrong("/kind", "repeated", "stands twice");
      kind(templates.kinds[i]);
    }
    at_ = "/kinds";
    for (const auto name : enum_names<OrderKind>())
      if (!seen.contains(*enum_value<OrderKind>(name)))
        wrong("", "lacking", "there is none of " + std::string(name));
    return std::move(wrong_);
  }

 private:
  void wrong(std::string_view pointer, const char* code, std::string en) {
    wrong_.push_back({at_ + std::string(pointer), code, "แม่แบบไม่ถูกต้อง", std::move(en)});
  }
  void text(const char* pointer, std::string_view wording) {
    parse(
        wording, [](std::string_view) {},
        [&](std::string_view name) {
          if (!is_name(name))
            wrong(pointer, "unknown_name", "nobody fills in " + std::string(name));
        });
  }
  template <class Texts>
  void texts(const char* pointer, const Texts& wordings) {
    for (const auto& wording : wordings) text(pointer, wording);
  }
  void kind(const KindRow& row) {
    std::set<std::string> duties;
    if (row.powers.empty()) wrong("/powers", "lacking", "names no power");
    for (const auto& key : row.powers) {
      const auto* power = law_.find(key);
      if (!power || !power->power->delegation) {
        wrong("/powers", "not_grantable", key.text() + " is no power that may be granted");
        continue;
      }
      if (!power->power->obligations) continue;
      for (const auto& duty : *power->power->obligations) duties.insert(duty.code.text());
    }
    order(row.order);
    for (const auto& letter : row.letters) {
      if (!duties.contains(letter.duty.text()))
        wrong("/letters", "unknown_duty", letter.duty.text() + " is no duty of these powers");
      texts("/letters", letter.origin_th);
      text("/letters", letter.addressee_th);
      text("/letters", letter.subject_th);
      texts("/letters", letter.enclosures_th);
      texts("/letters", letter.body_th);
    }
  }
  void order(const OrderWording& order) {
    text("/order", order.issuer_th);
    text("/order", order.subject_th);
    texts("/order", order.recitals_th);
    texts("/order", order.in_force_th);
    for (const auto& clause : order.clauses_th) {
      text("/order", clause.text_th);
      if (clause.only_with && !is_name(*clause.only_with))
        wrong("/order", "unknown_name", "nobody fills in " + clause.only_with->text());
      if (clause.parts && !is_list_name(*clause.parts))
        wrong("/order", "unknown_name", clause.parts->text() + " is no list");
    }
  }

  const authority::Law& law_;
  std::string at_;
  std::vector<FieldError> wrong_;
};

}  // namespace

const KindRow& Templates::of(OrderKind kind) const {
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const KindRow& row) { return row.kind == kind; });
  CHECK(found != kinds.end());
  return *found;
}

bool is_name(std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
bool is_list_name(std::string_view name) {
  return std::find(list_names.begin(), list_names.end(), name) != list_names.end();
}

Result<Templates> read_templates(std::string_view text, const authority::Law& law) {
  auto value = TRY(json::parse(text));
  if (value.is_object()) value.get_object().erase("$schema");
  auto templates = TRY(from_json_value<Templates>(value));
  if (auto wrong = Checker(law).faults(templates); !wrong.empty()) return Problem(std::move(wrong));
  return templates;
}

std::string filled(std::string_view wording, const Filling& filling) {
  std::string out;
  parse(
      wording, [&](std::string_view part) { out += part; },
      [&](std::string_view name) {
        const auto found = filling.one.find(name);
        const bool known = found != filling.one.end() && !found->second.empty();
        out += known ? std::string_view(found->second) : unknown;
      });
  return out;
}

}  // namespace changwat::delegations
