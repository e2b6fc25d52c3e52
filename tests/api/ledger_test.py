"""The ledger as an outsider meets it: heads, proofs, exports, and what tampering does to them.

The proofs are checked with RFC 9162 alone (merkle below), the entries by tools/verify-ledger.
"""
import hashlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ENGINE, ROOT, SESSION_COOKIE, Server, ServerTest, run, wait_for  # noqa: E402


def load_outside_verifier():
    loader = importlib.machinery.SourceFileLoader("verify_ledger", str(ROOT / "tools/verify-ledger"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("verify_ledger", loader))
    loader.exec_module(module)
    return module


outside = load_outside_verifier()


# ---- RFC 9162, 2.1.3.2 and 2.1.4.2

def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of_inclusion(leaf, index, size, proof):
    """The root that the proof leads to; None if the proof has the wrong length."""
    at, last, root = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node(step, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node(root, step)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(old_size, old_root, new_size, new_root, proof):
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size & (old_size - 1) == 0:
        proof = [old_root] + proof
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = proof[0]
    for step in proof[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = node(step, first), node(step, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, step)
        at, last = at >> 1, last >> 1
    return (first, second, last) == (old_root, new_root, 0)


class LedgerTest(ServerTest):
    def act(self):
        """Does something that leaves an entry; what the entry is about."""
        return self.assert_status(self.signed("opdc").post("/api/v1/meetings", self.new_meeting()), 201).json

    def head(self):
        return self.nobody.get("/api/v1/ledger/head").json

    def sealed(self):
        """The head once it covers all entries."""
        def covered():
            latest = self.head()
            return latest if latest["head"]["tree_size"] == latest["entries"] else None
        return wait_for(covered, "a head over all entries")

    def hashes(self, answer):
        return [bytes.fromhex(text) for text in answer["proof"]]


class Heads(LedgerTest):
    def test_every_act_makes_the_ledger_grow_and_a_new_head_covers_it(self):
        before = self.sealed()
        self.act()
        after = self.sealed()
        self.assertEqual(after["entries"], before["entries"] + 1)
        self.assertEqual(after["keys"], before["keys"])
        self.assertNotEqual(after["head"]["root"], before["head"]["root"])

    def test_reading_and_refusals_leave_no_entry(self):
        before = self.head()["entries"]
        self.nobody.get("/api/v1/areas")
        self.assertEqual(self.signed("governor.70").post("/api/v1/meetings", self.new_meeting()).status, 403)
        self.assertEqual(self.signed("opdc").post("/api/v1/meetings", {}).status, 422)
        self.assertEqual(self.head()["entries"], before)

    def test_a_head_is_signed_by_the_key_that_is_published(self):
        latest = self.sealed()
        export = {"header": {"format": "changwat-ledger-export-v1", "origin": latest["origin"], "first_sequence": 0,
                             "last_sequence": 0, "head_count": 1, "base": None, "keys": latest["keys"]}}
        verifier = outside.Verifier([outside.unbase64(latest["keys"][0]["public_key"], 32)], None)
        verifier.take_header(export)
        # The verifier compares root and size with what it has read; here it has only the signature to check.
        verifier.size, verifier.root = latest["head"]["tree_size"], lambda: latest["head"]["root"]
        verifier.check_head(latest["head"])
        forged = dict(latest["head"], tree_size=latest["head"]["tree_size"] + 1)
        verifier.size += 1
        with self.assertRaises(outside.Wrong):
            verifier.check_head(forged)

    def test_heads_are_listed_latest_first(self):
        self.act()
        self.sealed()
        sizes = [head["tree_size"] for head in self.nobody.all_items("/api/v1/ledger/heads", limit=1)]
        self.assertGreater(len(sizes), 1)
        self.assertEqual(sizes, sorted(set(sizes), reverse=True))


class Proofs(LedgerTest):
    def test_every_entry_is_proved_to_stand_under_the_head(self):
        for _ in range(5):
            self.act()
        latest = self.sealed()["head"]
        size, root = latest["tree_size"], bytes.fromhex(latest["root"])
        for sequence in range(size):
            answer = self.nobody.get(f"/api/v1/ledger/proof/inclusion?sequence={sequence}&tree_size={size}").json
            leaf = bytes.fromhex(answer["leaf"])
            self.assertEqual(root_of_inclusion(leaf, sequence, size, self.hashes(answer)), root, sequence)
            self.assertNotEqual(root_of_inclusion(leaf, (sequence + 1) % size, size, self.hashes(answer)), root)

    def test_a_leaf_is_the_hash_of_its_entry(self):
        meeting = self.act()
        self.sealed()
        entries = self.signed("auditor").all_items(
            f"/api/v1/ledger/entries?subject_kind=meeting&subject_id={meeting['meeting_id']}")
        self.assertEqual([e["act"] for e in entries], ["meeting.record"])
        entry = {name: entries[0][name] for name in outside.ENTRY}
        leaf = outside.sha256(b"\0" + outside.entry_bytes(entry)).hex()
        answer = self.nobody.get(f"/api/v1/ledger/proof/inclusion?sequence={entry['sequence']}").json
        self.assertEqual(answer["leaf"], leaf)

    def test_every_head_is_proved_to_continue_the_one_before(self):
        for _ in range(3):
            self.act()
            self.sealed()
        heads = self.nobody.all_items("/api/v1/ledger/heads")[::-1]
        self.assertGreaterEqual(len(heads), 3)
        for old, new in zip(heads, heads[1:]):
            self.assert_continues(old, new)
        self.assert_continues(heads[0], heads[-1])

    def assert_continues(self, old, new):
        proof = self.hashes(self.nobody.get(
            f"/api/v1/ledger/proof/consistency?from={old['tree_size']}&to={new['tree_size']}").json)
        roots = bytes.fromhex(old["root"]), bytes.fromhex(new["root"])
        self.assertTrue(is_consistent(old["tree_size"], roots[0], new["tree_size"], roots[1], proof))
        other = hashlib.sha256(roots[0]).digest()
        self.assertFalse(is_consistent(old["tree_size"], other, new["tree_size"], roots[1], proof))

    def test_questions_outside_the_tree_are_answered_as_such(self):
        for query in ("inclusion?sequence=99999999", "inclusion?sequence=0&tree_size=99999999",
                      "consistency?from=0&to=99999999"):
            self.assert_problem(self.nobody.get("/api/v1/ledger/proof/" + query), 404, "not_found")
        for query in ("inclusion?sequence=-1", "inclusion", "consistency?from=1",
                      "inclusion?sequence=9223372036854775808"):
            self.assert_problem(self.nobody.get("/api/v1/ledger/proof/" + query), 422, "invalid_input")
        self.assertEqual(self.nobody.get("/api/v1/ledger/proof/consistency?from=9&to=3").status, 422)


class Exports(LedgerTest):
    """An export is verified by two programs that share no line: `changwat ledger verify` and tools/verify-ledger."""

    def export(self, name="export.jsonl"):
        file = self.server.folder / name
        self.server.command("export", "ledger", "--out", file)
        return file

    def verdicts(self, file, key, *more):
        """What both verifiers say: (True if good, output) each."""
        ours = run("ledger", "verify", file, "--key", key, *more, check=False)
        theirs = subprocess.run([sys.executable, ROOT / "tools/verify-ledger", file, "--key", key, *map(str, more)],
                                capture_output=True, text=True, timeout=60)
        return [(done.returncode == 0, done.stdout + done.stderr) for done in (ours, theirs)]

    def key(self):
        return self.head()["keys"][0]["public_key"]

    def assert_verdict(self, expected, file, key, *more):
        for good, output in self.verdicts(file, key, *more):
            self.assertEqual(good, expected, output)

    def test_both_verifiers_find_the_export_good(self):
        self.act()
        self.assert_verdict(True, self.export(), self.key())

    def test_a_head_that_was_kept_is_found_in_a_later_export(self):
        kept = self.server.folder / "head.json"
        kept.write_text(json.dumps(self.sealed()["head"]))
        self.act()
        self.assert_verdict(True, self.export(), self.key(), "--known-head", kept)
        other = json.loads(kept.read_text()) | {"root": "0" * 64}
        kept.write_text(json.dumps(other))
        self.assert_verdict(False, self.export(), self.key(), "--known-head", kept)

    def test_an_export_signed_by_another_key_is_not_trusted(self):
        other = "A" * 43 + "="
        self.assert_verdict(False, self.export(), other)

    def test_an_export_that_was_edited_is_found_out(self):
        file = self.export()
        lines = file.read_text().splitlines(keepends=True)
        entry = next(i for i, line in enumerate(lines) if line.startswith('{"entry"'))
        for name, changed in (
                ("a word", lines[:entry] + [lines[entry].replace('"program"', '"somebody"')] + lines[entry + 1:]),
                ("an entry left out", lines[:entry] + lines[entry + 1:]),
                ("two entries exchanged", lines[:entry] + [lines[entry + 1], lines[entry]] + lines[entry + 2:]),
                ("the end cut off", lines[:-3]),
                ("an entry twice", lines[:entry + 1] + lines[entry:])):
            with self.subTest(name):
                self.assertNotEqual(changed, lines)
                forged = self.server.folder / "forged.jsonl"
                forged.write_text("".join(changed))
                self.assert_verdict(False, forged, self.key())


@unittest.skipUnless(ENGINE == "sqlite", "edits the file of SQLite")
class Tampering(unittest.TestCase):
    """Somebody with all rights on the machine edits the record's file behind the program's back."""

    def tampered(self, sql, *values):
        """The verdict on an export after the edit, and that of doctor."""
        with Server() as server:
            client = server.signed("opdc")
            self.assertEqual(client.post("/api/v1/meetings", ServerTest.new_meeting()).status, 201)
            server.stop()
            with sqlite3.connect(server.record) as record:
                self.assertGreater(record.execute(sql, values).rowcount, 0)
            file = server.folder / "export.jsonl"
            server.command("export", "ledger", "--out", file)
            verdict = run("ledger", "verify", file, check=False)
            doctor = server.command("doctor", check=False)
            key = json.loads(file.read_text().splitlines()[0])["header"]["keys"][0]["public_key"]
            theirs = outside.Verifier([outside.unbase64(key, 32)], None).run(io.BytesIO(file.read_bytes()))
            self.assertEqual(verdict.returncode == 0, theirs is None, f"{verdict.stdout} but {theirs}")
            return verdict, doctor

    def test_an_edited_entry_is_found_and_named(self):
        verdict, doctor = self.tampered("UPDATE ledger_entry SET actor_id = 'somebody-else' WHERE sequence = 3")
        self.assertEqual(verdict.returncode, 1)
        self.assertIn("entry 3", verdict.stdout)
        self.assertEqual(doctor.returncode, 1)
        self.assertIn("FAULT  the ledger verifies", doctor.stdout)

    def test_a_changed_change_is_found(self):
        verdict, _ = self.tampered("UPDATE ledger_entry SET change = '{}' WHERE act = 'meeting.record'")
        self.assertEqual(verdict.returncode, 1)

    def test_an_edited_entry_with_its_leaf_made_to_fit_is_found(self):
        with Server() as server:
            server.stop()
            with sqlite3.connect(server.record) as record:
                record.row_factory = sqlite3.Row
                entry = dict(record.execute("SELECT * FROM ledger_entry WHERE sequence = 5").fetchone())
                entry = {name: entry[name] for name in outside.ENTRY} | {"act": "something.else"}
                leaf = outside.sha256(b"\0" + outside.entry_bytes(entry)).hex()
                record.execute("UPDATE ledger_entry SET act = ?, leaf = ? WHERE sequence = 5", (entry["act"], leaf))
            file = server.folder / "export.jsonl"
            server.command("export", "ledger", "--out", file)
            self.assertEqual(run("ledger", "verify", file, check=False).returncode, 1)

    def test_a_removed_entry_is_found_before_an_export_could_hide_it(self):
        with Server() as server:
            server.stop()
            with sqlite3.connect(server.record) as record:
                record.execute("DELETE FROM ledger_entry WHERE sequence = 4")
            export = server.command("export", "ledger", "--out", server.folder / "export.jsonl", check=False)
            self.assertEqual(export.returncode, 1)
            doctor = server.command("doctor", check=False)
            self.assertEqual(doctor.returncode, 1)
            self.assertIn("FAULT", doctor.stdout)

    def test_another_ledgers_key_does_not_open_this_record(self):
        with Server() as server, Server(demo=False) as other:
            server.stop()
            other.stop()
            shutil.copy(other.data / "ledger.key", server.data / "ledger.key")
            with self.assertRaisesRegex(AssertionError, "is not the ledger's key"):
                server.start()


class Events(LedgerTest):
    def setUp(self):
        super().setUp()
        self.connections = []

    def listen(self, username):
        """A connection on which the events come, its head read."""
        client = self.signed(username)
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=20)
        self.addCleanup(connection.close)
        self.connections.append(connection)
        cookie = f"{SESSION_COOKIE}={client.cookies[SESSION_COOKIE]}"
        connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode())
        stream = connection.makefile("rb")
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += stream.readline()
        self.assertIn(b"200 OK", head)
        self.assertIn(b"Content-Type: text/event-stream", head)
        return stream

    def next_event(self, stream):
        event = {}
        while line := stream.readline().decode().rstrip("\n"):
            name, value = line.split(": ", 1)
            event[name] = value
        return event

    def define_kpi(self, province):
        """An act in a province; the id of what it is about."""
        answer = self.signed(f"office.{province}").post("/api/v1/kpis", {
            "code": f"event.{self.next_number()}", "name_th": "ทดสอบ", "name_en": "", "definition_th": "นับ",
            "unit_th": "ราย", "unit_en": "", "direction": "higher", "source_th": "ทะเบียน", "owner_th": "สำนักงาน",
            "weight": "10", "baseline": [], "targets": [], "province": province, "fiscal_year": 2026})
        return self.assert_status(answer, 201).json["kpi_id"]

    def test_an_act_is_told_to_those_who_watch_the_whole_country(self):
        streams = [self.listen(username) for username in ("auditor", "opdc", "moi")]
        meeting = self.act()
        for stream in streams:
            event = self.next_event(stream)
            self.assertEqual(event["event"], "ledger")
            data = json.loads(event["data"])
            self.assertEqual((data["act"], data["subject_kind"], data["subject_id"], data["province"]),
                             ("meeting.record", "meeting", meeting["meeting_id"], None))
            self.assertEqual(event["id"], str(data["sequence"]))

    def test_a_provincial_official_hears_of_the_own_province_and_of_no_other(self):
        stream = self.listen("governor.70")
        self.act()
        self.define_kpi("40")
        own = self.define_kpi("70")  # were any of the others told, it would come first
        data = json.loads(self.next_event(stream)["data"])
        self.assertEqual((data["subject_id"], data["province"]), (own, "70"))

    def test_a_citizen_hears_of_nobodys_doings(self):
        self.listen("citizen")
        witness = self.listen("auditor")
        # All streams are told together: the first of ten would be here when the witness has the last.
        for _ in range(10):
            own = self.define_kpi("70")
            self.assertEqual(json.loads(self.next_event(witness)["data"])["subject_id"], own)
        self.connections[0].setblocking(False)
        with self.assertRaises(BlockingIOError):
            self.connections[0].recv(1)

    def test_an_event_tells_what_changed_but_not_the_contents(self):
        stream = self.listen("auditor")
        self.act()
        data = json.loads(self.next_event(stream)["data"])
        self.assertEqual(set(data), {"sequence", "act", "subject_kind", "subject_id", "province"})

    def test_events_come_in_order_without_a_gap(self):
        stream = self.listen("auditor")
        for _ in range(10):
            self.act()
        sequences = [json.loads(self.next_event(stream)["data"])["sequence"] for _ in range(10)]
        self.assertEqual(sequences, list(range(sequences[0], sequences[0] + 10)))

    def test_who_is_not_signed_in_hears_nothing(self):
        self.assert_problem(self.nobody.get("/api/v1/events"), 401, "sign_in_required")


if __name__ == "__main__":
    unittest.main()
