"""The headers that guard the page, on every response."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]

# Gradio starts from inline scripts and compiles its templates, so both 'unsafe-' words are needed.
# Nothing but this server can be reached from the page, whatever gets into it.
_POLICY = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'none'; "
    b"frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
)
_GUARDS = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_NAMES = frozenset(name for name, _ in _GUARDS)


def with_headers(send: Send, changed: Callable[[Iterable[Header]], list[Header]]) -> Send:
    """Return what sends a response on with other headers. changed: gives them for those that it has."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": changed(message.get("headers", ()))}
        await send(message)

    return sent


class GuardHeaders:
    """ASGI middleware: puts the guards' headers on every response, in place of any the app has set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""
        await self._app(scope, receive, with_headers(send, _guarded) if scope["type"] == "http" else send)


def _guarded(headers: Iterable[Header]) -> list[Header]:
    return [*(one for one in headers if one[0].lower() not in _NAMES), *_GUARDS]
