"""A search for programs: the same at every door."""

from __future__ import annotations

import time
from typing import Any

from assistant.understanding import checked
from index import NewsIndex
from ui.shapes import SearchForm


def searched(news_index: NewsIndex, question: str, k: int, **filters: Any) -> SearchForm:
    """Return the wire form of a search. Raises BadQuestion, BadFilter or what the index raises."""
    started = time.perf_counter()
    line = checked(question)
    hits: Any = [hit.to_dict() for hit in news_index.search(line, k, **filters)]
    took = 1000 * (time.perf_counter() - started)
    return {"question": line, "hits": hits, "timings_ms": {"total": round(took, 2)}}
