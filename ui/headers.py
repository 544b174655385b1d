"""The headers that guard the page, on every response."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio starts from inline scripts and compiles its templates, so both 'unsafe-' words are needed.
# Nothing but this server can be reached from the page, whatever gets into it.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'none'; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class GuardHeaders:
    """ASGI middleware: puts the guards' headers on every response, in place of any the app has set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guards = [
            (key.encode(), value.encode()) for key, value in {"content-security-policy": _POLICY, **_HEADERS}.items()
        ]
        ours = {key for key, _ in guards}

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(key, value) for key, value in message.get("headers", ()) if key.lower() not in ours]
                message = {**message, "headers": [*kept, *guards]}
            await send(message)

        await self._app(scope, receive, guarded)
