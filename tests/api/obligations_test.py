"""Obligations over HTTP: raised by the decision of a change, served, proved, taken back, counted and exported."""
import csv
import datetime
import io
import json
import pathlib
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest, today  # noqa: E402

PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


class Demonstration(ServerTest):
    def test_the_report_of_the_demonstration_is_proved_and_says_that_it_is_invented(self):
        [report] = self.signed("office.70").all_items("/api/v1/obligations?subject_kind=change")
        self.assertEqual((report["state"], report["standing"]), ("proved", "proved"))
        self.assertTrue(report["demonstration"])
        self.assertFalse(report["duty"]["verified"])
        self.assertEqual(report["age_days"], 8)

    def test_everybody_sees_the_counts_and_nobody_a_record(self):
        figures = self.assert_status(self.nobody.get("/api/v1/obligation_figures?province=70"), 200).json["items"]
        report = next(row for row in figures if row["kind"] == "report_to_budget_bureau")
        self.assertEqual((report["proved"], report["median_days"]), (1, 8))
        self.assertEqual(set(report), {"province", "kind", "text_th", "text_en", "owed", "overdue", "served", "proved",
                                       "median_days", "demonstration"})
        self.assertEqual(self.nobody.get("/api/v1/obligations").status, 401)

    def test_the_rules_of_following_up_are_open_as_they_are_reviewed(self):
        rules = self.assert_status(self.nobody.get("/api/v1/obligation_rules"), 200).json
        committed = json.loads((ROOT / "data/obligations/rules.json").read_text(encoding="utf-8"))
        committed.pop("$schema")
        self.assertEqual(rules, committed)


class Course(ServerTest):
    def decided(self, number):
        """A change of details that ก.บ.จ. has approved today."""
        office = self.signed("office.70")
        project = next(p for p in office.all_items("/api/v1/projects") if p["code"] == f"สาธิต-70-{number:02d}")
        change = self.assert_status(office.post("/api/v1/changes", {
            "kind": "amend", "project_id": project["project_id"]}), 201).json
        content = change["content"] | {"reason_th": "เหตุผล"}
        content["after"]["activities"][0]["method_th"] = "เฉพาะเจาะจง"
        at = f"/api/v1/changes/{change['change_id']}"
        self.assert_status(office.patch(at, {"content": content}, if_match="*"), 200)
        self.assert_status(office.post(f"{at}/submit", {}, if_match="*"), 200)
        self.assert_status(office.post(f"{at}/settle", {"reason_th": ""}, if_match="*"), 200)
        meeting = self.new_meeting() | {"body": "provincial_administration_committee.70", "on_date": str(today())}
        meeting["number"] = f"{self.next_number()}/{today().year + 543}"
        meeting_id = self.assert_status(office.post("/api/v1/meetings", meeting), 201).json["meeting_id"]
        self.assert_status(self.signed("governor.70").post(f"{at}/resolve", {
            "meeting_id": meeting_id, "number": "1", "kind": "approve", "text_th": "เห็นชอบ"}, if_match="*"), 200)
        self.assert_status(office.post(f"{at}/apply", {}, if_match="*"), 200)
        [owed] = office.get(f"/api/v1/obligations?subject_kind=change&subject_id={change['change_id']}").json["items"]
        return at, owed

    def act(self, owed, act, body, expected=200, who="office.70", if_match="*"):
        answer = self.signed(who).post(f"/api/v1/obligations/{owed['obligation_id']}/{act}", body, if_match=if_match)
        return self.assert_status(answer, expected)

    def letter(self):
        return {"sent_on": str(today()), "letter": "ที่ รบ 0017/1", "channel": "electronic_letter"}

    def proof(self, **more):
        return {"received_on": str(today()), "receipt": "ลงรับเลขที่ 9"} | more

    def test_from_the_decision_to_the_proof(self):
        at, owed = self.decided(7)
        self.assertEqual(owed["state"], "owed")
        self.assertEqual(owed["due"], str(today() + datetime.timedelta(days=15)))
        self.assertEqual(owed["due_by"], "law")
        self.assertEqual(owed["link"], at.removeprefix("/api/v1/"))
        self.assertGreaterEqual(self.signed("office.70").get("/api/v1/obligations/mine").json["owed"], 1)

        served = self.act(owed, "serve", self.letter()).json
        self.assertEqual(served["state"], "served")
        self.assertEqual(self.act(owed, "prove", self.proof(), expected=422).code, "proof_wanted")
        self.assertEqual(self.signed("office.70").post(f"{at}/close", {}, if_match="*").code, "report_wanted")
        put = self.signed("office.70").put(
            f"/api/v1/obligations/{owed['obligation_id']}/files/receipt?name=receipt.pdf", body=PDF,
            media_type="application/pdf", if_match="*")
        self.assert_status(put, 200)
        self.assertEqual(self.act(owed, "prove", self.proof()).json["standing"], "proved")
        file = self.signed("auditor").get(f"/api/v1/obligations/{owed['obligation_id']}/files/receipt")
        self.assertEqual(file.body, PDF)
        self.assert_status(self.signed("office.70").post(f"{at}/close", {}, if_match="*"), 200)

    def test_a_wrong_proof_is_taken_back_and_both_stand_in_the_history(self):
        _, owed = self.decided(8)
        self.act(owed, "serve", self.letter())
        self.act(owed, "prove", self.proof(reference="แฟ้ม 1"))
        self.act(owed, "take_back", {"reason_th": "ผิดฉบับ"})
        self.act(owed, "prove", self.proof(receipt="ลงรับเลขที่ 10", reference="แฟ้ม 2"))
        history = self.signed("auditor").get(f"/api/v1/obligations/{owed['obligation_id']}/history").json["items"]
        self.assertEqual([step["act"].split(".")[1] for step in history],
                         ["raise", "serve", "prove", "take_back", "prove"])
        self.assertEqual([step["proof"]["receipt"] for step in history if step["proof"]],
                         ["ลงรับเลขที่ 9", "ลงรับเลขที่ 10"])

    def test_the_acts_say_what_may_be_done_next_and_who_could(self):
        _, owed = self.decided(9)
        path = f"/api/v1/obligations/{owed['obligation_id']}/acts"
        [serve] = self.signed("office.70").get(path).json["items"]
        self.assertTrue(serve["allowed"])
        [refused] = self.signed("auditor").get(path).json["items"]
        self.assertFalse(refused["allowed"])
        self.assertIn("Governor", refused["who_en"])
        self.act(owed, "serve", self.letter(), expected=403, who="auditor")
        self.act(owed, "serve", self.letter(), expected=428, if_match=None)
        self.act(owed, "serve", self.letter() | {"sent_on": "2020-01-01"}, expected=422)

    def test_the_ledger_has_an_entry_by_the_deciding_act(self):
        _, owed = self.decided(10)
        [entry] = self.signed("auditor").get(
            f"/api/v1/ledger/entries?subject_kind=obligation&subject_id={owed['obligation_id']}").json["items"]
        self.assertEqual(entry["act"], "change.resolve")

    def test_the_list_is_filtered_and_exported(self):
        self.decided(11)
        office = self.signed("office.70")
        self.assertTrue(office.all_items("/api/v1/obligations?group=open"))
        self.assertEqual(office.all_items("/api/v1/obligations?group=overdue"), [])
        self.assertEqual(office.all_items("/api/v1/obligations?kind=nothing_such"), [])
        self.assertEqual(self.signed("office.40").all_items("/api/v1/obligations"), [])
        rows = list(csv.DictReader(io.StringIO(office.get("/api/v1/obligations/export?format=csv").body.decode("utf-8-sig"))))
        self.assertEqual(len(rows), len(office.all_items("/api/v1/obligations")))
        self.assertEqual({row["ตรวจสอบแล้ว"] for row in rows}, {"ตรวจสอบแล้ว", "ยังไม่ได้ตรวจสอบ"})
        with zipfile.ZipFile(io.BytesIO(office.get("/api/v1/obligations/export?format=xlsx").body)) as book:
            self.assertIn("xl/workbook.xml", book.namelist())


if __name__ == "__main__":
    unittest.main()
