"""Questions being worked on: each in a thread of its own, so that its stages are heard and it can be ended at once."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from queue import SimpleQueue

from assistant.answer import Answer
from assistant.stages import Stage, Watch

Run = Callable[[Watch], Generator[Answer, None, None]]

MOST_UNWANTED = 200
"""Turns remembered as given up: their questions may still stand in the queue."""


class GivenUp(Exception):
    """Raised where nobody waits for the work any more."""


class Crashed(Exception):
    """Raised where the work ended with what is no `Exception`, such as a panic of a library written in Rust."""


@dataclass(frozen=True, slots=True)
class At:
    """What is being done."""

    stage: Stage
    passages: int


@dataclass(frozen=True, slots=True)
class Over:
    """The work has ended, with an error perhaps."""

    error: BaseException | None = None


def worked_through(run: Run, tell: Callable[[At | Answer | Over], None], given_up: threading.Event) -> None:
    """Tell every stage once, every answer, and at last that it is over; end the work where nobody waits any more."""
    at: list[Stage] = []

    def watch(stage: Stage, passages: int) -> None:
        if given_up.is_set():
            raise GivenUp
        if at[-1:] != [stage]:
            at.append(stage)
            tell(At(stage, passages))

    try:
        with closing(run(watch)) as answers:
            for answer in answers:
                tell(answer)
                if given_up.is_set():
                    break
        tell(Over())
    except BaseException as error:  # noqa: BLE001 -- not lost: it is raised again where the answers are awaited
        tell(Over(error))


class Work:
    """One question being worked on. Iterating gives its stages and answers, those that are out of date left out."""

    def __init__(self, run: Run) -> None:
        """run: streams answers, and tells its stages to what it is given."""
        self._run = run
        self._heard: SimpleQueue[At | Answer | Over] = SimpleQueue()
        self._given_up = threading.Event()

    def __iter__(self) -> Iterator[At | Answer]:
        """Begin, and yield until it is over. Raises what went wrong in it, Crashed, GivenUp if it was."""
        threading.Thread(target=worked_through, args=(self._run, self._heard.put, self._given_up), daemon=True).start()
        try:
            while True:
                latest = self._heard.get()
                over = latest if isinstance(latest, Over) else None
                while not over and not self._heard.empty():
                    heard = self._heard.get()
                    if isinstance(heard, Over):
                        over = heard
                    elif not isinstance(heard, At) or isinstance(latest, At):
                        latest = heard
                if not isinstance(latest, Over):
                    yield latest
                if over:
                    if isinstance(over.error, Exception):
                        raise over.error
                    if over.error:
                        raise Crashed(repr(over.error)) from over.error
                    return
        finally:
            self._given_up.set()

    def give_up(self) -> None:
        """End it: at once for who waits, at its next step for the work itself."""
        self._given_up.set()
        self._heard.put(Over(GivenUp()))


class Works:
    """The work on hand, by the page's names for its turns."""

    def __init__(self) -> None:
        self._by_turn: dict[str, Work] = {}
        self._unwanted: deque[str] = deque(maxlen=MOST_UNWANTED)

    def begin(self, turn: str, run: Run) -> Generator[At | Answer, None, None]:
        """Work on a turn's question; see `Work`."""
        if turn in self._unwanted:
            raise GivenUp
        work = self._by_turn[turn] = Work(run)
        try:
            yield from work
        finally:
            self._by_turn.pop(turn, None)

    def any(self) -> bool:
        """Whether there is work on hand."""
        return bool(self._by_turn)

    def give_up(self, turn: str) -> None:
        """End the work on a turn, or see to it that none begins."""
        self._unwanted.append(turn)
        if work := self._by_turn.get(turn):
            work.give_up()
