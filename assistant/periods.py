"""How far a value goes on in a sentence: a date to another, the hour to its day, an age to those of the others."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.amounts import NUMBER, SMALL, SPAN
from assistant.question import Question
from assistant.values import values
from assistant.written_dates import CLOCK, MONTH

_FROM = re.compile(r"\b(?:from|between) (?:the |early |late |mid-|about )?$", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:until|till|since)(?: the)? $", re.IGNORECASE)
"""What makes a date tell how long: "lasts until October"."""
_FURTHER = re.compile(rf"(?:,? (?:and )?{NUMBER} {SPAN}\b)+", re.IGNORECASE)
"""What a length of time goes on with: 2 hours "21 minutes and 9 seconds"."""
_TO = re.compile(r" (?:to|until|till|and|through) (?:the |early |late |mid-|about )?")
_DAY = re.compile(r"[12]?\d|3[01]")
"""What may be a day whose month is named behind the next: "between 3 and 9 June"."""
_MONTH_TO = re.compile(
    rf"\b(?:from|between) (?:early |late |mid-)?{MONTH} (?:to|until|till|and|through) $", re.IGNORECASE
)
"""What stands before a month and the year that both are of: "between March and October 2016"."""
_CLOSED = re.compile(r"\b(?:clos|shut)\w*\b[^.;]*$", re.IGNORECASE)
"""What closes "from June until September" closed in June, and opened in September."""
_BEGINS = re.compile(
    r"^(?!.*\b(?:is|are|was|were|be|stays?|remains?)\b.*\bopen\b).*"
    r"(?:\b(?:start|open|begin|launch|kick off)(?:s|ed|ing)?\b|\b(?:began|begun|first day)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:end|leave|close|finish|stop|expire|conclude)(?:e?s|e?d|ing)?\b|\b(?:left|over|until|till|last day)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:when|how long)\b", re.IGNORECASE)
_CLOCK = re.compile(CLOCK, re.IGNORECASE)
_OF_THE_DAY = re.compile(r"(?: local time| [A-Z]{3})? ")

_HOW_OLD_ARE = re.compile(r"\bhow old (?:are|were)\b|\bwhat (?:are|were)\b.*\bages\b", re.IGNORECASE)
_AGE = rf"(?:[A-Z][\w’'-]+, )?(?:\d{{1,3}}|{'|'.join(SMALL)})\b"
_AGES = re.compile(rf"{_AGE}(?:, {_AGE})*,? and {_AGE}")
"""The ages of several, one behind the other."""


_SHORTLY = re.compile(r"\b((?:shortly|just|soon|right|well|long) (?:before|after) |at about |around )$", re.IGNORECASE)


def whole_period(question: Question, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the date at [start, end) with what it goes on to, or comes from.

    "from 1986 to 2001" is not 2001, nor "6am on Saturday" 6am. What began did so on the first day, what ended on the
    last.
    """
    if question.asked not in ("date", "duration") or not (question.asked == "duration" or _WHEN.search(question.text)):
        return start, end
    bound = _BOUND.search(sentence, 0, start) if question.asked == "duration" else None
    if bound:
        return bound.start(), end
    near = _SHORTLY.search(sentence, 0, start) if _CLOCK.fullmatch(sentence[start:end]) else None
    if near:
        return near.start(1), end  # "shortly before midnight" is not midnight
    further = _FURTHER.match(sentence, end) if question.asked == "duration" else None
    if further:
        return start, further.end()
    month = _MONTH_TO.search(sentence, 0, start)
    if month:
        return month.start(), end
    dates = [one for one in values(sentence) if one.kind == "date" or _DAY.fullmatch(one.text)]
    for first, last in pairwise(dates):
        if end <= first.start or last.end <= start or last.kind != "date":
            continue
        opening, between = _FROM.search(sentence, 0, first.start), sentence[first.end : last.start]
        if opening and _TO.fullmatch(between):
            lasting = _CLOSED.search(sentence, 0, opening.start()) and _CLOSED.search(question.text)
            if (
                question.asked == "date"
                and not lasting
                and bool(_BEGINS.search(question.text)) != bool(_ENDS.search(question.text))
            ):
                one = first if _BEGINS.search(question.text) else last
                return one.start, one.end
            start, end = min(start, opening.start()), last.end
        elif _CLOCK.fullmatch(first.text) and last.text.startswith("on ") and _OF_THE_DAY.fullmatch(between):
            start, end = min(start, first.start), last.end
    return start, end


def all_ages(question: Question, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of an age at [start, end) with those beside it, where it is asked how old several are.

    "Aged 4, 7 and 11" is not 4; with names, "Ada, 4, and Jan, 7" is told with them.
    """
    if _HOW_OLD_ARE.search(question.text):
        for match in _AGES.finditer(sentence):
            if match.start() <= start and end <= match.end():
                return match.span()
    return start, end
