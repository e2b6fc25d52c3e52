"""Checks data/indicators/rules.json: its schema, and that every rule has one row for every fiscal year.

Run with: python3 -m unittest tests/data/rules_test.py
"""

import copy
import json
import sys
import unittest
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import json_schema  # noqa: E402

RULES = Path(__file__).resolve().parents[2] / "data" / "indicators"


def load(name):
    return json.loads((RULES / name).read_text(encoding="utf-8"))


class RulesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.document = load("rules.json")
        cls.schema = load("rules.schema.json")
        cls.rows = cls.document["rules"]

    def of(self, rule):
        return sorted((r for r in self.rows if r["rule"] == rule), key=lambda r: r["valid_from"] or "")

    def test_the_document_follows_its_schema(self):
        self.assertEqual(json_schema.faults(self.document, self.schema), [])

    def test_the_schema_refuses_what_is_unknown_missing_or_malformed(self):
        for break_it in (
            lambda row: row.update(surprise=1),
            lambda row: row.pop("source_th"),
            lambda row: row.update(rule="taste"),
            lambda row: row.update(value=70),
            lambda row: row.update(value="-1"),
            lambda row: row.update(valid_from="2021-01-01"),
            lambda row: row.update(valid_to="2021-10-01"),
        ):
            broken = copy.deepcopy(self.document)
            break_it(broken["rules"][0])
            self.assertNotEqual(json_schema.faults(broken, self.schema), [])

    def test_every_rule_of_the_schema_is_in_force_in_every_year(self):
        for rule in self.schema["$defs"]["row"]["properties"]["rule"]["enum"]:
            rows = self.of(rule)
            with self.subTest(rule):
                self.assertTrue(rows)
                self.assertIsNone(rows[0]["valid_from"])
                self.assertIsNone(rows[-1]["valid_to"])
                for before, after in zip(rows, rows[1:]):
                    day_after = date.fromisoformat(before["valid_to"]) + timedelta(days=1)
                    self.assertEqual(after["valid_from"], day_after.isoformat())

    def test_a_rule_keeps_its_name_and_unit_when_its_number_changes(self):
        for rule in {row["rule"] for row in self.rows}:
            said = {(row["name_th"], row["name_en"], row["unit"]) for row in self.of(rule)}
            self.assertEqual(len(said), 1, rule)

    def test_bands_and_lights_descend(self):
        def now(rule):
            return float(self.of(rule)[-1]["value"])

        bands = [now(f"{band}_at_least_points")
                 for band in ("quality", "standard_high", "standard_basic", "needs_improvement")]
        self.assertEqual(bands, sorted(set(bands), reverse=True))
        self.assertGreaterEqual(now("green_at_least_percent"), now("amber_at_least_percent"))
        self.assertLess(now("low_percentile"), now("high_percentile"))

    def test_our_own_conventions_are_not_called_verified(self):
        for row in self.rows:
            if "own convention" in row["source_en"] or "General knowledge" in row["source_en"]:
                self.assertFalse(row["verified"], row["rule"])


if __name__ == "__main__":
    unittest.main()
