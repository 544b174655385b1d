"""Whether two values of one kind cannot both be true."""

from __future__ import annotations

import re

from assistant.amounts import amount
from assistant.values import Value, values
from assistant.words import content, initials
from assistant.written_dates import dates_differ

_ROUNDED = re.compile(r"\b(?:about|around|some|roughly|nearly|almost|approximately|close to)\s*\W?$", re.IGNORECASE)
_FROM = re.compile(
    r"(?:\b(?:at least|over|above|upwards? of|in excess of|(?:no|not) (?:less|fewer) than)"
    r"|(?<!\bno )(?<!\bnot )\bmore than)\s*\W?$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\b(?:up to|at most|under|below|(?:no|not) more than)|(?<!\bno )(?<!\bnot )\b(?:less|fewer) than)\s*\W?$",
    re.IGNORECASE,
)
_COMPARABLE = re.compile(r"(?:\d{4}|-)(?:-\d\d){0,2}|\d\d:\d\d")
"""Days and times as `written_dates.date_key` writes them; a century or 3/4/2024 may be any day of several."""


def incompatible(one: Value, other: Value, first: str, second: str) -> bool:
    """Whether two values of one kind cannot both be true; rounding, fuller names and coarser dates can."""
    if one.kind == "date" and other.kind == "date":
        return all(map(_COMPARABLE.fullmatch, (one.key, other.key))) and dates_differ(one.key, other.key)
    if one.kind == "name" or other.kind == "name":
        return (
            one.kind == other.kind
            and not one.stems & other.stems
            and not _abbreviates(one.text, other.text)
            and not _named_in(one, second)
            and not _named_in(other, first)
        )
    if one.kind != other.kind or one.key == other.key:
        return False
    mine, theirs = amount(one.text), amount(other.text)
    if mine is None or theirs is None or one.unit != other.unit:
        return False
    if _counted_in(one, second) or _counted_in(other, first):
        return False
    larger = max(abs(mine), abs(theirs)) or 1.0
    before = first[: one.start], second[: other.start]
    rounded = any(map(_ROUNDED.search, before))
    if _open_to(theirs - mine, before[0]) or _open_to(mine - theirs, before[1]):
        return False
    return abs(mine - theirs) / larger > (0.06 if rounded else 0.012)


def _open_to(further: float, before: str) -> bool:
    """Whether a value with these words before it may in truth be so much more, or less: "at least 40", "up to 40"."""
    return bool((_FROM if further > 0 else _TO).search(before))


def _counted_in(value: Value, sentence: str) -> bool:
    """Whether a sentence has this value too: each party's seats stand in both."""
    return any(other.kind == value.kind and other.key == value.key for other in values(sentence))


def _named_in(name: Value, sentence: str) -> bool:
    """Whether a sentence has this name too, so that the two do not differ by it: winner and loser stand in both."""
    return name.stems <= content(sentence)


def _abbreviates(one: str, other: str) -> bool:
    return one.replace(".", "") == initials(other) or other.replace(".", "") == initials(one)
