"""Writers that act over HTTP without pause and remember exactly what they were told.

Every act carries an Idempotency-Key, as an honest client's would: when the answer got lost, the same
request is sent again with the same key, and must be done once.
"""
import http.client
import itertools
import threading
import uuid

from .server import Client

SUBJECT_KIND = "fault_test"


class Act:
    """One resolution to be recorded, known by its subject; `answer` is what was answered, if anything was."""

    def __init__(self, meeting_id):
        self.subject = uuid.uuid4().hex
        self.key = "key-" + self.subject
        self.body = {"meeting_id": meeting_id, "number": "1", "kind": "acknowledge", "text_th": "รับทราบ",
                     "subject_kind": SUBJECT_KIND, "subject_id": self.subject}
        self.answer = None

    def send(self, client):
        """The answer; None if there was none, and then nobody knows whether it was done."""
        try:
            self.answer = client.post("/api/v1/resolutions", self.body, key=self.key)
        except (OSError, http.client.HTTPException):
            client.close()
            self.answer = None
        return self.answer

    @property
    def acknowledged(self):
        return self.answer is not None and self.answer.status == 201


class Writers:
    """Several writers at once; what they did is in `acts` by the time stop() returns."""

    def __init__(self, server, count, new_meeting):
        self._server, self._new_meeting = server, new_meeting
        self._stopping = threading.Event()
        self._acts = [[] for _ in range(count)]
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(count)]
        self._meetings = [self.meeting(server) for _ in range(count)]

    def meeting(self, server):
        answer = server.signed("opdc").post("/api/v1/meetings", self._new_meeting())
        assert answer.status == 201, answer
        return answer.json["meeting_id"]

    def start(self):
        opdc = self._server.signed("opdc")
        self.cookies, self.csrf, self.port = dict(opdc.cookies), opdc.csrf, self._server.port
        for thread in self._threads:
            thread.start()
        return self

    def client(self):
        """A client of the session that all writers share."""
        client = Client(self.port)
        client.cookies, client.csrf = dict(self.cookies), self.csrf
        return client

    def _write(self, number):
        client = self.client()
        while not self._stopping.is_set():
            act = Act(self._meetings[number])
            self._acts[number].append(act)
            answer = act.send(client)
            if answer is None or answer.status != 201:
                # While the program or its database is away there is nothing to hurry for.
                self._stopping.wait(0.02)
        client.close()

    def stop(self):
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @property
    def acts(self):
        return list(itertools.chain.from_iterable(self._acts))

    @property
    def acknowledged(self):
        return sum(act.acknowledged for acts in self._acts for act in list(acts))


def recorded(client):
    """The ids of all resolutions of the writers by subject, as the API lists them: subject -> [ids]."""
    found = {}
    for resolution in client.all_items(f"/api/v1/resolutions?subject_kind={SUBJECT_KIND}"):
        found.setdefault(resolution["subject_id"], []).append(resolution["resolution_id"])
    return found


def entries(client, act="resolution.record"):
    """The ids of what the ledger says was recorded: id -> number of entries."""
    found = {}
    for entry in client.all_items("/api/v1/ledger/entries"):
        if entry["act"] == act:
            found[entry["subject_id"]] = found.get(entry["subject_id"], 0) + 1
    return found
