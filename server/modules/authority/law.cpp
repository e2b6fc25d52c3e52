#include "modules/authority/law.hpp"

#include <algorithm>
#include <set>

namespace changwat::authority {
namespace {

template <class Row, class Member>
const Row* find_in(const std::vector<Row>& rows, Member member, std::string_view key) {
  const auto it = std::find_if(rows.begin(), rows.end(),
                               [&](const Row& row) { return (row.*member).text() == key; });
  return it == rows.end() ? nullptr : &*it;
}

bool among(const List<Key, 20>& keys, std::string_view key) {
  return std::any_of(keys.begin(), keys.end(), [&](const Key& k) { return k.text() == key; });
}

// The instrument and all it rests on, each once; nothing is under itself.
void collect(const LawFiles& files, const Instrument& instrument,
             std::vector<const Instrument*>& out) {
  if (std::find(out.begin(), out.end(), &instrument) != out.end()) return;
  out.push_back(&instrument);
  if (!instrument.under) return;
  for (const auto& key : *instrument.under)
    if (const auto* base = find_in(files.instruments, &Instrument::instrument, key))
      collect(files, *base, out);
}

// Checks that every word of the files is known and stands once.
class Check {
 public:
  explicit Check(const LawFiles& files) : files_(files) {}

  std::vector<FieldError> run() {
    once("roles.yaml", files_.roles, &RoleRow::role);
    once("acts.yaml", files_.acts, &ActRow::act);
    for (const auto* words :
         {&files_.terms.kinds, &files_.terms.fundings, &files_.terms.methods, &files_.terms.facts})
      once("terms.yaml", *words, &Term::key);
    once("instruments", files_.instruments, &Instrument::instrument);
    std::set<Key> powers;
    for (const auto& instrument : files_.instruments) {
      at_ = instrument.instrument.text();
      if (instrument.under)
        for (const auto& key : *instrument.under)
          known(find_in(files_.instruments, &Instrument::instrument, key), key);
      for (const auto& power : instrument.powers) {
        at_ = instrument.instrument.text() + "/" + power.power.text();
        if (!powers.insert(power.power).second) wrong("repeated", power.power);
        check(power);
      }
    }
    return std::move(errors_);
  }

 private:
  void check(const Power& power) {
    for (const auto& key : power.acts) known(find_in(files_.acts, &ActRow::act, key), key);
    for (const auto& key : power.holders) known(find_in(files_.roles, &RoleRow::role, key), key);
    words(files_.terms.kinds, power.kinds);
    words(files_.terms.fundings, power.fundings);
    words(files_.terms.methods, power.methods);
    if (power.conditions)
      for (const auto& condition : *power.conditions)
        known(Law::bit(files_.terms.facts, condition.fact), condition.fact);
    if (!power.delegation) return;
    for (const auto& key : power.delegation->to) {
      const auto* role = find_in(files_.roles, &RoleRow::role, key);
      known(role && role->kind == RoleKind::office, key);  // bodies receive no grants
    }
    if (power.delegation->levels < 1 || power.delegation->levels > levels_max)
      wrong("out_of_range", power.power);
  }
  void words(const Vocabulary& vocabulary, const std::optional<Words>& keys) {
    if (!keys) return;
    for (const auto& key : *keys) known(Law::bit(vocabulary, key), key);
  }
  template <class Rows, class Member>
  void once(std::string file, const Rows& rows, Member member) {
    at_ = std::move(file);
    std::set<Key> seen;
    for (const auto& row : rows)
      if (!seen.insert(row.*member).second) wrong("repeated", row.*member);
  }
  void known(bool is, const Key& key) {
    if (!is) wrong("unknown_value", key);
  }
  void wrong(const char* code, const Key& key) {
    errors_.push_back({at_, code, "ใช้ไม่ได้: " + key.text(), "cannot stand here: " + key.text()});
  }

  const LawFiles& files_;
  std::string at_;
  std::vector<FieldError> errors_;
};

}  // namespace

bool LawPower::held_by(std::string_view role) const {
  return among(power->holders, role);
}

bool LawPower::grantable_to(std::string_view role) const {
  return power->delegation && among(power->delegation->to, role);
}

Law::Law(LawFiles files) : files_(std::move(files)) {}

Result<Law> Law::make(LawFiles files) {
  auto wrong = Check(files).run();
  if (!wrong.empty()) return Problem(std::move(wrong));
  Law law(std::move(files));
  law.compile();
  return law;
}

// Pointers into files_ stay good when the Law moves: they point into its vectors' memory.
void Law::compile() {
  for (const auto& instrument : files_.instruments) {
    std::vector<const Instrument*> instruments;
    collect(files_, instrument, instruments);
    for (const auto& power : instrument.powers) {
      LawPower out;
      out.number = static_cast<PowerNumber>(powers_.size());
      out.power = &power;
      out.instruments = instruments;
      out.first_day = power.from.value_or(days_begin);
      out.last_day = power.to.value_or(days_end);
      out.verified = power.verified;
      for (const auto* base : instruments) {
        out.first_day = std::max(out.first_day, base->in_force_from.value_or(days_begin));
        out.last_day = std::min(out.last_day, base->in_force_to.value_or(days_end));
        out.verified = out.verified && base->verified;
      }
      out.words = {bits(files_.terms.kinds, power.kinds),
                   bits(files_.terms.fundings, power.fundings),
                   bits(files_.terms.methods, power.methods)};
      if (power.conditions)
        for (const auto& condition : *power.conditions) {
          const auto fact = bit(files_.terms.facts, condition.fact);
          out.facts |= fact;
          if (condition.must_be) out.facts_true |= fact;
        }
      for (const auto& act : power.acts) by_act_[act.text()].push_back(out.number);
      powers_.push_back(std::move(out));
    }
  }
}

const LawPower* Law::find(std::string_view power) const {
  const auto it = std::find_if(powers_.begin(), powers_.end(),
                               [&](const LawPower& p) { return p.power->power.text() == power; });
  return it == powers_.end() ? nullptr : &*it;
}

const Instrument* Law::instrument(std::string_view key) const {
  return find_in(files_.instruments, &Instrument::instrument, key);
}

const RoleRow* Law::role(std::string_view key) const {
  return find_in(files_.roles, &RoleRow::role, key);
}

const ActRow* Law::act(std::string_view key) const {
  return find_in(files_.acts, &ActRow::act, key);
}

const std::vector<PowerNumber>& Law::powers_to(std::string_view act) const {
  static const std::vector<PowerNumber> none;
  const auto it = by_act_.find(act);
  return it == by_act_.end() ? none : it->second;
}

Bits Law::bit(const Vocabulary& vocabulary, std::string_view key) {
  for (std::size_t i = 0; i < vocabulary.size(); ++i)
    if (vocabulary[i].key.text() == key) return Bits{1} << i;
  return 0;
}

Bits Law::bits(const Vocabulary& vocabulary, const std::optional<Words>& keys) {
  if (!keys) return any_word;
  Bits out = 0;
  for (const auto& key : *keys) out |= bit(vocabulary, key);
  return out;
}

}  // namespace changwat::authority
