"""Passages that can be found again: the index over a folder of articles."""

from index.errors import FootnoteIndexError
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
