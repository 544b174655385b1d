"""Dates as they are written: the words and patterns they consist of, and a key by which they are compared."""

from __future__ import annotations

import re

MONTHS = {
    name: at + 1
    for at, full in enumerate(
        "january february march april may june july august september october november december".split()
    )
    for name in (full, full[:3], full[:4] if full == "september" else full)
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b(?:\.(?= ?\d|,))?"
WRITTEN_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
    rf"|{MONTH},? (?:of )?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
"""A day, or a month of a year, with its month in words or as programs write it."""
DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY = "(?:" + "|".join(DAY_NAMES) + ")"
SPAN_OF_DAYS = r"(?:(?:last|this) (?:week|month|year)|yesterday|today)"
"""Days that can be told only from the day of writing."""
TIME_NAMES = frozenset(DAY_NAMES) | {month for month in MONTHS if len(month) > 3}
"""Capitals that name nobody and no place; May is a name too."""
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
YEARS = re.compile(r"(\d{4})[–/-](\d{4}|\d{2})")
"""From one year to another, unless the second is the number of a month: 2010-11, 2010/11."""
CLOCK = r"(?:(?<![\d:.])(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)? ?(?:[ap]\.m\.|[ap]m\b)|\b(?:noon|midnight)\b)"
"""A time of the day."""


def date_key(text: str) -> str:
    """Return YYYY, YYYY-MM, YYYY-MM-DD, --MM-DD, --MM or HH:MM where `text` says so, else the words in lower case.

    Years from one to another are YYYY/YYYY: the season of 2010-11 is no month.
    """
    lower = text.lower()
    if re.fullmatch(CLOCK, lower):
        return _clock_key(lower)
    years = YEARS.fullmatch(lower)
    if years:
        first, last = years[1], years[1][: 4 - len(years[2])] + years[2]
        return f"{first}/{last}" if first < last else lower
    month = next((MONTHS[part] for part in re.findall(r"[a-z]+", lower) if part in MONTHS), None)
    year = re.search(r"\b(?:1\d|20)\d\d\b(?!s)", lower)
    day = re.search(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b(?! century)", lower) if month else None
    if month is None:
        return year[0] if year and re.fullmatch(r"\D*\d{4}\D*", lower) else lower
    head = year[0] if year else "-"
    return f"{head}-{month:02d}" + (f"-{int(day[1]):02d}" if day else "")


def _clock_key(text: str) -> str:
    if text in ("noon", "midnight"):
        return "12:00" if text == "noon" else "00:00"
    hour, minute = [*re.findall(r"\d+", text), "00"][:2]
    return f"{int(hour) % 12 + 12 * ('p' in text):02d}:{minute}"


def dates_differ(one: str, other: str) -> bool:
    """Whether two date keys cannot be the same day: what both state differs. A time of the day differs from another."""
    if ":" in one or ":" in other:
        return ":" in one and ":" in other and one != other
    first, second = _parts(one), _parts(other)
    return any(
        mine is not None and theirs is not None and mine != theirs for mine, theirs in zip(first, second, strict=True)
    )


def _parts(key: str) -> tuple[str | None, str | None, str | None]:
    match = re.fullmatch(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?", key)
    if not match:
        return (key, None, None)
    return (None if match[1] == "-" else match[1], match[2], match[3])
