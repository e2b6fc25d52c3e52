"""Who reports in secret stays secret: a case goes its whole way, and the name, the telephone and the code are looked for
in every answer that could hold the case, as every account, in papers, exports, log and record.

A route of the contract that could hold a case and is in neither REQUESTS nor NO_CASE_IN fails the test: whoever adds one
says which it is.
"""
import io
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest, today, wait_for  # noqa: E402

NAME, SURNAME = "ลับสุดยอด", "ซ่อนนามสกุลไว้"
PHONE = "0891112222"
# A photo whose camera wrote its owner's name into it.
COMMENT = f"{NAME} {SURNAME}".encode()
JPEG = (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xfe" +
        (len(COMMENT) + 2).to_bytes(2, "big") + COMMENT + b"\xff\xda\x00\x02pixels\xff\xd9")
EVERYBODY = (None, "opdc", "moi", "governor.70", "office.70", "district.7001", "chief.7001", "highways.70", "water.70",
             "town.70", "agency.70", "committee", "auditor", "admin", "citizen", "office.40", "district.4001")

# Where a case could stand; {…} is filled in from the case. A list is asked as widely as it may be.
REQUESTS = {
    "/api/v1/cases": ["?limit=200", "?q=" + urllib.parse.quote(NAME), "?province=70&limit=200", "?whose=assigned"],
    "/api/v1/cases/export": [f"?format={f}" for f in ("csv", "json", "xlsx")],
    "/api/v1/cases/search": ["?q=" + urllib.parse.quote(q) for q in (NAME, SURNAME, PHONE, "ไฟดับ")],
    "/api/v1/cases/{case_id}": [""],
    "/api/v1/cases/{case_id}/acts": [""],
    "/api/v1/cases/{case_id}/assignments/{assignment_id}/letter": [""],
    "/api/v1/cases/{case_id}/clocks": [""],
    "/api/v1/cases/{case_id}/files/{key}": [""],
    "/api/v1/cases/{case_id}/history": [""],
    "/api/v1/cases/{case_id}/print": [""],
    "/api/v1/cases/{case_id}/services": [""],
    "/api/v1/cases/{case_id}/slip": [""],
    "/api/v1/ledger/entries": ["?limit=200", "?subject_kind=case&subject_id={case_id}"],
    "/api/v1/service_centre/board": ["?area=70"],
    "/api/v1/service_centre/counter/day": ["?district=7001"],
    "/api/v1/service_centre/fees": ["?district=7001"],
    "/api/v1/service_centre/fees/file": ["?district=7001"],
    "/api/v1/service_centre/figures/{code}": [""],
    "/api/v1/service_centre/needs": ["?area=7001", "?case_id={case_id}"],
    "/api/v1/service_centre/needs/{need_id}": [""],
    "/api/v1/service_centre/province": ["?area=70"],
    "/api/v1/service_centre/queue": ["?district=7001"],
    "/api/v1/service_centre/recurring": ["?area=70"],
    "/api/v1/service_centre/report": ["?area=70&month={month}"],
    "/api/v1/service_centre/report/file": [f"?area=70&month={{month}}&format={f}" for f in ("xlsx", "pdf")],
    "/open311/v2/requests.json": ["?jurisdiction_id=7001", "?service_request_id={case_id}"],
    "/open311/v2/requests.xml": ["?jurisdiction_id=7001"],
    "/open311/v2/requests/{file}": [""],
}
NO_CASE_IN = {
    "/api/v1/service_centre/counter/free", "/api/v1/service_centre/counter/times", "/api/v1/service_centre/lists",
    "/api/v1/service_centre/services", "/api/v1/service_centre/services/{service}", "/open311/discovery.json",
    "/open311/discovery.xml", "/open311/v2/services.json", "/open311/v2/services.xml", "/open311/v2/services/{file}",
    "/open311/v2/tokens/{file}",
    # Asked by a ticket that only who holds the code gets.
    "/api/v1/service_centre/tickets/{ticket}/files/{key}",
}
COULD_HOLD_A_CASE = ("/api/v1/cases", "/api/v1/service_centre", "/open311", "/api/v1/ledger/entries")


def words_of(body):
    """What can be read in an answer: a sheet and a paper are opened first."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if body.startswith(b"%PDF"):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(body)
            file.flush()
            text = subprocess.run(["pdftotext", "-raw", file.name, "-"], capture_output=True, text=True, check=True).stdout
        return "".join(text.split())
    return body.decode("utf-8", "replace")


class SecretReporterTest(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.walk()

    @classmethod
    def act(cls, who, path, body=None, expected=200, **more):
        answer = cls.signed(who).post(path, body or {}, if_match="*", **more)
        assert answer.status == expected, (path, answer.status, answer.text)
        return answer.json

    @classmethod
    def report(cls, **more):
        body = {"title": "ไฟดับทั้งซอย", "detail": "มาสามวัน", "place": {"area": "700102", "given": "map",
                "position": {"latitude": "13.54", "longitude": "99.81"}}, "reporters": [
                {"type": "secret", "name": f"นาง{NAME} {SURNAME}", "phone": PHONE}]} | more
        answer = cls.server.client().post("/api/v1/service_centre/reports", body)
        assert answer.status == 201, answer.text
        return answer.json

    @classmethod
    def walk(cls):
        """A case from a phone through two agencies to its closing and back, joined to others and proposed as a need."""
        receipt = cls.report(client_id="01" + "S" * 24)
        cls.code, case_id = receipt["tracking_code"], receipt["case_id"]
        one, desk = f"/api/v1/cases/{case_id}", "district.7001"
        nobody = cls.server.client()
        ticket = nobody.post("/api/v1/service_centre/track", {"code": cls.code}).json["ticket"]
        nobody.put(f"/api/v1/service_centre/tickets/{ticket}/files/photo?name=a.jpg", body=JPEG, media_type="image/jpeg")
        cls.act(desk, f"{one}/screen")
        offices = {who: next(o["office_id"] for o in cls.signed(who).me["offices"]) for who in ("highways.70", "water.70")}
        made = cls.act(desk, f"{one}/assignments", {"office_id": offices["water.70"]})
        wrong = made["assignments"][-1]["assignment_id"]
        made = cls.act(desk, f"{one}/assignments", {"office_id": offices["highways.70"]})
        right = made["assignments"][-1]["assignment_id"]
        cls.act("water.70", f"{one}/assignments/{wrong}/return", {"reason_th": "ไม่ใช่หน้าที่"})
        cls.act("highways.70", f"{one}/assignments/{right}/accept")
        cls.act("highways.70", f"{one}/assignments/{right}/report", {"result_th": "ซ่อมแล้ว"})
        cls.act(desk, f"{one}/tell", {"text_th": "ซ่อมเสร็จแล้ว โปรดตรวจดู"})
        nobody.post("/api/v1/service_centre/confirm", {"code": cls.code, "text_th": "ใช้ได้แล้ว"})
        cls.act(desk, f"{one}/closing", {"ground": "citizen_word", "summary_th": "ซ่อมแล้ว"})
        cls.act("chief.7001", f"{one}/close")
        nobody.post("/api/v1/service_centre/reopen", {"code": cls.code, "text_th": "ดับอีก"})
        cls.act(desk, f"{one}/screen")
        other = cls.report(title="ไฟดับ", detail="ทั้งซอย")["case_id"]
        cls.act(desk, f"/api/v1/cases/{other}/merge", {"into": case_id, "reason_th": "เรื่องเดียวกัน"})
        alike = [cls.report(title="ไฟดับอีก")["case_id"] for _ in range(4)]
        category = cls.signed(desk).get(one).json["category"]
        need = cls.act(desk, "/api/v1/service_centre/needs", {
            "area": "700102", "category": category, "title": "เปลี่ยนสายไฟทั้งซอย", "cases": [case_id, *alike]}, 201)
        wait_for(lambda: cls.signed(desk).get("/api/v1/cases/search?q=" + urllib.parse.quote("ไฟดับ")).json["items"],
                 "the case is found")
        cls.values = {"case_id": case_id, "assignment_id": right, "key": "photo", "code": "7001", "file": f"{case_id}.json",
                      "need_id": need["need_id"], "month": today().strftime("%Y-%m")}

    def filled(self, path):
        for name, value in self.values.items():
            path = path.replace("{" + name + "}", value)
        return path

    def assert_secret(self, text, where):
        for word in (NAME, SURNAME, PHONE, PHONE[:3] + "-" + PHONE[3:6] + "-" + PHONE[6:], self.code):
            self.assertNotIn(word, text, where)

    def test_every_route_that_could_hold_a_case_is_looked_at_or_said_to_hold_none(self):
        with open(ROOT / "contracts/openapi.json", encoding="utf-8") as file:
            paths = json.load(file)["paths"]
        could = {path for path, methods in paths.items() if "get" in methods and path.startswith(COULD_HOLD_A_CASE)}
        self.assertEqual(could - set(REQUESTS) - NO_CASE_IN, set())
        self.assertEqual((set(REQUESTS)) - could, set(), "routes that are no more")

    def test_no_answer_to_anybody_names_who_reported(self):
        read = 0
        for who in EVERYBODY:
            client = self.signed(who) if who else self.nobody
            for path, queries in REQUESTS.items():
                for query in queries:
                    url = self.filled(path + query)
                    answer = client.get(url)
                    self.assertLess(answer.status, 500, url)
                    read += answer.status == 200
                    self.assert_secret(words_of(answer.body), f"{who} GET {url}")
        self.assertGreater(read, 200, "most of it was read, not refused")

    def test_the_acts_of_reading_that_are_asked_in_a_body_name_nobody(self):
        question = {"text": f"ไฟดับ {NAME}", "area": "700102"}
        for who in ("district.7001", "office.70"):
            answer = self.signed(who).post("/api/v1/cases/alike", question)
            self.assert_secret(answer.text, who)
        self.assert_secret(self.nobody.post("/api/v1/service_centre/alike", question).text, "nobody")
        self.assert_secret(self.nobody.post("/api/v1/service_centre/track", {"code": self.code}).text.replace(self.code, ""),
                           "who holds the code")

    def test_a_search_for_the_name_finds_nothing_that_another_name_would_not(self):
        for word in (NAME, SURNAME, PHONE):
            found = self.signed("district.7001").get("/api/v1/cases/search?q=" + urllib.parse.quote(word)).json["items"]
            self.assertNotIn(self.values["case_id"], [one["case_id"] for one in found])

    def test_neither_log_nor_ledger_nor_the_rest_of_the_record_holds_it(self):
        self.assert_secret(self.server.log(), "log")
        self.assert_secret(self.server.command("export", "ledger").stdout, "export of the ledger")
        for form in ("csv", "json"):
            self.assert_secret(self.server.command("export", "cases", "--format", form).stdout, f"export of cases, {form}")
        if self.server.postgres:
            return
        with sqlite3.connect(self.server.record) as record:
            tables = [name for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                if table == "case_reporter" or table.startswith(("search_term", "search_known")):
                    continue  # where it belongs; and the index, which search_document rebuilds
                self.assert_secret(str(record.execute(f'SELECT * FROM "{table}"').fetchall()), table)

    def test_revealing_alone_tells_it_to_the_centre_that_was_trusted(self):
        why = {"purpose": "protect_reporter", "reason_th": "มีผู้ข่มขู่"}
        path = f"/api/v1/cases/{self.values['case_id']}/reveal"
        for who in EVERYBODY:
            if who in ("district.7001", "chief.7001"):
                continue
            client = self.signed(who) if who else self.nobody
            answer = client.post(path, why, if_match="*")
            self.assertIn(answer.status, (401, 403), who)
            self.assert_secret(answer.text, who)
        told = self.signed("district.7001").post(path, why, if_match="*")
        self.assertIn(NAME, self.assert_status(told, 200).text)


if __name__ == "__main__":
    unittest.main()
