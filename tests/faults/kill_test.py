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
from support.load import Writers, entries, recorded  # noqa: E402
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
        self.acts, self.unanswered = [], 0

    def test_no_acknowledged_act_is_lost_and_none_is_half_done(self):
        kept_head = None
        for number in range(ROUNDS):
            with self.subTest(round=number):
                acts = self.acts_until_killed()
                self.server.start()
                self.check_first_sight(acts)
                self.send_again(acts)
                kept_head = self.check_head(kept_head)
                self.acts += acts
        self.check_everything()

    def acts_until_killed(self):
        """What the writers sent until the program was killed in the middle of it."""
        writers = Writers(self.server, WRITERS, ServerTest.new_meeting).start()
        wait_for(lambda: writers.acknowledged >= ACTS_BEFORE_KILL, "acts before the kill")
        time.sleep(self.random.uniform(0, 0.05))  # not a wait: the kill is to come at any moment
        self.server.kill()
        writers.stop()
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
        print(f"\nkilled {ROUNDS} times among {len(self.acts)} acts, "
              f"{self.unanswered} of them under way at that moment", file=sys.stderr)


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
