"""Values a reporter would check: numbers, shares, money, dates, durations and names, with a form to compare them by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.amounts import (
    COUNTING,
    CURRENCY,
    CURRENCY_WORD,
    MINUS,
    NUMBER,
    RATIO,
    SMALL,
    SPAN,
    ValueKind,
    key_of,
    ratio,
)
from assistant.words import Word, owning, unowned, words
from assistant.written_dates import CLOCK, DAY_NAMES, MONTH, MONTHS, WEEKDAY, WRITTEN_DAY

_SIGN = rf"(?:(?<![\w.,)%])[{''.join(MINUS)}](?=\d))"
_WRITTEN: tuple[tuple[ValueKind, str], ...] = (
    ("date", CLOCK),
    (
        "date",
        rf"\b(?:{WRITTEN_DAY}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|(?:(?:early|mid|late|the)[- ])?(?:1[0-9]|20)\d0s"
        rf"|\d{{1,2}}(?:st|nd|rd|th) century(?: (?:BC|BCE|AD|CE))?|\d{{1,4}} (?:BC|BCE|AD|CE)\b)",
    ),
    ("money", rf"{CURRENCY}{NUMBER}|{NUMBER} {CURRENCY_WORD}\b"),
    (
        "share",
        rf"{_SIGN}?{NUMBER} ?(?:%|per ?cent\b|percent(?:age points?)?\b)|\b(?:(?:a|one|two|three|four|nine)[- "
        rf"])?(?:half|thirds?|quarters?|fifths?|tenths?)(?= of\b)|{RATIO}",
    ),
    ("duration", rf"\b{NUMBER}[ -]{SPAN}\b"),
    (
        "date",
        rf"(?<![\d,.$€£])\b(?:1[0-9]\d\d|20\d\d)\b(?!,\d|\.\d|%)(?:[–/-](?:\d{{4}}|\d\d)\b)?"
        rf"|\b(?:last |next |this |on )?{WEEKDAY}\b|\b(?:{MONTH})(?=[ ,.;)]|$)",
    ),
    ("number", rf"(?:\bminus |{_SIGN})?(?<![\w.]){NUMBER}"),
)
"""How values are written; what an earlier one takes, no later one does."""
_PATTERNS = tuple((kind, re.compile(written, re.IGNORECASE)) for kind, written in _WRITTEN)
_SCORE = re.compile(
    r"\b(?:won|wins?|winning|beat\w*|lost|los(?:e|ing)|defeat\w*|led|lead|drew|draw|victory|finished|ended|scor\w+"
    r"|ahead|behind|upset|thrash\w*)\b[^.;]{0,60}?(?<![\d,.-])(\d{1,2}[-–]\d{1,2}(?:, \d{1,2}[-–]\d{1,2})*)"
    r"(?![\d,.]*\d|%| (?:per|people|years?|months?|days?))",
    re.IGNORECASE,
)
"""The score of a game, whose halves count nothing else."""
_DIGIT = re.compile(r"\d")
_NUMERAL = re.compile(r"^[\d.e+-]+")
_SPELT = re.compile(r"[a-z]+")
_VALUED = COUNTING | MONTHS.keys() | frozenset(DAY_NAMES) | {"noon", "midnight"}
"""Without any of these, or a digit, a text has no value but names: most have none, and need not be searched."""
_CONNECTORS = frozenset("of the de da di del der van von bin al ibn for and on in la le el du dos das".split())
PARTICLES = _CONNECTORS - frozenset("of the for and on in".split())
"""Small words within the names of people."""
_SYLLABLE = 5
_COMPOUNDED = frozenset(
    "led run era old made born free wide like side type held only plus bound based style sized owned rich area".split()
)
"""What follows a name and a hyphen without being of the name."""
_NOT_NAMES = frozenset(
    "mr mrs ms dr ceo cfo coo cto pm mp mep the a an i he she it they we you in on at but and or if when while after "
    "before according however meanwhile also yes no".split()
)
OPENING = frozenset(
    "instead perhaps thereafter indeed besides never only once since still then thus hence furthermore moreover "
    "nevertheless nonetheless although though despite because while both many most some several unlike not now "
    "today yesterday tomorrow last next even just more less other another each every few all what why how who when "
    "where as by with from for to during under over between among like given amid following based almost "
    "already soon nearly often sometimes again finally eventually meanwhile nobody none everyone everybody someone "
    "somebody anyone anybody nothing something everything neither either".split()
)
"""Words that open a sentence with a capital that says nothing: "Now Israel", "Unlike Delta"."""
_WILL = "Will"
"""What has a capital within a sentence only as a name: "Edda married Will Moss"."""
_NUMBERS = SMALL.keys() | set("first second third fourth fifth".split())
_OPENER = ("ly", "ing", "ed")
"""Endings of words that open a sentence sooner than they are a name: "Normally", "Considering", "Asked"."""
_CALLED_LIKE_MONTHS = frozenset("jan april may june august".split())
_IN = re.compile(
    r"\b(?:in|since|by|last|until|till|of|from|to|through|during|before|after|early|mid|late|this|next|every|for|and)"
    r"[ -]$",
    re.IGNORECASE,
)
"""What stands before a month that is no first name: "in April Israel said"."""
_AS_A_MONTH = re.compile(
    rf"\b(?:in|since|by|last|until|till|early|mid|late|during|through|next|this|before|{MONTH} (?:to|and|or))[ -]$",
    re.IGNORECASE,
)
"""What stands before May and March where neither is a name or a walk: "in early March", "from March to May"."""
_TO_A_MONTH = re.compile(rf" (?:to|until|through) {MONTH}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """One value in a text: text[start:end]. Equal keys mean the same value, however it is written."""

    kind: ValueKind
    text: str
    start: int
    end: int
    key: str

    @property
    def stems(self) -> frozenset[str]:
        """The stems of a name's words."""
        return frozenset(self.key.split())

    @property
    def unit(self) -> str:
        """What its number is of, as its key has it: "$", "year", "%"; empty where it only counts."""
        return _NUMERAL.sub("", self.key).strip()


@lru_cache(maxsize=4_000)
def values(text: str) -> tuple[Value, ...]:
    """Return the numbers, shares, sums, dates, durations and names of `text`, by position; they do not overlap."""
    if not _DIGIT.search(text) and _VALUED.isdisjoint(_SPELT.findall(text.lower())):
        return names(text)
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
            found.append(Value(kind, match[0], start, end, key_of(kind, match[0])))
    found += [name for name in names(text) if not any(taken[name.start : name.end])]
    return tuple(sorted(found, key=lambda value: value.start))


@lru_cache(maxsize=4_000)
def names(text: str) -> tuple[Value, ...]:
    """Return the capitalised names of `text`. A single word that opens a sentence counts unless it is a common one."""
    found: list[Value] = []
    run: list[Word] = []
    listed = words(text)
    for at, word in enumerate(listed):
        gap = text[run[-1].end : word.start] if run else ""
        joined = bool(run) and not owning(run[-1].text) and gap in (" ", "-", ". ", " & ", "")
        if run and not joined:
            found += _named(text, run)
            run = []
        lower = word.text.lower()
        called = word.text == _WILL and not run and not _opens(text, word.start)
        if word.capital and (word.meaningful or called or lower in _CONNECTORS or run):
            if not (word.meaningful or called) and (not run or lower not in _CONNECTORS):
                found += _named(text, run)
                run = []
            else:
                run.append(word)
        elif (
            hyphened(text, run, word)
            or (run and lower in _CONNECTORS and at + 1 < len(listed) and _continues(listed, at))
            or (run and word.text[0].isdigit() and gap == " ")
        ):
            run.append(word)
        elif run:
            found += _named(text, run)
            run = []
    found += _named(text, run)
    return tuple(found)


def _continues(listed: tuple[Word, ...], at: int) -> bool:
    """Whether a name goes on behind a small word: "Bank of the South", "Ursula von der Leyen"."""
    if listed[at].text.lower() in ("and", "in", "on", "for", "the"):
        return False
    behind = next((word for word in listed[at + 1 : at + 4] if word.text.lower() not in {"the", *PARTICLES}), None)
    return behind is not None and behind.capital


def hyphened(text: str, run: Sequence[Word], word: Word) -> bool:
    """Whether a small word is the end of a name behind a hyphen: the "te" of Lai Ching-te, no "led" of New York-led."""
    joined = len(run) > 1 and text[run[-1].end : word.start] == "-" and run[-1].capital
    return joined and word.text.islower() and len(word.text) <= _SYLLABLE and word.text not in _COMPOUNDED


def _named(text: str, run: list[Word]) -> Iterator[Value]:
    while run and (run[-1].text.lower() in _CONNECTORS or not run[-1].meaningful):
        if hyphened(text, run[:-1], run[-1]):
            break
        run = run[:-1]
    while run and (run[0].text.lower() in _NOT_NAMES or not run[0].meaningful):
        if len(run) > 1 and run[0].text == _WILL:
            break
        run = run[1:]
    if run and run[0].text.lower() in OPENING and _opens(text, run[0].start):
        run = run[1:]
    if not run or all(word.text[0].isdigit() for word in run):
        return
    first, lower = run[0].text, run[0].text.lower()
    if len(run) == 1 and (
        lower in MONTHS or ((lower in _NUMBERS or first.endswith(_OPENER)) and _opens(text, run[0].start))
    ):
        return
    start, end = run[0].start, run[-1].end
    whole = unowned(text[start:end])
    yield Value("name", whole, start, start + len(whole), " ".join(word.stem for word in run))


def _opens(text: str, start: int) -> bool:
    """Whether a sentence begins here, so that the capital says nothing."""
    before = text[:start].rstrip(" “\"'‘([")
    return not before or before[-1] in ".!?:;\n"


def _ambiguous(kind: ValueKind, found: str, text: str, start: int) -> bool:
    """Whether a match is more often an ordinary word: "may", "march", "one of them"."""
    lower = found.lower().strip(" .")
    if kind == "share" and re.fullmatch(RATIO, found, re.IGNORECASE):
        part, whole = ratio(found)
        return not 0 < part <= whole
    if kind == "date" and lower in ("may", "march", "mar", "dec", "jan") and (not found[:1].isupper() or start == 0):
        return True
    if kind == "date" and lower in ("may", "march"):
        return not (_AS_A_MONTH.search(text[:start]) or _TO_A_MONTH.match(text, start + len(found)))
    if kind == "date" and lower in _CALLED_LIKE_MONTHS and re.match(" [A-Z]", text[start + len(found) :]):
        return not _IN.search(text[:start])
    return kind == "number" and lower in ("one", "zero") and not re.match(r"[ -][a-z]+s\b", text[start + len(found) :])
