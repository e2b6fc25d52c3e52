"""Malformed, hostile and slow HTTP, byte by byte, against the program as it is deployed.

After each attack the program must still answer, within a bound of memory.
"""
import pathlib
import re
import socket
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.server import ServerTest  # noqa: E402

HOST = b"Host: x\r\n"
MEGABYTE = 1 << 20


class RawTest(ServerTest):
    def connect(self, timeout=20):
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout)
        self.addCleanup(connection.close)
        return connection

    def exchange(self, data):
        """What the server sends until it closes; sending stops when it does not listen any more."""
        connection = self.connect()
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return read_all(connection)

    def tearDown(self):
        self.assertEqual(self.nobody.get("/healthz").status, 200, "the program does not answer any more")


def read_all(connection):
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def statuses(received):
    """The status codes of all answers in a stream."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 ([0-9]{3}) ", received)]


class Smuggling(RawTest):
    """Requests about whose end a proxy in front and the program could disagree."""

    hidden = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"

    def assert_refused(self, head, body=b""):
        received = self.exchange(b"POST /api/v1/session HTTP/1.1\r\n" + HOST + head + b"\r\n" + body + self.hidden)
        self.assertEqual(statuses(received), [400], received)
        self.assertNotIn(b"ok\n", received)

    def test_two_framings_of_one_body_are_refused(self):
        for name, head, body in (
                ("length and chunked", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
                ("chunked and length", b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", b"0\r\n\r\n"),
                ("two lengths", b"Content-Length: 0\r\nContent-Length: 5\r\n", b""),
                ("the same length twice", b"Content-Length: 0\r\nContent-Length: 0\r\n", b""),
                ("a list of lengths", b"Content-Length: 0, 0\r\n", b""),
                ("chunked twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
                ("chunked behind another coding", b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
                ("a coding that is not one", b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
                ("identity", b"Transfer-Encoding: identity\r\n", b"")):
            with self.subTest(name):
                self.assert_refused(head, body)

    def test_a_length_that_is_no_number_is_refused(self):
        for length in (b"+5", b"-1", b"0x5", b"5 5", b"5,", b"", b"1e1", b"99999999999999999999999999"):
            with self.subTest(length):
                self.assert_refused(b"Content-Length: " + length + b"\r\n")

    def test_a_head_that_can_be_read_in_two_ways_is_refused(self):
        for name, head in (("space before the colon", b"Content-Length : 0\r\n"),
                           ("tab before the colon", b"Transfer-Encoding\t: chunked\r\n"),
                           ("folded line", b"X-A: 1\r\n folded\r\n"),
                           ("bare line feed", b"X-A: 1\nContent-Length: 0\r\n"),
                           ("bare carriage return", b"X-A: 1\rContent-Length: 0\r\n"),
                           ("zero byte", b"X-A: a\0b\r\n"),
                           ("no colon", b"nonsense\r\n"),
                           ("no name", b": value\r\n"),
                           ("two hosts", b"Host: y\r\n")):
            with self.subTest(name):
                self.assert_refused(head)

    def test_a_chunk_that_lies_about_its_size_is_refused(self):
        for name, chunks in (("no number", b"xyz\r\nabc\r\n0\r\n\r\n"), ("negative", b"-1\r\nabc\r\n0\r\n\r\n"),
                             ("too long a number", b"fffffffffffffffff\r\n"),
                             ("longer than said", b"1\r\nabc\r\n0\r\n\r\n"),
                             ("bare line feeds", b"1\na\n0\n\n")):
            with self.subTest(name):
                received = self.exchange(b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n"
                                         b"Content-Type: application/json\r\n\r\n" + chunks + self.hidden)
                self.assertIn(statuses(received), ([400], [413]), received)

    def test_a_body_nobody_wants_is_not_taken_for_the_next_request(self):
        body = self.hidden
        received = self.exchange(b"POST /api/v1/nothing HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(body)
                                 + body + self.hidden)
        self.assertEqual(statuses(received), [404, 200])

    def test_requests_that_come_together_are_answered_in_their_order(self):
        received = self.exchange(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\nGET /nope HTTP/1.1\r\n" + HOST + b"\r\n"
                                 b"GET /readyz HTTP/1.1\r\n" + HOST + b"\r\n")
        self.assertEqual(statuses(received), [200, 404, 200])

    def test_a_chunked_body_is_read_whole(self):
        received = self.exchange(b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n"
                                 b"Content-Type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + self.hidden)
        self.assertEqual(statuses(received), [422, 200])


class Malformed(RawTest):
    def test_a_request_line_that_is_none_is_refused(self):
        for line in (b"GET\r\n", b"GET /\r\n", b"GET / HTTP/9.9\r\n", b"GET / HTTP/1.1 x\r\n", b"\0\0\0\0\r\n",
                     b"GET http://other/ HTTP/1.1\r\n", b"GET nowhere HTTP/1.1\r\n", b"GET /\xe0\xb8 HTTP/1.1\r\n",
                     b"GET /a b HTTP/1.1\r\n", b"CONNECT x:1 HTTP/1.1\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n"):
            with self.subTest(line):
                received = self.exchange(line + HOST + b"\r\n")
                self.assertIn(statuses(received), ([400], [405]), received)

    def test_a_request_without_host_is_refused(self):
        self.assertEqual(statuses(self.exchange(b"GET / HTTP/1.1\r\n\r\n")), [400])

    def test_http_2_without_tls_is_refused(self):
        received = self.exchange(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        self.assertEqual(statuses(received), [400])

    def test_random_bytes_do_no_harm(self):
        seed = 1
        for _ in range(50):
            junk = bytearray()
            for _ in range(200):
                seed = (seed * 1103515245 + 12345) % (1 << 31)
                junk.append(seed >> 16 & 255)
            received = self.exchange(bytes(junk) + b"\r\n\r\n")
            self.assertIn(statuses(received), ([], [400], [431], [414]))


class Floods(RawTest):
    """Input without end: refused at its limit, and the memory for it stays small."""

    def pump(self, head, piece, pieces):
        connection = self.connect()
        connection.sendall(head)
        sent = 0
        try:
            for _ in range(pieces):
                connection.sendall(piece)
                sent += len(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return sent, read_all(connection)

    def assert_bounded(self, head, piece, pieces, refused):
        before = self.server.rss_bytes()
        sent, received = self.pump(head, piece, pieces)
        self.assertLess(sent, 32 * MEGABYTE, "the program read on")
        self.assertIn(statuses(received), ([], [refused]), received)
        self.assertLess(self.server.rss_bytes() - before, 32 * MEGABYTE)

    def test_a_head_without_end_is_cut(self):
        self.assert_bounded(b"GET / HTTP/1.1\r\n" + HOST, b"X-Filler: " + b"x" * 1000 + b"\r\n", 100_000, 431)

    def test_a_header_line_without_end_is_cut(self):
        self.assert_bounded(b"GET / HTTP/1.1\r\n" + HOST + b"X-Long: ", b"x" * 65536, 2_000, 431)

    def test_a_chunked_body_without_end_is_cut(self):
        self.assert_bounded(b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
                            b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 0x1000 + b"\r\n", 20_000, 413)

    def test_a_body_of_nothing_but_chunk_headers_is_cut(self):
        self.assert_bounded(b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
                            b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"e" * 4000 + b"\r\nx\r\n", 20_000, 400)

    def test_many_connections_that_say_little_cost_little(self):
        before, connections = self.server.rss_bytes(), []
        for _ in range(400):
            connection = self.connect()
            connection.sendall(b"GET / HTTP/1.1\r\n" + HOST)
            connections.append(connection)
        self.assertEqual(self.nobody.get("/healthz").status, 200)
        self.assertLess(self.server.rss_bytes() - before, 32 * MEGABYTE)
        for connection in connections:
            connection.close()

    def test_a_client_that_reads_nothing_holds_nobody_up(self):
        deaf = self.connect()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        request = b"GET /api/v1/areas?limit=200 HTTP/1.1\r\n" + HOST + b"\r\n"
        before = self.server.rss_bytes()
        deaf.settimeout(1)
        try:
            for _ in range(2000):
                deaf.sendall(request)
        except OSError:
            pass
        self.assertEqual(self.nobody.get("/api/v1/areas/70").status, 200)
        self.assertLess(self.server.rss_bytes() - before, 32 * MEGABYTE)


class Slowness(RawTest):
    """Clients that take all the time they can get. They run beside each other, because they only wait."""

    def test_slow_heads_and_bodies_are_cut_while_others_are_served(self):
        results = {}
        def slow(name, first, dribble):
            begun = time.monotonic()
            connection = self.connect(timeout=40)
            received = b""
            try:
                connection.sendall(first)
                connection.settimeout(0.5)
                while time.monotonic() - begun < 35:
                    try:
                        connection.sendall(dribble)
                        chunk = connection.recv(4096)
                    except TimeoutError:
                        continue
                    if not chunk:
                        break
                    received += chunk
            except (BrokenPipeError, ConnectionResetError):
                pass
            results[name] = (time.monotonic() - begun, received)
        cases = {"head": (b"GET / HTTP/1.1\r\n" + HOST, b"X-A: 1\r\n"[:1]),
                 "body": (b"POST /api/v1/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
                          b"Content-Length: 5000\r\n\r\n", b" "),
                 "nothing more": (b"GET /", b"")}
        threads = [threading.Thread(target=slow, args=(name, *case)) for name, case in cases.items()]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.assertEqual(self.nobody.get("/healthz").status, 200)
            threads[0].join(0.5)
        for name, (seconds, received) in results.items():
            with self.subTest(name):
                self.assertEqual(statuses(received), [408], received)
                self.assertLess(seconds, 30)


if __name__ == "__main__":
    unittest.main()
