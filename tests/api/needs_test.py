"""Recurring cases proposed as a need of their place, over HTTP."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest  # noqa: E402

NEEDS = "/api/v1/service_centre/needs"
SECRET = "นางลับสุดยอด ซ่อนนามสกุลไว้"


class NeedsTest(ServerTest):
    def case(self, **more):
        body = {"kind": "complaint", "category": "pollution", "channel": "walk_in", "importance": "ordinary",
                "title": "น้ำเสียลงคลอง", "detail": "กลิ่นเหม็น", "place": {"area": "700105", "given": "typed"},
                "reporters": [{"type": "person", "name": "นายเปิด เผยชื่อ", "phone": "081 234 5678"}]} | more
        return self.assert_status(self.signed("district.7001").post("/api/v1/cases", body), 201).json["case_id"]

    def recurring(self, who="district.7001"):
        items = self.signed(who).get("/api/v1/service_centre/recurring?area=7001").json["items"]
        return next((n for n in items if (n["category"], n["area"]) == ("pollution", "700105")), None)

    def propose(self, cases, who="district.7001", expected=201, **more):
        body = {"area": "700105", "category": "pollution", "title": "ระบบบำบัดน้ำเสียคลองกลาง", "cases": cases} | more
        return self.assert_status(self.signed(who).post(NEEDS, body), expected)

    def test_five_cases_become_a_need_that_each_of_them_knows(self):
        cases = [self.case() for _ in range(5)]
        found = self.recurring()
        self.assertTrue(set(cases) <= {c["case_id"] for c in found["items"]})
        self.assertTrue(found["may_propose"])
        self.assertFalse(self.recurring("governor.70")["may_propose"])
        cases = [c["case_id"] for c in found["items"]]

        self.propose(cases, who="office.70", expected=403)
        few = self.propose(cases[:2], expected=422)
        self.assertEqual(few.json["fields"][0]["pointer"], "/cases")
        need = self.propose(cases).json
        self.assertEqual({c["case_id"] for c in need["items"]}, set(cases))
        self.assertEqual(self.recurring()["items"], [])
        for case_id in cases[:2]:
            of_case = self.signed("governor.70").get(f"{NEEDS}?case_id={case_id}").json["items"]
            self.assertEqual([n["need_id"] for n in of_case], [need["need_id"]])
        self.assertEqual(self.signed("highways.70").get(f"{NEEDS}?case_id={cases[0]}").status, 403)

        entries = [e for e in self.signed("auditor").all_items("/api/v1/ledger/entries")
                   if e["subject_id"] == need["need_id"]]
        self.assertEqual([e["act"] for e in entries], ["need.propose"])
        self.assertIn(cases[0], json.dumps(entries[0]["change"]))

        path = f"{NEEDS}/{need['need_id']}/withdraw"
        withdrawn = self.signed("district.7001").post(path, {"reason_th": "อยู่ในแผนตำบลแล้ว"}, if_match="*")
        self.assertEqual(self.assert_status(withdrawn, 200).json["state"], "withdrawn")
        self.assertEqual({c["case_id"] for c in self.recurring()["items"]}, set(cases))

    def test_a_need_does_not_name_a_secret_reporter(self):
        cases = [self.case() for _ in range(4)]
        cases.append(self.case(reporters=[{"type": "secret", "name": SECRET}]))
        refused = self.propose(cases, expected=422, title=f"ตามที่{SECRET}แจ้ง")
        self.assertEqual(refused.json["fields"][0]["code"], "tells_secret")


if __name__ == "__main__":
    unittest.main()
