"""What the assistant needs of an index, whether on the disk or in memory."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from assistant.scoring import Meanings
from index.excerpt import Reader
from index.filters import EVERYTHING, Filters

if TYPE_CHECKING:
    from corpus.article import Article, Headline
    from index import Coverage
    from index.passage import Hit, Passage


class Library(Meanings, Reader, Protocol):
    """What the assistant needs of an index."""

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """Return the k closest passages that pass the filters."""

    def article(self, article_id: str) -> Article:
        """Return an article."""

    def articles(self) -> list[Headline]:
        """Return all headlines, newest first."""

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in order."""

    def coverage(self) -> Coverage:
        """Return the facts of the index."""

    def document_frequency(self, word: str) -> int:
        """Return in how many passages a word occurs."""

    def also_printed(self, article_id: str, quote: str) -> tuple[Headline, ...]:
        """Return the other articles that print the quote as well."""


class Held(Protocol):
    """What holds articles: gives them as they are at one time, for all that one answer says."""

    def pinned(self) -> AbstractContextManager[Library]:
        """Give what is held now, whatever is published meanwhile."""
