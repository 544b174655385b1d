"""A value in another's place: where a sentence runs like a quote but for one number, date or name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.amounts import amount
from assistant.naming import same_name, titled
from assistant.values import Value, values
from assistant.words import words
from assistant.written_dates import DAY_NAMES, dates_differ

_EQUAL_WORD, _EQUAL_SMALL, _EQUAL_VALUE, _OTHER_VALUE = 2.5, 1.0, 3.0, 1.0
"""What a pair is worth to the alignment: the same word, the same small word, the same value, another of its kind."""
_MOST_UNITS = 90
"""Words of a sentence that are looked at; the work grows with the square."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or a value as one. kind: number, date, name, or empty for a word."""

    kind: str
    key: str
    text: str
    meaningful: bool


def swapped(sentence: str, quotes: Sequence[str]) -> str:
    """Return what of a sentence stands where a quote has another value of its kind; empty without such a thing.

    A value that another quote has in this very place is right, if that quote contradicts nothing. Of two matters
    joined by "and" either may be told first.
    """
    told = [_units(quote) for quote in quotes]
    mine = _units(sentence)
    found = _out_of_place(mine, told)
    return "" if found and any(_holds(theirs, turned) for turned in _turned(mine) for theirs in told) else found


def _holds(theirs: Sequence[_Unit], mine: Sequence[_Unit]) -> bool:
    """Whether a quote has every value of a sentence in its place."""
    pairs = _aligned(mine, theirs)
    return all(at in pairs and _same(one, theirs[pairs[at]]) for at, one in enumerate(mine) if one.kind)


def _turned(units: tuple[_Unit, ...]) -> Iterator[tuple[_Unit, ...]]:
    """Yield a sentence with what stands behind each "and" first, where both halves name somebody and tell a number."""
    for at, unit in enumerate(units):
        halves = units[:at], units[at + 1 :]
        if unit.key == "and" and all({"name"} < {one.kind for one in half if one.kind} for half in halves):
            yield (*halves[1], unit, *halves[0])


def _out_of_place(mine: Sequence[_Unit], told: Sequence[Sequence[_Unit]]) -> str:
    right: set[int] = set()
    wrong: dict[int, str] = {}
    for theirs in told:
        pairs = _aligned(mine, theirs)
        framed = [
            (mine[at], theirs[other], at)
            for at, other in pairs.items()
            if mine[at].kind and _framed(pairs, at, other, len(mine), len(theirs))
        ]
        others = {at: one.text for one, other, at in framed if not _same(one, other) and not _may_stand_for(one, other)}
        wrong |= others
        if not others:  # a quote of another matter does not set right what it only shares a value with
            right |= {at for one, other, at in framed if _same(one, other)}
    return next((wrong[at] for at in sorted(wrong) if at not in right), "")


def _framed(pairs: dict[int, int], at: int, other: int, mine: int, theirs: int) -> bool:
    """Whether the neighbours on both sides are neighbours there too; the ends of both sentences count."""
    before = pairs.get(at - 1) == other - 1 if at and other else at == other
    behind = pairs.get(at + 1) == other + 1 if at + 1 < mine and other + 1 < theirs else mine - at == theirs - other
    return before and behind and (mine > 1)


@lru_cache(maxsize=2_000)
def _units(text: str) -> tuple[_Unit, ...]:
    found: list[_Unit] = []
    stated = iter((*values(text), None))
    value = next(stated)
    for word in words(text):
        while value is not None and value.end <= word.start:
            value = next(stated)
        if value is not None and value.start <= word.start:
            if not (found and value.start < word.start):
                found.append(_Unit(_kind(value), value.key, value.text, meaningful=True))
        elif word.text[0].isdigit():
            found.append(_Unit("number", word.text, word.text, meaningful=True))
        else:
            found.append(_Unit("", word.stem, word.text, word.meaningful))
    return tuple(found[:_MOST_UNITS])


def _kind(value: Value) -> str:
    return value.kind if value.kind in ("name", "date") else "number"


def _aligned(mine: Sequence[_Unit], theirs: Sequence[_Unit]) -> dict[int, int]:
    """Return which unit stands for which in the best alignment that keeps the order of both."""
    width = len(theirs) + 1
    best = [[0.0] * width for _ in range(len(mine) + 1)]
    worth = [[_worth(one, other) for other in theirs] for one in mine]
    for at in range(len(mine) - 1, -1, -1):
        row, below, own = best[at], best[at + 1], worth[at]
        for other in range(width - 2, -1, -1):
            paired = own[other] and own[other] + below[other + 1]
            row[other] = max(below[other], row[other + 1], paired)
    pairs: dict[int, int] = {}
    at = other = 0
    while at < len(mine) and other < len(theirs):
        if worth[at][other] and best[at][other] == worth[at][other] + best[at + 1][other + 1]:
            pairs[at] = other
            at, other = at + 1, other + 1
        elif best[at][other] == best[at + 1][other]:
            at += 1
        else:
            other += 1
    return pairs


def _worth(one: _Unit, other: _Unit) -> float:
    if one.kind != other.kind:
        return 0.0
    if not one.kind:
        return (_EQUAL_WORD if one.meaningful else _EQUAL_SMALL) if one.key == other.key else 0.0
    return _EQUAL_VALUE if _same(one, other) else _OTHER_VALUE


def _same(one: _Unit, other: _Unit) -> bool:
    if one.key == other.key:
        return True
    if one.kind == "name":
        return same_name(one.text, other.text)
    if one.kind == "number":
        mine, theirs = amount(one.text), amount(other.text)
        return mine is not None and theirs is not None and math.isclose(mine, theirs, rel_tol=1e-3)
    return False


def _may_stand_for(one: _Unit, other: _Unit) -> bool:
    """Whether two values that are written differently may be one: an office for its holder, a weekday for a date."""
    if one.kind == "name":
        return titled(one.text) or titled(other.text)
    if one.kind == "number":
        return amount(one.text) is None or amount(other.text) is None
    days = [unit.key.split()[-1] for unit in (one, other)]
    if all(day in DAY_NAMES for day in days):
        return days[0] == days[1]
    if re.match(r"\d{4}(?:-\d\d)*$|--", one.key) and re.match(r"\d{4}(?:-\d\d)*$|--", other.key):
        return not dates_differ(one.key, other.key)
    mine, theirs = re.findall(r"\d+", one.key), re.findall(r"\d+", other.key)
    return not mine or len(mine) != len(theirs) or mine == theirs
