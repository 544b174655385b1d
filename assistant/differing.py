"""What two sentences differ in: measured, and weighed into how sure it is that they contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.amounts import AMOUNTS
from assistant.denial import deeds, denial
from assistant.incompatible import incompatible
from assistant.opposites import opposites
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found
from assistant.synonyms import untold
from assistant.values import Value, values
from assistant.words import content, overlap, words

OPPOSITES = opposites(in_a_claim=False)
"""Stems of words, each with those of the words that mean the contrary."""
_CONTRAST = re.compile(
    r"\b(?:however|but|contrary|disput\w+|contradict\w*|conflict\w*|no evidence|found no|critics?"
    r"|criticism|on the other hand|unlike|instead|controvers\w+|debate[ds]?|challeng\w+"
    r"|questioned|misleading|overstat\w+|contrast\w*)\b",
    re.IGNORECASE,
)


def pair(question: Question, one: Scored, other: Scored, mine: Found | None, theirs: Found | None) -> dict[str, float]:
    """Return what is measured of two sentences as a possible difference, by name."""
    first, second = one.unit.text, other.unit.text
    frame = overlap(_frame(first), _frame(second))
    near = float(one.vector @ other.vector)
    asked = bool(mine and theirs and mine.fitting(question) and theirs.fitting(question))
    clash = asked and clashing(mine, theirs, first, second)
    belief = min(mine.belief, theirs.belief) if mine and theirs else 0.0
    close = min(mine.near, theirs.near) if mine and theirs else 0.0
    exchanged = list(differing_values(question, first, second))
    exchanged_asked = any(value.kind in question.kinds for value, _ in exchanged)
    units = _units_differ(first, second)
    turned = (denial(question, first) is None) != (denial(question, second) is None)
    opposed = bool(_opposites(first) & content(second))
    measured = {
        "constant": 1.0,
        "frame": frame,
        "near": near,
        "covered": min(one.features.covered, other.features.covered),
        "meaning": min(one.features.meaning, other.features.meaning),
        "clash": float(clash),
        "clash belief": clash * belief,
        "clash near": clash * close,
        "clash frame": clash * frame,
        "agreed": float(asked and not clash),
        "swapped": float(bool(exchanged)),
        "swapped frame": bool(exchanged) * frame,
        "swapped asked": float(exchanged_asked),
        "swapped asked frame": exchanged_asked * frame,
        "units": float(units),
        "units near": units * near,
        "turned": float(turned),
        "turned frame": turned * frame,
        "turned near": turned * near,
        "opposed": float(opposed),
        "opposed near": opposed * near,
        "contrast": float(bool(_CONTRAST.search(first) or _CONTRAST.search(second))),
        "worse": max(one.features.behind_meaning, other.features.behind_meaning),
        "closed": float(question.closed),
        "valued": float(bool(question.kinds)),
    }
    for name in ("turned near", "opposed near", "near"):
        measured[f"{name} closed"] = measured[name] * measured["closed"]
    return measured


def clashing(mine: Found | None, theirs: Found | None, first: str, second: str) -> bool:
    """Whether two sentences give short answers, both values, that cannot both be true."""
    both = (mine and mine.value, theirs and theirs.value)
    return bool(both[0] and both[1] and incompatible(both[0], both[1], first, second))


@lru_cache(maxsize=4_000)
def _frame(text: str) -> frozenset[str]:
    """Return the words that are not part of a value: what two versions of one sentence share."""
    held = values(text)
    return frozenset(
        word.stem
        for word in words(text)
        if word.meaningful and not any(value.start <= word.start < value.end for value in held)
    )


def differing_values(question: Question, first: str, second: str) -> Iterator[tuple[Value, Value]]:
    """Yield values that stand in the same place of two sentences and differ: the same words before or after."""
    stated = {value.key for value in (*question.names, *question.numbers)}
    theirs = {value.key for value in values(second)}
    mine = {value.key for value in values(first)}
    for one in values(first):
        if one.key in theirs or one.key in stated:
            continue
        for other in values(second):
            if other.kind != one.kind or other.key in mine or other.key in stated:
                continue
            if _beside(first, one) & _beside(second, other) and incompatible(one, other, first, second):
                yield one, other


@lru_cache(maxsize=4_000)
def _beside(text: str, value: Value) -> frozenset[tuple[str, str]]:
    """Return the words next to a value: the two before it and the two after it, each pair as one mark."""
    before = [word.stem for word in words(text) if word.end <= value.start][-2:]
    after = [word.stem for word in words(text) if word.start >= value.end][:2]
    marks = {("<", " ".join(before)), (">", " ".join(after))}
    if value.kind != "name" and after:
        marks.add((">1", after[0]))
    return frozenset(mark for mark in marks if mark[1])


def _units_differ(first: str, second: str) -> bool:
    """Whether the sentences count the same thing differently: "6,000 soldiers", "4,000 soldiers"."""
    mine, theirs = _counted(first), _counted(second)
    return any(noun in theirs and not (mine[noun] & theirs[noun]) for noun in mine)


@lru_cache(maxsize=4_000)
def _counted(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for value in values(text):
        if value.kind in AMOUNTS:
            following = next((word.stem for word in words(text) if word.start >= value.end and word.meaningful), "")
            noun = {"share": "%", "money": "$"}.get(value.kind, following)
            found[noun] = found.get(noun, frozenset()) | {value.key}
    return found


def told_to_the_contrary(question: Question, sentences: Sequence[str]) -> list[str]:
    """Return the sentences with the contrary of a deed asked of, where none has the deed: "approved" for "reject"."""
    told = [content(one) for one in sentences]
    turned = {deed for deed in deeds(question) if deed in OPPOSITES and all(untold(deed, held) for held in told)}
    others = question.stems - turned
    return [
        sentence
        for sentence, held in zip(sentences, told, strict=True)
        if any(held & OPPOSITES[deed] for deed in turned)
        and 2 * sum(not untold(one, held) for one in others) >= len(others)
    ]


def _opposites(text: str) -> frozenset[str]:
    own = content(text)
    return frozenset[str]().union(*(OPPOSITES[word] for word in own if word in OPPOSITES)) - own
