#include "modules/committees/facts.hpp"

#include <set>

#include <boost/json.hpp>

namespace changwat::committees {
namespace {

template <class T>
void pick(json::Reading& reading, const boost::json::object& document, std::string_view name,
          T& out) {
  reading.enter(name);
  if (const auto* found = document.if_contains({name.data(), name.size()}))
    json::read(reading, *found, out);
  else
    reading.wrong("required", "ต้องระบุช่องนี้", "is required");
  reading.leave();
}

}  // namespace

Result<Facts> read_facts(std::string_view programme_json) {
  const auto value = TRY(json::parse(programme_json));
  json::Reading reading;
  Facts facts;
  if (const auto* document = json::object_of(reading, value)) {
    pick(reading, *document, "bodies", facts.bodies);
    pick(reading, *document, "working_groups", facts.working_groups);
    pick(reading, *document, "meetings", facts.meetings);
  }
  if (!reading.errors.empty()) return Problem(std::move(reading.errors));
  if (auto wrong = faults(facts); !wrong.empty()) return Problem(std::move(wrong));
  return facts;
}

std::vector<FieldError> faults(const Facts& facts) {
  std::vector<FieldError> wrong;
  std::set<std::string> codes, numbers;
  const auto known = [&](const std::string& pointer, const Key& code) {
    if (!codes.contains(code.text()))
      wrong.push_back(
          {pointer, "unknown_body", "ไม่พบคณะ " + code.text(), "there is no body " + code.text()});
  };
  for (std::size_t i = 0; i < facts.bodies.size(); ++i)
    if (!codes.insert(facts.bodies[i].code.text()).second)
      wrong.push_back(
          {"/bodies/" + std::to_string(i) + "/code", "repeated", "รหัสซ้ำกัน", "stands twice"});
  for (std::size_t i = 0; i < facts.bodies.size(); ++i)
    if (facts.bodies[i].parent)
      known("/bodies/" + std::to_string(i) + "/parent", *facts.bodies[i].parent);
  for (std::size_t i = 0; i < facts.working_groups.size(); ++i)
    known("/working_groups/" + std::to_string(i), facts.working_groups[i]);
  for (std::size_t i = 0; i < facts.meetings.size(); ++i) {
    const auto at = "/meetings/" + std::to_string(i);
    known(at + "/body", facts.meetings[i].body);
    if (!numbers.insert(facts.meetings[i].body.text() + " " + facts.meetings[i].number.text())
             .second)
      wrong.push_back({at + "/number", "repeated", "ครั้งที่ซ้ำกัน", "stands twice"});
  }
  return wrong;
}

}  // namespace changwat::committees
