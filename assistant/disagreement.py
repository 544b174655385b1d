"""Where articles differ on what was asked: on a number, a date, a name, or yes and no."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from assistant.denial import denial, facing
from assistant.incompatible import incompatible
from assistant.learned import learned, weighed
from assistant.nouns import PERSON_NOUNS
from assistant.opposites import opposites
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found
from assistant.synonyms import alike
from assistant.values import Value, values
from assistant.words import content, overlap, words

ENOUGH, ENOUGH_CLOSED = 0.68, 0.48
"""Beliefs from which a difference between articles of an index is shown: on any matter, and on yes or no."""

BEARING = 0.5
"""Share of the best sentence's words of the question that a side has, where it is a value that differs."""
_OPPOSITES = opposites(in_a_claim=False)
_SUPPOSING = re.compile(r"^\W*(?:if|unless|should|were|suppose|supposing)\b|\bwould\b|, should\b", re.IGNORECASE)
_WHETHER = "The articles differ on whether it is so:"
_IN_TIME = frozenset({"before", "after", "first", "last"})
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CONTRAST = re.compile(
    r"\b(?:however|but|contrary|disput\w+|contradict\w*|conflict\w*|no evidence|found no|critics?"
    r"|criticism|on the other hand|unlike|instead|controvers\w+|debate[ds]?|challeng\w+"
    r"|questioned|misleading|overstat\w+|contrast\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sentences of different articles that differ, what each says, and how sure that is, 0 to 1."""

    one: Scored
    other: Scored
    values: tuple[str, str]
    about: str
    belief: float


def differences(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return the differences between articles on what is asked, surest first."""
    closed = question.asked in ("yes-no", "choice")
    bearing = BEARING * max((item.features.covered for item in scored), default=0.0)
    return [
        found
        for found in possible(question, scored, shorts)
        if found.belief >= (ENOUGH_CLOSED if closed else ENOUGH)
        and not _aside(question, found)
        and (closed or bearing <= min(found.one.features.covered, found.other.features.covered))
    ]


def _aside(question: Question, found: Difference) -> bool:
    """Whether a difference is beside the question: in values of another kind, in brackets, or no denial at all."""
    kind = next((kind for kind, about in _ABOUT.items() if about == found.about), None)
    if found.about == _WHETHER:
        return any(facing(question, item.unit.text) or not _of_any(question, item) for item in (found.one, found.other))
    if kind is None:  # "after the war" and "before the trial" set nothing against each other
        return {value.lower() for value in found.values} <= _IN_TIME
    if question.asked == "yes-no" or (question.kinds and kind not in question.kinds):
        return True
    sides = zip((found.one, found.other), found.values, strict=True)
    return any(value in bracketed for item, value in sides for bracketed in _BRACKETED.findall(item.unit.text))


def _of_any(question: Question, item: Scored) -> bool:
    """Whether a sentence, or what stands by it, names anybody that the question names."""
    before = item.unit.before()
    near = content(f"{item.unit.title}\n{item.unit.text}\n{before.text if before else ''}")
    return not question.names or any(not held.isdisjoint(near) for held in _named(question))


def possible(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return every pair of sentences of different articles that can be set against each other, surest first."""
    found = [
        Difference(one, other, *told, believed(pair(question, one, other, mine, theirs)))
        for (one, mine), (other, theirs) in combinations(zip(scored, shorts, strict=False), 2)
        if one.unit.article.id != other.unit.article.id
        and (told := _told(question, one.unit.text, other.unit.text, mine, theirs))
    ]
    return sorted(
        found, key=lambda difference: (-difference.belief, difference.one.unit.place, difference.other.unit.place)
    )


def surest(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return how texts differ that are known to: by a value, a yes or no, else by what each answers first."""
    found = possible(question, scored, shorts)
    if found or not scored:
        return found
    one, mine = scored[0], shorts[0] if shorts else None
    paired = zip(scored, [*shorts, *[None] * (len(scored) - len(shorts))], strict=False)
    others = ((item, short) for item, short in paired if item.unit.article.id != one.unit.article.id)
    return [
        Difference(
            one,
            other,
            (_gist(question, one.unit.text, mine), _gist(question, other.unit.text, theirs)),
            "The articles answer this differently:",
            0.0,
        )
        for other, theirs in others
    ][:1]


def _gist(question: Question, text: str, found: Found | None) -> str:
    return found.text if found and found.shown(question) else _told_around(question, text, None)


def believed(measured: dict[str, float]) -> float:
    """Return how sure a pair's features make a difference, 0 to 1."""
    return 1 / (1 + math.exp(-weighed(learned("disagreement"), measured)))


def pair(question: Question, one: Scored, other: Scored, mine: Found | None, theirs: Found | None) -> dict[str, float]:
    """Return what is measured of two sentences as a possible difference, by name."""
    first, second = one.unit.text, other.unit.text
    frame = overlap(_frame(first), _frame(second))
    near = float(one.vector @ other.vector)
    asked = bool(
        mine
        and theirs
        and mine.value
        and theirs.value
        and mine.value.kind in question.kinds
        and theirs.value.kind in question.kinds
    )
    clash = bool(
        asked
        and mine
        and theirs
        and mine.value
        and theirs.value
        and incompatible(mine.value, theirs.value, first, second)
    )
    belief = min(mine.belief, theirs.belief) if mine and theirs else 0.0
    close = min(mine.near, theirs.near) if mine and theirs else 0.0
    swapped = list(_swapped(question, first, second))
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
        "swapped": float(bool(swapped)),
        "swapped frame": bool(swapped) * frame,
        "swapped asked": float(any(value.kind in question.kinds for value, _ in swapped)),
        "swapped asked frame": any(value.kind in question.kinds for value, _ in swapped) * frame,
        "units": float(_units_differ(first, second)),
        "units near": _units_differ(first, second) * near,
        "turned": float(turned),
        "turned frame": turned * frame,
        "turned near": turned * near,
        "opposed": float(opposed),
        "opposed near": opposed * near,
        "contrast": float(bool(_CONTRAST.search(first) or _CONTRAST.search(second))),
        "worse": max(one.features.behind_meaning, other.features.behind_meaning),
        "closed": float(question.asked in ("yes-no", "choice")),
        "valued": float(bool(question.kinds)),
    }
    for name in ("turned near", "opposed near", "near"):
        measured[f"{name} closed"] = measured[name] * measured["closed"]
    return measured


def _told(
    question: Question, first: str, second: str, mine: Found | None, theirs: Found | None
) -> tuple[tuple[str, str], str] | None:
    """Return what each side says, and the line over them; None where nothing definite can be set against each other."""
    if (
        mine
        and theirs
        and mine.value
        and theirs.value
        and mine.value.kind in question.kinds
        and incompatible(mine.value, theirs.value, first, second)
    ):
        return (mine.text, theirs.text), _ABOUT.get(mine.value.kind, "The articles differ:")
    swapped = sorted(_swapped(question, first, second), key=lambda both: both[0].kind not in question.kinds)
    if swapped:
        one, other = swapped[0]
        return (one.text, other.text), _ABOUT.get(one.kind, "The articles differ:")
    denied, denied_there = denial(question, first), denial(question, second)
    affirmed = first if denied is None else second
    if (denied is None) != (denied_there is None) and not supposes(affirmed) and _of_the_deed(question, first, second):
        sides = _told_around(question, first, denied), _told_around(question, second, denied_there)
        return sides, _WHETHER
    both = [
        (word.text, other.text)
        for word in words(first)
        for other in words(second)
        if other.stem in _OPPOSITES.get(word.stem, ())
    ]
    return (both[0], "The articles point in different directions:") if both else None


def supposes(sentence: str) -> bool:
    """Whether a sentence says what would be, not what is."""
    return bool(_SUPPOSING.search(sentence))


def _of_the_deed(question: Question, first: str, second: str) -> bool:
    """Whether both sentences speak of what is asked, not only of the same names: no yes or no is told otherwise."""
    deeds, one, other = _deeds(question), content(first), content(second)
    if deeds:
        return bool(deeds & one and deeds & other)
    return all(not held.isdisjoint(one) and not held.isdisjoint(other) for held in _named(question))


def _deeds(question: Question) -> frozenset[str]:
    """Return the stems of what is asked but the names, and of what may stand for them."""
    named = {stem for name in question.names for stem in name.key.split()}
    own = {word.stem for word in question.terms} - (named - PERSON_NOUNS)  # "the CEO of Nordline" is an office
    return frozenset(own.union(*map(alike, own)))


def _named(question: Question) -> list[set[str]]:
    return [set(name.key.split()) for name in question.names]


_ABOUT = {
    "number": "The articles differ on the number:",
    "share": "The articles differ on the share:",
    "money": "The articles differ on the sum:",
    "date": "The articles differ on the date:",
    "name": "The articles differ on the name:",
    "duration": "The articles differ on how long:",
}


def _told_around(question: Question, text: str, at: int | None) -> str:
    """Return the few words that carry the yes or no: around what is negated, else around the question's own deed."""
    listed = words(text)
    deeds = _deeds(question)
    found = (place for place, word in enumerate(listed) if (word.end > at if at is not None else word.stem in deeds))
    middle = next(found, 0)
    first, last = middle, middle
    while first > max(0, middle - 3) and not _pause(text, listed[first - 1].end, listed[first].start):
        first -= 1
    while last < min(len(listed) - 1, middle + 6) and not _pause(text, listed[last].end, listed[last + 1].start):
        last += 1
    return text[listed[first].start : listed[last].end] if listed else text


def _pause(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in ',;:—–()“”"')


@lru_cache(maxsize=4_000)
def _frame(text: str) -> frozenset[str]:
    """Return the words that are not part of a value: what two versions of one sentence share."""
    held = values(text)
    return frozenset(
        word.stem
        for word in words(text)
        if word.meaningful and not any(value.start <= word.start < value.end for value in held)
    )


def _swapped(question: Question, first: str, second: str) -> Iterator[tuple[Value, Value]]:
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


def _beside(text: str, value: Value) -> set[tuple[str, str]]:
    """Return the words next to a value: the two before it and the two after it, each pair as one mark."""
    before = [word.stem for word in words(text) if word.end <= value.start][-2:]
    after = [word.stem for word in words(text) if word.start >= value.end][:2]
    marks = {("<", " ".join(before)), (">", " ".join(after))}
    if value.kind not in ("name",) and after:
        marks.add((">1", after[0]))
    return {mark for mark in marks if mark[1]}


def _units_differ(first: str, second: str) -> bool:
    """Whether the sentences count the same thing differently: "6,000 soldiers", "4,000 soldiers"."""
    mine, theirs = _counted(first), _counted(second)
    return any(noun in theirs and not (mine[noun] & theirs[noun]) for noun in mine)


@lru_cache(maxsize=4_000)
def _counted(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for value in values(text):
        if value.kind in ("number", "share", "money", "duration"):
            following = next((word.stem for word in words(text) if word.start >= value.end and word.meaningful), "")
            noun = {"share": "%", "money": "$"}.get(value.kind, following)
            found[noun] = found.get(noun, frozenset()) | {value.key}
    return found


def _opposites(text: str) -> frozenset[str]:
    own = content(text)
    return frozenset[str]().union(*(_OPPOSITES[word] for word in own if word in _OPPOSITES)) - own
