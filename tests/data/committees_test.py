"""Checks data/committees/committees.json and the demonstration of committees.

Run with: python3 -m unittest tests/data/committees_test.py
"""
import csv
import json
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"chair", "deputy_chair", "member", "member_secretary"}


def load(path):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


class CommitteesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = load("data/committees/committees.json")
        cls.programme = load("data/programme/programme.json")
        roles = yaml.safe_load((ROOT / "data/law/roles.yaml").read_text(encoding="utf-8"))
        cls.offices = {role["role"] for role in roles if role["kind"] == "office"}
        with (ROOT / "data/areas/areas.csv").open(encoding="utf-8", newline="") as file:
            cls.provinces = {area["code"] for area in csv.DictReader(file) if area["level"] == "province"}

    def test_every_row_has_a_source_and_what_is_not_verified_is_marked(self):
        for kind in ("bodies", "served", "provincial"):
            for row in self.book[kind]:
                self.assertTrue(row["source"], row)
                self.assertIsInstance(row["verified"], bool)
        for constitution in self.book["constitutions"]:
            for rule in ("quorum", "majority", "circulation"):
                self.assertTrue(constitution[rule]["source"])
                if not constitution[rule]["verified"]:
                    self.assertTrue(constitution[rule]["note"], constitution["of"])

    def test_general_knowledge_is_never_called_verified(self):
        def walk(value):
            if isinstance(value, dict):
                yield value
                for child in value.values():
                    yield from walk(child)
            elif isinstance(value, list):
                for child in value:
                    yield from walk(child)
        rows = [row for row in walk(self.book) if "verified" in row]
        self.assertGreater(len(rows), 40)
        for row in rows:
            if "ความรู้ทั่วไป" in row["source"]:
                self.assertFalse(row["verified"], row)

    def test_all_seventy_six_provinces_have_their_bodies_by_data(self):
        self.assertEqual(len(self.provinces), 77)
        for row in self.book["provincial"]:
            self.assertLessEqual(set(row["not_in"]), self.provinces)
            self.assertEqual(len(self.provinces - set(row["not_in"])), 76, row["code"])
            self.assertEqual(row["secretariat"], "provincial_office")
            for name in ("name_th", "name_en"):
                self.assertEqual(row[name].count("{province}"), 1)

    def test_bodies_follow_each_other_and_codes_stand_once(self):
        codes = [b["code"] for b in self.book["bodies"]] + [b["code"] for b in self.programme["bodies"]]
        self.assertEqual(len(codes), len(set(codes)))
        by_code = {b["code"]: b for b in self.book["bodies"]}
        for body in self.book["bodies"]:
            if body["succeeded_by"]:
                self.assertIn(body["succeeded_by"], by_code)
                self.assertLessEqual(by_code[body["succeeded_by"]]["valid_from"], body["valid_to"])
            if body["parent"]:
                self.assertIn(body["parent"], codes)

    def test_references_resolve(self):
        constitutions = {c["of"] for c in self.book["constitutions"]}
        programme = {b["code"] for b in self.programme["bodies"]}
        for row in self.book["served"]:
            self.assertIn(row["body"], programme)
            self.assertIn(row["constitution"], constitutions)
            self.assertIn(row["secretariat"], self.offices)
        for constitution in self.book["constitutions"]:
            self.assertEqual([s["place"] for s in constitution["seats"]].count("chair"), 1, constitution["of"])
            for seat in constitution["seats"]:
                self.assertIn(seat["place"], PLACES)
                self.assertIn(seat["role"], self.offices | {None})

    def test_the_demonstration_is_plainly_marked_and_uses_its_accounts(self):
        demo = load("data/demo/committees.json")
        accounts = {a["username"] for a in load("data/demo/demo.json")["accounts"]}
        self.assertIn("สาธิต", demo["notice_th"])
        for member in demo["members"]:
            self.assertIn("(สาธิต)", member["title_th"])
            self.assertIn("(demonstration)", member["title_en"])
        for kind in ("meetings", "circulations", "matters"):
            for row in demo[kind]:
                self.assertIn(row["by"], accounts)
                for item in row.get("items", [row]):
                    self.assertIn("(สาธิต)", item["title_th"])
        self.assertIn("committee", {m["account"] for m in demo["members"]})


if __name__ == "__main__":
    unittest.main()
