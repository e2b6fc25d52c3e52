#include "modules/authority/offices.hpp"

namespace changwat::authority {
namespace {

std::pair<std::string, std::string> key_of(std::string_view role,
                                           const std::optional<AreaCode>& area) {
  return {std::string(role), area ? area->text() : std::string()};
}

}  // namespace

Offices::Offices(std::vector<OfficeRow> rows) : rows_(std::move(rows)) {
  by_id_.reserve(rows_.size());
  for (const auto& row : rows_) {
    by_id_.emplace(row.office_id, &row);
    by_role_and_area_[key_of(row.role, row.area)].push_back(&row);
    by_role_[row.role].push_back(&row);
  }
}

const OfficeRow* Offices::find(std::string_view office_id) const {
  const auto it = by_id_.find(office_id);
  return it == by_id_.end() ? nullptr : it->second;
}

const std::vector<const OfficeRow*>& Offices::of(std::string_view role,
                                                 const std::optional<AreaCode>& area) const {
  static const std::vector<const OfficeRow*> none;
  const auto it = by_role_and_area_.find(key_of(role, area));
  return it == by_role_and_area_.end() ? none : it->second;
}

const std::vector<const OfficeRow*>& Offices::of(std::string_view role) const {
  static const std::vector<const OfficeRow*> none;
  const auto it = by_role_.find(role);
  return it == by_role_.end() ? none : it->second;
}

}  // namespace changwat::authority
