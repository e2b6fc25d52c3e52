#pragma once
// For tests and benches of grants: a small law written in code, offices, and grants of it.

#include "modules/authority/authority.hpp"
#include "modules/authority/who_may.hpp"

namespace changwat::authority::small {

inline Key key(std::string_view text) {
  return *Key::parse(text);
}
template <class T>
T word(std::string_view text) {
  return *T::parse(text);
}

inline constexpr std::string_view act = "procurement.carry_out";
inline constexpr std::string_view power = "procurement";
inline constexpr int levels = 3;
inline constexpr std::int64_t ceiling_baht = 100;

// One power: governors procure in their province up to 100 baht, in 2020 to 2029, and may grant it
// to agencies and local governments, three grants deep; grants end with the grantor's holder.
inline Law law() {
  LawFiles files;
  files.digest = "small";
  for (const auto* role : {"governor", "central_agency", "local_government", "citizen"})
    files.roles.push_back({key(role), RoleKind::office, word<LawName>(role), word<LawName>(role)});
  files.acts.push_back({key(act), word<LawName>("ซื้อ"), word<LawName>("Procure"), key("test")});
  for (const auto* kind : {"equipment", "construction"})
    files.terms.kinds.push_back({key(kind), word<LawName>(kind), word<LawName>(kind)});
  Delegation delegation;
  delegation.to.push_back(key("central_agency"));
  delegation.to.push_back(key("local_government"));
  delegation.levels = levels;
  delegation.ends_with_holder = true;
  Power row;
  row.power = key(power);
  row.acts.push_back(key(act));
  row.holders.push_back(key("governor"));
  row.ceiling_satang = Satang::of_baht(ceiling_baht);
  row.from = Date::parse("2020-01-01");
  row.to = Date::parse("2029-12-31");
  row.delegation = delegation;
  row.source = word<LawText>("A law for tests");
  row.verified = true;
  Instrument instrument;
  instrument.instrument = key("small_act");
  instrument.name_th = instrument.name_en = word<LawName>("Small act");
  instrument.citation_th = instrument.citation_en = word<LawText>("Small Act, section 1");
  instrument.source = row.source;
  instrument.verified = true;
  instrument.powers.push_back(row);
  files.instruments.push_back(instrument);
  return Law::make(std::move(files)).value();
}

inline OfficeRow office(std::string id, std::string role, std::string_view area) {
  return {id, std::move(role), AreaCode::parse(area), id, id};
}

inline Instant day(std::string_view iso, int hour = 12) {
  return Instant::bangkok(*Date::parse(iso), hour, 0, 0);
}

// From the first to the second office, by law or by a grant, with nothing narrowed.
inline Grant grant(std::string_view from, std::string_view to,
                   std::optional<GrantId> parent = std::nullopt) {
  static std::int64_t number = 0;
  Grant out;
  out.grant_id = GrantId::make(Instant(++number));
  out.power = key(power);
  out.parent_grant_id = std::move(parent);
  out.from_office_id = word<OfficeRef>(from);
  out.to_office_id = word<OfficeRef>(to);
  out.from_date = *Date::parse("2021-01-01");
  out.document = word<Text<1, 200>>("1/2564");
  out.granted_by = word<OfficeRef>("somebody");
  out.granted_at = day("2021-01-01", 0);
  return out;
}

inline Object object(std::string_view area, std::int64_t baht,
                     std::optional<std::string_view> kind = {}) {
  Object out{.area = AreaCode::parse(area), .amount_satang = Satang::of_baht(baht)};
  if (kind) out.kind = Key::parse(*kind);
  return out;
}

}  // namespace changwat::authority::small
