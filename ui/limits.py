"""How much is answered: requests a minute and client, answers at once, sizes and times."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui import words
from ui.refusing import refusal, who

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOAD = "/gradio_api/upload"
"""Where Gradio takes files."""

_COUNTED = ("/api/", "/v1/", "/own-words", "/feedback", "/gradio_api/queue/join", UPLOAD)
_MOST_CLIENTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a server takes upon itself.

    per_minute: requests of one client, 0 for any number. at_once: answers being worked on for
    programs; `waiting` more stand in line for up to `wait_s`. answer_s: until an answer is given up.
    body_bytes and body_s: of a request, an upload of files aside. head_bytes and head_s: of its address and
    headers. idle_s: until a connection without a further request is ended, longer than clients commonly keep
    theirs. taken_s: until a client that does not take its response is left. connections: at most.
    upload_bytes and upload_s: of all files that are sent at once. upload_bytes_an_hour: of one client.
    """

    per_minute: int = 300
    at_once: int = 4
    waiting: int = 64
    wait_s: float = 10.0
    answer_s: float = 120.0
    body_bytes: int = 1_000_000
    body_s: float = 20.0
    head_bytes: int = 65_536
    head_s: float = 10.0
    idle_s: float = 30.0
    taken_s: float = 60.0
    connections: int = 1000
    upload_bytes: int = 500_000_000
    upload_s: float = 600.0
    upload_bytes_an_hour: int = 2_000_000_000


class Busy(Exception):
    """Too many others are being answered. retry_after_s: told to who finds it so, when to try again."""

    retry_after_s = 5


class Rate:
    """So much in a time for each client, in a burst or bit by bit. Clients long unheard of are forgotten."""

    def __init__(self, most: int, *, over_s: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        """most: in `over_s` seconds; 0 for any number."""
        self._most, self._over_s, self._clock = most, over_s, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: str, *, amount: int = 1, spend: bool = True) -> float:
        """Return 0 if the client may go on, and count it; else the seconds until it may."""
        if not self._most:
            return 0.0
        now = self._clock()
        left, at = self._left.get(client, (float(self._most), now))
        left = min(self._most, left + (now - at) * self._most / self._over_s)
        if left < amount:
            return (amount - left) * self._over_s / self._most
        if spend:
            self._left[client] = (left - amount, now)
            self._left.move_to_end(client)
            while len(self._left) > _MOST_CLIENTS:
                self._left.popitem(last=False)
        return 0.0


class Line:
    """Lets a few in at once and has some wait. Of one event loop."""

    def __init__(self, *, at_once: int, waiting: int, wait_s: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most, self._wait_s = waiting, wait_s
        self._waiting = 0

    async def enter(self) -> None:
        """Wait for a place; who got one has to leave. Raises Busy if the line is full, or stands."""
        if self._free.locked() and self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError as error:
            raise Busy from error
        finally:
            self._waiting -= 1

    def leave(self) -> None:
        """Make room for the next."""
        self._free.release()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place. Raises Busy."""
        await self.enter()
        try:
            yield
        finally:
            self.leave()


class Rated:
    """ASGI middleware: refuses who asks too often."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app, self._most = app, limits.per_minute
        self._rate = Rate(limits.per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        counted = scope["type"] == "http" and scope["path"].startswith(_COUNTED)
        wait_s = self._rate.wait_s(client_of(scope)) if counted else 0.0
        if wait_s:
            said = words.TOO_OFTEN.format(most=self._most)
            await refusal(scope, 429, said, retry_after_s=wait_s)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Bounded:
    """ASGI middleware: refuses what is too long or comes too slowly. Uploads have a limit of their own."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or refuse it."""
        if scope["type"] == "http" and _head_bytes(scope) > self._limits.head_bytes:
            await refusal(scope, 431, words.HEAD_TOO_LONG, close=True)(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD") or scope["path"] == UPLOAD:
            await self._app(scope, receive, send)
            return
        body = await self._body(scope, receive)
        if isinstance(body, bytes):
            await self._app(scope, replayed(body, receive), send)
        else:
            status, said = body
            await refusal(scope, status, said, close=True)(scope, receive, send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | tuple[int, str]:
        """Return the body, or status and reason of its refusal."""
        most = self._limits.body_bytes
        too_much = 413, words.TOO_MUCH.format(most=most)
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            return too_much
        body = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return 400, words.BROKEN_OFF
                    body += message.get("body", b"")
                    if len(body) > most:
                        return too_much
                    if not message.get("more_body"):
                        return bytes(body)
        except TimeoutError:
            return 408, words.TOO_SLOW


def _head_bytes(scope: Scope) -> int:
    sent = len(scope["path"]) + len(scope["query_string"])
    return sent + sum(len(name) + len(value) for name, value in scope["headers"])


def client_of(scope: Scope) -> str:
    """Return what requests are counted by: the token, else the address, of IPv6 the part that a household has."""
    if known := who(scope):
        return known.id
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read once more, and then what comes after it."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay
