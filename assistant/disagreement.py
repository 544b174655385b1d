"""Where articles differ on what was asked: on a number, a date, a name, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from assistant.another import of_somebody_else
from assistant.aside import aside, of_any, of_the_deed
from assistant.denial import deeds, denial
from assistant.difference import Difference, DifferenceKind
from assistant.differing import OPPOSITES, clashing, differing_values, pair
from assistant.evidence import Unit
from assistant.fulfilment import at_odds
from assistant.learned import believed
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found
from assistant.synonyms import untold, with_synonyms
from assistant.words import content, words

ENOUGH, ENOUGH_CLOSED = 0.68, 0.48
"""Beliefs from which a difference between articles of an index is shown: on any matter, and on yes or no."""

BEARING = 0.5
"""Share of the best sentence's words of the question that a side has, where it is a value that differs."""
OF_THE_MATTER = 0.6
"""Share of the question's words, or of such as may stand for them, that the passage of each side has."""
FEW = 4
"""Words of a question so few that each tells which one is meant."""
_SUPPOSING = re.compile(r"^\W*(?:if|unless|should|were|suppose|supposing)\b|\bwould\b|, should\b", re.IGNORECASE)


def differences(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return the differences between articles on what is asked, surest first."""
    closed = question.closed
    bearing = BEARING * max((item.features.covered for item in scored), default=0.0)
    learned = [
        found
        for found in possible(question, scored, shorts)
        if found.belief >= (ENOUGH_CLOSED if closed else ENOUGH)
        and not aside(question, found)
        and (closed or bearing <= min(found.one.features.covered, found.other.features.covered))
        and (closed or all(_of_the_matter(question, item.unit, found.kind) for item in (found.one, found.other)))
    ]
    return learned or (_of_stage(question, scored) if closed else [])


def _of_stage(question: Question, scored: Sequence[Scored]) -> list[Difference]:
    """Return what one article tells as done and another as still to come, where no day tells which came first."""
    own = deeds(question)
    return [
        Difference(
            one, other, (_told_around(question, first, None), _told_around(question, second, None)), "whether", 1.0
        )
        for one, other in combinations(scored, 2)
        for first, second in ((one.unit.text, other.unit.text),)
        if one.unit.article.id != other.unit.article.id
        and at_odds(own, one.unit, other.unit)
        and of_the_deed(question, first, second)
        and all(of_any(question, item) and not of_somebody_else(question, item.unit) for item in (one, other))
    ]


def _of_the_matter(question: Question, unit: Unit, kind: DifferenceKind) -> bool:
    """Whether a passage tells of what is asked: two breaches under inquiry, or a flood's dead and a war's, are two.

    Of few words all have to be there where names differ: two committees have two chairs.
    """
    near = content(unit.title) | content(unit.hit.passage.text)
    held = [not untold(term, near) for term in question.stems - question.measures]
    if kind == "name" and len(held) <= FEW:
        return all(held)
    return sum(held) >= OF_THE_MATTER * len(held)


def possible(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return every pair of sentences of different articles that can be set against each other, surest first."""
    found = [
        Difference(one, other, *sides, believed("disagreement", pair(question, one, other, mine, theirs)))
        for (one, mine), (other, theirs) in combinations(zip(scored, shorts, strict=False), 2)
        if one.unit.article.id != other.unit.article.id
        and (sides := told(question, one.unit.text, other.unit.text, mine, theirs))
    ]
    return sorted(
        found, key=lambda difference: (-difference.belief, difference.one.unit.place, difference.other.unit.place)
    )


def surest(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return how texts differ that are known to: by a value, a yes or no, else by what each answers first."""
    found = possible(question, scored, shorts)
    if found or not scored:
        return found
    one, mine = scored[0], shorts[0]
    return [
        Difference(one, other, (_gist(question, one, mine), _gist(question, other, theirs)), "gist", 0.0)
        for other, theirs in zip(scored, shorts, strict=False)
        if other.unit.article.id != one.unit.article.id
    ][:1]


def _gist(question: Question, item: Scored, found: Found | None) -> str:
    return found.text if found and found.shown(question) else _told_around(question, item.unit.text, None)


def told(
    question: Question, first: str, second: str, mine: Found | None, theirs: Found | None
) -> tuple[tuple[str, str], DifferenceKind] | None:
    """Return what each side says, and in what they differ; None where nothing definite is set against each other."""
    if mine and mine.value and theirs and mine.fitting(question) and clashing(mine, theirs, first, second):
        return (mine.text, theirs.text), mine.value.kind
    exchanged = sorted(differing_values(question, first, second), key=lambda both: both[0].kind not in question.kinds)
    if exchanged:
        one, other = exchanged[0]
        return (one.text, other.text), one.kind
    if question.kinds and not deeds(question):
        return None  # how old somebody is, nobody denies
    denied, denied_there = denial(question, first), denial(question, second)
    affirmed = first if denied is None else second
    if (denied is None) != (denied_there is None) and not supposes(affirmed) and of_the_deed(question, first, second):
        sides = _told_around(question, first, denied), _told_around(question, second, denied_there)
        return sides, "whether"
    both = [
        (word.text, other.text)
        for word in words(first)
        if word.stem in OPPOSITES
        for other in words(second)
        if other.stem in OPPOSITES[word.stem]
    ]
    return (both[0], "opposite") if both else None


def supposes(sentence: str) -> bool:
    """Whether a sentence says what would be, not what is."""
    return bool(_SUPPOSING.search(sentence))


def _told_around(question: Question, text: str, at: int | None) -> str:
    """Return the few words that carry the yes or no: around what is negated, else around the question's own deed."""
    listed = words(text)
    meant = with_synonyms(deeds(question))
    found = (place for place, word in enumerate(listed) if (word.end > at if at is not None else word.stem in meant))
    middle = next(found, 0)
    first, last = middle, middle
    while first > max(0, middle - 3) and not _pause(text, listed[first - 1].end, listed[first].start):
        first -= 1
    while last < min(len(listed) - 1, middle + 6) and not _pause(text, listed[last].end, listed[last + 1].start):
        last += 1
    return text[listed[first].start : listed[last].end] if listed else text


def _pause(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in ',;:—–()“”"')
