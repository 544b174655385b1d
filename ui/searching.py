"""A search for programs, and what narrows the articles: the same at every door."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from assistant.understanding import checked
from index import NewsIndex
from index.filters import as_names
from ui.days import first_day, last_day
from ui.shapes import SearchForm


def narrowed(
    *, outlet: str | Sequence[str] | None, author: str | Sequence[str] | None, since: str | None, until: str | None
) -> dict[str, Any]:
    """Return filters as asking and searching take them; what is empty filters nothing. Raises BadFilter."""
    return {
        "outlet": as_names(outlet) or None,
        "author": as_names(author) or None,
        "since": first_day(since),
        "until": last_day(until),
    }


def searched(news_index: NewsIndex, question: str, k: int, **filters: Any) -> SearchForm:
    """Return the wire form of a search. Raises BadQuestion, BadFilter or what the index raises."""
    started = time.perf_counter()
    line = checked(question)
    hits: Any = [hit.to_dict() for hit in news_index.search(line, k, **filters)]
    took = 1000 * (time.perf_counter() - started)
    return {"question": line, "hits": hits, "timings_ms": {"total": round(took, 2)}}
