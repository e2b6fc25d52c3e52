"""Checks data/plans/change_rules.json against its schema and for what a reader of the table relies on.

Run with: python3 -m unittest tests/data/plans_test.py
"""

import copy
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
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

    def test_the_file_is_what_its_schema_says(self):
        self.assertEqual(json_schema.faults(self.rules, self.schema), [])

    def test_the_schema_refuses_what_would_mislead(self):
        def broken(change):
            other = copy.deepcopy(self.rules)
            change(other)
            return json_schema.faults(other, self.schema)

        for change in (
            lambda r: r["rows"][0].pop("source"),
            lambda r: r["rows"][0].update(verified="yes"),
            lambda r: r["rows"][0].update(facts=["no_such_fact"]),
            lambda r: r["thresholds"][0].update(amount_baht="1,000,000"),
            lambda r: r["deciders"].pop(),
            lambda r: r.update(extra=1),
        ):
            self.assertNotEqual(broken(change), [])

    def test_every_fact_has_a_row_in_every_profile(self):
        for profile in ("normal", "high_performance"):
            named = {f for row in self.rules["rows"] if profile in row["profiles"] for f in row["facts"]}
            self.assertEqual({f["fact"] for f in self.rules["facts"]}, named, profile)

    def test_the_thresholds_of_the_rules_of_2562_stand_as_they_are_quoted(self):
        amounts = {t["threshold"]: t["amount_baht"] for t in self.rules["thresholds"]}
        self.assertEqual(amounts, {"equipment_unit_price": 1_000_000, "construction": 10_000_000})
        self.assertEqual(self.rules["report"]["days"], 15)

    def test_only_what_an_act_says_is_marked_verified(self):
        for row in self.rules["rows"] + self.rules["thresholds"] + [self.rules["report"]]:
            self.assertEqual(row["verified"], row["source"].startswith("Budget Procedures Act"), row)

    def test_no_province_has_other_powers_without_an_instrument(self):
        self.assertEqual(self.rules["assignments"], [])

    def test_the_pilot_never_makes_anything_stricter(self):
        order = [d["decider"] for d in self.rules["deciders"]]

        def strictest(profile, fact):
            return max(order.index(row["decided_by"]) for row in self.rules["rows"]
                       if profile in row["profiles"] and fact in row["facts"])

        for fact in (f["fact"] for f in self.rules["facts"]):
            self.assertLessEqual(strictest("high_performance", fact), strictest("normal", fact), fact)

    def test_the_body_of_the_province_is_one_that_is_known(self):
        bodies = json.loads((ROOT / "data/programme/programme.json").read_text(encoding="utf-8"))["bodies"]
        local = next(d for d in self.rules["deciders"] if d["decider"] == "provincial_committee")
        self.assertIn(local["body"], {body["code"] for body in bodies})


if __name__ == "__main__":
    unittest.main()
