"""Whether what two articles differ in is beside the question: of another thing, another deed or another measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import AMOUNTS
from assistant.another import of_a_namesake, of_other_years, of_somebody_else, of_whose_it_is
from assistant.clause import clause_of
from assistant.counting import counts_others
from assistant.deed import beside_the_deed
from assistant.denial import deeds, facing
from assistant.difference import Difference
from assistant.differing import OPPOSITES
from assistant.evidence import Unit
from assistant.form import formed
from assistant.fulfilment import still_to_come
from assistant.measure import measures
from assistant.office import asks_for_office, in_role
from assistant.question import Question
from assistant.referring import of_another_one, tells_of_the_thing
from assistant.scoring import Scored
from assistant.synonyms import untold
from assistant.values import values
from assistant.words import content, stem

DEEDS = 0.5
"""Share of what is asked but the names that a side has, where it is yes or no that differs."""
_PER = re.compile(
    r"[^,;.]{0,20}?\b(?:(?:a|an|per|each|every) (?:second|minute|hour|day|week|month|year|season|head|person)"
    r"|annual|yearly|monthly|weekly|daily|hourly|annum)\b",
    re.IGNORECASE,
)
"""By the year, the hour or the like."""
_IN_TIME = frozenset({"before", "after", "first", "last"})
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def aside(question: Question, found: Difference) -> bool:
    """Whether a difference is beside the question: in values of another kind, in brackets, or no denial at all."""
    both = found.one, found.other
    if any(of_another_one(question, item.unit) for item in both):
        return True  # that Odense's plant opened is nothing against Harrow's being closed
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
        one, other = found.one.unit, found.other.unit
        either = own.union(*(OPPOSITES.get(deed, frozenset()) for deed in own))
        if still_to_come(either, one, other) or still_to_come(either, other, one):
            return True  # what a parliament had still to ratify, it has rejected since
        return any(
            facing(question, item.unit.text)
            or not of_any(question, item)
            or of_somebody_else(question, item.unit)  # "Moss gave evidence" is not whether Lund did
            for item in both
        )
    if found.kind in ("opposite", "gist"):  # "after the war" and "before the trial" set nothing against each other
        if {value.lower() for value in found.values} <= _IN_TIME:
            return True
        if question.closed and not all(of_any(question, item) for item in both):
            return True  # that the crown fell is nothing against shares that rose
        first, second = (item.unit.text for item in both)
        return found.kind == "opposite" and not of_the_deed(question, first, second, besides=found.values)
    if question.asked == "yes-no" or (question.kinds and found.kind not in question.kinds):
        return True
    if found.kind != "name" and any(_of_others(question, item.unit) for item in both):
        return True
    if any(of_whose_it_is(question, item.unit) for item in both):
        return True  # whose chief it is, the sentence before tells
    if found.kind == "number" and any(counts_others(question, item.unit) for item in both):
        return True
    if not all(tells_of_the_thing(question, item.unit) for item in both):
        return True
    if question.asked in AMOUNTS and _of_one_deed(question, *(item.unit.text for item in both)):
        return True
    if found.kind == "name" and asks_for_office(question) and not all(in_role(question, one.unit.text) for one in both):
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


def _of_one_deed(question: Question, one: str, other: str) -> bool:
    """Whether only one of two sentences tells the deed that is counted: of cars sold, and not of those to be built."""
    deed = stem(clause_of(question.text).deed) if formed(question.text).of_a_deed else ""
    return bool(deed) and untold(deed, content(one)) != untold(deed, content(other))


def _of_others(question: Question, unit: Unit) -> bool:
    """Whether a sentence tells of other years than the one asked for, opens with another's name, or has one like it."""
    return of_other_years(question, unit) or of_somebody_else(question, unit) or of_a_namesake(question, unit.text)


def _measures(question: Question, text: str, side: str) -> bool:
    """Whether a value of a side can be of the measure that is asked for."""
    told = (value for value in values(text) if value.text == side)
    return all(measures(question, text, value.start, value.end, value.kind) for value in told)


def of_any(question: Question, item: Scored) -> bool:
    """Whether a sentence, or what stands by it, names anybody that the question names."""
    near = content(item.unit.title) | content(item.unit.text) | item.unit.content_before()
    return not question.names or any(not held.isdisjoint(near) for held in question.name_stems)


def of_the_deed(question: Question, first: str, second: str, *, besides: Sequence[str] = ()) -> bool:
    """Whether both sentences speak of what is asked, not only of the same names: no yes or no is told otherwise.

    besides: words that differ, and so do not count. A rise in pay and a fall in shares have no more in common.
    """
    own, one, other = deeds(question) - {stem(word) for word in besides}, content(first), content(second)
    if own:
        return all(sum(not untold(deed, near) for deed in own) >= DEEDS * len(own) for near in (one, other))
    return all(not held.isdisjoint(one) and not held.isdisjoint(other) for held in question.name_stems)
