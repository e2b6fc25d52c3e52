#include "modules/indicators/scoring.hpp"

#include <algorithm>
#include <array>

namespace changwat::indicators {
namespace {

struct Rung {
  Decimal value;
  int points;
};

// The one formula behind every method: points at the rungs, linear between them, `short_of_first`
// before the first, the last rung's points beyond it. Rungs rise or fall strictly.
Decimal climb(std::span<const Rung> ladder, int short_of_first, Decimal value) {
  const int sign = ladder.front().value < ladder.back().value ? 1 : -1;
  const auto height = [sign](Decimal d) { return Int128{d.millionths()} * sign; };
  const Int128 x = height(value);
  if (x < height(ladder.front().value)) return decimal_of(short_of_first);
  for (std::size_t i = 1; i < ladder.size(); ++i) {
    const Int128 upper = height(ladder[i].value);
    if (x > upper) continue;
    const Int128 lower = height(ladder[i - 1].value);
    const Int128 rise = Int128{ladder[i].points - ladder[i - 1].points} * Decimal::scale;
    const Int128 gained = round_div(rise * (x - lower), upper - lower);
    return decimal_of_millionths(Int128{ladder[i - 1].points} * Decimal::scale + gained);
  }
  return decimal_of(ladder.back().points);
}

Decimal three_point_points(const ThreePoint& m, Decimal value) {
  const std::array<Rung, 3> ladder{{{m.p50, 50}, {m.p75, 75}, {m.p100, 100}}};
  return climb(ladder, 0, value);
}

std::array<Rung, 5> level_ladder(const FiveLevel& m, int points_per_level) {
  return {{{m.l1, points_per_level},
           {m.l2, 2 * points_per_level},
           {m.l3, 3 * points_per_level},
           {m.l4, 4 * points_per_level},
           {m.l5, 5 * points_per_level}}};
}

Decimal share_points(Decimal full_marks, Decimal value) {
  const std::array<Rung, 2> ladder{{{Decimal{}, 0}, {full_marks, 100}}};
  return climb(ladder, 0, value);
}

struct PointsOf {
  Decimal value;
  Decimal operator()(const ThreePoint& m) const { return three_point_points(m, value); }
  Decimal operator()(const FiveLevel& m) const { return climb(level_ladder(m, 20), 20, value); }
  Decimal operator()(const WithinRange& m) const {
    return std::min(three_point_points(m.rising, value), three_point_points(m.falling, value));
  }
  Decimal operator()(const Milestone&) const { return share_points(decimal_of(100), value); }
  Decimal operator()(const Pmqa&) const { return share_points(decimal_of(500), value); }
};

bool rises(std::span<const Decimal> values) {
  return std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}
bool falls(std::span<const Decimal> values) {
  return std::adjacent_find(values.begin(), values.end(), std::less_equal<>()) == values.end();
}
bool rises(const ThreePoint& m) {
  return rises(std::array{m.p50, m.p75, m.p100});
}
bool falls(const ThreePoint& m) {
  return falls(std::array{m.p50, m.p75, m.p100});
}

struct IsOrdered {
  bool operator()(const ThreePoint& m) const { return rises(m) || falls(m); }
  bool operator()(const FiveLevel& m) const {
    const std::array levels{m.l1, m.l2, m.l3, m.l4, m.l5};
    return rises(levels) || falls(levels);
  }
  bool operator()(const WithinRange& m) const {
    return rises(m.rising) && falls(m.falling) && m.rising.p100 <= m.falling.p100;
  }
  bool operator()(const Milestone&) const { return true; }
  bool operator()(const Pmqa&) const { return true; }
};

struct DirectionOf {
  static Direction by_order(Decimal first, Decimal last) {
    return first < last ? Direction::higher_is_better : Direction::lower_is_better;
  }
  Direction operator()(const ThreePoint& m) const { return by_order(m.p50, m.p100); }
  Direction operator()(const FiveLevel& m) const { return by_order(m.l1, m.l5); }
  Direction operator()(const WithinRange&) const { return Direction::within_range; }
  Direction operator()(const Milestone&) const { return Direction::higher_is_better; }
  Direction operator()(const Pmqa&) const { return Direction::higher_is_better; }
};

Decimal percent_of(Int128 part, Int128 whole) {
  return decimal_of_millionths(round_div(part * 100 * Decimal::scale, whole));
}

bool is_complete(const Checklist& list) {
  return list.ticked == list.total;
}

bool is_sound(const Checklist& list) {
  return list.total > 0 && list.ticked >= 0 && list.ticked <= list.total;
}

}  // namespace

Result<Done> check_method(const Method& method) {
  if (std::visit(IsOrdered{}, method)) return Done{};
  return Problem{errors::invalid_input, "เกณฑ์ต้องเรียงเพิ่มขึ้นหรือลดลงทุกขั้น และเกณฑ์แบบช่วงต้องไม่ตัดกัน",
                 "The criteria must rise or fall at every step, and the two sides of a range must "
                 "not cross."};
}

Direction direction_of(const Method& method) {
  return std::visit(DirectionOf{}, method);
}

Decimal points_of(const Method& method, Decimal value) {
  return std::visit(PointsOf{value}, method);
}

Decimal five_level_score(const FiveLevel& levels, Decimal value) {
  return climb(level_ladder(levels, 1), 1, value);
}

MilestoneProgress milestone_progress(std::span<const MilestoneStep> steps, int month) {
  Int128 all = 0, done = 0, planned = 0;
  MilestoneProgress progress;
  for (const MilestoneStep& step : steps) {
    const bool is_done = step.done_month && *step.done_month <= month;
    const bool is_due = step.due_month <= month;
    all += step.weight.millionths();
    if (is_done) done += step.weight.millionths();
    if (is_due) planned += step.weight.millionths();
    if (is_due && (!is_done || *step.done_month > step.due_month)) ++progress.late_steps;
  }
  if (all <= 0) return progress;
  progress.done_percent = percent_of(done, all);
  progress.planned_percent = percent_of(planned, all);
  return progress;
}

Result<PmqaItemScore> pmqa_item(Checklist basic, Checklist advance, Checklist significance) {
  if (!is_sound(basic) || !is_sound(advance) || !is_sound(significance)) {
    return Problem{errors::invalid_input, "จำนวนข้อที่ผ่านต้องไม่เกินจำนวนข้อทั้งหมด และต้องมีอย่างน้อยหนึ่งข้อ",
                   "Each list needs at least one line, and no more ticks than lines."};
  }
  Int128 score = round_div(Int128{300} * Decimal::scale * basic.ticked, basic.total);
  if (!is_complete(basic))
    return PmqaItemScore{decimal_of_millionths(score), PmqaLevel::not_passed};
  score += round_div(Int128{100} * Decimal::scale * advance.ticked, advance.total);
  if (!is_complete(advance)) return PmqaItemScore{decimal_of_millionths(score), PmqaLevel::basic};
  score += round_div(Int128{100} * Decimal::scale * significance.ticked, significance.total);
  return PmqaItemScore{decimal_of_millionths(score),
                       is_complete(significance) ? PmqaLevel::significance : PmqaLevel::advance};
}

Decimal pmqa_achievement_score(Decimal achievement_percent) {
  if (achievement_percent > decimal_of(105)) return decimal_of(500);
  if (achievement_percent > decimal_of(101)) return decimal_of(400);
  if (achievement_percent >= decimal_of(100)) return decimal_of(300);
  return decimal_of_millionths(std::max<std::int64_t>(0, achievement_percent.millionths()) * 3);
}

std::optional<Decimal> achievement_percent(Direction direction, Decimal actual, Decimal target) {
  const bool more = direction != Direction::lower_is_better;
  const Decimal part = more ? actual : target;
  const Decimal whole = more ? target : actual;
  if (part.millionths() < 0 || whole.millionths() <= 0) return std::nullopt;
  return percent_of(part.millionths(), whole.millionths());
}

Decimal pmqa_scale_score(const PmqaScale& scale, Decimal value) {
  const std::array<Rung, 2> ladder{{{scale.at_100, 100}, {scale.at_500, 500}}};
  return climb(ladder, 0, value);
}

std::optional<Decimal> pmqa_mean(std::span<const Decimal> scores) {
  if (scores.empty()) return std::nullopt;
  Int128 sum = 0;
  for (const Decimal score : scores) sum += score.millionths();
  return decimal_of_millionths(round_div(sum, static_cast<Int128>(scores.size())));
}

Decimal pmqa_government_level(Decimal total_score) {
  const Int128 tenths =
      round_div(Int128{total_score.millionths()} * 4 * 10, Int128{500} * Decimal::scale);
  return decimal_of_millionths(tenths * Decimal::scale / 10);
}

WeightedTotal weighted_total(std::span<const WeightedPoints> parts, Missing missing) {
  Int128 all = 0, present = 0, sum = 0;
  for (const WeightedPoints& part : parts) {
    all += part.weight.millionths();
    if (!part.points) continue;
    present += part.weight.millionths();
    sum += Int128{part.weight.millionths()} * part.points->millionths();
  }
  WeightedTotal total;
  if (all <= 0) return total;
  total.coverage_percent = percent_of(present, all);
  const Int128 divisor = missing == Missing::left_out ? present : all;
  if (divisor > 0) total.points = decimal_of_millionths(round_div(sum, divisor));
  return total;
}

std::optional<Key> band_of(std::span<const Band> bands, Decimal points) {
  for (const Band& band : bands) {
    if (points >= band.at_least_points) return band.code;
  }
  return std::nullopt;
}

}  // namespace changwat::indicators
