"""Checks data/service_centre/catalogue.json, papers.json and templates.json.

Run with: python3 -m unittest tests/data/catalogue_test.py
"""

import json
import re
import unittest
from pathlib import Path

CENTRE = Path(__file__).resolve().parents[2] / "data" / "service_centre"

# Of each group: services in the manuals, services here, services here whose papers were read.
COUNTS = {
    "id_card": (14, 14, 14),
    "civil_registration": (63, 63, 48),
    "general_registration": (54, 54, 52),
    "firearms": (30, 30, 20),
    "gambling": (43, 43, 7),
    "auction_antiques": (7, 7, 0),
    "foundations": (4, 4, 0),
    "associations": (4, 4, 0),
    "collections": (2, 2, 0),
    "hotels": (11, 11, 0),
    "entertainment_places": (7, 7, 0),
    "other_services": (2, 2, 0),
    "pawnshops": (10, 10, 0),
    "border_passage": (2, 2, 0),
    "minorities": (8, 8, 0),
    "nationality": (16, 16, 4),
}


def load(name):
    return json.loads((CENTRE / name).read_text(encoding="utf-8"))


class CatalogueTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = load("catalogue.json")
        cls.services = cls.book["services"]
        cls.papers = load("papers.json")["papers"]

    def test_277_services_in_16_groups_and_how_far_each_group_is_known(self):
        found = {g["group"]: (g["services_in_source"], 0, 0) for g in self.book["groups"]}
        for service in self.services:
            of, here, read = found[service["group"]]
            found[service["group"]] = (of, here + 1, read + (service["papers"] is not None))
        self.assertEqual(found, COUNTS)
        self.assertEqual((len(found), sum(of for of, _, _ in found.values())), (16, 277))

    def test_the_readme_says_how_far_each_group_is_known(self):
        text = (CENTRE / "README.md").read_text(encoding="utf-8")
        for group, counts in COUNTS.items():
            self.assertIn(f"| `{group}` | {counts[0]} | {counts[1]} | {counts[2]} |", text)
        total = [sum(c[i] for c in COUNTS.values()) for i in range(3)]
        self.assertIn("| all | {} | {} | {} |".format(*total), text)

    def test_codes_and_names_stand_once(self):
        for rows, code in ((self.services, "service"), (self.papers, "paper"), (self.book["laws"], "law"),
                           (self.book["groups"], "group")):
            for member in (code, "name_th"):
                values = [(row.get("group") if code == "service" else None, row[member]) for row in rows]
                self.assertEqual(len(values), len(set(values)), member)

    def test_references_resolve_and_nothing_is_left_over(self):
        papers = {p["paper"] for p in self.papers}
        asked = {p["paper"] for s in self.services for p in s["papers"] or []}
        self.assertEqual(asked, papers)
        laws = {row["law"] for row in self.book["laws"]}
        self.assertLessEqual({s["law"] for s in self.services} - {None}, laws)

    def test_no_service_asks_for_a_paper_twice(self):
        for service in self.services:
            codes = [p["paper"] for p in service["papers"] or []]
            self.assertEqual(len(codes), len(set(codes)), service["service"])

    def test_an_application_for_several_services_asks_for_each_paper_once(self):
        by_code = {s["service"]: s for s in self.services}
        moving, card = by_code["dopa_434"]["papers"], by_code["dopa_73"]["papers"]
        together = {p["paper"] for p in moving + card}
        self.assertLess(len(together), len(moving) + len(card))

    def test_a_fee_has_an_amount_exactly_when_one_is_known(self):
        for service in self.services:
            fee = service["fee"]
            wanted = {"free": fee["satang"] == 0, "fixed": bool(fee["satang"])}
            self.assertTrue(wanted.get(fee["kind"], fee["satang"] is None), service["service"])
            if fee["kind"] == "varies":
                self.assertTrue(service["note"], service["service"])

    def test_what_is_quoted_of_times_and_fees_stands(self):
        by_code = {s["service"]: s for s in self.services}
        for code, amount, unit in (("48", 16, "minute"), ("434", 20, "minute"), ("218", 90, "day"),
                                   ("463", 15, "day"), ("467", 80, "working_day"), ("225", 3, "hour")):
            self.assertEqual(by_code[f"dopa_{code}"]["duration"], {"amount": amount, "unit": unit})
        self.assertEqual(by_code["dopa_207"]["fee"], {"kind": "fixed", "satang": 10000})
        self.assertEqual(by_code["dopa_48"]["fee"], {"kind": "free", "satang": 0})

    def test_a_service_without_a_time_says_why(self):
        without = [s for s in self.services if s["duration"] is None]
        self.assertEqual(len(without), 4)
        for service in without:
            self.assertTrue(service["note"], service["service"])

    def test_nothing_of_the_catalogue_is_called_verified(self):
        self.assertFalse([s["service"] for s in self.services if s["verified"]])


class TemplatesTest(unittest.TestCase):
    def test_both_languages_are_filled_in_from_the_same_facts(self):
        templates = load("templates.json")["templates"]
        self.assertEqual(len({t["template"] for t in templates}), len(templates))
        for row in templates:
            blanks = [sorted(re.findall(r"\{([a-z_]+)\}", row[text])) for text in ("text_th", "text_en")]
            self.assertEqual(blanks[0], blanks[1], row["template"])
            self.assertIn("case_number", blanks[0])


if __name__ == "__main__":
    unittest.main()
