"""What a number, a sum or a span of time comes to, however it is written: a key by which it is compared."""

from __future__ import annotations

import re
from typing import Literal

from assistant.words import stem
from assistant.written_dates import date_key

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
