"""Files that a keeper sends: how much at once and in an hour, and for how long."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import words
from ui.excess import UPLOAD, client_of
from ui.limits import Limits, Rate
from ui.refusing import refusal

_HOUR_S = 3600.0


@cache
def uploads_folder() -> Path:
    """Return where uploads wait until they are among the articles: of this user alone, and of no other program.

    The same as long as the process runs, as Gradio knows one for all its pages.
    """
    return Path(platformdirs.user_data_dir("footnote")) / "uploads"


class Uploads:
    """ASGI middleware: refuses uploads that are too large in all or come too slowly, and clears up after them.

    Each file has a limit besides, and so has their number: Gradio's, which takes them apart.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits, folder: Path) -> None:
        """folder: where Gradio writes what comes."""
        self._app, self._limits, self._folder = app, limits, folder
        self._hourly = Rate(limits.upload_bytes_an_hour, over_s=_HOUR_S)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or scope["path"] != UPLOAD or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"")
        if not told.isdigit():
            await refusal(scope, 411, words.UPLOAD_UNKNOWN, close=True)(scope, receive, send)
        elif int(told) > self._limits.upload_bytes:
            said = words.UPLOAD_TOO_MUCH.format(most=self._limits.upload_bytes // 1_000_000)
            await refusal(scope, 413, said, close=True)(scope, receive, send)
        elif wait_s := self._hourly.wait_s(client_of(scope), amount=int(told)):
            said = words.UPLOADS_TOO_MUCH.format(most=self._limits.upload_bytes_an_hour // 1_000_000)
            await refusal(scope, 429, said, retry_after_s=wait_s, close=True)(scope, receive, send)
        else:
            await self._taken(scope, receive, send)

    async def _taken(self, scope: Scope, receive: Receive, send: Send) -> None:
        await run_in_threadpool(_clear, self._folder, older_s=_HOUR_S + self._limits.upload_s)
        ends = time.monotonic() + self._limits.upload_s
        late = broken = False

        async def in_time() -> Message:
            nonlocal late, broken
            try:
                async with asyncio.timeout(min(self._limits.body_s, ends - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                late = True
                message = {"type": "http.disconnect"}
            broken = message["type"] == "http.disconnect"
            return message

        async def answered(message: Message) -> None:
            if not late:
                await send(message)

        try:
            await self._app(scope, in_time, answered)
        except Exception:
            if not broken:
                raise
        if late:
            await refusal(scope, 408, words.TOO_SLOW, close=True)(scope, receive, send)


def _clear(folder: Path, *, older_s: float) -> None:
    """Remove what is old: halves of uploads that broke off, and the folders of those that Gradio has let go."""
    before = time.time() - older_s
    for place, _, names in os.walk(folder, topdown=False):
        gone = place != str(folder) and _is_older(Path(place), before)  # asked first: what is taken out renews it
        for one in (Path(place, name) for name in names):
            if _is_older(one, before):
                one.unlink(missing_ok=True)
        if gone:
            with suppress(OSError):  # something younger is in it
                os.rmdir(place)


def _is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except OSError:
        return False
