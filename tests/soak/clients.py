"""People and programs that ask at once: each waits for its answer, reads it for a while, and asks again."""

from __future__ import annotations

import http.client
import json
import random
import select
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.soak.judging import Question, Span, wrong_with, wrong_with_hits
from tests.soak.shelf import Shelf

PATIENCE_S = 120.0
"""A question that is not answered after so long, however often it was asked again, has failed."""
_WAYS = ("ask", "stream", "chat", "chat stream", "search")
_SHARES = (60, 15, 10, 5, 10)


@dataclass(slots=True)
class Asked:
    """What became of one question.

    seconds: from its first sending to the end of its answer, waiting for a busy server included.
    busy: how often it was put off, and `said` what was said then. broken: how often the connection broke,
    and it was asked again.
    """

    way: str
    question: Question
    at: float
    seconds: float
    busy: int = 0
    broken: int = 0
    failed: str = ""
    wrong: tuple[str, ...] = ()
    kind: str = ""
    said: frozenset[str] = frozenset()


class _Failed(Exception):
    """The server said something other than an answer or "busy"."""


class Busy(Exception):
    """The server asks to be asked again, and says why."""

    def __init__(self, after_s: float, said: str) -> None:
        super().__init__(said)
        self.after_s = after_s


@dataclass(slots=True)
class Clients:
    """Asks from so many threads until told to stop. questions: those whose articles stay.

    pause_s: how long an answer is read on average. breaks: whether connections may break, as they do
    when a server is killed; else that is a failure.
    """

    port: int
    shelf: Shelf
    questions: Sequence[Question]
    number: int
    pause_s: float
    breaks: bool = False
    asked: list[Asked] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to ask."""
        for number in range(self.number):
            thread = threading.Thread(target=self._run, args=(random.Random(number),), daemon=True)
            self._threads.append(thread)
            thread.start()

    def finish(self) -> None:
        """Ask nothing more, and wait for what was asked."""
        self.stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_S + 30)

    def _run(self, chance: random.Random) -> None:
        client = _Client(self.port)
        self.stop.wait(chance.random() * max(self.pause_s, 0.5))
        while not self.stop.is_set():
            (way,) = chance.choices(_WAYS, _SHARES)
            self.asked.append(self._ask(client, way, self._question(chance)))
            self.stop.wait(chance.expovariate(1 / self.pause_s) if self.pause_s else 0)
        client.close()

    def _question(self, chance: random.Random) -> Question:
        coming = self.shelf.coming()
        if coming and chance.random() < 0.2:
            edition = chance.choice(coming[-100:])
            return Question(edition.question, of=edition)
        return chance.choice(self.questions)

    def _ask(self, client: _Client, way: str, question: Question) -> Asked:
        began = time.monotonic()
        busy = broken = 0
        said: set[str] = set()

        def asked(failed: str = "", wrong: Sequence[str] = (), kind: str = "") -> Asked:
            taken = time.monotonic() - began
            return Asked(way, question, began, taken, busy, broken, failed, tuple(wrong), kind, frozenset(said))

        while time.monotonic() - began < PATIENCE_S:
            sent = time.monotonic()
            try:
                found = client.ask(way, question.text)
            except Busy as error:
                busy += 1
                said.add(str(error))
                time.sleep(error.after_s)
            except (OSError, http.client.HTTPException) as error:
                client.close()
                broken += 1
                if not self.breaks:
                    return asked(f"{type(error).__name__}: {error}")
                time.sleep(0.5)
            except (_Failed, ValueError, KeyError) as error:
                client.close()
                return asked(f"{type(error).__name__}: {error}")
            else:
                span = Span(sent, time.monotonic())
                if way == "search":
                    return asked(wrong=wrong_with_hits(found["hits"], span, self.shelf), kind="search")
                return asked(wrong=wrong_with(question, found, span, self.shelf), kind=found["kind"])
        return asked("not answered at all")


def ask_once(port: int, question: str) -> dict[str, Any]:
    """Return the answer of a server that nobody else asks."""
    client = _Client(port)
    try:
        return client.ask("ask", question)
    finally:
        client.close()


class _Client:
    """One connection to the server, kept open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, way: str, question: str) -> dict[str, Any]:
        """Return the answer in its wire form."""
        if way == "search":
            from urllib.parse import urlencode

            return json.loads(self._sent("GET", f"/api/search?{urlencode({'question': question, 'k': 5})}"))
        if way == "ask":
            return json.loads(self._sent("POST", "/api/ask", {"question": question}))
        if way == "stream":
            return _streamed(self._sent("POST", "/api/ask", {"question": question, "stream": True}))
        message = {"model": "footnote", "messages": [{"role": "user", "content": question}]}
        if way == "chat":
            return json.loads(self._sent("POST", "/v1/chat/completions", message))["footnote"]
        return _chunked(self._sent("POST", "/v1/chat/completions", {**message, "stream": True}))

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _sent(self, method: str, path: str, body: dict[str, Any] | None = None) -> str:
        if self._connection and self._connection.sock and select.select([self._connection.sock], [], [], 0)[0]:
            self.close()  # the server has hung up, as it may when nothing was asked for a while
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        sent = json.dumps(body) if body else None
        self._connection.request(method, path, sent, {"content-type": "application/json"} if sent else {})
        response = self._connection.getresponse()
        text = response.read().decode()
        if response.status in (429, 503) and response.getheader("retry-after"):
            said = json.loads(text)["error"]
            line = said["message"] if isinstance(said, dict) else said
            raise Busy(float(response.getheader("retry-after", "1")), line)
        if response.status != 200:
            raise _Failed(f"status {response.status}: {text[:200]}")
        return text


def _streamed(text: str) -> dict[str, Any]:
    """Return the last answer of a stream of events, which has to end well."""
    answer, ended = None, False
    for block in text.split("\n\n"):
        name, _, what = block.partition("\n")
        if name == "event: answer":
            answer = json.loads(what.removeprefix("data: "))
        elif name == "event: error":
            _error(json.loads(what.removeprefix("data: ")))
        ended = ended or name == "event: done"
    if answer is None or not ended:
        raise _Failed(f"a stream without an end: {text[-200:]!r}")
    return answer


def _chunked(text: str) -> dict[str, Any]:
    chunks = [line.removeprefix("data: ") for line in text.split("\n\n") if line.startswith("data: ")]
    if chunks and "error" in chunks[-1]:
        _error({**json.loads(chunks[-1])["error"], "status": 503})
    if not chunks or chunks[-1] != "[DONE]":
        raise _Failed(f"a stream without an end: {text[-200:]!r}")
    return next(found["footnote"] for found in map(json.loads, chunks[:-1]) if "footnote" in found)


def _error(said: dict[str, Any]) -> None:
    if said.get("status") == 503:
        raise Busy(1.0, str(said.get("error") or said.get("message")))
    raise _Failed(f"an error in a stream: {said}")
