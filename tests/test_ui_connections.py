"""Slow, huge, half-closed, malformed, abandoned requests on real sockets: refused in time, and others are answered.

Where two statuses will do, uvicorn's two parsers differ.
"""

import socket
import threading
import time
from contextlib import ExitStack

import httpx
import pytest

from corpus.article import Article
from tests.browsing import served
from tests.fakes import ARTICLE, FIRST, ScriptedAssistant
from ui.limits import Limits

pytestmark = pytest.mark.slow  # real connections that wait

HUGE = Article(id="huge", title="Huge", path="2.txt", text="Words and words. " * 2_000_000)
LARGE = Article(id="large", title="Large", path="3.txt", text="Words and words. " * 500_000)
LIMITS = Limits(
    head_s=0.5, head_bytes=8_000, body_s=0.5, body_bytes=10_000, idle_s=1, taken_s=0.5, connections=20, per_minute=0
)


@pytest.fixture(scope="module")
def assistant():
    return ScriptedAssistant([ARTICLE, HUGE, LARGE], {"What?": FIRST})


@pytest.fixture(scope="module")
def address(tmp_path_factory, assistant):
    with served(assistant, feedback=tmp_path_factory.mktemp("f") / "f.jsonl", limits=LIMITS) as address:
        yield address


@pytest.fixture
def connected(address):
    """Make connections to the server; in the end somebody else is answered, whatever was done on them."""
    host, _, port = address.removeprefix("http://").partition(":")
    with ExitStack() as open_ones:
        yield lambda: open_ones.enter_context(socket.create_connection((host, int(port)), timeout=10))
        with httpx.Client(base_url=address, timeout=10) as other:
            until = time.monotonic() + 30
            while (found := other.post("/api/ask", json={"question": "What?"})).status_code == 503:
                assert time.monotonic() < until, "those who were answered never made room"
                time.sleep(0.1)  # those who were held are still leaving
            assert found.json()["answered"]


def heard(connection):
    """Return all that comes until the server hangs up; it has to hang up."""
    received = b""
    try:
        while more := connection.recv(65_536):
            received += more
    except ConnectionError:
        pass  # it hung up while we were sending
    return received


def status(response):
    return int(response.split(b" ", 2)[1])


def head(path="/api/ask", method="POST", **headers):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    return "\r\n".join([*lines, *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()), "", ""])


GOOD = head(Content_Length=21) + '{"question": "What?"}'


def test_a_head_that_does_not_come_to_its_end_is_refused(connected):
    slow = connected()
    slow.sendall(b"POST /api/ask HTTP/1.1\r\nHo")
    response = heard(slow)
    assert status(response) == 408
    assert b"did not come to an end in time" in response


def test_a_head_that_drips_is_refused_however_steadily_it_does(connected):
    slow = connected()
    over = threading.Event()

    def drip():
        for byte in head(X="y" * 200).encode():
            if over.wait(0.05):
                return
            try:
                slow.sendall(bytes([byte]))
            except OSError:
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    assert heard(slow)[:12] in (b"HTTP/1.1 408", b"")
    over.set()
    dripping.join()


def test_a_connection_on_which_nothing_is_asked_is_ended_without_a_word(connected):
    assert heard(connected()) == b""


def test_a_further_request_on_a_connection_has_no_more_time_than_the_first(connected):
    kept = connected()
    kept.sendall(GOOD.encode())
    assert status(kept.recv(65_536)) == 200
    kept.sendall(b"POST /api/ask HTTP/1.1\r\nHo")
    assert b"HTTP/1.1 408 " in heard(kept)


def test_a_connection_is_kept_for_a_while_after_an_answer_and_then_ended(connected):
    kept = connected()
    kept.sendall(GOOD.encode())
    first = heard(kept)
    assert first.count(b"HTTP/1.1 ") == 1
    assert status(first) == 200


def test_a_head_without_end_is_refused_before_it_has_come(connected):
    endless = connected()

    def pour():
        try:
            endless.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            for number in range(100_000):
                endless.sendall(f"X-{number}: {'y' * 100}\r\n".encode())
        except OSError:
            return

    pouring = threading.Thread(target=pour)
    pouring.start()
    assert heard(endless)[:12] in (b"HTTP/1.1 431", b"HTTP/1.1 400", b"")
    pouring.join(10)
    assert not pouring.is_alive()


@pytest.mark.parametrize("whole", [head("/healthz", "GET", X="y" * 9_000), head(f"/api/search?question={'a' * 9_000}")])
def test_a_long_head_is_refused_also_where_it_comes_at_once(connected, whole):
    long = connected()
    long.sendall(whole.encode())
    assert status(heard(long)) in (400, 431)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (head(Content_Length=10_001), 413),
        (head(Transfer_Encoding="chunked") + f"2800\r\n{'a' * 0x2800}\r\n" * 3, 413),
        (head(Content_Length=100) + '{"que', 408),
        (head(Transfer_Encoding="chunked") + "5\r\n12345\r\n", 408),
        (head(Content_Length=-1), 400),
        (head(Transfer_Encoding="chunked") + "zz\r\n", 400),
        (head(Content_Length=5, Transfer_Encoding="chunked") + "0\r\n\r\n", (400, 422)),
        ("\x00\x01\x02\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\n\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1\r\n\r\n", 400),
    ],
)
def test_what_is_too_long_too_slow_or_no_request_is_refused(connected, sent, expected):
    odd = connected()
    odd.sendall(sent.encode("latin-1"))
    assert status(heard(odd)) in (expected if isinstance(expected, tuple) else (expected,))


@pytest.mark.parametrize("sent", [GOOD, GOOD[:30], head(Content_Length=100) + '{"que', ""])
def test_who_hangs_up_half_way_costs_nobody_anything(connected, sent):
    half = connected()
    half.sendall(sent.encode())
    half.shutdown(socket.SHUT_WR)
    assert heard(half)[:12] in (b"", b"HTTP/1.1 200", b"HTTP/1.1 400")


def test_who_does_not_take_the_response_is_left(connected):
    stuck = connected()
    stuck.sendall(head("/api/articles/huge", "GET").encode())
    time.sleep(1.5)  # three times as long as it is waited for; how much had been sent is up to the system
    assert len(heard(stuck)) < len(HUGE.text)


def test_who_takes_the_response_slowly_gets_it_whole(connected):
    slow = connected()
    slow.sendall(head("/api/articles/large", "GET", Connection="close").encode())
    time.sleep(0.1)  # a fifth of the time that it is waited for, while more comes than the system holds
    received = 0
    while more := slow.recv(1_000_000):
        received += len(more)
    assert received > len(LARGE.text)


def test_the_work_for_a_listener_who_leaves_ends(connected, assistant):
    assistant.hold = threading.Event()
    assistant.closed.clear()
    listener = connected()
    body = '{"question": "What?", "stream": true}'
    listener.sendall((head(Content_Length=len(body)) + body).encode())
    received = b""
    while b"event: answer" not in received:
        received += listener.recv(65_536)
    listener.close()
    assistant.hold.set()
    assert assistant.closed.wait(10)
    assistant.hold = None


def test_idle_connections_make_room_for_those_that_ask(connected, address):
    idle = [connected() for _ in range(3 * LIMITS.connections)]
    assert heard(idle[0]) == b""  # the first to come is the first to go
    last = connected()
    last.sendall(GOOD.encode())
    assert status(last.recv(65_536)) == 200


def test_where_everybody_is_asking_the_next_is_told_so(connected, assistant):
    assistant.hold = threading.Event()
    try:
        body = '{"question": "What?", "stream": true}'
        asking = [connected() for _ in range(LIMITS.connections)]
        for one in asking:
            one.sendall((head(Content_Length=len(body)) + body).encode())
        time.sleep(0.3)
        response = heard(connected())
        assert status(response) == 503
        assert b"busy" in response
    finally:
        assistant.hold.set()
        assistant.hold = None
