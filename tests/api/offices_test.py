"""Persons, offices and their holders, as an administrator and a province manage them over HTTP and by commands."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

NEW_PASSWORD = "ม้าขาวสี่ตัวข้ามแม่น้ำ"


class OfficesTest(ServerTest):
    numbers = iter(range(1, 1000))

    def setUp(self):
        super().setUp()
        self.admin = self.signed("admin")

    def refused(self, answer, code, status=None):
        """The answer is a problem with that code, or with a field of that code."""
        self.assertGreaterEqual(answer.status, 400, answer)
        codes = [answer.code] + [field["code"] for field in answer.json["fields"]]
        self.assertIn(code, codes, answer)
        for field in answer.json["fields"]:
            self.assertTrue(field["th"] and field["en"], field)
        if status:
            self.assertEqual(answer.status, status, answer)

    def new_person(self, **more):
        username = f"person.{next(self.numbers)}"
        answer = self.admin.post("/api/v1/persons", {
            "username": username, "name_th": "บุคคลทดสอบ", "name_en": "Test Person", "provider_only": False} | more)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def new_office(self, role="governor", area="71"):
        answer = self.admin.post("/api/v1/offices", {
            "role": role, "area": area, "title_th": "ตำแหน่งทดสอบ", "title_en": "Test office"})
        self.assertEqual(answer.status, 201, answer)
        return answer.json["office_id"]

    def begin(self, office, username, client=None, **more):
        return (client or self.admin).post(f"/api/v1/offices/{office}/holdings", {
            "username": username, "acting": False, "from_date": str(today())} | more)

    def office(self, office):
        return self.admin.get(f"/api/v1/offices/{office}")

    def change(self, office, holding, act, body, client=None):
        return (client or self.admin).post(f"/api/v1/holdings/{holding}/{act}", body,
                                           if_match=self.office(office).header("ETag"))

    def on_person(self, method, person, path, body=None):
        etag = self.admin.get(f"/api/v1/persons/{person}").header("ETag")
        return self.admin.request(method, f"/api/v1/persons/{person}/{path}", body, if_match=etag)


class Persons(OfficesTest):
    def test_a_new_person_chooses_a_password_before_anything_else(self):
        made = self.new_person()
        self.assertRegex(made["one_time_password"], r"^[a-z2-7]{4}(-[a-z2-7]{4}){3}$")
        self.begin(self.new_office("opdc", None), made["username"])
        person = self.server.client().sign_in(made["username"], made["one_time_password"])
        self.assertTrue(person.me["one_time_password"])
        self.assertEqual(person.me["offices"], [])
        self.refused(person.get("/api/v1/ledger/entries"), "forbidden", 403)
        changed = person.post("/api/v1/me/password",
                              {"old_password": made["one_time_password"], "new_password": NEW_PASSWORD})
        self.assertEqual(changed.status, 204, changed)
        me = person.get("/api/v1/session").json
        self.assertFalse(me["one_time_password"])
        self.assertEqual([office["role"] for office in me["offices"]], ["opdc"])
        self.assertEqual(person.get("/api/v1/ledger/entries").status, 200)

    def test_a_password_is_never_answered_twice(self):
        key = {"username": "once.only", "name_th": "ก", "name_en": "A", "provider_only": False}
        self.assertEqual(self.admin.post("/api/v1/persons", key, key="the-same").status, 201)
        self.refused(self.admin.post("/api/v1/persons", key, key="the-same"), "taken", 422)

    def test_lock_reset_and_unlock_end_sessions_at_once(self):
        made = self.new_person()
        for path, refused_with in (("lock", "sign_in_failed"), ("password", "sign_in_failed")):
            with self.subTest(path):
                if path == "password":
                    self.assertEqual(self.on_person("POST", made["person_id"], "unlock").status, 204)
                session = self.server.client().sign_in(made["username"], made["one_time_password"])
                self.assertIn(self.on_person("POST", made["person_id"], path).status, (200, 204))
                self.refused(session.get("/api/v1/session"), "sign_in_required", 401)
                again = self.server.client().try_sign_in(made["username"], made["one_time_password"])
                self.refused(again, refused_with, 401)

    def test_a_lost_telephone_is_helped_and_the_thief_is_out(self):
        made = self.new_person()
        client = self.server.client().sign_in(made["username"], made["one_time_password"])
        self.assertEqual(client.post("/api/v1/me/second_factor", {}).status, 200)
        self.assertEqual(self.on_person("DELETE", made["person_id"], "second_factor").status, 204)
        self.refused(client.get("/api/v1/session"), "sign_in_required", 401)
        self.refused(self.on_person("DELETE", made["person_id"], "second_factor"), "wrong_state", 409)

    def test_a_change_needs_the_version_that_was_seen(self):
        made = self.new_person()
        path = f"/api/v1/persons/{made['person_id']}"
        self.refused(self.admin.post(path + "/lock", {}), "if_match_required", 428)
        etag = self.admin.get(path).header("ETag")
        self.assertEqual(self.admin.post(path + "/lock", {}, if_match=etag).status, 204)
        self.refused(self.admin.post(path + "/unlock", {}, if_match=etag), "changed_meanwhile", 412)

    def test_lists_hold_no_secret_and_are_found_by_name(self):
        made = self.new_person(name_th="พิมพ์พิศา ทดสอบ")
        answer = self.admin.get("/api/v1/persons?search=%E0%B8%9E%E0%B8%B4%E0%B8%A1%E0%B8%9E%E0%B9%8C%E0%B8%9E")
        self.assertEqual([each["username"] for each in answer.json["items"]], [made["username"]])
        detail = self.admin.get(f"/api/v1/persons/{made['person_id']}").text
        for secret in ("argon2", made["one_time_password"], "subject", "totp"):
            self.assertNotIn(secret, answer.text + detail)

    def test_the_own_account_has_its_own_page(self):
        self.refused(self.on_person("POST", self.admin.me["person_id"], "password"), "own_account_only", 409)

    def test_an_unknown_provider_is_not_linked(self):
        made = self.new_person()
        self.refused(self.on_person("POST", made["person_id"], "providers", {"provider": "thaid", "subject": "1"}),
                     "unknown_provider", 422)


class Holders(OfficesTest):
    def test_an_office_changes_hands_and_its_history_says_how(self):
        office, one, two = self.new_office(), self.new_person(), self.new_person()
        first = self.begin(office, one["username"], from_date="2025-10-01", order_reference="คำสั่งที่ 1/2568")
        self.assertEqual(first.status, 201, first)
        self.refused(self.begin(office, two["username"], from_date="2026-01-01"), "occupied", 422)
        acting = self.begin(office, two["username"], from_date="2026-01-01", to_date="2026-01-31", acting=True,
                            ground="holder_unable")
        self.assertEqual(acting.status, 201, acting)
        holding = first.json["holding_id"]
        self.refused(self.change(office, holding, "end", {"last_day": "2026-01-15", "reason": "ย้าย"}),
                     "acting_depends", 422)
        ended = self.change(office, holding, "end", {"last_day": "2026-09-30", "reason": "เกษียณอายุ"})
        self.assertEqual(ended.status, 200, ended)
        corrected = self.change(office, holding, "correct",
                                {"from_date": "2025-10-02", "to_date": "2026-09-30", "reason": "พิมพ์ผิด"})
        self.assertEqual(corrected.status, 200, corrected)
        self.assertEqual([(h["acting"], h["from_date"], h["to_date"]) for h in corrected.json["holdings"]],
                         [(True, "2026-01-01", "2026-01-31"), (False, "2025-10-02", "2026-09-30")])
        self.assertEqual([(c["kind"], c["from_date"], c["reason"]) for c in corrected.json["changes"]],
                         [("corrected", "2025-10-02", "พิมพ์ผิด"), ("ended", "2025-10-01", "เกษียณอายุ"),
                          ("begun", "2026-01-01", None), ("begun", "2025-10-01", None)])
        self.assertEqual(self.begin(office, two["username"], from_date="2026-10-01").status, 201)

    def test_a_withdrawn_entry_counts_no_more_and_is_kept(self):
        office, person = self.new_office(), self.new_person()
        holding = self.begin(office, person["username"]).json["holding_id"]
        after = self.change(office, holding, "withdraw", {"reason": "ผิดคน"})
        self.assertEqual(after.status, 200, after)
        self.assertEqual(after.json["holdings"], [])
        self.assertEqual([c["kind"] for c in after.json["changes"]], ["withdrawn", "begun"])
        self.assertEqual(self.admin.get(f"/api/v1/persons/{person['person_id']}").json["offices"], [])

    def test_the_same_recording_sent_twice_is_recorded_once(self):
        office, person = self.new_office(), self.new_person()
        body = {"username": person["username"], "acting": False, "from_date": str(today())}
        path = f"/api/v1/offices/{office}/holdings"
        one, two = (self.admin.post(path, body, key="same-holding") for _ in range(2))
        self.assertEqual((one.status, two.status), (201, 201), two)
        self.assertEqual(one.json["holding_id"], two.json["holding_id"])
        self.assertEqual(len(self.office(office).json["holdings"]), 1)

    def test_the_last_administrator_stays(self):
        [mine] = self.admin.me["offices"]
        holding = self.office(mine["office_id"]).json["holdings"][0]["holding_id"]
        self.refused(self.change(mine["office_id"], holding, "end", {"last_day": str(today()), "reason": "ลาออก"}),
                     "last_administrator", 409)

    def test_nobody_gives_themselves_an_office(self):
        self.refused(self.begin(self.new_office(), "admin"), "forbidden", 403)
        [mine] = self.admin.me["offices"]
        holding = self.office(mine["office_id"]).json["holdings"][0]["holding_id"]
        self.refused(self.change(mine["office_id"], holding, "correct", {"from_date": "2019-01-01", "reason": "x"}),
                     "forbidden", 403)

    def test_a_province_sees_its_own_offices_and_records_holders_of_its_districts_only(self):
        office70 = self.signed("office.70")
        areas = {each["area"][:2] for each in office70.all_items("/api/v1/offices")}
        self.assertEqual(areas, {"70"})
        district, governor, person = self.new_office("district", "7002"), self.new_office("governor", "70"), self.new_person()
        self.assertTrue(office70.get(f"/api/v1/offices/{district}").json["may_record"])
        self.assertFalse(office70.get(f"/api/v1/offices/{governor}").json["may_record"])
        self.refused(self.begin(governor, person["username"], office70), "forbidden", 403)
        self.refused(self.begin(district, "office.70", office70), "forbidden", 403)
        self.refused(self.begin(self.new_office("district", "4002"), person["username"], office70), "forbidden", 403)
        self.refused(self.begin(district, "nobody.at.all", office70), "unknown_person", 422)
        self.assertEqual(self.begin(district, person["username"], office70).status, 201)
        self.refused(office70.get(f"/api/v1/persons/{person['person_id']}"), "forbidden", 403)

    def test_wrong_offices_are_refused_with_the_field(self):
        for role, area, code in (("governor", "7001", "wrong_area"), ("opdc", "70", "wrong_area"),
                                 ("district", "9999", "unknown_area")):
            with self.subTest(role):
                self.refused(self.admin.post("/api/v1/offices", {"role": role, "area": area, "title_th": "ก",
                                                                 "title_en": "A"}), code, 422)

    def test_the_ledger_holds_the_act_and_nobodys_name(self):
        office, person = self.new_office(area="72"), self.new_person(name_en="Unmistakable Name")
        holding = self.begin(office, person["username"]).json["holding_id"]
        self.change(office, holding, "withdraw", {"reason": "เหตุผลที่จำได้"})
        entries = self.signed("auditor").all_items("/api/v1/ledger/entries")
        mine = [entry for entry in entries if entry["subject_id"] == holding]
        self.assertEqual([entry["act"] for entry in mine], ["identity.hold_office", "identity.withdraw_holding"])
        for entry in mine:
            self.assertEqual(entry["province"], "72")
            self.assertIn("identity.record_holders", json.dumps(entry["authority"]))
        self.assertNotIn("Unmistakable", json.dumps(entries))
        self.assertNotIn("เหตุผลที่จำได้", json.dumps(entries, ensure_ascii=False))


class Commands(OfficesTest):
    """What an operator does beside a running server."""

    def user(self, *words, **more):
        return self.server.command("user", *words, **more)

    def test_an_office_is_added_held_and_left(self):
        office = self.user("office", "add", "--role", "district", "--area", "7003", "--title-th", "นายอำเภอทดสอบ",
                           "--title-en", "Test district chief").stdout.strip()
        self.user("add", "op.one", "--name-th", "หนึ่ง", "--name-en", "One", stdin=NEW_PASSWORD + "\n")
        holding = self.user("hold", "op.one", "--office", office, "--from", "2026-01-01", "--order", "คำสั่งที่ 7").stdout.strip()
        listed = [json.loads(line) for line in self.user("office", "list", "--area", "7003", "--json").stdout.splitlines()]
        self.assertEqual([(each["office_id"], each["holders"][0]["holding_id"]) for each in listed], [(office, holding)])
        [person] = [json.loads(line) for line in self.user("list", "--search", "op.one", "--json").stdout.splitlines()]
        self.assertEqual(person["offices"][0]["holding_id"], holding)
        self.assertIn(holding, self.user("list", "--search", "op.one").stdout)
        self.assertIn("2026-09-30", self.user("end", holding, "--last-day", "2026-09-30", "--reason", "ย้าย").stdout)
        self.user("hold", "op.one", "--office", office, "--from", "2026-10-01", "--acting", "vacant")
        history = self.office(office).json
        self.assertEqual([(h["acting"], h["ground"]) for h in history["holdings"]], [(True, "vacant"), (False, None)])
        self.assertEqual([c["reason"] for c in history["changes"]], [None, "ย้าย", None])

    def test_what_is_wrong_is_said_and_nothing_is_done(self):
        for words, said in ((("hold", "admin", "--office", "x"), "not usable as the id"),
                            (("hold", "nobody", "--office", "x"), "there is no account"),
                            (("office", "add", "--role", "king", "--title-th", "ก", "--title-en", "A"), "unknown role"),
                            (("office", "add", "--role", "governor", "--title-th", "ก", "--title-en", "A"), "province"),
                            (("end", "x"), "not usable as the id"), (("unlock", "nobody"), "there is no account")):
            with self.subTest(words):
                done = self.user(*words, check=False)
                self.assertEqual(done.returncode, 1, done)
                self.assertIn(said, done.stderr)

    def test_the_last_administrator_stays_here_too(self):
        [admin] = [json.loads(line) for line in self.user("list", "--search", "admin", "--json").stdout.splitlines()]
        done = self.user("end", admin["offices"][0]["holding_id"], check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn("without an administrator", done.stderr)

    def test_a_lock_is_ended(self):
        made = self.new_person()
        self.on_person("POST", made["person_id"], "lock")
        self.assertIn(made["username"], self.user("list", "--locked").stdout)
        self.user("unlock", made["username"])
        self.assertNotIn(made["username"], self.user("list", "--locked").stdout)

    def test_a_provider_is_linked_by_its_subject_on_standard_input(self):
        made = self.new_person()
        self.user("link", made["username"], "--provider", "thaid", stdin="subject-of-test\n")
        detail = self.admin.get(f"/api/v1/persons/{made['person_id']}")
        self.assertEqual([each["provider"] for each in detail.json["providers"]], ["thaid"])
        self.assertNotIn("subject-of-test", detail.text)

    def test_help_tells_how(self):
        text = self.user("--help").stdout
        for word in ("list", "office", "hold", "end", "link", "unlock", "Examples:"):
            self.assertIn(word, text)


if __name__ == "__main__":
    unittest.main()
