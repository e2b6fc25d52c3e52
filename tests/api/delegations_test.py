"""Delegation orders over HTTP: signed, notified, used, revoked; the register; papers; what an auditor makes again."""
import csv
import datetime
import io
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import SHARE, Server, ServerTest, run, today  # noqa: E402

ORDERS = "/api/v1/delegation-orders"
YEAR = today().year + (today().month >= 10)  # the fiscal year of today
LAST_DAY = f"{YEAR}-09-30"


class Orders(ServerTest):
    def project(self, funding="province_budget"):
        content = {"name_th": "ซ่อมถนน", "objective_th": "", "output_th": "", "target_th": "", "plan_links": [],
                   "kpis": [], "activities": [], "place": {"areas": [], "detail_th": ""}, "office_th": "",
                   "budget_unit_th": "", "budget": [{
                       "activity": None, "category": "operating", "item_th": "ซ่อม", "quantity": None, "unit_th": "",
                       "unit_price_satang": None, "amount_satang": 300_000_000}]}
        return self.assert_status(self.signed("office.70").post("/api/v1/projects", {
            "province": "70", "fiscal_year": YEAR, "code": f"D-{self.next_number()}", "budget_class": "within_ceiling",
            "funding": funding, "content": content, "source": "แผน"}), 201).json["project_id"]

    def draft(self, **changes):
        office = self.signed("office.70")
        order = self.assert_status(office.post(ORDERS, {"province": "70", "kind": "procurement"}), 201).json
        choices = office.get(f"{ORDERS}/choices?province=70&kind=procurement").json
        delegate = next(o for o in choices["delegates"] if o["role"] == "local_government")
        content = order["content"] | {
            "project_id": self.project(), "delegate_office_id": delegate["office_id"], "ceiling_satang": 100_000_000,
            "from_date": str(today()), "to_date": LAST_DAY, "number": f"{self.next_number()}/{YEAR + 543}",
            "parent_agency_head_th": "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"} | changes
        return self.assert_status(office.patch(f"{ORDERS}/{order['order_id']}", {"content": content},
                                               if_match=f'"{order["version"]}"'), 200).json

    def act(self, who, order, act, body=None, expected=200, if_match="*"):
        answer = self.signed(who).post(f"{ORDERS}/{order['order_id']}/{act}", body or {}, if_match=if_match)
        return self.assert_status(answer, expected)

    def signed_order(self, **changes):
        return self.act("governor.70", self.draft(**changes), "sign").json

    def use(self, order, baht, expected=200, who="town.70"):
        return self.act(who, order, "uses", {
            "act": "procurement.carry_out", "on_date": str(today()), "what_th": "จ้างซ่อม",
            "amount_satang": baht * 100, "reference": "e-GP 1"}, expected)

    def notices(self, order):
        return self.signed("office.70").get(
            f"/api/v1/obligations?subject_kind=delegation_order&subject_id={order['order_id']}").json["items"]

    def prove(self, notice):
        office = self.signed("office.70")
        path = f"/api/v1/obligations/{notice['obligation_id']}"
        self.assert_status(office.post(f"{path}/serve", {
            "sent_on": str(today()), "letter": "รบ 0017/1", "channel": "letter"}, if_match="*"), 200)
        self.assert_status(office.post(f"{path}/prove", {
            "received_on": str(today()), "receipt": "ลงรับเลขที่ 1", "reference": "แฟ้ม 1"}, if_match="*"), 200)

    def read(self, order, who="office.70"):
        return self.assert_status(self.signed(who).get(f"{ORDERS}/{order['order_id']}"), 200).json

    # ---- the course

    def test_an_order_is_signed_notified_used_and_revoked_and_every_chain_is_made_again(self):
        order = self.signed_order()
        self.assertEqual(order["state"], "notice_pending")
        self.assertEqual(self.use(order, 100_000).json["state"], "notice_pending")
        notices = self.notices(order)
        self.assertEqual(len(notices), 2)
        self.assertEqual({n["state"] for n in notices}, {"owed"})
        self.prove(notices[0])
        self.assertEqual(self.read(order)["state"], "notice_pending")
        self.prove(notices[1])
        self.assertEqual(self.read(order)["state"], "in_use")
        used = self.use(order, 900_000).json
        self.assertEqual((used["used_satang"], len(used["uses"])), (100_000_000, 2))
        refused = self.use(order, 1, expected=422)
        self.assertEqual([f["code"] for f in refused.json["fields"]], ["above_ceiling"])
        self.assertEqual(self.act("governor.70", order, "revoke", {"reason_th": "เปลี่ยนผู้ดำเนินการ"}).json["state"],
                         "revoked")
        self.assertEqual(self.use(order, 1, expected=409).code, "wrong_state")
        history = self.signed("auditor").get(f"{ORDERS}/{order['order_id']}/history").json["items"]
        self.assertEqual([h["act"] for h in history], [
            "delegation.draft", "delegation.edit", "delegation.sign", "procurement.carry_out", "procurement.carry_out",
            "delegation.revoke"])
        export = pathlib.Path(self.server.data) / "delegations.jsonl"
        run("export", "ledger", "--out", str(export), *self.server.settings)
        self.assertIn("governor_procurement", export.read_text(encoding="utf-8"))
        held = run("authority", "recheck", str(export), "--law", str(SHARE / "data/law"))
        self.assertRegex(held.stdout, r"[1-9]\d* chains hold.* 0 do not hold")

    def test_what_is_wrong_is_said_at_once_at_its_field_and_on_the_checklist(self):
        draft = self.draft(project_id=self.project("agency"), from_date=str(today() - datetime.timedelta(days=1)), number="")
        refused = self.act("governor.70", draft, "sign", expected=422)
        said = {f["pointer"]: f["code"] for f in refused.json["fields"]}
        self.assertEqual(said, {"/content/project_id": "other_funding", "/content/from_date": "before_signature",
                                "/content/number": "required"})
        listed = {c["pointer"]: c["fault"] for c in self.read(draft)["checks"] if not c["passed"]}
        self.assertEqual(listed, said)

    def test_a_change_names_the_version_it_was_made_from(self):
        draft = self.draft()
        self.assertEqual(self.act("governor.70", draft, "sign", expected=428, if_match=None).code, "if_match_required")
        self.act("governor.70", draft, "sign", if_match=f'"{draft["version"]}"')
        stale = self.act("governor.70", draft, "revoke", {"reason_th": "x"}, expected=412, if_match=f'"{draft["version"]}"')
        self.assertEqual(stale.code, "changed_meanwhile")
        etag = self.signed("office.70").get(f"{ORDERS}/{draft['order_id']}").headers["ETag"]
        self.assertEqual(etag, f'"{draft["version"] + 1}"')

    def test_a_repeated_use_with_the_same_key_is_recorded_once(self):
        order = self.signed_order()
        body = {"act": "procurement.carry_out", "on_date": str(today()), "what_th": "ซื้อ", "amount_satang": 5_000,
                "reference": "e-GP 2"}
        key = {"Idempotency-Key": f"use-{self.next_number()}"}
        for _ in range(2):
            self.assert_status(self.signed("town.70").post(f"{ORDERS}/{order['order_id']}/uses", body, if_match="*",
                                                           headers=key), 200)
        self.assertEqual(self.read(order)["used_satang"], 5_000)

    # ---- who sees and does what

    def test_who_receives_sees_the_order_once_it_is_signed_and_nobody_else_in_the_district(self):
        draft = self.draft()
        self.assertEqual(self.signed("town.70").get(f"{ORDERS}/{draft['order_id']}").status, 403)
        self.act("governor.70", draft, "sign")
        self.read(draft, "town.70")
        self.read(draft, "auditor")
        for who in ("district.7001", "governor.40", "citizen", "agency.70"):
            self.assertEqual(self.signed(who).get(f"{ORDERS}/{draft['order_id']}").status, 403, who)
        self.assertIn(draft["order_id"], [o["order_id"] for o in self.signed("town.70").all_items(ORDERS)])
        self.assertEqual(self.signed("district.7001").all_items(ORDERS), [])
        self.assertEqual(self.nobody.get(ORDERS).status, 401)

    def test_only_the_governor_signs_and_only_the_delegate_uses(self):
        draft = self.draft()
        self.act("office.70", draft, "sign", expected=403)
        self.act("governor.40", draft, "sign", expected=403)
        self.act("agency.70", draft, "sign", expected=422)
        self.act("governor.70", draft, "sign")
        self.use(draft, 1, expected=403, who="governor.70")
        self.use(draft, 1, expected=403, who="office.70")
        offered = self.signed("town.70").get(f"{ORDERS}/{draft['order_id']}/acts").json["items"]
        self.assertEqual([a["act"] for a in offered if a["allowed"]], ["procurement.carry_out"])

    # ---- papers

    def text_of(self, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(pdf)
            file.flush()
            return subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, text=True, check=True).stdout

    def test_papers_have_thai_digits_and_the_mark_of_a_draft_until_signed(self):
        draft = self.draft()
        paper = lambda file: self.assert_status(self.signed("office.70").get(  # noqa: E731
            f"{ORDERS}/{draft['order_id']}/papers/{file}"), 200)
        before = paper("order.pdf")
        self.assertEqual(before.headers["Content-Type"], "application/pdf")
        self.act("governor.70", draft, "sign")
        after = paper("order.pdf")
        self.assertNotEqual(before.body, after.body)
        text = self.text_of(after.body)
        self.assertIn("๑,๐๐๐,๐๐๐.๐๐", text)
        self.assertNotIn("1,000,000", text)
        self.assertIn(str(YEAR + 543).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")), text)
        for file in ("notice-parent-agency.pdf", "notice-state-audit-office.pdf"):
            self.assertTrue(paper(file).body.startswith(b"%PDF"))
        self.assertEqual(self.signed("office.70").get(f"{ORDERS}/{draft['order_id']}/papers/other.pdf").status, 404)
        self.assertTrue(self.read(draft)["wording_en"], "unconfirmed wording is said to be so")

    # ---- the register

    def test_the_register_shows_law_and_orders_and_is_to_be_had_as_a_table(self):
        order = self.signed_order()
        auditor = self.signed("auditor")
        rows = auditor.get("/api/v1/delegations?province=70&kind=procurement").json["items"]
        self.assertEqual((rows[0]["depth"], rows[0]["office"]["role"]), (0, "governor"))
        held = next(row for row in rows if row["order_id"] == order["order_id"])
        self.assertEqual((held["depth"], held["ceiling_satang"]), (1, 100_000_000))
        exported = list(csv.DictReader(io.StringIO(auditor.get(
            "/api/v1/delegations/export?province=70&kind=procurement&format=csv").body.decode("utf-8-sig"))))
        self.assertEqual(len(exported), len(rows))
        self.assertIn("วงเงิน (บาท)", exported[0])
        with zipfile.ZipFile(io.BytesIO(auditor.get(
                "/api/v1/delegations/export?province=70&format=xlsx").body)) as book:
            self.assertIn("xl/workbook.xml", book.namelist())
        before = auditor.get("/api/v1/delegations?province=70&kind=procurement&on=2020-12-01").json["items"]
        self.assertEqual([row["depth"] for row in before], [0], "nothing was granted on that day")
        self.assertEqual(self.signed("town.70").get("/api/v1/delegations?province=70").status, 403)
        self.assertEqual(self.signed("governor.40").get("/api/v1/delegations?province=70").status, 403)


class Demonstration(ServerTest):
    def test_the_invented_order_is_in_use_and_says_that_it_is_invented(self):
        orders = self.signed("office.70").all_items(ORDERS)
        self.assertTrue(all(order["demonstration"] for order in orders))
        self.assertEqual({(o["kind"], o["state"]) for o in orders}, {("procurement", "in_use"), ("hr", "draft")})
        [hr] = [o for o in orders if o["kind"] == "hr"]
        found = self.signed("agency.70").get(f"{ORDERS}/{hr['order_id']}").json
        self.assertEqual({power["verified"] for power in found["powers"]}, {False})
        self.assertEqual(found["duties"], [])


if __name__ == "__main__":
    unittest.main()
