"""Checks data/demo/demo.json: that it is complete, holds together, and is plainly marked as invented.

Run with: python3 -m unittest tests/data/demo_test.py
"""

import csv
import json
import re
import subprocess
import sys
import unittest
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo" / "demo.json"
ROLES = {
    "opdc", "moi", "governor", "provincial_office", "district", "committee_member", "auditor", "citizen",
    "administrator", "provincial_agency", "state_enterprise",
}
SOURCE_CLASSES = {"official_statistic", "administrative_record", "self_reported", "surveyed"}
MONTHS = [f"{2020 + (9 + i) // 12}-{(9 + i) % 12 + 1:02d}" for i in range(24)]
FULL_SERIES = {"monthly": MONTHS, "yearly": ["2021", "2022"]}
RULES = {row["rule"]: float(row["value"])  # in force when the demonstration plays
         for row in json.loads((ROOT / "data/indicators/rules.json").read_text(encoding="utf-8"))["rules"]
         if (row["valid_from"] or "") < "2021" and (row["valid_to"] or "9999") > "2022-09"}
GREEN_AT_LEAST, AMBER_AT_LEAST = RULES["green_at_least_percent"], RULES["amber_at_least_percent"]


def points_on(criteria, value):
    """0..100 as the program gives them: 0 short of the first criterion, linear between."""
    sign = 1 if criteria["p50"] < criteria["p100"] else -1
    at = [sign * criteria[name] for name in ("p50", "p75", "p100")]
    value *= sign
    if value < at[0]:
        return 0
    if value >= at[2]:
        return 100
    step = 0 if value < at[1] else 1
    return 50 + 25 * (step + (value - at[step]) / (at[step + 1] - at[step]))


def points(criteria, value):
    sides = [criteria[side] for side in ("rising", "falling") if side in criteria] or [criteria]
    return min(points_on(side, value) for side in sides)


def yearly_value(kpi, indicator, year):
    """What the months of a fiscal year make together, corrections in place; None for an empty year."""
    months = MONTHS[:12] if year == 2021 else MONTHS[12:]
    by_period = {value["period"]: value["value"] for value in kpi["values"]}
    values = [by_period[period] for period in (*months, str(year)) if period in by_period]
    if not values:
        return None
    if indicator["yearly_value"] == "last":
        return values[-1]
    return sum(values) / (len(values) if indicator["yearly_value"] == "mean" else 1)


def colour(kpi, indicator):
    """At the end of the last target year."""
    reached = yearly_value(kpi, indicator, 2022)
    if not kpi["baseline"] or reached is None:
        return "grey"
    way = [kpi["baseline"][-1]["value"], reached, kpi["targets"][-1]["value"]]
    if indicator["direction"] == "range":
        way = [points(kpi["criteria"], value) for value in way]
    baseline, reached, target = way
    attained = 100 * (reached - baseline) / (target - baseline)
    return "green" if attained >= GREEN_AT_LEAST else "amber" if attained >= AMBER_AT_LEAST else "red"


class DemoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.demo = json.loads(DEMO.read_text(encoding="utf-8"))
        programme = ROOT / "data" / "programme" / "programme.json"
        cls.programme = json.loads(programme.read_text(encoding="utf-8"))
        with (ROOT / "data" / "areas" / "areas.csv").open(encoding="utf-8", newline="") as file:
            cls.level_by_code = {area["code"]: area["level"] for area in csv.DictReader(file)}
        cls.indicators = {indicator["code"]: indicator for indicator in cls.demo["indicators"]}
        cls.by_province = defaultdict(list)
        for kpi in cls.demo["kpis"]:
            cls.by_province[kpi["province"]].append(kpi)
        cls.not_ranked = {gap["province"]: gap["kind"] for gap in cls.demo["not_ranked"]}

    def test_the_file_is_what_the_tool_writes(self):
        result = subprocess.run(
            [sys.executable, ROOT / "tools" / "build-demo", "--check"], capture_output=True, text=True
        )
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_the_file_says_in_both_languages_that_it_is_invented(self):
        self.assertIs(self.demo["demonstration"], True)
        self.assertIn("สมมติ", self.demo["notice_th"])
        self.assertIn("invented", self.demo["notice_en"])

    def test_the_file_stays_small(self):
        self.assertLess(DEMO.stat().st_size, 1_500_000)

    def test_accounts_are_offices_and_carry_no_password(self):
        accounts = {account["username"]: account for account in self.demo["accounts"]}
        self.assertEqual(set(accounts), {
            "opdc", "moi", "committee", "auditor", "admin", "citizen",
            "governor.70", "office.70", "district.7001", "governor.40", "office.40", "district.4001",
            "governor.39", "office.39", "district.3901",
            "chief.7001", "chief.4001", "chief.3901", "highways.70", "highways.40", "water.70",
        })
        for account in accounts.values():
            self.assertEqual(set(account), {"username", "title_th", "title_en", "role", "area"})
            self.assertTrue(account["title_th"].endswith("(สาธิต)"))
            self.assertTrue(account["title_en"].endswith("(demonstration)"))
            self.assertNotRegex(account["title_th"], "^(นาย|นาง|นางสาว)(?!อำเภอ)")
        self.assertEqual({account["role"] for account in accounts.values()}, ROLES)

    def test_accounts_have_the_area_that_their_username_and_role_name(self):
        level_by_role = {"governor": "province", "provincial_office": "province", "district": "district",
                         "provincial_agency": "province", "state_enterprise": "province"}
        for account in self.demo["accounts"]:
            with self.subTest(username=account["username"]):
                named = re.search(r"\.(\d+)$", account["username"])
                self.assertEqual(account["area"], named and named[1])
                level = self.level_by_code[account["area"]] if account["area"] else None
                self.assertEqual(level, level_by_role.get(account["role"]))

    def test_the_application_of_ratchaburi_is_complete(self):
        application, = self.demo["applications"]
        self.assertEqual(application["province"], "70")
        self.assertEqual(application["call"], self.programme["calls"][0]["code"])
        self.assertEqual(len(application["agendas"]), 3)
        self.assertEqual({r["kind"] for r in application["unlock_requests"]}, {"law", "money", "people", "power"})
        self.assertGreater(application["citizen_benefit"]["number"], 0)
        self.assertGreaterEqual(len(application["risks"]), 3)

    def test_each_agenda_belongs_to_a_working_group_and_all_its_kpis_exist(self):
        application, = self.demo["applications"]
        groups = [agenda["working_group"] for agenda in application["agendas"]]
        self.assertEqual(sorted(groups), sorted(self.programme["working_groups"]))
        named = [(code, agenda["code"]) for agenda in application["agendas"] for code in agenda["kpis"]]
        given = [(kpi["code"], kpi["agenda"]) for kpi in self.by_province["70"]]
        self.assertEqual(sorted(named), sorted(given))
        self.assertEqual(len(given), 6)

    def test_every_text_is_there_in_thai_and_in_english(self):
        def check(value):
            if isinstance(value, dict):
                for key, text in value.items():
                    if key.endswith("_th"):
                        self.assertTrue(text and value[key[:-3] + "_en"], key)
                        self.assertRegex(str(text), "[\u0e01-\u0e4e]")
                    check(text)
            elif isinstance(value, list):
                for each in value:
                    check(each)

        check(self.demo)

    def test_the_cohort_of_2021_has_two_to_six_kpis_in_each_of_its_32_provinces(self):
        cohort = {
            member["province"]
            for each in self.programme["cohorts"] if each["fiscal_year"] == 2021
            for member in each["provinces"]
        }
        self.assertEqual(set(self.by_province), cohort)
        self.assertEqual(len(cohort), 32)
        for province, kpis in self.by_province.items():
            self.assertIn(len(kpis), (6,) if province == "70" else (2, 3, 4))

    def test_weights_of_a_province_sum_to_100_and_codes_are_unique(self):
        for province, kpis in self.by_province.items():
            self.assertEqual(sum(kpi["weight"] for kpi in kpis), 100, province)
        codes = Counter(kpi["code"] for kpi in self.demo["kpis"])
        self.assertEqual(max(codes.values()), 1)

    def test_indicators_have_a_direction_a_source_class_and_a_frequency(self):
        for indicator in self.demo["indicators"]:
            self.assertIn(indicator["direction"], ("higher", "lower", "range"))
            self.assertIn(indicator["source_class"], SOURCE_CLASSES)
            self.assertIn(indicator["frequency"], FULL_SERIES)
            self.assertIn(indicator["yearly_value"], ("mean", "sum", "last"))
        self.assertEqual({i["direction"] for i in self.demo["indicators"]}, {"higher", "lower", "range"})
        self.assertEqual({i["source_class"] for i in self.demo["indicators"]}, SOURCE_CLASSES)

    def test_baselines_are_of_three_years_and_targets_of_two(self):
        for kpi in self.demo["kpis"]:
            years = [each["fiscal_year"] for each in kpi["baseline"]]
            without = self.not_ranked.get(kpi["province"]) == "no_baseline"
            self.assertEqual(years, [] if without else [2018, 2019, 2020], kpi["code"])
            self.assertEqual([each["fiscal_year"] for each in kpi["targets"]], [2021, 2022])

    def test_criteria_rise_where_more_is_better_and_fall_where_less_is(self):
        for kpi in self.demo["kpis"]:
            criteria = kpi["criteria"]
            direction = self.indicators[kpi["indicator"]]["direction"]
            rising = lambda c: c["p50"] < c["p75"] < c["p100"]
            falling = lambda c: c["p50"] > c["p75"] > c["p100"]
            with self.subTest(kpi=kpi["code"]):
                if direction == "higher":
                    self.assertTrue(rising(criteria))
                elif direction == "lower":
                    self.assertTrue(falling(criteria))
                else:
                    self.assertTrue(rising(criteria["rising"]) and falling(criteria["falling"]))
                    self.assertLessEqual(criteria["rising"]["p100"], criteria["falling"]["p100"])

    def test_targets_are_better_than_the_baseline(self):
        for kpi in self.demo["kpis"]:
            direction = self.indicators[kpi["indicator"]]["direction"]
            if direction == "range" or not kpi["baseline"]:
                continue
            sign = -1 if direction == "lower" else 1
            path = [kpi["baseline"][-1]["value"], *(t["value"] for t in kpi["targets"])]
            self.assertEqual(path, sorted(path, key=lambda value: sign * value), kpi["code"])

    def test_values_fit_their_unit_and_source_class_and_are_recorded_after_their_period(self):
        for kpi in self.demo["kpis"]:
            indicator = self.indicators[kpi["indicator"]]
            for value in kpi["values"]:
                with self.subTest(kpi=kpi["code"], period=value["period"]):
                    self.assertEqual(value["source_class"], indicator["source_class"])
                    self.assertGreaterEqual(value["value"], 0)
                    if indicator["unit_en"] == "per cent":
                        self.assertLessEqual(value["value"], 100)
                    last_month = value["period"] if "-" in value["period"] else value["period"] + "-09"
                    self.assertGreater(value["recorded_on"][:7], last_month)

    def test_series_are_whole_but_for_what_is_declared_missing(self):
        for kpi in self.demo["kpis"]:
            if self.not_ranked.get(kpi["province"]) in ("stale", "low_coverage"):
                continue
            missing = {entry["period"] for entry in kpi["missing"]}
            periods = [v["period"] for v in kpi["values"] if not v.get("corrects_earlier")]
            full = FULL_SERIES[self.indicators[kpi["indicator"]]["frequency"]]
            self.assertEqual(periods, [period for period in full if period not in missing], kpi["code"])

    def test_ratchaburi_has_one_correction_and_one_missing_month_each_with_its_reason(self):
        values = [value for kpi in self.by_province["70"] for value in kpi["values"]]
        correction, = [value for value in values if value.get("corrects_earlier")]
        self.assertTrue(correction["reason_th"] and correction["reason_en"])
        missing, = [entry for kpi in self.by_province["70"] for entry in kpi["missing"]]
        self.assertTrue(missing["reason_th"] and missing["reason_en"])

    def colours(self, kpis):
        return Counter(colour(kpi, self.indicators[kpi["indicator"]]) for kpi in kpis)

    def levels(self, year):
        """By province: weighted points of the baseline and of the year, of whoever is ranked."""
        for province, kpis in self.by_province.items():
            if province in self.not_ranked:
                continue
            before = sum(k["weight"] * points(k["criteria"], k["baseline"][-1]["value"]) for k in kpis)
            after = sum(
                k["weight"] * points(k["criteria"], yearly_value(k, self.indicators[k["indicator"]], year))
                for k in kpis
            )
            yield province, before / 100, after / 100

    def test_most_kpis_reach_their_target_or_nearly_and_a_fifth_does_not(self):
        counted = self.colours(self.demo["kpis"])
        percent = {name: 100 * count / counted.total() for name, count in counted.items()}
        for name, about in {"green": 45, "amber": 30, "red": 20, "grey": 6}.items():
            self.assertAlmostEqual(percent[name], about, delta=4, msg=str(percent))

    def test_levels_of_the_first_year_lie_far_apart_and_most_provinces_improve(self):
        standings = list(self.levels(2021))
        levels = sorted(after for _, _, after in standings)
        self.assertLess(levels[0], 40)
        self.assertGreater(levels[-1], 80)
        self.assertGreater(levels[len(levels) // 2], 60)
        worse = sum(after < before for _, before, after in standings)
        self.assertTrue(1 <= worse <= len(standings) // 5, worse)

    def test_ratchaburi_is_good_but_not_first_and_has_troubles_to_show(self):
        counted = self.colours(self.by_province["70"])
        self.assertTrue(counted["green"] and counted["amber"] and counted["red"], counted)
        for year in (2021, 2022):
            order = [p for _, p in sorted((-after, p) for p, _, after in self.levels(year))]
            self.assertTrue(1 <= order.index("70") < len(order) // 3, order)

    def test_three_provinces_cannot_be_ranked_each_for_another_reason(self):
        self.assertEqual(sorted(self.not_ranked.values()), ["low_coverage", "no_baseline", "stale"])
        for province, kind in self.not_ranked.items():
            kpis = self.by_province[province]
            last = max(value["period"] for kpi in kpis for value in kpi["values"])
            if kind == "low_coverage":
                with_values = sum(kpi["weight"] for kpi in kpis if kpi["values"])
                self.assertLessEqual(with_values, 50)
            elif kind == "no_baseline":
                self.assertFalse(any(kpi["baseline"] for kpi in kpis))
            else:
                self.assertLessEqual(last, "2021-06")


if __name__ == "__main__":
    unittest.main()
