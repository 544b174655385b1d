"""When things happened: the date in a sentence, resolved from the article's own date, apart from its publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.amounts import NUMBER, amount
from assistant.days import before, period
from assistant.evidence import Unit
from assistant.values import Value, values
from assistant.written_dates import SPAN_OF_DAYS, WEEKDAY

_ASKED = re.compile(
    r"\b(?:what (?:has |have |had )?happened|what (?:did|does) .{2,60} do (?:in|during|after|before|since)|timeline"
    r"|chronology|sequence of events|course of events|history of|how did .{2,80} (?:unfold|develop|begin|start"
    r"|come about)|key (?:dates|events)|events)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:(?:(?:earlier|early|late) )?{SPAN_OF_DAYS}|(?:on|last) {WEEKDAY}"
    rf"|(?:(?<![\d.,]){NUMBER} )?(?:days|weeks|months|years|decades) ago|this (?:morning|evening|afternoon))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date a sentence gives. when: YYYY, YYYY-MM or YYYY-MM-DD; None where it cannot be known. text: as written."""

    when: str | None
    text: str


def asks_for_events(question: str) -> bool:
    """Whether the question wants to know what happened, rather than one fact."""
    return bool(_ASKED.search(question))


def dated(sentence: str, published: date | None) -> Dated | None:
    """Return the date of what a sentence tells; None where it names none.

    published: of its article; without it, "on Tuesday" stays unknown.
    """
    stated = [value for value in values(sentence) if value.kind == "date"]
    full = [value for value in stated if re.fullmatch(r"\d{4}(-\d\d){0,2}", value.key)]
    if full:
        best = max(full, key=lambda value: (len(value.key), -value.start))
        return Dated(best.key, best.text)
    days = [value for value in stated if re.fullmatch(r"--\d\d-\d\d", value.key)]
    if days:  # "on Monday, 3 May"
        return Dated(_completed(days[0], published), days[0].text)
    relative = _RELATIVE.search(sentence)
    if relative and (not relative[0][:1].isupper() or relative.start() == 0):
        return Dated(_resolved(relative[0].lower(), published), relative[0])
    partial = [value for value in stated if value.key.startswith("-")]
    if partial:
        return Dated(_completed(partial[0], published), partial[0].text)
    return Dated(None, stated[0].text) if stated else None


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences that carry a date, oldest first, unknown dates last."""
    found = [(unit, when) for unit in units if (when := dated(unit.text, unit.article.published))]
    found.sort(key=lambda row: (row[1].when is None, row[1].when or "", row[0].place))
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


def _completed(value: Value, published: date | None) -> str | None:
    found = period(value.text, published) if published else None
    return found.key if found else None
