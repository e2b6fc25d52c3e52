#include "modules/plans/change_rules.hpp"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

namespace changwat::plans {
namespace {

// ---- the file

struct TableThreshold {
  Threshold threshold = Threshold::equipment_unit_price;
  Key power;
  RuleLabel label_th;
  RuleLabel label_en;
};
BOOST_DESCRIBE_STRUCT(TableThreshold, (), (threshold, power, label_th, label_en))

// What only the table says, and so nobody has verified.
struct Reading {
  RuleSource th;
  RuleSource en;
};
BOOST_DESCRIBE_STRUCT(Reading, (), (th, en))

struct TableReport {
  Key power;
  Key duty;
  std::optional<Reading> reading;
};
BOOST_DESCRIBE_STRUCT(TableReport, (), (power, duty, reading))

// What no office may do: the clause that forbids it.
struct Forbidden {
  Key instrument;
  RuleLabel clause_th;
  RuleLabel clause_en;
};
BOOST_DESCRIBE_STRUCT(Forbidden, (), (instrument, clause_th, clause_en))

struct TableRow {
  Key row;
  List<Key, 5> powers;  // or forbidden_by
  std::optional<Forbidden> forbidden_by;
  List<DecisionProfile, 2> profiles;
  List<ChangeFact, 30> facts;
  List<ChangeDuty, 5> then;
  RuleLabel label_th;
  RuleLabel label_en;
  std::optional<Reading> reading;
};
BOOST_DESCRIBE_STRUCT(TableRow, (),
                      (row, powers, forbidden_by, profiles, facts, then, label_th, label_en,
                       reading))

struct TableObjection {
  Key power;
  RuleLabel label_th;
  RuleLabel label_en;
};
BOOST_DESCRIBE_STRUCT(TableObjection, (), (power, label_th, label_en))

struct Table {
  std::string about;
  std::vector<DeciderRow> deciders;
  std::vector<FactLabel> facts;
  std::vector<FollowUpLabel> follow_ups;
  std::vector<TableThreshold> thresholds;
  AreaGroup area_group;
  TableReport report;
  std::vector<TableRow> rows;
  std::vector<Assignment> assignments;
  std::vector<DossierRow> dossier;
  TableObjection objection;
};
BOOST_DESCRIBE_STRUCT(Table, (),
                      (about, deciders, facts, follow_ups, thresholds, area_group, report, rows,
                       assignments, dossier, objection))

// ---- what the law says of a power

RuleSource words(const std::string& text) {
  auto parsed = RuleSource::parse(text);
  CHECK(parsed.has_value());  // a citation and a source of the law, 1,000 letters each
  return std::move(*parsed);
}

RuleSource source_en(const authority::LawPower& power) {
  return words(power.instruments.front()->citation_en.text() + ". " + power.power->source.text());
}
RuleSource source_th(const authority::LawPower& power) {
  const auto& citation = power.instruments.front()->citation_th.text();
  const auto& source = power.power->source_th;
  return words(source ? citation + " " + source->text() : citation);
}

std::optional<RuleSource> noted(const std::optional<authority::LawText>& of_power,
                                const RuleSource* reading) {
  const std::string first = of_power ? of_power->text() : "";
  const std::string then = reading ? reading->text() : "";
  if (first.empty() && then.empty()) return std::nullopt;
  return words(first + (first.empty() || then.empty() ? "" : " ") + then);
}

std::optional<Date> first_day(const authority::LawPower& power) {
  return power.first_day == authority::days_begin ? std::nullopt : std::optional(power.first_day);
}
std::optional<Date> last_day(const authority::LawPower& power) {
  return power.last_day == authority::days_end ? std::nullopt : std::optional(power.last_day);
}

FieldError no_such(const std::string& pointer, std::string_view what) {
  return {pointer, "not_in_law", "ไม่มีใน data/law: " + std::string(what),
          "is not in data/law: " + std::string(what)};
}

// Puts what the law says beside what the table says, and keeps what does not belong together.
class Reader {
 public:
  Reader(const Table& table, const authority::Law& law) : table_(table), law_(law) {}

  Result<ChangeRules> read() {
    ChangeRules rules{table_.about,
                      table_.deciders,
                      table_.facts,
                      table_.follow_ups,
                      {},
                      table_.area_group,
                      {},
                      {},
                      table_.assignments,
                      table_.dossier,
                      {}};
    for (std::size_t i = 0; i < table_.thresholds.size(); ++i)
      threshold(rules, table_.thresholds[i], "/thresholds/" + std::to_string(i));
    for (std::size_t i = 0; i < table_.rows.size(); ++i)
      row(rules, table_.rows[i], "/rows/" + std::to_string(i));
    report(rules.report);
    if (const auto* power = find(table_.objection.power, "/objection/power"))
      rules.objection = {table_.objection.label_th, table_.objection.label_en, source_en(*power),
                         power->verified};
    if (!wrong_.empty()) return Problem(std::move(wrong_));
    return rules;
  }

 private:
  const authority::LawPower* find(const Key& name, const std::string& pointer) {
    const auto* power = law_.find(name);
    if (!power) wrong_.push_back(no_such(pointer, name));
    return power;
  }

  std::optional<Decider> decider_of(const authority::LawPower& power) const {
    for (const auto& decider : table_.deciders)
      for (const auto& holder : decider.holders)
        if (power.held_by(holder)) return decider.decider;
    return std::nullopt;
  }

  void threshold(ChangeRules& rules, const TableThreshold& in, const std::string& at) {
    const auto* power = find(in.power, at + "/power");
    if (!power) return;
    if (!power->power->floor_satang)
      return wrong_.push_back(no_such(at + "/power", "floor_satang"));
    rules.thresholds.push_back({in.power, in.threshold, power->power->floor_satang->count() / 100,
                                in.label_th, in.label_en, first_day(*power), last_day(*power),
                                source_en(*power), power->verified,
                                noted(power->power->note, nullptr)});
  }

  void report(ReportRule& out) {
    const auto* power = find(table_.report.power, "/report/power");
    if (!power) return;
    const auto& duties = power->power->obligations;
    const authority::Duty* duty = nullptr;
    for (std::size_t i = 0; duties && i < duties->size(); ++i)
      if ((*duties)[i].code == table_.report.duty) duty = &(*duties)[i];
    if (!duty || !duty->deadline)
      return wrong_.push_back(no_such("/report/duty", table_.report.duty));
    const auto& reading = table_.report.reading;
    out = {table_.report.power,
           table_.report.duty,
           *RuleLabel::parse(duty->text_th.text()),
           *RuleLabel::parse(duty->text_en.text()),
           source_en(*power),
           duty->verified && !reading,
           noted(duty->note, reading ? &reading->en : nullptr)};
  }

  void row(ChangeRules& rules, const TableRow& in, const std::string& at) {
    if (in.powers.empty() == !in.forbidden_by)
      return wrong_.push_back({at, "power_or_clause", "ต้องอ้างอำนาจหรือบทห้ามอย่างใดอย่างหนึ่ง",
                               "names either powers or what forbids it"});
    if (in.forbidden_by) return forbidden(rules, in, at);
    std::vector<const authority::LawPower*> before;
    for (const auto& name : in.powers) {
      const auto* power = find(name, at + "/powers");
      if (!power) continue;
      for (const auto* other : before)
        if (other->first_day <= power->last_day && power->first_day <= other->last_day)
          wrong_.push_back({at + "/powers", "both_in_force", "อำนาจของแถวเดียวกันใช้บังคับซ้อนกัน",
                            name.text() + " is in force beside another power of this row"});
      before.push_back(power);
      const auto decider = decider_of(*power);
      if (!decider) {
        wrong_.push_back(no_such(at + "/powers", "a decider that holds " + name.text()));
        continue;
      }
      rules.rows.push_back(by(*power, *decider, in));
    }
  }

  static ChangeRule of(const TableRow& in) {
    ChangeRule out;
    out.row = in.row;
    out.profiles = in.profiles;
    out.facts = in.facts;
    out.then = in.then;
    out.label_th = in.label_th;
    out.label_en = in.label_en;
    return out;
  }

  static ChangeRule by(const authority::LawPower& power, Decider decider, const TableRow& in) {
    auto out = of(in);
    out.power = power.power->power;
    out.decided_by = decider;
    out.valid_from = first_day(power);
    out.valid_to = last_day(power);
    out.source = source_en(power);
    out.source_th = source_th(power);
    out.verified = power.verified && !in.reading;
    out.note = noted(power.power->note, in.reading ? &in.reading->en : nullptr);
    out.note_th = noted(power.power->note_th, in.reading ? &in.reading->th : nullptr);
    return out;
  }

  void forbidden(ChangeRules& rules, const TableRow& in, const std::string& at) {
    const auto* instrument = law_.instrument(in.forbidden_by->instrument);
    if (!instrument)
      return wrong_.push_back(no_such(at + "/forbidden_by", in.forbidden_by->instrument));
    auto out = of(in);
    out.decided_by = Decider::not_allowed;
    out.source = words(instrument->citation_en.text() + ", " + in.forbidden_by->clause_en.text());
    out.source_th = words(instrument->citation_th.text() + " " + in.forbidden_by->clause_th.text());
    out.verified = instrument->verified && !in.reading;
    if (in.reading) {
      out.note = in.reading->en;
      out.note_th = in.reading->th;
    }
    out.valid_from = instrument->in_force_from;
    out.valid_to = instrument->in_force_to;
    rules.rows.push_back(std::move(out));
  }

  const Table& table_;
  const authority::Law& law_;
  std::vector<FieldError> wrong_;
};

// ---- what has to be there

bool has_row(const ChangeRules& rules, DecisionProfile profile, ChangeFact fact) {
  return std::any_of(rules.rows.begin(), rules.rows.end(), [&](const ChangeRule& row) {
    return std::find(row.profiles.begin(), row.profiles.end(), profile) != row.profiles.end() &&
           std::find(row.facts.begin(), row.facts.end(), fact) != row.facts.end();
  });
}

FieldError lacking(std::string_view pointer, std::string_view what) {
  return {std::string(pointer), "lacking", "ไม่มี " + std::string(what),
          "there is none for " + std::string(what)};
}

std::vector<FieldError> faults(const ChangeRules& rules) {
  std::vector<FieldError> wrong;
  std::set<Decider> deciders;
  for (const auto& row : rules.deciders) deciders.insert(row.decider);
  for (const auto name : enum_names<Decider>())
    if (!deciders.contains(*enum_value<Decider>(name))) wrong.push_back(lacking("/deciders", name));
  std::set<ChangeFact> labelled;
  for (const auto& label : rules.facts) labelled.insert(label.fact);
  for (const auto name : enum_names<ChangeFact>()) {
    const auto fact = *enum_value<ChangeFact>(name);
    if (!labelled.contains(fact)) wrong.push_back(lacking("/facts", name));
    for (const auto profile : {DecisionProfile::normal, DecisionProfile::high_performance})
      if (!has_row(rules, profile, fact)) wrong.push_back(lacking("/rows", name));
  }
  return wrong;
}

}  // namespace

Result<ChangeRules> read_change_rules(std::string_view text, const authority::Law& law) {
  auto value = TRY(json::parse(text));
  if (value.is_object()) value.get_object().erase("$schema");
  const auto table = TRY(from_json_value<Table>(value));
  auto rules = TRY(Reader(table, law).read());
  if (auto wrong = faults(rules); !wrong.empty()) return Problem(std::move(wrong));
  return rules;
}

DecisionProfile profile_of(const ChangeRules& rules, const AreaCode& province, Date on) {
  for (const auto& assignment : rules.assignments)
    if (assignment.province == province && assignment.valid_from <= on &&
        (!assignment.valid_to || on <= *assignment.valid_to))
      return assignment.profile;
  return DecisionProfile::normal;
}

const ThresholdRow* threshold_on(const ChangeRules& rules, Threshold threshold, Date on) {
  for (const auto& row : rules.thresholds)
    if (row.threshold == threshold && in_force(row, on)) return &row;
  return nullptr;
}

const DeciderRow& named(const ChangeRules& rules, Decider decider) {
  const auto found = std::find_if(rules.deciders.begin(), rules.deciders.end(),
                                  [&](const DeciderRow& row) { return row.decider == decider; });
  CHECK(found != rules.deciders.end());  // the reader refuses rules without it
  return *found;
}

}  // namespace changwat::plans
