"""What of Gradio is open: the addresses that its page uses, and files that were sent to it.

Others hand out files and fetch what is at any address, and a question could name a file of this machine as one that
was uploaded: Gradio looks whether it was only where it has opened the server itself.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import words
from ui.excess import UPLOAD, replayed
from ui.refusing import refusal

_START = "/gradio_api/"
_CALLS = ("/gradio_api/queue/join", "/gradio_api/run/predict")
_SENT_TO = (*_CALLS, UPLOAD)
_STREAM = "/gradio_api/queue/data"
_ASKED = (_STREAM, "/gradio_api/heartbeat/", "/gradio_api/upload_progress")


class Inlets:
    """ASGI middleware: answers only at what the page uses, and takes only files that were uploaded."""

    def __init__(self, app: ASGIApp, *, uploads: Path) -> None:
        """uploads: where Gradio writes what is sent to it."""
        self._app, self._uploads = app, str(uploads.absolute())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(_START):
            await self._app(scope, receive, send)
        elif not _is_open(scope["method"], scope["path"]):
            said = words.NO_SUCH_ADDRESS.format(path=scope["path"][:100])
            await refusal(scope, 404, said)(scope, receive, send)
        elif scope["path"] in _CALLS:
            await self._called(scope, receive, send)
        elif scope["path"] == _STREAM:
            await self._streamed(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _streamed(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except RuntimeError as error:
            # Gradio tells the page that it has no such session, as after a restart, and then raises all the same.
            if not isinstance(error.__cause__, HTTPException):
                raise
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _called(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        try:
            strange = self._strange(json.loads(body))
        except (ValueError, RecursionError):
            await refusal(scope, 422, words.SEND_JSON)(scope, receive, send)
            return
        if strange:
            await refusal(scope, 403, words.NOT_UPLOADED)(scope, receive, send)
        else:
            await self._app(scope, replayed(body, receive), send)

    def _strange(self, sent: Any) -> bool:
        """Return whether a file is named anywhere that was not uploaded."""
        if isinstance(sent, list):
            return any(map(self._strange, sent))
        if not isinstance(sent, dict):
            return False
        if "path" in sent and not self._uploaded(sent["path"]):
            return True
        return any(map(self._strange, sent.values()))

    def _uploaded(self, path: object) -> bool:
        # As it is written: a link in that folder would have to have been put there by who could read the file anyway.
        return isinstance(path, str) and os.path.abspath(path).startswith(self._uploads + os.sep) and "://" not in path


def _is_open(method: str, path: str) -> bool:
    # Letter by letter where something is sent: Gradio takes "/run/predict/" too, which would not be looked into.
    return path in _SENT_TO if method == "POST" else method == "GET" and path.startswith(_ASKED)
