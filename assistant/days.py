"""Days named in words: "last week", "since Monday", "before March 2023", "on Tuesday" of an article's own week."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.written_dates import DAY_NAMES, MONTH, SPAN_OF_DAYS, WEEKDAY, WRITTEN_DAY, YEAR, date_key

DAY = rf"(?:{WRITTEN_DAY}|(?:last |this |next )?{WEEKDAY}|{SPAN_OF_DAYS}|{MONTH}(?!\w)|{YEAR.pattern})"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from first to last, both inclusive. exact: how finely it was named: "day", "week", "month" or "year"."""

    first: date
    last: date
    exact: str

    @property
    def key(self) -> str:
        """The days as `written_dates.date_key` has them; of a week the first."""
        return self.first.isoformat()[: {"year": 4, "month": 7}.get(self.exact, 10)]


def period(text: str, today: date) -> Period | None:
    """Return the days that `text` names, seen from `today`; None where it names none that exists.

    A weekday or a month without a year is the last one not after today; "next" names a later one.
    """
    lower = " ".join(text.lower().replace(".", "").split())
    if lower in ("today", "yesterday"):
        day = today - timedelta(days=lower == "yesterday")
        return Period(day, day, "day")
    span = re.fullmatch(r"(last|this) (week|month|year)", lower)
    if span:
        return _span(span[1], span[2], today)
    weekday = re.fullmatch(rf"(?:(last|this|next) )?({WEEKDAY})", lower)
    if weekday:
        named = _weekday(weekday[1], DAY_NAMES.index(weekday[2]), today)
        return Period(named, named, "day") if named else None
    return _calendar(date_key(lower), today)


def next_year_of(days: Period) -> Period:
    """Return the same day or month a year later; 1 March for 29 February, and the same where the calendar ends."""
    year = min(days.first.year + 1, date.max.year)
    if days.exact == "month":
        return _month(year, days.first.month)
    leap = (days.first.month, days.first.day) == (2, 29) and not calendar.isleap(year)
    day = date(year, 3, 1) if leap else days.first.replace(year=year)
    return Period(day, day, days.exact)


def before(day: date, days: float) -> date | None:
    """Return the day so many before; None where the calendar does not reach that far."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None


def _weekday(which: str | None, weekday: int, today: date) -> date | None:
    back = (today.weekday() - weekday) % 7
    if which == "next":
        return before(today, back - 7)
    return before(today, (back or 7) if which == "last" else back)


def _span(which: str, unit: str, today: date) -> Period:
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + (7 if which == "last" else 0))
        return Period(monday, monday + timedelta(days=6), "week")
    if unit == "year":
        return _year(today.year - (which == "last"))
    first = today.replace(day=1)
    if which == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    return _month(first.year, first.month)


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def _calendar(key: str, today: date) -> Period | None:
    match = re.fullmatch(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?", key)
    if not match:
        return None
    try:
        month, day = int(match[2] or 0), int(match[3] or 0)
        year = _last_year_with(month, day or 1, today) if match[1] == "-" else int(match[1])
        if day:
            exact = date(year, month, day)
            return Period(exact, exact, "day")
        return _month(year, month) if month else _year(year)
    except ValueError:  # 31 February is a day that nobody can mean
        return None


def _last_year_with(month: int, day: int, today: date) -> int:
    """Return the last year that has this day not after today; 29 February may be up to eight years back."""
    for year in range(today.year, today.year - 9, -1):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) <= today:
            return year
    raise ValueError(f"No year near {today.year} has {day} of month {month}.")
