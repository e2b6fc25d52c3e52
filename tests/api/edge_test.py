"""What every route has in common: problems, conditions, keys, cursors, limits, headers, health."""
import http.client
import json
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import SHARE, ServerTest  # noqa: E402


class Problems(ServerTest):
    def test_a_problem_speaks_the_language_that_is_preferred_and_carries_both(self):
        thai, english = "โปรดเข้าสู่ระบบก่อน", "Sign in first."
        for accepted, title in ((None, thai), ("th", thai), ("en", english), ("en-GB,en;q=0.9,th;q=0.5", english),
                                ("th,en;q=0.5", thai), ("fr", thai)):
            with self.subTest(accepted):
                problem = self.assert_problem(self.nobody.get("/api/v1/session", language=accepted), 401,
                                              "sign_in_required")
                self.assertEqual(problem["title"], title)
                self.assertEqual(problem["detail"], title)
                self.assertEqual(problem["message"], {"th": thai, "en": english})

    def test_a_problem_is_a_document_of_rfc_9457_with_the_id_of_its_request(self):
        answer = self.nobody.get("/api/v1/session")
        problem = answer.json
        self.assertEqual(answer.header("Content-Type"), "application/problem+json; charset=utf-8")
        self.assertEqual(problem["type"], "urn:changwat:problem:sign_in_required")
        self.assertEqual(problem["status"], 401)
        self.assertEqual(problem["request_id"], answer.header("X-Request-Id"))
        self.assertRegex(problem["request_id"], "^[0-9a-f]{16}$")
        self.assertEqual(answer.header("WWW-Authenticate"), "Session")

    def test_all_wrong_members_of_a_body_are_listed_by_their_pointers(self):
        body = {"body": "UPPER CASE", "number": 7, "on_date": "2026-02-30", "colour": "red", "verified": "yes"}
        answer = self.signed("opdc").post("/api/v1/meetings", body)
        problem = self.assert_problem(answer, 422, "invalid_input")
        found = {field["pointer"]: field["code"] for field in problem["fields"]}
        self.assertEqual(set(found), {"/body", "/number", "/on_date", "/colour", "/verified", "/chair_title_th"})
        self.assertEqual(found["/colour"], "unknown_field")
        self.assertEqual(found["/chair_title_th"], "required")
        self.assertEqual(found["/verified"], "wrong_type")
        for field in problem["fields"]:
            self.assertTrue(field["th"] and field["en"], field)

    def test_wrong_parameters_are_listed_with_a_question_mark(self):
        answer = self.nobody.get("/api/v1/areas?level=planet&limit=no&nonsense=1")
        problem = self.assert_problem(answer, 422, "invalid_input")
        self.assertEqual({f["pointer"] for f in problem["fields"]}, {"?level", "?limit", "?nonsense"})

    def test_a_body_that_is_not_json_is_malformed(self):
        for body in (b"", b"{", b"[1,2", b'{"a":1}{"b":2}', b'{"username":"a","username":"b","password":"c"}',
                     b"\xff\xfe", b'{"username":"\xff","password":"x"}', b"NaN", b"{'a':1}", b'{"a":1,}'):
            with self.subTest(body):
                answer = self.nobody.post("/api/v1/session", body=body, media_type="application/json")
                self.assertIn(answer.status, (400, 422), answer)
                self.assertIn(answer.code, ("malformed_request", "invalid_input"))

    def test_a_body_of_another_type_is_not_taken(self):
        for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None):
            with self.subTest(media_type):
                answer = self.nobody.post("/api/v1/session", body=b"{}", media_type=media_type)
                self.assert_problem(answer, 415, "unsupported_media_type")

    def test_an_address_that_nobody_has_is_not_found(self):
        for path in ("/api/v1/nothing", "/api/v2/session", "/api/v1/session/", "/api/", "/api/v1//areas",
                     "/api/v1/areas/70/x"):
            with self.subTest(path):
                self.assert_problem(self.nobody.get(path), 404, "not_found")

    def test_another_method_is_answered_with_those_that_are_allowed(self):
        for method, path, allowed in (("PUT", "/api/v1/session", {"GET", "POST", "DELETE"}),
                                      ("DELETE", "/api/v1/areas", {"GET"}),
                                      ("POST", "/api/v1/areas/70", {"GET"}),
                                      ("PATCH", "/api/v1/meetings", {"GET", "POST"})):
            with self.subTest(f"{method} {path}"):
                answer = self.nobody.request(method, path, {})
                self.assert_problem(answer, 405, "method_not_allowed")
                self.assertEqual({m.strip() for m in answer.header("Allow").split(",")}, allowed)

    def test_head_is_answered_as_get_without_the_body(self):
        get, head = self.nobody.get("/api/v1/areas/70"), self.nobody.request("HEAD", "/api/v1/areas/70")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.header("Content-Length"), get.header("Content-Length"))

    def test_percent_encoding_that_means_nothing_is_refused(self):
        for path in ("/api/v1/areas/%zz", "/api/v1/areas?q=%E0%B8", "/api/v1/areas/%"):
            with self.subTest(path):
                self.assertIn(self.nobody.get(path).status, (400, 422))


class Conditions(ServerTest):
    """Versions of records: ETag, If-None-Match, If-Match. The record is a call for proposals."""

    def setUp(self):
        super().setUp()
        self.opdc = self.signed("opdc")
        created = self.opdc.post("/api/v1/calls", new_call())
        self.assert_status(created, 201)
        self.path = "/api/v1/calls/" + created.json["call_id"]

    def test_a_record_carries_the_tag_of_its_version(self):
        answer = self.opdc.get(self.path)
        self.assertEqual(answer.header("ETag"), f'"{answer.json["version"]}"')

    def test_a_reader_who_has_the_version_is_told_so_without_a_body(self):
        tag = self.opdc.get(self.path).header("ETag")
        again = self.opdc.get(self.path, headers={"If-None-Match": tag})
        self.assertEqual((again.status, again.body, again.header("ETag")), (304, b"", tag))
        other = self.opdc.get(self.path, headers={"If-None-Match": '"999"'})
        self.assertEqual(other.status, 200)

    def test_a_change_without_if_match_is_asked_for_one(self):
        self.assert_problem(self.opdc.patch(self.path, {"title_en": "Other"}), 428, "if_match_required")

    def test_a_change_of_another_version_is_refused_and_changes_nothing(self):
        before = self.opdc.get(self.path).json
        for tag in ('"999"', 'W/"1"', '"x"', '"1'):
            with self.subTest(tag):
                answer = self.opdc.patch(self.path, {"title_en": "Other"}, if_match=tag)
                self.assert_problem(answer, 412, "changed_meanwhile")
        self.assertEqual(self.opdc.get(self.path).json, before)

    def test_a_change_of_the_present_version_gives_the_next_one(self):
        tag = self.opdc.get(self.path).header("ETag")
        changed = self.assert_status(self.opdc.patch(self.path, {"title_en": "Other"}, if_match=tag), 200)
        self.assertNotEqual(changed.header("ETag"), tag)
        self.assertEqual(changed.json["title_en"], "Other")
        self.assert_problem(self.opdc.patch(self.path, {"title_en": "Third"}, if_match=tag), 412, "changed_meanwhile")

    def test_a_star_matches_any_version(self):
        self.assert_status(self.opdc.patch(self.path, {"title_en": "Starred"}, if_match="*"), 200)

    def test_of_many_changes_of_one_version_at_once_one_wins(self):
        tag, statuses = self.opdc.get(self.path).header("ETag"), []
        def change(n):
            client = self.server.client()
            client.cookies, client.csrf = dict(self.opdc.cookies), self.opdc.csrf
            statuses.append(client.patch(self.path, {"title_en": f"Writer {n}"}, if_match=tag).status)
            client.close()
        threads = [threading.Thread(target=change, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(statuses), [200] + [412] * 7)


def new_call():
    return {"fiscal_year": 2027, "title_th": "ประกาศทดสอบ", "title_en": "A call",
            "guidance_th": "", "guidance_en": "", "opens_at": "2026-01-01T00:00:00.000Z", "deadline_at": "2099-01-01T00:00:00.000Z", "invited": ["40", "70"],
            "volunteers_allowed": True, "requirements": []}


class IdempotencyKeys(ServerTest):
    def test_the_same_request_with_the_same_key_is_done_once_and_answered_alike(self):
        opdc, meeting = self.signed("opdc"), self.new_meeting()
        answers = [opdc.post("/api/v1/meetings", meeting, key="key-replay") for _ in range(3)]
        self.assertEqual([a.status for a in answers], [201] * 3, answers)
        self.assertEqual(len({a.body for a in answers}), 1)
        kept = [m for m in opdc.all_items("/api/v1/meetings") if m["number"] == meeting["number"]]
        self.assertEqual(len(kept), 1)

    def test_the_same_request_sent_ten_times_at_once_is_done_once(self):
        meeting, answers = self.new_meeting(), []
        opdc = self.signed("opdc")
        def send():
            client = self.server.client()
            client.cookies, client.csrf = dict(opdc.cookies), opdc.csrf
            answers.append(client.post("/api/v1/meetings", meeting, key="key-at-once"))
            client.close()
        threads = [threading.Thread(target=send) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([a.status for a in answers], [201] * 10)
        self.assertEqual(len({a.json["meeting_id"] for a in answers}), 1)

    def test_a_key_used_for_another_request_is_refused(self):
        opdc, meeting = self.signed("opdc"), self.new_meeting()
        self.assert_status(opdc.post("/api/v1/meetings", meeting, key="key-other"), 201)
        other = opdc.post("/api/v1/meetings", self.new_meeting(), key="key-other")
        self.assert_problem(other, 409, "idempotency_key_reused")

    def test_keys_of_different_persons_have_nothing_to_do_with_each_other(self):
        meeting = self.new_meeting()
        self.assert_status(self.signed("opdc").post("/api/v1/meetings", meeting, key="key-mine"), 201)
        self.assert_problem(self.signed("governor.70").post("/api/v1/meetings", meeting, key="key-mine"), 403,
                            "forbidden")

    def test_a_refused_request_leaves_its_key_free(self):
        opdc, meeting = self.signed("opdc"), self.new_meeting()
        wrong = meeting | {"body": "nobody_of_that_name"}
        self.assertEqual(opdc.post("/api/v1/meetings", wrong, key="key-after-refusal").status, 422)
        self.assert_status(opdc.post("/api/v1/meetings", meeting, key="key-after-refusal"), 201)

    def test_a_key_without_end_is_refused(self):
        answer = self.signed("opdc").post("/api/v1/meetings", self.new_meeting(), key="k" * 101)
        self.assert_problem(answer, 400, "malformed_request")


class Cursors(ServerTest):
    def walk(self, path, limit):
        """The items of each page, by following the cursors."""
        pages, cursor = [], ""
        while cursor is not None:
            query = f"limit={limit}" + (f"&cursor={cursor}" if cursor else "")
            answer = self.nobody.get(path + ("&" if "?" in path else "?") + query)
            self.assert_status(answer, 200)
            pages.append(answer.json["items"])
            cursor = answer.json["next"]
            self.assertLess(len(pages), 500, "the list has no end")
        return pages

    def assert_walk(self, path, name, limit):
        whole = [item[name] for item in self.walk(path, 200) for item in item]
        pages = self.walk(path, limit)
        walked = [item[name] for page in pages for item in page]
        self.assertGreater(len(pages), 2, "too short a list to say anything")
        self.assertEqual(walked, whole)
        self.assertEqual(len(walked), len(set(walked)), "an item stands twice")
        self.assertTrue(all(len(page) == limit for page in pages[:-1]))

    def test_cursors_walk_the_provinces_without_gap_or_overlap(self):
        self.assert_walk("/api/v1/areas?level=province", "code", 7)

    def test_cursors_walk_a_search_that_is_ordered_by_closeness(self):
        self.assert_walk("/api/v1/areas?q=mueang", "code", 37)

    def test_cursors_walk_meetings_and_resolutions(self):
        opdc = self.signed("opdc")
        for _ in range(7):
            meeting = self.assert_status(opdc.post("/api/v1/meetings", self.new_meeting()), 201).json
            resolution = {"meeting_id": meeting["meeting_id"], "number": "1", "kind": "acknowledge",
                          "text_th": "รับทราบ"}
            self.assert_status(opdc.post("/api/v1/resolutions", resolution), 201)
        self.assert_walk("/api/v1/meetings", "meeting_id", 3)
        self.assert_walk("/api/v1/resolutions", "resolution_id", 3)

    def test_a_page_has_fifty_items_unless_asked_otherwise_and_never_more_than_two_hundred(self):
        self.assertEqual(len(self.nobody.get("/api/v1/areas").json["items"]), 50)
        self.assertEqual(len(self.nobody.get("/api/v1/areas?limit=200").json["items"]), 200)
        for limit in ("201", "0", "-1", "1e3", "", "99999999999999999999", "2.5"):
            with self.subTest(limit):
                answer = self.nobody.get(f"/api/v1/areas?limit={limit}")
                problem = self.assert_problem(answer, 422, "invalid_input")
                self.assertEqual(problem["fields"][0]["pointer"], "?limit")

    def test_a_cursor_that_no_page_gave_is_refused_or_ends_the_list(self):
        for path in ("/api/v1/areas?cursor=!!", "/api/v1/ledger/heads?cursor=x", "/api/v1/meetings?cursor=1"):
            with self.subTest(path):
                self.assertEqual(self.nobody.get(path).status, 422)


class Limits(ServerTest):
    def test_a_body_that_is_too_large_is_refused_before_it_is_read(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        self.addCleanup(connection.close)
        connection.putrequest("POST", "/api/v1/session")
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(1 << 40))
        connection.endheaders()  # and not a byte of the body
        answer = connection.getresponse()
        self.assertEqual(answer.status, 413)
        self.assertEqual(json.loads(answer.read())["code"], "too_large")

    def test_the_largest_body_is_taken_and_one_byte_more_is_not(self):
        words = {"username": "nobody-of-that-name", "password": ""}
        room = 8 * 1024 - len(json.dumps(words))
        fits = json.dumps(words | {"password": "x" * room}).encode()
        self.assertEqual(len(fits), 8 * 1024)
        taken = self.nobody.post("/api/v1/session", body=fits, media_type="application/json")
        self.assertNotEqual(taken.status, 413)
        larger = self.nobody.post("/api/v1/session", body=fits + b" ", media_type="application/json")
        self.assert_problem(larger, 413, "too_large")

    def test_json_that_is_nested_without_end_is_malformed(self):
        for opening in (b"[", b'{"a":'):
            with self.subTest(opening):
                answer = self.nobody.post("/api/v1/session", body=opening * 1300, media_type="application/json")
                self.assert_problem(answer, 400, "malformed_request")

    def test_a_get_takes_no_body(self):
        answer = self.nobody.request("GET", "/api/v1/areas/70", body=b"x" * 100)
        self.assertEqual(answer.status, 413)

    def test_a_target_that_is_too_long_is_refused(self):
        self.assertEqual(self.nobody.get("/api/v1/areas?q=" + "x" * 5000).status, 414)

    def test_headers_that_are_too_many_or_too_long_are_refused(self):
        many = {f"X-Header-{n}": "1" for n in range(120)}
        self.assertEqual(self.nobody.get("/api/v1/areas/70", headers=many).status, 431)
        self.assertEqual(self.nobody.get("/api/v1/areas/70", headers={"X-Long": "x" * 20_000}).status, 431)


class Files(ServerTest):
    """Files of an application: the only bodies that are large."""

    pdf = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        opdc, cls.office = cls.signed("opdc"), cls.signed("office.70")
        call = opdc.post("/api/v1/calls", new_call()).json["call_id"]
        opdc.post(f"/api/v1/calls/{call}/open", {})
        application = cls.office.post("/api/v1/applications", {"call_id": call, "province": "70"}).json
        cls.path = f"/api/v1/applications/{application['application_id']}/files/plan"

    def put(self, data, media_type="application/pdf", name="plan.pdf"):
        return self.office.put(f"{self.path}?name={name}", body=data, media_type=media_type, if_match="*")

    def test_a_file_comes_back_as_it_was_sent_and_can_do_nothing_in_a_browser(self):
        self.assert_status(self.put(self.pdf, name="%E0%B9%81%E0%B8%9C%E0%B8%99.pdf"), 200)
        file = self.assert_status(self.office.get(self.path), 200)
        self.assertEqual(file.body, self.pdf)
        self.assertEqual(file.header("Content-Security-Policy"), "sandbox; default-src 'none'")
        self.assertEqual(file.header("X-Content-Type-Options"), "nosniff")
        self.assertIn("%E0%B9%81%E0%B8%9C%E0%B8%99.pdf", file.header("Content-Disposition"))

    def test_the_largest_file_is_taken_and_one_byte_more_is_not(self):
        largest = self.pdf + b"\0" * ((20 << 20) - len(self.pdf))
        before = self.server.rss_bytes()
        self.assert_status(self.put(largest), 200)
        self.assert_problem(self.put(largest + b"\0"), 413, "too_large")
        self.assertLess(self.server.rss_bytes() - before, 160 << 20)
        self.assertEqual(self.office.get(self.path).body, largest)

    def test_what_is_not_what_it_says_is_refused(self):
        for data, media_type in ((b"<html>", "application/pdf"), (self.pdf, "text/html"), (b"<svg/>", "image/svg+xml"),
                                 (b"MZ", "application/x-msdownload"), (b"", "application/pdf"), (self.pdf, "image/png")):
            with self.subTest(media_type):
                self.assertIn(self.put(data, media_type).status, (415, 422))

    def test_a_name_that_is_more_than_a_name_is_refused(self):
        for name in ("..%2F..%2Fx.pdf", "a%0D%0ASet-Cookie:x.pdf", "a%22b.pdf", "a%5Cb.pdf", "%00.pdf"):
            with self.subTest(name):
                self.assertIn(self.put(self.pdf, name=name).status, (400, 422))


class Headers(ServerTest):
    def test_pages_carry_a_policy_that_runs_nothing_of_strangers(self):
        for path in ("/", "/app/", "/app/applications/any", "/provinces/70"):
            with self.subTest(path):
                answer = self.nobody.get(path)
                parts = answer.header("Content-Security-Policy").split(";")
                policy = dict(part.strip().split(" ", 1) for part in parts)
                self.assertEqual(policy["default-src"], "'none'")
                self.assertEqual(policy["script-src"], "'self'")
                self.assertEqual(policy["frame-ancestors"], "'none'")
                self.assertEqual(policy["base-uri"], "'none'")
                self.assertNotIn("unsafe", answer.header("Content-Security-Policy"))
                self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
                self.assertEqual(answer.header("Referrer-Policy"), "same-origin")
                self.assertIn("camera=()", answer.header("Permissions-Policy"))

    def test_pages_hold_no_script_or_style_that_the_policy_would_stop(self):
        for path in ("/", "/programme", "/scoreboard", "/ledger", "/provinces/70", "/app/"):
            with self.subTest(path):
                page = self.assert_status(self.nobody.get(path), 200).text
                self.assertNotRegex(page, r"<script(?![^>]*\ssrc=)[^>]*>")
                self.assertNotRegex(page, r"<style[\s>]")
                self.assertNotRegex(page, r"\sstyle=|\son[a-z]+=")
                self.assertNotRegex(page, r"(src|href)=\"(https?:)?//")

    def test_answers_of_the_api_are_not_kept_by_caches(self):
        for path in ("/api/v1/areas/70", "/api/v1/session", "/api/v1/nothing"):
            with self.subTest(path):
                answer = self.nobody.get(path)
                self.assertEqual(answer.header("Cache-Control"), "no-store")
                self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")

    def test_every_answer_names_its_request(self):
        ids = [self.nobody.get(path).header("X-Request-Id") for path in ("/", "/healthz", "/api/v1/areas", "/nope")]
        self.assertEqual(len(set(ids)), 4)

    def test_no_answer_names_the_software_that_gave_it(self):
        for path in ("/", "/api/v1/areas/70", "/healthz"):
            self.assertIsNone(self.nobody.get(path).header("Server"))


class Pages(ServerTest):
    def test_assets_are_kept_for_ever_and_pages_are_asked_for_again(self):
        assets = sorted((SHARE / "web/dist/assets").iterdir())
        asset = next(f.name for f in assets if f.suffix in (".js", ".css"))
        kept = self.assert_status(self.nobody.get(f"/assets/{asset}"), 200)
        self.assertEqual(kept.header("Cache-Control"), "public, max-age=31536000, immutable")
        page = self.nobody.get("/")
        self.assertEqual(page.header("Cache-Control"), "no-cache")
        again = self.nobody.get("/", headers={"If-None-Match": page.header("ETag")})
        self.assertEqual((again.status, again.body), (304, b""))

    def test_compressed_forms_are_chosen_by_the_client_and_told_to_caches(self):
        for accepted, coding in (("br", "br"), ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip"),
                                 ("identity", None), (None, None)):
            with self.subTest(accepted):
                answer = self.nobody.get("/", headers={"Accept-Encoding": accepted or ""})
                self.assertEqual(answer.header("Content-Encoding"), coding)
                self.assertEqual(answer.header("Vary"), "Accept-Encoding")

    def test_no_path_leads_out_of_the_folder_of_pages(self):
        for path in ("/../data/law/acts.yaml", "/..%2f..%2fetc%2fpasswd", "/assets/../../../etc/passwd",
                     "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5cacts.yaml", "/.git/config", "/index.html%00.png"):
            with self.subTest(path):
                answer = self.nobody.get(path)
                self.assertIn(answer.status, (400, 404), answer)
                self.assertNotIn(b"root:", answer.body)

    def test_a_page_takes_reading_methods_only(self):
        for method in ("POST", "PUT", "DELETE"):
            answer = self.nobody.request(method, "/")
            self.assertEqual((answer.status, answer.header("Allow")), (405, "GET, HEAD"))


class Health(ServerTest):
    def test_alive_and_ready_are_said_in_a_word(self):
        self.assertEqual(self.nobody.get("/healthz").text, "ok\n")
        self.assertEqual(self.nobody.get("/readyz").text, "ready\n")

    def test_metrics_parse_and_count(self):
        samples, types = parse_metrics(self.nobody.get("/metrics").text)
        self.assertEqual(types["changwat_acts_total"], "counter")
        self.assertEqual(types["changwat_request_seconds"], "histogram")
        before = samples["changwat_request_seconds_count"]
        for _ in range(5):
            self.nobody.get("/healthz")
        samples, _ = parse_metrics(self.nobody.get("/metrics").text)
        self.assertGreaterEqual(samples["changwat_request_seconds_count"], before + 5)
        self.assertEqual(samples["changwat_request_seconds_count"],
                         samples['changwat_request_seconds_bucket{le="+Inf"}'])

    def test_an_act_is_counted(self):
        before, _ = parse_metrics(self.nobody.get("/metrics").text)
        self.assert_status(self.signed("opdc").post("/api/v1/meetings", self.new_meeting()), 201)
        after, _ = parse_metrics(self.nobody.get("/metrics").text)
        self.assertGreater(after["changwat_acts_total"], before["changwat_acts_total"])


def parse_metrics(text):
    """Samples by name and labels, types by name; an AssertionError where the text breaks the format."""
    samples, types = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in types, line
            types[name] = kind
        elif not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert name not in samples, line
            samples[name] = float(value)
    for name in samples:
        base = name.split("{")[0]
        family = base if base in types else base.rsplit("_", 1)[0]
        assert family in types, name
    return samples, types


if __name__ == "__main__":
    unittest.main()
