"""Who may sign, the law behind it, what an office may do, and the auditor's recheck, over HTTP and on the command line."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import SHARE, ServerTest, run  # noqa: E402

LEFTOVER = "act=leftover.use&area=70&kind=equipment&facts=crosses_fiscal_year:false"


def roles(signers):
    return [signer["role"] for signer in signers]


class WhoMaySign(ServerTest):
    def ask(self, query, client=None):
        answer = (client or self.nobody).get(f"/api/v1/who-may-sign?{query}")
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_the_threshold_of_2562_moves_the_power_from_the_governor_to_the_budget_bureau(self):
        below = self.ask(f"{LEFTOVER}&amount_satang=99999999")
        self.assertEqual(roles(below["signers"]), ["governor"])
        at = self.ask(f"{LEFTOVER}&amount_satang=100000000")
        self.assertEqual(roles(at["signers"]), ["budget_bureau_director"])
        near = at["nearest"][0]
        self.assertEqual(near["signer"]["role"], "governor")
        self.assertEqual([d["what"] for d in near["differences"]], ["amount"])
        self.assertIn("999,999.99", near["differences"][0]["th"])

    def test_every_signer_comes_with_the_law_its_mark_and_its_duties(self):
        signer = self.ask(f"{LEFTOVER}&amount_satang=100")["signers"][0]
        chain = signer["chain"]
        self.assertEqual([step["instrument"] for step in chain["instruments"]],
                         ["budget_transfer_rules_2562", "budget_procedures_act_2561"])
        self.assertFalse(chain["verified"])
        self.assertTrue(signer["note"])
        self.assertEqual(signer["duties"][0]["deadline"], {"days": 15, "kind": "calendar"})
        self.assertEqual(chain["law"], self.nobody.get("/api/v1/acts").json["law"])

    def test_a_change_of_project_goes_to_the_body_that_decides_on_that_day(self):
        core = ("act=project_change.decide&area=70&profile=normal&facts=in_approved_plan:true,core_changed:true,"
                "cancelled_or_replaced:false,uses_leftover_money:false,new_in_budget:false")
        self.assertEqual(roles(self.ask(f"{core}&on=2026-11-23")["signers"]), ["regional_subcommittee"])
        self.assertEqual(roles(self.ask(f"{core}&on=2021-03-01")["signers"]), ["national_provincial_committee"])
        details = core.replace("core_changed:true", "core_changed:false")
        self.assertEqual(roles(self.ask(f"{details}&on=2026-11-23")["signers"]), ["provincial_integration_committee"])

    def test_names_of_holders_are_told_to_who_is_signed_in_only(self):
        query = "act=procurement.carry_out&area=7001&funding=province_budget"
        self.assertIsNone(self.ask(query)["signers"][0]["holders"])
        self.assertIsNone(self.ask(query)["may_i"])
        governor = self.ask(query, self.signed("governor.70"))
        self.assertTrue(governor["signers"][0]["holders"])
        self.assertTrue(governor["may_i"])
        self.assertFalse(self.ask(query, self.signed("citizen"))["may_i"])

    def test_words_that_the_law_does_not_know_are_refused_by_name(self):
        for query, pointer in (("act=world.end", "?act"), ("act=leftover.use&kind=castle", "?kind"),
                               ("act=leftover.use&facts=rainy:true", "?facts"), ("act=leftover.use&facts=x", "?facts"),
                               ("act=leftover.use&amount_satang=-1", "?amount_satang"), ("", "?act")):
            with self.subTest(query):
                answer = self.nobody.get(f"/api/v1/who-may-sign?{query}")
                self.assertEqual(answer.status, 422, answer)
                self.assertEqual(answer.json["fields"][0]["pointer"], pointer)


class Law(ServerTest):
    def test_the_law_is_public_with_its_doubts(self):
        listed = {i["instrument"]: i for i in self.nobody.get("/api/v1/law/instruments").json["items"]}
        self.assertGreater(len(listed), 10)
        one = self.nobody.get("/api/v1/law/instruments/procurement_exemption_clause_7").json
        self.assertEqual(one, listed["procurement_exemption_clause_7"])
        duties = one["powers"][0]["obligations"]
        self.assertEqual({d["code"] for d in duties}, {"notify_parent_agency", "copy_to_state_audit_office"})
        self.assertTrue(all(d["deadline"] is None for d in duties), "the source names no number of days")
        self.assertEqual(self.nobody.get("/api/v1/law/instruments/none").status, 404)


class OfficePowers(ServerTest):
    def powers(self, client, query=""):
        office = client.get("/api/v1/session").json["offices"][0]["office_id"]
        answer = client.get(f"/api/v1/offices/{office}/powers{query}")
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_an_office_sees_what_it_may_do_and_where(self):
        found = self.powers(self.signed("governor.70"))
        held = {power["chain"]["power"]: power for power in found["powers"]}
        self.assertTrue(held["governor_procurement"]["may_grant"])
        self.assertEqual(held["governor_procurement"]["area"], "70")
        self.assertEqual(held["leftover_small_equipment"]["ceiling_satang"], 99999999)
        self.assertEqual(found["lost"], [])
        self.assertNotIn("s53_personnel", {p["chain"]["power"] for p in
                                           self.powers(self.signed("governor.70"), "?on=2024-09-30")["powers"]})

    def test_what_cannot_be_asked_is_refused(self):
        client = self.signed("governor.70")
        self.assertEqual(client.get("/api/v1/offices/nowhere/powers").status, 404)
        office = client.get("/api/v1/session").json["offices"][0]["office_id"]
        self.assertEqual(client.get(f"/api/v1/offices/{office}/powers?on=2026-10-02&until=2026-10-01").status, 422)


class CommandLine(ServerTest):
    def changwat(self, *words, **more):
        return run(*words, *self.server.settings, **more)

    def test_the_command_line_answers_as_the_page_does(self):
        words = ("who-may", "leftover.use", "--area", "70", "--kind", "equipment", "--amount", "999999.99", "--fact",
                 "crosses_fiscal_year=false")
        answer = json.loads(self.changwat(*words, "--json").stdout)
        self.assertEqual(roles(answer["signers"]), ["governor"])
        self.assertEqual(answer["object"]["amount_satang"], 99999999)
        text = self.changwat(*words).stdout
        self.assertIn("MAY  ", text)
        self.assertIn("[UNVERIFIED]", text)
        nobody = self.changwat("who-may", "leftover.use", "--area", "70", check=False)
        self.assertEqual(nobody.returncode, 1)
        self.assertIn("Nobody may do this.", nobody.stdout)
        for wrong in (("--amount", "much"), ("--area", "7"), ("--fact", "rainy=true"), ("--on", "2021")):
            self.assertIn(wrong[0].strip("-") if wrong[0] != "--fact" else "facts",
                          self.changwat("who-may", "leftover.use", *wrong, check=False).stderr)

    def test_an_auditor_makes_every_chain_again_and_finds_a_forged_one(self):
        export = pathlib.Path(self.server.data) / "ledger.jsonl"
        self.server.signed("opdc").post("/api/v1/meetings", ServerTest.new_meeting())
        self.changwat("export", "ledger", "--out", str(export))
        held = run("authority", "recheck", str(export), "--law", str(SHARE / "data/law"))
        self.assertRegex(held.stdout, r"[1-9]\d* chains hold.* 0 do not hold")
        forged = export.with_name("forged.jsonl")
        forged.write_text(export.read_text(encoding="utf-8").replace("keep_minutes", "read_ledger"), encoding="utf-8")
        found = run("authority", "recheck", str(forged), "--law", str(SHARE / "data/law"), check=False)
        self.assertEqual(found.returncode, 1)
        self.assertIn("DOES NOT HOLD", found.stdout)


if __name__ == "__main__":
    unittest.main()
