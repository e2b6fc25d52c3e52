"""Checks data/areas/areas.csv, and compares it with the official register where that is at hand.

Run with: python3 -m unittest tests/data/areas_register_test.py
"""

import csv
import json
import re
import unicodedata
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = ROOT / "data" / "areas"
REGISTER = ROOT.parent / "shared" / "data" / "areas"

LEVEL_BY_CODE_LENGTH = {2: "province", 4: "district", 6: "subdistrict"}
COUNTS = {"province": 77, "district": 928, "subdistrict": 7436}

# Zero-width characters, non-breaking space, byte order mark, soft hyphen: they look like nothing and
# make two equal names unequal.
INVISIBLE = re.compile("[\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
THAI_NAME = re.compile(r"^[\u0e01-\u0e3a\u0e40-\u0e4e]+([-.]?[\u0e01-\u0e3a\u0e40-\u0e4e]+)*\.?$")
ENGLISH_NAME = re.compile(r"^[A-Z][A-Za-z]*([ '-][A-Za-z]+)*$")


def read_csv(name):
    with (AREAS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class AreasTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.areas = read_csv("areas.csv")
        cls.by_code = {area["code"]: area for area in cls.areas}

    def assert_none(self, offenders):
        offenders = list(offenders)
        self.assertEqual(offenders, [], f"{len(offenders)} offenders")

    def test_there_are_as_many_areas_of_each_level_as_the_register_has(self):
        self.assertEqual(Counter(area["level"] for area in self.areas), COUNTS)

    def test_every_code_is_unique_well_formed_and_of_its_level(self):
        self.assertEqual(len(self.by_code), len(self.areas))
        self.assert_none(
            area["code"]
            for area in self.areas
            if not re.fullmatch(r"[1-9]\d(\d\d){0,2}", area["code"])
            or LEVEL_BY_CODE_LENGTH[len(area["code"])] != area["level"]
        )

    def test_rows_are_in_the_order_of_their_codes(self):
        codes = [area["code"] for area in self.areas]
        self.assertEqual(codes, sorted(codes))

    def test_the_parent_is_the_code_less_two_digits_and_exists(self):
        self.assert_none(
            area["code"]
            for area in self.areas
            if area["parent"] != area["code"][:-2]
            or (area["parent"] and area["parent"] not in self.by_code)
        )

    def test_every_district_has_a_subdistrict_and_every_province_a_district(self):
        parents = {area["parent"] for area in self.areas}
        self.assert_none(
            area["code"]
            for area in self.areas
            if area["level"] != "subdistrict" and area["code"] not in parents
        )

    def test_no_two_areas_of_one_parent_have_the_same_thai_name(self):
        names = Counter((area["parent"], area["name_th"]) for area in self.areas)
        self.assert_none(name for name, count in names.items() if count > 1)

    def test_thai_names_are_nfc_without_stray_spaces_or_invisible_characters(self):
        for area in self.areas:
            for field in ("name_th", "name_en"):
                with self.subTest(code=area["code"], field=field):
                    name = area[field]
                    self.assertEqual(name, unicodedata.normalize("NFC", name))
                    self.assertEqual(name, " ".join(name.split()))
                    self.assertIsNone(INVISIBLE.search(name))

    def test_names_are_written_in_their_own_script(self):
        self.assert_none(a for a in self.areas if not THAI_NAME.match(a["name_th"]))
        self.assert_none(a for a in self.areas if not ENGLISH_NAME.match(a["name_en"]))

    def test_tones_and_vowels_stand_in_the_order_that_thai_sorting_and_search_expect(self):
        # The tone comes after the upper or lower vowel; SARA AM is one character.
        wrong_order = re.compile("[\u0e48-\u0e4b][\u0e31\u0e34-\u0e39\u0e47]|\u0e4d[\u0e48-\u0e4b]?\u0e32")
        self.assert_none(a for a in self.areas if wrong_order.search(a["name_th"]))

    def test_districts_and_subdistricts_have_a_postcode_and_provinces_none(self):
        self.assert_none(
            area["code"]
            for area in self.areas
            if not re.fullmatch("" if area["level"] == "province" else r"[1-9]\d{4}", area["postcode"])
        )


class CorrectionsTest(unittest.TestCase):
    def test_every_correction_gives_a_reason_and_names_an_area_or_a_record(self):
        for row in read_csv("corrections.csv"):
            with self.subTest(row=row):
                self.assertTrue(row["reason"])
                self.assertTrue(row["code"] or row["package_record"])

    def test_what_is_corrected_is_what_areas_csv_says(self):
        areas = {area["code"]: area for area in read_csv("areas.csv")}
        for row in read_csv("corrections.csv"):
            if not row["code"]:
                continue
            for field in ("name_th", "name_en", "postcode"):
                with self.subTest(code=row["code"], field=field):
                    self.assertIn(row[field], ("", areas[row["code"]][field]))

    def test_every_erratum_of_the_register_has_evidence_and_is_applied(self):
        areas = {area["code"]: area for area in read_csv("areas.csv")}
        for row in read_csv("register_errata.csv"):
            with self.subTest(code=row["code"]):
                self.assertTrue(row["evidence"])
                self.assertNotEqual(row["register"], row["right"])
                self.assertEqual(areas[row["code"]][row["field"]], row["right"])


class ClustersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = read_csv("clusters.csv")

    def test_six_regions_hold_eighteen_clusters(self):
        self.assertEqual(len({row["region_code"] for row in self.rows}), 6)
        self.assertEqual(len({row["cluster_code"] for row in self.rows}), 18)

    def test_every_province_but_bangkok_is_in_exactly_one_cluster(self):
        provinces = {a["code"] for a in read_csv("areas.csv") if a["level"] == "province"} - {"10"}
        self.assertEqual(Counter(row["province"] for row in self.rows), Counter(provinces))

    def test_every_cluster_has_one_operations_centre_one_region_and_one_name(self):
        for cluster in sorted({row["cluster_code"] for row in self.rows}):
            members = [row for row in self.rows if row["cluster_code"] == cluster]
            with self.subTest(cluster=cluster):
                centres = [row for row in members if row["is_operations_centre"] == "true"]
                self.assertEqual(len(centres), 1)
                for field in ("region_code", "region_th", "region_en", "cluster_th", "cluster_en"):
                    self.assertEqual(len({row[field] for row in members}), 1)

    def test_membership_is_marked_unverified_and_says_where_it_is_from(self):
        for row in self.rows:
            self.assertEqual(row["verified"], "false")
            self.assertTrue(row["source"])


@unittest.skipUnless(REGISTER.is_dir(), f"the register is not at hand: {REGISTER}")
class RegisterTest(unittest.TestCase):
    def test_areas_equal_the_register_but_for_its_known_errors(self):
        register = {}
        for level in ("province", "district", "subdistrict"):
            entries = json.loads((REGISTER / f"{level}s.json").read_text(encoding="utf-8"))
            for entry in entries:
                code = str(entry[f"{level}Code"])
                register[code] = {
                    "name_th": entry[f"{level}NameTh"].strip(),
                    "name_en": entry[f"{level}NameEn"].strip(),
                    "parent": code[:-2],
                }
        ours = {
            area["code"]: {field: area[field] for field in ("name_th", "name_en", "parent")}
            for area in read_csv("areas.csv")
        }
        self.assertEqual(ours.keys(), register.keys())
        differences = {
            (code, field, register[code][field], ours[code][field])
            for code in ours
            for field in ours[code]
            if ours[code][field] != register[code][field]
        }
        known = {
            (row["code"], row["field"], row["register"], row["right"])
            for row in read_csv("register_errata.csv")
        }
        self.assertEqual(differences, known)


if __name__ == "__main__":
    unittest.main()
