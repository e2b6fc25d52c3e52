#include "modules/authority/grants.hpp"

#include <algorithm>
#include <utility>

namespace changwat::authority {
namespace {

constexpr std::string_view id_digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// An id of 26 base-32 digits as 128 bits.
std::array<std::uint64_t, 2> packed(const GrantId& id) {
  unsigned __int128 value = 0;
  for (const char c : id.text()) value = value << 5 | id_digits.find(c);
  return {static_cast<std::uint64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

std::int64_t first_moment(Date day) {
  return Instant::bangkok(day, 0, 0, 0).unix_ms();
}

FieldError fault(const char* pointer, const char* code, std::string th, std::string en) {
  return {pointer, code, std::move(th), std::move(en)};
}

// What of `inner` exceeds `outer`, member by member.
void exceeding(const Grant& grant, const Extent& inner, const Extent& outer,
               std::vector<FieldError>& wrong) {
  const auto beyond = [&](const char* pointer) {
    wrong.push_back(
        fault(pointer, "exceeds_grantor", "เกินกว่าที่ผู้มอบมีอยู่เอง", "is more than the grantor has"));
  };
  if (inner.begins < outer.begins) beyond("/from_date");
  if (grant.to_date && inner.ends > outer.ends) beyond("/to_date");
  if (inner.begins >= std::min(inner.ends, outer.ends)) beyond("/from_date");
  if (inner.ceiling > outer.ceiling && grant.ceiling_satang) beyond("/ceiling_satang");
  if (grant.area && !outer.place.contains(inner.place)) beyond("/area");
  if (grant.kinds && (inner.words.kinds & ~outer.words.kinds)) beyond("/kinds");
  if (grant.fundings && (inner.words.fundings & ~outer.words.fundings)) beyond("/fundings");
  if (grant.methods && (inner.words.methods & ~outer.words.methods)) beyond("/methods");
  if (grant.project && outer.project && inner.project != outer.project) beyond("/project");
  if (inner.levels < 0 || inner.levels >= outer.levels) beyond("/levels");
}

// `inner` cut down to `outer`; nothing if they share no place or no project.
std::optional<Extent> cut_to(Extent inner, const Extent& outer) {
  inner.begins = std::max(inner.begins, outer.begins);
  inner.ends = std::min(inner.ends, outer.ends);
  inner.ceiling = std::min(inner.ceiling, outer.ceiling);
  inner.words = inner.words & outer.words;
  if (inner.place.contains(outer.place))
    inner.place = outer.place;
  else if (!outer.place.contains(inner.place))
    return std::nullopt;
  if (outer.project && inner.project && inner.project != outer.project) return std::nullopt;
  if (!inner.project) inner.project = outer.project;
  inner.levels = std::clamp(inner.levels, 0, outer.levels - 1);
  return inner;
}

}  // namespace

Place::Place(const std::optional<AreaCode>& area) {
  if (!area) return;
  std::uint32_t digits = 0;
  for (const char c : area->text()) digits = digits * 10 + static_cast<std::uint32_t>(c - '0');
  digits_ = digits;
  level_ = static_cast<std::uint32_t>(area->text().size() / 2);
}

std::optional<AreaCode> Place::area() const {
  if (whole_country()) return std::nullopt;
  return AreaCode::parse(std::to_string(digits_));  // the first digit is never 0
}

Extent extent_by_law(const LawPower& power, const OfficeRow& office) {
  Extent out;
  out.begins = first_moment(power.first_day);
  out.ends = first_moment(power.last_day.plus_days(1));
  if (power.power->ceiling_satang) out.ceiling = power.power->ceiling_satang->count();
  out.words = power.words;
  if (power.power->reach == Reach::own_area) out.place = Place(office.area);
  out.levels = power.power->delegation ? power.power->delegation->levels : 0;
  return out;
}

GrantBook::GrantBook(const Law& law) : law_(law), rows_(1) {}

std::optional<GrantBook::Ground> GrantBook::ground(const Grant& grant, const Offices& offices,
                                                   std::vector<FieldError>& wrong) const {
  const auto no = [&](const char* pointer, const char* code, std::string th, std::string en) {
    wrong.push_back(fault(pointer, code, std::move(th), std::move(en)));
    return std::nullopt;
  };
  const auto* power = law_.find(grant.power);
  if (!power) return no("/power", "unknown_value", "ไม่มีอำนาจนี้", "there is no such power");
  if (!power->power->delegation)
    return no("/power", "not_grantable", "อำนาจนี้มอบต่อไม่ได้", "this power may not be granted");
  const auto* from = offices.find(grant.from_office_id);
  if (!from) return no("/from_office_id", "unknown_value", "ไม่มีตำแหน่งนี้", "there is no such office");
  const auto* to = offices.find(grant.to_office_id);
  if (!to) return no("/to_office_id", "unknown_value", "ไม่มีตำแหน่งนี้", "there is no such office");
  if (!power->grantable_to(to->role))
    return no("/to_office_id", "not_eligible", "ตำแหน่งประเภทนี้รับมอบอำนาจนี้ไม่ได้",
              "an office of this class may not receive this power");
  if (from == to)
    return no("/to_office_id", "circle", "มอบให้ตนเองไม่ได้", "an office grants nothing to itself");

  Ground out{.power = power};
  if (!grant.parent_grant_id) {
    if (!power->held_by(from->role) || (power->power->reach == Reach::own_area && !from->area))
      return no("/from_office_id", "not_held", "ผู้มอบไม่มีอำนาจนี้ตามกฎหมาย",
                "the law does not vest this power in the grantor");
    out.extent = extent_by_law(*power, *from);
    return out;
  }
  out.parent = find(*grant.parent_grant_id);
  if (out.parent == none || row(out.parent).power != power->number ||
      office_id(row(out.parent).holder) != from->office_id)
    return no("/parent_grant_id", "not_held", "ผู้มอบไม่ได้รับมอบอำนาจนี้ตามรายการที่อ้าง",
              "the grantor did not receive this power by that grant");
  out.extent = row(out.parent).extent;
  if (out.extent.levels < 1)
    return no("/parent_grant_id", "not_grantable", "ผู้มอบมอบอำนาจนี้ต่อไม่ได้",
              "the grantor may not grant this power on");
  for (auto n = out.parent; n != none; n = row(n).parent)
    if (office_id(row(n).giver) == to->office_id || office_id(row(n).holder) == to->office_id)
      return no("/to_office_id", "circle", "ตำแหน่งนี้อยู่ในสายการมอบอำนาจแล้ว",
                "this office stands in the chain already");
  return out;
}

Extent GrantBook::written(const Grant& grant) const {
  const auto& terms = law_.files().terms;
  const auto bits = [](const Vocabulary& words, const std::optional<Json<Words>>& keys) {
    return keys ? Law::bits(words, keys->value) : any_word;
  };
  Extent out;
  out.begins = std::max(first_moment(grant.from_date), grant.granted_at.unix_ms());
  if (grant.to_date) out.ends = first_moment(grant.to_date->plus_days(1));
  if (grant.ended_at) out.ends = std::min(out.ends, grant.ended_at->unix_ms());
  if (grant.ceiling_satang) out.ceiling = grant.ceiling_satang->count();
  out.words = {bits(terms.kinds, grant.kinds), bits(terms.fundings, grant.fundings),
               bits(terms.methods, grant.methods)};
  out.place = Place(grant.area);
  out.project = project_number(grant.project);
  out.levels = grant.levels;
  return out;
}

std::vector<FieldError> GrantBook::faults(const Grant& grant, const Offices& offices) const {
  std::vector<FieldError> wrong;
  const auto ground = this->ground(grant, offices, wrong);
  if (!ground) return wrong;
  auto extent = written(grant);
  // A project that no grant named before is not that of the grant above.
  if (grant.project && !extent.project) extent.project = ~std::uint32_t{0};
  exceeding(grant, extent, ground->extent, wrong);
  return wrong;
}

bool GrantBook::add(const Grant& grant, const Offices& offices) {
  std::unique_lock lock(mutex_, std::defer_lock);
  if (!loading_) lock.lock();
  std::vector<FieldError> wrong;
  const auto ground = this->ground(grant, offices, wrong);
  if (!ground) return false;
  if (grant.project && !project_numbers_.contains(grant.project->text())) {
    projects_.push_back(*grant.project);
    project_numbers_.emplace(grant.project->text(), static_cast<std::uint32_t>(projects_.size()));
  }
  const auto extent = cut_to(written(grant), ground->extent);
  if (!extent) return false;

  const auto number = static_cast<Number>(rows_.size());
  Row row{.id = packed(grant.grant_id), .extent = *extent, .parent = ground->parent};
  if (!numbers_.emplace(row.id, number).second) return false;
  row.power = ground->power->number;
  row.giver = number_of(grant.from_office_id);
  row.holder = number_of(grant.to_office_id);
  row.next_of_giver = std::exchange(offices_[row.giver].first_given, number);
  row.next_of_holder = std::exchange(offices_[row.holder].first_held, number);
  if (row.parent != none) row.next_sibling = std::exchange(rows_[row.parent].first_child, number);
  rows_.push_back(row);

  auto& place = places_[place_key(row.power, extent->place)];
  if (loading_)
    place.push_back(number);
  else
    place.insert(std::upper_bound(place.begin(), place.end(), number,
                                  [this](Number a, Number b) { return before(a, b); }),
                 number);
  return true;
}

void GrantBook::sort_places() {
  for (auto& [key, numbers] : places_)
    std::sort(numbers.begin(), numbers.end(), [this](Number a, Number b) { return before(a, b); });
}

std::size_t GrantBook::end(const GrantId& id, Instant at) {
  const std::unique_lock lock(mutex_);
  const auto number = find(id);
  std::size_t fell = 0;
  if (number != none) cut(number, at.unix_ms(), fell);
  return fell;
}

void GrantBook::cut(Number number, std::int64_t ends, std::size_t& fell) {
  auto& extent = rows_[number].extent;
  if (extent.ends <= ends) return;  // nothing below it lasts longer
  extent.ends = ends;
  ++fell;
  for (auto n = rows_[number].first_child; n != none; n = rows_[n].next_sibling) cut(n, ends, fell);
}

std::vector<GrantId> GrantBook::ending_with_holder(std::string_view office_id, Instant at) const {
  std::vector<GrantId> out;
  for_each_given_by(office_id, [&](Number n) {
    const auto& delegation = law_.power(rows_[n].power).power->delegation;
    if (delegation && delegation->ends_with_holder && rows_[n].extent.ends > at.unix_ms())
      out.push_back(id(n));
  });
  return out;
}

GrantBook::Number GrantBook::find(const GrantId& id) const {
  const auto it = numbers_.find(packed(id));
  return it == numbers_.end() ? none : it->second;
}

GrantId GrantBook::id(Number number) const {
  const auto& [high, low] = rows_[number].id;
  auto value = static_cast<unsigned __int128>(high) << 64 | low;
  std::string text(26, '0');
  for (std::size_t i = text.size(); i-- > 0; value >>= 5)
    text[i] = id_digits[static_cast<std::size_t>(value & 31)];
  return *GrantId::parse(text);
}

std::optional<ProjectRef> GrantBook::project(std::uint32_t number) const {
  if (number == 0 || number > projects_.size()) return std::nullopt;
  return projects_[number - 1];
}

std::uint32_t GrantBook::project_number(const std::optional<ProjectRef>& project) const {
  if (!project) return 0;
  const auto it = project_numbers_.find(project->text());
  return it == project_numbers_.end() ? 0 : it->second;
}

std::vector<GrantBook::Number> GrantBook::chain(Number number) const {
  std::vector<Number> out;
  for (; number != none; number = rows_[number].parent) out.push_back(number);
  std::reverse(out.begin(), out.end());
  return out;
}

GrantBook::OfficeNumber GrantBook::number_of(const OfficeRef& office_id) {
  const auto [it, fresh] =
      office_numbers_.try_emplace(office_id.text(), static_cast<OfficeNumber>(offices_.size()));
  if (fresh) offices_.push_back({office_id.text()});
  return it->second;
}

std::size_t GrantBook::bytes() const {
  std::size_t out = rows_.capacity() * sizeof(Row) +
                    numbers_.bucket_count() * (sizeof(std::array<std::uint64_t, 2>) + 8);
  for (const auto& [key, numbers] : places_)
    out += sizeof(key) + sizeof(numbers) + numbers.capacity() * sizeof(Number);
  return out;
}

}  // namespace changwat::authority
