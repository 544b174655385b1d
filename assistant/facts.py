"""Numbers and dates of a sentence in a form to compare: "1.2 million" is 1,200,000, "Wednesday" is a day."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.amounts import amount
from assistant.days import period
from assistant.values import Value, values
from assistant.words import STOPWORDS, stem, words
from assistant.written_dates import DAY_NAMES, SPAN_OF_DAYS, dates_differ

_COUNTED = {
    "twice": 2.0,
    "double": 2.0,
    "both": 2.0,
    "couple": 2.0,
    "pair": 2.0,
    "dozen": 12.0,
    "once": 1.0,
    "single": 1.0,
}
_ORDINALS = {
    word: float(at)
    for at, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_NEXT = re.compile(r"[ -]([^\W\d_][\w’'-]*)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or a date in a form to compare. key: of a date YYYY-MM-DD in parts; of a number its amount and unit.

    end: where it ends in its text.
    beside: the stem of what is counted ("losses"), empty where no word follows directly.
    """

    kind: str
    key: str
    text: str
    end: int
    number: float = 0.0
    unit: str = ""
    beside: str = ""


@lru_cache(maxsize=5_000)
def facts(text: str, published: date | None) -> tuple[Fact, ...]:
    """Return the numbers and dates of a text; a weekday and "last year" are resolved from `published`, if known."""
    found: list[Fact] = []
    taken: list[Value] = []
    for value in values(text):
        if value.kind == "name":
            continue
        taken.append(value)
        found += _date_facts(value, published) if value.kind == "date" else _number_facts(value)
    if published:
        for match in re.finditer(rf"\b{SPAN_OF_DAYS}\b", text, re.IGNORECASE):
            when = period(match[0], published)
            if when and when.exact != "week":
                found.append(Fact("date", when.key, match[0], match.end()))
    for word in words(text):
        lower = word.text.lower()
        if any(value.start <= word.start < value.end for value in taken):
            continue
        number = _COUNTED.get(lower) or _ORDINALS.get(lower)
        if number and lower != "second":
            found.append(Fact("loose", f"{number:g}", word.text, word.end, number))
        elif any(char.isdigit() for char in lower):
            found.append(Fact("code", lower, word.text, word.end))
    return tuple(replace(fact, beside=_following(text, fact)) for fact in found)


def _following(text: str, fact: Fact) -> str:
    behind = _NEXT.match(text, fact.end)
    return stem(behind[1]) if behind and behind[1].lower() not in STOPWORDS else ""


def counted_alike(fact: Fact, held: Sequence[Fact]) -> bool:
    """Whether what is counted has this number in the quotes, if it has one at all there."""
    others = [other for other in held if other.beside == fact.beside and other.kind == fact.kind]
    same = [other for other in held if _same(fact, other)]
    return not others or any(other.beside in ("", fact.beside) for other in same)


def _same(one: Fact, other: Fact) -> bool:
    return same_day(one.key, other.key) if one.kind == other.kind == "date" else same_amount(one, other)


def _date_facts(value: Value, published: date | None) -> list[Fact]:
    weekday = re.sub(r"^(?:last|next|this|on) ", "", value.text.lower())
    if weekday in DAY_NAMES:
        when = period(weekday, published) if published else None
        return [Fact("date", when.key if when else weekday, value.text, value.end)]
    return [Fact("date", key, value.text, value.end) for key in value.key.split("/")]


def _number_facts(value: Value) -> list[Fact]:
    number = float(value.key.rstrip("%") or 0) if value.kind == "share" else amount(value.text)
    return [] if number is None else [Fact(value.kind, value.key, value.text, value.end, number, value.unit)]


def same_amount(one: Fact, other: Fact) -> bool:
    """Whether two numbers are the same amount of the same unit, as far as units are stated."""
    if one.kind == "code" or other.kind == "code":
        return one.key == other.key
    if other.kind == "date":
        return other.key[:4] == f"{one.number:g}"
    near = math.isclose(one.number, other.number, rel_tol=1e-3 if one.kind == "share" else 1e-9)
    if not near:
        return False
    if one.kind == other.kind == "duration" or one.kind == other.kind == "money":
        return not one.unit or not other.unit or one.unit == other.unit
    if "share" in (one.kind, other.kind):
        return one.kind == other.kind
    return True


def same_day(key: str, other: str) -> bool:
    """Whether a stated date is held by another: what it states is there, and nothing differs."""
    if key == other:
        return True
    one, two = re.findall(r"\d+", key), re.findall(r"\d+", other)
    if not one or not two or dates_differ(key, other):
        return False
    return len(key.lstrip("-")) <= len(other) or (not key.startswith(other) and len(one) <= len(two))
