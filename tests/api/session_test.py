"""Signing in and out, lockout, CSRF, sessions, the second factor, API tokens, demonstration accounts."""
import base64
import datetime
import hashlib
import hmac
import pathlib
import struct
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import DEMO_PASSWORD, SESSION_COOKIE, Client, Server, ServerTest, today  # noqa: E402

PASSWORD = "ข้าวเหนียวมะม่วง 2569"


def totp(secret_base32, at=None):
    """The one-time password of RFC 6238 at a time, computed without the program."""
    secret = base64.b32decode(secret_base32 + "=" * (-len(secret_base32) % 8))
    counter = int((time.time() if at is None else at) // 30)
    digest = hmac.new(secret, struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


class PersonTest(ServerTest):
    """Each test has a person of its own: sign-ins of one account are rationed."""

    def new_person(self, role=None, area=None):
        username = f"person{self.next_number()}"
        words = ["user", "add", username, "--name-th", "ผู้ทดสอบ", "--name-en", "Tester"]
        if role:
            words += ["--role", role] + (["--area", area] if area else [])
        self.server.command(*words, stdin=PASSWORD + "\n")
        return username

    def client(self, **more):
        client = self.server.client(**more)
        self.addCleanup(client.close)
        return client

    def signed_in(self, username, **more):
        return self.client().sign_in(username, PASSWORD, **more)


class SigningIn(PersonTest):
    def test_a_person_signs_in_and_is_told_who_they_are(self):
        client = self.signed_in(self.new_person("provincial_office", "70"))
        me = client.get("/api/v1/session").json
        self.assertEqual(me, client.me)
        self.assertEqual((me["name_th"], me["name_en"], me["second_factor"], me["demonstration"]),
                         ("ผู้ทดสอบ", "Tester", False, False))
        self.assertEqual([(o["role"], o["area"]) for o in me["offices"]], [("provincial_office", "70")])

    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self):
        answer = self.client().post("/api/v1/session", {"username": self.new_person(), "password": PASSWORD})
        cookie = answer.header("Set-Cookie")
        self.assertTrue(cookie.startswith(SESSION_COOKIE + "="))
        for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(part, cookie)

    def test_the_user_name_is_taken_in_any_case_of_letters(self):
        self.signed_in(self.new_person().upper())

    def test_a_wrong_password_and_an_unknown_name_are_answered_alike(self):
        wrong = self.client().try_sign_in(self.new_person(), "not the password")
        unknown = self.client().try_sign_in("nobody-at-all", "not the password")
        self.assert_problem(wrong, 401, "sign_in_failed")
        self.assert_problem(unknown, 401, "sign_in_failed")
        self.assertEqual(wrong.json["message"], unknown.json["message"])
        self.assertIsNone(wrong.header("Set-Cookie"))

    def test_five_wrong_passwords_lock_the_account_for_the_right_one_too(self):
        username = self.new_person()
        for _ in range(5):
            self.assert_problem(self.client().try_sign_in(username, "guess"), 401, "sign_in_failed")
        self.assert_problem(self.client().try_sign_in(username, PASSWORD), 401, "sign_in_failed")
        self.signed_in(self.new_person())  # others are not concerned

    def test_guesses_without_end_are_rationed_and_told_when_to_come_again(self):
        username = self.new_person()
        answers = [self.client().try_sign_in(username, "guess") for _ in range(12)]
        refused = [a for a in answers if a.status == 429]
        self.assertTrue(refused)
        self.assertGreater(int(refused[0].header("Retry-After")), 0)

    def test_an_operator_sets_a_new_password_which_unlocks_and_ends_sessions(self):
        username = self.new_person()
        open_session = self.signed_in(username)
        for _ in range(5):
            self.client().try_sign_in(username, "guess")
        self.server.command("user", "password", username, stdin="another long password\n")
        self.client().sign_in(username, "another long password")
        # The record knows no session but the new one; the running program may remember the old one
        # for up to a minute, but has nothing to tell it.
        self.assertEqual(open_session.get("/api/v1/session").status, 401)

    def test_signing_out_ends_the_session_on_the_server(self):
        client = self.signed_in(self.new_person())
        stolen = dict(client.cookies)
        self.assert_status(client.delete("/api/v1/session"), 204)
        self.assertEqual(client.cookies, {})
        client.cookies = stolen
        self.assert_problem(client.get("/api/v1/session"), 401, "sign_in_required")

    def test_a_made_up_cookie_opens_nothing(self):
        for value in ("", "x", "A" * 43, "A" * 4000, "%00" * 14 + "A"):
            client = self.client()
            client.cookies = {SESSION_COOKIE: value}
            self.assert_problem(client.get("/api/v1/session"), 401, "sign_in_required")


class CrossSite(PersonTest):
    """What another site's page could make a signed-in browser send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_person(cls("new_person"))

    def setUp(self):
        super().setUp()
        if "own" not in self.server.signed_in:
            self.server.signed_in["own"] = self.server.client().sign_in(self.person, PASSWORD)
        self.own = self.server.signed_in["own"]

    token = {"name": "t", "scopes": ["read"], "expires_on": str(today())}

    def test_a_change_without_the_token_of_the_page_is_refused(self):
        self.assert_problem(self.own.post("/api/v1/me/tokens", self.token, csrf=False), 403, "csrf_token_wrong")
        self.assert_problem(self.own.delete("/api/v1/session", csrf=False), 403, "csrf_token_wrong")

    def test_a_change_with_the_token_of_another_session_is_refused(self):
        other = self.client().sign_in(self.person, PASSWORD)
        for wrong in (other.csrf, self.own.csrf[:-1], "x", self.own.csrf + "A"):
            answer = self.own.post("/api/v1/me/tokens", self.token, headers={"X-CSRF-Token": wrong})
            self.assert_problem(answer, 403, "csrf_token_wrong")

    def test_a_change_that_another_site_sends_is_refused_even_with_the_token(self):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Origin": "https://evil.example"}, {"Origin": "null"}):
            with self.subTest(headers):
                answer = self.own.post("/api/v1/me/tokens", self.token, headers=headers)
                self.assert_problem(answer, 403, "cross_site_request")

    def test_signing_in_from_another_sites_page_is_refused(self):
        answer = self.client().post("/api/v1/session", {"username": self.person, "password": PASSWORD},
                                    headers={"Sec-Fetch-Site": "cross-site"})
        self.assert_problem(answer, 403, "cross_site_request")

    def test_reading_needs_no_token(self):
        self.assert_status(self.own.get("/api/v1/me/tokens"), 200)


class OwnSessions(PersonTest):
    def test_a_person_sees_where_they_are_signed_in_and_ends_one(self):
        username = self.new_person()
        here, there = self.signed_in(username), self.signed_in(username)
        sessions = here.get("/api/v1/me/sessions").json["items"]
        self.assertEqual(len(sessions), 2)
        self.assertEqual([s["current"] for s in sessions].count(True), 1)
        self.assertTrue(all(s["address"] == "127.0.0.1" for s in sessions))
        other = next(s["session_id"] for s in sessions if not s["current"])
        self.assert_status(here.delete(f"/api/v1/me/sessions/{other}"), 204)
        self.assert_problem(there.get("/api/v1/session"), 401, "sign_in_required")
        self.assert_status(here.get("/api/v1/session"), 200)

    def test_nobody_ends_the_session_of_another(self):
        mine, theirs = self.signed_in(self.new_person()), self.signed_in(self.new_person())
        theirs_id = theirs.get("/api/v1/me/sessions").json["items"][0]["session_id"]
        self.assert_problem(mine.delete(f"/api/v1/me/sessions/{theirs_id}"), 404, "not_found")
        self.assert_status(theirs.get("/api/v1/session"), 200)

    def test_changing_the_password_ends_the_other_sessions(self):
        username = self.new_person()
        here, there = self.signed_in(username), self.signed_in(username)
        change = {"old_password": PASSWORD, "new_password": "ทุเรียนหมอนทอง 2570"}
        wrong = here.post("/api/v1/me/password", change | {"old_password": "guess"})
        self.assertEqual(self.assert_problem(wrong, 422, "invalid_input")["fields"][0]["pointer"], "/old_password")
        self.assert_status(here.post("/api/v1/me/password", change), 204)
        self.assert_problem(there.get("/api/v1/session"), 401, "sign_in_required")
        self.assert_status(here.get("/api/v1/session"), 200)
        self.assert_problem(self.client().try_sign_in(username, PASSWORD), 401, "sign_in_failed")
        self.client().sign_in(username, change["new_password"])

    def test_a_password_that_is_soon_guessed_is_not_taken(self):
        username = self.new_person()
        client = self.signed_in(username)
        for weak in ("short", "123456789012", username):
            with self.subTest(weak):
                answer = client.post("/api/v1/me/password", {"old_password": PASSWORD, "new_password": weak})
                problem = self.assert_problem(answer, 422, "invalid_input")
                self.assertEqual(problem["fields"][0]["pointer"], "/new_password")


class SecondFactor(PersonTest):
    def enrolled(self):
        """A person with a second factor whose code of an earlier step turned it on."""
        username = self.new_person()
        client = self.signed_in(username)
        factor = self.assert_status(client.post("/api/v1/me/second_factor"), 200).json
        # The code of the step before is still good, and leaves the present one for signing in.
        first = totp(factor["secret"], time.time() - 30)
        self.assert_status(client.post("/api/v1/me/second_factor/confirm", {"code": first}), 204)
        return username, factor, client

    def test_the_secret_is_told_as_a_link_that_authenticators_read(self):
        client = self.signed_in(self.new_person())
        factor = client.post("/api/v1/me/second_factor").json
        link = urllib.parse.urlsplit(factor["otpauth_uri"])
        self.assertEqual((link.scheme, link.netloc), ("otpauth", "totp"))
        self.assertEqual(urllib.parse.parse_qs(link.query)["secret"], [factor["secret"]])
        self.assertEqual(len(factor["recovery_codes"]), 10)

    def test_nothing_changes_until_the_first_code_is_right(self):
        username = self.new_person()
        client = self.signed_in(username)
        factor = client.post("/api/v1/me/second_factor").json
        right = totp(factor["secret"])
        wrong = str((int(right) + 1) % 1_000_000).zfill(6)
        answer = client.post("/api/v1/me/second_factor/confirm", {"code": wrong})
        self.assertEqual(self.assert_problem(answer, 422, "invalid_input")["fields"][0]["pointer"], "/code")
        self.signed_in(username)

    def test_signing_in_takes_a_code_and_each_code_once(self):
        username, factor, _ = self.enrolled()
        self.assert_problem(self.client().try_sign_in(username, PASSWORD), 401, "second_factor_required")
        code = totp(factor["secret"])
        self.client().sign_in(username, PASSWORD, code)
        again = self.client().try_sign_in(username, PASSWORD, code)
        self.assert_problem(again, 401, "second_factor_required")
        self.assertIsNone(again.header("Set-Cookie"))

    def test_a_wrong_password_with_a_right_code_says_nothing_of_the_code(self):
        username, factor, _ = self.enrolled()
        answer = self.client().try_sign_in(username, "guess", totp(factor["secret"]))
        self.assert_problem(answer, 401, "sign_in_failed")

    def test_a_recovery_code_is_good_once(self):
        username, factor, _ = self.enrolled()
        code = factor["recovery_codes"][3].upper()
        self.client().sign_in(username, PASSWORD, code)
        self.assert_problem(self.client().try_sign_in(username, PASSWORD, code), 401, "second_factor_required")

    def test_it_can_be_turned_off_by_who_signed_in_lately(self):
        username, _, client = self.enrolled()
        self.assertTrue(client.get("/api/v1/session").json["second_factor"])
        self.assert_status(client.delete("/api/v1/me/second_factor"), 204)
        self.signed_in(username)

    def test_a_second_one_is_not_begun_over_the_first(self):
        _, _, client = self.enrolled()
        self.assert_problem(client.post("/api/v1/me/second_factor"), 409, "wrong_state")


class Tokens(PersonTest):
    def new_token(self, client, scopes, days=30):
        wanted = {"name": "a sheet", "scopes": scopes, "expires_on": str(today() + datetime.timedelta(days=days))}
        return self.assert_status(client.post("/api/v1/me/tokens", wanted), 201).json

    def test_a_token_is_listed_without_its_secret_and_works_until_it_is_deleted(self):
        client = self.signed_in(self.new_person())
        issued = self.new_token(client, ["read"])
        listed = client.get("/api/v1/me/tokens").json["items"]
        self.assertEqual([t["token_id"] for t in listed], [issued["token_id"]])
        self.assertNotIn("secret", listed[0])
        by_token = self.client(token=issued["secret"])
        self.assertEqual(by_token.get("/api/v1/session").json["username"], client.me["username"])
        self.assert_status(client.delete(f"/api/v1/me/tokens/{issued['token_id']}"), 204)
        self.assert_problem(by_token.get("/api/v1/session"), 401, "token_refused")

    def test_a_token_does_what_its_scopes_say(self):
        client = self.signed_in(self.new_person("opdc"))
        reader = self.client(token=self.new_token(client, ["read"])["secret"])
        writer = self.client(token=self.new_token(client, ["write"])["secret"])
        both = self.client(token=self.new_token(client, ["read", "write"])["secret"])
        self.assert_status(reader.get("/api/v1/ledger/entries"), 200)
        self.assert_problem(reader.post("/api/v1/meetings", self.new_meeting()), 403, "scope_missing")
        self.assert_problem(writer.get("/api/v1/ledger/entries"), 403, "scope_missing")
        self.assert_status(writer.post("/api/v1/meetings", self.new_meeting()), 201)
        self.assert_status(both.post("/api/v1/meetings", self.new_meeting()), 201)

    def test_a_token_cannot_touch_the_account_it_was_lent_by(self):
        client = self.signed_in(self.new_person())
        lent = self.client(token=self.new_token(client, ["read", "write"])["secret"])
        more = {"name": "more", "scopes": ["write"], "expires_on": str(today())}
        for answer in (lent.post("/api/v1/me/tokens", more), lent.post("/api/v1/me/second_factor"),
                       lent.post("/api/v1/me/password", {"old_password": PASSWORD, "new_password": "x" * 20}),
                       lent.get("/api/v1/me/tokens")):
            self.assert_problem(answer, 403, "session_required")

    def test_a_token_says_when_it_ends_and_does_not_outlive_a_year(self):
        client = self.signed_in(self.new_person())
        for days, scopes in ((-1, ["read"]), (400, ["read"]), (10, []), (10, ["admin"])):
            with self.subTest((days, scopes)):
                wanted = {"name": "t", "scopes": scopes, "expires_on": str(today() + datetime.timedelta(days=days))}
                self.assertEqual(client.post("/api/v1/me/tokens", wanted).status, 422)

    def test_a_made_up_token_is_refused_on_public_addresses_too(self):
        for token in ("x", "cwt_" + "A" * 43):
            with self.subTest(token):
                answer = self.nobody.get("/api/v1/areas/70", headers={"Authorization": f"Bearer {token}"})
                self.assert_problem(answer, 401, "token_refused")

    def test_the_secret_is_not_kept_under_an_idempotency_key(self):
        client = self.signed_in(self.new_person())
        wanted = {"name": "t", "scopes": ["read"], "expires_on": str(today())}
        secrets = [client.post("/api/v1/me/tokens", wanted, key="same").json["secret"] for _ in range(2)]
        self.assertEqual(len(set(secrets)), 2)

    def test_another_persons_token_cannot_be_deleted(self):
        mine, theirs = self.signed_in(self.new_person()), self.signed_in(self.new_person())
        token = self.new_token(theirs, ["read"])
        self.assert_problem(mine.delete(f"/api/v1/me/tokens/{token['token_id']}"), 404, "not_found")


class Addresses(PersonTest):
    """Where somebody signed in from is what rations guesses: a client must not choose it."""

    forwarded = {"X-Forwarded-For": "192.0.2.1, 203.0.113.7"}

    def address(self, username):
        client = self.client()
        words = {"username": username, "password": PASSWORD}
        answer = self.assert_status(client.post("/api/v1/session", words, headers=self.forwarded), 200)
        client.csrf = answer.json["csrf_token"]
        return client.get("/api/v1/me/sessions", headers=self.forwarded).json["items"][0]["address"]

    def test_a_clients_word_about_its_address_is_not_believed(self):
        self.assertEqual(self.address(self.new_person()), "127.0.0.1")


class AddressesBehindProxy(Addresses):
    options = {"arguments": ["--trusted-proxy", "127.0.0.1"]}

    def test_a_clients_word_about_its_address_is_not_believed(self):
        """Only the last hop was written by the proxy; what stands before it is the client's word."""
        self.assertEqual(self.address(self.new_person()), "203.0.113.7")


class Restart(unittest.TestCase):
    def test_a_session_outlives_a_restart_of_the_program(self):
        with Server() as server:
            client = server.client().sign_in("opdc")
            cookies, csrf = dict(client.cookies), client.csrf
            client.close()
            server.stop()
            server.start()
            client = server.client()
            client.cookies, client.csrf = cookies, csrf
            self.assertEqual(client.get("/api/v1/session").json["username"], "opdc")
            token = {"name": "t", "scopes": ["read"], "expires_on": str(today())}
            self.assertEqual(client.post("/api/v1/me/tokens", token).status, 201)
            client.close()


class Demonstration(unittest.TestCase):
    """Everybody knows the passwords of these accounts: they must not work where others can reach."""

    def test_demonstration_accounts_are_refused_when_others_can_reach_the_program(self):
        with Server(listen="0.0.0.0:0") as server:
            client = Client(server.port)
            self.addCleanup(client.close)
            for username in ("opdc", "governor.70"):
                answer = client.try_sign_in(username, DEMO_PASSWORD)
                self.assertEqual((answer.status, answer.code), (401, "sign_in_failed"), answer)
            server.command("user", "add", "real.person", "--name-th", "จริง", "--name-en", "Real",
                           stdin=PASSWORD + "\n")
            answer = client.post("/api/v1/session", {"username": "real.person", "password": PASSWORD})
            self.assertEqual(answer.status, 200)
            self.assertIn("Secure", answer.header("Set-Cookie"))

    def test_a_session_of_a_demonstration_account_ends_when_others_can_reach_the_program(self):
        with Server() as server:
            client = server.client().sign_in("opdc")
            cookies = dict(client.cookies)
            client.close()
            server.stop()
            server.listen = "0.0.0.0:0"
            server.start()
            client = server.client()
            client.cookies = cookies
            self.assertEqual(client.get("/api/v1/session").status, 401)
            client.close()

    def test_they_are_refused_behind_a_proxy_and_where_a_public_address_is_named(self):
        for arguments in (["--trusted-proxy", "127.0.0.1"], ["--public-url", "https://changwat.example.go.th"]):
            with self.subTest(arguments), Server(arguments=arguments) as server:
                answer = server.client().try_sign_in("opdc")
                self.assertEqual((answer.status, answer.code), (401, "sign_in_failed"), answer)

    def test_they_work_on_loopback(self):
        with Server() as server:
            self.assertTrue(server.signed("opdc").me["demonstration"])


if __name__ == "__main__":
    unittest.main()
