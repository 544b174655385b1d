"""Passages, which are searched, and hits, which are found."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from corpus.article import Headline

HitOrigin = Literal["vector", "keyword", "both"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some consecutive sentences of one article.

    start, end: characters of the article's text, end exclusive; `article.text[start:end] == text`.
    ordinal: 0 for the article's first passage.
    """

    id: str
    article: Headline
    ordinal: int
    start: int
    end: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form (the article stands beside it, not in it)."""
        return {"id": self.id, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    score: the fused score, higher is closer; comparable within one search only.
    rank: from 1; hits of one search are in total order, ties by passage id.
    similarity: cosine of question and passage, in [-1, 1].
    also_in: headlines of reprints of the same passage, which count as the same witness.
    """

    passage: Passage
    score: float
    rank: int
    origin: HitOrigin
    similarity: float = 0.0
    also_in: tuple[Headline, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "origin": self.origin,
            "passage": self.passage.to_dict(),
            "article": self.passage.article.to_dict(),
        }


def passage_id(article_id: str, start: int, end: int, text: str) -> str:
    """Return a stable id from what the passage is: 20 hex digits."""
    content = f"{article_id}\0{start}\0{end}\0{text}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20]
