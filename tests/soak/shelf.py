"""What is in the articles folder at which moment, as far as it has been asked for and as far as the server has said."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import Article

NEVER = float("inf")


@dataclass(slots=True)
class Edition:
    """One text of an article from its coming to its going, in seconds of one clock.

    written, ended: when its file came, and was replaced or removed. told, gone: when the server first gave
    it out, and first did not.
    """

    article: Article
    question: str = ""
    value: str = ""
    written: float = 0.0
    told: float = NEVER
    ended: float = NEVER
    gone: float = NEVER

    def may_be_cited(self, asked: float, answered: float) -> bool:
        """Return whether an answer may rest on it: it was there at some moment of the question."""
        return self.written <= answered and asked <= self.gone

    def must_be_cited(self, asked: float, answered: float) -> bool:
        """Return whether an answer to its question has to rest on it: it was there all the time, and known to be."""
        return self.told < asked and answered < self.ended


@dataclass(slots=True)
class Shelf:
    """Every edition of every article. Safe from several threads."""

    _editions: dict[str, list[Edition]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, edition: Edition) -> None:
        """Note an edition that comes."""
        with self._lock:
            self._editions.setdefault(edition.article.id, []).append(edition)

    def of(self, article_id: str) -> Sequence[Edition]:
        """Return the editions of an article, oldest first."""
        with self._lock:
            return tuple(self._editions.get(article_id, ()))

    def coming(self) -> list[Edition]:
        """Return the editions that have questions of their own, oldest first."""
        with self._lock:
            return [one for editions in self._editions.values() for one in editions if one.question]
