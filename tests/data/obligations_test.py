"""Checks data/obligations/rules.json against its schema, and the duties that modules raise against data/law.

Run with: python3 -m unittest tests/data/obligations_test.py
"""

import copy
import json
import sys
import unittest
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import json_schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def load(name):
    return json.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


def duties():
    """Of each power, the codes of its duties."""
    found = {}
    for file in (ROOT / "data/law/instruments").glob("*.yaml"):
        for power in yaml.safe_load(file.read_text(encoding="utf-8"))["powers"]:
            found[power["power"]] = {duty["code"]: duty for duty in power.get("obligations", [])}
    return found


class FollowUpTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rules = load("obligations/rules.json")
        cls.schema = load("obligations/rules.schema.json")

    def test_the_file_is_what_its_schema_says(self):
        self.assertEqual(json_schema.faults(self.rules, self.schema), [])

    def test_the_schema_refuses_what_would_mislead(self):
        for change in (
            lambda r: r["rules"][0].pop("source"),
            lambda r: r["rules"][0].update(verified="no"),
            lambda r: r["rules"][0].update(waiting_after_days=0),
            lambda r: r["rules"][0].update(overdue_after_days="soon"),
            lambda r: r.update(rules=[]),
        ):
            other = copy.deepcopy(self.rules)
            change(other)
            self.assertNotEqual(json_schema.faults(other, self.schema), [])

    def test_no_rule_claims_to_be_verified_and_none_makes_a_day_of_its_own(self):
        for row in self.rules["rules"]:
            self.assertFalse(row["verified"])
            self.assertIsNone(row["overdue_after_days"], "a day that law does not name is an official's to set")

    def test_every_kind_named_is_a_duty_of_law(self):
        codes = {code for of_power in duties().values() for code in of_power}
        for row in self.rules["rules"]:
            self.assertTrue(row["kind"] is None or row["kind"] in codes, row["rule"])


class RaisedTest(unittest.TestCase):
    def test_the_report_of_a_change_is_a_duty_of_law_with_its_days(self):
        report = load("plans/change_rules.json")["report"]
        duty = duties()[report["power"]][report["duty"]]
        self.assertEqual(duty["deadline"], {"days": 15, "kind": "calendar"})


if __name__ == "__main__":
    unittest.main()
