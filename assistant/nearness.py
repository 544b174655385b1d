"""How near a sentence of a model is to sentences of articles that may be quoted: words and meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from assistant.evidence import Unit
from assistant.words import content, paired, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]


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


def belief_in(sentence: str, quotes: Sequence[Unit], encode: Encode) -> float:
    """Return how much of a sentence its quotes hold, best quote first: meaning and neighbouring words, 0 to 1.

    Half is the likeness to the best quote, a quarter that to all of them, a quarter the neighbouring words: the
    simple weights that are nearest to those fitted to people's judgements (tests/benchmarks/eval_support.py).
    """
    joined = " ".join(one.text for one in quotes)
    first, whole = likeness(sentence, quotes, encode)
    return max(0.0, min(1.0, (2 * first + whole + paired(sentence, joined)) / 4))


def likeness(sentence: str, quotes: Sequence[Unit], encode: Encode) -> tuple[float, float]:
    """Return the cosine of a sentence with its best quote, and with the middle of its quotes."""
    vectors = encode([sentence, *(one.text for one in quotes)])
    middle = vectors[1:].mean(axis=0)
    length = float(middle @ middle) ** 0.5 or 1.0
    return float(vectors[0] @ vectors[1]), float(vectors[0] @ middle) / length


def nearest(sentence: str, among: Sequence[Unit]) -> list[Unit]:
    """Return the sentences of articles, what shares most words with the sentence first."""
    shares = {one.place: covered(sentence, one.text) for one in among}
    return sorted(among, key=lambda one: (-shares[one.place], one.hit.passage.id, one.span.start))


def covered(sentence: str, text: str) -> float:
    """Return the share of a sentence's words that the text has; names and numbers weigh more."""
    held = content(text)
    total = got = 0.0
    for word in words(sentence):
        if not word.meaningful:
            continue
        weight = 1.5 if word.capital or word.text[0].isdigit() else 1.0
        total += weight
        got += weight * (word.stem in held)
    return got / total if total else 0.0
