"""Stretches of a sentence whose dates or values are of another year, another end of a time, or another deed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.clause import clause_of
from assistant.question import Question
from assistant.synonyms import with_synonyms
from assistant.values import values
from assistant.words import stem
from assistant.written_dates import YEAR

_OF_A_YEAR = re.compile(rf"(?: [a-z]+){{0,3}} (?:in|for|during|by|of) ({YEAR.pattern})")
"""What stands behind a value of a year: "4,100 members in 2020"."""
_BEGINS = re.compile(r"\b(?:beg(?:in|an|un)\w*|start\w*|open\w*|launch\w*)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:end(?:s|ed|ing)?|finish\w*|clos(?:e[sd]?|ing)|conclud\w*|expir\w*)\b", re.IGNORECASE)
_TO_DO = re.compile(r" to (?:[a-z]+ly )?([a-z]+)\b")
_DECIDED = re.compile(r"\b([a-z]+(?:ed|t|e|k|w|d)) (?:(?:in|at|late|early) (?:the )?)?$")
"""What stands before a day that is followed by what was decided on it: "voted on Friday to", "chose in May to"."""
_DUE = re.compile(r"(?:expected|scheduled|planned|supposed|slated|set|bound|forced|time|date|return)$")
"""What is to be done on that day: "is expected on Friday to rule"."""


def of_another_year(question: Question, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the values said to be of other years, where another is of the one asked for: "3 % in 2021, 2 % in 2020"."""
    asked = set(YEAR.findall(question.text))
    mine = [value for value in values(sentence) if value.kind in question.kinds] if asked else []
    years = [of and of[1] for of in (_OF_A_YEAR.match(sentence, value.end) for value in mine)]
    if asked.isdisjoint(years):
        return
    for value, year in zip(mine, years, strict=True):
        if year and year not in asked:
            yield value.start, value.end


def of_the_other_end(question: Question, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where a sentence tells when something began, if it is asked when it ended and told too; or the reverse."""
    begins, ends = _BEGINS.search(question.text), _ENDS.search(question.text)
    if bool(begins) == bool(ends):
        return
    own, other = (_BEGINS, _ENDS) if begins else (_ENDS, _BEGINS)
    told = [match.start() for match in own.finditer(sentence)]
    for match in other.finditer(sentence) if told else ():
        yield match.end(), next((start for start in told if start > match.end()), len(sentence))


def of_the_other_deed(question: Question, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the day of what was decided, if it is asked of what was to be done; or the reverse.

    "They voted on Friday to strike in May": the day before the "to" is that of the vote, what follows of the strike.
    """
    clause = clause_of(question.text)
    asked = with_synonyms([stem((clause.verb or clause.subject or "-").split()[-1])])
    for value in values(sentence) if " to " in sentence else ():
        to_do = _TO_DO.match(sentence, value.end) if value.kind == "date" else None
        done = _DECIDED.search(sentence, 0, value.start) if to_do else None
        if to_do is None or done is None or _DUE.search(done[1]):
            continue
        if stem(to_do[1]) in asked:
            yield value.start, value.end
        elif stem(done[1]) in asked:
            yield to_do.end(), len(sentence)
