"""Checks data/service_centre and data/calendar: their schemas, and what a reader of them relies on.

Run with: python3 -m unittest tests/data/service_centre_test.py
"""

import copy
import json
import re
import sys
import unittest
from datetime import date
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import json_schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CENTRE = ROOT / "data" / "service_centre"
CALENDAR = ROOT / "data" / "calendar"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def rows_of(value):
    """Every object with a `verified` mark, however deep."""
    if isinstance(value, dict):
        if "verified" in value:
            yield value
        for child in value.values():
            yield from rows_of(child)
    elif isinstance(value, list):
        for child in value:
            yield from rows_of(child)


class FilesTest(unittest.TestCase):
    def files(self):
        found = [p for folder in (CENTRE, CALENDAR) for p in sorted(folder.glob("*.json"))]
        return [p for p in found if not p.name.endswith(".schema.json")]

    def test_every_file_follows_its_schema(self):
        self.assertGreaterEqual(len(self.files()), 7)
        for path in self.files():
            with self.subTest(path.name):
                schema = load(path.with_suffix(".schema.json"))
                self.assertEqual(json_schema.faults(load(path), schema), [])
                self.assertEqual(load(path)["$schema"], path.stem + ".schema.json")

    def test_no_schema_accepts_a_row_without_source_or_with_a_member_more(self):
        for path in self.files():
            schema = load(path.with_suffix(".schema.json"))
            for break_it in (lambda row: row.pop("source"), lambda row: row.update(surprise=1),
                             lambda row: row.update(verified="yes")):
                with self.subTest(path.name):
                    broken = copy.deepcopy(load(path))
                    break_it(list(rows_of(broken))[-1])
                    self.assertNotEqual(json_schema.faults(broken, schema), [])

    def test_dates_are_real_and_in_order(self):
        for path in self.files():
            for row in rows_of(load(path)):
                first, last = (row.get(m) and date.fromisoformat(row[m]) for m in ("valid_from", "valid_to"))
                if first and last:
                    self.assertLessEqual(first, last, row)

    def test_what_is_our_own_or_general_knowledge_is_not_called_verified(self):
        seen = 0
        for path in self.files():
            for row in rows_of(load(path)):
                if re.search("(?i)our own choice|general knowledge|inferred|computed|decoded|propose", row["source"]):
                    seen += 1
                    self.assertFalse(row["verified"], row)
        self.assertGreater(seen, 60)


class ListsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.categories = load(CENTRE / "categories.json")
        cls.channels = load(CENTRE / "channels.json")
        cls.kinds = load(CENTRE / "kinds.json")

    def unique(self, values):
        values = list(values)
        self.assertEqual(len(values), len(set(values)), values)
        return set(values)

    def test_codes_and_names_stand_once(self):
        for rows, code in ((self.categories["categories"], "category"), (self.channels["channels"], "channel"),
                           (self.channels["report_columns"], "column"), (self.kinds["matter_kinds"], "kind"),
                           (self.kinds["service_kinds"], "kind")):
            self.unique(row[code] for row in rows)
            self.unique(row["name_th"] for row in rows)

    def test_both_lists_of_categories_are_whole_and_every_entry_is_mapped(self):
        for name, count in (("sisaket", 11), ("udon_thani", 9)):
            entries = self.unique(e["entry"] for e in self.categories["entries"] if e["list"] == name)
            self.assertEqual(len(entries), count)
            self.assertEqual({c[name] for c in self.categories["categories"]}, entries)

    def test_a_category_can_be_told_from_every_other_by_its_two_entries_or_is_named_in_one(self):
        pairs = [(c["sisaket"], c["udon_thani"]) for c in self.categories["categories"]]
        self.unique(pairs)

    def test_both_lists_of_channels_are_whole_and_every_channel_has_a_column(self):
        columns = {c["column"] for c in self.channels["report_columns"]}
        self.assertEqual(len(columns), 11)
        self.assertEqual(sum(c["origin"] == "sisaket" for c in self.channels["channels"]), 9)
        self.assertEqual({c["report_column"] for c in self.channels["channels"]}, columns)
        self.assertLessEqual({"traffy", "line", "thaid_form"}, {c["channel"] for c in self.channels["channels"]})

    def test_eight_kinds_of_matter_and_one_of_them_is_a_service(self):
        self.assertEqual(len(self.kinds["matter_kinds"]), 8)
        self.assertEqual(len(self.kinds["service_kinds"]), 5)
        self.assertEqual([k["kind"] for k in self.kinds["matter_kinds"] if k["handled_as"] == "service"],
                         ["one_stop_service"])


class ClocksTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = load(CENTRE / "clocks.json")
        cls.clocks = cls.book["clocks"]
        roles = yaml.safe_load((ROOT / "data/law/roles.yaml").read_text(encoding="utf-8"))
        cls.offices = {role["role"] for role in roles if role["kind"] == "office"}

    def of(self, clock, set_="centre"):
        return [c for c in self.clocks if c["clock"] == clock and c["set"] == set_]

    def test_every_category_has_a_limit_of_its_own(self):
        categories = {c["category"] for c in load(CENTRE / "categories.json")["categories"]}
        limited = [c["category"] for c in self.of("category_limit")]
        self.assertEqual(sorted(limited), sorted(categories))
        self.assertEqual({c["category"] for c in self.clocks if c["clock"] != "category_limit"}, {None})

    def test_the_limits_are_those_of_the_source(self):
        days = {c["category"]: c["days"] for c in self.of("category_limit")}
        wanted = {"pollution": 7, "peace_safety": 7, "utilities": 10, "welfare": 10, "land": 15, "drugs": 15,
                  "debt": 15, "consumer": 15, "labour": 15, "general": 15, "official_conduct": 30}
        self.assertEqual({c: days[c] for c in wanted}, wanted)

    def test_a_category_without_a_limit_in_the_source_has_that_of_its_entry(self):
        days = {c["category"]: c["days"] for c in self.of("category_limit")}
        named = {"help_welfare": "welfare", "corruption": "official_conduct"}
        for category in load(CENTRE / "categories.json")["categories"]:
            entry = category["sisaket"]
            self.assertEqual(days[category["category"]], days[named.get(entry, entry)], category["category"])

    def test_the_rules_that_are_quoted_stand(self):
        self.assertEqual([(c["days"], c["unit"]) for c in self.of("screening_start") + self.of("screening_finish")],
                         [(1, "working_day")] * 2)
        report = self.of("agency_report")[0]
        self.assertEqual(report["days"], 15)
        self.assertTrue(report["start_day_counts"])
        self.assertEqual([s["days"] for s in report["escalation"]], [-3, 0, 7, 12])
        self.assertEqual([(s["days"], s["counted_from"]) for s in self.of("no_progress")[0]["escalation"]],
                         [(30, "start"), (45, "start"), (52, "start")])
        self.assertEqual(self.of("notify", "lfa_2558")[0]["days"], 7)
        self.assertEqual(self.of("late_reason", "lfa_2558")[0]["repeat_days"], 7)
        self.assertIn("opdc", self.of("late_reason", "lfa_2558")[0]["escalation"][0]["to"])

    def test_events_sets_and_offices_are_known(self):
        events = {e["event"] for e in self.book["events"]}
        sets = {s["set"] for s in self.book["sets"]}
        for clock in self.clocks:
            self.assertLessEqual({clock["start"], clock["stop"]}, events)
            self.assertIn(clock["set"], sets)
            for step in clock["escalation"]:
                self.assertLessEqual(set(step["to"]), self.offices | {"assigned_office", "assigned_office_head"})
        self.assertEqual(events, {e for c in self.clocks for e in (c["start"], c["stop"])} | {"closed"})

    def test_steps_follow_each_other(self):
        for clock in self.clocks:
            self.assertEqual(len({s["counted_from"] for s in clock["escalation"]}), 1, clock["clock"])
            days = [s["days"] for s in clock["escalation"]]
            self.assertEqual(days, sorted(set(days)), clock["clock"])

    def test_only_the_time_of_a_manual_has_no_days_of_its_own(self):
        for clock in self.clocks:
            self.assertEqual(clock["days"] is None, clock["amount_from"] == "service_manual", clock["clock"])

    def test_no_two_rows_of_a_clock_are_in_force_on_one_day(self):
        by_key = {}
        for clock in self.clocks:
            by_key.setdefault((clock["set"], clock["clock"], clock["category"]), []).append(clock)
        for rows in by_key.values():
            rows.sort(key=lambda r: r["valid_from"] or "")
            for before, after in zip(rows, rows[1:]):
                self.assertLess(before["valid_to"] or "9999", after["valid_from"] or "")

    def test_the_new_act_is_not_applied_while_its_days_are_not_known(self):
        sets = {s["set"]: s for s in self.book["sets"]}
        self.assertFalse(sets["lfa_new"]["in_force"] and sets["lfa_new"]["valid_from"] is None)
        self.assertTrue(sets["lfa_2558"]["in_force"])


class ClosingAndNumbersTest(unittest.TestCase):
    def test_every_number_of_closing_has_one_row_in_force(self):
        rows = [p["parameter"] for p in load(CENTRE / "closing.json")["parameters"] if p["valid_to"] is None]
        names = load(CENTRE / "closing.schema.json")["properties"]["parameters"]["items"]["properties"]
        self.assertEqual(sorted(rows), sorted(names["parameter"]["enum"]))

    def test_the_example_of_a_number_is_made_of_its_parts(self):
        shapes = {"province_code_00": "[1-9][0-9]00", "district_code": "[1-9][0-9]{3}"}
        patterns = load(CENTRE / "numbering.json")["patterns"]
        self.assertEqual([p["pattern"] for p in patterns if p["issues"]], ["centre"])
        for pattern in patterns:
            expression = ""
            for part in pattern["parts"]:
                self.assertEqual(part["part"] == "text", part["text"] is not None)
                self.assertEqual(part["part"] == "text", part["width"] is None)
                shape = shapes.get(part["part"], f"[0-9]{{{part['width']},}}")
                expression += re.escape(part["text"]) if part["text"] else shape
            self.assertRegex(pattern["example"], f"^{expression}$")
            self.assertLessEqual(set(pattern["running_within"]), {p["part"] for p in pattern["parts"]})


class HolidaysTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = load(CALENDAR / "holidays.json")
        cls.rows = cls.book["holidays"]
        cls.days = [date.fromisoformat(row["date"]) for row in cls.rows]

    def test_days_stand_once_in_order_and_within_the_years_covered(self):
        self.assertEqual(self.days, sorted(set(self.days)))
        self.assertEqual((self.book["first_day"], self.book["last_day"]), ("2025-01-01", "2027-12-31"))
        self.assertTrue(self.book["first_day"] <= self.rows[0]["date"])
        self.assertTrue(self.rows[-1]["date"] <= self.book["last_day"])

    def test_the_days_of_fixed_date_are_the_same_each_year(self):
        by_year = {}
        for row, day in zip(self.rows, self.days):
            if row["kind"] == "fixed":
                by_year.setdefault(day.year, []).append((day.month, day.day, row["name_th"]))
        self.assertEqual(len(by_year[2025]), 14)
        self.assertEqual(by_year[2025], by_year[2026])
        self.assertEqual(by_year[2025], by_year[2027])

    def test_a_substitute_is_a_weekday_after_a_holiday_on_a_weekend(self):
        weekend = [d for d, r in zip(self.days, self.rows) if d.weekday() >= 5 and r["kind"] != "special"]
        substitutes = [d for d, r in zip(self.days, self.rows) if r["kind"] == "substitute"]
        self.assertEqual(len(weekend), len(substitutes))
        for lost, found in zip(weekend, substitutes):
            self.assertLess(found.weekday(), 5)
            self.assertTrue(1 <= (found - lost).days <= 4, (lost, found))

    def test_special_days_were_seen_in_a_report(self):
        for row in self.rows:
            if row["kind"] in ("special", "royal"):
                self.assertTrue(row["verified"], row)


if __name__ == "__main__":
    unittest.main()
