"""Cases over HTTP: intake without an account, the desk's work, closing, and who reported."""
import io
import json
import pathlib
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

SECRET = "นางลับสุดยอด ซ่อนนามสกุลไว้"
PHONE = "0891112222"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def case(**more):
    return {"kind": "complaint", "category": "utilities", "channel": "walk_in", "importance": "ordinary",
            "title": "ถนนเป็นหลุม", "detail": "หน้าโรงเรียน", "place": {"area": "700101", "given": "typed"},
            "reporters": [{"type": "person", "name": "นายเปิด เผยชื่อ", "phone": "081 234 5678"}]} | more


def report(**more):
    return {"title": "ไฟดับทั้งซอย", "detail": "มาสามวัน", "place": {"area": "700102", "given": "map",
            "position": {"latitude": "13.54", "longitude": "99.81"}},
            "reporters": [{"type": "secret", "name": SECRET, "phone": PHONE}]} | more


class CentreTest(ServerTest):
    def taken(self, **more):
        return self.assert_status(self.signed("district.7001").post("/api/v1/cases", case(**more)), 201).json

    def act(self, who, case_id, path, body=None, expected=200):
        answer = self.signed(who).post(f"/api/v1/cases/{case_id}/{path}", body or {}, if_match="*")
        return self.assert_status(answer, expected)

    def office_id(self, username):
        return next(o["office_id"] for o in self.signed(username).me["offices"])

    def assigned(self, case_id, to="highways.70"):
        self.act("district.7001", case_id, "screen")
        made = self.act("district.7001", case_id, "assignments", {"office_id": self.office_id(to)}).json
        return f"assignments/{made['assignments'][-1]['assignment_id']}"

    def reported(self, case_id):
        to = self.assigned(case_id)
        self.act("highways.70", case_id, f"{to}/accept")
        return self.act("highways.70", case_id, f"{to}/report", {"result_th": "ซ่อมแล้ว"}).json

    def attach(self, case_id, key, purpose, taken_at, who="highways.70", expected=200):
        answer = self.signed(who).put(
            f"/api/v1/cases/{case_id}/files/{key}?name={key}.jpg&purpose={purpose}&taken_at={taken_at}",
            body=JPEG + key.encode(), media_type="image/jpeg", if_match="*")
        return self.assert_status(answer, expected)


class Citizens(CentreTest):
    def test_a_citizen_reports_follows_adds_and_withdraws_with_the_code_alone(self):
        receipt = self.assert_status(self.nobody.post("/api/v1/service_centre/reports", report()), 201).json
        code = receipt["tracking_code"]
        seen = self.assert_status(self.nobody.post("/api/v1/service_centre/track", {"code": code.lower()}), 200).json
        self.assertEqual((seen["number"], seen["state"]), (receipt["number"], "received"))
        self.assertIsNotNone(seen["due_at"])
        photo = self.nobody.put(f"/api/v1/service_centre/tickets/{seen['ticket']}/files/photo?name=a.jpg", body=JPEG,
                                media_type="image/jpeg")
        self.assertEqual(self.assert_status(photo, 200).json["files_sent"], 1)
        self.nobody.post("/api/v1/service_centre/words", {"code": code, "text_th": "ยังดับอยู่"})
        gone = self.assert_status(
            self.nobody.post("/api/v1/service_centre/withdraw", {"code": code, "text_th": "ติดแล้ว"}), 200).json
        self.assertEqual(gone["state"], "withdrawn")
        self.assertEqual(gone["steps"][-1]["note"], "ติดแล้ว")

    def test_a_wrong_code_is_told_apart_from_an_unknown_one(self):
        wrong = self.nobody.post("/api/v1/service_centre/track", {"code": "22222-22222-22223"})
        self.assertEqual((wrong.status, wrong.json["fields"][0]["pointer"]), (422, "/code"))
        unknown = self.nobody.post("/api/v1/service_centre/track", {"code": "22222-22222-22222"})
        self.assertEqual(unknown.status, 404)

    def test_the_same_key_gives_the_same_case_and_code(self):
        first = self.nobody.post("/api/v1/service_centre/reports", report(), key="device-7-1").json
        again = self.nobody.post("/api/v1/service_centre/reports", report(), key="device-7-1").json
        self.assertEqual(first, again)

    def test_a_report_that_is_too_large_is_refused_unread(self):
        large = report(detail="ก" * 30000)
        self.assertEqual(self.nobody.post("/api/v1/service_centre/reports", large).status, 413)

    def test_a_script_is_no_photo(self):
        code = self.nobody.post("/api/v1/service_centre/reports", report()).json["tracking_code"]
        ticket = self.nobody.post("/api/v1/service_centre/track", {"code": code}).json["ticket"]
        sent = self.nobody.put(f"/api/v1/service_centre/tickets/{ticket}/files/x", body=b"<script>alert(1)</script>",
                               media_type="image/jpeg")
        self.assertIn(sent.status, (415, 422))

    def test_an_address_that_floods_is_slowed_down(self):
        code = self.nobody.post("/api/v1/service_centre/reports", report()).json["tracking_code"]
        statuses = [self.nobody.post("/api/v1/service_centre/track", {"code": code}).status for _ in range(400)]
        self.assertIn(429, statuses)


class Course(CentreTest):
    def test_from_the_counter_to_closing_by_two_officers_and_reopening_by_the_citizen(self):
        receipt = self.taken()
        case_id = receipt["case_id"]
        self.assertEqual(self.reported(case_id)["state"], "resolved")
        now = self.signed("district.7001").get(f"/api/v1/cases/{case_id}").json["updated_at"]
        self.attach(case_id, "before", "before", receipt["received_at"], who="district.7001")
        self.attach(case_id, "after", "after", now, who="district.7001")
        proposal = {"ground": "evidence", "before": "before", "after": "after", "summary_th": "ซ่อมแล้ว"}
        self.act("district.7001", case_id, "closing", proposal)
        refused = self.act("district.7001", case_id, "close", expected=409)
        self.assertEqual(refused.code, "second_person_wanted")
        self.assertEqual(self.act("chief.7001", case_id, "close").json["state"], "closed")
        again = self.nobody.post("/api/v1/service_centre/reopen",
                                 {"code": receipt["tracking_code"], "text_th": "พังอีก"})
        self.assertEqual(self.assert_status(again, 200).json["state"], "received")
        figures = self.nobody.get("/api/v1/service_centre/figures/70").json
        self.assertGreaterEqual(figures["reopened_times"], 1)
        self.assertEqual(figures["closed_without_evidence"], 0)

    def test_an_agency_sees_its_cases_alone_and_cannot_close(self):
        mine, other = self.taken()["case_id"], self.taken()["case_id"]
        self.assigned(mine)
        agency = self.signed("highways.70")
        self.assertEqual(agency.get(f"/api/v1/cases/{mine}").json["view"], "agency")
        self.assertEqual(agency.get(f"/api/v1/cases/{other}").status, 403)
        listed = {c["case_id"] for c in agency.all_items("/api/v1/cases")}
        self.assertIn(mine, listed)
        self.assertNotIn(other, listed)
        self.act("highways.70", mine, "closing", {"ground": "citizen_word", "summary_th": "x"}, expected=403)

    def test_what_goes_up_is_the_provinces(self):
        case_id = self.taken()["case_id"]
        self.act("district.7001", case_id, "screen")
        self.act("district.7001", case_id, "send_up", {"reason_th": "เกินอำนาจ"})
        self.act("district.7001", case_id, "take_up", expected=403)
        self.assertEqual(self.act("office.70", case_id, "take_up").json["level"], "province")

    def test_clocks_say_since_when_until_when_and_why(self):
        case_id = self.taken()["case_id"]
        clocks = self.signed("district.7001").get(f"/api/v1/cases/{case_id}/clocks").json["items"]
        told = next(c for c in clocks if c["clock"] == "tell_petitioner")
        self.assertEqual((told["days"], told["unit"], told["state"]), (15, "calendar_day", "running"))
        self.assertTrue(told["source"])
        self.assertFalse(told["verified"])


class Demonstration(CentreTest):
    def test_every_invented_case_says_so_and_some_are_late(self):
        cases = self.signed("moi").all_items("/api/v1/cases?province=70")
        invented = [c for c in cases if c["demonstration"]]
        self.assertGreaterEqual(len(invented), 25)
        board = self.signed("office.70").get("/api/v1/service_centre/board?area=70").json
        self.assertTrue(board["demonstration"])
        self.assertGreater(board["late"], 0)
        self.assertGreater(board["open"], board["late"])

    def test_recurring_cases_are_proposed_as_a_need(self):
        needs = self.signed("district.7001").get("/api/v1/service_centre/recurring?area=7001").json["items"]
        found = [n for n in needs if (n["category"], n["area"]) == ("utilities", "700106")]
        self.assertEqual(len(found), 1)
        self.assertGreaterEqual(found[0]["cases"], 5)

    def test_the_monthly_report_adds_up_and_its_lists_hold_what_it_counts(self):
        office = self.signed("office.70")
        month = today().strftime("%Y-%m")
        report = office.get(f"/api/v1/service_centre/report?area=70&month={month}").json
        rows = [report["month_total"], report["year_total"]]
        rows += [row[part] for row in report["by_category"] for part in ("month", "year")]
        for n in rows:
            self.assertEqual(n["open_at_start"] + n["received"] + n["reopened"] - n["settled"], n["open_at_end"])
        total = report["month_total"]
        for count in ("received", "open_at_end", "open_at_start"):
            listed = office.all_items(f"/api/v1/cases?{total['cases']}&count={count}")
            self.assertEqual(len(listed), total[count], count)
        sheet = office.get(f"/api/v1/service_centre/report/file?area=70&month={month}&format=xlsx")
        with zipfile.ZipFile(io.BytesIO(sheet.body)) as book:
            self.assertIn("xl/workbook.xml", book.namelist())


class Revealing(CentreTest):
    """Revealing; that the name stands nowhere else is the matter of secret_reporter_test."""

    def test_revealing_leaves_who_and_why_in_the_ledger(self):
        case_id = self.nobody.post("/api/v1/service_centre/reports", report()).json["case_id"]
        why = {"purpose": "protect_reporter", "reason_th": "มีผู้ข่มขู่"}
        for who in ("highways.70", "governor.70", "office.70", "moi", "auditor"):
            self.act(who, case_id, "reveal", why, expected=403)
        told = self.act("district.7001", case_id, "reveal", why).json
        self.assertEqual(told["items"][0]["name"], SECRET)
        entries = [e for e in self.signed("auditor").all_items("/api/v1/ledger/entries")
                   if e["act"] == "case.reveal" and e["subject_id"] == case_id]
        self.assertEqual(len(entries), 1)
        self.assertIn("protect_reporter", json.dumps(entries[0]["change"]))


if __name__ == "__main__":
    unittest.main()
