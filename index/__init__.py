"""Passages that can be found again: the index over a folder of articles."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from index.errors import FootnoteIndexError

if TYPE_CHECKING:
    from index.news_index import NewsIndex, Waiting
    from index.passage import Hit, Passage
    from index.report import BuildReport, Progress
    from index.view import Coverage, MonthlyCount

__all__ = [
    "BuildReport",
    "Coverage",
    "FootnoteIndexError",
    "Hit",
    "MonthlyCount",
    "NewsIndex",
    "Passage",
    "Progress",
    "Waiting",
]

_HOMES = {
    "BuildReport": "index.report",
    "Coverage": "index.view",
    "Hit": "index.passage",
    "MonthlyCount": "index.view",
    "NewsIndex": "index.news_index",
    "Passage": "index.passage",
    "Progress": "index.report",
    "Waiting": "index.news_index",
}


def __getattr__(name: str) -> Any:
    """Load each when it is first asked for: settings, errors and filters need no index."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
