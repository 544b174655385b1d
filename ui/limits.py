"""How much is answered: requests a minute and client, answers at once, sizes and times, and how that is counted."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

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
