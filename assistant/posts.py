"""Posts of a live report: "What happened at 14:30?" asks for what stands under that time, newest report first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Unit, spans
from assistant.question import analyse
from assistant.retraction import posted
from assistant.synonyms import untold
from assistant.timeline import dated
from assistant.words import content, stems_of

_CLOCK = r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?: ?(?P<half>[ap])\.?m\b\.?)?(?![\w:]|[.]\d)"
_ASKS = re.compile(
    r"^\W*what(?:['’]s)?\b[^?]*?\b(?:happen\w*|going on|went on|gone on|reported|posted|written|said|new)\b[^?]*?"
    rf"\b(?:at|around|about) (?:about )?{_CLOCK}(?P<day>[^?]*)",
    re.IGNORECASE,
)
_HALF_A_DAY = 12 * 60
_NO_MATTER = stems_of(
    "happen happened happening going went gone report reported post posted write written say said new am pm today "
    "yesterday monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december"
)
"""What such a question has in any case, and words of the day that it may name."""


def asked_minutes(question: str) -> tuple[int, ...]:
    """Return at which minutes of the day it is asked what happened: two where it may be morning or evening."""
    asked = _ASKS.match(question)
    if asked is None or not (asked["minute"] or asked["half"]):
        return ()
    hour, minute, half = int(asked["hour"]), int(asked["minute"] or 0), asked["half"]
    if half:
        return (60 * (hour % 12 + 12 * (half.lower() == "p")) + minute,)
    at = 60 * hour + minute
    return (at, at + _HALF_A_DAY) if 0 < hour < 12 and asked["hour"][0] != "0" else (at,)


def as_headed(minutes: Sequence[int]) -> str:
    """Return these times in all forms in which they may head a post, for a search by words."""
    forms: list[str] = []
    for at in minutes:
        hour, minute = divmod(at, 60)
        short, half = hour % 12 or 12, "pm" if hour >= 12 else "am"
        forms += [f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour}.{minute:02}"]
        forms += [f"{short}.{minute:02}{half}", f"{short}:{minute:02}{half}", f"{short}:{minute:02} {half}"]
    return " ".join(dict.fromkeys(forms))


def of_the_post(question: str, units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences that stand in a post of the time asked for, on the day that is named and of what is named.

    Only the earlier time counts where posts of both stand there.
    """
    asked = _ASKS.match(question)
    day = asked["day"] if asked else ""
    named = {word.stem for word in analyse(question).terms if word.text.isalpha()} - _NO_MATTER
    for at in asked_minutes(question):
        found = [unit for unit in units if _headed(unit) == at and _that_day(unit, day) and _speaks_of(unit, named)]
        if found:
            return found
    return []


def _headed(unit: Unit) -> int | None:
    """Return the minute of the day that heads the post in which a sentence stands; None outside of one."""
    text = unit.article.text
    for span in reversed(spans(text)[: unit.ordinal + 1]):
        at = posted(span.text)
        if at is not None and not text[: span.start].rpartition("\n")[2].strip():
            return at
    return None


def _that_day(unit: Unit, day: str) -> bool:
    """Whether a report is of the day that is named, if one is: it is published on the day it reports of."""
    published = unit.article.published
    when = dated(day, published) if published else None
    return when is None or published is None or when.when in (None, published.isoformat())


def _speaks_of(unit: Unit, stems: set[str]) -> bool:
    told = content(unit.title) | content(unit.article.text)
    return all(not untold(stem, told) for stem in stems)
