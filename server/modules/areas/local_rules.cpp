#include "modules/areas/local_rules.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "modules/areas/areas.hpp"

namespace changwat::areas {
namespace {

constexpr std::size_t faults_max = 100;
constexpr std::size_t warnings_max = 200;

std::string text_of(const std::optional<AreaCode>& code) {
  return code ? code->text() : std::string();
}

// Finds the known bodies that the rows mean, each body once, those still there first.
class Matching {
 public:
  Matching(const std::vector<LocalGovernment>& current, const std::vector<LocalRow>& rows)
      : current_(current), rows_(rows), body_of_(rows.size()), taken_(current.size()) {}

  std::vector<const LocalGovernment*> run() && {
    by([](const LocalGovernment& body) {
      return std::tuple(body.kind, body.name_th.text(), body.province, text_of(body.place));
    });
    by([](const LocalGovernment& body) { return body.dla_code ? body.dla_code->text() : ""; });
    by([](const LocalGovernment& body) {
      return std::tuple(body.name_th.text(), body.province, text_of(body.place));
    });
    return std::move(body_of_);
  }

 private:
  static bool says_nothing(const std::string& key) { return key.empty(); }
  template <class Key>
  static bool says_nothing(const Key&) {
    return false;
  }

  // Pairs what has the same key; a key that several rows or several bodies have decides nothing.
  template <class KeyOf>
  void by(KeyOf key_of) {
    using Key = decltype(std::function(key_of)(std::declval<const LocalGovernment&>()));
    std::map<Key, std::vector<std::size_t>> rows, bodies;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (!body_of_[i]) rows[key_of(rows_[i].body)].push_back(i);
    for (std::size_t i = 0; i < current_.size(); ++i)
      if (!taken_[i]) bodies[key_of(current_[i])].push_back(i);
    for (const auto& [key, row] : rows) {
      const auto found = bodies.find(key);
      if (says_nothing(key) || row.size() != 1 || found == bodies.end()) continue;
      auto candidates = found->second;
      if (candidates.size() > 1)
        std::erase_if(candidates, [&](std::size_t i) { return current_[i].valid_to.has_value(); });
      if (candidates.size() != 1) continue;
      body_of_[row.front()] = &current_[candidates.front()];
      taken_[candidates.front()] = true;
    }
  }

  const std::vector<LocalGovernment>& current_;
  const std::vector<LocalRow>& rows_;
  std::vector<const LocalGovernment*> body_of_;  // beside rows_; null: not known
  std::vector<bool> taken_;                      // beside current_
};

class Faults {
 public:
  void add(std::string pointer, std::string code, std::string th, std::string en) {
    if (found.size() < faults_max)
      found.push_back({std::move(pointer), std::move(code), std::move(th), std::move(en)});
  }
  std::vector<FieldError> found;
};

std::string at(const LocalRow& row, const char* column) {
  return row.where.starts_with('/') ? row.where + "/" + column : row.where + ", " + column;
}

void check_area(Faults& faults, const LocalRow& row, const char* column, const AreaCode& code,
                const Register& areas) {
  if (!areas.find(code))
    faults.add(at(row, column), "unknown_area", "ไม่พบพื้นที่รหัส " + code.text(),
               "there is no area " + code.text());
  else if (!row.body.province.contains(code))
    faults.add(at(row, column), "other_province",
               "พื้นที่ " + code.text() + " ไม่อยู่ในจังหวัด " + row.body.province.text(),
               "the area " + code.text() + " is not in province " + row.body.province.text());
}

}  // namespace

std::vector<FieldError> drop_repeated_codes(std::vector<LocalRow>& rows) {
  std::map<std::string, std::vector<LocalRow*>> by_code;
  for (auto& row : rows)
    if (row.body.dla_code) by_code[row.body.dla_code->text()].push_back(&row);
  std::vector<FieldError> warnings;
  for (const auto& [code, claimants] : by_code) {
    if (claimants.size() == 1) continue;
    for (auto* row : claimants) {
      row->body.dla_code.reset();
      if (warnings.size() == warnings_max) continue;
      warnings.push_back(
          {at(*row, "dla_code"), "repeated",
           "รหัส " + code + " ซ้ำกัน " + std::to_string(claimants.size()) + " แถว จึงไม่ใช้กับแถวใดเลย",
           "the code " + code + " stands in " + std::to_string(claimants.size()) +
               " rows, so it is taken for none of them"});
    }
  }
  return warnings;
}

std::vector<FieldError> local_faults(const std::vector<LocalRow>& rows, const Register& areas) {
  Faults faults;
  std::map<std::tuple<LocalKind, std::string, AreaCode, std::string>, const LocalRow*> seen;
  for (const auto& row : rows) {
    const auto& body = row.body;
    if (!areas.find(body.province)) {
      faults.add(at(row, "province"), "unknown_area", "ไม่พบจังหวัดรหัส " + body.province.text(),
                 "there is no province " + body.province.text());
      continue;
    }
    if (body.district) check_area(faults, row, "district", *body.district, areas);
    if (body.place && body.place->level() == AreaLevel::subdistrict)
      check_area(faults, row, "place", *body.place, areas);
    for (const auto& code : body.subdistricts) check_area(faults, row, "subdistricts", code, areas);
    if (body.valid_from && body.valid_to && *body.valid_to < *body.valid_from)
      faults.add(at(row, "valid_to"), "wrong_order", "วันสุดท้ายอยู่ก่อนวันแรก",
                 "the last day is before the first");
    const auto [earlier, is_new] = seen.try_emplace(
        {body.kind, body.name_th.text(), body.province, text_of(body.place)}, &row);
    if (!is_new)
      faults.add(at(row, "name_th"), "repeated",
                 "ประเภท ชื่อ และที่ตั้งเดียวกันกับ " + earlier->second->where,
                 "the same kind, name and place as in " + earlier->second->where);
  }
  return std::move(faults.found);
}

std::vector<std::string> what_changed(const LocalGovernment& before, const LocalGovernment& after) {
  std::vector<std::string> out;
  const auto say = [&](const char* what, std::string_view from, std::string_view to) {
    if (from != to)
      out.push_back(std::string(what) + " " + std::string(from.empty() ? "–" : from) + " → " +
                    std::string(to.empty() ? "–" : to));
  };
  say("kind", enum_name(before.kind), enum_name(after.kind));
  say("DLA code", before.dla_code ? before.dla_code->text() : "",
      after.dla_code ? after.dla_code->text() : "");
  say("Thai name", before.name_th, after.name_th);
  say("English name", before.name_en ? before.name_en->text() : "",
      after.name_en ? after.name_en->text() : "");
  say("province", before.province, after.province);
  say("district", text_of(before.district), text_of(after.district));
  say("place", text_of(before.place), text_of(after.place));
  if (before.subdistricts != after.subdistricts)
    out.push_back("sub-districts covered: " + std::to_string(before.subdistricts.size()) + " → " +
                  std::to_string(after.subdistricts.size()));
  return out;
}

Date last_day_before(const LocalGovernment& before, const LocalGovernment& after, Date on) {
  const auto last = after.valid_from.value_or(on).plus_days(-1);
  return before.valid_from ? std::max(last, *before.valid_from) : last;
}

std::vector<LocalChange> local_differences(const std::vector<LocalGovernment>& current,
                                           const std::vector<LocalRow>& rows, Date on) {
  const auto body_of = Matching(current, rows).run();
  std::set<AreaCode> provinces;
  std::set<LocalKind> kinds;
  std::set<const LocalGovernment*> seen;
  std::vector<LocalChange> changes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto after = rows[i].body;
    provinces.insert(after.province);
    kinds.insert(after.kind);
    const auto* before = body_of[i];
    if (!before) {
      changes.push_back({LocalChangeKind::added, std::move(after), std::nullopt});
      continue;
    }
    seen.insert(before);
    after.local_government_id = before->local_government_id;
    const bool other = !what_changed(*before, after).empty();
    if (!after.valid_from) after.valid_from = other ? std::optional(on) : before->valid_from;
    if (after != *before) changes.push_back({LocalChangeKind::changed, std::move(after), *before});
  }
  for (const auto& body : current) {
    if (body.valid_to || seen.contains(&body) || !provinces.contains(body.province) ||
        !kinds.contains(body.kind))
      continue;
    auto ended = body;
    ended.valid_to = on.plus_days(-1);
    changes.push_back({LocalChangeKind::ended, std::move(ended), body});
  }
  return changes;
}

}  // namespace changwat::areas
