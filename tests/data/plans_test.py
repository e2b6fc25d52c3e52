"""Checks data/plans/change_rules.json against its schema and for what a reader of the table relies on.

Run with: python3 -m unittest tests/data/plans_test.py   (needs python3-yaml)
"""

import copy
import datetime
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import yaml  # noqa: E402

import json_schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PLANS = ROOT / "data" / "plans"


def load(name):
    return json.loads((PLANS / name).read_text(encoding="utf-8"))


class ChangeRulesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rules = load("change_rules.json")
        cls.schema = load("change_rules.schema.json")
        files = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in (ROOT / "data/law/instruments").glob("*.yaml")]
        cls.instruments = {i["instrument"]: i for i in files}
        cls.powers = {p["power"]: (i, p) for i in files for p in i["powers"]}

    def period(self, name):
        """First and last day of a power: its own, within those of its instrument and what that is under."""
        instrument, power = self.powers[name]
        firsts, lasts, todo = [power.get("from")], [power.get("to")], [instrument]
        for each in todo:
            firsts.append(each.get("in_force_from"))
            lasts.append(each.get("in_force_to"))
            todo += [self.instruments[under] for under in each.get("under") or []]
        return (max((day for day in firsts if day), default=datetime.date.min),
                min((day for day in lasts if day), default=datetime.date.max))

    def test_the_file_is_what_its_schema_says(self):
        self.assertEqual(json_schema.faults(self.rules, self.schema), [])

    def test_the_schema_refuses_what_would_mislead(self):
        def broken(change):
            other = copy.deepcopy(self.rules)
            change(other)
            return json_schema.faults(other, self.schema)

        for change in (
            lambda r: r["rows"][0].pop("powers"),
            lambda r: r["rows"][0].update(verified=True),
            lambda r: r["rows"][0].update(facts=["no_such_fact"]),
            lambda r: r["thresholds"][0].update(amount_baht=1_000_000),
            lambda r: r["deciders"].pop(),
            lambda r: r.update(extra=1),
        ):
            self.assertNotEqual(broken(change), [])

    def test_every_fact_has_a_row_in_every_profile(self):
        for profile in ("normal", "high_performance"):
            named = {f for row in self.rules["rows"] if profile in row["profiles"] for f in row["facts"]}
            self.assertEqual({f["fact"] for f in self.rules["facts"]}, named, profile)

    def test_every_power_that_is_named_stands_in_the_law(self):
        named = [p for row in self.rules["rows"] for p in row["powers"]]
        named += [t["power"] for t in self.rules["thresholds"]]
        named += [self.rules["report"]["power"], self.rules["objection"]["power"]]
        self.assertEqual([p for p in named if p not in self.powers], [])
        forbidding = {row["forbidden_by"]["instrument"] for row in self.rules["rows"] if row["forbidden_by"]}
        self.assertEqual(forbidding - set(self.instruments), set())

    def test_of_the_powers_of_a_row_one_and_no_more_is_in_force_on_every_day_since_the_first(self):
        for row in self.rules["rows"]:
            periods = sorted(self.period(power) for power in row["powers"])
            for (_, ended), (began, _) in zip(periods, periods[1:]):
                self.assertEqual(began, ended + datetime.timedelta(days=1), row["row"])
            if periods:
                self.assertEqual(periods[-1][1], datetime.date.max, row["row"])

    def test_every_power_of_a_row_is_held_by_one_who_decides(self):
        deciding = {role for d in self.rules["deciders"] for role in d["holders"]}
        for row in self.rules["rows"]:
            for power in row["powers"]:
                self.assertTrue(deciding & set(self.powers[power][1]["holders"]), power)

    def test_the_thresholds_and_the_report_stand_in_the_law_as_they_are_quoted(self):
        amounts = {t["threshold"]: self.powers[t["power"]][1]["floor_satang"] for t in self.rules["thresholds"]}
        self.assertEqual(amounts, {"equipment_unit_price": 100_000_000, "construction": 1_000_000_000})
        duties = {d["code"]: d for d in self.powers[self.rules["report"]["power"]][1]["obligations"]}
        self.assertEqual(duties[self.rules["report"]["duty"]]["deadline"], {"days": 15, "kind": "calendar"})

    def test_no_province_has_other_powers_without_an_instrument(self):
        self.assertEqual(self.rules["assignments"], [])

    def test_the_pilot_never_makes_anything_stricter(self):
        holders = [set(d["holders"]) for d in self.rules["deciders"]]

        def decided_by(row):
            if row["forbidden_by"]:
                return len(holders)
            power = self.powers[row["powers"][-1]][1]
            return next(i for i, roles in enumerate(holders) if roles & set(power["holders"]))

        def strictest(profile, fact):
            return max(decided_by(row) for row in self.rules["rows"]
                       if profile in row["profiles"] and fact in row["facts"])

        for fact in (f["fact"] for f in self.rules["facts"]):
            self.assertLessEqual(strictest("high_performance", fact), strictest("normal", fact), fact)

    def test_the_body_of_the_province_is_one_that_every_province_has(self):
        kinds = {b["kind"] for b in json.loads((ROOT / "data/committees/committees.json").read_text(encoding="utf-8"))["provincial"]}
        local = next(d for d in self.rules["deciders"] if d["decider"] == "provincial_committee")
        self.assertIn(local["body_kind"], kinds)
        self.assertEqual([d["body_kind"] for d in self.rules["deciders"] if d is not local], [None] * 4)


if __name__ == "__main__":
    unittest.main()
