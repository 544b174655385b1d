"""How a date, an article and a text are put for a reader, wherever one is shown."""

from __future__ import annotations

from datetime import date

from corpus.article import Headline


def day(published: date | None) -> str:
    """Return a date as a reader is shown it; "undated" for none."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def attribution(headline: Headline) -> str:
    """Return "outlet, date" of an article for a reader."""
    return f"{headline.outlet}, {day(headline.published)}" if headline.outlet else day(headline.published)


def flat(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(text.split())
