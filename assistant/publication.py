"""When what is asked for was published: the days that bound it, read out of the words of a question."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from assistant.days import DAY, Period, before, period
from assistant.report_words import WHATEVER, speaks_of_publication, tells_of_event, tells_what_happened
from assistant.written_dates import MONTH, SPAN_OF_DAYS, WEEKDAY

_BOUND = re.compile(
    rf"[,(]?\s*\b(?P<word>as of|as at|before|until|till|up to|by|after|since|from|in|on"
    rf"|during)\s+(?P<day>{DAY})(?![\w-])\)?(?P<onwards>\s+onwards?\b|\s+on(?=\W*$))?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"[,(]?\s*\b(?:(?P<word>from)\s+(?P<first>{DAY})\s+(?:to|until|till|through)"
    rf"|between\s+(?P<earlier>{DAY})\s+and)\s+(?P<last>{DAY})(?![\w-])\)?",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"[,(]?\s*\b(?:during\s+)?(?P<day>{SPAN_OF_DAYS})\b\)?", re.IGNORECASE)
_AHEAD = re.compile(
    r"^Will\b|\b(?:will|won['’]t|must|shall|going to|deadlines?|due\b(?! to)|tomorrow)\b|^(?:Must|Shall)\b"
    r"|\b(?:is|are|was|were)(?: \w+)? (?:due|set|expected|likely|planned|scheduled|supposed) to\b"
)
_DEADLINE = re.compile(r"\b(?:to|would|should|could|can|may|might)\s[^,;]*$", re.IGNORECASE)
_COMPARED = re.compile(r"\bcompar\w+|\bversus\b|\bvs\b|\bthan (?:in|on|at|during|last|this|a)\b", re.IGNORECASE)
_LEANING = re.compile(
    r"\b(?:about|of|for|to|than|with|before|after|from|over|the|and|or|vs|versus|against|by|since|as|like|between|within"
    r"|is|was|are|were|does|did|has|had|will)$",
    re.IGNORECASE,
)
"""Words before "last year" that make it a part of what they say."""
_MEASURED = re.compile(r"\b(?:day|night|morning|hour|week|month|year)s?$", re.IGNORECASE)
_MONTH_OR_WEEKDAY = re.compile(rf"{MONTH}|{WEEKDAY}", re.IGNORECASE)
_PEOPLE = frozenset("may june april august jan".split())
_GOING_ON = re.compile(
    r"\s+(?!(?:about|on|in|of|and|or|at|to|for|with|from|by|this|last|under|over|but|against|regarding)\b)[a-z]"
)
_SINGLE_YEAR = re.compile(r"\d{4}")


class Bounds(NamedTuple):
    """The question without the words that only filter, and the first and last day that they leave.

    certain: False where the words may mean when something happened rather than when it was published.
    """

    rest: str
    since: date | None = None
    until: date | None = None
    certain: bool = True


def publication_days(question: str, today: date, *, published: bool) -> Bounds:
    """Return the days that the question bounds publication by.

    published: whether it is known to ask what a source published.
    """
    between = _RANGE.search(question)
    if between:
        return _ranged(question, between, today, published=published)
    bounds = list(_BOUND.finditer(question))
    hard = any(_is_hard(match) for match in bounds)
    spans = [match for match in _SPAN.finditer(question) if not _owns(question, match)]
    if (len(bounds) > 1 or len(spans) > 1) and not hard:
        return Bounds(question)  # several dates set events apart, they do not bound what was published
    for match in bounds:
        found = _bounded(question, match, today, published=published)
        if found:
            return found
    return _spanned(question, spans[0], today, published=published) if spans else Bounds(question)


def _ranged(question: str, match: re.Match[str], today: date, *, published: bool) -> Bounds:
    named = match["first"] or match["earlier"]
    first, last = _ends(named, match["last"], today)
    asked = question[: match.start()]
    cued = _is_cued(asked, published=published)
    single_years = all(_SINGLE_YEAR.fullmatch(day) for day in (named, match["last"]))
    plain = cued or (tells_what_happened(asked) and not single_years)
    if not (first and last and plain) or first.first > last.last or _AHEAD.search(question) or _owns(question, match):
        return Bounds(question)
    return Bounds(_without(question, match), first.first, last.last, cued and (published or match["word"] is not None))


def _ends(first: str, last: str, today: date) -> tuple[Period | None, Period | None]:
    """Return both ends of a range: "January to March 2023" begins in 2023, "November to March 2023" in 2022."""
    end = period(last, today)
    if end is None or not re.search(MONTH, first, re.IGNORECASE) or re.search(r"\d{4}", first):
        return period(first, today), end
    begin = period(f"{first} {end.last.year:04d}", today)
    return (begin if begin and begin.first <= end.last else period(f"{first} {end.last.year - 1:04d}", today)), end


def _bounded(question: str, match: re.Match[str], today: date, *, published: bool) -> Bounds | None:
    word, named, hard = match["word"].lower(), match["day"], _is_hard(match)
    days = period(named, today)
    if days is None or not _is_day(question, match) or named.lower().startswith("next "):
        return None
    asked = question[: match.start()]
    cued = _is_cued(asked, published=published)
    if not (hard or cued or _of_a_month(asked, match)) and _is_of_the_event(question, match):
        return None
    if not hard and (word in ("before", "after") and _MEASURED.search(asked)):
        return None  # "the day before yesterday"
    since, until = _limits(word, days, onwards=bool(match["onwards"]))
    if since is None and until is None:
        return None
    certain = hard or (cued and (published or word not in ("in", "on", "during")))
    return Bounds(_without(question, match), since, until, certain)


def _of_a_month(asked: str, match: re.Match[str]) -> bool:
    """Whether nothing but what happened in a month is asked for: "What happened in September?"."""
    in_it = match["word"].lower() in ("in", "during") and _MONTH_OR_WEEKDAY.match(match["day"])
    return bool(in_it) and WHATEVER.fullmatch(asked) is not None


def _is_of_the_event(question: str, match: re.Match[str]) -> bool:
    """Whether a day in a question that does not speak of publication is plainly one of what it asks about."""
    word = match["word"].lower()
    return bool(
        word in ("in", "on", "during", "from")
        or _SINGLE_YEAR.fullmatch(match["day"])
        or _AHEAD.search(question)
        or _COMPARED.search(question)
        or (word == "by" and _DEADLINE.search(question[: match.start()]))
    )


def _limits(word: str, days: Period, *, onwards: bool) -> tuple[date | None, date | None]:
    if word in ("as of", "as at", "until", "till", "up to", "by"):
        return None, days.last
    if word == "before":
        return None, before(days.first, 1)
    if word == "after":
        return before(days.last, -1), None
    return days.first, None if word == "since" or onwards else days.last


def _spanned(question: str, match: re.Match[str], today: date, *, published: bool) -> Bounds:
    days = period(match["day"], today)
    asked = question[: match.start()].rstrip()
    cued = _is_cued(asked, published=published)
    ahead = _AHEAD.search(question) or _COMPARED.search(question)
    if days is None or not _is_day(question, match) or _LEANING.search(asked) or (ahead and not cued):
        return Bounds(question)
    return Bounds(_without(question, match), days.first, days.last, cued)


def _is_cued(asked: str, *, published: bool) -> bool:
    # What an outlet said before March was published before March; what it said that others did then was not.
    return (published and not tells_of_event(asked)) or speaks_of_publication(asked)


def _is_hard(match: re.Match[str]) -> bool:
    return match["word"].lower().startswith("as ")


def _owns(question: str, match: re.Match[str]) -> bool:
    """Whether the day is whose something is: "last year's election"."""
    return re.match(r"['’]s\b", question[match.end() :]) is not None


def _is_day(question: str, match: re.Match[str]) -> bool:
    """Whether what reads like a day is one, and no name ("Jan Koum", "USA Today") or verb ("may")."""
    named, after = match["day"], question[match.end("day") :]
    bare = named.lower()
    if _owns(question, match) or (bare in ("may", "march") and not named[:1].isupper()):
        return False
    if question.isupper():
        return True
    if re.fullmatch(SPAN_OF_DAYS, bare):
        return not named[:1].isupper() or not question[: match.start("day")].strip()
    if not _MONTH_OR_WEEKDAY.fullmatch(named):
        return True
    if re.match(r" [A-Z]", after):
        return False
    by_person = "word" in match.re.groupindex and match["word"].lower() == "by"
    return bare not in _PEOPLE or not (by_person or _GOING_ON.match(after))


def _without(question: str, match: re.Match[str]) -> str:
    return f"{question[: match.start()]} {question[match.end() :]}"
