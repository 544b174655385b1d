"""One line of JSON for each request: who, what, how it ended, how long it took; no text unless asked for."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant import Answer
from ui.excess import client_of
from ui.refusing import LEFT, PASS

logger = logging.getLogger("footnote.requests")

_NOTE = "footnote.note"
_MOST_CHARS = 200


def log_to_stderr() -> None:
    """Have the lines written, each as it is and nowhere else."""
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def note_answer(scope: Scope, answer: Answer) -> None:
    """Have the request's line say what kind of answer it was and what took how long."""
    note = scope.get(_NOTE)
    if note is not None:
        note["answer"] = {"kind": answer.kind, "writer": answer.writer}
        note["timings_ms"] = {stage: round(ms, 1) for stage, ms in answer.timings_ms.items()}


def note_question(scope: Scope, question: str) -> None:
    """Have the request's line tell the question, where its text was asked for."""
    note = scope.get(_NOTE)
    if note is not None and note["texts"]:
        note["question"] = question[:_MOST_CHARS]


class RequestLog:
    """ASGI middleware: writes the line when the response has ended."""

    def __init__(self, app: ASGIApp, *, texts: bool) -> None:
        """texts: tell questions too."""
        self._app, self._texts = app, texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        note: dict[str, Any] = {"texts": self._texts}
        seen: dict[str, Any] = {"status": LEFT}

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            await send(message)

        scope = {**scope, _NOTE: note}
        try:
            await self._app(scope, receive, watched)
        except Exception:
            seen["status"] = 500
            raise
        finally:
            note.pop("texts")
            line = {
                "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "client": note.pop("client", None) or client_of(scope),
                "method": scope["method"],
                "path": scope["path"][:_MOST_CHARS],
                "status": seen["status"],
                "ms": round(1000 * (time.perf_counter() - started), 1),
                **note,
            }
            # ASCII on one line, whatever stands in a path or a question.
            logger.info("%s", json.dumps(line))


def note_client(scope: Scope) -> None:
    """Have the request's line name the token that it came with, by its id."""
    note = scope.get(_NOTE)
    if note is not None and PASS in scope:
        note["client"] = client_of(scope)
