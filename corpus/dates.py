"""When an article was published: what may be read as a date, and what stays unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import PurePosixPath

from corpus.article import Origin

OLDEST_YEAR, NEWEST_YEAR = 1800, 2099
"""Years outside are typing errors, test data or another calendar. No clock is asked: it may be wrong."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A publication date and where it was read; `day` is None exactly when the origin is "unknown"."""

    day: date | None
    origin: Origin


UNDATED = Dated(None, "unknown")

_LARGEST_STAMP = 10**17
_UNSET = re.compile(r"\b(?:1970-01-01[T ]|0?1 Jan 1970 )00:00\b", re.IGNORECASE)
"""The zero of a clock: what programs write for a day that nobody entered."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct "
        "november/nov december/dec".split(),
        1,
    )
    for name in names.split("/")
}
_MONTH = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH_YEAR = re.compile(rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(\d{{4}})\b", re.IGNORECASE)
_MONTH_DAY_YEAR = re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(\d{{4}})\b", re.IGNORECASE)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))\b,?\s*"
)
_TWO_DIGIT_YEAR = re.compile(rf"\b{_WEEKDAY}{_DAY}[\s-]+{_MONTH}[\s-]+(\d\d)\s+\d\d?:\d\d", re.IGNORECASE)
_C_TIME = re.compile(rf"\b{_MONTH}\s+{_DAY}\s+\d\d:\d\d:\d\d(?:\s+[A-Z]{{2,5}})?\s+(\d{{4}})\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_IDEOGRAPHS = re.compile(r"(?<!\d)(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_IN_FILE_NAME = re.compile(r"(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)|(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)(?!\d)")

_TIME = (
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
    r"(?:\s*\(?(?:UTC|GMT|Z|[ECMP][SD]?T|CES?T|EES?T|BST|IST|IDT|MSK|AZT|JST|KST)\)?)?(?:\s*[+-]\d{2}:?\d{2})?"
)
_PUBLISHED = (
    r"(?:(?:first\s+|originally\s+)?published|posted|submitted|publication date|pub(?:lished|\.)? date|date|issued)"
)
_UPDATED = r"(?:(?:last\s+)?updated|(?:last\s+)?modified|accessed|retrieved|corrected)"
_LABEL = re.compile(rf"^\W*(?P<label>{_PUBLISHED}|{_UPDATED})\s*(?:(?:on|at)\b)?\s*[:|–—-]?\s*", re.IGNORECASE)
_TIME_PART = re.compile(rf"(?:^|[\s,|–—-])\s*(?:at\s+)?{_TIME}\s*$|^{_TIME}\s*[,|–—-]?\s*", re.IGNORECASE)
_DATELINE = re.compile(
    r"^[A-Z][A-Z.'’-]{2,}(?:[ ,/]+[A-Z][\w.'’-]*){0,4}?,?\s+(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})[^—–]{0,30}[—–-]"
)
_DAY_FIRST = frozenset(
    """
    ar az be bg ca cs da de el es et fi fr he hr hy id it ka kk lv nb nl nn no pl pt ro ru sk sl sr sv th tr uk uz vi
    """.split()
)


def sensible(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is no such day or it lies outside the years of newspapers."""
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_stamp(value: object, *, locale: str | None = None) -> date | None:
    """Return the day named by a value of a data field, or None where it names none for certain.

    Takes ISO 8601, RFC 822, dates as people write them, and numbers of seconds, milliseconds or
    microseconds since 1970. The day is the one that is written; a time zone does not move it.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, date):
        return sensible(value.year, value.month, value.day)
    if isinstance(value, (int, float, Decimal)):
        return _since_1970(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if len(text) > 100 or _UNSET.search(text):
        return None
    if day := _compact_day(text):
        return day
    if re.fullmatch(r"-?\d{9,16}(?:\.\d+)?", text):
        return _since_1970(Decimal(text))
    return find_date(text, locale=locale)


def _compact_day(digits: str) -> date | None:
    found = _COMPACT.fullmatch(digits)
    return sensible(*map(int, found.groups())) if found else None


def _since_1970(number: int | float | Decimal) -> date | None:
    if isinstance(number, int):
        if abs(number) > _LARGEST_STAMP:
            return None  # and perhaps too large to be written, or to be a float
        if day := _compact_day(str(number)):
            return day
    elif not Decimal(number).is_finite():
        return None
    seconds = float(number)
    for unit in (1, 1_000, 1_000_000):
        if 1e8 <= seconds / unit < 1e10:
            moment = datetime.fromtimestamp(seconds / unit, UTC)
            return sensible(moment.year, moment.month, moment.day)
    return None


def find_date(text: str, *, locale: str | None = None) -> date | None:
    """Return the one date written in a short text, or None: none, several, or 03/04/2023.

    locale: "en-GB", "de": tells which of two numbers is the day where that is the custom.
    """
    found = {sensible(int(one[1]), int(one[3]), int(one[4])) for one in _YEAR_FIRST.finditer(text)}
    found |= {sensible(int(one[1]), int(one[2]), int(one[3])) for one in _IDEOGRAPHS.finditer(text)}
    found |= {sensible(int(one[3]), _MONTHS[one[2].lower()], int(one[1])) for one in _DAY_MONTH_YEAR.finditer(text)}
    found |= {sensible(_year(one[3]), _MONTHS[one[2].lower()], int(one[1])) for one in _TWO_DIGIT_YEAR.finditer(text)}
    for pattern in (_MONTH_DAY_YEAR, _C_TIME):
        found |= {sensible(int(one[3]), _MONTHS[one[1].lower()], int(one[2])) for one in pattern.finditer(text)}
    if not found:
        found = {_numeric(int(one[1]), int(one[3]), int(one[4]), locale) for one in _YEAR_LAST.finditer(text)}
    if not found:
        return _find_foreign_date(text, locale)
    return found.pop() if len(found) == 1 else None


def _year(digits: str) -> int:
    """Return the year that the two digits of RFC 822 stand for, as RFC 5322 reads them."""
    year = int(digits)
    return year + (2000 if year < 50 else 1900)


def _numeric(first: int, second: int, year: int, locale: str | None) -> date | None:
    if first > 12 or first == second:
        return sensible(year, second, first)
    if second > 12:
        return sensible(year, first, second)
    language, _, region = (locale or "").replace("_", "-").partition("-")
    if language.lower() in _DAY_FIRST or (
        language.lower() == "en" and region.upper() in {"GB", "AU", "IE", "NZ", "IN"}
    ):
        return sensible(year, second, first)
    if language.lower() == "en" and region.upper() == "US":
        return sensible(year, first, second)
    return None


def _find_foreign_date(text: str, locale: str | None) -> date | None:
    """Return a date written with the month names of another language ("29 марта 2023 г.")."""
    words = text.split()
    if not 3 <= len(words) <= 8 or len(text) > 60 or not re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text):
        return None
    if not re.search(r"(?<![\d:])\d{1,2}(?![\d:])", text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    if language == "en" or (not language and text.isascii() and not _looks_like_written_date(words)):
        return None
    import dateparser
    from dateparser.data.languages_info import language_order

    moment = dateparser.parse(
        re.sub(r"\b(?:г|года|год)\b\.?", "", text),
        languages=[language] if language in language_order else None,
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "PREFER_LOCALE_DATE_ORDER": False,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_AS_TIMEZONE_AWARE": False,
            "STRICT_PARSING": True,
        },
    )
    if moment is None or str(moment.year) not in text:
        return None
    return sensible(moment.year, moment.month, moment.day)


def _looks_like_written_date(words: list[str]) -> bool:
    """Return whether plain ASCII words have the shape "3 mai 2023" or "mai 3 2023"."""
    shape = "".join("9" if word.strip(".,").isdigit() else "a" for word in words)
    return shape in {"9a9", "a99", "a9a9", "9aa9", "9aaa9", "9a9a"}


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says nothing but when: `day` is None where only an update is dated."""

    day: date | None


def read_date_line(line: str, *, locale: str | None = None) -> DateLine | None:
    """Return what a line that holds only a date says, or None when it is any other line.

    "Published: 3 May 2023, 10:15 GMT", "Wednesday, March 29, 2023", "29.03.2023"; "Updated …" is
    such a line too, but not the day of publication.
    """
    text = line.strip(" \t|•·*_()[]")
    if not 8 <= len(text) <= 80:
        return None
    label = _LABEL.match(text)
    updated = bool(label and re.fullmatch(_UPDATED, label["label"], re.IGNORECASE))
    rest = text[label.end() :] if label else text
    if label and not updated:  # "Published 3 May 2023 | Updated 4 May 2023"
        rest = re.split(rf"\s*[|,;–—-]?\s*\b{_UPDATED}\b", rest, maxsplit=1, flags=re.IGNORECASE)[0]
    rest = _TIME_PART.sub("", re.sub(rf"^{_WEEKDAY}", "", rest.strip(), flags=re.IGNORECASE))
    rest = re.sub(rf"^{_WEEKDAY}", "", rest.strip(), flags=re.IGNORECASE).strip(" \t,.|•·–—-")
    if not any(character.isdigit() for character in rest) or len(rest) > 40:
        return None
    day = find_date(rest, locale=locale)
    if day is None or not _is_nothing_but_date(rest):
        return None
    return DateLine(None if updated else day)


def _is_nothing_but_date(text: str) -> bool:
    for pattern in (_YEAR_FIRST, _IDEOGRAPHS, _DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _C_TIME, _YEAR_LAST):
        if pattern.search(text):
            return not pattern.sub("", text).strip(" ,.")
    return len(text.split()) <= 5  # read by `_find_foreign_date`, which takes whole texts only


def read_dateline(line: str) -> date | None:
    """Return the date of an agency dateline at the head of a text ("BAKU, March 29, 2023 (AP) —")."""
    match = _DATELINE.match(line[:160])
    return find_date(match["date"]) if match else None


def read_file_name(path: str) -> Dated:
    """Return the date a file's name carries ("2023-05-03-embassy.txt", "20230503.html")."""
    day = only_day(_IN_FILE_NAME, PurePosixPath(path).name)
    return Dated(day, "file-name") if day else UNDATED


def only_day(pattern: re.Pattern[str], text: str) -> date | None:
    """Return the one day that a pattern of year, month and day finds, or None: none, or several."""
    found = {sensible(*(int(part) for part in match.groups() if part)) for match in pattern.finditer(text)} - {None}
    return found.pop() if len(found) == 1 else None
