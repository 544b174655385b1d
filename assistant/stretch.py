"""What is measured of each stretch of a sentence that could be the short answer, by name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from assistant.belonging import closed
from assistant.candidate import Candidate, candidates
from assistant.fitting import fits
from assistant.ground import Ground
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.scoring import Rarity
from assistant.words import Word

if TYPE_CHECKING:
    from index.excerpt import Reading

LIKELY = 12
"""Candidates of a sentence that are measured: those with the largest share as it was read."""
UNSURE = -5.0
"""The log share of being the answer that stands for all that is less."""
_OPENERS = frozenset("the a an his her its their this that these those".split())


def as_read(reading: Reading | None, candidate: Candidate) -> float:
    """Return the log share of a stretch to be the answer as its sentence was read, at least `UNSURE`."""
    return max(reading.stretch(candidate.start, candidate.end), UNSURE) if reading else UNSURE


def stretches(
    question: Question, sentence: str, weights: Rarity, reading: Reading | None, *, fitting: bool = False
) -> Iterator[tuple[Candidate, dict[str, float]]]:
    """Yield each candidate with what is measured of it, by name. fitting: only those of the asked kind."""
    ground = Ground.of(question, sentence, weights)
    ordered: Sequence[Candidate] = candidates(sentence)
    if reading:
        ordered = sorted(ordered, key=lambda one: -reading.stretch(one.start, one.end))
    shut = closed(question, sentence) if fitting else ()
    chosen = (one for one in ordered if not fitting or (_open(one, shut) and fits(question, sentence, one)))
    for candidate in islice(chosen, LIKELY) if reading else chosen:
        read = {"read": as_read(reading, candidate)}
        yield candidate, _measure(ground, candidate) | read | ground.placed(candidate.first, candidate.last)


def _open(candidate: Candidate, shut: Sequence[tuple[int, int]]) -> bool:
    return not any(start <= candidate.start < end for start, end in shut)


def _measure(ground: Ground, candidate: Candidate) -> dict[str, float]:
    first, last, value = candidate.first, candidate.last, candidate.value
    sentence, listed, asked, weights = ground.sentence, ground.listed, ground.asked, ground.weights
    inside = listed[first : last + 1]
    length = last - first + 1
    before = sum(weight * math.exp(-(first - at) / 4) for at, weight in ground.matched if at < first)
    after = sum(weight * math.exp(-(at - last) / 4) for at, weight in ground.matched if at > last)
    repeated = sum(word.stem in weights for word in inside) / length
    kind = value.kind if value else "phrase"
    measured = {
        f"kind={kind}|{asked}": 1.0,
        "before": before,
        "after": after,
        "near": before + after,
        f"before|{asked}": before,
        f"after|{asked}": after,
        "repeated": repeated,
        "all repeated": float(repeated == 1.0),
        "first repeated": float(inside[0].stem in weights),
        "last repeated": float(inside[-1].stem in weights),
        "stated": float(value is not None and value.key in ground.stated),
        f"length={min(length, 6)}": 1.0,
        f"long|{asked}": float(length > 3),
        "focus inside": float(any(first <= at <= last for at in ground.foci)),
        f"focus last|{asked}": float(last in ground.foci),
        "focus beside": float(bool({first - 1, first - 2, last + 1, last + 2} & ground.foci)),
        f"names={sum(word.capital for word in inside) if value and value.kind == 'name' else 0}|{asked}": 1.0,
        f"role|{asked}": float(any(word.stem in PERSON_NOUNS for word in inside)),
        "capital": float(inside[0].capital and first > 0),
        "digit": float(any(char.isdigit() for char in sentence[candidate.start : candidate.end])),
        "opens": float(first == 0),
        "closes": float(last == len(listed) - 1),
        "small inside": float(sum(not word.meaningful for word in inside)),
        f"last ends={inside[-1].text.lower()[-2:]}": 1.0,
        f"first ends={inside[0].text.lower()[-2:]}": 1.0,
    }
    previous = _neighbour(listed, first - 1, sentence, candidate.start, before=True)
    following = _neighbour(listed, last + 1, sentence, candidate.end, before=False)
    measured[f"previous={previous}"] = 1.0
    measured[f"previous={previous}|{asked}"] = 1.0
    measured[f"following={following}"] = 1.0
    if previous in _OPENERS:
        measured[f"second={_neighbour(listed, first - 2, sentence, candidate.start, before=True)}"] = 1.0
    return measured


def _neighbour(listed: Sequence[Word], at: int, sentence: str, edge: int, *, before: bool) -> str:
    """Name what stands next to a candidate: a mark, a function word as it is, or how another word ends."""
    if not 0 <= at < len(listed):
        return "<edge>"
    word = listed[at]
    gap = sentence[word.end : edge] if before else sentence[edge : word.start]
    mark = gap.strip()[:1]
    if mark and not mark.isalnum():
        return mark
    if not word.meaningful:
        return word.text.lower()
    return f"~{word.text.lower()[-2:]}" + ("^" if word.capital else "")
