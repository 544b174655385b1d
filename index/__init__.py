"""Passages that can be found again: the index over a folder of articles."""

from index.errors import FootnoteIndexError
from index.news_index import Coverage, NewsIndex, Waiting
from index.passage import Hit, Passage
from index.report import BuildReport, Progress

__all__ = ["BuildReport", "Coverage", "FootnoteIndexError", "Hit", "NewsIndex", "Passage", "Progress", "Waiting"]
