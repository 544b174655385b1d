"""What a number, a sum, a date or a span of time comes to, however it is written: a key by which it is compared."""

from __future__ import annotations

import re
from typing import Literal

from assistant.words import stem

ValueKind = Literal["number", "share", "money", "date", "duration", "name"]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: float(value) for value, word in enumerate(_UNITS)} | {
    word: float(10 * (value + 2)) for value, word in enumerate(_TENS)
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "dozen": 12.0,
}
_PARTS = {"half": 0.5, "quarter": 0.25}
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
MONTHS = {
    name: at + 1
    for at, full in enumerate(
        "january february march april may june july august september october november december".split()
    )
    for name in (full, full[:3], full[:4] if full == "september" else full)
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b(?:\.(?= ?\d|,))?"
DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
TIME_NAMES = frozenset(DAY_NAMES) | {month for month in MONTHS if len(month) > 3}
"""Capitals that name nobody and no place; May is a name too."""
_WORD_NUMBER = "(?:" + "|".join([*sorted(SMALL, key=len, reverse=True)]) + ")"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b{_WORD_NUMBER}(?:[ -]{_WORD_NUMBER})?\b)"
    rf"(?: and a (?:half|quarter)\b)?(?:[ -]?{_SCALE}\b|(?<=\d)[kmb]\b)?(?:[ -]{_SCALE}\b)?"
)
CURRENCY = r"(?:US\$|A\$|C\$|HK\$|[$€£¥₹]|(?<![a-z])(?-i:Rs)\.? ?|USD ?|EUR ?|GBP ?)"
CURRENCY_WORD = (
    r"(?:dollars?|euros?|pounds?|yen|rupees?|roubles?|rubles?|francs?|yuan|manats?|cents?|pence|usd|eur|gbp|crowns?"
    r"|kron(?:a|or|er|e)|rands?|pesos?|rupiahs?|baht|shekels?|liras?|dirhams?|riy?als?|dinars?|forints?|zlot(?:ys?|ies)"
    r"|reais|ringgits?|taka|naira|shillings?|cedis?|hryvnias?|lari|tenge|drams?|bitcoins?)"
)
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
CLOCK = r"(?:(?<![\d:.])(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)? ?(?:[ap]\.m\.|[ap]m\b)|\b(?:noon|midnight)\b)"
"""A time of the day."""
SPAN = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century)"


def amount(text: str) -> float | None:
    """Return the number written in `text` in figures or words, with "million" and the like; None without one."""
    total: float | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower().replace("-", " ")):
        if token[0].isdigit():
            total = (total or 0.0) + float(token.replace(",", ""))
        elif token in SMALL:
            total = (total or 0.0) + SMALL[token]
        elif token in _PARTS and total is not None:
            total += _PARTS[token]
        elif token in _SCALES:
            total = (1.0 if total is None else total) * _SCALES[token]
    return -total if total and text.lower().startswith("minus ") else total


def key_of(kind: ValueKind, text: str) -> str:
    """Return what a value comes to: equal keys of one kind mean the same value, however it is written."""
    if kind == "date":
        return date_key(text)
    number = amount(text)
    if kind == "share":
        fraction = next((part for word, part in _FRACTIONS.items() if word in text.lower()), None)
        if fraction is not None and not any(char.isdigit() for char in text):
            return f"{fraction * (amount(re.sub('half|third|quarter|fifth|tenth', '', text)) or 1):.6g}%"
        return f"{number:.12g}%"
    if kind == "money":
        unit = re.search(rf"{CURRENCY}|{CURRENCY_WORD}", text, re.IGNORECASE)
        sign = stem(unit[0].strip()) if unit else ""
        sign = {"dollar": "$", "us$": "$", "usd": "$", "euro": "€", "eur": "€", "pound": "£", "gbp": "£"}.get(
            sign, sign
        )
        return f"{number:.12g}{sign}"
    if kind == "duration":
        unit_word = re.search(SPAN, text, re.IGNORECASE)
        return f"{number:.12g} {stem(unit_word[0]) if unit_word else ''}"
    return f"{number:.12g}" if number is not None else text.lower()


def date_key(text: str) -> str:
    """Return YYYY, YYYY-MM, YYYY-MM-DD, --MM-DD, --MM or HH:MM where `text` says so, else the words in lower case."""
    lower = text.lower()
    if re.fullmatch(CLOCK, lower):
        return _clock_key(lower)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", lower)
    if iso:
        return lower
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
