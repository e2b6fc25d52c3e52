"""Cases that come in from elsewhere: imports of registers, mail, LINE; and their way out as a table."""
import base64
import csv
import email.message
import email.policy
import hashlib
import hmac
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, Server, ServerTest  # noqa: E402

COMPLAINTS = ROOT.parent / "shared/data/complaints"
OWN = ["number", "received_at", "area", "kind", "category", "channel", "importance", "state", "title", "detail",
       "landmark", "latitude", "longitude", "settled_at"]
JPEG = (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9")
PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
SECRET = "channel-secret-of-a-test"


def own_row(**more):
    row = {"number": "OLD-1", "received_at": "2026-03-01T02:00:00.000Z", "area": "700101", "kind": "complaint",
           "category": "utilities", "channel": "walk_in", "importance": "ordinary", "state": "received",
           "title": "ถนนเป็นหลุม", "detail": "หน้าโรงเรียน", "latitude": "13.5", "longitude": "99.8"}
    return row | more


class WithFolder(ServerTest):
    def setUp(self):
        super().setUp()
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def sheet(self, rows, name="cases.csv", encoding="utf-8-sig", headings=None):
        path = self.folder / name
        with open(path, "w", encoding=encoding, newline="") as file:
            out = csv.DictWriter(file, headings or OWN, restval="")
            out.writeheader()
            out.writerows(rows)
        return path

    def imported(self, *words, **more):
        return self.server.command("import", *words, **more).stdout

    def cases(self, query=""):
        return self.signed("moi").all_items(f"/api/v1/cases{query}")

    def entries(self, act):
        return [e for e in self.signed("auditor").all_items("/api/v1/ledger/entries") if e["act"] == act]


class Imports(WithFolder):
    def test_a_preview_marks_every_wrong_cell_and_writes_nothing(self):
        wrong = [own_row(number="W-1", area="400101"), own_row(number="W-2", received_at="1 มี.ค. 69"),
                 own_row(number="W-3", category="nothing", latitude="200"), own_row(number="W-4", title="")]
        said = self.imported("cases", self.sheet(wrong + [own_row(number="W-5")]), "--district", "7001")
        for cell in ("cases!C2", "cases!B3", "cases!L4", "cases!I5"):
            self.assertIn(cell, said)
        self.assertIn("left out: 4", said)
        self.assertIn("nothing was written", said)
        self.assertFalse([c for c in self.cases("?district=7001") if c["title"].startswith("ถนนเป็นหลุม W")])

    def test_right_rows_come_in_once_with_one_entry_for_the_file(self):
        rows = [own_row(number=f"A-{i}", title=f"นำเข้า {i}") for i in range(30)]
        rows.append(own_row(number="A-bad", state="flying"))
        path = self.sheet(rows, "first.csv")
        said = self.imported("cases", path, "--district", "7001", "--commit")
        self.assertIn("30 new cases", said)
        self.assertIn("cases!H32".replace("cases", "first"), said)
        again = self.imported("cases", path, "--district", "7001", "--apply")
        self.assertIn("0 new cases, 30 were here already", again)
        mine = [c for c in self.cases("?district=7001") if c["title"].startswith("นำเข้า ")]
        self.assertEqual(len(mine), 30)
        self.assertEqual(len({c["number"] for c in mine}), 30)
        entry = [e for e in self.entries("case.import") if "first.csv" in json.dumps(e)]
        self.assertEqual(len(entry), 1)
        self.assertIn(hashlib.sha256(path.read_bytes()).hexdigest(), json.dumps(entry))
        self.assertIn('"cases": 30', json.dumps(entry).replace('\\"', '"').replace('":30', '": 30'))

    def test_an_import_needs_to_know_whose_cases_these_are(self):
        path = self.sheet([own_row()])
        for words in ((), ("--district", "70"), ("--province", "7001"), ("--district", "9999")):
            done = self.server.command("import", "cases", path, *words, check=False)
            self.assertEqual(done.returncode, 1, words)
            self.assertIn("--district CODE", done.stderr)
        other = self.sheet([{"a": "1"}], headings=["a", "b"])
        self.assertIn("layout", self.server.command("import", "cases", other, "--district", "7001", check=False).stderr)

    def test_an_export_has_nobody_in_it_and_can_be_imported_elsewhere(self):
        desk = self.signed("office.70")
        self.imported("cases", self.sheet([own_row(number="E-1", title="ส่งออกแล้วนำเข้า")]), "--district", "7001", "--apply")
        tables = {}
        for kind in ("csv", "json", "xlsx"):
            answer = self.assert_status(desk.get(f"/api/v1/cases/export?format={kind}&area=7001"), 200)
            tables[kind] = answer.body
            self.assertIn(f"cases.{kind}", answer.headers["Content-Disposition"])
        rows = list(csv.DictReader(io.StringIO(tables["csv"].decode("utf-8-sig"))))
        self.assertEqual({row["area"][:4] for row in rows}, {"7001"})
        self.assertEqual(len(rows), len(json.loads(tables["json"])))
        with zipfile.ZipFile(io.BytesIO(tables["xlsx"])) as book:
            self.assertIn("ส่งออกแล้วนำเข้า", book.read("xl/worksheets/sheet1.xml").decode())
        self.assertFalse({"name", "phone", "email", "citizen_id", "tracking_hash", "accused", "reporters"} & set(rows[0]))
        self.assertEqual(self.nobody.get("/api/v1/cases/export?format=csv").status, 401)
        for kind in ("csv", "xlsx"):
            path = self.folder / f"out.{kind}"
            path.write_bytes(tables[kind])
            with Server(demo=False) as other:
                said = other.command("import", "cases", path, "--province", "70", "--apply").stdout
                self.assertIn(f"{len(rows)} right", said)
                self.assertIn(f"{len(rows)} new cases", said)


@unittest.skipUnless(COMPLAINTS.exists(), "the registers of real provinces are not here")
class RealRegisters(WithFolder):
    options = {"demo": False}

    def test_a_damrongdhama_register_comes_in_whole(self):
        path = COMPLAINTS / "damrongdham_nongbualamphu_fy2569.csv"
        said = self.imported("cases", path, "--province", "39", "--apply")
        self.assertIn("82 rows of layout damrongdham, 82 right", said)
        self.assertIn("82 new cases", said)
        self.assertIn("0 new cases, 82 were here", self.imported("cases", path, "--province", "39", "--apply"))
        rows = json.loads(self.server.command("export", "cases", "--format", "json").stdout)
        self.assertEqual(len(rows), 82)
        self.assertEqual(sum(row["state"] == "closed" for row in rows), 50)
        self.assertEqual(min(row["received_at"] for row in rows)[:4], "2025")
        self.assertEqual({row["area"][:2] for row in rows}, {"39"})

    def test_citizens_reports_come_in_with_place_and_both_kinds_of_dates(self):
        for name, rows in (("traffy_bkk_2023_05.csv", 3484), ("traffy_bkk_2023_11_durations.csv", 2000)):
            said = self.imported("cases", COMPLAINTS / name, "--province", "10", "--apply")
            self.assertIn(f"{rows} rows of layout traffy", said)
            right = int(said.split(" rows of layout traffy, ")[1].split(" right")[0])
            self.assertGreater(right, rows * 0.9, said[-3000:])
            self.assertIn(f"{right} new cases", said)
        out = json.loads(self.server.command("export", "cases", "--format", "json", "--area", "10").stdout)
        placed = [row for row in out if row["latitude"]]
        self.assertGreater(len(placed), 4000)
        inside = sum(13 < float(r["latitude"]) < 15 and 100 < float(r["longitude"]) < 101 for r in placed)
        self.assertGreater(inside, len(placed) * 0.99)
        self.assertEqual({row["channel"] for row in out if row["category"] == "forest"}, {"traffy"})


class Line(WithFolder):
    @classmethod
    def setUpClass(cls):
        cls.config = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.config, ignore_errors=True)
        (cls.config / "line.json").write_text(json.dumps([{"district": "7001", "channel_secret": SECRET}]))
        cls.options = {"arguments": ["--line", str(cls.config / "line.json")]}
        super().setUpClass()

    number = 0

    def event(self, user, **message):
        Line.number += 1
        return {"type": "message", "mode": "active", "timestamp": 1462629479859, "source": {"type": "user", "userId": user},
                "webhookEventId": f"01EVENT{Line.number:08}", "deliveryContext": {"isRedelivery": False},
                "replyToken": "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA", "message": {"id": str(Line.number)} | message}

    def deliver(self, *events, signature=None, district="7001", secret=SECRET, body=None):
        body = body or json.dumps({"destination": "U0", "events": list(events)}, ensure_ascii=False).encode()
        made = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
        headers = {"X-Line-Signature": made if signature is None else signature}
        return self.nobody.request("POST", f"/channels/line/{district}", body=body, media_type="application/json", headers=headers)

    def outbox(self):
        return [json.loads(line) for line in self.server.command("outbox", "list", "line").stdout.splitlines()]

    def titled(self, title):
        return [c for c in self.cases("?district=7001&channel=line") if c["title"] == title]

    def test_a_conversation_becomes_one_case_and_its_sender_is_told(self):
        user = "U1111"
        place = {"type": "location", "title": "วัด", "address": "ถนนหนึ่ง", "latitude": 13.5367, "longitude": 99.8171}
        events = [self.event(user, type="text", text="ไฟทางดับ"), self.event(user, **place),
                  self.event(user, type="image"), self.event(user, type="text", text="มาสามวันแล้ว")]
        for event in events:
            self.assert_status(self.deliver(event), 200)
        self.assertFalse(self.titled("ไฟทางดับ"))
        end = self.event(user, type="text", text=" จบ ")
        self.assert_status(self.deliver(end), 200)
        case = self.signed("office.70").get(f"/api/v1/cases/{self.titled('ไฟทางดับ')[0]['case_id']}").json
        self.assertIn("มาสามวันแล้ว", case["detail"])
        self.assertIn("1 ภาพ", case["detail"])
        self.assertEqual(case["place"]["position"], {"latitude": "13.5367", "longitude": "99.8171"})
        for event in [*events, end]:  # LINE delivers again what it thinks was lost
            self.assert_status(self.deliver(event | {"deliveryContext": {"isRedelivery": True}}), 200)
        self.assertEqual(len(self.titled("ไฟทางดับ")), 1)
        told = [m for m in self.outbox() if m["recipient"] == user]
        self.assertEqual(len(told), 2)
        self.assertIn(case["number"], told[1]["text_th"])
        code = told[1]["text_th"].split("รหัสติดตาม ")[1].split()[0]
        self.assertEqual(self.nobody.post("/api/v1/service_centre/track", {"code": code}).json["number"], case["number"])
        self.server.command("outbox", "settle", told[0]["message_id"])
        self.server.command("outbox", "settle", told[1]["message_id"], "--failed")
        self.assertFalse([m for m in self.outbox() if m["recipient"] == user])
        self.assertEqual(self.server.command("outbox", "settle", told[0]["message_id"], check=False).returncode, 1)

    def test_nothing_is_read_of_what_is_not_signed_right(self):
        text = self.event("U2222", type="text", text="ปลอม"), self.event("U2222", type="text", text="จบ")
        right = self.deliver()
        self.assert_status(right, 200)
        for more in ({"signature": ""}, {"signature": "AAAA"}, {"secret": "another"},
                     {"signature": base64.b64encode(hmac.new(SECRET.encode(), b"other body", hashlib.sha256).digest()).decode()}):
            self.assert_problem(self.deliver(*text, **more), 403, "signature_wrong")
        self.assert_problem(self.deliver(*text, district="7002"), 404, "not_found")
        self.assertFalse(self.titled("ปลอม"))

    def test_odd_deliveries_do_no_harm(self):
        self.assertEqual(self.deliver(body=b"{").status, 400)
        self.assertEqual(self.deliver(body=b'{"events": 3}').status, 400)
        self.assertEqual(self.deliver(body=b'{"events": [3]}').status, 400)
        odd = [{}, {"type": "message"}, self.event("U3", type="sticker"), self.event("U3", type="text", text="\x00\x01"),
               self.event("U3", type="location", latitude="x", longitude=1e300), self.event("U3", type="text", text="จบ"),
               self.event("U" * 4000, type="text", text="x"), self.event("U3", type="text", text="ก" * 50_000),
               self.event("U3", type="text", text="ข") | {"mode": "standby"}]
        self.assert_status(self.deliver(*odd), 200)


class Mail(WithFolder):
    def message(self, subject="ร้องเรียนเรื่องน้ำประปา", text="น้ำไม่ไหลมาสองวัน", charset="utf-8", **more):
        out = email.message.EmailMessage(policy=email.policy.SMTP)
        out["From"] = more.get("sender", "สมหญิง ใจดี <somying@example.org>")
        out["To"] = "centre@example.go.th"
        out["Subject"] = subject
        out["Message-ID"] = more.get("message_id", f"<{hashlib.sha256((self.id() + subject).encode()).hexdigest()[:20]}@example.org>")
        out.set_content(text, charset=charset)
        for name, content, kind in more.get("files", ()):
            out.add_attachment(content, maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
        return out

    def file(self, content, name="m.eml"):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
        return path

    def taken(self, *files, district="7001"):
        return self.imported("mail", *files, "--district", district, "--apply")

    def case(self, title):
        found = [c for c in self.cases("?district=7001&channel=email") if c["title"] == title]
        self.assertEqual(len(found), 1, title)
        return self.signed("office.70").get(f"/api/v1/cases/{found[0]['case_id']}").json

    def test_a_message_becomes_a_case_with_its_files_once(self):
        files = [("ภาพ.jpg", JPEG, "image/jpeg"), ("หนังสือ.pdf", PDF, "application/pdf"), ("bad.exe", b"MZ", "application/x-dosexec"),
                 ("liar.jpg", b"<html>", "image/jpeg")]
        path = self.file(self.message(files=files))
        preview = self.imported("mail", path, "--district", "7001")
        self.assertIn("nothing was written", preview)
        self.assertIn("1 messages read, 1 taken", self.taken(path))
        self.taken(path)
        case = self.case("ร้องเรียนเรื่องน้ำประปา")
        self.assertIn("น้ำไม่ไหลมาสองวัน", case["detail"])
        self.assertIn("2 แฟ้มที่ระบบไม่รับ", case["detail"])
        self.assertEqual(sorted(f["media_type"] for f in case["files"]), ["application/pdf", "image/jpeg"])
        told = [json.loads(line) for line in self.server.command("outbox", "list", "mail").stdout.splitlines()]
        self.assertEqual([m["recipient"] for m in told if case["number"] in m["text_th"]], ["somying@example.org"])

    def test_thai_is_read_in_whatever_it_was_written(self):
        for charset in ("utf-8", "tis-620", "windows-874", "iso-8859-11"):
            title = f"เรื่องเขียนด้วย {charset}"
            plain = self.message(title, "ข้อความภาษาไทย")
            raw = plain.as_bytes()
            if charset != "utf-8":
                head = (f"From: {base64_word('สมชาย', charset)} <a@example.org>\r\nSubject: {base64_word(title, charset)}\r\n"
                        f"Message-ID: <{charset}@example.org>\r\nMIME-Version: 1.0\r\n"
                        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                raw = head.encode() + "ข้อความภาษาไทย\r\n".encode("cp874")
            self.taken(self.file(raw))
            self.assertEqual(self.case(title)["detail"], "ข้อความภาษาไทย")

    def test_old_mail_without_a_charset_is_read_as_thai(self):
        raw = ("From: a@example.org\r\nSubject: ".encode() + "หัวข้อดิบ".encode("cp874") + b"\r\nMessage-ID: <raw@x>\r\n\r\n"
               + "เนื้อความดิบ\r\n".encode("cp874"))
        self.taken(self.file(raw))
        self.assertEqual(self.case("หัวข้อดิบ")["detail"], "เนื้อความดิบ")

    def test_automatic_answers_and_what_is_no_mail_are_not_taken(self):
        bounce = self.message("ไม่อยู่")
        bounce["Auto-Submitted"] = "auto-replied"
        said = self.taken(self.file(bounce, "a.eml"), self.file(b"\x00\x01 nothing", "b.eml"), self.file(b"", "c.eml"))
        self.assertIn("a.eml: not taken", said)
        self.assertIn("3 messages read, 0 taken", said)

    def test_hostile_mail_is_read_as_far_as_it_can_be(self):
        deep = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 300 + b"\r\nend"
        bomb = self.message("ระเบิด", "x" * 400_000, message_id="<bomb@x>").as_bytes()
        many = b"From: a@x.org\r\nSubject: many\r\nMessage-ID: <many@x>\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n" \
            + b"--q\r\nContent-Type: image/jpeg\r\n\r\n" * 5000
        said = self.taken(*(self.file(raw, f"{i}.eml") for i, raw in enumerate(
            (b"From: a@x.org\r\nSubject: deep\r\nMessage-ID: <deep@x>\r\n" + deep, bomb, many))))
        self.assertIn("3 messages read", said)
        self.assertLessEqual(len(self.case("ระเบิด")["detail"]), 8000)

    def test_a_maildir_into_which_a_delivery_agent_delivered_is_emptied_once(self):
        if not shutil.which("maildrop"):
            self.skipTest("maildrop is not installed")
        box = self.folder / "Maildir"
        for name in ("new", "cur", "tmp"):
            (box / name).mkdir(parents=True)
        rules = self.folder / "rules"
        rules.write_text(f'to "{box}"\n')
        rules.chmod(0o600)
        for i in range(3):
            subprocess.run(["maildrop", str(rules)], input=self.message(f"ส่งถึงตู้ {i}").as_bytes().replace(b"\r\n", b"\n"),
                           check=True, timeout=30)
        self.assertEqual(len(list((box / "new").iterdir())), 3)
        self.assertIn("3 messages read, 3 taken", self.taken(box))
        self.assertEqual(list((box / "new").iterdir()), [])
        self.assertEqual([p.name.endswith(":2,S") for p in (box / "cur").iterdir()], [True] * 3)
        self.assertIn("0 messages read", self.taken(box))
        for i in range(3):
            self.case(f"ส่งถึงตู้ {i}")


def base64_word(text, charset):
    return f"=?{charset}?B?{base64.b64encode(text.encode('cp874')).decode()}?="


if __name__ == "__main__":
    unittest.main()
