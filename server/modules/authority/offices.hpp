#pragma once
// Offices: a register of offices in memory, immutable; who could act by law, and who receives
// grants. Made from identity's offices; in tests and benches from anything.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/area_code.hpp"

#include "modules/authority/model.hpp"

namespace changwat::authority {

class Offices {
 public:
  Offices() = default;
  explicit Offices(std::vector<OfficeRow> rows);

  std::size_t size() const { return rows_.size(); }
  const OfficeRow* find(std::string_view office_id) const;
  // Offices of a role for exactly this area; none: for the whole country.
  const std::vector<const OfficeRow*>& of(std::string_view role,
                                          const std::optional<AreaCode>& area) const;
  const std::vector<const OfficeRow*>& of(std::string_view role) const;  // wherever
  Offices(const Offices&) = delete;
  Offices& operator=(const Offices&) = delete;
  Offices(Offices&&) = default;
  Offices& operator=(Offices&&) = default;

 private:
  std::vector<OfficeRow> rows_;
  std::unordered_map<std::string_view, const OfficeRow*> by_id_;
  std::map<std::pair<std::string, std::string>, std::vector<const OfficeRow*>> by_role_and_area_;
  std::map<std::string, std::vector<const OfficeRow*>, std::less<>> by_role_;
};

}  // namespace changwat::authority
