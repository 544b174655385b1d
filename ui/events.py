"""Server-sent events: their wire form, a sign of life while nothing happens, and an end when nobody listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.responses import StreamingResponse

from ui.wire import json_text

_SIGN_OF_LIFE_S = 10.0
_SIGN_OF_LIFE = ": still working\n\n"


def event(name: str, what: Any) -> str:
    """Return one event with a name and JSON."""
    return f"event: {name}\n{data(what)}"


def data(what: Any) -> str:
    """Return one event without a name."""
    return f"data: {json_text(what, encoding='utf-8')}\n\n"


class EventStream(StreamingResponse):
    """A response of events; their source is closed as soon as the client has left."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[str, None]) -> None:
        self._events = kept_alive(events)
        super().__init__(self._events, headers={"cache-control": "no-store", "x-accel-buffering": "no"})

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send the events."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


async def kept_alive(events: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    """Yield the events, and a comment where none has come for a while, so that nothing in between hangs up."""
    awaited: asyncio.Task[str | None] | None = None
    try:
        while True:
            awaited = awaited or asyncio.create_task(_next(events))
            done, _ = await asyncio.wait({awaited}, timeout=_SIGN_OF_LIFE_S)
            if not done:
                yield _SIGN_OF_LIFE
                continue
            came, awaited = awaited.result(), None
            if came is None:
                return
            yield came
    finally:
        if awaited:
            awaited.cancel()
            await asyncio.gather(awaited, return_exceptions=True)
        await events.aclose()


async def _next(events: AsyncGenerator[str, None]) -> str | None:
    return await anext(events, None)
