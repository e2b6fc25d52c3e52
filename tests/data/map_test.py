"""Checks web/src/map/provinces.json, the outlines of the provinces.

Run with: python3 -m unittest tests/data/map_test.py
"""

import csv
import gzip
import json
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "web" / "src" / "map" / "provinces.json"
PATH = re.compile(r"(m-?\d+[ -]\d*(?:[ -]-?\d+)*z)+")


def rings(path):
    """The rings of a relative path of whole numbers, as absolute points."""
    x = y = 0
    for subpath in re.findall("m([^z]*)z", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", subpath)]
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2]):
            x, y = x + dx, y + dy
            ring.append((x, y))
        x, y = ring[0]
        yield ring


def is_inside(point, ring):
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


class MapTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.map = json.loads(MAP.read_text(encoding="utf-8"))
        cls.outlines = {p["code"]: list(rings(p["d"])) for p in cls.map["provinces"]}

    def test_every_province_is_drawn_once_in_the_order_of_its_code(self):
        with (ROOT / "data" / "areas" / "areas.csv").open(encoding="utf-8", newline="") as file:
            codes = [area["code"] for area in csv.DictReader(file) if area["level"] == "province"]
        self.assertEqual([province["code"] for province in self.map["provinces"]], codes)

    def test_paths_are_relative_whole_numbers_and_stay_in_the_picture(self):
        width, height = map(int, self.map["viewBox"].split()[2:])
        for province in self.map["provinces"]:
            with self.subTest(province=province["code"]):
                self.assertRegex(province["d"], f"^{PATH.pattern}$")
                for ring in self.outlines[province["code"]]:
                    self.assertGreaterEqual(len(ring), 3)
                    self.assertTrue(all(0 <= x <= width and 0 <= y <= height for x, y in ring))

    def test_the_label_point_lies_inside_the_largest_part(self):
        for province in self.map["provinces"]:
            largest = self.outlines[province["code"]][0]
            self.assertTrue(is_inside((province["x"], province["y"]), largest), province["code"])

    def test_no_label_point_lies_in_another_province(self):
        for province in self.map["provinces"]:
            point = (province["x"], province["y"])
            inside = [c for c, outline in self.outlines.items() if any(is_inside(point, r) for r in outline)]
            self.assertEqual(inside, [province["code"]])

    def test_neighbours_lie_where_they_should(self):
        at = {province["code"]: (province["x"], province["y"]) for province in self.map["provinces"]}
        north_of = [("57", "50"), ("50", "10"), ("10", "86"), ("86", "84"), ("84", "90"), ("90", "95")]
        west_of = [("58", "50"), ("71", "10"), ("10", "27"), ("82", "80"), ("70", "10"), ("40", "34")]
        for north, south in north_of:
            self.assertLess(at[north][1], at[south][1], (north, south))
        for west, east in west_of:
            self.assertLess(at[west][0], at[east][0], (west, east))

    def test_an_imported_map_is_drawn_in_a_frame_of_the_same_size(self):
        outlines = (ROOT / "server/modules/areas/outlines.hpp").read_text(encoding="utf-8")
        size = [int(re.search(rf"drawing_{side} = (\d+);", outlines)[1]) for side in ("width", "height")]
        self.assertEqual(self.map["viewBox"], f"0 0 {size[0]} {size[1]}")

    def test_the_map_weighs_no_more_than_it_may(self):
        self.assertLess(len(gzip.compress(MAP.read_bytes(), 9)), 12_000)


if __name__ == "__main__":
    unittest.main()
