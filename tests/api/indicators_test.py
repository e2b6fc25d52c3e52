"""KPIs over HTTP: what may be done, a value withdrawn, the rules that the scoreboard and its dump carry."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, ServerTest  # noqa: E402

RULES = {row["rule"]: row for row in json.loads(
    (ROOT / "data/indicators/rules.json").read_text(encoding="utf-8"))["rules"]}


class Kpis(ServerTest):
    def new_kpi(self):
        office = self.server.signed("office.70")
        made = office.post("/api/v1/kpis", {
            "code": f"test.{self.next_number()}", "name_th": "ตัวชี้วัดทดสอบ", "definition_th": "นับ",
            "name_en": "", "unit_th": "ราย", "unit_en": "", "direction": "higher", "source_th": "ทะเบียน",
            "owner_th": "สำนักงานจังหวัด", "weight": "10", "baseline": [{"fiscal_year": 2025, "value": "10"}],
            "targets": [{"fiscal_year": 2026, "value": "20"}], "province": "70", "fiscal_year": 2026})
        self.assertEqual(made.status, 201, made)
        return office, f"/api/v1/kpis/{made.json['kpi_id']}"

    def report(self, office, kpi, value, **more):
        return office.post(f"{kpi}/values", {"period": "2026-09", "value": value,
                                             "source_class": "administrative_record"} | more)

    def test_a_withdrawn_value_is_gone_from_judgement_and_values_and_stays_in_the_history(self):
        office, kpi = self.new_kpi()
        value = self.report(office, kpi, "25").json
        self.assertEqual(office.get(kpi).json["judgement"]["latest"], "25")
        withdraw = f"{kpi}/values/{value['value_id']}/withdraw"
        self.assertEqual(office.post(withdraw, {}).code, "invalid_input")
        done = office.post(withdraw, {"reason": "นับซ้ำกับอำเภอข้างเคียง"})
        self.assertEqual(done.status, 201, done)
        self.assertTrue(done.json["withdrawn"])
        self.assertEqual(office.post(withdraw, {"reason": "อีกครั้ง"}).code, "conflict")

        anybody = self.server.client()
        self.assertIsNone(anybody.get(kpi).json["judgement"]["latest"])
        self.assertEqual(anybody.get(f"{kpi}/values").json["items"], [])
        history = anybody.get(f"{kpi}/values?history=all").json["items"]
        self.assertEqual([(v["value"], v["withdrawn"], v["reason"]) for v in history],
                         [("25", False, None), ("25", True, "นับซ้ำกับอำเภอข้างเคียง")])
        self.assertEqual(self.report(office, kpi, "24").status, 201)
        self.assertEqual(anybody.get(kpi).json["judgement"]["latest"], "24")

    def test_a_repeated_withdrawal_with_its_key_is_answered_the_same(self):
        office, kpi = self.new_kpi()
        value = self.report(office, kpi, "25").json
        path, key = f"{kpi}/values/{value['value_id']}/withdraw", {"Idempotency-Key": "withdraw-once"}
        first = office.post(path, {"reason": "ผิดหน่วย"}, headers=key)
        again = office.post(path, {"reason": "ผิดหน่วย"}, headers=key)
        self.assertEqual((first.status, first.json), (again.status, again.json))

    def test_the_acts_of_a_KPI_say_what_may_be_done_by_whom_and_why_not(self):
        office, kpi = self.new_kpi()

        def allowed(client):
            return {a["act"]: a["allowed"] for a in client.get(f"{kpi}/acts").json["items"]}

        self.assertEqual(allowed(office), {"kpi.define": True, "kpi.report": True, "kpi.correct": False,
                                           "kpi.withdraw": False})
        self.report(office, kpi, "25")
        self.assertEqual(set(allowed(office).values()), {True})
        self.assertEqual(set(allowed(self.server.signed("office.40")).values()), {False})
        for act in self.server.signed("auditor").get(f"{kpi}/acts").json["items"]:
            self.assertTrue(act["why_not_th"] and act["why_not_en"] and act["who_th"] and act["label_th"], act)


class Scoreboard(ServerTest):
    def test_it_carries_the_rules_in_force_and_its_limits_with_their_numbers(self):
        board = self.server.client().get("/api/v1/scoreboard?fiscal_year=2021").json
        self.assertEqual({row["rule"]: row for row in board["rules"]}, RULES)
        spread = RULES["self_reported_spread_percent"]["value"]
        for lang in ("th", "en"):
            self.assertIn(f"±{spread}%", board["limits"][0][lang])

    def test_who_is_missing_from_one_ranking_only_is_named_for_that_one(self):
        board = self.server.client().get("/api/v1/scoreboard?fiscal_year=2022").json
        odd = next(p for p in board["provinces"] if p["province"] == "23")
        self.assertIsNotNone(odd["level_rank"])
        self.assertIsNone(odd["improvement_rank"])
        self.assertEqual([r["ranking"] for r in odd["reasons"]], ["improvement"])
        codes = {kpi["code"] for kpi in self.server.client().get("/api/v1/kpis?province=23&limit=200").json["items"]}
        for lang in ("th", "en"):
            self.assertFalse([c for c in codes if c in odd["reasons"][0][lang]], "names, not codes")

    def test_its_dump_recomputes_by_the_rules_that_it_carries_and_by_no_others(self):
        dump = self.server.client().get("/api/v1/scoreboard/dump?fiscal_year=2022&format=json").json
        self.assertEqual({row["rule"]: row for row in dump["parameters"]["rules"]}, RULES)
        self.assertTrue(any(r["level"]["band"] == "standard_high" for r in dump["results"]))

        def recomputed(document):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump(document, file)
                file.flush()
                return subprocess.run([ROOT / "tools/recompute-scoreboard", file.name], capture_output=True,
                                      text=True).returncode

        self.assertEqual(recomputed(dump), 0)
        for row in dump["parameters"]["rules"]:
            if row["rule"] == "coverage_min_percent":
                row["value"] = "5"
        self.assertEqual(recomputed(dump), 1)

    def test_the_script_is_short_enough_to_be_read(self):
        lines = (ROOT / "tools/recompute-scoreboard").read_text(encoding="utf-8").count("\n")
        self.assertLessEqual(lines, 200)


class Demonstration(ServerTest):
    def test_an_invented_meeting_is_marked_wherever_it_is_listed(self):
        client = self.server.client()
        marked = [m for m in client.get("/api/v1/meetings").json["items"] if m["demonstration"]]
        self.assertIn("2/2564", [m["number"] for m in marked])
        in_the_course = [m for year in client.get("/api/v1/programme").json["years"] for m in year["meetings"]
                         if m["demonstration"]]
        self.assertIn("2/2564", [m["number"] for m in in_the_course])
        self.assertTrue(all(m["resolutions"] for m in in_the_course))
        invented = {m["meeting_id"] for m in marked}
        for resolution in client.get("/api/v1/resolutions?limit=200").json["items"]:
            self.assertEqual(resolution["demonstration"], resolution["meeting_id"] in invented, resolution)

    def test_a_meeting_recorded_by_an_officer_is_not(self):
        made = self.server.signed("opdc").post("/api/v1/meetings", self.new_meeting())
        self.assertEqual((made.status, made.json["demonstration"]), (201, False))


if __name__ == "__main__":
    unittest.main()
