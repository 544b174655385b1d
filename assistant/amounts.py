"""What a number, a sum or a span of time comes to, however it is written: a key by which it is compared."""

from __future__ import annotations

import re
from typing import Literal

from assistant.words import stem
from assistant.written_dates import date_key

ValueKind = Literal["number", "share", "money", "date", "duration", "name"]
AMOUNTS: tuple[ValueKind, ...] = ("number", "share", "money", "duration")

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
    **dict.fromkeys(("lakh", "lakhs"), 1e5),
    **dict.fromkeys(("crore", "crores"), 1e7),
}
MINUS = ("-", "−")
"""Signs of a number below zero, where a figure stands right behind them and no letter or figure before."""
_HUNDRED = 100.0
"""Up to this a scale multiplies what stands before it; what is above also ends it: 250 thousand, and then more."""
_PARTS = {"half": 0.5, "quarter": 0.25}
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
COUNTING = frozenset(SMALL) | _SCALES.keys() | {f"{word}{ending}" for word in _FRACTIONS for ending in ("", "s")}
"""Without any of these words, or a digit, a text has no number."""
_WORD_NUMBER = "(?:" + "|".join([*sorted(SMALL, key=len, reverse=True)]) + ")"
_SPELT = rf"{_WORD_NUMBER}(?:[ -]{_WORD_NUMBER})?"
_LONG = (
    rf"(?:a|{_SPELT})(?:[ -]hundred (?:and )?{_SPELT}\b(?![ -]hundred)"
    rf"|[ -]thousand (?:and )?(?:{_SPELT}[ -]hundred(?: (?:and )?{_SPELT})?|{_SPELT})\b"
    r"(?![ -](?:hundred|thousand|million|billion)))"
    r"|(?:half )?a (?:hundred|thousand|million|billion|trillion|dozen)\b"
)
"""What is spelt out in hundreds or thousands with more behind them, and "a million": "two hundred and fifty"."""
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|lakhs?|crores?|bn|mn|tn)"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{_LONG})|\b{_SPELT}\b)"
    rf"(?: and a (?:half|quarter)\b)?(?:[ -]?{_SCALE}\b|(?<=\d)[kmb]\b)?(?:[ -]{_SCALE}\b)?"
)
_HALF_A = re.compile("half a ", re.IGNORECASE)
CURRENCY = (
    r"(?:\$(?:US|AU?|NZ|C|HK)(?=\d)|(?:US|AU?|NZ|CA?|HK|S)\$|[$€£¥₹]|(?<![a-z])(?-i:Rs)\.? ?"
    r"|\b(?-i:USD|EUR|GBP|AUD|NZD|CAD|CHF|JPY|NIS) ?(?=\d))"
)
CURRENCY_WORD = (
    r"(?:dollars?|euros?|pounds?|yen|rupees?|roubles?|rubles?|francs?|yuan|manats?|cents?|pence|usd|eur|gbp|crowns?"
    r"|kron(?:a|or|er|e)|rands?|pesos?|rupiahs?|baht|shekels?|liras?|dirhams?|riy?als?|dinars?|forints?|zlot(?:ys?|ies)"
    r"|reais|ringgits?|taka|naira|shillings?|cedis?|hryvnias?|lari|tenge|drams?|bitcoins?)"
)
_SIGNS = {"dollar": "$", "us$": "$", "$us": "$", "usd": "$", "euro": "€", "eur": "€", "pound": "£", "gbp": "£"} | {
    "$a": "a$", "au$": "a$", "$au": "a$", "aud": "a$", "$nz": "nz$", "nzd": "nz$", "$c": "c$", "ca$": "c$", "cad": "c$",
    "$hk": "hk$", "nis": stem("shekel"), "jpy": "¥", "yen": "¥",
}  # fmt: skip
"""One sign for each currency, however a paper writes it: $US5 is US$5."""
SPAN = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century)"
RATIO = rf"(?<![\w.,])(?:{NUMBER}) (?:in|out of) (?:every )?(?!(?:1[6-9]|20)\d\d\b(?![,.]\d)){NUMBER}\b(?![ -]{SPAN}\b)"
"""So many of so many: no year stands behind the "in", and no span of time."""


def amount(text: str) -> float | None:
    """Return the number written in `text` in figures or words, with "million" and the like; None without one."""
    total, below, scaled = 0.0, 0.0 if _HALF_A.match(text) else None, False
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower().replace("-", " ")):
        if token[0].isdigit():
            below = (below or 0.0) + float(token.replace(",", ""))
        elif token in SMALL:
            below = (below or 0.0) + SMALL[token]
        elif token in _PARTS and below is not None:
            below += _PARTS[token]
        elif token in _SCALES and _SCALES[token] <= _HUNDRED:
            below = (1.0 if below is None else below) * _SCALES[token]
        elif token in _SCALES:
            if below is None and scaled:  # "hundred thousand million"
                total *= _SCALES[token]
            else:
                total, below = total + (1.0 if below is None else below) * _SCALES[token], None
            scaled = True
    if below is None and not scaled:
        return None
    total += below or 0.0
    return -total if total and text.lower().startswith(("minus ", *MINUS)) else total


def ratio(text: str) -> tuple[float, float]:
    """Return both numbers of "one in five", "9 out of every 10"."""
    part, whole = re.split(r" (?:in|out of) (?:every )?", text, flags=re.IGNORECASE)
    return amount(part) or 0.0, amount(whole) or 0.0


def key_of(kind: ValueKind, text: str) -> str:
    """Return what a value comes to: equal keys of one kind mean the same value, however it is written."""
    if kind == "date":
        return date_key(text)
    number = amount(text)
    if kind == "share":
        if re.search(r" (?:in|out of) ", text, re.IGNORECASE):
            part, whole = ratio(text)
            return f"{100 * part / whole:.6g}%" if whole else text.lower()
        fraction = next((part for word, part in _FRACTIONS.items() if word in text.lower()), None)
        if fraction is not None and not any(char.isdigit() for char in text):
            return f"{fraction * (amount(re.sub('half|third|quarter|fifth|tenth', '', text)) or 1):.6g}%"
        return f"{number:.12g}%"
    if kind == "money":
        unit = re.search(rf"{CURRENCY}|{CURRENCY_WORD}", text, re.IGNORECASE)
        sign = stem(unit[0].strip()) if unit else ""
        sign = _SIGNS.get(sign, sign)
        return f"{number:.12g}{sign}"
    if kind == "duration":
        unit_word = re.search(SPAN, text, re.IGNORECASE)
        return f"{number:.12g} {stem(unit_word[0]) if unit_word else ''}"
    return f"{number:.12g}" if number is not None else text.lower()
