"""Committees over HTTP: bodies by data, a meeting from call to minutes, quorum, follow-up, the urgent track."""
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

BODY = "provincial_administration_committee.70"


class Bodies(ServerTest):
    def listed(self, query=""):
        return self.assert_status(self.nobody.get("/api/v1/bodies" + query), 200).json["items"]

    def test_every_province_but_Bangkok_has_its_two_bodies(self):
        provinces = [a["code"] for a in self.nobody.all_items("/api/v1/areas?level=province")]
        self.assertEqual(len(provinces), 77)
        for province in provinces:
            codes = {b["code"] for b in self.listed("?province=" + province)}
            wanted = set() if province == "10" else {
                f"provincial_committee.{province}", f"provincial_administration_committee.{province}"}
            self.assertEqual(codes, wanted)

    def test_the_bodies_of_the_country_come_without_those_of_provinces_and_say_what_followed(self):
        national = {b["code"]: b for b in self.listed()}
        self.assertTrue(all(b["province"] is None for b in national.values()))
        self.assertEqual(national["regional_policy_committee"]["succeeded_by"], "area_policy_committee")
        self.assertEqual(sum(b["kind"] == "regional_subcommittee" for b in national.values()), 6)

    def test_rules_that_nobody_has_read_the_law_for_say_so(self):
        page = self.assert_status(self.nobody.get("/api/v1/bodies/provincial_committee.40"), 200).json
        self.assertFalse(page["constitution"]["quorum"]["verified"])
        self.assertTrue(page["constitution"]["quorum"]["source"])


def squeezed(text):
    """Without white space and the marks above and below, which readers of PDFs put before or behind their consonant."""
    return re.sub("[\\s\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", "", text)


def text_of(pdf):
    return squeezed(subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True,
                                   check=True, timeout=60).stdout.decode())


class Papers(ServerTest):
    def pdf(self, who, path):
        answer = self.assert_status(self.signed(who).get("/api/v1" + path), 200)
        self.assertEqual(answer.header("Content-Type"), "application/pdf")
        self.assertIn("attachment", answer.header("Content-Disposition"))
        return text_of(answer.body)

    def assert_in_order(self, text, wanted):
        at = 0
        for each in wanted:
            found = text.find(squeezed(each), at)
            self.assertGreaterEqual(found, 0, f"{each}\nin\n{text}")
            at = found + len(squeezed(each))

    def first_of_2564(self):
        return next(m for m in self.nobody.all_items("/api/v1/meetings?body=subcommittee_regional_local")
                    if m["on_date"] == "2021-02-18" and m["number"] == "1/2564")

    def test_the_minutes_of_the_first_meeting_of_2564_have_its_five_items_in_order_with_thai_digits(self):
        text = self.pdf("opdc", f"/meetings/{self.first_of_2564()['meeting_id']}/minutes.pdf")
        self.assert_in_order(text, [
            "รายงานการประชุม", "ครั้งที่ ๑/๒๕๖๔", "๑๘ กุมภาพันธ์ ๒๕๖๔", "ระเบียบวาระที่ ๑", "ระเบียบวาระที่ ๕",
            "๕.๑", "แนวทางการพัฒนาจังหวัดที่มีผลสัมฤทธิ์สูง", "มติที่ประชุม", "(๑) เห็นชอบ", "๑.๑", "๑.๔",
            "๕.๒", "การเชื่อมโยงงานระหว่าง ก.พ.ร. กับ อ.ก.พ.ร.", "(๒) รับทราบ",
            "๕.๓", "การมอบอำนาจจัดซื้อจัดจ้างของจังหวัดและกลุ่มจังหวัด", "(๓) รับทราบ", "๓.๒",
            "๕.๔", "Big Rock", "(๔) รับทราบ",
            "๕.๕", "ประเด็นการพัฒนาและพื้นที่ตัวอย่าง", "(๕) เห็นควร", "ระเบียบวาระที่ ๖", "เลิกประชุมเวลา"])
        self.assertIn(squeezed("บันทึกเข้าระบบภายหลังวันประชุม"), text)

    def test_papers_are_for_those_only_who_may_read_the_meeting(self):
        path = f"/api/v1/meetings/{self.first_of_2564()['meeting_id']}/minutes.pdf"
        self.assert_problem(self.nobody.get(path), 401, "sign_in_required")
        self.assert_problem(self.signed("citizen").get(path), 403, "forbidden")
        self.assert_problem(self.signed("office.70").get(path), 403, "forbidden")

    def test_a_meeting_is_called_on_paper_and_has_no_minutes_before_it_opens(self):
        office = self.signed("office.70")
        running = [r["meeting"] for r in office.get("/api/v1/meetings/running").json["items"]]
        called = next(m for m in running if m["state"] == "called" and m["form"] == "sitting")
        text = self.pdf("office.70", f"/meetings/{called['meeting_id']}/call.pdf")
        self.assert_in_order(text, ["เชิญประชุม", "ระเบียบวาระที่ ๑", "ระเบียบวาระที่ ๖", "ขอแสดงความนับถือ"])
        self.assertIn(squeezed("ข้อมูลสาธิต"), text)
        early = office.get(f"/api/v1/meetings/{called['meeting_id']}/minutes.pdf")
        self.assert_problem(early, 409, "wrong_state")

    def test_the_order_on_an_urgent_matter_is_printed_once_it_is_given(self):
        office, governor = self.signed("office.70"), self.signed("governor.70")
        matter = next(m["matter"] for m in office.get("/api/v1/matters").json["items"] if m["matter"]["state"] == "raised")
        path = f"/api/v1/matters/{matter['matter_id']}"
        self.assert_problem(office.get(path + "/order.pdf"), 409, "wrong_state")
        self.assert_status(governor.post(path + "/order", {
            "text_th": "ให้เปิดทางเบี่ยงภายในวันนี้", "order_number": "123/2569", "legal_basis_th": "กฎหมายว่าด้วยการป้องกันภัย"},
            if_match="*"), 200)
        self.assert_in_order(self.pdf("office.70", f"/matters/{matter['matter_id']}/order.pdf"), [
            "คำสั่ง", "ที่ ๑๒๓/๒๕๖๙", "อาศัยอำนาจตามกฎหมายว่าด้วยการป้องกันภัย", "ข้อ ๑", "ให้เปิดทางเบี่ยงภายในวันนี้", "สั่ง ณ วันที่"])
        self.assert_problem(self.signed("citizen").get(path + "/order.pdf"), 403, "forbidden")


class Meeting(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.server.signed("office.70")
        cls.members = []
        for seat in ("chair", "government", "local", "private", "secretary"):
            answer = cls.office.post(f"/api/v1/bodies/{BODY}/members", {
                "seat": seat, "title_th": seat, "from_date": "2020-01-01"})
            cls.members.append(answer.json["member_id"])

    def act(self, method, path, body=None, status=200, client=None):
        answer = (client or self.office).request(method, "/api/v1" + path, body if body is not None else {}, if_match="*")
        return self.assert_status(answer, status).json

    def planned(self):
        year = today().year + 544
        return self.act("POST", "/meetings/plan", {
            "body": BODY, "number": f"{self.next_number()}/{year}", "place_th": "ศาลากลาง",
            "starts_at": f"{today().year + 1}-06-01T02:00:00.000Z"}, 201)["meeting_id"]

    def present(self, meeting, count):
        self.act("PUT", f"/meetings/{meeting}/attendance", {"entries": [
            {"member_id": m, "presence": "present" if i < count else "absent"} for i, m in enumerate(self.members)]})

    def test_it_runs_from_plan_to_adopted_minutes_and_closed_follow_up(self):
        first = self.planned()
        item = self.act("POST", f"/meetings/{first}/items", {"part": 5, "title_th": "แผน"}, 201)["item_id"]
        self.act("POST", f"/meetings/{first}/call")
        self.present(first, 2)
        refused = self.office.post(f"/api/v1/meetings/{first}/open", {}, if_match="*")
        self.assert_problem(refused, 409, "no_quorum")
        self.present(first, 3)
        self.act("POST", f"/meetings/{first}/open")
        self.act("POST", f"/agenda-items/{item}/resolutions", {
            "kind": "approve", "text_th": "เห็นชอบ", "is_public": True, "votes": {"in_favour": 2, "against": 1, "abstain": 0},
            "follow_up": [{"text_th": "ส่งแผน", "responsible_th": "สำนักงานจังหวัด", "due": "2026-01-01"}]}, 201)
        public = f"/api/v1/resolutions?body={BODY}"
        self.assertEqual(self.nobody.get(public).json["items"], [], "not before the meeting is closed")
        self.act("POST", f"/meetings/{first}/close")
        self.assertEqual([r["votes_for"] for r in self.nobody.get(public).json["items"]], [2])
        self.act("POST", f"/meetings/{first}/draft-minutes")

        second = self.planned()
        page = self.office.get(f"/api/v1/meetings/{second}").json
        came = {i["source_kind"]: i for i in page["items"]}
        self.assertEqual(set(came), {"minutes", "assignment"})
        work = came["assignment"]["source_id"]
        self.act("POST", f"/meetings/{second}/call")
        self.present(second, 5)
        self.act("POST", f"/meetings/{second}/open")
        self.act("POST", f"/agenda-items/{came['minutes']['item_id']}/resolutions",
                 {"kind": "approve", "text_th": "รับรอง"}, 201)
        adopted = self.office.get(f"/api/v1/meetings/{first}").json["meeting"]
        self.assertEqual((adopted["state"], adopted["adopted_in"]), ("minutes_adopted", second))

        self.assertTrue(self.office.get(f"/api/v1/assignments/{work}").json["overdue"])
        waits = "/api/v1/assignments?waits_for=me"
        self.assertIn(work, [a["assignment_id"] for a in self.office.all_items(waits)])
        self.assertNotIn(work, [a["assignment_id"] for a in self.signed("governor.70").all_items(waits)])
        early = self.office.post(f"/api/v1/assignments/{work}/close", {"outcome": "done", "note_th": "เสร็จ"}, if_match="*")
        self.assert_problem(early, 409, "wrong_state")
        self.act("POST", f"/assignments/{work}/reports", {"text_th": "ส่งแล้ว", "evidence_th": "รบ 1/2569"})
        acts = {a["act"]: a["allowed"] for a in self.office.get(f"/api/v1/assignments/{work}/acts").json["items"]}
        self.assertEqual(acts, {"assignment.report": True, "assignment.close": True})
        self.act("POST", f"/assignments/{work}/close", {"outcome": "done", "note_th": "เสร็จ"})
        self.assertNotIn(work, [a["assignment_id"] for a in self.office.all_items(waits)])

    def test_a_change_from_an_old_version_is_refused(self):
        meeting = self.planned()
        etag = self.office.get(f"/api/v1/meetings/{meeting}").headers["ETag"]
        ok = self.office.post(f"/api/v1/meetings/{meeting}/items", {"part": 6, "title_th": "ก"}, if_match=etag)
        self.assert_status(ok, 201)
        late = self.office.post(f"/api/v1/meetings/{meeting}/items", {"part": 6, "title_th": "ข"}, if_match=etag)
        self.assert_problem(late, 412, "changed_meanwhile")
        self.assert_problem(self.office.post(f"/api/v1/meetings/{meeting}/call", {}), 428, "if_match_required")

    def test_what_may_be_done_next_names_who_could(self):
        meeting = self.planned()
        governor = self.signed("governor.70").get(f"/api/v1/meetings/{meeting}/acts").json["items"]
        self.assertTrue(governor)
        for act in governor:
            self.assertFalse(act["allowed"])
            self.assertIn("สำนักงานจังหวัด", act["who_th"])

    def test_nothing_of_a_planned_meeting_is_public(self):
        meeting = self.planned()
        self.assertNotIn(meeting, {m["meeting_id"] for m in self.nobody.all_items("/api/v1/meetings")})
        self.assert_problem(self.nobody.get(f"/api/v1/meetings/{meeting}"), 401, "sign_in_required")
        self.assert_problem(self.signed("citizen").get(f"/api/v1/meetings/{meeting}"), 403, "forbidden")


if __name__ == "__main__":
    unittest.main()
