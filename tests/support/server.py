"""A running program for tests: initialised data, a free port, small HTTP clients, an end by SIGTERM.

The program is CHANGWAT_PROGRAM (default: build/release/changwat); what it shares (data/, web/dist) is
CHANGWAT_SHARE (default: the source tree). CHANGWAT_TEST_ENGINE=postgres runs tests that do not choose
an engine themselves on PostgreSQL.

An initialised data folder takes a second or two to make, so it is made once for a program and its
reference data, kept in .cache/, and copied for every server.
"""
import contextlib
import datetime
import fcntl
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("CHANGWAT_PROGRAM", ROOT / "build/release/changwat"))
SHARE = pathlib.Path(os.environ.get("CHANGWAT_SHARE", ROOT))
CACHE = pathlib.Path(os.environ.get("CHANGWAT_CACHE", ROOT / ".cache"))
ENGINE = os.environ.get("CHANGWAT_TEST_ENGINE", "sqlite")
DEMO_PASSWORD = "changwat-demo"
WAIT_SECONDS = 30  # for things that take milliseconds when the machine is not busy

SESSION_COOKIE = "changwat_session"


def environment(**more):
    """The environment of this process without settings of the program, and with `more`."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CHANGWAT_")}
    return clean | {"CHANGWAT_SHARE": str(SHARE)} | more


def run(*words, stdin="", env=None, timeout=120, check=True):
    """Runs a command of the program to its end; a CompletedProcess with texts."""
    done = subprocess.run([PROGRAM, *map(str, words)], input=stdin, env=env or environment(),
                          capture_output=True, text=True, timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f"changwat {' '.join(map(str, words))} ended with {done.returncode}:\n"
                             f"{done.stdout}{done.stderr}")
    return done


def wait_for(condition, what, seconds=WAIT_SECONDS):
    """The first true value of condition(); asks again until then, an AssertionError if it never is."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.01)


def today():
    """The day in Bangkok, which is what the program calls today."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()


# ---- initialised data

def _version():
    """Changes with whatever an initialised data folder is made from."""
    files = [PROGRAM, *(p for p in (SHARE / "data").rglob("*") if p.is_file())]
    return f"{max(f.stat().st_mtime_ns for f in files):x}-{PROGRAM.stat().st_size:x}"


def _template(demo):
    kind = "demo" if demo else "plain"
    wanted = CACHE / f"api-data-{kind}-{_version()}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "api-data.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in CACHE.glob(f"api-data-{kind}-*"):
                shutil.rmtree(old, ignore_errors=True)
            making = pathlib.Path(tempfile.mkdtemp(dir=CACHE, prefix="making-"))
            run("init", *(["--demo"] if demo else []), "--data", making)
            making.rename(wanted)
    return wanted


def new_data(folder, demo=True):
    """A fresh initialised data folder at `folder`, which must not exist."""
    shutil.copytree(_template(demo), folder)
    return folder


# ---- PostgreSQL

class Postgres:
    """A private PostgreSQL of tools/postgres that can also be away for a while.

    tools/postgres trades durability for speed; a durable one keeps what it acknowledged through halt().
    """

    def __init__(self, durable=False):
        out = subprocess.run([ROOT / "tools/postgres", "start"], env=os.environ | {"CHANGWAT_CACHE": str(CACHE)},
                             capture_output=True, text=True, check=True, timeout=120)
        self.url = out.stdout.strip()
        self.folder = urllib.parse.parse_qs(urllib.parse.urlsplit(self.url).query)["host"][0]
        if durable:
            self.halt()
            self.start_again()

    def _control(self, *words):
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        programs = next(pathlib.Path("/usr/lib/postgresql").glob("15/bin"))
        subprocess.run([*as_server, programs / "pg_ctl", "-s", "-w", "-D", f"{self.folder}/data", *words],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL, timeout=60)

    def halt(self):
        """As a crash would: nobody is told, nothing is finished."""
        self._control("-m", "immediate", "stop")

    def start_again(self):
        """With PostgreSQL's own settings of durability."""
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=100"
        self._control("-l", f"{self.folder}/log", "-o", options, "start")

    def remove(self):
        subprocess.run([ROOT / "tools/postgres", "stop", self.folder], check=True, timeout=60,
                       stdout=subprocess.DEVNULL)


# ---- HTTP

class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return self.headers.get(name)

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()

    @property
    def code(self):
        """The code of a problem document; None for other answers."""
        is_problem = (self.header("Content-Type") or "").startswith("application/problem+json")
        return self.json["code"] if is_problem else None

    def __repr__(self):
        return f"<{self.status} {self.body[:400].decode(errors='replace')}>"


class Client:
    """One browser: a connection kept open, cookies, and the CSRF token once signed in. One thread."""

    def __init__(self, port, token=None, timeout=WAIT_SECONDS):
        self.port, self.token, self.timeout = port, token, timeout
        self.cookies, self.csrf, self.me = {}, None, None
        self._connection = None

    def request(self, method, path, json_body=None, *, body=None, media_type=None, headers=None, if_match=None,
                key=None, language=None, csrf=True):
        """Sends one request. `json_body` is sent as JSON, `body` as it is; csrf=False leaves the token out."""
        sent = dict(headers or {})
        if json_body is not None:
            body = json.dumps(json_body).encode()
            media_type = media_type or "application/json"
        if media_type:
            sent.setdefault("Content-Type", media_type)
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if csrf and self.csrf and method not in ("GET", "HEAD"):
            sent.setdefault("X-CSRF-Token", self.csrf)
        if if_match is not None:
            sent["If-Match"] = if_match
        if key is not None:
            sent["Idempotency-Key"] = key
        if language is not None:
            sent["Accept-Language"] = language
        answer = self._exchange(method, path, body, sent)
        self._take_cookies(answer)
        return answer

    def _exchange(self, method, path, body, headers):
        # A kept connection may have been closed by the server in the meantime; only then try again.
        kept = self._connection is not None
        if not kept:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            # A server that refuses a body has answered before all of it is sent.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._connection.request(method, path, body=body, headers=headers)
            response = self._connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except (ConnectionError, http.client.HTTPException):
            self.close()
            if kept and method in ("GET", "HEAD"):
                return self._exchange(method, path, body, headers)
            raise
        except OSError:
            self.close()
            raise
        if response.will_close:
            self.close()
        return answer

    def _take_cookies(self, answer):
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, json_body=None, **more):
        return self.request("POST", path, json_body, **more)

    def put(self, path, json_body=None, **more):
        return self.request("PUT", path, json_body, **more)

    def patch(self, path, json_body=None, **more):
        return self.request("PATCH", path, json_body, **more)

    def delete(self, path, **more):
        return self.request("DELETE", path, **more)

    def try_sign_in(self, username, password=DEMO_PASSWORD, code=None):
        words = {"username": username, "password": password} | ({"code": code} if code else {})
        answer = self.post("/api/v1/session", words)
        if answer.status == 200:
            self.me = answer.json
            self.csrf = self.me["csrf_token"]
        return answer

    def sign_in(self, username, password=DEMO_PASSWORD, code=None):
        answer = self.try_sign_in(username, password, code)
        if answer.status != 200:
            raise AssertionError(f"{username} could not sign in: {answer}")
        return self

    def all_items(self, path, limit=200):
        """The items of all pages of a list."""
        items, cursor = [], None
        while True:
            query = f"limit={limit}" + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else "")
            answer = self.get(path + ("&" if "?" in path else "?") + query)
            if answer.status != 200:
                raise AssertionError(f"{path}: {answer}")
            items += answer.json["items"]
            cursor = answer.json["next"]
            if not cursor:
                return items

    def close(self):
        if self._connection:
            self._connection.close()
        self._connection = None


# ---- the server

class Server:
    """`changwat serve` on a folder of its own. Use as a context, or start() and stop()."""

    def __init__(self, database=None, demo=True, listen="127.0.0.1:0", data=None, arguments=(), preexec=None,
                 log_level="info"):
        self.engine = database or ENGINE
        self.demo, self.listen, self.arguments, self.preexec = demo, listen, list(arguments), preexec
        self.log_level = log_level
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="changwat-test-"))
        self.data = pathlib.Path(data) if data else self.folder / "data"
        self.log_file = self.folder / "log"
        self.process, self.port, self.postgres = None, None, None
        self.clients, self.signed_in = [], {}

    @property
    def settings(self):
        """The flags by which any command finds this server's record."""
        flags = ["--data", str(self.data)]
        return flags + (["--database", self.postgres.url] if self.postgres else [])

    @property
    def record(self):
        return self.data / "changwat.db"

    def prepare(self):
        if self.engine == "postgres":
            self.postgres = self.postgres or Postgres()
            self.data.mkdir(exist_ok=True)
            run("init", *(["--demo"] if self.demo else []), *self.settings)
        elif not self.data.exists():
            new_data(self.data, self.demo)

    def start(self):
        if not self.record.exists() and not self.postgres:
            self.prepare()
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--listen", self.listen, "--log-level", self.log_level, *self.settings,
                 *self.arguments],
                stdout=subprocess.PIPE, stderr=log, env=environment(), preexec_fn=self.preexec)
        line = self.process.stdout.readline().decode()
        if "serves on http://" not in line:
            self.process.wait(WAIT_SECONDS)
            self.process.stdout.close()
            self.process = None
            raise AssertionError(f"the program did not start:\n{line}{self.log()}")
        self.port = int(line.rsplit(":", 1)[1])
        return self

    def stop(self):
        """Ends the program as an operator does, and insists on a good end."""
        self._close_clients()
        if not self.process:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the program did not end on SIGTERM:\n{self.log()}") from None
        finally:
            process.stdout.close()
        if code != 0:
            raise AssertionError(f"the program ended with {code}:\n{self.log()}")

    def kill(self):
        """Ends the program as a power cut does."""
        process, self.process = self.process, None
        process.kill()
        process.wait()
        process.stdout.close()
        self._close_clients()

    def _close_clients(self):
        for client in self.clients:
            client.close()
        self.clients, self.signed_in = [], {}

    def remove(self):
        """Stops the program and removes what it left."""
        try:
            self.stop()
        finally:
            if self.postgres:
                self.postgres.remove()
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        try:
            return self.start()
        except BaseException:
            self.remove()
            raise

    def __exit__(self, *_):
        self.remove()

    def log(self):
        with contextlib.suppress(FileNotFoundError):
            return self.log_file.read_text(errors="replace")[-4000:]
        return ""

    def client(self, **more):
        """A new client, closed at the latest with the server."""
        self.clients.append(Client(self.port, **more))
        return self.clients[-1]

    def signed(self, username):
        """A client in which `username` is signed in; one a server, because sign-ins are rationed."""
        if username not in self.signed_in:
            self.signed_in[username] = self.client().sign_in(username)
        return self.signed_in[username]

    def rss_bytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024

    def command(self, *words, **more):
        """A command of the program on this server's record."""
        return run(*words, *self.settings, **more)


class ServerTest(unittest.TestCase):
    """Tests that share one server: a class has one, its tests leave each other's records alone."""

    options = {}  # of Server
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Server(**cls.options)
        cls.addClassCleanup(cls.server.remove)
        cls.server.start()

    @classmethod
    def signed(cls, username):
        return cls.server.signed(username)

    def setUp(self):
        self.nobody = self.server.client()

    def assert_problem(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer)
        return answer.json

    def assert_status(self, answer, status):
        self.assertEqual(answer.status, status, answer)
        return answer

    # ---- records that many tests need

    _number = 0
    _number_lock = threading.Lock()

    @classmethod
    def next_number(cls):
        """From 1 on, never the same in one run."""
        with ServerTest._number_lock:
            ServerTest._number += 1
            return ServerTest._number

    @classmethod
    def new_meeting(cls):
        """A body of a meeting's request that no other test sends."""
        return {"body": "subcommittee_regional_local", "number": f"{cls.next_number()}/2569", "on_date": "2026-03-02",
                "chair_title_th": "รองเลขาธิการ ก.พ.ร."}
