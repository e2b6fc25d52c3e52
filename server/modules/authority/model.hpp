#pragma once
// Who may do what: the rows of data/authority/acts.json, and answers made from them.

#include <optional>
#include <string>
#include <vector>

#include "base/area_code.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace changwat::authority {

enum class Reach {
  national,  // records anywhere
  own_area,  // records inside the area of the office
};
BOOST_DESCRIBE_ENUM(Reach, national, own_area)

struct RoleRow {
  Key role;
  Text<1, 200> name_th;
  Text<1, 200> name_en;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role, name_th, name_en))

// One power: holders of these roles may do this act within this reach.
struct PowerRow {
  Key act;
  Text<1, 200> label_th;
  Text<1, 200> label_en;
  List<Key, 20> roles;
  Reach reach = Reach::own_area;
  Text<1, 500> source;    // document, date, clause
  bool verified = false;  // the source says so in so many words
};
BOOST_DESCRIBE_STRUCT(PowerRow, (), (act, label_th, label_en, roles, reach, source, verified))

struct Powers {
  std::string about;
  std::vector<RoleRow> roles;
  std::vector<PowerRow> acts;
};
BOOST_DESCRIBE_STRUCT(Powers, (), (about, roles, acts))

// What an act is done to, as far as authority cares.
struct Object {
  std::optional<AreaCode> area;  // where the record belongs; none: to the whole country
};

// The proof of authority that goes into the ledger with the act.
struct Basis {
  std::string act;
  std::string role;
  Reach reach = Reach::own_area;
  std::optional<AreaCode> office_area;
  bool acting = false;
  std::string source;
  bool verified = false;
};
BOOST_DESCRIBE_STRUCT(Basis, (), (act, role, reach, office_area, acting, source, verified))

struct Permit {
  std::string office_id;  // the office that is used
  Basis basis;
  RawJson chain() const { return {to_json(basis)}; }
};

// One line of GET …/acts: what may be done next, and for what may not, why not and who could.
struct NextAct {
  std::string act;
  bool allowed = false;
  std::string label_th;
  std::string label_en;
  std::string why_not_th;  // empty when allowed
  std::string why_not_en;
  std::string who_th;  // who holds the power
  std::string who_en;
};
BOOST_DESCRIBE_STRUCT(NextAct, (),
                      (act, allowed, label_th, label_en, why_not_th, why_not_en, who_th, who_en))

struct NextActs {
  std::vector<NextAct> items;
};
BOOST_DESCRIBE_STRUCT(NextActs, (), (items))

}  // namespace changwat::authority
