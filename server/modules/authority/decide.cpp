#include "modules/authority/decide.hpp"

#include <algorithm>

namespace changwat::authority {
namespace {

bool word_fits(Bits allowed, Bits word) {
  return allowed == any_word || (allowed & word) != 0;
}

template <class T>
bool amount_fits(const std::optional<T>& limit, const std::optional<std::int64_t>& amount,
                 bool at_most) {
  if (!limit) return true;
  if (!amount) return false;
  return at_most ? *amount <= limit->count() : *amount >= limit->count();
}

bool profile_fits(const Power& power, const std::optional<Profile>& profile) {
  if (!power.profiles) return true;
  return profile && std::find(power.profiles->begin(), power.profiles->end(), *profile) !=
                        power.profiles->end();
}

Duties duties_on(const Power& power, Occasion occasion) {
  Duties out;
  if (power.obligations)
    for (const auto& duty : *power.obligations)
      if (duty.occasion == occasion) out.push_back(duty);
  return out;
}

}  // namespace

Asked ask(const Law& law, const Object& object, Instant at) {
  const auto& terms = law.files().terms;
  Asked asked{.at = at, .day = at.bangkok_date(), .area = object.area};
  if (object.amount_satang) asked.amount_satang = object.amount_satang->count();
  if (object.kind) asked.kind = Law::bit(terms.kinds, *object.kind);
  if (object.funding) asked.funding = Law::bit(terms.fundings, *object.funding);
  if (object.method) asked.method = Law::bit(terms.methods, *object.method);
  asked.profile = object.profile;
  for (const auto& [fact, is] : object.facts) {
    const auto bit = Law::bit(terms.facts, fact);
    asked.facts |= bit;
    if (is) asked.facts_true |= bit;
  }
  return asked;
}

bool allows(const LawPower& power, const Asked& asked) {
  return power.in_force(asked.day) && word_fits(power.words.kinds, asked.kind) &&
         word_fits(power.words.fundings, asked.funding) &&
         word_fits(power.words.methods, asked.method) &&
         profile_fits(*power.power, asked.profile) &&
         amount_fits(power.power->floor_satang, asked.amount_satang, false) &&
         amount_fits(power.power->ceiling_satang, asked.amount_satang, true) &&
         (asked.facts & power.facts) == power.facts &&
         (asked.facts_true & power.facts) == power.facts_true;
}

bool vested(const LawPower& power, std::string_view role,
            const std::optional<AreaCode>& office_area, const std::optional<AreaCode>& where) {
  if (!power.held_by(role)) return false;
  if (power.power->reach == Reach::national) return true;
  return office_area && where && office_area->contains(*where);
}

Permit permit_by_law(const Law& law, const LawPower& power, const HeldOffice& office,
                     std::string_view act, const Object& object) {
  Permit permit{.office_id = office.office_id, .duties = duties_on(*power.power, Occasion::use)};
  auto& chain = permit.basis;
  chain.law = law.digest();
  chain.act = act;
  chain.object = object;
  chain.power = power.power->power;
  chain.source = power.power->source.text();
  chain.verified = power.verified;
  for (const auto* instrument : power.instruments)
    chain.instruments.push_back({instrument->instrument, instrument->citation_th.text(),
                                 instrument->citation_en.text(), instrument->verified});
  chain.office_id = office.office_id;
  chain.role = office.role;
  chain.office_area = office.area;
  chain.acting = office.acting;
  return permit;
}

}  // namespace changwat::authority
