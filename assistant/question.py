"""What a question asks for: the kind of answer, the words that matter, names, numbers, and who does what to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.values import Value, ValueKind, names, values
from assistant.words import STOPWORDS, Word, stem, words

Asked = Literal[
    "name",
    "place",
    "date",
    "number",
    "share",
    "money",
    "duration",
    "yes-no",
    "choice",
    "thing",
    "reason",
    "manner",
    "open",
]
"""The kind of answer: `thing` is "what X", `open` anything that one value cannot answer."""

_AUXILIARY = (
    "is are was were do does did has have had can could will would should shall may might must "
    "isn't aren't wasn't weren't "
    "don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
PERSON_NOUNS = frozenset(
    stem(noun)
    for noun in "person man woman individual leader president minister ambassador director chief ceo cfo chairman "
    "chairwoman chair founder author writer actor actress player athlete singer artist scientist king queen emperor "
    "pope governor mayor senator politician coach captain winner runner general commander owner spokesman "
    "spokeswoman spokesperson lawyer judge officer editor journalist reporter designer architect composer inventor "
    "philosopher engineer explorer researcher professor prince princess duke rival successor predecessor".split()
)
_PLACE_NOUNS = frozenset(
    stem(noun)
    for noun in "country city town village state province county region place location venue site capital nation "
    "continent island river street district area stadium hometown birthplace headquarters territory address".split()
)
_DATE_NOUNS = frozenset(stem(noun) for noun in "year date day month decade century time".split())
_SHARE_NOUNS = frozenset(stem(noun) for noun in "share percentage percent proportion fraction rate".split())
_NUMBER_NOUNS = frozenset(
    stem(noun)
    for noun in "number population total amount size height length distance speed temperature age score "
    "count figure depth "
    "width weight volume area capacity toll quantity turnout".split()
)
_MONEY_NOUNS = frozenset(
    stem(noun)
    for noun in "price cost revenue budget salary fee profit sum value worth gdp income earnings sales loss "
    "turnover debt fine".split()
)
_OPEN_NOUNS = frozenset(
    stem(noun) for noun in "occasion way manner extent circumstance purpose ground sense regard".split()
)
_REASON_NOUNS = frozenset(stem(noun) for noun in "reason cause motive".split())
_MEASURES: dict[str, frozenset[str]] = {
    "share": _SHARE_NOUNS,
    "number": _NUMBER_NOUNS,
    "date": _DATE_NOUNS,
    "place": _PLACE_NOUNS,
}
_LIGHT = frozenset(
    stem(word)
    for word in "name kind type sort use call term part thing way also article report say said tell mention "
    "describe accord "
    "know refer consider give happen example main new".split()
)
_TOLD = re.compile(
    r"\b(?:what|how) (?:did|does|do|has|have|had|was|were|is)\b.*\b(?:say|said|think|thinks"
    r"|comment|respond|react|argue|claim|tell|describe|explain|warn|about)\b",
    re.IGNORECASE,
)
_WH = re.compile(r"\b(who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    asked: the kind of answer. focus: the stems of what is asked for ("share", "oil"), may be empty.
    terms: the words that matter, in order, each stem once. names, numbers: values the question itself states.
    person: whether a person is asked for.
    """

    text: str
    asked: Asked
    focus: frozenset[str]
    terms: tuple[Word, ...]
    names: tuple[Value, ...]
    numbers: tuple[Value, ...]
    person: bool

    @property
    def measures(self) -> frozenset[str]:
        """The stems that only name the kind of answer ("share", "year", "country"); articles need not use them."""
        return self.focus & _MEASURES.get(self.asked, frozenset()) | ({word.stem for word in self.terms} & _LIGHT)

    @property
    def identity(self) -> bool:
        """Whether it asks who or what a named one is, so that the name itself is no answer."""
        named = {stem for name in self.names for stem in name.key.split()}
        return self.asked in ("name", "thing") and bool(named) and {word.stem for word in self.terms} <= named

    @property
    def told(self) -> bool:
        """Whether it asks what somebody said, which no few words can answer."""
        return bool(_TOLD.search(self.text))

    @property
    def kinds(self) -> tuple[ValueKind, ...]:
        """The kinds of value that can be its short answer; empty where none can."""
        return {
            "name": ("name",),
            "place": ("name",),
            "date": ("date",),
            "number": ("number", "share", "money", "duration"),
            "share": ("share",),
            "money": ("money",),
            "duration": ("duration", "date"),
        }.get(self.asked, ())  # type: ignore[return-value]


@lru_cache(maxsize=1_000)
def analyse(text: str) -> Question:
    """Take `text` apart; lower case and capitals are both read."""
    cased = _sentence_case(text)
    listed = words(cased)
    asked, focus = _asked(cased, listed)
    opening = next((match.start() for match in _WH.finditer(cased)), -1)
    found = tuple(name for name in names(cased) if not (name.start == opening or name.text.lower() in STOPWORDS))
    # A lone capital at the start of a question is the case of a sentence, not of a name ("Name the …").
    found = tuple(name for name in found if not (name.start == 0 and " " not in name.key and _common_opening(listed)))
    measures = {
        at + 1
        for at, word in enumerate(listed[:-1])
        if word.text.lower() == "how" and listed[at + 1].text.lower() in _DEGREES
    }
    bearing = [word for at, word in enumerate(listed) if word.meaningful and at not in measures]
    terms = tuple({word.stem: word for word in reversed(bearing)}.values())[::-1]
    stated = tuple(value for value in values(cased) if value.kind != "name")
    person = asked == "name" and bool(
        re.search(r"\bwho\b|\bwhose\b|\bwhom\b", cased, re.IGNORECASE) or focus & PERSON_NOUNS
    )
    return Question(text, asked, focus, terms, found, stated, person)


def _sentence_case(text: str) -> str:
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters):
        return text.lower()
    return text


def _common_opening(listed: tuple[Word, ...]) -> bool:
    first = listed[0].text.lower() if listed else ""
    return (
        first
        in ("name", "list", "tell", "give", "describe", "explain", "summarise", "summarize", "compare", "find", "show")
        or first in STOPWORDS
    )


def _asked(text: str, listed: tuple[Word, ...]) -> tuple[Asked, frozenset[str]]:
    lower = [word.text.lower() for word in listed]
    if not lower:
        return "open", frozenset()
    at = next((place for place, word in enumerate(lower) if word in _QUESTION_WORDS), None)
    if lower[0] in _AUXILIARY:
        choice = " or " in f" {text.lower()} " and not text.lower().rstrip(" ?").endswith("or not")
        return ("choice" if choice else "yes-no"), frozenset()
    if at is None:
        focus = _noun_phrase(listed, 0)
        return _from_nouns(focus, "open"), focus
    word, following = lower[at], lower[at + 1] if at + 1 < len(lower) else ""
    if word in ("who", "whom", "whose"):
        return "name", _noun_phrase(listed, at + 1, skip_verb=True)
    if word == "when":
        return "date", frozenset()
    if word == "where":
        return "place", frozenset()
    if word == "why":
        return "reason", frozenset()
    if word == "how":
        return _how(following, listed, at)
    if any(part.startswith("happen") for part in lower[at : at + 4]):
        return "open", frozenset()
    focus = _noun_phrase(listed, at + 1, skip_verb=True)
    asked = _from_nouns(_noun_phrase(listed, at + 1), "thing")
    if asked == "thing" and following in _AUXILIARY:
        asked = _from_nouns(focus, "thing")
        if following in ("did", "do", "does") or "happen" in focus:
            asked = "thing" if "happen" not in " ".join(lower) else "open"
    return asked, focus


_DEGREES = frozenset(
    "many much long old tall far big large high deep fast heavy wide often hot cold close late "
    "early soon strong small".split()
)
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())


def _how(following: str, listed: tuple[Word, ...], at: int) -> tuple[Asked, frozenset[str]]:
    counted = _noun_phrase(listed, at + 2)
    if following == "many":
        return "number", _noun_phrase(listed[: at + 3], at + 2)
    if following == "much":
        if counted & _SHARE_NOUNS:
            return "share", counted
        paid = {
            "cost",
            "pay",
            "paid",
            "spend",
            "spent",
            "acquir",
            "money",
            "worth",
            "earn",
            "sell",
            "sold",
            "bought",
            "buy",
            "price",
        }
        return ("money" if paid & {word.stem for word in listed} else "number"), counted
    if following == "long":
        return "duration", frozenset()
    if following in _DEGREES:
        return "number", frozenset()
    return "manner", frozenset()


def _noun_phrase(listed: tuple[Word, ...], at: int, *, skip_verb: bool = False) -> frozenset[str]:
    """Return the stems of the words after a question word up to the next verb or preposition."""
    found: list[str] = []
    for word in listed[at : at + 7]:
        lower = word.text.lower()
        if lower in _AUXILIARY and skip_verb and not found:
            continue
        if lower in ("the", "a", "an", "this", "that", "of", "s", "his", "her", "its", "their") or (
            not word.meaningful and not found and skip_verb
        ):
            continue
        if not word.meaningful:
            break
        found.append(word.stem)
    return frozenset(found)


def _from_nouns(nouns: frozenset[str], otherwise: Asked) -> Asked:
    for kind, known in (
        ("share", _SHARE_NOUNS),
        ("date", _DATE_NOUNS),
        ("money", _MONEY_NOUNS),
        ("number", _NUMBER_NOUNS),
        ("name", PERSON_NOUNS),
        ("place", _PLACE_NOUNS),
    ):
        if nouns & known:
            return kind  # type: ignore[return-value]
    if otherwise == "thing":
        return "reason" if nouns & _REASON_NOUNS else "manner" if nouns & _OPEN_NOUNS else otherwise
    return otherwise
