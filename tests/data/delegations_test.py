"""Checks data/delegations/templates.json against its schema and the law it rests on.

Run with: python3 -m unittest tests/data/delegations_test.py   (needs python3-yaml)
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
DATA = ROOT / "data" / "delegations"


def load(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


class TemplatesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.templates, cls.schema = load("templates.json"), load("templates.schema.json")
        instruments = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in (ROOT / "data/law/instruments").glob("*.yaml")]
        cls.powers = {power["power"]: power for each in instruments for power in each["powers"]}

    def test_the_file_is_what_its_schema_says(self):
        self.assertEqual(json_schema.faults(self.templates, self.schema), [])

    def test_the_schema_refuses_what_would_mislead(self):
        for change in (lambda t: t.update(verified="no"), lambda t: t["kinds"][0].pop("letters"),
                       lambda t: t["kinds"][0].update(kind="gift"), lambda t: t["kinds"][0]["letters"][0].update(file="../x.pdf"),
                       lambda t: t["kinds"][0]["order"]["clauses_th"][0].update(parts="uses")):
            other = copy.deepcopy(self.templates)
            change(other)
            self.assertNotEqual(json_schema.faults(other, self.schema), [])

    def test_only_powers_are_delegated_that_the_law_lets_somebody_grant(self):
        for kind in self.templates["kinds"]:
            for power in kind["powers"]:
                self.assertTrue(self.powers[power].get("delegation"), power)

    def test_every_duty_of_granting_has_its_letter(self):
        for kind in self.templates["kinds"]:
            duties = {duty["code"] for power in kind["powers"] for duty in self.powers[power].get("obligations") or []
                      if duty["occasion"] == "grant"}
            self.assertEqual(duties, {letter["duty"] for letter in kind["letters"]}, kind["kind"])

    def test_what_nobody_confirmed_says_so(self):
        self.assertFalse(self.templates["verified"])
        self.assertIn("ยังไม่มีหน่วยงานใดยืนยัน", self.templates["notice_th"])


if __name__ == "__main__":
    unittest.main()
