"""One generation as a reader sees it: searched, looked up, counted. What it says never mixes two generations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Failure, Headline
from corpus.cleaning import clean
from index.columns import day_of
from index.cross_encoder import cross_encoder
from index.database import MANIFEST
from index.encoder import Encoder, encoder_text, vector_key
from index.errors import ArticleMissing
from index.excerpt import Excerpt, Reading
from index.filter_table import FilterTable
from index.filters import EVERYTHING, Filters
from index.generation import Generation
from index.passage import Hit, Passage
from index.reprints import prints
from index.search import search
from index.sentence_vectors import SentenceVectors


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the index holds. oldest, newest: of the dated articles; None where none is dated."""

    articles: int
    passages: int
    outlets: tuple[str, ...]
    authors: tuple[str, ...]
    oldest: date | None
    newest: date | None
    undated: int
    generation: int


@dataclass(frozen=True, slots=True)
class MonthlyCount:
    """How many articles an outlet has of a month. month: its first day, None for undated; outlet: None for nobody's."""

    month: date | None
    outlet: str | None
    articles: int


class View:
    """An open generation. `NewsIndex` answers every call from the newest; a pinned one stays with what it was."""

    def __init__(self, generation: Generation, encoder: Encoder, sentences: SentenceVectors) -> None:
        """Read `generation` and `sentences`, which others open and close. encoder: the one that made the vectors."""
        self.generation, self.encoder, self.sentences = generation, encoder, sentences
        self._table = FilterTable(generation.directory / MANIFEST)
        self._asked = lru_cache(maxsize=32)(lambda text: encoder.encode([text])[0])

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """See `NewsIndex.search`."""
        asked = clean(query)  # as the texts are
        return search(self.generation, self._table, asked, self._asked(asked), k, filters)

    def article(self, article_id: str) -> Article:
        """See `NewsIndex.article`."""
        found = self.generation.manifest.article(article_id)
        if found is None:
            raise ArticleMissing(f"No article has the id {article_id!r}.")
        return found

    def articles(self, *, limit: int | None = None, offset: int = 0) -> list[Headline]:
        """See `NewsIndex.articles`."""
        return self.generation.manifest.headlines(limit=limit, offset=offset)

    def article_count(self) -> int:
        """Count the articles."""
        return self.generation.manifest.counts()[0]

    def also_printed(self, article_id: str, quote: str) -> tuple[Headline, ...]:
        """Return who else prints these sentences of an article: reprints of one text, one witness together."""
        linked = self.generation.manifest.reprints([article_id]).get(article_id, [])
        return tuple(other.headline for other in linked if prints(other.text, quote))

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article, in order; an unknown id has none."""
        return self.generation.manifest.passages_of(article_id)

    def failures(self) -> tuple[Failure, ...]:
        """See `NewsIndex.failures`."""
        files = self.generation.manifest.files()
        return tuple(failure for path in sorted(files) for failure in files[path].failures)

    def coverage(self) -> Coverage:
        """See `NewsIndex.coverage`."""
        return self._coverage

    def monthly_counts(self) -> tuple[MonthlyCount, ...]:
        """See `NewsIndex.monthly_counts`."""
        return self._monthly_counts

    def document_frequency(self, word: str) -> int:
        """Count the passages that hold the word, stemmed and without case, in text or headline."""
        return self.generation.keywords.frequency(word)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors (len(texts), dimension) of this index's encoder."""
        # A question is encoded to search with it and to compare sentences with it: once is enough.
        return self._asked(texts[0])[None] if len(texts) == 1 else self.encoder.encode(texts)

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return what the cross-encoder reads of sentences together with a question, whatever the encoder is."""
        return cross_encoder().read(question, excerpts)

    def sentence_vectors(self, passages: Sequence[Passage]) -> dict[tuple[str, int], NDArray[np.float32]]:
        """Return the unit vectors of the passages' sentences, by article id and start, as far as they are kept."""
        keys = [vector_key(self.encoder.name, encoder_text(one.article.title, one.text)).hex() for one in passages]
        found = self.sentences.take(keys)
        return {
            (passage.article.id, passage.start + start): vector
            for passage, key in zip(passages, keys, strict=True)
            for start, vector in found.get(key, [])
        }

    @cached_property
    def _monthly_counts(self) -> tuple[MonthlyCount, ...]:
        names = self._table.columns.outlet_names
        counted = [
            MonthlyCount(day_of(day) if day else None, names[outlet] or None, articles)
            for day, outlet, articles in self._table.columns.by_month()
        ]
        return tuple(sorted(counted, key=lambda one: (one.month or date.max, one.outlet is None, one.outlet or "")))

    @cached_property
    def _coverage(self) -> Coverage:
        columns = self._table.columns
        days = columns.days[columns.days > 0]
        return Coverage(
            articles=len(columns.days),
            passages=len(columns.rows),
            outlets=tuple(sorted(filter(None, columns.outlet_names))),
            authors=tuple(sorted(filter(None, columns.author_names))),
            oldest=day_of(int(days.min())) if len(days) else None,
            newest=day_of(int(days.max())) if len(days) else None,
            undated=len(columns.days) - len(days),
            generation=self.generation.number,
        )
