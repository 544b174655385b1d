"""How well each sentence bears on the question: measured features, and one weighted sum of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.evidence import Unit
from assistant.leaning import leans
from assistant.learned import learned, weighed
from assistant.namesake import without_namesakes
from assistant.question import Question
from assistant.relative_days import relative_days
from assistant.synonyms import synonyms_of
from assistant.values import values
from assistant.words import content, paired, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.excerpt import Reading
    from index.passage import Passage

_LIGHT = 0.3
"""What a word that only names the kind of answer weighs beside its rarity."""
ALIKE = 0.6
"""What a word that means the same is worth beside the question's own."""
CANDIDATES = 40
"""Sentences compared by meaning, where their vectors are at hand."""
ENCODED = 12
"""Sentences encoded for a question at most, where they are not: 6 ms each."""

FURTHER = 3.0
"""How far behind the first a sentence may score and still be on the matter."""


class Meanings(Protocol):
    """Where vectors of sentences come from."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors (len(texts), dimension)."""

    def sentence_vectors(self, passages: Sequence[Passage]) -> Mapping[tuple[str, int], NDArray[np.float32]]:
        """Return the unit vectors that are at hand of the passages' sentences, by article id and start."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is measured of one sentence. Shares lie in [0, 1]; cosines in [-1, 1].

    covered: share of the question's words in the sentence, weighted by rarity. around: the same with the sentence
    before and the title. topical: the same with the title and the article's first sentence, which say what all of it
    is about. passage: the same in the passage and title. names, numbers: shares of the names and numbers
    stated in the question that the sentence has. pairs: share of the question's neighbouring words that are
    neighbours here. typed: it holds a value of the asked kind that the question does not state.
    meaning: cosine with the question. near: cosine of the passage.
    length: log of its words. leaning: it needs the sentence before. deeds: share of the question's words that are
    no names. bound: share of the question's "after the war", "in Baku" that stand so here.
    best: passage score relative to the best.
    behind_…: how far it is behind the best candidate in that.
    """

    covered: float
    around: float
    topical: float
    passage: float
    names: float
    numbers: float
    pairs: float
    typed: float
    meaning: float
    near: float
    best: float
    length: float
    leaning: float
    deeds: float
    bound: float
    behind_covered: float = 0.0
    behind_around: float = 0.0
    behind_passage: float = 0.0
    behind_pairs: float = 0.0
    behind_meaning: float = 0.0

    def named(self) -> dict[str, float]:
        """Return the features by name."""
        return {name: float(getattr(self, name)) for name in _NAMES}


_NAMES = tuple(field.name for field in fields(Features))
_COMPARED = ("covered", "around", "passage", "pairs")


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with its features and score; higher bears more on the question.

    vector: its encoding, unit length. reading: of it together with the question; None where it was too far behind.
    """

    unit: Unit
    features: Features
    score: float
    vector: NDArray[np.float32]
    reading: Reading | None = None


Rarity = Mapping[str, float]
"""The weight of each word of the question, by stem: rare words say more."""


def rarity(question: Question, counts: Mapping[str, int], passages: int) -> dict[str, float]:
    """Return the weight of each of the question's words: logarithmic in how few passages hold it.

    counts: in how many passages each word occurs, as it is written in the question.
    """
    return {
        word.stem: (_LIGHT if word.stem in question.measures else 1.0)
        * math.log(1 + (passages + 0.5) / (min(counts[word.text], passages) + 0.5))
        for word in question.terms
    }


def typed(question: Question, text: str) -> bool:
    """Whether `text` has a value of the asked kind that the question does not state itself."""
    stated = {value.key for value in (*question.numbers, *question.names)}
    if "date" in question.kinds and relative_days(text):
        return True
    return any(
        value.kind in question.kinds
        and value.key not in stated
        and (value.kind != "name" or not value.stems <= question.stems)
        for value in values(text)
    )


def score(
    question: Question,
    units: Sequence[Unit],
    weights: Rarity,
    meanings: Meanings,
) -> list[Scored]:
    """Return the candidates with their scores, best first; ties by article and place.

    Sentences are ranked by their words first; the best `CANDIDATES` of them are compared by meaning.
    """
    units = without_namesakes(question, units)
    if not units:
        return []
    top = max(unit.hit.score for unit in units)
    stated = question.name_stems
    deeds = {stem: weight for stem, weight in weights.items() if all(stem not in name for name in stated)}
    measured = [(unit, _measure(question, unit, weights, deeds, top)) for unit in units]
    first = learned("preselection")
    measured.sort(key=lambda pair: (-weighed(first, pair[1].named()), pair[0].place))
    known = meanings.sentence_vectors(list({unit.hit.passage.id: unit.hit.passage for unit in units}.values()))
    lacking = [unit for unit, _ in measured[:CANDIDATES] if unit.place not in known][:ENCODED]
    (asked,) = np.asarray(meanings.encode([question.text]), np.float32)
    if lacking:
        made = np.asarray(meanings.encode([unit.text for unit in lacking]), np.float32)
        known = {**known, **dict(zip((unit.place for unit in lacking), made, strict=True))}
    chosen = [(unit, features) for unit, features in measured[:CANDIDATES] if unit.place in known]
    vectors = [known[unit.place] for unit, _ in chosen]
    meanings_of = [float(vector @ asked) for vector in vectors]
    ahead = {name: max(getattr(features, name) for _, features in chosen) for name in _COMPARED}
    closest = max(meanings_of)
    ranking = learned("ranking")
    found = []
    for (unit, features), vector, meaning in zip(chosen, vectors, meanings_of, strict=True):
        behind = {f"behind_{name}": best - getattr(features, name) for name, best in ahead.items()}
        features = replace(features, meaning=meaning, behind_meaning=closest - meaning, **behind)
        found.append(Scored(unit, features, weighed(ranking, features.named()), vector))
    return ranked(found)


def ranked(items: Iterable[Scored]) -> list[Scored]:
    """Return sentences in the order of their scores, best first; ties by article and place."""
    return sorted(items, key=lambda item: (-item.score, item.unit.place))


def followed(first: Sequence[Scored], last: float, rest: Sequence[Scored]) -> list[Scored]:
    """Return sentences that were scored anew, best first, with the rest behind, at its distance to the last of them.

    last: what the last of them scored before.
    """
    drop = max(last - first[-1].score, 0.0)
    return [*first, *(replace(item, score=item.score - drop) for item in rest)]


def near(scored: Sequence[Scored], distance: float) -> list[Scored]:
    """Return those that score less than `distance` behind the first, in their order."""
    return [item for item in scored if item.score > scored[0].score - distance]


def ahead(scored: Sequence[Scored]) -> float:
    """Return how much higher the first scores than the second; without a second, than nothing."""
    return scored[0].score - (scored[1].score if len(scored) > 1 else 0.0)


def coverage(weights: Rarity, stems: frozenset[str] | set[str]) -> float:
    """Return the share of the question's weight that these stems carry; 0 for a question without words.

    A word that may stand for one of the question's carries `ALIKE` of its weight.
    """
    total = sum(weights.values())
    held = sum(
        weight if stem in stems else ALIKE * weight if not synonyms_of(stem).isdisjoint(stems) else 0.0
        for stem, weight in weights.items()
    )
    return held / total if total else 0.0


def _measure(question: Question, unit: Unit, weights: Rarity, deeds: Rarity, top: float) -> Features:
    """Measure a sentence. deeds: of the weights those of no name. top: the score of the best passage."""
    own = unit.told()
    title = content(unit.title)
    around = own | title | unit.content_before()
    bound = bindings(unit.text)
    here = {value.key for value in values(unit.text)} | own if question.numbers else own
    return Features(
        covered=coverage(weights, own),
        around=coverage(weights, around),
        topical=coverage(weights, own | title | content(unit.lead())),
        passage=coverage(weights, content(unit.hit.passage.text) | title),
        names=share(bool(name & own) for name in question.name_stems),
        numbers=share(value.key in here or value.text in unit.text for value in question.numbers),
        pairs=paired(question.text, unit.text),
        typed=float(typed(question, unit.text)) if question.kinds else 0.5,
        meaning=0.0,
        near=unit.hit.similarity,
        best=unit.hit.score / top if top > 0 else 0.0,
        length=math.log(1 + len(words(unit.text))),
        leaning=float(leans(unit.text)),
        deeds=coverage(deeds, own),
        bound=share((one in bound for one in bindings(question.text)), empty=0.0),
    )


def share(held: Iterable[bool], *, empty: float = 1.0) -> float:
    """Return the share that holds; `empty` where there is nothing to hold."""
    listed = list(held)
    return sum(listed) / len(listed) if listed else empty


_BINDING = frozenset(
    "after against among around as at before behind below between beyond by during for from in inside into near of on "
    "outside over per since through to toward towards under until upon with within without".split()
)


@lru_cache(maxsize=4_000)
def bindings(text: str) -> frozenset[tuple[str, str]]:
    """Return each preposition with the next words that carry meaning: "after the 2020 war" has 2020 and war."""
    listed = words(text)
    found: set[tuple[str, str]] = set()
    for at, word in enumerate(listed):
        if word.text.lower() in _BINDING:
            bearing = [one.stem for one in listed[at + 1 : at + 5] if one.meaningful][:2]
            found.update((word.text.lower(), one) for one in bearing)
    return frozenset(found)
