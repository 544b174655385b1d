"""Where articles differ on what was asked: on a number, a date, a name, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from assistant.amounts import ValueKind
from assistant.another import of_a_namesake, of_other_years, of_somebody_else, of_whose_it_is
from assistant.counting import counts_others
from assistant.deed import beside_the_deed
from assistant.denial import deeds, denial, facing
from assistant.differing import OPPOSITES, clashing, differing_values, pair
from assistant.evidence import Unit
from assistant.fulfilment import at_odds
from assistant.learned import believed
from assistant.measure import measures
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found
from assistant.synonyms import untold, with_synonyms
from assistant.values import values
from assistant.words import content, stem, words

DifferenceKind = ValueKind | Literal["whether", "opposite", "gist"]
ENOUGH, ENOUGH_CLOSED = 0.68, 0.48
"""Beliefs from which a difference between articles of an index is shown: on any matter, and on yes or no."""

BEARING = 0.5
"""Share of the best sentence's words of the question that a side has, where it is a value that differs."""
OF_THE_MATTER = 0.6
"""Share of the question's words, or of such as may stand for them, that the passage of each side has."""
FEW = 4
"""Words of a question so few that each tells which one is meant."""
DEEDS = 0.5
"""Share of what is asked but the names that a side has, where it is yes or no that differs."""
_SUPPOSING = re.compile(r"^\W*(?:if|unless|should|were|suppose|supposing)\b|\bwould\b|, should\b", re.IGNORECASE)
_PER = re.compile(
    r"[^,;.]{0,20}?\b(?:(?:a|an|per|each|every) (?:second|minute|hour|day|week|month|year|season|head|person)"
    r"|annual|yearly|monthly|weekly|daily|hourly|annum)\b",
    re.IGNORECASE,
)
"""By the year, the hour or the like."""
_IN_TIME = frozenset({"before", "after", "first", "last"})
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sentences of different articles that differ, what each says, and how sure that is, 0 to 1.

    kind: of the values that differ, or in which other way they do.
    """

    one: Scored
    other: Scored
    values: tuple[str, str]
    kind: DifferenceKind
    belief: float

    @property
    def about(self) -> str:
        """The line over the sides."""
        return _UPDATED if self.updated else _ABOUT[self.kind]

    @property
    def updated(self) -> bool:
        """Whether one outlet says otherwise in a newer article, which is news and no dispute."""
        one, other = self.one.unit.article, self.other.unit.article
        of_one = bool(one.outlet) and one.outlet == other.outlet
        return of_one and None not in (one.published, other.published) and one.published != other.published


def differences(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> list[Difference]:
    """Return the differences between articles on what is asked, surest first."""
    closed = question.closed
    bearing = BEARING * max((item.features.covered for item in scored), default=0.0)
    learned = [
        found
        for found in possible(question, scored, shorts)
        if found.belief >= (ENOUGH_CLOSED if closed else ENOUGH)
        and not _aside(question, found)
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
        and _of_the_deed(question, first, second)
        and all(_of_any(question, item) and not of_somebody_else(question, item.unit) for item in (one, other))
    ]


def _aside(question: Question, found: Difference) -> bool:
    """Whether a difference is beside the question: in values of another kind, in brackets, or no denial at all."""
    both = found.one, found.other
    if (
        found.kind in ("whether", "opposite")
        and question.closed
        and beside_the_deed(question, *(item.unit for item in both))
    ):
        return True
    if found.kind == "whether":
        own = deeds(question)
        told = content(found.one.unit.text) | content(found.other.unit.text)
        if len(own) > 1 and 2 * sum(not untold(deed, told) for deed in own) <= len(own):
            return True  # that a law will not be changed does not deny that it was repealed
        return any(
            facing(question, item.unit.text)
            or not _of_any(question, item)
            or of_somebody_else(question, item.unit)  # "Moss gave evidence" is not whether Lund did
            for item in both
        )
    if found.kind in ("opposite", "gist"):  # "after the war" and "before the trial" set nothing against each other
        if {value.lower() for value in found.values} <= _IN_TIME:
            return True
        if question.closed and not all(_of_any(question, item) for item in both):
            return True  # that the crown fell is nothing against shares that rose
        one, other = (item.unit.text for item in both)
        return found.kind == "opposite" and not _of_the_deed(question, one, other, besides=found.values)
    if question.asked == "yes-no" or (question.kinds and found.kind not in question.kinds):
        return True
    if found.kind != "name" and any(_of_others(question, item.unit) for item in both):
        return True
    if any(of_whose_it_is(question, item.unit) for item in both):
        return True  # whose chief it is, the sentence before tells
    if found.kind == "number" and any(counts_others(question, item.unit) for item in both):
        return True
    sides = list(zip(both, found.values, strict=True))
    period = _PER.search(question.text)
    if period and not all(_per_period(item.unit.text, value) for item, value in sides):
        return True  # a ticket's price is no other cost a year
    if found.kind in question.kinds and not all(_measures(question, item.unit.text, value) for item, value in sides):
        return True  # yards are no other count of tries, nor is how many tell of it another number
    return any(value in bracketed for item, value in sides for bracketed in _BRACKETED.findall(item.unit.text))


def _per_period(text: str, value: str) -> bool:
    """Whether a value of a sentence is said to be by the year, the hour or the like."""
    return _PER.match(text, text.find(value) + len(value)) is not None


def _of_others(question: Question, unit: Unit) -> bool:
    """Whether a sentence tells of other years than the one asked for, opens with another's name, or has one like it."""
    return of_other_years(question, unit) or of_somebody_else(question, unit) or of_a_namesake(question, unit.text)


def _measures(question: Question, text: str, side: str) -> bool:
    """Whether a value of a side can be of the measure that is asked for."""
    told = (value for value in values(text) if value.text == side)
    return all(measures(question, text, value.start, value.end, value.kind) for value in told)


def _of_the_matter(question: Question, unit: Unit, kind: DifferenceKind) -> bool:
    """Whether a passage tells of what is asked: two breaches under inquiry, or a flood's dead and a war's, are two.

    Of few words all have to be there where names differ: two committees have two chairs.
    """
    near = content(unit.title) | content(unit.hit.passage.text)
    held = [not untold(term, near) for term in question.stems - question.measures]
    if kind == "name" and len(held) <= FEW:
        return all(held)
    return sum(held) >= OF_THE_MATTER * len(held)


def _of_any(question: Question, item: Scored) -> bool:
    """Whether a sentence, or what stands by it, names anybody that the question names."""
    near = content(item.unit.title) | content(item.unit.text) | item.unit.content_before()
    return not question.names or any(not held.isdisjoint(near) for held in question.name_stems)


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
    if (denied is None) != (denied_there is None) and not supposes(affirmed) and _of_the_deed(question, first, second):
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


def _of_the_deed(question: Question, first: str, second: str, *, besides: Sequence[str] = ()) -> bool:
    """Whether both sentences speak of what is asked, not only of the same names: no yes or no is told otherwise.

    besides: words that differ, and so do not count. A rise in pay and a fall in shares have no more in common.
    """
    own, one, other = deeds(question) - {stem(word) for word in besides}, content(first), content(second)
    if own:
        return all(sum(not untold(deed, near) for deed in own) >= DEEDS * len(own) for near in (one, other))
    return all(not held.isdisjoint(one) and not held.isdisjoint(other) for held in question.name_stems)


_UPDATED = "A newer article of the same outlet says otherwise:"
_ABOUT: dict[DifferenceKind, str] = {
    "number": "The articles differ on the number:",
    "share": "The articles differ on the share:",
    "money": "The articles differ on the sum:",
    "date": "The articles differ on the date:",
    "name": "The articles differ on the name:",
    "duration": "The articles differ on how long:",
    "whether": "The articles differ on whether it is so:",
    "opposite": "The articles point in different directions:",
    "gist": "The articles answer this differently:",
}


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
