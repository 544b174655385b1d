"""How a long build shows: on a terminal one line a phase, in a log one every ten seconds, with rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ui import words

if TYPE_CHECKING:
    from index import Progress

_AFTER_S = 0.5
_EVERY_S = 10.0


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a callback that draws a bar on stderr, or where that is no terminal writes a line now and then.

    Short work is silent.
    """
    if not sys.stderr.isatty():
        yield Lines(_to_stderr).show
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


class Lines:
    """Progress for a log: every ten seconds how far it is, at what rate, and how long it may still take."""

    def __init__(self, say: Callable[[str], None], *, clock: Callable[[], float] = time.monotonic) -> None:
        """Say each line with `say`. clock: seconds that only go forward."""
        self._say, self._clock = say, clock
        self._said = clock()
        self._phase: str | None = None
        self._began, self._first = self._said, 0

    def show(self, progress: Progress) -> None:
        """Take note of how far the work is; say it if the last line is long enough ago."""
        now = self._clock()
        if progress.phase != self._phase:
            self._phase, self._began, self._first = progress.phase, now, progress.done
        if now - self._said < _EVERY_S:
            return
        self._said = now
        line = f"{words.PHASES[progress.phase]}: {progress.done:,} of {progress.total:,}"
        done, taken = progress.done - self._first, now - self._began
        if done > 0 and taken > 0:
            line += f", {done / taken:.0f}/s, {_left((progress.total - progress.done) * taken / done)} left"
        self._say(line)


def _to_stderr(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"about {seconds:.0f} s"
    return f"about {seconds / 60:.0f} min" if seconds < 5400 else f"about {seconds / 3600:.1f} h"


class _Bar:
    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown: Any = None
        self._tasks: dict[str, Any] = {}

    def show(self, progress: Progress) -> None:
        if self._shown is None:
            if time.monotonic() - self._started < _AFTER_S:
                return
            self._shown = _rich_progress()
            self._shown.start()
        if progress.phase not in self._tasks:
            for task in self._tasks.values():
                self._shown.update(task, completed=self._shown.tasks[task].total)
            self._tasks[progress.phase] = self._shown.add_task(words.PHASES[progress.phase], total=progress.total)
        self._shown.update(self._tasks[progress.phase], completed=progress.done, total=max(progress.total, 1))

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()


def _rich_progress() -> Any:
    from rich import progress
    from rich.console import Console
    from rich.text import Text

    class _Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "")

    return progress.Progress(
        progress.TextColumn("{task.description:18}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        _Rate(),
        progress.TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=Console(stderr=True),
    )
