"""Days as people and programs name them: a year, a month or a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def days(text: str) -> tuple[date, date]:
    """Return the first and last day of what is named. Raises ValueError, with a line that says what to write."""
    parts = text.split("-")
    try:
        if len(parts) == 1 and len(text) == 4:
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if len(parts) == 2:
            year, month = map(int, parts)
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date.fromisoformat(text), date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date like 2023, 2023-05 or 2023-05-03") from error


def first_day(text: str | None) -> date | None:
    """Return the first day of what is named; None for None. Raises BadFilter."""
    return _days(text)[0] if text else None


def last_day(text: str | None) -> date | None:
    """Return the last day of what is named; None for None. Raises BadFilter."""
    return _days(text)[1] if text else None


def _days(text: str) -> tuple[date, date]:
    from index.errors import BadFilter  # here: the command line is up before the index is imported

    try:
        return days(text)
    except ValueError as error:
        raise BadFilter(f"{error}.") from error
