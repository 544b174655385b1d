"""When things happened: the date in a sentence, resolved from the article's own date, apart from its publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.amounts import NUMBER, amount
from assistant.days import before, next_year_of, period
from assistant.evidence import Unit
from assistant.values import Value, values
from assistant.written_dates import CLOCK, DAY_NAMES, SPAN_OF_DAYS, WEEKDAY

_ASKED = re.compile(
    r"\b(?:what (?:has |have |had )?happened|what (?:did|does) .{2,60} do (?:in|during|after|before|since)|timeline"
    r"|chronology|sequence of events|course of events|history of|how did .{2,80} (?:unfold|develop|begin|start"
    r"|come about)|key (?:dates|events)|events)\b",
    re.IGNORECASE,
)
_TIMELINE = re.compile(
    r"^(?:please |can you |could you )*(?:(?:give|show|make|draw up|write|build)(?: me)? )?(?:an? |the )?"
    r"(?:timeline|chronology|sequence of events|course of events|key (?:dates|events))"
    r"(?: (?:of|for|on|about|in|around|behind|concerning|regarding)(?: (?:the )?events (?:of|in|at|around))?(?= )"
    r"|\W*$)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:(?:(?:earlier|early|late) )?{SPAN_OF_DAYS}|(?:on|last) {WEEKDAY}"
    rf"|(?:(?<![\d.,]){NUMBER} )?(?:days|weeks|months|years|decades) ago|this (?:morning|evening|afternoon))\b",
    re.IGNORECASE,
)


_CLOCK = re.compile(CLOCK, re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|(?:is|are|was|were) (?:set|expected|planned|scheduled|to)|plan(?:s|ned)?|must"
    r"|begins?|starts?|opens|ends|closes|(?:goes?|comes?) (?:on|into)|takes? (?:place|effect))\b"
)
_TOWARDS = re.compile(r"\b(?:until|till|from|for)(?: the)? $")
"""What stands before a day to come: "set a trial for 9 September"."""
_BOUND = re.compile(r"\b(?:since|until|till)(?: at least)?(?: the| early| late)? $", re.IGNORECASE)
"""What stands before a day on which something else was: "for the first time since 1987"."""
_GONE, _GONE_IF_AHEAD = 300, 150
"""Days after which a date without a year is one to come."""
_WEEKDAY_BEFORE = re.compile(rf"\b({WEEKDAY}),? (?:the )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date a sentence gives. when: YYYY, YYYY-MM or YYYY-MM-DD; None where it cannot be known. text: as written."""

    when: str | None
    text: str


def asks_for_events(question: str) -> bool:
    """Whether the question wants to know what happened, rather than one fact."""
    return bool(_ASKED.search(question))


def asks_for_timeline(question: str) -> bool:
    """Whether a timeline of a topic is asked for, and nothing else: "Give me a timeline of the strike"."""
    return bool(_TIMELINE.match(question))


def without_timeline(question: str) -> str:
    """Return what a timeline is asked of, in the question's words; the whole question where it asks for none."""
    return _TIMELINE.sub("", question, count=1).strip(" ?.!")


def dated(sentence: str, published: date | None) -> Dated | None:
    """Return the date of what a sentence tells; None where it names none but an hour, or since or until when.

    published: of its article; without it, "on Tuesday" stays unknown.
    """
    stated = [
        value
        for value in values(sentence)
        if value.kind == "date" and not _BOUND.search(sentence, 0, value.start) and not _CLOCK.fullmatch(value.text)
    ]
    full = [value for value in stated if re.fullmatch(r"\d{4}(-\d\d){0,2}", value.key)]
    if full:
        best = max(full, key=lambda value: (len(value.key), -value.start))
        return Dated(best.key, best.text)
    days = [value for value in stated if re.fullmatch(r"--\d\d-\d\d", value.key)]
    if days:  # "on Monday, 3 May"
        return Dated(_completed(days[0], sentence, published), days[0].text)
    relative = _RELATIVE.search(sentence)
    if relative and (not relative[0][:1].isupper() or relative.start() == 0):
        return Dated(_resolved(relative[0].lower(), published), relative[0])
    partial = [value for value in stated if value.key.startswith("-")]
    if partial:
        return Dated(_completed(partial[0], sentence, published), partial[0].text)
    return Dated(None, stated[0].text) if stated else None


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences that carry a date, oldest first, of one day those first published; unknown dates last."""
    found = [(unit, when) for unit in units if (when := dated(unit.text, unit.article.published))]
    found.sort(
        key=lambda row: (row[1].when is None, row[1].when or "", row[0].article.published or date.max, row[0].place)
    )
    return [unit for unit, _ in found]


def _resolved(words: str, published: date | None) -> str | None:
    if published is None:
        return None
    bare = re.sub(r"^(?:on|earlier|early|late) ", "", words)
    found = period(bare, published)
    if found:
        return None if found.exact == "week" else found.key
    if bare.startswith("this "):  # morning, evening or afternoon
        return published.isoformat()
    ago = re.fullmatch(rf"({NUMBER}) days ago", bare)
    days = amount(ago[1]) if ago else None
    day = before(published, days) if days is not None and days.is_integer() else None
    return day.isoformat() if day else None


def _completed(value: Value, sentence: str, published: date | None) -> str | None:
    """Return a day or month with its year: the last there was, or the next where the sentence tells of that.

    A weekday beside it settles which; else one long gone is more likely to come, sooner so in what is still to be.
    """
    found = period(value.text, published) if published else None
    if found is None or published is None or found.last >= published:
        return found.key if found else None
    weekday = _WEEKDAY_BEFORE.search(sentence[: value.start])
    coming = next_year_of(found)
    if weekday and found.exact == "day":
        named = DAY_NAMES.index(weekday[1].lower())
        return coming.key if found.first.weekday() != named == coming.first.weekday() else found.key
    gone = (published - found.last).days
    if _TOWARDS.search(sentence, 0, value.start):
        return coming.key
    return coming.key if gone > (_GONE_IF_AHEAD if _AHEAD.search(sentence) else _GONE) else found.key
