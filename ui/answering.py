"""Answers for programs: worked out in threads of their own, a few at once, and given up when nobody waits."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import anyio.to_thread

from assistant import Assistant
from assistant.answer import Answer, Turn
from assistant.errors import BadQuestion, ModelUnavailable, PromptTooLong
from assistant.stages import Watch
from index.errors import ArticleMissing, BadFilter, FootnoteIndexError
from ui import words
from ui.limits import Busy, Limits, Line
from ui.working import At, Over, worked_through

logger = logging.getLogger(__name__)

T = TypeVar("T")


class NotAnswered(Exception):
    """Why there is no answer, for who asked: an HTTP status and one line.

    retry_after_s: when it may go better; None where it would not.
    """

    def __init__(self, status: int, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after_s = status, retry_after_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with all that belongs to it."""

    question: str
    turns: tuple[Turn, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    today: date | None = None


@dataclass(slots=True)
class _Heard:
    """What a thread tells the event loop."""

    loop: asyncio.AbstractEventLoop
    steps: asyncio.Queue[At | Answer | Over] = field(default_factory=asyncio.Queue)

    def tell(self, call: Callable[..., object], *what: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: the server has stopped, and nobody is left to be told
            self.loop.call_soon_threadsafe(call, *what)


class Answering:
    """Asks assistants for programs, within limits. Of one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._answer_s = limits.answer_s
        self._line = Line(at_once=limits.at_once, waiting=limits.waiting, wait_s=limits.wait_s)

    async def steps(self, assistant: Assistant, asked: Asked) -> AsyncGenerator[At | Answer, None]:
        """Yield stages and whole answers, each replacing the last. Closing it ends the work. Raises NotAnswered."""
        try:
            await self._line.enter()
        except Busy as error:
            raise not_answered(error) from error
        heard, given_up = _Heard(asyncio.get_running_loop()), threading.Event()
        thread = threading.Thread(target=self._work, args=(assistant, asked, heard, given_up), daemon=True)
        try:
            thread.start()
        except BaseException:
            self._line.leave()
            raise
        ends = time.monotonic() + self._answer_s
        try:
            while True:
                step = await asyncio.wait_for(heard.steps.get(), ends - time.monotonic())
                if not isinstance(step, Over):
                    yield step
                elif step.error:
                    raise not_answered(step.error) from step.error
                else:
                    return
        except TimeoutError as error:
            raise NotAnswered(504, words.TOOK_TOO_LONG.format(seconds=self._answer_s)) from error
        finally:
            given_up.set()

    async def answer(self, assistant: Assistant, asked: Asked) -> Answer:
        """Return the answer. Raises NotAnswered."""
        last = None
        async with aclosing(self.steps(assistant, asked)) as steps:
            async for step in steps:
                last = step if isinstance(step, Answer) else last
        if last is None:
            raise NotAnswered(500, words.FAILED)
        return last

    async def found(self, look: Callable[[], T]) -> T:
        """Return what a look into the index finds. Raises NotAnswered."""
        try:
            async with self._line.place():
                return await anyio.to_thread.run_sync(look)
        except Exception as error:  # here and not further out, where the response would lack the guards' headers
            raise not_answered(error) from error

    def _work(self, assistant: Assistant, asked: Asked, heard: _Heard, given_up: threading.Event) -> None:
        def run(watch: Watch) -> Any:
            return assistant.stream(asked.question, asked.turns, **asked.filters, today=asked.today, watch=watch)

        try:
            worked_through(run, lambda step: heard.tell(heard.steps.put_nowait, step), given_up)
        finally:
            # Only now: a question that was given up takes its place until its work has really ended.
            heard.tell(self._line.leave)


def not_answered(error: BaseException) -> NotAnswered:
    """Return the status and the line for an error; one that nobody foresaw is logged, and not told."""
    line = " ".join(str(error).split())
    if isinstance(error, Busy):
        return NotAnswered(503, words.BUSY, retry_after_s=error.retry_after_s)
    if isinstance(error, BadQuestion | BadFilter):
        return NotAnswered(422, line)
    if isinstance(error, ArticleMissing):
        return NotAnswered(404, f"{line} {words.IDS_LISTED}")
    if isinstance(error, ModelUnavailable | PromptTooLong | FootnoteIndexError):
        return NotAnswered(503, line, retry_after_s=Busy.retry_after_s)
    logger.error("A question could not be answered.", exc_info=error)
    return NotAnswered(500, words.FAILED)


async def unless_gone(work: Awaitable[T], receive: Callable[[], Awaitable[Any]]) -> T | None:
    """Return what the work gives; None, with the work ended, where the client left before."""

    async def left() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(left())
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, leaving):
            task.cancel()
        with suppress(asyncio.CancelledError, NotAnswered):
            await asyncio.gather(working, leaving, return_exceptions=True)
