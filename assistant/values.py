"""Values a reporter would check: numbers, shares, money, dates, durations and names, with a form to compare them by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.words import STOPWORDS, Word, stem, words

ValueKind = Literal["number", "share", "money", "date", "duration", "name"]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: float(value) for value, word in enumerate(_UNITS)} | {
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
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
_WORD_NUMBER = "(?:" + "|".join([*sorted(_SMALL, key=len, reverse=True)]) + ")"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b{_WORD_NUMBER}(?:[ -]{_WORD_NUMBER})?\b)"
    rf"(?: and a (?:half|quarter)\b)?(?:[ -]?{_SCALE}\b|(?<=\d)[kmb]\b)?(?:[ -]{_SCALE}\b)?"
)
_CURRENCY = r"(?:US\$|A\$|C\$|HK\$|[$€£¥₹]|(?<![a-z])(?-i:Rs)\.? ?|USD ?|EUR ?|GBP ?)"
_CURRENCY_WORD = (
    r"(?:dollars?|euros?|pounds?|yen|rupees?|roubles?|rubles?|francs?|yuan|manats?|cents?|pence|usd|eur|gbp|crowns?"
    r"|kron(?:a|or|er|e)|rands?|pesos?|rupiahs?|baht|shekels?|liras?|dirhams?|riy?als?|dinars?|forints?|zlot(?:ys?|ies)"
    r"|reais|ringgits?|taka|naira|shillings?|cedis?|hryvnias?|lari|tenge|drams?|bitcoins?)"
)
_SPAN = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century)"

_PATTERNS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (
        "date",
        re.compile(
            rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},?(?: \d{{4}})?|{_MONTH} "
            rf"\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
            rf"|{_MONTH},? (?:of )?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
            rf"|(?:(?:early|mid|late|the)[- ])?(?:1[0-9]|20)\d0s|\d{{1,2}}(?:st|nd|rd|th) "
            rf"century(?: (?:BC|BCE|AD|CE))?|\d{{1,4}} (?:BC|BCE|AD|CE)\b)",
            re.IGNORECASE,
        ),
    ),
    ("money", re.compile(rf"{_CURRENCY}{_NUMBER}|{_NUMBER} {_CURRENCY_WORD}\b", re.IGNORECASE)),
    (
        "share",
        re.compile(
            rf"{_NUMBER} ?(?:%|per ?cent\b|percent(?:age points?)?\b)|\b(?:(?:a|one|two|three|four|nine)[- "
            rf"])?(?:half|thirds?|quarters?|fifths?|tenths?)(?= of\b)|(?<![\w.,]){_NUMBER} (?:in|out of) (?:every "
            rf")?{_NUMBER}\b",
            re.IGNORECASE,
        ),
    ),
    ("duration", re.compile(rf"\b{_NUMBER}[ -]{_SPAN}\b", re.IGNORECASE)),
    (
        "date",
        re.compile(
            rf"(?<![\d,.$€£])\b(?:1[0-9]\d\d|20\d\d)\b(?!,\d|\.\d|%)(?:[–-](?:\d{{4}}|\d\d)\b)?"
            rf"|\b(?:last |next |this |on )?(?:{'|'.join(_DAY_NAMES)})\b|\b(?:{_MONTH})(?=[ ,.;)]|$)",
            re.IGNORECASE,
        ),
    ),
    ("number", re.compile(rf"(?:\bminus )?(?<![\w.]){_NUMBER}", re.IGNORECASE)),
)
_SCORE = re.compile(
    r"\b(?:won|wins?|winning|beat\w*|lost|los(?:e|ing)|defeat\w*|led|lead|drew|draw|victory|finished|ended|scor\w+"
    r"|ahead|behind|upset|thrash\w*)\b[^.;]{0,60}?(?<![\d,.-])(\d{1,2}[-–]\d{1,2}(?:, \d{1,2}[-–]\d{1,2})*)"
    r"(?![\d,.]*\d|%| (?:per|people|years?|months?|days?))",
    re.IGNORECASE,
)
"""The score of a game, whose halves count nothing else."""
_TITLES = frozenset("ceo cfo coo cto pm mp mep".split())
_CONNECTORS = frozenset("of the de da di del der van von bin al ibn for and on in la le el du dos das".split())
_NOT_NAMES = frozenset(
    "mr mrs ms dr the a an i he she it they we you in on at but and or if when while after before according however "
    "meanwhile also yes no".split()
)


OPENING = frozenset(
    "instead perhaps thereafter indeed besides never only once since still then thus hence furthermore moreover "
    "nevertheless nonetheless although though despite because while both many most some several unlike like not now "
    "today yesterday tomorrow last next even just more less other another each every few all what why how who when "
    "where as by with from for to during under over between among like given amid following based almost "
    "already soon nearly often sometimes again finally eventually meanwhile nobody none everyone everybody someone "
    "somebody anyone anybody nothing something everything neither either".split()
)
"""Words that open a sentence with a capital that says nothing: "Now Israel", "Unlike Delta"."""
_ORDINAL = frozenset("first second third fourth fifth".split())
_OPENER = re.compile(r"(?:ly|ing|ed)$")
"""Endings of words that open a sentence sooner than they are a name: "Normally", "Considering", "Asked"."""
_OWNER = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a text: text[start:end]. Equal keys mean the same value, however it is written."""

    kind: ValueKind
    text: str
    start: int
    end: int
    key: str


@lru_cache(maxsize=20_000)
def values(text: str) -> tuple[Value, ...]:
    """Return the numbers, shares, sums, dates, durations and names of `text`, by position; they do not overlap."""
    taken = bytearray(len(text))
    found: list[Value] = []
    for score in _SCORE.finditer(text):
        taken[score.start(1) : score.end(1)] = b"\1" * len(score[1])
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]) or _ambiguous(kind, match[0], text, start):
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append(Value(kind, match[0], start, end, _key(kind, match[0])))
    found += [name for name in names(text) if not any(taken[name.start : name.end])]
    return tuple(sorted(found, key=lambda value: value.start))


@lru_cache(maxsize=20_000)
def names(text: str) -> tuple[Value, ...]:
    """Return the capitalised names of `text`. A single word that opens a sentence counts unless it is a common one."""
    found: list[Value] = []
    run: list[Word] = []
    listed = words(text)
    for at, word in enumerate(listed):
        gap = text[run[-1].end : word.start] if run else ""
        joined = (
            bool(run)
            and not _OWNER.search(run[-1].text)
            and (gap in (" ", "-", ". ", " & ", "") or _initial(run[-1], gap))
        )
        if run and not joined:
            found += _named(text, run)
            run = []
        lower = word.text.lower()
        if word.capital and not (lower in STOPWORDS and lower not in _CONNECTORS and not run):
            if lower in STOPWORDS and (not run or lower not in _CONNECTORS):
                found += _named(text, run)
                run = []
            else:
                run.append(word)
        elif (run and lower in _CONNECTORS and at + 1 < len(listed) and _continues(listed, at)) or (
            run and word.text[0].isdigit() and gap == " "
        ):
            run.append(word)
        elif run:
            found += _named(text, run)
            run = []
    found += _named(text, run)
    return tuple(found)


def _initial(word: Word, gap: str) -> bool:
    return len(word.text) == 1 and gap == ". "


def _continues(listed: tuple[Word, ...], at: int) -> bool:
    following = listed[at + 1]
    if listed[at].text.lower() in ("and", "in", "on", "for", "the"):
        return False
    return following.capital or (following.text.lower() == "the" and at + 2 < len(listed) and listed[at + 2].capital)


def _named(text: str, run: list[Word]) -> Iterator[Value]:
    while run and (run[-1].text.lower() in _CONNECTORS or not run[-1].meaningful):
        run = run[:-1]
    while run and (run[0].text.lower() in _NOT_NAMES | _TITLES or run[0].text.lower() in STOPWORDS):
        run = run[1:]
    if run and run[0].text.lower() in OPENING and _opens(text, run[0].start):
        run = run[1:]
    if (
        len(run) == 1
        and (run[0].text.lower() in _SMALL or run[0].text.lower() in _ORDINAL)
        and _opens(text, run[0].start)
    ):
        return
    if not run or all(word.text[0].isdigit() for word in run):
        return
    if run[0].text.lower() in MONTHS and len(run) == 1:
        return
    if len(run) == 1 and _OPENER.search(run[0].text) and _opens(text, run[0].start):
        return
    start, end = run[0].start, run[-1].end
    whole = _OWNER.sub("", text[start:end])
    yield Value("name", whole, start, start + len(whole), " ".join(word.stem for word in run))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here, so that the capital says nothing."""
    before = text[:start].rstrip(" “\"'‘([")
    return not before or before[-1] in ".!?:;\n"


def _ambiguous(kind: ValueKind, found: str, text: str, start: int) -> bool:
    """Whether a match is more often an ordinary word: "may", "march", "one of them"."""
    lower = found.lower().strip(" .")
    if (
        kind == "date"
        and lower in ("may", "march", "mar", "sun", "sat", "dec", "jan")
        and (not found[:1].isupper() or start == 0)
    ):
        return True
    if (
        kind == "date"
        and lower in ("may", "march")
        and not text[:start].rstrip().lower().endswith((" in", " since", " by", " last", " until"))
    ):
        return True
    return kind == "number" and lower in ("one", "zero") and not re.match(r"[ -][a-z]+s\b", text[start + len(found) :])


def amount(text: str) -> float | None:
    """Return the number written in `text` in figures or words, with "million" and the like; None without one."""
    total: float | None = None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower().replace("-", " ")):
        if token[0].isdigit():
            total = (total or 0.0) + float(token.replace(",", ""))
        elif token in _SMALL:
            total = (total or 0.0) + _SMALL[token]
        elif token in _PARTS and total is not None:
            total += _PARTS[token]
        elif token in _SCALES:
            total = (1.0 if total is None else total) * _SCALES[token]
    return -total if total and text.lower().startswith("minus ") else total


def _key(kind: ValueKind, text: str) -> str:
    if kind == "date":
        return date_key(text)
    number = amount(text)
    if kind == "share":
        fraction = next((part for word, part in _FRACTIONS.items() if word in text.lower()), None)
        if fraction is not None and not any(char.isdigit() for char in text):
            return f"{fraction * (amount(re.sub('half|third|quarter|fifth|tenth', '', text)) or 1):.6g}%"
        return f"{number:.12g}%"
    if kind == "money":
        unit = re.search(rf"{_CURRENCY}|{_CURRENCY_WORD}", text, re.IGNORECASE)
        sign = stem(unit[0].strip()) if unit else ""
        sign = {"dollar": "$", "us$": "$", "usd": "$", "euro": "€", "eur": "€", "pound": "£", "gbp": "£"}.get(
            sign, sign
        )
        return f"{number:.12g}{sign}"
    if kind == "duration":
        unit_word = re.search(_SPAN, text, re.IGNORECASE)
        return f"{number:.12g} {stem(unit_word[0]) if unit_word else ''}"
    return f"{number:.12g}" if number is not None else text.lower()


def date_key(text: str) -> str:
    """Return YYYY, YYYY-MM, YYYY-MM-DD, --MM-DD or --MM where `text` says so, else the words in lower case."""
    lower = text.lower()
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


def dates_differ(one: str, other: str) -> bool:
    """Whether two date keys cannot be the same day: what both state differs."""
    first, second = _parts(one), _parts(other)
    return any(
        mine is not None and theirs is not None and mine != theirs for mine, theirs in zip(first, second, strict=True)
    )


def _parts(key: str) -> tuple[str | None, str | None, str | None]:
    match = re.fullmatch(r"(\d{4}|-)(?:-(\d\d))?(?:-(\d\d))?", key)
    if not match:
        return (key, None, None)
    return (None if match[1] == "-" else match[1], match[2], match[3])
