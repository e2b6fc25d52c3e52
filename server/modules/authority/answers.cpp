// Handlers: questions about law, who may sign, and what an office may do.

#include <algorithm>

#include "modules/authority/register.hpp"
#include "modules/authority/who_may.hpp"

namespace changwat::authority {
namespace {

// Now if the day is today or none is named; another day as it stands at its end.
Instant moment_of(const std::optional<Date>& day, Instant now) {
  if (!day || *day == now.bangkok_date()) return now;
  return Instant::bangkok(*day, 23, 59, 59);
}

Object object_of(const WhoMayQuery& query) {
  Object out{.area = query.area,
             .amount_satang = query.amount_satang,
             .kind = query.kind,
             .funding = query.funding,
             .method = query.method,
             .profile = query.profile,
             .project = query.project};
  if (query.facts) out.facts = query.facts->facts();
  return out;
}

FieldError unknown(const char* parameter) {
  return {parameter, "unknown_value", "ไม่รู้จักค่านี้", "is not known"};
}

// Words that the law does not know are refused: they would silently satisfy nothing.
std::vector<FieldError> faults(const Law& law, const WhoMayQuery& query) {
  const auto& terms = law.files().terms;
  std::vector<FieldError> out;
  const auto check = [&](const char* name, const Vocabulary& words, const std::optional<Key>& key) {
    if (key && !Law::bit(words, *key)) out.push_back(unknown(name));
  };
  if (!law.act(query.act)) out.push_back(unknown("?act"));
  check("?kind", terms.kinds, query.kind);
  check("?funding", terms.fundings, query.funding);
  check("?method", terms.methods, query.method);
  if (query.facts)
    for (const auto& fact : query.facts->facts()) check("?facts", terms.facts, fact.fact);
  return out;
}

}  // namespace

std::vector<HolderNames> GrantRegister::holders(const OfficeRow& office, Date on) const {
  std::vector<HolderNames> out;
  const auto role = enum_value<identity::Role>(office.role);
  if (!role) return out;
  for (const auto& holder : identity_.holders_of(*role, office.area, on))
    if (holder.office_id.text() == office.office_id)
      out.push_back({holder.name_th.text(), holder.name_en.text(), holder.acting});
  return out;
}

Result<LawWords> GrantRegister::list_acts(Call&) {
  const auto& files = authority_.law().files();
  return LawWords{files.digest, files.acts, files.roles, files.terms};
}

Result<InstrumentList> GrantRegister::list_instruments(Call&) {
  return InstrumentList{authority_.law().files().instruments};
}

Result<Instrument> GrantRegister::get_instrument(Call&, const Path<InstrumentPath>& path) {
  const auto* found = authority_.law().instrument(path->instrument);
  if (!found) return errors::not_found;
  return *found;
}

Result<WhoMayAnswer> GrantRegister::who_may_sign(Call& call, const Query<WhoMayQuery>& query) {
  const auto& law = authority_.law();
  if (auto wrong = faults(law, query.value); !wrong.empty()) return Problem(std::move(wrong));
  const auto object = object_of(query.value);
  const auto at = moment_of(query->on, call.now);
  auto found = who_may(query->act, object, at, query->limit.count());
  WhoMayAnswer out{*law.act(query->act), object, at, law.digest()};
  out.signers = std::move(found.signers);
  out.more = found.more;
  out.nearest = std::move(found.nearest);
  if (!call.caller) return out;

  // Offices are no secret; the names of those who hold them are for who is signed in.
  const auto offices = this->offices(call.now);
  const auto name = [&](Signer& signer) {
    if (const auto* office = offices->find(signer.office_id))
      signer.holders = holders(*office, at.bangkok_date());
  };
  for (auto& signer : out.signers) name(signer);
  for (auto& near : out.nearest) name(near.signer);
  auto asked = call;
  asked.now = at;
  out.may_i = authority_.may(asked, query->act, object);
  return out;
}

Result<OfficePowers> GrantRegister::office_powers(Call& call, const Path<OfficePath>& path,
                                                  const Query<OfficePowersQuery>& query) {
  const auto offices = this->offices(call.now);
  const auto* office = offices->find(path->office_id);
  if (!office) return errors::not_found;
  const auto at = moment_of(query->on, call.now);
  const auto until = query->until ? Instant::bangkok(*query->until, 23, 59, 59)
                                  : at.plus_ms(std::int64_t{30} * 86'400'000);
  if (until < at)
    return Problem(
        {{"?until", "out_of_range", "ต้องไม่ก่อนวันที่ถาม", "must not be before the day asked about"}});
  OfficePowers out{*office, holders(*office, at.bangkok_date()), at, until};
  const auto& book = authority_.grants();
  const World world{authority_.law(), book, *offices};
  book.read([&] {
    out.powers = powers_of(world, *office, at);
    out.lost = lost_between(world, *office, at, until);
    return 0;
  });
  return out;
}

}  // namespace changwat::authority
