"""The articles page as HTML: the list, what an update did, what a check found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.article import Failure, Headline
from index.check import CheckReport
from index.report import Progress
from ui import words
from ui.folds import fold
from ui.keeping import Change
from ui.links import headline_link
from ui.markup import attribute, name, prose

PAGE = 100
"""Articles shown before one has to ask for more."""
LISTED = 20
"""Articles or failures named in what an update did; the others are counted."""


def list_html(
    headlines: Sequence[Headline],
    *,
    count: int,
    shown: int = PAGE,
    removable: bool = False,
    held: Mapping[str, int] | None = None,
) -> str:
    """Return the articles as a list that opens them.

    count: how many there are in all, chosen or not. held: how many of all each file holds, by its path; None: one.
    """
    if not headlines:
        return f'<p class="small" role="status">{words.NONE_FOUND if count else words.EMPTY_INDEX}</p>'
    items = "".join(
        _row(headline, removable=removable, others=(held or {}).get(headline.path, 1) - 1)
        for headline in headlines[:shown]
    )
    number = words.SHOWN_OF.format(shown=f"{min(shown, len(headlines)):,}", count=f"{len(headlines):,}")
    more = f'<button type="button" class="question" data-act="more">{words.SHOW_MORE}</button>'
    return (
        f'<p class="small" role="status">{number}</p><ul class="shelf">{items}</ul>'
        f"{more if len(headlines) > shown else ''}"
    )


def _row(headline: Headline, *, removable: bool, others: int) -> str:
    said = words.OTHERS_ONE if others == 1 else words.OTHERS_MANY.format(count=f"{others:,}")
    along = f' data-others="{said}"' if others else ""
    remove = (
        f'<button type="button" class="plain" data-act="remove" data-article="{attribute(headline.id)}"{along} '
        f'aria-label="{words.REMOVE}: {attribute(headline.title)}">{words.REMOVE}</button>'
        if removable
        else ""
    )
    return f"<li><div>{headline_link(headline, with_author=True)}</div>{remove}</li>"


def progress_html(progress: Progress | None) -> str:
    """Return how far an update is; None: it has only begun."""
    if progress is None:
        return f'<p class="working" role="status">{words.UPDATING}…</p>'
    phase = words.PHASES[progress.phase]
    return (
        f'<p class="working" role="status">{phase} · {progress.done:,} / {progress.total:,}</p>'
        f'<progress max="{max(progress.total, 1)}" value="{progress.done}" aria-label="{phase}"></progress>'
    )


def change_html(change: Change, *, refused: Sequence[Failure] = (), lead: str = "") -> str:
    """Return what an update did. refused: files that were not added in the first place. lead: put before it."""
    added, edited, removed = len(change.added), change.edited, len(change.removed)
    if added or edited or removed:
        line = words.CHANGED.format(added=added, edited=edited, removed=removed, articles=f"{change.articles:,}")
        line += "." if change.seconds is None else words.IN_SECONDS.format(seconds=f"{change.seconds:.1f}")
    else:
        line = words.NOTHING_CHANGED.format(articles=f"{change.articles:,}")
    return (
        f'<p role="status">{lead}{line}</p>'
        + _listed(words.ADDED_LIST, [headline_link(headline) for headline in change.added])
        + _listed(words.REMOVED_LIST, [name(headline.title) for headline in change.removed])
        + failures_html(words.REFUSED_LIST, refused, unfolded=True)
    )


def failures_html(title: str, failures: Sequence[Failure], *, unfolded: bool = False) -> str:
    """Return files with the reason why each was not read or not taken."""
    rows = [f'{name(failure.path)} <span class="byline">{prose(failure.reason)}</span>' for failure in failures]
    return _listed(title, rows, unfolded=unfolded)


def check_html(report: CheckReport) -> str:
    """Return what a check of the index found."""
    if report.ok:
        line = words.CHECK_GOOD.format(
            articles=f"{report.articles:,}", passages=f"{report.passages:,}", looked_at=f"{report.looked_at:,}"
        )
        return f'<p role="status">{line}</p>'
    found = [*report.problems, *(words.BELONGS_TO_NOTHING.format(path=path) for path in report.leaked)]
    problems = "".join(f"<li>{prose(one)}</li>" for one in found)
    return f'<p role="alert">{words.CHECK_BAD}</p><ul class="rows">{problems}</ul>'


def note_html(text: str, *, alert: bool = False) -> str:
    """Return a line of our own or of an error."""
    return f'<p role="{"alert" if alert else "status"}">{prose(text)}</p>'


def _listed(title: str, rows: Sequence[str], *, unfolded: bool = False) -> str:
    if not rows:
        return ""
    items = "".join(f"<li>{row}</li>" for row in rows[:LISTED])
    rest = f"<li>{words.AND_MORE.format(count=len(rows) - LISTED).strip()}</li>" if len(rows) > LISTED else ""
    return fold(title, f'<ul class="rows">{items}{rest}</ul>', count=len(rows), unfolded=unfolded)
