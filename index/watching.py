"""Following a folder: every burst of changes is one update, and a sweep now and then finds what was missed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from index.errors import FootnoteIndexError
from index.report import BuildReport

if TYPE_CHECKING:
    from index.news_index import NewsIndex

QUIET_MS = 300
"""A burst is over when nothing has changed for so long."""
BURST_MS = 1200
"""A burst that does not end is updated from after so long."""
MANY_FILES = 20
"""So many are a collection that comes in; it is waited for until nothing has changed for a second."""
MANY_S = 10.0
"""A collection that does not end is updated from after so long."""
SWEEP_S = 600.0
"""Between two sweeps that hash every file: some edits keep size and time, some file systems tell nothing."""
RETRY_S = 5.0
LOOK_S = 30.0
"""Between two looks at a folder that the system does not watch for us."""
_UNSEEN = frozenset({"what changed unseen"})
_log = logging.getLogger(__name__)


def watch(
    news_index: NewsIndex,
    folder: Path,
    stop: threading.Event,
    tell: Callable[[BuildReport], None],
    *,
    at_once: bool = False,
    sweep_s: float = SWEEP_S,
) -> None:
    """Update the index with every change of the folder until `stop` is set.

    tell: called with each report that changed something, or has other failures than the last. at_once:
    begin with an update. An update that fails (another writer, a full disk, a server out of reach) is
    tried again, and logged once for each reason in a row. A folder that cannot be watched is updated
    from now and then, until it can.
    """
    from watchfiles import watch as changes_of

    root = folder.resolve()

    def _seen(_change: object, path: str) -> bool:
        try:
            parts = Path(path).relative_to(root).parts
        except ValueError:
            parts = Path(path).parts[-1:]
        return not any(part.startswith(".") for part in parts)

    again, failed = at_once, news_index.failures() if news_index.exists() else ()
    said = ""
    swept = time.monotonic()
    begin = partial(
        changes_of, root, watch_filter=_seen, debounce=BURST_MS, step=QUIET_MS, stop_event=stop,
        rust_timeout=1000, yield_on_timeout=True, recursive=True, raise_interrupt=True,
    )  # fmt: skip
    bursts = _bursts(begin, root, stop)
    for found in bursts:
        if len(found) >= MANY_FILES:
            _wait_for_the_end(bursts)
        full = time.monotonic() - swept >= sweep_s
        if not (found or again or full):
            continue
        report, reason = _updated(news_index, folder, full=full)
        if reason not in ("", said):
            _log.warning("The index could not follow a change: %s", reason)
        again, said = report is None, reason
        if report and (report.added or report.changed or report.removed or report.failed != failed):
            failed = report.failed
            tell(report)
        if full and not again:
            swept = time.monotonic()
        if again and stop.wait(RETRY_S):
            return


def _bursts(begin: Callable[[], Iterator[Set[object]]], folder: Path, stop: threading.Event) -> Iterator[Set[object]]:
    """Yield what the system's watch yields; while it cannot be begun, that something may have changed."""
    missed, said = False, ""
    while not stop.is_set():
        try:
            for found in begin():
                yield _UNSEEN if missed else found
                missed = False
            return
        except (OSError, RuntimeError) as error:  # what watchfiles raises of its own is a RuntimeError
            if str(error) != said:
                said = str(error)
                _log.warning(
                    "'%s' cannot be watched (%s), so it is looked through every %g s. "
                    "If it is there, have changes at once by raising the system's limit fs.inotify.max_user_watches",
                    folder,
                    error,
                    LOOK_S,
                )
        missed = True
        yield _UNSEEN
        stop.wait(LOOK_S)


def _wait_for_the_end(bursts: Iterator[object]) -> None:
    """Pass over further bursts until a second goes by without one."""
    until = time.monotonic() + MANY_S
    while time.monotonic() < until and next(bursts, None):
        pass


def _updated(news_index: NewsIndex, folder: Path, *, full: bool) -> tuple[BuildReport | None, str]:
    """Return the report of an update, or why there is none."""
    try:
        return news_index.build(folder, full=full), ""
    except (FootnoteIndexError, CorpusError) as error:
        return None, str(error)
