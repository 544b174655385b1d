"""Bringing a stale index up to date before an answer, unless that would make the reader wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, IndexUnwritable

if TYPE_CHECKING:
    from assistant.settings import Places, Settings
    from index.news_index import NewsIndex
    from index.report import BuildReport, Progress

PATIENCE_S = 5.0
"""An update that is likely to take longer is left to `footnote index`."""


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


def made_ready(
    news_index: NewsIndex,
    folder: Path,
    *,
    update: bool,
    progress: Callable[[Progress], None] | None = None,
) -> str:
    """Build a missing index in any case; bring one that is there up to date if that is wanted (`update`).

    Returns and raises what `bring_up_to_date` does; an index left as it is, is told by the first question to it.
    """
    return bring_up_to_date(news_index, folder, progress=progress) if update or not news_index.exists() else ""


def bring_up_to_date(news_index: NewsIndex, folder: Path, *, progress: Callable[[Progress], None] | None = None) -> str:
    """Build a missing index, update a stale one if that is quick; return one line on what was done or left, or "".

    Raises what `NewsIndex.build` raises while there is no index to answer from, IndexMismatch, IndexBroken.
    """
    try:
        waiting = news_index.waiting(folder)
    except (IndexMissing, IndexOutdated):
        report = news_index.build(folder, progress)
        return f"Indexed {report.added} article{'s' * (report.added != 1)} from '{folder}'{_failed(report)}."
    if not waiting.files:
        return ""
    wait = (
        f"{waiting.files} changed file{'s' * (waiting.files != 1)} in '{folder}' {'are' if waiting.files > 1 else 'is'}"
    )
    if waiting.seconds > PATIENCE_S:
        return f"{wait} not in this answer yet. Update with: footnote index"
    try:
        report = news_index.build(folder, progress)
    except (IndexBroken, IndexBusy, IndexUnwritable) as error:
        # IndexBroken too: it was the new one that did not come out whole; the old one has just been read.
        return f"{wait} not in this answer yet. {error}"
    counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
    done = [f"{number} {what}" for what, number in counts.items() if number]
    return f"Updated the index: {', '.join(done)}{_failed(report)}." if done else ""


def _failed(report: BuildReport) -> str:
    return f"; {len(report.failed)} could not be read (see: footnote index)" if report.failed else ""
