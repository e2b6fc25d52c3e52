"""Writers that act over HTTP without pause and remember exactly what they were told.

Every act carries an Idempotency-Key, as an honest client's would: when the answer got lost, the same
request is sent again with the same key, and must be done once.
"""
import datetime
import http.client
import itertools
import threading
import uuid

from .server import Client, today

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


# ---- acts that touch many tables

MATTERS_BODY = "provincial_committee.70"
PLANS_BODY = "provincial_administration_committee.70"
ACTS = itertools.count(1)


class Course:
    """One matter or request taken through its life, act by act, over as many kills as come.

    `script` is a generator that yields (name, office, method, path, body) and is given the answer. `done` are
    the names of the acts that were acknowledged; `under_way` is the one whose answer got lost.
    """

    def __init__(self, script, project, members):
        self.script, self.project, self.members = script, project, members
        self.subject, self.meeting, self.done, self.pending, self.ended = None, None, [], None, False
        self._acts = script(self)
        self._next = next(self._acts)

    def step(self, clients):
        """The next act, or the one that was lost again, with the same key. False if there was no answer."""
        name, office, method, path, body = self._next
        reads = method == "GET"
        if not reads:
            self.pending = self.pending or "key-" + uuid.uuid4().hex
        client = clients(office)
        try:
            answer = client.request(method, "/api/v1" + path, body, key=self.pending, if_match=None if reads else "*")
        except (OSError, http.client.HTTPException):
            client.close()
            return False
        assert answer.status in (200, 201), f"{name}: {answer}"
        if not reads:
            self.pending = None
            self.done.append(name)
        try:
            self._next = self._acts.send(answer.json)
        except StopIteration:
            self.ended = True
        return True

    @property
    def under_way(self):
        return self._next[0] if self.pending else None


def urgent_matter(course):
    """Raised, tabled, resolved with work for somebody: the resolution moves matter, meeting and work at once."""
    n = next(ACTS)
    year = today().year + 1
    later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    matter = yield ("raised", "office.70", "POST", "/matters", {
        "area": "70", "title_th": f"เรื่องที่ {n}", "detail_th": "น้ำท่วม", "source": "complaint", "people_affected": n,
        "risk_24_hours_th": "ขาดน้ำ", "risk_72_hours_th": "ขาดอาหาร", "money_source": "not_known",
        "lead_agency_th": "ปภ.จังหวัด", "due_at": later})
    course.subject = matter["matter_id"]
    meeting = yield ("planned", "office.70", "POST", "/meetings/plan", {
        "body": MATTERS_BODY, "number": f"{500 + n}/{year + 543}", "place_th": "ศาลากลาง", "starts_at": f"{year}-06-01T02:00:00.000Z"})
    course.meeting = meeting["meeting_id"]
    yield ("tabled", "office.70", "POST", f"/matters/{course.subject}/table",
           {"meeting_id": course.meeting, "proposal_th": "พิจารณา"})
    yield "called", "office.70", "POST", f"/meetings/{course.meeting}/call", {}
    yield ("attended", "office.70", "PUT", f"/meetings/{course.meeting}/attendance", {"entries": [
        {"member_id": member, "presence": "present"} for member in course.members]})
    yield "opened", "office.70", "POST", f"/meetings/{course.meeting}/open", {}
    page = yield "", "office.70", "GET", f"/meetings/{course.meeting}", None
    item = next(i["item_id"] for i in page["items"] if i["source_id"] == course.subject)
    yield ("resolved", "office.70", "POST", f"/agenda-items/{item}/resolutions", {
        "kind": "approve", "text_th": "เห็นชอบ", "follow_up": [{"text_th": "ดำเนินการ", "responsible_th": "ปภ."}]})
    yield "closed", "office.70", "POST", f"/meetings/{course.meeting}/close", {}


def change_of_project(course):
    """Begun, edited, handed in, classified, resolved: the resolution and what it does to the request are one act."""
    meeting = yield ("met", "office.70", "POST", "/meetings", {
        "body": PLANS_BODY, "number": f"{500 + next(ACTS)}/{today().year + 543}", "on_date": str(today()),
        "chair_title_th": "ผู้ว่าราชการจังหวัด"})
    course.meeting = meeting["meeting_id"]
    change = yield "begun", "office.70", "POST", "/changes", {"kind": "amend", "project_id": course.project}
    course.subject = change["change_id"]
    at = f"/changes/{course.subject}"
    content = change["content"] | {"reason_th": "เหตุผล"}
    content["after"]["activities"][0]["method_th"] = "ดำเนินการเอง " + uuid.uuid4().hex[:8]
    yield "edited", "office.70", "PATCH", at, {"content": content}
    yield "submitted", "office.70", "POST", at + "/submit", {}
    yield "settled", "office.70", "POST", at + "/settle", {"reason_th": ""}
    yield ("resolved", "governor.70", "POST", at + "/resolve",
           {"meeting_id": course.meeting, "number": "1", "kind": "approve", "text_th": "เห็นชอบ"})


class Offices:
    """Officials of one province who work through courses, one course after another for each script."""

    def __init__(self, server):
        office = server.signed("office.70")
        projects = office.all_items("/api/v1/projects")
        self.project = next(p["project_id"] for p in projects if p["code"] == "สาธิต-70-12")
        self.members = [m["member_id"] for m in office.get(f"/api/v1/bodies/{MATTERS_BODY}").json["members"]]
        self.courses = {urgent_matter: [], change_of_project: []}
        self._stopping = threading.Event()
        self._threads, self._refused = [], []

    def start(self, server):
        self._stopping.clear()
        session = {name: server.signed(name) for name in ("office.70", "governor.70")}
        self._threads = [threading.Thread(target=self._work, args=(script, server.port, session)) for script in self.courses]
        for thread in self._threads:
            thread.start()
        return self

    def _work(self, script, port, session):
        own = {}

        def clients(name):
            if name not in own:
                own[name] = Client(port)
                own[name].cookies, own[name].csrf = dict(session[name].cookies), session[name].csrf
            return own[name]

        try:
            self._go_on(script, clients)
        except AssertionError as refused:
            self._refused.append(refused)
        for client in own.values():
            client.close()

    def _go_on(self, script, clients):
        while not self._stopping.is_set():
            if not self.courses[script] or self.courses[script][-1].ended:
                self.courses[script].append(Course(script, self.project, self.members))
            if not self.courses[script][-1].step(clients):
                return

    def stop(self):
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        if self._refused:
            raise self._refused[0]

    def all_courses(self):
        return list(itertools.chain.from_iterable(self.courses.values()))
