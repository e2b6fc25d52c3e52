"""Projects and requests to change them, over HTTP and by commands."""
import csv
import io
import json
import pathlib
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, Server, ServerTest, run, today  # noqa: E402

LINES = ROOT.parent / "shared/data/budget/province_budget_2565.csv"
COMMITTEE = "provincial_administration_committee.70"
PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


class Demonstration(ServerTest):
    def test_every_demonstration_project_says_that_it_is_one(self):
        found = self.signed("moi").all_items("/api/v1/projects")
        by_province = {code: [p for p in found if p["province"] == code] for code in ("70", "40", "39")}
        self.assertEqual(len(by_province["70"]), 21)
        for code, projects in by_province.items():
            self.assertTrue(projects, code)
        self.assertTrue(all(project["demonstration"] for project in found))

    def test_one_request_ended_in_the_province_and_one_was_sent_up(self):
        changes = self.signed("office.70").all_items("/api/v1/changes")
        self.assertEqual(sorted(change["state"] for change in changes), ["closed", "sent_up"])
        figures = self.signed("office.70").get("/api/v1/provinces/70/changes").json
        self.assertEqual((figures["decided_here"], figures["undecided"]), (1, 1))
        self.assertEqual(figures["days_here"]["median"], 7)

    def test_everybody_sees_the_counts_and_nothing_more(self):
        figures = self.assert_status(self.nobody.get("/api/v1/provinces/70/changes"), 200).json
        self.assertEqual(figures["requests"], 2)
        self.assertIsNone(figures["days_here"])
        self.assertEqual(self.nobody.get("/api/v1/projects").status, 401)
        self.assertEqual(self.nobody.get("/api/v1/changes").status, 401)

    def test_the_decision_table_is_open_with_its_sources_and_marks(self):
        rules = self.assert_status(self.nobody.get("/api/v1/change_rules"), 200).json
        table = json.loads((ROOT / "data/plans/change_rules.json").read_text(encoding="utf-8"))
        named = [(row["row"], power) for row in table["rows"] for power in row["powers"] or [None]]
        self.assertEqual([(row["row"], row["power"]) for row in rules["rows"]], named)
        for row in rules["rows"]:
            self.assertTrue(row["source"] and row["source_th"], row["row"])
        new_plan = next(row for row in rules["rows"] if row["power"] == "s36_new_plan")
        self.assertEqual((new_plan["decided_by"], new_plan["verified"]), ("cabinet", True))
        self.assertIn("Section 36", new_plan["source"])
        self.assertEqual(rules["report"]["duty"], "report_to_budget_bureau")
        self.assertEqual([t["amount_baht"] for t in rules["thresholds"]], [1_000_000, 10_000_000])


class Exports(ServerTest):
    def exported(self, kind, more=""):
        return self.assert_status(self.signed("office.70").get(f"/api/v1/projects/export?format={kind}{more}"), 200)

    def test_csv_has_thai_headings_and_only_the_own_province(self):
        rows = list(csv.DictReader(io.StringIO(self.exported("csv").body.decode("utf-8-sig"))))
        self.assertIn("วงเงิน (บาท)", rows[0])
        self.assertEqual({row["รหัสจังหวัด"] for row in rows}, {"70"})
        self.assertEqual(len({row["รหัสโครงการ"] for row in rows}), 21)
        self.assertTrue(all(row["ข้อมูลสาธิต"] for row in rows))

    def test_the_sums_of_the_export_are_those_of_the_projects(self):
        rows = csv.DictReader(io.StringIO(self.exported("csv").body.decode("utf-8-sig")))
        sums = {}
        for row in rows:
            sums[row["รหัสโครงการ"]] = sums.get(row["รหัสโครงการ"], 0) + round(float(row["วงเงิน (บาท)"]) * 100)
        listed = {p["code"]: p["total_satang"] for p in self.signed("office.70").all_items("/api/v1/projects")}
        self.assertEqual(sums, listed)

    def test_json_and_xlsx_hold_the_same_projects(self):
        self.assertEqual(len(self.exported("json", "&province=70").json), 21)
        with zipfile.ZipFile(io.BytesIO(self.exported("xlsx").body)) as book:
            self.assertIn("xl/workbook.xml", book.namelist())
        self.assertEqual(self.exported("json", "&fiscal_year=2030").json, [])


class Course(ServerTest):
    """A request taken through its life by different offices."""

    def begun(self, kind="amend", number=5):
        office = self.signed("office.70")
        project = next(p for p in office.all_items("/api/v1/projects") if p["code"] == f"สาธิต-70-{number:02d}")
        made = office.post("/api/v1/changes", {"kind": kind, "project_id": project["project_id"]})
        return self.assert_status(made, 201).json

    def saved(self, change, edit):
        content = json.loads(json.dumps(change["content"]))
        content["reason_th"] = "เหตุผล"
        edit(content)
        return self.assert_status(self.signed("office.70").patch(
            f"/api/v1/changes/{change['change_id']}", {"content": content}, if_match=f'"{change["version"]}"'), 200).json

    def act(self, who, change, act, body=None, expected=200, if_match="*"):
        answer = self.signed(who).post(f"/api/v1/changes/{change['change_id']}/{act}", body or {}, if_match=if_match)
        return self.assert_status(answer, expected)

    def meeting(self):
        new = self.new_meeting() | {"body": COMMITTEE, "on_date": str(today())}
        new["number"] = f"{self.next_number()}/{today().year + 543}"
        return self.assert_status(self.signed("office.70").post("/api/v1/meetings", new), 201).json["meeting_id"]

    def resolution(self, kind="approve"):
        return {"meeting_id": self.meeting(), "number": "1", "kind": kind, "text_th": "มติ"}

    def test_a_change_of_details_is_decided_reported_and_closed_by_the_province(self):
        def later(content):
            content["after"]["activities"][0]["method_th"] = "เฉพาะเจาะจง"

        change = self.saved(self.begun(number=5), later)
        self.assertEqual(change["judged"]["classification"]["decided_by"], "provincial_committee")
        self.act("office.70", change, "submit")
        self.act("office.70", change, "settle", {"reason_th": ""})
        decided = self.act("governor.70", change, "resolve", self.resolution()).json
        self.assertEqual(decided["state"], "decided_here")
        self.assertIsNotNone(decided["report_due"])
        self.act("office.70", change, "apply")
        refused = self.act("office.70", change, "close", expected=409)
        self.assertEqual(refused.code, "report_wanted")
        self.act("office.70", change, "report", {"on_date": str(today()), "proof": "หนังสือ ที่ 1"})
        self.assertEqual(self.act("office.70", change, "close").json["state"], "closed")
        project = self.signed("office.70").get(f"/api/v1/projects/{change['project']['project_id']}").json
        self.assertEqual(project["content"]["activities"][0]["method_th"], "เฉพาะเจาะจง")
        history = self.signed("office.70").get(f"/api/v1/projects/{project['project_id']}/history").json["items"]
        self.assertEqual([version["act"] for version in history], ["change.apply", "project.record"])

    def test_only_the_committee_of_the_province_itself_decides_and_its_office_alone_keeps_its_minutes(self):
        change = self.saved(self.begun(number=11), lambda c: c["after"]["activities"][0].update(method_th="ทำเอง"))
        self.act("office.70", change, "submit")
        waiting = [c["change_id"] for c in self.signed("office.70").all_items("/api/v1/changes?waits_for=me")]
        self.assertIn(change["change_id"], waiting)
        self.act("office.70", change, "settle", {"reason_th": ""})
        new = self.new_meeting() | {"on_date": str(today()), "body": "provincial_administration_committee.40"}
        new["number"] = f"{self.next_number()}/{today().year + 543}"
        self.assert_problem(self.signed("office.70").post("/api/v1/meetings", new), 403, "forbidden")
        elsewhere = self.assert_status(self.signed("office.40").post("/api/v1/meetings", new), 201).json["meeting_id"]
        refused = self.act("governor.70", change, "resolve", {**self.resolution(), "meeting_id": elsewhere}, expected=422)
        self.assertEqual([f["code"] for f in refused.json["fields"]], ["another_body"])
        self.assertIn(change["change_id"], [
            c["change_id"] for c in self.signed("governor.70").all_items("/api/v1/changes?waits_for=me")])
        self.act("governor.70", change, "resolve", self.resolution())
        # Now it waits to be put into the plan, which is the province's: for nobody above it.
        waiting = [c["change_id"] for c in self.signed("moi").all_items("/api/v1/changes?waits_for=me")]
        self.assertNotIn(change["change_id"], waiting)
        self.assertEqual(self.signed("auditor").all_items("/api/v1/changes?waits_for=me"), [])

    def test_what_goes_up_needs_a_whole_dossier_and_is_decided_by_another_office(self):
        def lower(content):
            content["after"]["kpis"][0]["target"] = "1"

        change = self.saved(self.begun(number=6), lower)
        self.assertEqual(change["judged"]["classification"]["decided_by"], "regional_subcommittee")
        self.assertTrue(change["judged"]["what_if"]["steps"])
        self.act("office.70", change, "submit")
        self.act("office.70", change, "settle", {"reason_th": ""})
        endorsed = self.act("governor.70", change, "resolve", self.resolution()).json
        self.assertEqual(endorsed["state"], "endorsed")
        refused = self.act("governor.70", change, "send_up", {"letter_out": "ที่ 1"}, expected=409)
        self.assertEqual(refused.code, "dossier_incomplete")
        self.assertEqual(len(refused.json["fields"]), 4)
        content = endorsed["content"] | {"effect_kpi_th": "ลด", "effect_beneficiaries_th": "ลด", "effect_money_th": "เท่าเดิม"}
        office = self.signed("office.70")
        self.assert_status(office.patch(f"/api/v1/changes/{change['change_id']}", {"content": content}, if_match="*"), 200)
        self.assert_status(office.put(f"/api/v1/changes/{change['change_id']}/files/boq?name=boq.pdf", body=PDF,
                                      media_type="application/pdf", if_match="*"), 200)
        self.act("governor.70", change, "send_up", {"letter_out": "ที่ 1"})
        outcome = {"outcome": "acknowledge", "on_date": str(today()), "source": "หนังสือ"}
        self.act("governor.70", change, "outcome", outcome, expected=403)
        self.assertEqual(self.act("moi", change, "outcome", outcome).json["state"], "decided_above")

    def test_of_two_officers_who_decide_the_same_request_the_second_is_told(self):
        change = self.saved(self.begun(number=7), lambda c: c["after"]["activities"][0].update(method_th="ทำเอง"))
        self.act("office.70", change, "submit")
        settled = self.act("office.70", change, "settle", {"reason_th": ""}).json
        seen = f'"{settled["version"]}"'
        self.act("governor.70", change, "resolve", self.resolution(), if_match=seen)
        second = self.act("office.70", change, "resolve", self.resolution("reject"), expected=412, if_match=seen)
        self.assertEqual(second.code, "changed_meanwhile")
        now = self.signed("office.70").get(f"/api/v1/changes/{change['change_id']}").json
        self.assertEqual(now["state"], "decided_here")

    def test_an_objection_cannot_be_removed_by_anybody(self):
        change = self.begun(number=8)
        objected = self.act("office.70", change, "objections", {"text_th": "ไม่เห็นด้วย"}).json["objections"][0]
        for method in ("DELETE", "PUT", "PATCH"):
            for path in ("objections", f"objections/{objected['objection_id']}"):
                for who in ("governor.70", "opdc", "moi"):
                    answer = self.signed(who).request(method, f"/api/v1/changes/{change['change_id']}/{path}", {})
                    self.assertIn(answer.status, (404, 405))
        self.act("office.70", change, "withdraw", {"reason_th": "ไม่ใช้แล้ว"})
        kept = self.signed("auditor").get(f"/api/v1/changes/{change['change_id']}").json["objections"]
        self.assertEqual(kept, [objected])

    def test_a_preview_classifies_and_saves_nothing(self):
        change = self.begun(number=9)
        content = json.loads(json.dumps(change["content"]))
        content["after"]["budget_unit_th"] = "จังหวัดอื่น"
        judged = self.act("office.70", change, "preview", {"content": content}).json
        self.assertEqual(judged["classification"]["decided_by"], "not_allowed")
        now = self.signed("office.70").get(f"/api/v1/changes/{change['change_id']}").json
        self.assertEqual((now["version"], now["judged"]["classification"]), (change["version"], None))

    def test_money_that_comes_from_nowhere_is_refused_with_the_sums(self):
        change = self.saved(self.begun(number=10), lambda c: c["after"]["budget"][0].update(amount_satang=999_999_999))
        refused = self.act("office.70", change, "submit", expected=422)
        self.assertEqual([f["code"] for f in refused.json["fields"]], ["not_conserved"])

    def test_a_content_that_is_too_long_is_refused_by_its_place(self):
        change = self.begun(number=11)
        content = json.loads(json.dumps(change["content"]))
        content["after"]["name_th"] = "ก" * 501
        content["after"]["kpis"] = content["after"]["kpis"] * 21
        answer = self.signed("office.70").patch(f"/api/v1/changes/{change['change_id']}", {"content": content}, if_match="*")
        self.assertEqual(answer.status, 422)
        self.assertEqual({f["pointer"] for f in answer.json["fields"]}, {"/content/after/name_th", "/content/after/kpis"})


class Import(unittest.TestCase):
    def prepared(self):
        """A record without a running program, and without the demonstration."""
        server = Server(demo=False)
        self.addCleanup(server.remove)
        server.prepare()
        return server

    def test_a_real_document_is_previewed_imported_and_not_imported_twice(self):
        if not LINES.exists():
            self.skipTest(f"there is no {LINES.name}")
        server = self.prepared()
        words = ["import", "projects", str(LINES), *server.settings]
        preview = run(*words).stdout
        self.assertIn("nothing was written", preview)
        self.assertIn("not taken, not_a_province: 307", preview)
        self.assertIn("1951 rows", preview)
        applied = run(*words, "--apply").stdout
        self.assertIn("done", applied)
        again = run(*words, "--apply").stdout
        self.assertIn("0 projects are new", again)
        rows = csv.DictReader(io.StringIO(run("export", "projects", "--format", "csv", *server.settings).stdout.lstrip("\ufeff")))
        total = sum(round(float(row["วงเงิน (บาท)"])) for row in rows)
        taken = next(line for line in preview.splitlines() if "; taken:" in line)
        self.assertIn(f"{total:,}.00 baht; not taken", taken)
        self.assertIn("verified", run("ledger", "verify", self.ledger(server)).stdout)

    def ledger(self, server):
        path = pathlib.Path(server.data) / "ledger.jsonl"
        run("export", "ledger", "--out", str(path), *server.settings)
        return str(path)

    def test_a_document_without_its_columns_is_refused_with_their_names(self):
        server = self.prepared()
        wrong = pathlib.Path(server.data) / "wrong.csv"
        wrong.write_text("a,b\n1,2\n", encoding="utf-8")
        done = run("import", "projects", str(wrong), *server.settings, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("province_code", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
