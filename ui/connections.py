"""Connections that take their time, or never begin: what the web server itself does not bound.

It reads a request's head for as long, and as far, as one is sent, keeps a connection on which nothing ever comes, and
waits without end for a client that does not take its response.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from ui import words
from ui.limits import Limits
from ui.refusing import error_form

_Web: Any = AutoHTTPProtocol


class Connection(_Web):  # type: ignore[misc]
    """A connection of uvicorn's, whichever parser it has, with times and sizes. Made by `bounded`.

    Where there are too many, the one on which nothing has happened for longest makes room.
    """

    limits: Limits
    heard_at: float
    """When something came last, in the loop's seconds."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait for a request."""
        self._head_bytes = 0
        self.heard_at = self.loop.time()
        self._slow: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        self._wait_for_head()
        if len(self.connections) > self.limits.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes until a request's head is whole."""
        self.heard_at = self.loop.time()
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.is_working():
            self._head_bytes = 0
            self._cancel_slow()
            return
        self._head_bytes += len(data)
        if self._head_bytes > self.limits.head_bytes:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, words.HEAD_TOO_LONG)
        elif self._slow is None:
            self._wait_for_head()

    def on_response_complete(self) -> None:
        """Begin to count anew."""
        self._head_bytes = 0
        self.heard_at = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent, but not for ever."""
        super().pause_writing()
        self._stuck = self._stuck or self.loop.call_later(self.limits.taken_s, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client takes it."""
        super().resume_writing()
        self._cancel_stuck()

    def is_working(self) -> bool:
        """Return whether a request is being answered."""
        return bool(self.cycle and not self.cycle.response_complete)

    def hang_up(self) -> None:
        """End a connection on which nothing happens."""
        self._cancel()
        self.transport.close()

    def _make_room(self) -> None:
        idle = min((one for one in self.connections if not one.is_working()), key=attrgetter("heard_at"))
        if idle is self:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, words.BUSY, tell=True)
        else:
            idle.hang_up()

    def _wait_for_head(self) -> None:
        self._slow = self.loop.call_later(self.limits.head_s, self._too_slow)

    def _too_slow(self) -> None:
        self._slow = None
        self._refuse(HTTPStatus.REQUEST_TIMEOUT, words.TOO_SLOW)

    def _refuse(self, status: HTTPStatus, said: str, *, tell: bool = False) -> None:
        """Hang up, and say why unless amid the body of a request that was answered.

        tell: say it also to who has sent nothing yet.
        """
        if not self.transport.is_closing():
            if tell or (self._head_bytes and not (self.cycle and self.cycle.more_body)):
                self.transport.write(_refusal(status, said))
            self.hang_up()

    def _cancel(self) -> None:
        self._cancel_slow()
        self._cancel_stuck()

    def _cancel_stuck(self) -> None:
        if self._stuck:
            self._stuck.cancel()
            self._stuck = None

    def _cancel_slow(self) -> None:
        if self._slow:
            self._slow.cancel()
            self._slow = None


def bounded(limits: Limits) -> type[asyncio.Protocol]:
    """Return the connection that keeps to these limits, for uvicorn's `http`."""
    return type("BoundedConnection", (Connection,), {"limits": limits})


def _refusal(status: HTTPStatus, said: str) -> bytes:
    body = json.dumps(error_form("", status, said)).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body
