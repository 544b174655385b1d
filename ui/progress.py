"""How a long build shows on a terminal: one line a phase, with rate and time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index import Progress

_AFTER_S = 0.5
_WORDS = {
    "reading": "Reading files",
    "encoding": "Encoding passages",
    "storing": "Storing vectors",
    "checking": "Checking",
}


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a callback that draws a bar on stderr; silent where that is no terminal, or the work is short."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.close()


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
            self._tasks[progress.phase] = self._shown.add_task(_WORDS[progress.phase], total=progress.total)
        self._shown.update(self._tasks[progress.phase], completed=progress.done, total=max(progress.total, 1))

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()


def _rich_progress() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class _Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "")

    return Progress(
        TextColumn("{task.description:18}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=Console(stderr=True),
    )
