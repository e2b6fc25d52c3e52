"""PostgreSQL is gone in the middle of work, and comes back: no answer but 201 or 503, nothing lost."""
import contextlib
import os
import pathlib
import shutil
import socket
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.load import Writers, entries, recorded  # noqa: E402
from support.server import SESSION_COOKIE, Postgres, Server, ServerTest, run, wait_for  # noqa: E402

TIMES = max(2, int(os.environ.get("CHANGWAT_FAULT_ROUNDS", "20")) // 10)


@unittest.skipUnless(shutil.which("pg_ctl") or pathlib.Path("/usr/lib/postgresql/15/bin/pg_ctl").exists(),
                     "PostgreSQL 15 is not installed")
class DatabaseGone(unittest.TestCase):
    def setUp(self):
        self.server = Server(database="postgres", log_level="error")
        self.addCleanup(self.server.remove)
        self.postgres = self.server.postgres = Postgres(durable=True)
        self.server.prepare()
        self.server.start()

    def test_acts_wait_for_nobody_and_nothing_acknowledged_is_lost(self):
        self.listen()  # a page that shows the present must not be what the program stumbles over
        writers = Writers(self.server, 6, ServerTest.new_meeting).start()
        self.addCleanup(writers.stop)
        for number in range(TIMES):
            with self.subTest(round=number):
                before = writers.acknowledged
                wait_for(lambda: writers.acknowledged >= before + 30, "acts while the database is there")
                self.postgres.halt()
                refused = self.refused(writers)
                wait_for(lambda: self.refused(writers) >= refused + 12, "acts refused while it is away")
                self.check_while_away()
                self.postgres.start_again()
                before = writers.acknowledged
                wait_for(lambda: writers.acknowledged >= before + 30, "acts after it came back")
        writers.stop()
        self.assertEqual({a.answer.status for a in writers.acts if a.answer}, {201, 503})
        self.assertTrue(all(a.answer for a in writers.acts), "the program closed a connection without an answer")
        self.check_record(writers.acts)

    def listen(self):
        """A listener to events, who comes again when the stream ends."""
        opdc = self.server.signed("opdc")
        head = (f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n"
                f"Cookie: {SESSION_COOKIE}={opdc.cookies[SESSION_COOKIE]}\r\n\r\n").encode()
        stopping = threading.Event()

        def run_on():
            while not stopping.is_set():
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.server.port)) as stream:
                    stream.settimeout(0.2)
                    stream.sendall(head)
                    while not stopping.is_set():
                        with contextlib.suppress(TimeoutError):
                            if not stream.recv(65536):
                                break
                stopping.wait(0.05)

        listener = threading.Thread(target=run_on)
        listener.start()
        self.addCleanup(listener.join)
        self.addCleanup(stopping.set)

    def refused(self, writers):
        return sum(a.answer is not None and a.answer.status == 503 for a in writers.acts)

    def check_while_away(self):
        client = self.server.client()
        self.assertEqual(client.get("/healthz").status, 200)
        self.assertEqual(client.get("/").status, 200)
        self.assertEqual(client.get("/api/v1/areas/70").status, 200, "the register is in memory")
        for path in ("/api/v1/meetings", "/api/v1/ledger/head"):
            answer = client.get(path)
            self.assertEqual((answer.status, answer.code), (503, "unavailable"), answer)
        self.assertEqual(client.get("/readyz").status, 503)

    def check_record(self, acts):
        client = self.server.signed("opdc")
        there = recorded(client)
        for act in acts:
            ids = there.get(act.subject, [])
            if act.acknowledged:
                self.assertEqual(ids, [act.answer.json["resolution_id"]], "an acknowledged act is lost")
            else:
                self.assertLessEqual(len(ids), 1)  # the commit may have reached it, the answer not us
        for act in acts:
            if not act.acknowledged:
                self.assertEqual(act.send(client).status, 201)
        there = recorded(client)
        self.assertEqual({act.subject: 1 for act in acts}, {subject: len(ids) for subject, ids in there.items()})
        told = entries(self.server.signed("auditor"))
        ids = [resolution_id for ids in there.values() for resolution_id in ids]
        self.assertEqual({id: told.get(id) for id in ids}, {id: 1 for id in ids})
        self.server.stop()
        file = self.server.folder / "export.jsonl"
        self.server.command("export", "ledger", "--out", file)
        verdict = run("ledger", "verify", file, check=False)
        self.assertEqual(verdict.returncode, 0, verdict.stdout)
        doctor = self.server.command("doctor", check=False)
        self.assertNotIn("FAULT  the ledger", doctor.stdout)
        print(f"\nPostgreSQL went {TIMES} times among {len(acts)} acts", file=sys.stderr)


@unittest.skipUnless(pathlib.Path("/usr/lib/postgresql/15/bin/pg_ctl").exists(), "PostgreSQL 15 is not installed")
class NoDatabase(unittest.TestCase):
    def test_a_program_without_its_database_does_not_start_and_says_why(self):
        server = Server(database="postgres")
        self.addCleanup(server.remove)
        server.prepare()
        server.postgres.halt()
        done = run("serve", *server.settings, "--listen", "127.0.0.1:0", check=False, timeout=60)
        server.postgres.start_again()
        self.assertEqual(done.returncode, 1)
        self.assertIn("changwat: ", done.stderr)


if __name__ == "__main__":
    unittest.main()
