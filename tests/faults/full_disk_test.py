"""The disk is full: acts are refused with 503, reading goes on, and with room again all is as before.

The record lies on a file system of its own that is filled up; where mounting is not permitted, a limit
on the size of files (RLIMIT_FSIZE) stands in for it.
"""
import contextlib
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.load import Act, Writers, recorded  # noqa: E402
from support.server import ENGINE, Server, ServerTest, new_data, run, wait_for  # noqa: E402

MEGABYTE = 1 << 20


class SmallDisk:
    """A file system of 64 MB in memory."""

    @staticmethod
    def mounted():
        folder = pathlib.Path(tempfile.mkdtemp(prefix="changwat-disk-"))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", folder], capture_output=True,
                              check=False) if shutil.which("mount") else None
        if done and done.returncode == 0:
            return SmallDisk(folder)
        folder.rmdir()
        return None

    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"

    def prepare(self, server):
        server.data = new_data(self.folder / "data")

    def fill(self, server):
        with open(self.filler, "ab", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)

    def make_room(self, server):
        self.filler.unlink()

    def remove(self):
        subprocess.run(["umount", self.folder], check=True)
        self.folder.rmdir()


class FileSizeLimit:
    """No file of the program may grow: what a full disk is to a database that only appends."""

    def prepare(self, server):
        server.preexec = lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error, not a death

    def fill(self, server):
        largest = max(f.stat().st_size for f in server.data.glob("changwat.db*"))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (largest // 2, resource.RLIM_INFINITY))

    def make_room(self, server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def remove(self):
        pass


@unittest.skipUnless(ENGINE == "sqlite", "PostgreSQL has its own disk")
class FullDisk(unittest.TestCase):
    def check(self, disk):
        self.addCleanup(disk.remove)
        server = Server(log_level="error")
        self.addCleanup(server.remove)
        disk.prepare(server)
        server.start()

        writers = Writers(server, 4, ServerTest.new_meeting).start()
        wait_for(lambda: writers.acknowledged >= 50, "acts while there is room")
        disk.fill(server)
        wait_for(lambda: sum(a.answer is not None and a.answer.status == 503 for a in writers.acts) >= 20,
                 "acts refused for want of room")
        writers.stop()

        # Refused with a problem document, in words for the person who acted.
        refused = next(a.answer for a in reversed(writers.acts) if not a.acknowledged)
        self.assertEqual((refused.status, refused.code), (503, "unavailable"))
        self.assertTrue(refused.json["message"]["th"] and refused.json["message"]["en"])
        self.assertEqual({a.answer.status for a in writers.acts if a.answer}, {201, 503})

        # Reading goes on, and shows exactly what was acknowledged.
        reader = server.client()
        for path in ("/healthz", "/api/v1/areas/70", "/api/v1/ledger/head", "/"):
            self.assertEqual(reader.get(path).status, 200, path)
        self.assertEqual(server.signed("opdc").get("/api/v1/session").status, 200)
        self.check_record(recorded(reader), writers.acts)

        # With room again, acting works again, without a restart; what was refused can be sent again.
        disk.make_room(server)
        client = server.signed("opdc")
        again = Act(writers.acts[0].body["meeting_id"])
        wait_for(lambda: again.send(client) and again.acknowledged, "acts after room was made")
        for act in [a for a in writers.acts if not a.acknowledged][-5:]:
            self.assertEqual(act.send(client).status, 201)
        self.check_record(recorded(reader), [*writers.acts, again])

        server.stop()
        doctor = server.command("doctor", check=False)
        self.assertEqual(doctor.returncode, 0, doctor.stdout)

    def check_record(self, there, acts):
        self.assertEqual({a.subject: [a.answer.json["resolution_id"]] for a in acts if a.acknowledged}, there)

    def test_acts_are_refused_and_nothing_is_lost_when_the_disk_is_full(self):
        disk = SmallDisk.mounted()
        if not disk:
            self.skipTest("mounting is not permitted here")
        self.check(disk)

    def test_acts_are_refused_and_nothing_is_lost_when_files_may_not_grow(self):
        self.check(FileSizeLimit())


class FullDiskForCommands(unittest.TestCase):
    def test_an_export_or_backup_that_does_not_fit_is_a_failure(self):
        with Server() as server:
            server.stop()
            for words in (["export", "areas", "--out", "/dev/full"], ["export", "ledger", "--out", "/dev/full"],
                          ["export", "areas", "--format", "xlsx", "--out", "/dev/full"]):
                with self.subTest(words):
                    done = server.command(*words, check=False)
                    self.assertNotEqual(done.returncode, 0)
                    self.assertRegex(done.stderr, "cannot write|could not be written")

    def test_an_init_that_does_not_fit_says_so_and_can_be_done_again(self):
        disk = SmallDisk.mounted()
        if not disk:
            self.skipTest("mounting is not permitted here")
        self.addCleanup(disk.remove)
        disk.fill(None)
        os.truncate(disk.filler, disk.filler.stat().st_size - MEGABYTE)
        done = run("init", "--data", disk.folder / "data", check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, "full|disk|cannot write")
        disk.make_room(None)
        run("init", "--demo", "--data", disk.folder / "data")
        self.assertIn("nothing is wrong", run("doctor", "--data", disk.folder / "data").stdout)


if __name__ == "__main__":
    unittest.main()
