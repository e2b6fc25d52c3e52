"""The program is killed at any moment, again and again, while officials work.

What was acknowledged is there; what was not is there once or not at all, and sending it again with
the same key does it exactly once; the record is whole, and the ledger verifies.

CHANGWAT_FAULT_ROUNDS: how many times it is killed (20; the full run is 100).
"""
import os
import pathlib
import random
import sqlite3
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.load import Offices, Writers, change_of_project, entries, recorded, urgent_matter  # noqa: E402
from support.server import ENGINE, Server, ServerTest, run, wait_for  # noqa: E402

ROUNDS = int(os.environ.get("CHANGWAT_FAULT_ROUNDS", "20"))
WRITERS = 8
ACTS_BEFORE_KILL = 20


class Kill(unittest.TestCase):
    def setUp(self):
        self.server = Server(log_level="warning")
        self.addCleanup(self.server.remove)
        self.server.start()
        self.random = random.Random(2564)
        self.offices = Offices(self.server)
        self.acts, self.unanswered = [], 0

    def test_no_acknowledged_act_is_lost_and_none_is_half_done(self):
        kept_head = None
        for number in range(ROUNDS):
            with self.subTest(round=number):
                acts = self.acts_until_killed()
                self.server.start()
                self.check_first_sight(acts)
                self.check_courses()
                self.send_again(acts)
                kept_head = self.check_head(kept_head)
                self.acts += acts
        self.check_everything()

    def acts_until_killed(self):
        """What the writers sent until the program was killed in the middle of it."""
        writers = Writers(self.server, WRITERS, ServerTest.new_meeting)
        self.offices.start(self.server)
        writers.start()
        wait_for(lambda: writers.acknowledged >= ACTS_BEFORE_KILL, "acts before the kill")
        time.sleep(self.random.uniform(0, 0.05))  # not a wait: the kill is to come at any moment
        self.server.kill()
        writers.stop()
        self.offices.stop()
        return writers.acts

    def check_first_sight(self, acts):
        """Before anything else is sent: what was acknowledged is there, and nothing twice."""
        there = recorded(self.server.client())
        for act in acts:
            ids = there.get(act.subject, [])
            if act.acknowledged:
                self.assertEqual(ids, [act.answer.json["resolution_id"]], "an acknowledged act is lost")
            else:
                self.assertLessEqual(len(ids), 1, "an act stands twice")

    def send_again(self, acts):
        """Acknowledged acts are answered as before; the others are done now, or were done."""
        client = self.server.signed("opdc")
        lost = [act for act in acts if not act.acknowledged]
        self.unanswered += len(lost)
        for act in self.random.sample([a for a in acts if a.acknowledged], 5):
            before = act.answer.body
            self.assertEqual(act.send(client).body, before, "the same key was answered otherwise")
        for act in lost:
            answer = act.send(client)
            self.assertEqual(answer.status, 201, answer)

    def check_courses(self):
        """Matters and requests stand after their last act, whole: with all that the act wrote, or without any of it."""
        office = self.server.signed("office.70")
        for course in self.offices.all_courses():
            if course.subject:
                {urgent_matter: self.check_matter, change_of_project: self.check_change}[course.script](office, course)

    def assert_done(self, course, seen):
        """The acts that the record shows are those that were acknowledged, and perhaps the one under way."""
        known = [name for name in course.done if name in course.shown]
        self.assertIn(seen, [known, known + [course.under_way]], "an act is lost, half done or done twice")

    def check_matter(self, office, course):
        course.shown = ("raised", "tabled", "resolved")
        page = office.get(f"/api/v1/matters/{course.subject}").json
        kinds = [step["kind"] for step in page["steps"]]
        self.assert_done(course, kinds)
        if not course.meeting:
            return
        meeting = office.get(f"/api/v1/meetings/{course.meeting}").json
        items = [item for item in meeting["items"] if item["source_id"] == course.subject]
        resolutions = [r["resolution_id"] for item in items for r in item["resolutions"]]
        self.assertEqual(len(items), kinds.count("tabled"), "the agenda and the matter tell different stories")
        self.assertEqual(len(resolutions), kinds.count("resolved"))
        self.assertEqual(len(meeting["assignments"]), kinds.count("resolved"), "a resolution without the work that it gave")
        self.assertEqual([page["matter"]["resolution_id"]] if "resolved" in kinds else [], resolutions)
        self.assertEqual(page["matter"]["state"], {"raised": "raised", "tabled": "tabled", "resolved": "resolved"}[kinds[-1]])

    def check_change(self, office, course):
        course.shown = ("begun", "edited", "submitted", "settled", "resolved")
        acts = {"change.create": "begun", "change.edit": "edited", "change.submit": "submitted",
                "change.settle": "settled", "change.resolve": "resolved"}
        at = f"/api/v1/changes/{course.subject}"
        change = office.get(at).json
        seen = [acts[step["act"]] for step in office.get(at + "/history").json["items"]]
        self.assert_done(course, seen)
        self.assertEqual(change["state"], {"begun": "draft", "edited": "draft", "submitted": "checking",
                                           "settled": "classified", "resolved": "decided_here"}[seen[-1]])
        self.assertEqual(change["version"], len(seen), "the request and its history tell different stories")
        self.assertEqual(change["resolution"] is not None, "resolved" in seen, "a request is decided with its resolution")

    def check_head(self, kept):
        """The latest head continues the one that was published before the kill."""
        latest = self.server.client().get("/api/v1/ledger/head").json
        head = latest["head"]
        if kept:
            self.assertGreaterEqual(head["tree_size"], kept["tree_size"], "a published head was taken back")
        return head

    def check_everything(self):
        there = recorded(self.server.client())
        ids = {resolution_id for ids in there.values() for resolution_id in ids}
        self.assertEqual({act.subject for act in self.acts}, set(there))
        self.assertTrue(all(len(ids) == 1 for ids in there.values()), "an act was done twice")
        told = entries(self.server.signed("auditor"))
        self.assertEqual({id: told.get(id) for id in ids}, {id: 1 for id in ids},
                         "the record and the ledger tell different stories")
        self.check_courses()
        resolved = [c.subject for c in self.offices.all_courses() if c.script is change_of_project and "resolved" in c.done]
        told = entries(self.server.signed("auditor"), "change.resolve")
        self.assertEqual({id: told.get(id) for id in resolved}, {id: 1 for id in resolved})
        self.server.stop()
        self.assertEqual(run("doctor", *self.server.settings, check=False).returncode, 0)
        file = self.server.folder / "export.jsonl"
        self.server.command("export", "ledger", "--out", file)
        verdict = run("ledger", "verify", file, check=False)
        self.assertEqual(verdict.returncode, 0, verdict.stdout)
        if ENGINE == "sqlite":
            with sqlite3.connect(self.server.record) as record:
                self.assertEqual(record.execute("PRAGMA integrity_check").fetchone()[0], "ok")
                self.assertEqual(record.execute("PRAGMA foreign_key_check").fetchall(), [])
        self.assertEqual({c.script for c in self.offices.all_courses() if c.ended}, {urgent_matter, change_of_project},
                         "no course came to its end: nothing was checked of its last acts")
        many = sum(len(course.done) for course in self.offices.all_courses())
        print(f"\nkilled {ROUNDS} times among {len(self.acts)} acts, {self.unanswered} of them under way at that moment, "
              f"and {many} acts on matters, meetings and changes", file=sys.stderr)


class StopUnderLoad(unittest.TestCase):
    def test_a_stop_under_load_answers_what_it_has_begun(self):
        with Server(log_level="warning") as server:
            writers = Writers(server, WRITERS, ServerTest.new_meeting).start()
            wait_for(lambda: writers.acknowledged >= 50, "acts before the stop")
            server.stop()  # insists on exit code 0
            writers.stop()
            server.start()
            there = recorded(server.client())
            for act in writers.acts:
                if act.acknowledged:
                    self.assertEqual(there.get(act.subject), [act.answer.json["resolution_id"]])


if __name__ == "__main__":
    unittest.main()
