"""Checks data/programme/programme.json against its schema and against what the source document says.

Run with: python3 -m unittest tests/data/programme_test.py
"""

import copy
import csv
import json
import sys
import unicodedata
import unittest
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import json_schema  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "data" / "programme"
BANGKOK = timezone(timedelta(hours=7))


def load(name):
    return json.loads((PROGRAMME / name).read_text(encoding="utf-8"))


def walk(value):
    """Every object in the document, at any depth."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(child)


def fiscal_year(day):
    return day.year + (day.month >= 10)


class ProgrammeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.document = load("programme.json")
        cls.schema = load("programme.schema.json")
        cls.cohorts = {cohort["code"]: cohort for cohort in cls.document["cohorts"]}
        cls.bodies = {body["code"]: body for body in cls.document["bodies"]}
        with (ROOT / "data" / "areas" / "areas.csv").open(encoding="utf-8", newline="") as file:
            cls.province_names = {
                area["code"]: area["name_th"]
                for area in csv.DictReader(file)
                if area["level"] == "province"
            }

    def members(self, *kinds, fiscal_year=None):
        return [
            member["province"]
            for cohort in self.cohorts.values()
            if cohort["kind"] in kinds and fiscal_year in (None, cohort["fiscal_year"])
            for member in cohort["provinces"]
        ]

    def names(self, *kinds):
        return {self.province_names[code] for code in self.members(*kinds)}

    def test_the_document_follows_its_schema(self):
        self.assertEqual(json_schema.faults(self.document, self.schema), [])

    def test_the_schema_refuses_what_is_unknown_missing_or_malformed(self):
        for break_it in (
            lambda d: d["cohorts"][0].update(surprise=1),
            lambda d: d["calls"][0].pop("deadline"),
            lambda d: d["cohorts"][0]["provinces"][0].update(province="7"),
            lambda d: d["meetings"][0]["agenda_items"][0]["resolutions"][0].update(type="maybe"),
            lambda d: d["bodies"][0].update(name_th=""),
        ):
            broken = copy.deepcopy(self.document)
            break_it(broken)
            self.assertNotEqual(json_schema.faults(broken, self.schema), [])

    def test_the_four_years_are_there(self):
        self.assertEqual([y["fiscal_year"] for y in self.document["years"]], [2019, 2020, 2021, 2022])

    def test_cohorts_are_as_large_as_the_document_says(self):
        sizes = {code: len(cohort["provinces"]) for code, cohort in self.cohorts.items()}
        self.assertEqual(sizes, {
            "study_2019": 6, "pilot_2020": 6, "group_1_2021": 10, "group_2_2021": 12,
            "volunteer_1_2021": 4, "volunteer_2_2021": 6,
        })

    def test_two_groups_make_22_provinces_and_with_volunteers_32(self):
        self.assertEqual(len(set(self.members("group"))), 22)
        self.assertEqual(len(set(self.members("volunteer"))), 10)
        self.assertEqual(len(set(self.members("group", "volunteer", fiscal_year=2021))), 32)

    def test_no_province_is_twice_in_one_year(self):
        for year in (2019, 2020, 2021):
            counts = Counter(self.members("study", "pilot", "group", "volunteer", fiscal_year=year))
            self.assertEqual([code for code, count in counts.items() if count > 1], [])

    def test_members_are_the_provinces_that_the_document_names(self):
        self.assertEqual(self.names("study"), {
            "ภูเก็ต", "นครพนม", "ขอนแก่น", "ฉะเชิงเทรา", "ระยอง", "สุโขทัย"})
        self.assertEqual(self.names("pilot"), {
            "ราชบุรี", "ขอนแก่น", "นครพนม", "สระบุรี", "ชัยนาท", "สมุทรสาคร"})
        self.assertEqual(self.names("group"), {
            "นนทบุรี", "สมุทรปราการ", "สระบุรี", "สิงห์บุรี", "ชลบุรี", "จันทบุรี", "ขอนแก่น", "ร้อยเอ็ด",
            "อุดรธานี", "สกลนคร", "นครราชสีมา", "ระนอง", "กระบี่", "นครศรีธรรมราช", "นราธิวาส", "แพร่",
            "เชียงราย", "ลำปาง", "ตาก", "พิษณุโลก", "เพชรบูรณ์", "นครสวรรค์"})
        self.assertEqual(self.names("volunteer"), {
            "ราชบุรี", "หนองบัวลำภู", "อ่างทอง", "พระนครศรีอยุธยา", "ตราด", "พังงา", "พัทลุง", "ภูเก็ต",
            "สุโขทัย", "อุบลราชธานี"})

    def test_the_names_of_the_pilots_are_marked_as_disputed(self):
        self.assertFalse(self.cohorts["pilot_2020"]["verified"])
        self.assertIn("disagrees", self.cohorts["pilot_2020"]["note"])

    def test_every_province_code_exists(self):
        codes = set(self.members("study", "pilot", "group", "volunteer"))
        for call in self.document["calls"]:
            codes |= set(call["invited_provinces"])
        self.assertLessEqual(codes, self.province_names.keys())

    def test_every_code_of_a_body_that_is_used_exists(self):
        used = {*self.document["working_groups"], *self.document["linked_subcommittees"]}
        for entry in walk(self.document):
            used |= {entry[key] for key in ("body", "parent", "issuer", "appoints") if entry.get(key)}
            used |= set(entry.get("responsible", ()))
        self.assertLessEqual(used, self.bodies.keys())

    def test_codes_are_unique_within_their_list(self):
        for name in ("cohorts", "calls", "bodies", "report_recipients", "national_agendas"):
            codes = [entry["code"] for entry in self.document[name]]
            self.assertEqual(len(codes), len(set(codes)), name)

    def test_three_working_groups_belong_to_the_subcommittee(self):
        groups = [self.bodies[code] for code in self.document["working_groups"]]
        self.assertEqual(len(groups), 3)
        self.assertEqual({group["parent"] for group in groups}, {"subcommittee_regional_local"})

    def test_seven_other_subcommittees_and_four_recipients_are_there(self):
        linked = self.document["linked_subcommittees"]
        self.assertEqual(len(set(linked)), 7)
        self.assertNotIn("subcommittee_regional_local", linked)
        self.assertEqual([r["number"] for r in self.document["report_recipients"]], [1, 2, 3, 4])

    def test_dates_fall_on_the_weekdays_that_the_document_states(self):
        stated = [e for e in walk(self.document) if e.get("weekday_stated")]
        self.assertGreaterEqual(len(stated), 2)
        for entry in stated:
            weekday = date.fromisoformat(entry["date"]).strftime("%A").lower()
            self.assertEqual(weekday, entry["weekday_stated"])
        self.assertEqual(date(2021, 2, 18).strftime("%A"), "Thursday")

    def test_meetings_orders_and_deadlines_are_on_working_weekdays_and_in_their_fiscal_year(self):
        for entry in [*self.document["milestones"], *self.document["meetings"]]:
            if entry["date"] is None:
                continue
            day = date.fromisoformat(entry["date"])
            with self.subTest(date=entry["date"]):
                self.assertEqual(fiscal_year(day), entry["fiscal_year"])
                self.assertLess(day.weekday(), 5)

    def test_milestones_are_in_order(self):
        days = [m["date"] for m in self.document["milestones"] if m["date"]]
        self.assertEqual(days, sorted(days))

    def test_resolutions_carry_the_types_that_the_minutes_give(self):
        types = {
            meeting["number"]: [
                resolution["type"] for item in meeting["agenda_items"] for resolution in item["resolutions"]
            ]
            for meeting in self.document["meetings"]
        }
        self.assertEqual(types, {
            "2/2563": ["approve", "approve", "approve"],
            "1/2564": ["approve", "acknowledge", "acknowledge", "acknowledge", "approve"],
        })

    def test_resolution_2_of_2_2563_has_the_four_matters_of_the_trial(self):
        meeting = next(m for m in self.document["meetings"] if m["number"] == "2/2563")
        self.assertEqual(len(meeting["agenda_items"][1]["resolutions"][0]["parts"]), 4)

    def test_the_order_is_478_2564_and_reports_to_all_four(self):
        order, = self.document["orders"]
        self.assertEqual((order["number"], order["date"]), ("478/2564", "2021-02-22"))
        self.assertEqual(order["reports_to"], [r["code"] for r in self.document["report_recipients"]])

    def test_the_aim_is_38_provinces_by_2565(self):
        self.assertEqual((self.document["target"]["provinces"], self.document["target"]["fiscal_year"]), (38, 2022))

    def test_the_call_ends_with_the_last_second_of_its_day_in_bangkok(self):
        call, = self.document["calls"]
        deadline = datetime.fromisoformat(call["deadline"].replace("Z", "+00:00")).astimezone(BANGKOK)
        self.assertEqual(deadline.strftime("%Y-%m-%d %H:%M:%S"), "2021-03-12 23:59:59")
        self.assertEqual(call["deadline_date"], "2021-03-12")
        self.assertTrue(call["deadline_date_verified"])
        self.assertFalse(call["deadline_time_verified"])

    def test_the_call_invites_the_22_and_lets_others_volunteer(self):
        call, = self.document["calls"]
        self.assertEqual(set(call["invited_provinces"]), set(self.members("group")))
        self.assertEqual(len(call["invited_provinces"]), 22)
        self.assertTrue(call["volunteers_allowed"])
        self.assertEqual([d["code"] for d in call["documents"]], ["application_form", "proposal"])

    def test_what_is_not_verified_says_why(self):
        for entry in walk(self.document):
            if entry.get("verified") is False:
                self.assertTrue(entry["note"])

    def test_texts_are_nfc_without_invisible_characters_and_stray_spaces(self):
        for entry in walk(self.document):
            for text in (v for v in entry.values() if isinstance(v, str)):
                self.assertEqual(text, unicodedata.normalize("NFC", text))
                self.assertEqual(text, " ".join(text.split()))
                self.assertNotRegex(text, "[\u200b-\u200f\u2060\ufeff\u00ad]")


if __name__ == "__main__":
    unittest.main()
