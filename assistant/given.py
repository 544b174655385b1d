"""Articles held in memory that answer to the calls of an index: for evidence given with the question, and for tests."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.errors import BadQuestion
from assistant.evidence import unnamed
from assistant.words import words
from corpus.article import Article, Headline
from index.cross_encoder import cross_encoder
from index.encoder import Encoder, encode_passages
from index.errors import ArticleMissing
from index.excerpt import Excerpt, Reader, Reading
from index.filters import EVERYTHING, Filters
from index.passage import Hit, Passage
from index.splitting import split

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index import Coverage

_K1, _B = 1.2, 0.75


class GivenPassages:
    """A few articles or passages, searched word by word (BM25) and by vectors where an encoder is given."""

    def __init__(
        self,
        articles: Sequence[Article],
        passages: Sequence[Passage] | None = None,
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._passages = (
            [passage for article in articles for passage in split(article)] if passages is None else list(passages)
        )
        self._encoder, self._reader = encoder, reader or cross_encoder()

    @classmethod
    def of(
        cls,
        passages: Sequence[str | Passage],
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> GivenPassages:
        """Take every string, and every passage, as an article of its own.

        Raises BadQuestion if one holds no text.
        """
        articles: list[Article] = []
        found: list[Passage] = []
        taken: set[str] = set()
        for number, given in enumerate(passages, start=1):
            text = given if isinstance(given, str) else given.text
            if not text.strip():
                raise BadQuestion(f"Passage {number} holds no text. Leave it out.")
            name = f"passage-{number}"
            if isinstance(given, str):
                own = f"{name}-text" if name in taken else name
                article = Article(id=own, title=f"Passage {number}", path=own, text=text)
            else:
                # Its article's text is not at hand: the passage stands alone, with its headline and its own offsets.
                stated = given.article
                article = stated.with_text(text, article_id=f"{stated.id}-{number}" if stated.id in taken else None)
            articles.append(article)
            taken.add(article.id)
            found.append(Passage(f"{name}-0", article.headline, 0, 0, len(text), text))
        return cls(articles, found, encoder=encoder, reader=reader)

    @contextmanager
    def pinned(self) -> Iterator[GivenPassages]:
        """Give itself: what is held in memory does not change."""
        yield self

    def article(self, article_id: str) -> Article:
        """Return an article by its id. Raises ArticleMissing for an unknown one."""
        if article_id not in self._articles:
            raise ArticleMissing(f"No article has the id {article_id!r}.")
        return self._articles[article_id]

    def articles(self) -> list[Headline]:
        """Return the headlines, newest first, undated last."""
        listed = [article.headline for article in self._articles.values()]
        return sorted(listed, key=lambda headline: (-(headline.published or date.min).toordinal(), headline.title))

    def passages(self, article_id: str) -> list[Passage]:
        """Return the passages of an article in order."""
        return [passage for passage in self._passages if passage.article.id == article_id]

    def also_printed(self, article_id: str, quote: str) -> tuple[Headline, ...]:
        """Return nobody: texts that are given each stand for themselves."""
        return ()

    def document_frequency(self, word: str) -> int:
        """Return in how many passages the word occurs, in any form."""
        return sum(len(self._postings.get(found.stem, ())) for found in words(word)[:1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors; without an encoder, vectors of nothing, which tell nothing apart."""
        import numpy as np

        return self._encoder.encode(texts) if self._encoder else np.zeros((len(texts), 1), np.float32)

    def sentence_vectors(self, passages: Sequence[Passage]) -> dict[tuple[str, int], NDArray[np.float32]]:
        """Return the unit vectors of the passages' sentences, by article id and start, where the encoder gives any."""
        return {
            (one.article.id, one.start + start): vector
            for one in passages
            for start, vector in self._encoded[1].get(one.id, [])
        }

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return what the cross-encoder reads of sentences together with a question."""
        return self._reader.read(question, excerpts)

    def search(self, query: str, k: int = 10, filters: Filters = EVERYTHING) -> list[Hit]:
        """Return the k closest passages: BM25 scaled to its best, and cosine where there is an encoder."""
        import numpy as np

        keyword = self._bm25(query)
        best = max(keyword.values(), default=0.0)
        cosine = self._encoded[0] @ self.encode([query])[0] if len(self._passages) else np.zeros(0)
        scored = [
            ((keyword.get(at, 0.0) / best if best else 0.0) + 1.5 * float(cosine[at]), at)
            for at, passage in enumerate(self._passages)
            if filters.admits(passage.article)
        ]
        scored.sort(key=lambda pair: (-pair[0], self._passages[pair[1]].id))
        return [
            Hit(self._passages[at], score, rank, "both", float(cosine[at]))
            for rank, (score, at) in enumerate(scored[:k], start=1)
            if score > 0
        ]

    def coverage(self) -> Coverage:
        """Return how many passages there are, and of what."""
        from index import Coverage

        listed = list(self._articles.values())
        days = sorted(article.published for article in listed if article.published)
        return Coverage(
            articles=len(listed),
            passages=len(self._passages),
            outlets=tuple(sorted({article.outlet for article in listed if article.outlet})),
            authors=tuple(sorted({article.author for article in listed if article.author})),
            oldest=days[0] if days else None,
            newest=days[-1] if days else None,
            undated=len(listed) - len(days),
            generation=0,
        )

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [
            Counter(word.stem for word in words(self._read(passage)) if word.meaningful) for passage in self._passages
        ]

    @cached_property
    def _lengths(self) -> list[int]:
        return [sum(counts.values()) for counts in self._counts]

    @cached_property
    def _postings(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for at, counts in enumerate(self._counts):
            for term, count in counts.items():
                found.setdefault(term, []).append((at, count))
        return found

    @cached_property
    def _encoded(self) -> tuple[NDArray[np.float32], dict[str, list[tuple[int, NDArray[np.float32]]]]]:
        """The vector of every passage, and by passage id where its sentences start, with the vector of each."""
        texts = [self._read(passage) for passage in self._passages]
        if self._encoder is None:
            return self.encode(texts), {}
        vectors, starts, parts = encode_passages(self._encoder, [passage.text for passage in self._passages], texts)
        return vectors, {
            passage.id: [(start, vector) for start, vector in zip(one, made, strict=True) if vector.any()]
            for passage, one, made in zip(self._passages, starts, parts, strict=False)
        }

    def _read(self, passage: Passage) -> str:
        # "Passage 3" is a name for the reader; it says nothing of what the passage is about.
        return passage.text if unnamed(passage.article) else f"{passage.article.title}\n{passage.text}"

    def _bm25(self, query: str) -> dict[int, float]:
        total = len(self._passages)
        lengths = self._lengths
        mean = sum(lengths) / max(total, 1) or 1.0
        scores: dict[int, float] = {}
        for term in {word.stem for word in words(query) if word.meaningful}:
            posting = self._postings.get(term, [])
            idf = math.log(1 + (total - len(posting) + 0.5) / (len(posting) + 0.5))
            for at, count in posting:
                norm = count + _K1 * (1 - _B + _B * lengths[at] / mean)
                scores[at] = scores.get(at, 0.0) + idf * count * (_K1 + 1) / norm
        return scores
