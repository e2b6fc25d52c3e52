// No sequence of grants, endings and days lets an office do more than the law and those above it
// allow: against a naive oracle that knows records only, in random worlds and in all sequences of
// a small one.

#include <random>

#include <gtest/gtest.h>

#include "modules/authority/testing.hpp"

namespace changwat::authority {
namespace {

using small::day;

// What the records say, read the slow way: a grant permits if it stands, covers the object as it
// is written, and the grantor could do the same at that moment, by law or by the grant it names.
class Oracle {
 public:
  explicit Oracle(const std::vector<OfficeRow>& offices) : offices_(offices) {}

  void add(const Grant& grant) { grants_.push_back(grant); }
  void end(std::size_t index, Instant at) {
    auto& ended = grants_[index].ended_at;
    if (!ended || at < *ended) ended = at;
  }
  const std::vector<Grant>& grants() const { return grants_; }

  bool by_law(const OfficeRow& office, const Object& object, Instant at) const {
    return office.role == "governor" && in_law(object, at) && office.area->contains(*object.area);
  }
  bool permits(const Grant& grant, const Object& object, Instant at) const {
    return in_law(object, at) && covers(grant, object, at) && grantor_could(grant, object, at);
  }
  bool may(const OfficeRow& office, const Object& object, Instant at) const {
    if (by_law(office, object, at)) return true;
    for (const auto& grant : grants_)
      if (grant.to_office_id.text() == office.office_id && permits(grant, object, at)) return true;
    return false;
  }
  bool grantor_could(const Grant& grant, const Object& object, Instant at) const {
    if (!grant.parent_grant_id) return by_law(*find(grant.from_office_id), object, at);
    const auto* above = find(*grant.parent_grant_id);
    return above && above->to_office_id == grant.from_office_id && permits(*above, object, at);
  }
  // The rule of who may receive what from whom, whatever its extent.
  bool lawful_lineage(const Grant& grant) const {
    const auto* to = find(grant.to_office_id);
    if (to->role != "central_agency" && to->role != "local_government") return false;
    if (grant.to_office_id == grant.from_office_id) return false;
    if (!grant.parent_grant_id) return find(grant.from_office_id)->role == "governor";
    const auto* above = find(*grant.parent_grant_id);
    if (!above || above->to_office_id != grant.from_office_id || above->levels < 1) return false;
    for (; above; above = above->parent_grant_id ? find(*above->parent_grant_id) : nullptr)
      if (above->from_office_id == grant.to_office_id || above->to_office_id == grant.to_office_id)
        return false;
    return true;
  }
  int levels_above(const Grant& grant) const {
    return grant.parent_grant_id ? find(*grant.parent_grant_id)->levels : small::levels;
  }
  // As written; what is absent covers everything.
  static bool covers(const Grant& grant, const Object& object, Instant at) {
    const auto today = at.bangkok_date();
    if (at < grant.granted_at || today < grant.from_date) return false;
    if (grant.to_date && today > *grant.to_date) return false;
    if (grant.ended_at && at >= *grant.ended_at) return false;
    if (grant.ceiling_satang && *object.amount_satang > *grant.ceiling_satang) return false;
    if (grant.area && !grant.area->contains(*object.area)) return false;
    if (grant.kinds && std::find(grant.kinds->value.begin(), grant.kinds->value.end(),
                                 *object.kind) == grant.kinds->value.end())
      return false;
    return !grant.project || grant.project == object.project;
  }

 private:
  static bool in_law(const Object& object, Instant at) {
    const auto today = at.bangkok_date();
    return *Date::parse("2020-01-01") <= today && today <= *Date::parse("2029-12-31") &&
           *object.amount_satang <= *Satang::of_baht(small::ceiling_baht);
  }
  const OfficeRow* find(const OfficeRef& id) const {
    for (const auto& office : offices_)
      if (office.office_id == id.text()) return &office;
    return nullptr;
  }
  const Grant* find(const GrantId& id) const {
    for (const auto& grant : grants_)
      if (grant.grant_id == id) return &grant;
    return nullptr;
  }

  const std::vector<OfficeRow>& offices_;
  std::vector<Grant> grants_;
};

// The program's book and the oracle, side by side.
class Worlds {
 public:
  explicit Worlds(std::vector<OfficeRow> rows)
      : rows_(std::move(rows)), offices_(rows_), book_(law_), oracle_(rows_) {}

  std::vector<FieldError> faults(const Grant& grant) const { return book_.faults(grant, offices_); }
  void add(const Grant& grant) {
    ASSERT_TRUE(book_.add(grant, offices_));
    oracle_.add(grant);
  }
  void end(std::size_t index, Instant at) {
    oracle_.end(index, at);
    book_.end(oracle_.grants()[index].grant_id, at);
  }
  const Oracle& oracle() const { return oracle_; }

  void agree(const OfficeRow& office, const Object& object, Instant at) const {
    const HeldOffice held{office.office_id, office.role, office.area, "", ""};
    const auto permit = decide(law_, book_, {held}, {small::act, object, at});
    ASSERT_EQ(permit.has_value(), oracle_.may(office, object, at))
        << office.office_id << " " << to_json(object) << " " << at.text();
    if (!permit) return;
    // The chain is a proof of its own: from the law's office to who acts, each link unbroken.
    std::string from =
        permit->basis.grants.empty() ? office.office_id : permit->basis.grants.front().from_office;
    ASSERT_EQ(offices_.find(from)->role, "governor");
    for (const auto& step : permit->basis.grants) {
      ASSERT_EQ(step.from_office, from);
      from = step.to_office;
    }
    ASSERT_EQ(from, office.office_id);
    ASSERT_LE(permit->basis.grants.size(), static_cast<std::size_t>(small::levels));
  }

 private:
  Law law_ = small::law();
  std::vector<OfficeRow> rows_;
  Offices offices_;
  GrantBook book_;
  Oracle oracle_;
};

TEST(Escalation, no_random_sequence_of_grants_endings_and_days_escalates) {
  const std::vector<OfficeRow> rows{
      small::office("governor", "governor", "70"),    small::office("other", "governor", "40"),
      small::office("a", "central_agency", "70"),     small::office("b", "central_agency", "70"),
      small::office("c", "local_government", "7001"), small::office("d", "citizen", "70")};
  const std::vector<std::optional<AreaCode>> areas{std::nullopt, AreaCode::parse("70"),
                                                   AreaCode::parse("7001"), AreaCode::parse("7002"),
                                                   AreaCode::parse("40")};
  const std::vector<Instant> moments{day("2019-12-31"), day("2021-01-01"), day("2021-01-05"),
                                     day("2021-01-09"), day("2021-01-20"), day("2030-01-01")};
  const std::vector<const char*> days{"2021-01-01", "2021-01-04", "2021-01-08", "2021-01-15"};
  int made = 0, refused = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return random() % n; };
    const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
    Worlds worlds(rows);
    for (int step = 0; step < 25; ++step) {
      const auto& grants = worlds.oracle().grants();
      if (!grants.empty() && chance(15)) {
        worlds.end(below(grants.size()), day(days[below(days.size())]));
      } else {
        auto grant = small::grant("governor", rows[below(rows.size())].office_id);
        if (!grants.empty() && chance(65)) {
          const auto& above = grants[below(grants.size())];
          grant.parent_grant_id = above.grant_id;
          grant.from_office_id = above.to_office_id;
        }
        if (chance(10))
          grant.from_office_id = *OfficeRef::parse(rows[below(rows.size())].office_id);
        if (chance(40)) grant.ceiling_satang = Satang::of_baht(10 * (1 + std::int64_t(below(12))));
        if (chance(40)) grant.area = areas[below(areas.size())];
        if (chance(25))
          grant.kinds = Json<Words>{{small::key(chance(50) ? "equipment" : "construction")}};
        if (chance(15)) grant.project = ProjectRef::parse(chance(50) ? "P1" : "P2");
        if (chance(30)) grant.to_date = Date::parse(days[below(days.size())]);
        if (chance(30)) grant.from_date = *Date::parse(days[below(days.size())]);
        if (chance(20)) grant.granted_at = day(days[below(days.size())]);
        grant.levels = static_cast<int>(below(3));
        const auto wrong = worlds.faults(grant);
        if (!wrong.empty()) {
          ++refused;
          continue;
        }
        ++made;
        ASSERT_TRUE(worlds.oracle().lawful_lineage(grant));
        ASSERT_LT(grant.levels, worlds.oracle().levels_above(grant));
        worlds.add(grant);
      }
      if (HasFatalFailure()) return;
    }
    for (const auto& office : rows)
      for (const auto& at : moments)
        for (const auto* area : {"70", "7001", "700101", "40"})
          for (const std::int64_t amount : {10, 60, 100, 101})
            for (const auto* kind : {"equipment", "construction"})
              for (const auto* project : {"", "P1"}) {
                auto object = small::object(area, amount, kind);
                object.project = ProjectRef::parse(project);
                worlds.agree(office, object, at);
                if (HasFatalFailure()) return;
              }
  }
  EXPECT_GT(made, 500) << "the sequences have to make something";
  EXPECT_GT(refused, 500) << "and try what is refused";
}

// What is accepted as written never exceeds what the grantor could at that time: the grant's own
// words are cut to nothing by those above it.
TEST(Escalation, a_grant_that_is_accepted_says_nothing_that_its_grantor_could_not_do) {
  const std::vector<OfficeRow> rows{small::office("governor", "governor", "70"),
                                    small::office("a", "central_agency", "70"),
                                    small::office("b", "local_government", "7001")};
  const auto all = [](auto&& choices, auto&& f) {
    for (const auto& choice : choices) f(choice);
  };
  const std::vector<std::optional<std::int64_t>> ceilings{std::nullopt, 40, 60, 120};
  const std::vector<std::optional<AreaCode>> areas{std::nullopt, AreaCode::parse("70"),
                                                   AreaCode::parse("7001")};
  const std::vector<std::optional<const char*>> kinds{std::nullopt, "equipment", "construction"};
  const std::vector<const char*> froms{"2021-01-01", "2021-01-03"};
  const std::vector<std::optional<const char*>> tos{std::nullopt, "2021-01-02", "2021-01-05"};
  std::vector<Grant> shapes;
  all(ceilings, [&](auto ceiling) {
    all(areas, [&](auto area) {
      all(kinds, [&](auto kind) {
        all(froms, [&](auto from) {
          all(tos, [&](auto to) {
            auto grant = small::grant("governor", "a");
            if (ceiling) grant.ceiling_satang = Satang::of_baht(*ceiling);
            grant.area = area;
            if (kind) grant.kinds = Json<Words>{{small::key(*kind)}};
            grant.from_date = *Date::parse(from);
            if (to) grant.to_date = Date::parse(*to);
            shapes.push_back(grant);
          });
        });
      });
    });
  });
  int accepted = 0;
  for (auto above : shapes) {
    above.levels = 1;
    Worlds worlds(rows);
    if (!worlds.faults(above).empty()) continue;
    worlds.add(above);
    for (auto below : shapes) {
      below.from_office_id = above.to_office_id;
      below.to_office_id = *OfficeRef::parse("b");
      below.parent_grant_id = above.grant_id;
      const bool ok = worlds.faults(below).empty();
      accepted += ok;
      // Exceeding in one dimension is enough to be refused; in none, never.
      const auto beyond = [](const auto& inner, const auto& outer, auto exceeds) {
        return inner && outer && exceeds(*inner, *outer);
      };
      const bool exceeds =
          (below.ceiling_satang && *below.ceiling_satang > *Satang::of_baht(small::ceiling_baht)) ||
          beyond(below.ceiling_satang, above.ceiling_satang, std::greater<>()) ||
          beyond(below.area, above.area,
                 [](const AreaCode& in, const AreaCode& out) { return !out.contains(in); }) ||
          beyond(below.kinds, above.kinds,
                 [](const auto& in, const auto& out) { return in.value != out.value; }) ||
          below.from_date < above.from_date ||
          beyond(below.to_date, above.to_date, std::greater<>()) ||
          (below.to_date && *below.to_date < below.from_date) ||
          (above.to_date && *above.to_date < below.from_date);
      ASSERT_EQ(ok, !exceeds) << to_json(above) << "\n" << to_json(below);
    }
  }
  EXPECT_GT(accepted, 1000);
}

// Every sequence of at most `steps_max` grants and endings in a world of four offices. A sequence
// goes on only from what was accepted; what is refused changes nothing.
class AllSequences {
 public:
  static constexpr int steps_max = 4;

  void run() { go_on({}); }
  std::int64_t sequences = 0, accepted = 0, refused = 0;

 private:
  struct Step {
    bool ends = false;
    std::size_t grant = 0;  // that ends, or the one above; with `by_law` none
    bool by_law = false;
    std::size_t to = 0;
    bool narrowed = false;
    int levels = 0;
  };

  std::vector<Step> choices(std::size_t grants) const {
    std::vector<Step> out;
    for (std::size_t to = 0; to < rows_.size(); ++to)
      for (const bool narrowed : {false, true})
        for (const int levels : {0, 1}) {
          out.push_back({.by_law = true, .to = to, .narrowed = narrowed, .levels = levels});
          for (std::size_t above = 0; above < grants; ++above)
            out.push_back({.grant = above, .to = to, .narrowed = narrowed, .levels = levels});
        }
    for (std::size_t ended = 0; ended < grants; ++ended)
      out.push_back({.ends = true, .grant = ended});
    return out;
  }

  static Instant moment(std::size_t step) {
    return day("2021-01-01").plus_ms(86'400'000 * std::int64_t(step));
  }

  // True if the last step was accepted.
  bool play(Worlds& worlds, const std::vector<Step>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const auto& step = steps[i];
      const bool last = i + 1 == steps.size();
      if (step.ends) {
        worlds.end(step.grant, moment(i));
        continue;
      }
      auto grant = small::grant("governor", rows_[step.to].office_id);
      grant.granted_at = moment(i);
      if (!step.by_law) {
        const auto& above = worlds.oracle().grants()[step.grant];
        grant.parent_grant_id = above.grant_id;
        grant.from_office_id = above.to_office_id;
      }
      if (step.narrowed) grant.ceiling_satang = Satang::of_baht(50);
      grant.levels = step.levels;
      if (last) {
        const bool lawful =
            worlds.oracle().lawful_lineage(grant) &&
            grant.levels < worlds.oracle().levels_above(grant) &&
            worlds.oracle().grantor_could(grant, small::object("70", 50), moment(i));
        EXPECT_EQ(worlds.faults(grant).empty(), lawful) << to_json(grant);
        if (!lawful) return false;
      }
      worlds.add(grant);
    }
    return true;
  }

  void go_on(std::vector<Step> steps) {
    Worlds worlds(rows_);
    ++sequences;
    if (!play(worlds, steps)) {
      ++refused;
      return;
    }
    ++accepted;
    for (const auto& office : rows_)
      for (const std::int64_t amount : {50, 51})
        for (std::size_t at = 0; at <= steps.size(); ++at)
          worlds.agree(office, small::object("70", amount), moment(at));
    if (testing::Test::HasFailure() || steps.size() == steps_max) return;
    for (const auto& choice : choices(worlds.oracle().grants().size())) {
      steps.push_back(choice);
      go_on(steps);
      steps.pop_back();
      if (testing::Test::HasFailure()) return;
    }
  }

  const std::vector<OfficeRow> rows_{small::office("governor", "governor", "70"),
                                     small::office("a", "central_agency", "70"),
                                     small::office("b", "local_government", "70")};
};

TEST(Escalation, no_sequence_of_four_steps_in_a_small_world_escalates) {
  AllSequences all;
  all.run();
  EXPECT_GT(all.accepted, 1'000);
  EXPECT_GT(all.refused, 1'000);
  RecordProperty("sequences", std::to_string(all.sequences));
}

}  // namespace
}  // namespace changwat::authority
