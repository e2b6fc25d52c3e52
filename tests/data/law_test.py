"""Checks data/law against its schema, and that its words belong together.

Run with: python3 -m unittest tests/data/law_test.py   (needs python3-yaml)
"""

import copy
import json
import re
import sys
import unittest
from collections import Counter
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import json_schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "data" / "law"
VOCABULARIES = ("kinds", "fundings", "methods")


class WithoutDates(yaml.SafeLoader):
    """Days stay texts, as the program reads them."""


WithoutDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path):
    return yaml.load((LAW / path).read_text(encoding="utf-8"), WithoutDates)


def keys(rows, name="key"):
    return {row[name] for row in rows}


class LawTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads((LAW / "law.schema.json").read_text(encoding="utf-8"))
        cls.roles, cls.acts, cls.terms = load("roles.yaml"), load("acts.yaml"), load("terms.yaml")
        cls.files = {path.stem: load(path) for path in sorted((LAW / "instruments").glob("*.yaml"))}
        cls.instruments = {i["instrument"]: i for i in cls.files.values()}
        cls.powers = [(i, p) for i in cls.files.values() for p in i["powers"]]

    def faults(self, value, definition):
        return json_schema.faults(value, self.schema["$defs"][definition], self.schema)

    def test_every_file_fits_the_schema(self):
        for name in ("roles", "acts", "terms"):
            self.assertEqual(self.faults(getattr(self, name), name), [], name)
        for name, instrument in self.files.items():
            self.assertEqual(self.faults(instrument, "instrument"), [], name)

    def test_the_schema_refuses_what_is_not_law(self):
        good = self.instruments["procurement_exemption_clause_7"]
        for what, change in (("a power without a source", lambda p: p.pop("source")),
                             ("six levels of grants", lambda p: p["delegation"].update(levels=6)),
                             ("an amount in baht with satang behind a point", lambda p: p.update(ceiling_satang=1.5)),
                             ("a member that nobody reads", lambda p: p.update(limit=1)),
                             ("a day that is none", lambda p: p.update({"from": "2021"}))):
            bad = copy.deepcopy(good)
            change(bad["powers"][0])
            self.assertNotEqual(self.faults(bad, "instrument"), [], what)

    def test_names_stand_once_and_files_are_named_after_their_instrument(self):
        for what, names in (("role", [r["role"] for r in self.roles]), ("act", [a["act"] for a in self.acts]),
                            ("power", [p["power"] for _, p in self.powers])):
            self.assertEqual([n for n, count in Counter(names).items() if count > 1], [], what)
        for name, instrument in self.files.items():
            self.assertEqual(instrument["instrument"], name.replace("-", "_"))

    def test_every_reference_resolves(self):
        roles, acts = keys(self.roles, "role"), keys(self.acts, "act")
        for instrument in self.files.values():
            self.assertLessEqual(set(instrument.get("under") or []), self.instruments.keys())
        for _, power in self.powers:
            with self.subTest(power["power"]):
                self.assertLessEqual(set(power["acts"]), acts)
                self.assertLessEqual(set(power["holders"]), roles)
                for vocabulary in VOCABULARIES:
                    self.assertLessEqual(set(power.get(vocabulary) or []), keys(self.terms[vocabulary]))
                self.assertLessEqual({c["fact"] for c in power.get("conditions") or []}, keys(self.terms["facts"]))

    def test_every_act_is_somebodys(self):
        self.assertEqual(keys(self.acts, "act") - {a for _, p in self.powers for a in p["acts"]}, set())

    def test_what_is_not_verified_says_why(self):
        for row in [*self.files.values(), *(p for _, p in self.powers)]:
            if not row["verified"]:
                self.assertTrue(row.get("note"), row)
        for _, power in self.powers:
            for duty in power.get("obligations") or []:
                if not duty["verified"]:
                    self.assertTrue(duty.get("note"), duty)

    def test_what_officers_are_told_is_told_in_Thai_too(self):
        duties = [d for _, p in self.powers for d in p.get("obligations") or []]
        for row in [*self.files.values(), *(p for _, p in self.powers), *duties]:
            self.assertEqual(bool(row.get("note")), bool(row.get("note_th")), row)
            for name in ("source_th", "note_th"):
                self.assertTrue(row.get(name) is None or re.search("[\u0e01-\u0e4e]", row[name]), row)

    def test_a_power_is_granted_to_offices_only_and_never_to_its_holders(self):
        offices = {r["role"] for r in self.roles if r["kind"] == "office"}
        granted = [p for _, p in self.powers if p.get("delegation")]
        self.assertTrue(granted)
        for power in granted:
            self.assertLessEqual(set(power["delegation"]["to"]), offices)
            self.assertEqual(set(power["delegation"]["to"]) & set(power["holders"]), set())

    def test_no_instrument_rests_on_itself(self):
        def below(key, seen=()):
            self.assertNotIn(key, seen)
            for base in self.instruments[key].get("under") or []:
                below(base, (*seen, key))
        for key in self.instruments:
            below(key)

    def test_days_and_amounts_are_in_order(self):
        for instrument, power in self.powers:
            for row, first, last in ((instrument, "in_force_from", "in_force_to"), (power, "from", "to"),
                                     (power, "floor_satang", "ceiling_satang")):
                if row.get(first) is not None and row.get(last) is not None:
                    self.assertLessEqual(row[first], row[last])

    def test_thresholds_of_2562_meet_without_a_gap(self):
        by_name = {p["power"]: p for _, p in self.powers}
        for kind, baht in (("equipment", 1_000_000), ("construction", 10_000_000)):
            self.assertEqual(by_name[f"leftover_large_{kind}"]["floor_satang"], baht * 100)
            self.assertEqual(by_name[f"leftover_small_{kind}"]["ceiling_satang"], baht * 100 - 1)

    def test_the_roles_of_offices_are_those_that_the_program_knows(self):
        model = (ROOT / "server/modules/identity/model.hpp").read_text(encoding="utf-8")
        described = re.search(r"BOOST_DESCRIBE_ENUM\(Role,([^)]*)\)", model).group(1)
        self.assertEqual([r["role"] for r in self.roles if r["kind"] == "office"],
                         [word.strip() for word in described.split(",")])


if __name__ == "__main__":
    unittest.main()
