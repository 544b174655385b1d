"""Stretches of a sentence that could be its short answer: its values, and runs of words without a break."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.nouns import PERSON_NOUNS
from assistant.relative_days import relative_days
from assistant.values import Value, values
from assistant.words import words

LONGEST = 9
"""Words of a candidate that is not a value."""
BREAK = re.compile(r"[,;:()\[\]“”\"—–!?…]|\.\s|\s-\s|'\s|\s'")
"""What parts the clauses of a sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters [start, end) of a sentence; `value` where it is a number, date or name. first, last: its words."""

    start: int
    end: int
    first: int
    last: int
    value: Value | None


@lru_cache(maxsize=500)
def candidates(sentence: str) -> tuple[Candidate, ...]:
    """Return every stretch that could be an answer: the values, and runs of words without a break."""
    listed = words(sentence)
    known = {(value.start, value.end): value for value in (*values(sentence), *relative_days(sentence))}
    counted = [value for value in known.values() if value.kind != "name"]
    found: dict[tuple[int, int], Candidate] = {}
    for value in known.values():
        inside = [at for at, word in enumerate(listed) if word.start >= value.start and word.end <= value.end]
        if inside:
            found[value.start, value.end] = Candidate(value.start, value.end, inside[0], inside[-1], value)
    for first, word in enumerate(listed):
        if not word.meaningful:
            continue
        small = 0
        for last in range(first, min(first + LONGEST, len(listed))):
            ending = listed[last]
            if last > first and BREAK.search(sentence, listed[last - 1].end, ending.start + 1):
                break
            small += not ending.meaningful
            if small > 3:
                break
            if ending.meaningful and not any(cuts(value, word.start, ending.end) for value in counted):
                found.setdefault((word.start, ending.end), Candidate(word.start, ending.end, first, last, None))
    return tuple(sorted(found.values(), key=lambda candidate: (candidate.start, candidate.end)))


def cuts(value: Value, start: int, end: int) -> bool:
    """Whether a stretch takes a part of a value and leaves the rest: the "30" of 30%."""
    return value.start < end and start < value.end and (value.start < start or end < value.end)


def begins_within_a_name(sentence: str, candidate: Candidate, *, said: frozenset[str]) -> bool:
    """Whether a stretch leaves out how a name begins, and that is no title and not all said: the "Town" of Vell Town.

    said: the stems of what the question says.
    """
    for value in values(sentence):
        if value.kind == "name" and value.start < candidate.start < value.end:
            before = {word.stem for word in words(sentence[value.start : candidate.start])}
            return not (before & PERSON_NOUNS or before <= said)
    return False
