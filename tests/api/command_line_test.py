"""The command line: help, where settings come from, doctor, backup, exports, init again."""
import csv
import io
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ENGINE, SESSION_COOKIE, Server, environment, new_data, run  # noqa: E402

COMMANDS = ("init", "serve", "import", "export", "user", "openapi", "ledger", "who-may", "authority", "doctor", "backup")
SETTINGS = ("data", "database", "share", "log-level", "origin", "listen", "public-url", "io-threads",
            "trusted-proxy", "providers")


class FolderTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="changwat-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def new_data(self, name="data"):
        return new_data(self.folder / name)

    def refused(self, *words, **more):
        """What the program says on standard error when it does not do what it is told."""
        done = run(*words, check=False, **more)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("terminate called", done.stderr)
        return done.stderr


class Help(FolderTest):
    def test_help_names_every_command_and_every_setting(self):
        text = run("--help").stdout
        for command in COMMANDS:
            self.assertRegex(text, rf"(?m)^  {command} ")
        for setting in SETTINGS:
            self.assertIn(f"--{setting} ", text)
            self.assertIn("CHANGWAT_" + setting.upper().replace("-", "_"), text)

    def test_every_command_helps(self):
        for command in COMMANDS:
            with self.subTest(command):
                self.assertIn("Usage: changwat", run(command, "--help").stdout)

    def test_wrong_use_is_said_and_is_no_success(self):
        for words in ([], ["conquer"], ["serve", "--nonsense"], ["init", "--data"], ["ledger"], ["user"],
                      ["export"], ["import", "areas", "/no/such/file"], ["backup"], ["ledger", "verify", "/no/file"]):
            with self.subTest(words):
                self.assertTrue(self.refused(*words).strip())


class Settings(FolderTest):
    """Later ones win: the file, the environment, the flags. Doctor says which data folder it looks at."""

    def looked_at(self, *flags, **variables):
        done = run("doctor", *flags, env=environment(**variables), check=False)
        return re.search(r"data folder (\S+?):? ", done.stdout + " ").group(1)

    def setUp(self):
        super().setUp()
        self.file = self.folder / "changwat.toml"
        self.file.write_text('data = "/from/file"\n')

    def test_the_file_is_read(self):
        self.assertEqual(self.looked_at("--config", self.file), "/from/file")

    def test_the_environment_wins_over_the_file(self):
        self.assertEqual(self.looked_at("--config", self.file, CHANGWAT_DATA="/from/environment"), "/from/environment")

    def test_a_flag_wins_over_both(self):
        self.assertEqual(self.looked_at("--config", self.file, "--data", "/from/flag",
                                        CHANGWAT_DATA="/from/environment"), "/from/flag")

    def test_a_flag_may_stand_before_or_behind_the_command(self):
        for words in (["--data", "/from/flag", "doctor"], ["doctor", "--data", "/from/flag"]):
            self.assertIn("/from/flag", run(*words, check=False).stdout)

    def test_a_setting_that_nobody_knows_is_not_passed_over(self):
        self.file.write_text('colour = "red"\n')
        self.assertTrue(self.refused("doctor", "--config", self.file))

    def test_a_file_that_is_not_there_is_not_passed_over(self):
        self.assertTrue(self.refused("doctor", "--config", self.folder / "none.toml"))

    def test_a_place_to_listen_that_is_none_is_refused(self):
        data = self.new_data()
        for listen in ("nonsense", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:http"):
            with self.subTest(listen):
                self.assertIn("--listen", self.refused("serve", "--data", data, "--listen", listen))


class Init(FolderTest):
    def counts(self, data):
        with sqlite3.connect(data / "changwat.db") as record:
            tables = [name for name, in record.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
            return {table: record.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}

    def test_a_second_init_changes_nothing(self):
        data = self.new_data()
        before, key = self.counts(data), (data / "ledger.key").read_bytes()
        run("init", "--demo", "--data", data)
        self.assertEqual(self.counts(data), before)
        self.assertEqual((data / "ledger.key").read_bytes(), key)

    def test_the_key_is_readable_by_its_owner_only(self):
        self.assertEqual((self.new_data() / "ledger.key").stat().st_mode & 0o777, 0o600)

    def test_without_demo_there_is_no_account(self):
        data = new_data(self.folder / "plain", demo=False)
        self.assertEqual(self.counts(data)["person"], 0)
        run("init", "--demo", "--data", data)
        self.assertGreater(self.counts(data)["person"], 10)

    def test_serving_without_init_says_what_to_do(self):
        told = self.refused("serve", "--data", self.folder / "nothing", "--listen", "127.0.0.1:0")
        self.assertIn("init", told)


class Doctor(FolderTest):
    def doctor(self, data):
        return run("doctor", "--data", data, check=False)

    def assert_fault(self, data, what):
        done = self.doctor(data)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertRegex(done.stdout, rf"(?m)^FAULT  .*{what}")
        self.assertRegex(done.stdout, r"(?m)^\d+ to mend$")

    def test_a_good_installation_is_said_to_be_one(self):
        done = self.doctor(self.new_data())
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("FAULT", done.stdout)
        self.assertIn("nothing is wrong", done.stdout)

    def test_a_missing_folder_is_found(self):
        self.assert_fault(self.folder / "nothing", "data folder")

    def test_a_missing_key_is_found_and_no_new_one_is_made(self):
        data = self.new_data()
        (data / "ledger.key").unlink()
        self.assert_fault(data, "ledger's key")
        self.assertFalse((data / "ledger.key").exists(), "doctor made a key that is not the ledger's")

    def test_a_key_that_others_can_read_is_found(self):
        data = self.new_data()
        (data / "ledger.key").chmod(0o644)
        self.assert_fault(data, "readable by its owner only")

    def test_a_missing_record_is_found_and_none_is_made(self):
        data = self.new_data()
        for file in data.glob("changwat.db*"):
            file.unlink()
        self.assert_fault(data, "the record")
        self.assertEqual(list(data.glob("changwat.db*")), [])

    def test_a_damaged_record_is_found(self):
        data = self.new_data()
        with sqlite3.connect(data / "changwat.db") as record:
            record.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with open(data / "changwat.db", "r+b") as file:
            file.seek(5 * 4096)
            file.write(os.urandom(60 * 4096))
        self.assert_fault(data, "")

    def test_a_record_of_an_older_program_is_found(self):
        data = self.new_data()
        with sqlite3.connect(data / "changwat.db") as record:
            last = record.execute("SELECT max(name) FROM migration").fetchone()[0]
            record.execute("DELETE FROM migration WHERE name = ?", (last,))
        self.assert_fault(data, "migrations are complete")


@unittest.skipUnless(ENGINE == "sqlite", "the record is a file of SQLite")
class Serving(unittest.TestCase):
    def test_after_a_good_end_the_record_is_one_file(self):
        with Server() as server:
            server.signed("opdc")
            server.stop()
            self.assertEqual(sorted(f.name for f in server.data.iterdir()), ["changwat.db", "ledger.key", "tracking.key"])

    def test_both_signals_end_the_program_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number), Server() as server:
                server.process.send_signal(number)
                self.assertEqual(server.process.wait(30), 0)
                server.stop()

    def test_open_pages_do_not_hold_a_stop_up(self):
        with Server() as server:
            idle, listening = server.client(), server.signed("opdc")
            idle.get("/healthz")  # leaves its connection open
            stream = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            self.addCleanup(stream.close)
            cookie = f"{SESSION_COOKIE}={listening.cookies[SESSION_COOKIE]}"
            stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
            self.assertIn(b"200 OK", stream.recv(4096))
            server.stop()  # insists on an end, and a good one
            self.assertEqual(stream.recv(4096), b"")

    def test_the_log_is_json_lines_without_secrets(self):
        with Server() as server:
            client = server.client().sign_in("opdc")
            client.post("/api/v1/session", {"username": "opdc", "password": "a wrong guess 123"})
            secrets = [*client.cookies.values(), client.csrf, "changwat-demo", "a wrong guess 123"]
            server.stop()
            log = server.log_file.read_text()
            for line in log.splitlines():
                self.assertLessEqual({"time", "level", "event"}, set(json.loads(line)))
            for secret in secrets:
                self.assertNotIn(secret, log)


@unittest.skipUnless(ENGINE == "sqlite", "backups of PostgreSQL are its own")
class Backup(unittest.TestCase):
    def test_a_backup_made_in_use_opens_and_verifies(self):
        with Server() as server:
            opdc = server.signed("opdc")
            meeting = {"body": "subcommittee_regional_local", "number": "1/2569", "on_date": "2026-03-02",
                       "chair_title_th": "ประธาน"}
            self.assertEqual(opdc.post("/api/v1/meetings", meeting).status, 201)
            restored = server.folder / "restored"
            restored.mkdir()
            server.command("backup", restored / "changwat.db")
            shutil.copy(server.data / "ledger.key", restored)
            done = run("doctor", "--data", restored)
            self.assertIn("nothing is wrong", done.stdout)
            with Server(data=restored) as copy:
                numbers = [m["number"] for m in copy.client().all_items("/api/v1/meetings")]
                self.assertIn("1/2569", numbers)
            again = server.command("backup", restored / "changwat.db", check=False)
            self.assertNotEqual(again.returncode, 0, "a backup was written over")
            self.assertIn("exists", again.stderr)


class Export(FolderTest):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="changwat-test-"))
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.data = new_data(cls.home / "data")

    def export(self, *words):
        return run("export", *words, "--data", self.data).stdout

    def test_areas_are_the_same_in_every_format(self):
        rows = list(csv.DictReader(io.StringIO(self.export("areas", "--format", "csv").removeprefix("\ufeff"))))
        listed = json.loads(self.export("areas", "--format", "json"))
        self.assertEqual(len(rows), 8441)
        self.assertEqual([(r["code"], r["name_th"], r["name_en"]) for r in rows],
                         [(a["code"], a["name_th"], a["name_en"]) for a in listed])
        ratchaburi = next(row for row in rows if row["code"] == "70")
        self.assertEqual((ratchaburi["name_th"], ratchaburi["name_en"]), ("ราชบุรี", "Ratchaburi"))
        file = self.folder / "areas.xlsx"
        self.export("areas", "--format", "xlsx", "--out", file)
        with zipfile.ZipFile(file) as book:
            self.assertIsNone(book.testzip())
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            self.assertEqual(len(re.findall("<row ", sheet)), 8442)
            texts = book.read("xl/sharedStrings.xml").decode() if "xl/sharedStrings.xml" in book.namelist() else sheet
            self.assertIn("ราชบุรี", texts)

    def test_an_export_of_areas_can_be_imported_again_and_changes_nothing(self):
        file = self.folder / "areas.csv"
        self.export("areas", "--out", file)
        done = run("import", "areas", file, "--data", self.data)
        self.assertIn("8441 areas read, 0 changes", done.stdout)

    def test_the_same_record_gives_the_same_bytes(self):
        for format in ("csv", "json"):
            self.assertEqual(self.export("areas", "--format", format), self.export("areas", "--format", format))

    def test_cohorts_are_exported(self):
        rows = list(csv.DictReader(io.StringIO(self.export("cohorts").removeprefix("\ufeff"))))
        self.assertGreater(len(rows), 30)

    def test_what_cannot_be_exported_is_said_clearly(self):
        self.assertIn("csv, json or xlsx", self.refused("export", "areas", "--format", "pdf", "--data", self.data))
        self.assertIn("areas", self.refused("export", "secrets", "--data", self.data))
        self.assertIn("--fiscal-year", self.refused("export", "scoreboard", "--data", self.data))
        nowhere = self.refused("export", "areas", "--out", "/no/such/folder/x", "--data", self.data)
        self.assertIn("cannot write", nowhere)


class Users(FolderTest):
    def add(self, *words, stdin="a long enough password\n", check=True):
        return run("user", "add", *words, "--data", self.data, stdin=stdin, check=check)

    def setUp(self):
        super().setUp()
        self.data = self.new_data()

    def test_an_account_is_added_once(self):
        names = ["--name-th", "ก", "--name-en", "A"]
        self.assertIn("added new.person", self.add("new.person", *names).stdout)
        self.assertNotEqual(self.add("new.person", *names, check=False).returncode, 0)

    def test_a_wrong_account_is_refused_with_the_reason(self):
        names = ["--name-th", "ก", "--name-en", "A"]
        for words, stdin, told in ((["has space", *names], "a long enough password\n", "user name"),
                                   (["p1", *names], "short\n", "password"),
                                   (["p2", *names], "", "standard input"),
                                   (["p3", *names, "--role", "king"], "a long enough password\n", "king"),
                                   (["p4", *names, "--role", "governor", "--area", "98"], "a long enough password\n",
                                    "98")):
            with self.subTest(words):
                done = self.add(*words, stdin=stdin, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn(told, done.stderr)

    def test_an_account_that_is_refused_leaves_nothing_behind(self):
        names = ["--name-th", "ก", "--name-en", "A"]
        self.add("p5", *names, "--role", "king", check=False)
        self.add("p6", *names, "--role", "governor", "--area", "98", check=False)
        with sqlite3.connect(self.data / "changwat.db") as record:
            left = record.execute("SELECT username FROM person WHERE username IN ('p5', 'p6')").fetchall()
        self.assertEqual(left, [])


if __name__ == "__main__":
    unittest.main()
