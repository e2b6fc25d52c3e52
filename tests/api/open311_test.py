"""Open311 GeoReport v2 as a client of the standard calls it: each method in JSON and XML.

What every answer must hold is written down here from the standard (wiki.open311.org/GeoReport_v2), apart
from the program's own description of it.
"""
import json
import pathlib
import sys
import unittest
import urllib.parse
import xml.etree.ElementTree as xml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

import datetime  # noqa: E402

BASE = "/open311/v2"
W3 = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"

# Elements of the standard: of which list, what one is called, which are always there, which may be.
STANDARD = {
    "services": ("service", {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}, set()),
    "created": ("request", {"service_request_id"}, {"service_notice", "account_id", "token"}),
    "tokens": ("request", {"service_request_id", "token"}, set()),
    "requests": ("request", {"service_request_id", "status", "service_name", "service_code", "requested_datetime",
                             "updated_datetime"},
                 {"status_notes", "description", "agency_responsible", "service_notice", "expected_datetime", "address",
                  "address_id", "zipcode", "lat", "long", "media_url"}),
    "errors": ("error", {"code", "description"}, set()),
}
ATTRIBUTE = {"variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"}
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
REPORT = {"jurisdiction_id": "7001", "service_code": "utilities", "lat": "13.53671234", "long": "99.81712345",
          "address_string": "หน้าโรงเรียน <วัด> & ตลาด", "address_id": "700101", "first_name": "นางทดสอบ",
          "last_name": "ไม่เผยชื่อ", "phone": "0812345678", "email": "somebody@example.org", "device_id": "tt222111",
          "description": "ถนนเป็นหลุม <b>ลึก</b> & กว้าง\nสองจุด", "media_url": "https://example.org/a.jpg?x=1&y=2",
          "attribute[kind]": "urgent_problem"}


class Open311Test(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        wanted = {"name": "แอปทดสอบ", "scopes": ["read", "write"],
                  "expires_on": (today() + datetime.timedelta(days=30)).isoformat()}
        cls.key = cls.signed("office.70").post("/api/v1/me/tokens", wanted).json["secret"]
        reader = cls.signed("office.70").post("/api/v1/me/tokens", wanted | {"scopes": ["read"]}).json["secret"]
        cls.reading_key = reader

    # ---- a client of both formats

    def rows(self, answer, kind, status=200):
        """The rows of an answer in either format, each {name: text}, held against the standard."""
        self.assert_status(answer, status)
        one, always, maybe = STANDARD[kind]
        media = answer.headers["Content-Type"]
        if "xml" in media:
            self.assertEqual(media, "text/xml; charset=utf-8")
            self.assertTrue(answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'), answer.body[:60])
            root = xml.fromstring(answer.body)
            self.assertEqual(root.tag, {"created": "service_requests", "tokens": "service_requests",
                                        "requests": "service_requests"}.get(kind, kind))
            self.assertEqual({child.tag for child in root} - {one}, set())
            rows = [{e.tag: e.text for e in child} for child in root]
        else:
            self.assertEqual(media, "application/json; charset=utf-8")
            rows = [{k: v if isinstance(v, (str, type(None))) else json.dumps(v) for k, v in row.items()}
                    for row in answer.json]
        for row in rows:
            self.assertLessEqual(always, set(row), row)
            self.assertLessEqual(set(row), always | maybe, row)
            for name in always:
                self.assertTrue(row[name] is not None or name == "keywords", (name, row))
        return rows

    def both(self, path, kind, status=200):
        """The same rows from both formats, but for how numbers are written."""
        where, _, query = path.partition("?")
        rows = [self.rows(self.nobody.get(f"{BASE}/{where}.{form}?{query}"), kind, status) for form in ("json", "xml")]
        self.assertEqual(*rows)
        return rows[0]

    def report(self, form="json", key=None, headers=None, **more):
        fields = {k: v for k, v in (REPORT | {"api_key": key or self.key} | more).items() if v is not None}
        return self.nobody.request("POST", f"{BASE}/requests.{form}", body=urllib.parse.urlencode(fields).encode(),
                                   media_type="application/x-www-form-urlencoded; charset=utf-8", headers=headers)

    def reported(self, **more):
        return self.rows(self.report(**more), "created")[0]["service_request_id"]

    def one(self, request_id):
        return self.both(f"requests/{request_id}", "requests")[0]

    # ---- services

    def test_services_are_listed_with_all_that_the_standard_wants(self):
        rows = self.both("services", "services")
        self.assertIn("utilities", {row["service_code"] for row in rows})
        self.assertEqual({row["type"] for row in rows}, {"realtime"})
        self.assertEqual({row["metadata"] for row in rows}, {"true"})
        self.assertNotIn("official_conduct", {row["service_code"] for row in rows})
        self.assertEqual(rows, self.both("services?jurisdiction_id=7001", "services"))

    def test_every_service_has_a_definition_in_both_formats(self):
        for row in self.both("services", "services"):
            path = f"{BASE}/services/{row['service_code']}"
            said = self.assert_status(self.nobody.get(path + ".json"), 200).json
            self.assertEqual(set(said), {"service_code", "attributes"})
            self.assertEqual(said["service_code"], row["service_code"])
            for attribute in said["attributes"]:
                self.assertEqual(set(attribute), ATTRIBUTE)
                self.assertIn(attribute["datatype"], DATATYPES)
                self.assertTrue(all(set(value) == {"key", "name"} for value in attribute["values"]))
            orders = [attribute["order"] for attribute in said["attributes"]]
            self.assertEqual(orders, sorted(set(orders)))
            root = xml.fromstring(self.assert_status(self.nobody.get(path + ".xml"), 200).body)
            self.assertEqual(root.tag, "service_definition")
            self.assertEqual([a.findtext("code") for a in root.findall("attributes/attribute")],
                             [a["code"] for a in said["attributes"]])
            self.assertEqual(root.findtext("attributes/attribute/values/value/key"),
                             said["attributes"][0]["values"][0]["key"])
        self.both("services/nothing", "errors", 404)

    def test_the_discovery_names_this_endpoint(self):
        said = self.assert_status(self.nobody.get("/open311/discovery.json"), 200).json
        self.assertEqual(said["endpoints"][0]["specification"], "http://wiki.open311.org/GeoReport_v2")
        self.assertTrue(said["endpoints"][0]["url"].endswith("/open311/v2"))
        root = xml.fromstring(self.nobody.get("/open311/discovery.xml").body)
        self.assertEqual([f.text for f in root.findall("endpoints/endpoint/formats/format")],
                         ["text/xml", "application/json"])

    # ---- reporting

    def test_what_was_reported_in_either_format_is_read_back(self):
        for form in ("json", "xml"):
            with self.subTest(form):
                row = self.one(self.reported(form=form))
                self.assertEqual(row["status"], "open")
                self.assertEqual(row["service_code"], "utilities")
                self.assertEqual(row["description"], REPORT["description"])
                self.assertEqual(row["media_url"], REPORT["media_url"])
                self.assertEqual((float(row["lat"]), float(row["long"])), (13.536712, 99.817123))
                self.assertTrue(row["address"].startswith(REPORT["address_string"]))
                self.assertEqual(row["address_id"], "700101")
                self.assertRegex(row["requested_datetime"], W3)
                self.assertRegex(row["updated_datetime"], W3)

    def test_the_answer_gives_the_sender_number_and_code_to_follow(self):
        notice = self.rows(self.report(), "created")[0]["service_notice"]
        code = notice.split("รหัสติดตาม ")[1].split()[0]
        followed = self.assert_status(self.nobody.post("/api/v1/service_centre/track", {"code": code}), 200).json
        self.assertIn(followed["number"], notice)
        self.assertEqual(followed["kind"], "urgent_problem")

    def test_the_case_is_at_the_desk_of_its_district(self):
        request_id = self.reported()
        case = self.assert_status(self.signed("office.70").get(f"/api/v1/cases/{request_id}"), 200).json
        self.assertEqual((case["channel"], case["district"], case["place"]["area"]), ("open311", "7001", "700101"))

    def test_who_reported_is_told_nowhere(self):
        self.reported()
        for form in ("json", "xml"):
            said = self.nobody.get(f"{BASE}/requests.{form}?jurisdiction_id=70").body.decode()
            for secret in ("ทดสอบ", "ไม่เผยชื่อ", "0812345678", "081-234", "somebody@", "tt222111", self.key):
                self.assertNotIn(secret, said)

    def test_of_the_secret_and_the_nameless_only_that_they_reported_is_told(self):
        hidden = [self.reported(**{"attribute[secret]": "yes"}), self.reported(first_name=None, last_name=None),
                  self.reported(description="นางทดสอบ ไม่เผยชื่อ โทร 081-234-5678 แจ้งว่าถนนพัง")]
        for request_id in hidden:
            row = self.one(request_id)
            self.assertEqual([row.get(name) for name in ("description", "lat", "long", "media_url", "zipcode")], [None] * 5)
            self.assertEqual(row["address_id"], "7001")
            self.assertEqual(row["status"], "open")

    def test_a_report_needs_a_key_that_may_write(self):
        for key in ("nonsense", self.reading_key, self.key[:-1] + ("a" if self.key[-1] != "a" else "b")):
            for form in ("json", "xml"):
                self.assertEqual(self.rows(self.report(form, key=key), "errors", 403)[0]["code"], "403")
        self.rows(self.report(api_key=""), "errors", 403)

    def test_what_is_wrong_with_a_report_is_told_all_at_once(self):
        cases = [({"service_code": "nothing"}, 404), ({"service_code": None}, 400), ({"jurisdiction_id": None}, 400),
                 ({"jurisdiction_id": "9999"}, 404), ({"lat": None}, 400), ({"lat": "north"}, 400), ({"lat": "91"}, 400),
                 ({"lat": None, "long": None, "address_string": None, "address_id": None}, 400),
                 ({"address_id": "710101"}, 404), ({"jurisdiction_id": "70", "address_id": None}, 400),
                 ({"description": "x" * 4001}, 400), ({"media_url": "javascript:alert(1)"}, 400),
                 ({"phone": "not a phone"}, 400), ({"email": "not an address"}, 400),
                 ({"attribute[kind]": "nothing"}, 400), ({"description": "\x07"}, 400)]
        for fields, status in cases:
            with self.subTest(fields):
                self.rows(self.report("xml", **fields), "errors", status)
        several = self.rows(self.report(service_code=None, lat=None), "errors", 400)
        self.assertGreaterEqual(len(several), 2)

    def test_a_body_that_is_no_form_is_refused(self):
        for body, media in ((b"{}", "application/json"), (b"api_key=%ff%fe", "application/x-www-form-urlencoded"),
                            (b"a=%zz", "application/x-www-form-urlencoded"), (b"a=1&" * 1000, "application/x-www-form-urlencoded")):
            answer = self.nobody.request("POST", f"{BASE}/requests.json?api_key={self.key}", body=body, media_type=media)
            self.rows(answer, "errors", 400)
        large = self.nobody.request("POST", f"{BASE}/requests.json?api_key={self.key}", body=b"a" * 70_000,
                                    media_type="application/x-www-form-urlencoded")
        self.assertEqual(large.status, 413)

    # ---- reading

    def test_requests_are_found_by_each_filter(self):
        first, other = self.reported(), self.reported(service_code="pollution", jurisdiction_id="7002", address_id=None)
        find = lambda query: {row["service_request_id"] for row in self.both(f"requests?{query}", "requests")}  # noqa: E731
        self.assertLessEqual({first, other}, find("jurisdiction_id=70"))
        self.assertEqual(find(f"service_request_id={first},{other}&status=closed"), {first, other})
        self.assertIn(other, find("jurisdiction_id=7002&service_code=pollution"))
        self.assertNotIn(first, find("jurisdiction_id=7002"))
        self.assertNotIn(first, find("jurisdiction_id=70&service_code=pollution,forest"))
        self.assertIn(first, find("jurisdiction_id=70&status=open"))
        self.assertNotIn(first, find("jurisdiction_id=70&status=closed"))
        now = datetime.datetime.now(datetime.timezone.utc)
        day = lambda days: (now + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: E731
        self.assertIn(first, find(f"jurisdiction_id=70&start_date={day(-1)}&end_date={day(1)}"))
        self.assertNotIn(first, find(f"jurisdiction_id=70&start_date={day(-20)}&end_date={day(-10)}"))
        self.assertIn(first, find(f"jurisdiction_id=70&start_date={day(-1)}"))

    def test_wrong_questions_are_answered_in_the_form_of_the_standard(self):
        self.both("requests?", "errors", 400)  # whose?
        self.both("requests?jurisdiction_id=99", "errors", 404)
        self.both("requests?jurisdiction_id=70&status=half", "errors", 400)
        self.both("requests?jurisdiction_id=70&start_date=yesterday", "errors", 400)
        self.both("requests?jurisdiction_id=70&start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "errors", 400)
        self.both("requests?jurisdiction_id=70&service_code=nothing", "errors", 404)
        self.both("requests/nothing", "errors", 404)
        self.both("tokens/nothing", "errors", 404)
        self.assertEqual(self.nobody.get(f"{BASE}/requests/x.html").status, 404)

    def test_a_token_leads_to_its_request(self):
        request_id = self.reported()
        self.assertEqual(self.both(f"tokens/{request_id}", "tokens"),
                         [{"service_request_id": request_id, "token": request_id}])

    def test_a_case_that_ended_is_closed(self):
        request_id = self.reported()
        desk = self.signed("office.70")
        notice = self.rows(self.report(), "created")[0]
        code = notice["service_notice"].split("รหัสติดตาม ")[1].split()[0]
        self.assert_status(self.nobody.post("/api/v1/service_centre/withdraw", {"code": code, "text_th": "แจ้งผิด"}), 200)
        row = self.one(notice["service_request_id"])
        self.assertEqual((row["status"], row["status_notes"]), ("closed", "ผู้แจ้งถอนเรื่อง"))
        self.assertEqual(self.one(request_id)["status"], "open")
        self.assertIsNotNone(desk)


if __name__ == "__main__":
    unittest.main()
