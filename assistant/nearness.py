"""Sentences of articles that may be quoted, and how near a sentence of a model is to them: words and meaning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.evidence import spans
from assistant.words import content, paired, words
from corpus.article import Article
from index.passage import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that may become a quote. nearby: the words of the sentences before it, for pronouns."""

    text: str
    start: int
    end: int
    hit: Hit
    nearby: str = ""

    @property
    def published(self) -> date | None:
        """The day its article was published."""
        return self.hit.passage.article.published

    @property
    def source(self) -> str:
        """Outlet and author."""
        article = self.hit.passage.article
        return " ".join(part for part in (article.outlet, article.author) if part)

    @property
    def frame(self) -> str:
        """What the reader sees of the article beside the quote."""
        return f"{self.hit.passage.article.title} {self.source}"


class Remembered:
    """Vectors for the time of one answer: no text is encoded twice."""

    def __init__(self, encode: Encode) -> None:
        """Encode with `encode`, texts to unit vectors."""
        self._encode = encode
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a unit vector for each text."""
        import numpy as np

        lacking = [text for text in dict.fromkeys(texts) if text not in self._known]
        if lacking:
            self._known.update(zip(lacking, self._encode(lacking), strict=True))
        return np.stack([self._known[text] for text in texts])


def evidence(hit: Hit, article: Article) -> list[Evidence]:
    """Return the sentences of a passage that may be quoted, in order."""
    listed = spans(article.text)
    return [
        Evidence(span.text, span.start, span.end, hit, " ".join(one.text for one in listed[max(0, at - 3) : at]))
        for at, span in enumerate(listed)
        if span.quotable and hit.passage.start <= span.start < hit.passage.end
    ]


def believed(sentence: str, quotes: Sequence[Evidence], encode: Encode | None = None) -> float:
    """Return how much of a sentence its quotes hold, best quote first: meaning and neighbouring words, 0 to 1.

    Half is the likeness to the best quote, a quarter that to all of them, a quarter the neighbouring words: the
    simple weights that are nearest to those fitted to people's judgements (tests/benchmarks/eval_support.py).
    """
    joined = " ".join(one.text for one in quotes)
    if encode is None:
        near = " ".join(one.nearby for one in quotes)
        return share(sentence, content(joined) | content(near) | content(quotes[0].frame))
    first, whole = likeness(sentence, quotes, encode)
    return max(0.0, min(1.0, (2 * first + whole + paired(sentence, joined)) / 4))


def likeness(sentence: str, quotes: Sequence[Evidence], encode: Encode) -> tuple[float, float]:
    """Return the cosine of a sentence with its best quote, and with the middle of its quotes."""
    vectors = encode([sentence, *(one.text for one in quotes)])
    middle = vectors[1:].mean(axis=0)
    length = float(middle @ middle) ** 0.5 or 1.0
    return float(vectors[0] @ vectors[1]), float(vectors[0] @ middle) / length


def nearest(sentence: str, among: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence, what shares most words with the sentence first."""
    shares = {(one.hit.passage.id, one.start): covered(sentence, one.text) for one in among}
    return sorted(among, key=lambda one: (-shares[one.hit.passage.id, one.start], one.hit.passage.id, one.start))


def covered(sentence: str, text: str) -> float:
    """Return the share of a sentence's words that the text has; names and numbers weigh more."""
    return share(sentence, content(text))


def share(sentence: str, held: Collection[str]) -> float:
    """Return the share of a sentence's words that are held; names and numbers weigh more."""
    total = got = 0.0
    for word in words(sentence):
        if not word.meaningful:
            continue
        weight = 1.5 if word.capital or word.text[0].isdigit() else 1.0
        total += weight
        got += weight * (word.stem in held)
    return got / total if total else 0.0
