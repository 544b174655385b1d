"""Days as programs name them: a year, a month or a day, read as the command line reads them."""

from __future__ import annotations

import argparse
from datetime import date

from index.errors import BadFilter
from ui.cli import days


def first_day(text: str | None) -> date | None:
    """Return the first day of what is named; None for None. Raises BadFilter."""
    return _days(text)[0] if text else None


def last_day(text: str | None) -> date | None:
    """Return the last day of what is named; None for None. Raises BadFilter."""
    return _days(text)[1] if text else None


def _days(text: str) -> tuple[date, date]:
    try:
        return days(text)
    except argparse.ArgumentTypeError as error:
        raise BadFilter(f"{error}.") from error
