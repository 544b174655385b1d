"""Requests that are too many, too long or too slow: refused before anything is done for them."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.public_addresses import parse_address
from ui import words
from ui.limits import Limits, Rate
from ui.refusing import refusal, who

UPLOAD = "/gradio_api/upload"
"""Where Gradio takes files."""

_COUNTED = ("/api/", "/v1/", "/own-words", "/feedback", "/gradio_api/queue/join", UPLOAD)


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
    host = str((scope.get("client") or ("unknown", 0))[0])
    address = parse_address(host)
    if address is None:
        return host
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that was read once more, and then what comes after it."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay
