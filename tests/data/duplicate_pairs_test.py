"""Checks tests/data/duplicate_pairs.csv: a set of pairs labelled by hand.

Run with: python3 -m unittest tests/data/duplicate_pairs_test.py
"""

import csv
import re
import unittest
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parents[2] / "shared" / "data" / "complaints" / "traffy_bkk_2023_05.csv"


class DuplicatePairsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with (HERE / "duplicate_pairs.csv").open(encoding="utf-8", newline="") as file:
            cls.pairs = list(csv.DictReader(file))
        cls.counts = Counter(pair["label"] for pair in cls.pairs)

    def test_it_holds_numbers_and_labels_and_no_text(self):
        for pair in self.pairs:
            self.assertEqual(list(pair), ["id_a", "id_b", "label"])
            for column in ("id_a", "id_b"):
                self.assertRegex(pair[column], r"^(2023-)?[0-9A-Z]{4,8}$")
            self.assertIn(pair["label"], {"same", "different", "unsure"})

    def test_a_pair_stands_once_with_the_smaller_number_first(self):
        keys = [(pair["id_a"], pair["id_b"]) for pair in self.pairs]
        self.assertEqual(len(keys), len(set(keys)))
        for a, b in keys:
            self.assertLess(a, b)

    def test_there_are_enough_of_both_to_measure_with(self):
        self.assertGreaterEqual(len(self.pairs), 300)
        sure = self.counts["same"] + self.counts["different"]
        self.assertTrue(0.4 <= self.counts["same"] / sure <= 0.5, self.counts)

    def test_same_is_an_equivalence_that_no_label_contradicts(self):
        leader = {}

        def find(report):
            while leader.setdefault(report, report) != report:
                report = leader[report]
            return report

        for pair in self.pairs:
            if pair["label"] == "same":
                leader[find(pair["id_a"])] = find(pair["id_b"])
        for pair in self.pairs:
            if pair["label"] == "different":
                self.assertNotEqual(find(pair["id_a"]), find(pair["id_b"]), pair)

    def test_the_counts_of_the_guideline_are_those_of_the_file(self):
        text = (HERE / "duplicate_pairs.md").read_text(encoding="utf-8")
        rows = [tuple(map(int, m)) for m in re.findall(r"\| (\d+) \| (\d+) \| (\d+) \|", text)]
        all_of_them = (self.counts["same"], self.counts["different"], self.counts["unsure"])
        self.assertEqual(rows[-1], all_of_them)
        self.assertEqual(tuple(map(sum, zip(*rows[:-1]))), all_of_them)

    def test_every_number_is_a_report_of_the_real_data(self):
        if not REPORTS.exists():
            self.skipTest(f"real data is missing: {REPORTS}")
        with REPORTS.open(encoding="utf-8", newline="") as file:
            known = {row["ticket_id"] for row in csv.DictReader(file)}
        for pair in self.pairs:
            self.assertLessEqual({pair["id_a"], pair["id_b"]}, known)


if __name__ == "__main__":
    unittest.main()
