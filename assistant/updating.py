"""Bringing a stale index up to date before an answer, unless that would make the reader wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, IndexUnwritable

if TYPE_CHECKING:
    from assistant.settings import Places, Settings
    from index.news_index import NewsIndex
    from index.report import BuildReport, Progress

PATIENCE_S = 5.0
"""An update that is likely to take longer is left to `footnote index`."""


@dataclass(frozen=True, slots=True)
class Update:
    """What became of an update. message: one line for the user, empty when there was nothing to do."""

    report: BuildReport | None
    waiting: int
    message: str


def named_index(settings: Settings, places: Places) -> NewsIndex:
    """Return the index, unopened, with the encoder and the place of the vectors that are set."""
    from assistant.settings import model_key
    from index.encoder import named_encoder
    from index.news_index import NewsIndex

    return NewsIndex.open(
        places.index,
        encoder=named_encoder(settings.encoder, key=model_key),
        vectors=settings.vectors,
        vectors_headers=settings.headers(),
    )


def bring_up_to_date(
    news_index: NewsIndex,
    folder: Path,
    *,
    patience_s: float = PATIENCE_S,
    progress: Callable[[Progress], None] | None = None,
) -> Update:
    """Build a missing index, update a stale one if that is quick, and say what was done or left.

    Raises what `NewsIndex.build` raises while there is no index to answer from, IndexMismatch, IndexBroken.
    """
    try:
        waiting = news_index.waiting(folder)
    except (IndexMissing, IndexOutdated):
        report = news_index.build(folder, progress)
        return Update(report, 0, f"Indexed {_articles(report.added)} from '{folder}'{_failed(report)}.")
    if not waiting.files:
        return Update(None, 0, "")
    wait = (
        f"{waiting.files} changed file{'s' * (waiting.files != 1)} in '{folder}' {'are' if waiting.files > 1 else 'is'}"
    )
    if waiting.seconds > patience_s:
        return Update(None, waiting.files, f"{wait} not in this answer yet. Update with: footnote index")
    try:
        report = news_index.build(folder, progress)
    except (IndexBroken, IndexBusy, IndexUnwritable) as error:
        # IndexBroken too: it was the new one that did not come out whole; the old one has just been read.
        return Update(None, waiting.files, f"{wait} not in this answer yet. {error}")
    done = [f"{number} {what}" for what, number in _counted(report) if number]
    message = f"Updated the index: {', '.join(done)}{_failed(report)}." if done else ""
    return Update(report, 0, message)


def _counted(report: BuildReport) -> tuple[tuple[str, int], ...]:
    return (("added", report.added), ("changed", report.changed), ("removed", report.removed))


def _articles(number: int) -> str:
    return f"{number} article{'s' * (number != 1)}"


def _failed(report: BuildReport) -> str:
    return f"; {len(report.failed)} could not be read (see: footnote index)" if report.failed else ""
