#include "modules/authority/decide.hpp"

#include <algorithm>

namespace changwat::authority {
namespace {

bool word_fits(Bits allowed, Bits word) {
  return allowed == any_word || (allowed & word) != 0;
}

unsigned word_obstacles(const WordLimits& limits, const Asked& asked) {
  unsigned bits = 0;
  if (!word_fits(limits.kinds, asked.kind)) bits |= Obstacles::kind;
  if (!word_fits(limits.fundings, asked.funding)) bits |= Obstacles::funding;
  if (!word_fits(limits.methods, asked.method)) bits |= Obstacles::method;
  return bits;
}

bool profile_fits(const Power& power, const std::optional<Profile>& profile) {
  if (!power.profiles) return true;
  return profile && std::find(power.profiles->begin(), power.profiles->end(), *profile) !=
                        power.profiles->end();
}

std::vector<GrantStep> steps(const GrantBook& book, GrantBook::Number grant) {
  std::vector<GrantStep> out;
  for (const auto number : book.chain(grant)) {
    const auto& row = book.row(number);
    const auto& extent = row.extent;
    GrantStep step{book.id(number), book.office_id(row.giver), book.office_id(row.holder)};
    if (extent.ceiling != no_ceiling) step.ceiling_satang = Satang::of_count(extent.ceiling);
    step.area = extent.place.area();
    step.project = book.project(extent.project);
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace

Asked ask(const Law& law, const Question& question) {
  const auto& [act, object, at] = question;
  const auto& terms = law.files().terms;
  Asked asked{.at = at.unix_ms(), .day = at.bangkok_date(), .place = Place(object.area)};
  if (object.amount_satang) asked.amount_satang = object.amount_satang->count();
  if (object.kind) asked.kind = Law::bit(terms.kinds, *object.kind);
  if (object.funding) asked.funding = Law::bit(terms.fundings, *object.funding);
  if (object.method) asked.method = Law::bit(terms.methods, *object.method);
  asked.profile = object.profile;
  asked.project = object.project;
  for (const auto& [fact, is] : object.facts) {
    const auto bit = Law::bit(terms.facts, fact);
    asked.facts |= bit;
    if (is) asked.facts_true |= bit;
  }
  return asked;
}

Obstacles obstacles(const LawPower& power, const Asked& asked) {
  const auto& law = *power.power;
  const auto& amount = asked.amount_satang;
  Obstacles out{word_obstacles(power.words, asked)};
  if (!power.in_force(asked.day)) out.bits |= Obstacles::period;
  if (!profile_fits(law, asked.profile)) out.bits |= Obstacles::profile;
  if (law.floor_satang && !(amount && *amount >= law.floor_satang->count()))
    out.bits |= Obstacles::below_floor;
  if (law.ceiling_satang && !(amount && *amount <= law.ceiling_satang->count()))
    out.bits |= Obstacles::above_ceiling;
  out.facts = power.facts & (~asked.facts | (asked.facts_true ^ power.facts_true));
  return out;
}

Obstacles obstacles(const GrantBook& book, const Extent& extent, const Asked& asked) {
  Obstacles out{word_obstacles(extent.words, asked)};
  if (!extent.in_force(asked.at)) out.bits |= Obstacles::period;
  if (extent.ceiling != no_ceiling &&
      !(asked.amount_satang && *asked.amount_satang <= extent.ceiling))
    out.bits |= Obstacles::above_ceiling;
  if (!extent.place.contains(asked.place)) out.bits |= Obstacles::place;
  if (extent.project && (!asked.project || book.project_number(asked.project) != extent.project))
    out.bits |= Obstacles::project;
  return out;
}

bool vested(const LawPower& power, std::string_view role,
            const std::optional<AreaCode>& office_area, Place place) {
  if (!power.held_by(role)) return false;
  if (power.power->reach == Reach::national) return true;
  return office_area && !place.whole_country() && Place(office_area).contains(place);
}

Permit permit(const Law& law, const GrantBook& book, const LawPower& power,
              const HeldOffice& office, GrantBook::Number grant, const Question& question) {
  Permit out{.office_id = office.office_id, .duties = duties(*power.power, Occasion::use)};
  auto& chain = out.basis;
  chain.law = law.digest();
  chain.at = question.at;
  chain.act = question.act;
  chain.object = question.object;
  chain.power = power.power->power;
  chain.source = power.power->source.text();
  chain.verified = power.verified;
  for (const auto* instrument : power.instruments)
    chain.instruments.push_back({instrument->instrument, instrument->citation_th.text(),
                                 instrument->citation_en.text(), instrument->verified});
  chain.grants = steps(book, grant);
  chain.office_id = office.office_id;
  chain.role = office.role;
  chain.office_area = office.area;
  chain.acting = office.acting;
  return out;
}

std::optional<Permit> decide(const Law& law, const GrantBook& book,
                             const std::vector<HeldOffice>& offices, const Question& question) {
  const auto asked = ask(law, question);
  std::vector<const LawPower*> open;
  for (const auto number : law.powers_to(question.act))
    if (obstacles(law.power(number), asked).none()) open.push_back(&law.power(number));
  for (const auto* power : open)
    for (const auto& office : offices)
      if (vested(*power, office.role, office.area, asked.place))
        return permit(law, book, *power, office, GrantBook::none, question);
  for (const auto& office : offices) {
    std::optional<Permit> out;
    book.for_each_held_by(office.office_id, [&](GrantBook::Number number) {
      const auto& row = book.row(number);
      const auto* power = &law.power(row.power);
      if (out || std::find(open.begin(), open.end(), power) == open.end()) return;
      if (obstacles(book, row.extent, asked).none())
        out = permit(law, book, *power, office, number, question);
    });
    if (out) return out;
  }
  return std::nullopt;
}

Duties duties(const Power& power, Occasion occasion) {
  Duties out;
  if (power.obligations)
    for (const auto& duty : *power.obligations)
      if (duty.occasion == occasion) out.push_back(duty);
  return out;
}

}  // namespace changwat::authority
