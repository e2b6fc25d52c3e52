"""One application for several services, over HTTP: from what a citizen sends to the certificate and the receipt."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest, today  # noqa: E402

CENTRE = "/api/v1/service_centre"
LOST_CARD, NEW_NAME = "dopa_207", "dopa_209"


class CaseApplicationsTest(ServerTest):
    def applied(self, *services, **more):
        body = {"kind": "one_stop_service", "title": "ขอบัตรใหม่", "detail": "", "place": {"area": "700101", "given": "typed"},
                "reporters": [{"type": "person", "name": "นายทดสอบ ระบบ"}], "services": list(services)} | more
        return self.nobody.post(f"{CENTRE}/reports", body)

    def application(self, *services):
        receipt = self.assert_status(self.applied(*services), 201).json
        return f"/api/v1/cases/{receipt['case_id']}", receipt["tracking_code"]

    def act(self, path, body=None, expected=200, who="district.7001"):
        return self.assert_status(self.signed(who).post(path, body or {}, if_match="*"), expected).json

    def state_of(self, application, service):
        return next(one["state"] for one in application["services"] if one["service"] == service)

    def papers_of(self, *services):
        """By the catalogue itself: what each asks for."""
        return [self.nobody.get(f"{CENTRE}/services/{service}").json["papers"] for service in services]

    def test_each_paper_is_asked_for_once_and_the_application_goes_to_its_certificates(self):
        one, code = self.application(LOST_CARD, NEW_NAME)
        first = self.signed("district.7001").get(f"{one}/services").json
        named = [paper["paper"] for paper in first["papers"] if paper["paper"]]
        self.assertEqual(len(named), len(set(named)))
        asked = [len(papers) for papers in self.papers_of(LOST_CARD, NEW_NAME)]
        self.assertLess(len(first["papers"]), sum(asked))
        self.assertTrue(any(len(paper["services"]) == 2 for paper in first["papers"]))

        told = self.act(f"{one}/papers_check", {"due_on": "2099-01-01"})
        self.assertFalse(told["may_ask"])
        seen = self.nobody.post(f"{CENTRE}/track", {"code": code}).json["application"]
        self.assertEqual(seen["papers_due_on"], "2099-01-01")
        again = self.act(f"{one}/papers_check", {"due_on": "2099-02-01"}, 409)
        self.assertIn("2558", again["message"]["th"])

        self.act(f"{one}/services/{LOST_CARD}/decision", {"outcome": "granted"}, 409)
        for paper in told["papers"]:
            if paper["required"] and paper["state"] == "asked":
                now = self.act(f"{one}/papers/{paper['position']}", {"state": "handed_in", "seen": True})
        self.assertEqual({self.state_of(now, service) for service in (LOST_CARD, NEW_NAME)}, {"complete"})

        self.act(f"{one}/services/{LOST_CARD}/decision", {"outcome": "granted"})
        unexplained = self.act(f"{one}/services/{NEW_NAME}/decision", {"outcome": "refused"}, 422)
        self.assertEqual(unexplained["fields"][0]["pointer"], "/reason_th")
        now = self.act(f"{one}/services/{NEW_NAME}/decision", {"outcome": "refused", "reason_th": "ชื่อไม่ตรงกับทะเบียน"})
        self.assertEqual(self.state_of(now, NEW_NAME), "refused")
        now = self.act(f"{one}/services/{LOST_CARD}/certificate", {"certificate": "บ-1/2569"})
        self.assertEqual(self.state_of(now, LOST_CARD), "given")
        followed = self.nobody.post(f"{CENTRE}/track", {"code": code}).json["application"]
        self.assertEqual({service["reason"] for service in followed["services"]} - {""}, {"ชื่อไม่ตรงกับทะเบียน"})

    def test_sent_again_after_a_lost_answer_it_counts_once(self):
        client_id = "01" + "A" * 24
        first = self.assert_status(self.applied(LOST_CARD, client_id=client_id), 201).json
        again = self.assert_status(self.applied(LOST_CARD, client_id=client_id), 201).json
        self.assertEqual((again["case_id"], again["tracking_code"]), (first["case_id"], first["tracking_code"]))
        self.assertEqual(self.applied(NEW_NAME, client_id=client_id).status, 409)

    def test_what_cannot_be_applied_for_is_named(self):
        for services, pointer in ((["dopa_0"], "/services/0"), ([LOST_CARD, LOST_CARD], "/services/1")):
            refused = self.assert_status(self.applied(*services), 422).json
            self.assertEqual(refused["fields"][0]["pointer"], pointer)
        one, _ = self.application(LOST_CARD)
        self.act(f"{one}/services", {"services": [LOST_CARD]}, 422)
        self.act(f"{one}/services", {"services": [NEW_NAME]}, 403, who="highways.70")

    def test_fees_are_counted_in_satang_once_a_receipt_and_a_correction_keeps_what_was_wrong(self):
        one, _ = self.application(LOST_CARD)
        day = lambda: self.signed("auditor").get(f"{CENTRE}/fees?district=7001&on={today()}").json  # noqa: E731
        before = day()["sum_satang"]
        paid = self.act(f"{one}/payments", {"service": LOST_CARD, "satang": 10050, "receipt": "901/1"})
        repeated = self.act(f"{one}/payments", {"service": LOST_CARD, "satang": 10050, "receipt": "901/1"}, 422)
        self.assertEqual(repeated["fields"][0]["pointer"], "/receipt")
        payment = paid["payments"][-1]["payment_id"]
        self.act(f"{one}/payments/{payment}/correction", {"satang": 10000, "receipt": "901/2", "reason_th": "พิมพ์ผิด"})
        after = day()
        self.assertEqual(after["sum_satang"] - before, 10000)
        self.assertEqual([row["receipt"] for row in after["items"] if row["receipt"].startswith("901/")], ["901/1", "901/2"])
        file = self.signed("district.7001").get(f"{CENTRE}/fees/file?district=7001&on={today()}")
        self.assertIn("901/2", file.text)
        for who in ("district.4001", "highways.70"):
            self.assertEqual(self.signed(who).get(f"{CENTRE}/fees?district=7001").status, 403)

    def test_the_ledger_tells_each_act_and_no_name(self):
        one, _ = self.application(LOST_CARD)
        self.act(f"{one}/payments", {"service": LOST_CARD, "satang": 10000, "receipt": "902/1"})
        entries = [entry for entry in self.signed("auditor").all_items("/api/v1/ledger/entries")
                   if entry["subject_id"] == one.rpartition("/")[2]]
        self.assertEqual([entry["act"] for entry in entries], ["case.report", "case.take_fee"])
        self.assertIn(LOST_CARD, json.dumps(entries[0]["change"]))
        self.assertNotIn("ทดสอบ", json.dumps(entries, ensure_ascii=False))


if __name__ == "__main__":
    unittest.main()
