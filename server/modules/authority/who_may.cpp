#include "modules/authority/who_may.hpp"

#include <algorithm>
#include <tuple>

#include "modules/authority/words.hpp"

namespace changwat::authority {
namespace {

using Number = GrantBook::Number;

// Grants of one power at one place that are looked at for the nearest: a limit, so that a refusal
// costs no more than an answer.
constexpr int looked_at_max = 64;

HeldOffice held(const OfficeRow& row) {
  return {row.office_id, row.role, row.area, row.title_th, row.title_en};
}

// A role as if it were an office: a body decides by resolution, or no such office is registered.
HeldOffice unregistered(const Law& law, const LawPower& power, const Key& key, Place place) {
  const auto& role = *law.role(key);
  HeldOffice out{.role = key.text()};
  if (power.power->reach == Reach::own_area && !place.whole_country())
    out.area = place.area()->province();
  out.title_th = role.name_th.text();
  out.title_en = role.name_en.text();
  return out;
}

// Places that contain `place`, itself first, the whole country last.
template <class F>
void for_each_containing(Place place, F&& f) {
  for (;; place = place.parent()) {
    f(place);
    if (place.whole_country()) return;
  }
}

// Calls f(found) for those in which the law vests the power for objects at `place`, until it
// returns false.
template <class F>
void for_each_vested(const World& world, const LawPower& power, Place place, F&& f) {
  const bool national = power.power->reach == Reach::national;
  if (!national && place.whole_country()) return;
  for (const auto& role : power.power->holders) {
    bool found = false, go_on = true;
    const auto take = [&](const std::vector<const OfficeRow*>& offices) {
      for (const auto* office : offices) {
        found = true;
        if (go_on) go_on = f(Found{.power = &power, .office = office});
      }
    };
    if (national)
      take(world.offices.of(role));
    else
      for_each_containing(place, [&](Place around) {
        if (!around.whole_country()) take(world.offices.of(role, around.area()));
      });
    if (!found && go_on) go_on = f(Found{.power = &power, .role = &role});
    if (!go_on) return;
  }
}

// Offices do not vanish: whoever received a grant is in the register.
Found by_grant(const World& world, const LawPower& power, Number grant) {
  const auto& id = world.book.office_id(world.book.row(grant).holder);
  return {.power = &power, .grant = grant, .office = world.offices.find(id)};
}

struct Candidate {
  Found found;
  Obstacles obstacles;
  std::int64_t missing = 0;  // satang above the ceiling

  // Another amount or day is nearer than another kind of object.
  auto rank() const {
    const auto by_degree = Obstacles::above_ceiling | Obstacles::below_floor | Obstacles::period;
    const bool of_kind = (obstacles.bits & ~by_degree) != 0 || obstacles.facts != 0;
    return std::tuple(obstacles.count(), of_kind, missing, found.grant);
  }
};

std::int64_t missing_money(const Asked& asked, std::int64_t ceiling) {
  return asked.amount_satang ? std::max<std::int64_t>(0, *asked.amount_satang - ceiling) : 0;
}

// Keeps the nearest few.
void keep(std::vector<Candidate>& nearest, Candidate candidate) {
  if (nearest.size() == static_cast<std::size_t>(nearest_max) &&
      candidate.rank() >= nearest.back().rank())
    return;
  const auto at =
      std::upper_bound(nearest.begin(), nearest.end(), candidate,
                       [](const Candidate& a, const Candidate& b) { return a.rank() < b.rank(); });
  nearest.insert(at, std::move(candidate));
  if (nearest.size() > static_cast<std::size_t>(nearest_max)) nearest.pop_back();
}

std::vector<Candidate> nearest(const World& world, std::string_view act, const Asked& asked) {
  std::vector<Candidate> out;
  for (const auto number : world.law.powers_to(act)) {
    const auto& power = world.law.power(number);
    const auto in_law = obstacles(power, asked);
    if (!in_law.none()) {
      int looked = 0;
      const auto ceiling =
          power.power->ceiling_satang ? power.power->ceiling_satang->count() : no_ceiling;
      for_each_vested(world, power, asked.place, [&](const Found& found) {
        keep(out, {found, in_law, missing_money(asked, ceiling)});
        return ++looked < nearest_max;
      });
    }
    for_each_containing(asked.place, [&](Place place) {
      int looked = 0;
      world.book.for_each_at(number, place, [&](Number grant) {
        const auto& row = world.book.row(grant);
        const auto all = in_law | obstacles(world.book, row.extent, asked);
        if (!all.none())
          keep(out,
               {{.power = &power, .grant = grant}, all, missing_money(asked, row.extent.ceiling)});
        return ++looked < looked_at_max;
      });
    });
  }
  return out;
}

Signer signer(const World& world, const Found& found, Place place, const Question& question) {
  const auto& power = *found.power;
  const auto office =
      found.office ? held(*found.office) : unregistered(world.law, power, *found.role, place);
  auto by = permit(world.law, world.book, power, office, found.grant, question);
  Signer out;
  out.office_id = office.office_id;
  out.role = office.role;
  out.area = office.area;
  out.title_th = office.title_th;
  out.title_en = office.title_en;
  out.chain = std::move(by.basis);
  out.duties = std::move(by.duties);
  out.note = power.power->note;
  out.note_th = power.power->note_th;
  out.source_th = power.power->source_th;
  return out;
}

Extent extent_of(const World& world, const LawPower& power, const OfficeRow& office, Number grant) {
  return grant == GrantBook::none ? extent_by_law(power, office) : world.book.row(grant).extent;
}

// Calls f(power, grant) for all that the office ever had, by law first.
template <class F>
void for_each_power(const World& world, const OfficeRow& office, F&& f) {
  for (const auto& power : world.law.powers())
    if (power.held_by(office.role) && (power.power->reach == Reach::national || office.area))
      f(power, GrantBook::none);
  world.book.for_each_held_by(office.office_id, [&](Number grant) {
    f(world.law.power(world.book.row(grant).power), grant);
  });
}

HeldPower held_power(const World& world, const LawPower& power, const OfficeRow& office,
                     Number grant, Instant at) {
  const auto extent = extent_of(world, power, office, grant);
  HeldPower out;
  for (const auto& act : power.power->acts) out.acts.push_back(*world.law.act(act));
  out.chain = permit(world.law, world.book, power, held(office), grant, {"", {}, at}).basis;
  out.area = extent.place.area();
  out.floor_satang = power.power->floor_satang;
  if (extent.ceiling != no_ceiling) out.ceiling_satang = Satang::of_count(extent.ceiling);
  out.limits = limits(world.law, world.book, power, extent);
  if (power.first_day > days_begin) out.from_date = power.first_day;
  if (grant != GrantBook::none) out.from_date = Instant(extent.begins).bangkok_date();
  if (Instant(extent.ends).bangkok_date() <= days_end) out.ends_at = Instant(extent.ends);
  out.may_grant = extent.levels > 0;
  out.duties = power.power->obligations.value_or(Duties{});
  out.note = power.power->note;
  out.note_th = power.power->note_th;
  out.source_th = power.power->source_th;
  return out;
}

bool holds_at(const World& world, const LawPower& power, const OfficeRow& office, Number grant,
              Instant at) {
  return power.in_force(at.bangkok_date()) &&
         extent_of(world, power, office, grant).in_force(at.unix_ms());
}

}  // namespace

std::vector<Found> lawful_signers(const World& world, const Question& question, int limit) {
  const auto asked = ask(world.law, question);
  std::vector<const LawPower*> open;
  for (const auto number : world.law.powers_to(question.act))
    if (const auto& power = world.law.power(number); obstacles(power, asked).none())
      open.push_back(&power);

  std::vector<Found> out;
  const auto take = [&](const Found& found) {
    if (out.size() <= static_cast<std::size_t>(limit)) out.push_back(found);
    return out.size() <= static_cast<std::size_t>(limit);
  };
  for (const auto* power : open) for_each_vested(world, *power, asked.place, take);
  for (const auto* power : open)
    for_each_containing(asked.place, [&](Place place) {
      world.book.for_each_at(power->number, place, [&](Number grant) {
        const auto& extent = world.book.row(grant).extent;
        if (asked.amount_satang && extent.ceiling < *asked.amount_satang)
          return false;  // the next ones have less
        if (!obstacles(world.book, extent, asked).none()) return true;
        return take(by_grant(world, *power, grant));
      });
    });
  return out;
}

WhoMay who_may(const World& world, const Question& question, int limit) {
  const auto asked = ask(world.law, question);
  auto found = lawful_signers(world, question, limit);
  WhoMay out;
  out.more = found.size() > static_cast<std::size_t>(limit);
  if (out.more) found.pop_back();
  for (const auto& one : found) out.signers.push_back(signer(world, one, asked.place, question));
  for (auto& near : nearest(world, question.act, asked)) {
    const auto& power = *near.found.power;
    if (near.found.grant != GrantBook::none) near.found = by_grant(world, power, near.found.grant);
    out.nearest.push_back(
        {signer(world, near.found, asked.place, question),
         differences(world.law, world.book, power, near.found.grant, near.obstacles)});
  }
  return out;
}

std::vector<HeldPower> powers_of(const World& world, const OfficeRow& office, Instant at) {
  std::vector<HeldPower> out;
  for_each_power(world, office, [&](const LawPower& power, Number grant) {
    if (holds_at(world, power, office, grant, at) && out.size() < 1000)
      out.push_back(held_power(world, power, office, grant, at));
  });
  return out;
}

std::vector<LostPower> lost_between(const World& world, const OfficeRow& office, Instant from,
                                    Instant to) {
  std::vector<LostPower> out;
  for_each_power(world, office, [&](const LawPower& power, Number grant) {
    if (!holds_at(world, power, office, grant, from) || holds_at(world, power, office, grant, to) ||
        out.size() >= 1000)
      return;
    LostPower lost{held_power(world, power, office, grant, from)};
    const auto ends = extent_of(world, power, office, grant).ends;
    const auto law_ends = extent_by_law(power, office).ends;
    if (grant == GrantBook::none || ends == law_ends) {
      lost.why = LossReason::law_ends;
    } else {
      const auto parent = world.book.row(grant).parent;
      const bool above = parent != GrantBook::none && world.book.row(parent).extent.ends == ends;
      lost.why = above ? LossReason::grant_above_ends : LossReason::grant_ends;
    }
    out.push_back(std::move(lost));
  });
  return out;
}

}  // namespace changwat::authority
