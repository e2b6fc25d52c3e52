#include "modules/indicators/indicators.hpp"

#include "modules/indicators/testing.hpp"

namespace changwat::indicators {
namespace {

using IndicatorsTest = IndicatorsOnBothEngines;

TEST_P(IndicatorsTest, A_reported_value_is_read_back_and_leaves_its_proof) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  auto in = value_of("2021-03", "66.25");
  in.evidence = word<Text<1, 2000>>("ทะเบียนเดือนมีนาคม");
  in.evidence_url = word<WebAddress>("https://example.org/a.pdf");
  ASSERT_TRUE(reported(officer("2021-04-05T03:00:00Z", {"70"}), kpi.kpi_id, in).ok());
  const auto page = values(kpi.kpi_id);
  ASSERT_EQ(page.items.size(), 1u);
  EXPECT_EQ(page.items[0].value.text(), "66.25");
  EXPECT_EQ(page.items[0].period.text(), "2021-03");
  EXPECT_EQ(page.items[0].evidence_url->text(), "https://example.org/a.pdf");
  EXPECT_EQ(page.items[0].recorded_at.text(), "2021-04-05T03:00:00.000Z");
  const auto entry = entries().back();
  EXPECT_EQ(entry.act, "kpi.report");
  EXPECT_EQ(entry.subject_id, kpi.kpi_id.text());
  EXPECT_EQ(entry.office_id, "office_70");
  EXPECT_NE(entry.change.find("\"value\":\"66.25\""), std::string::npos) << entry.change;
  EXPECT_NE(entry.authority.find("kpi.report"), std::string::npos);
}

TEST_P(IndicatorsTest, A_second_value_for_a_period_conflicts_and_says_whom_to_correct) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  const auto call = officer("2021-04-05T03:00:00Z", {"70"});
  const auto first = reported(call, kpi.kpi_id, value_of("2021-03", "66"));
  ASSERT_TRUE(first.ok());
  const auto second = reported(call, kpi.kpi_id, value_of("2021-03", "67"));
  ASSERT_FALSE(second.ok());
  EXPECT_TRUE(second.problem().is(errors::conflict));
  EXPECT_NE(second.problem().en.find(first->value.value_id.text()), std::string::npos)
      << second.problem().en;
  EXPECT_NE(second.problem().th.find("มีนาคม 2564"), std::string::npos) << second.problem().th;
  EXPECT_EQ(count("kpi_value"), 1);
  EXPECT_TRUE(reported(call, kpi.kpi_id, value_of("2021-Q2", "67")).ok())
      << "a quarter is another period";
}

TEST_P(IndicatorsTest, A_correction_is_a_new_row_with_its_reason_and_the_old_stays_readable) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  const auto call = officer("2021-04-05T03:00:00Z", {"70"});
  const auto first = reported(call, kpi.kpi_id, value_of("2021-03", "66"));
  auto better = value_of("2021-03", "64.5");
  better.corrects = first->value.value_id;
  EXPECT_EQ(reported(call, kpi.kpi_id, better).problem().fields[0].pointer, "/reason");
  better.reason = word<Text<1, 1000>>("นับซ้ำสองอำเภอ");
  const auto second = reported(call, kpi.kpi_id, better);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->value.revision, 2);
  EXPECT_EQ(entries().back().act, "kpi.correct");
  EXPECT_EQ(entries().back().change.find("นับซ้ำ"), std::string::npos)
      << "free text stays out of the ledger";
  EXPECT_EQ(values(kpi.kpi_id).items.size(), 1u);
  EXPECT_EQ(values(kpi.kpi_id).items[0].value.text(), "64.5");
  const auto history = values(kpi.kpi_id, {.history = History::all}).items;
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].value.text(), "66");
  EXPECT_EQ(history[1].corrects, first->value.value_id);
  EXPECT_TRUE(reported(call, kpi.kpi_id, better).problem().is(errors::conflict))
      << "that row is corrected already";
  auto elsewhere = better;
  elsewhere.period = word<KpiPeriod>("2021-02");
  EXPECT_TRUE(reported(call, kpi.kpi_id, elsewhere).problem().is(errors::not_found));
}

TEST_P(IndicatorsTest, Nobody_reports_for_another_province_or_without_signing_in) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  const auto in = value_of("2021-03", "66");
  EXPECT_TRUE(reported(officer("2021-04-05T03:00:00Z", {"40"}), kpi.kpi_id, in)
                  .problem()
                  .is(errors::forbidden));
  EXPECT_TRUE(reported(officer("2021-04-05T03:00:00Z", {"70"}, "citizen"), kpi.kpi_id, in)
                  .problem()
                  .is(errors::forbidden));
  EXPECT_TRUE(reported(nobody("2021-04-05T03:00:00Z"), kpi.kpi_id, in)
                  .problem()
                  .is(errors::sign_in_required));
  auto call = officer("2021-04-05T03:00:00Z", {"40"});
  EXPECT_TRUE(indicators().create(call, rising("70", "other")).problem().is(errors::forbidden));
  EXPECT_EQ(count("kpi_value"), 0);
}

TEST_P(IndicatorsTest, A_period_that_is_not_over_has_no_value_yet) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  const auto call = officer("2021-09-30T16:59:59Z", {"70"});
  EXPECT_EQ(reported(call, kpi.kpi_id, value_of("2021-10", "66")).problem().fields[0].code,
            "not_over");
  EXPECT_TRUE(reported(call, kpi.kpi_id, value_of("2021", "66")).ok())
      << "in the last month of the year";
  EXPECT_TRUE(
      reported(officer("2021-09-30T17:00:00Z", {"70"}), kpi.kpi_id, value_of("2021-10", "66")).ok())
      << "October has begun in Bangkok";
}

TEST_P(IndicatorsTest, Pages_of_values_follow_each_other_without_gap_or_overlap) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  report_months(kpi, {"61", "62", "63", "64", "65", "66", "67"});
  ValueQuery query{.limit = *PageLimit::of_count(3)};
  std::string seen;
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = values(kpi.kpi_id, query);
    for (const auto& value : page.items) seen += value.value.text() + " ";
    if (!page.next) break;
    query.cursor = word<ValueCursor>(*page.next);
  }
  EXPECT_EQ(seen, "61 62 63 64 65 66 67 ");
  auto call = nobody("2021-01-01T00:00:00Z");
  EXPECT_TRUE(indicators()
                  .list_values(call, Path<KpiPath>{{KpiId::make(call.now)}}, {})
                  .problem()
                  .is(errors::not_found));
}

TEST_P(IndicatorsTest, A_change_needs_the_version_it_was_made_from) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  KpiChange in;
  in.weight = dec("40");
  const auto change = [&](std::optional<std::int64_t> version) {
    auto call = officer("2021-01-05T03:00:00Z", {"70"});
    call.if_match = version;
    return indicators().change(call, Path<KpiPath>{{kpi.kpi_id}}, in);
  };
  EXPECT_TRUE(change(std::nullopt).problem().is(errors::if_match_required));
  const auto changed = change(1);
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(changed->version, 2);
  EXPECT_EQ(changed->weight.text(), "40");
  EXPECT_EQ(changed->name_en.text(), "Cases closed in time");
  EXPECT_TRUE(change(1).problem().is(errors::changed_meanwhile));
  in.criteria = KpiCriteria{dec("80"), dec("70"), dec("60")};
  EXPECT_EQ(change(2).problem().fields[0].pointer, "/criteria");
}

TEST_P(IndicatorsTest, A_code_stands_once_in_a_province_and_year) {
  defined(rising("70", "closed_on_time"));
  auto call = officer("2021-01-05T03:00:00Z", {"70"});
  EXPECT_TRUE(
      indicators().create(call, rising("70", "closed_on_time")).problem().is(errors::conflict));
  auto next_year = rising("70", "closed_on_time");
  next_year.fiscal_year = year_of(2022);
  EXPECT_TRUE(indicators().create(call, next_year).ok());
}

TEST_P(IndicatorsTest, What_an_application_defined_is_fixed_and_defining_again_keeps_its_values) {
  const auto define = [&](const char* weight) {
    const auto call = officer("2021-01-05T03:00:00Z", {"70"});
    return acts().run<Done>(call, "application.resolve", [&](Tx& tx) -> Result<Done> {
      auto done = indicators().define(tx, call, area_code("70"), year_of(2021), "01APPLICATION",
                                      {rising("70", "k", weight)});
      tx.record({.subject_kind = "application", .subject_id = "01APPLICATION"});
      return done;
    });
  };
  ASSERT_TRUE(define("60").ok());
  const auto kpi =
      indicators()
          .of_province(area_code("70"), year_of(2021), *Instant::parse("2021-02-01T00:00:00Z"))
          .at(0);
  report_months(kpi, {"61"});
  ASSERT_TRUE(define("70").ok());
  const auto again = indicators().of_province(area_code("70"), std::nullopt,
                                              *Instant::parse("2021-02-01T00:00:00Z"));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].kpi_id, kpi.kpi_id);
  EXPECT_EQ(again[0].weight.text(), "70");
  EXPECT_EQ(again[0].version, 2);
  EXPECT_EQ(again[0].series.size(), 1u);
  auto call = officer("2021-02-05T03:00:00Z", {"70"});
  call.if_match = 2;
  EXPECT_TRUE(
      indicators().change(call, Path<KpiPath>{{kpi.kpi_id}}, {}).problem().is(errors::wrong_state));
  ASSERT_FALSE(define("0").ok());
  EXPECT_EQ(define("0").problem().fields[0].pointer, "/kpis/0/weight");
}

TEST_P(IndicatorsTest, A_KPI_is_answered_with_its_judgement_at_the_moment) {
  const auto kpi = defined(rising("70", "closed_on_time"));
  EXPECT_EQ(got(kpi.kpi_id, "2020-12-01T00:00:00Z").judgement.colour, Colour::grey);
  report_months(kpi, {"62", "64", "66", "68", "70", "72"});
  const auto judged = got(kpi.kpi_id, "2021-04-01T00:00:00Z").judgement;
  EXPECT_EQ(judged.colour, Colour::green) << judged.rule_en;
  EXPECT_EQ(judged.judged_by, JudgedBy::forecast);
  EXPECT_EQ(judged.target->text(), "80");
  EXPECT_EQ(judged.latest_period->text(), "2021-03");
  EXPECT_EQ(got(kpi.kpi_id, "2022-08-01T00:00:00Z").judgement.target->text(), "90")
      << "the next year's target";
  EXPECT_EQ(got(kpi.kpi_id, "2022-08-01T00:00:00Z").judgement.colour, Colour::grey)
      << "the last value is too old";
}

TEST_P(IndicatorsTest, A_withdrawn_value_is_left_out_but_its_history_stays_with_the_reason) {
  const auto kpi = defined(rising("70", "k"));
  report_months(kpi, {"61", "65"});
  const auto wrong = values(kpi.kpi_id).items.back();
  const auto withdraw = [&](Call call, const ValueId& id) {
    return indicators().withdraw(call, Path<ValuePath>{{kpi.kpi_id, id}},
                                 {word<Text<1, 1000>>("รายงานผิดหน่วย")});
  };
  const auto* now = "2021-02-01T03:00:00Z";
  EXPECT_TRUE(withdraw(officer(now, {"71"}), wrong.value_id).problem().is(errors::forbidden));
  EXPECT_TRUE(
      withdraw(officer(now, {"70"}), ValueId::make(Instant())).problem().is(errors::not_found));
  const auto done = withdraw(officer(now, {"70"}), wrong.value_id);
  ASSERT_TRUE(done.ok()) << done.problem().en;
  EXPECT_TRUE(withdraw(officer(now, {"70"}), wrong.value_id).problem().is(errors::conflict));
  EXPECT_TRUE(withdraw(officer(now, {"70"}), done->value.value_id).problem().is(errors::conflict));

  ASSERT_EQ(values(kpi.kpi_id).items.size(), 1u);
  ValueQuery all;
  all.history = History::all;
  const auto history = values(kpi.kpi_id, all).items;
  ASSERT_EQ(history.size(), 3u);
  EXPECT_TRUE(history[2].withdrawn);
  EXPECT_EQ(history[2].corrects, wrong.value_id);
  EXPECT_EQ(history[2].reason->text(), "รายงานผิดหน่วย");
  EXPECT_EQ(got(kpi.kpi_id, now).judgement.latest->text(), "61");
  const auto entry = entries().back();
  EXPECT_EQ(entry.act, "kpi.withdraw");
  EXPECT_NE(entry.change.find(R"("withdrawn":true)"), std::string::npos) << entry.change;
  EXPECT_EQ(entry.change.find("ผิดหน่วย"), std::string::npos) << "free text may name people";

  ASSERT_TRUE(reported(officer(now, {"70"}), kpi.kpi_id, value_of("2020-11", "66")).ok());
  EXPECT_EQ(values(kpi.kpi_id).items.back().revision, 3);
  EXPECT_EQ(got(kpi.kpi_id, now).judgement.latest->text(), "66");
}

TEST_P(IndicatorsTest, Its_acts_say_what_may_be_done_with_a_KPI_and_why_the_rest_may_not) {
  const auto kpi = defined(rising("70", "k"));
  const auto acts_for = [&](Call call) {
    const auto acts = indicators().kpi_acts(call, Path<KpiPath>{{kpi.kpi_id}});
    EXPECT_TRUE(acts.ok());
    std::string out;
    for (const auto& next : acts->items) out += next.act + (next.allowed ? " yes; " : " no; ");
    return out;
  };
  const auto* now = "2021-02-01T03:00:00Z";
  EXPECT_EQ(acts_for(officer(now, {"70"})),
            "kpi.define yes; kpi.report yes; kpi.correct no; kpi.withdraw no; ");
  report_months(kpi, {"61"});
  EXPECT_EQ(acts_for(officer(now, {"70"})),
            "kpi.define yes; kpi.report yes; kpi.correct yes; kpi.withdraw yes; ");
  EXPECT_EQ(acts_for(officer(now, {"71"})),
            "kpi.define no; kpi.report no; kpi.correct no; kpi.withdraw no; ");
  auto call = officer(now, {"70"});
  EXPECT_TRUE(indicators()
                  .kpi_acts(call, Path<KpiPath>{{KpiId::make(Instant())}})
                  .problem()
                  .is(errors::not_found));
}

TEST_P(IndicatorsTest, Lists_by_province_and_year_page_through_all_KPIs) {
  for (const auto* code : {"a", "b", "c"}) defined(rising("70", code));
  defined(rising("40", "a"));
  auto call = nobody("2021-01-01T00:00:00Z");
  Query<KpiQuery> query;
  query.value.province = area_code("70");
  query.value.limit = *PageLimit::of_count(2);
  const auto first = indicators().list(call, query);
  ASSERT_EQ(first->items.size(), 2u);
  query.value.cursor = word<KpiId>(*first->next);
  const auto second = indicators().list(call, query);
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_FALSE(second->next);
  query.value = {};
  query.value.fiscal_year = year_of(2022);
  EXPECT_TRUE(indicators().list(call, query)->items.empty());
}

TEST_P(IndicatorsTest, Peers_are_the_provinces_of_the_cluster_with_a_value) {
  const auto own = defined(rising("70", "k")), peer = defined(rising("71", "k")),
             far = defined(rising("40", "k"));
  for (const auto& kpi : {own, peer, far}) report_months(kpi, {"61", "65"});
  indicators().boards().settle();
  const auto found = indicators().peers(area_code("70"), word<Key>("k"), year_of(2021));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].province.text(), "71");
  EXPECT_EQ(found[0].value.text(), "65");
  EXPECT_TRUE(indicators().peers(area_code("40"), word<Key>("k"), year_of(2021)).empty())
      << "in no cluster";
}

CHANGWAT_ON_BOTH_ENGINES(IndicatorsTest);

}  // namespace
}  // namespace changwat::indicators
