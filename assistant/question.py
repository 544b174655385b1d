"""What a question asks for: the kind of answer, the words that matter, names, numbers, and who does what to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.amounts import ValueKind
from assistant.irregular import BASE
from assistant.nouns import KINDS, MEASURES, SHARE_NOUNS
from assistant.values import Value, names, values
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
_OPEN_NOUNS = frozenset(
    stem(noun) for noun in "occasion way manner extent circumstance purpose ground sense regard".split()
)
_REASON_NOUNS = frozenset(stem(noun) for noun in "reason cause motive".split())
_LIGHT = frozenset(
    stem(word)
    for word in "name kind type sort use call term part thing way also article report say said tell mention "
    "describe accord "
    "know refer consider give happen example main new current currently present latest exact exactly total overall "
    "actual actually".split()
)
_TOLD = re.compile(
    r"\b(?:what|how) (?:did|does|do|has|have|had|was|were|is)\b.*\b(?:say|said|think|thinks"
    r"|testify|comment|respond|react|argue|claim|tell|describe|explain|warn|about)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_WHERE = re.compile(r"^\W*where\b", re.IGNORECASE)
HOW_MUCH_IS = re.compile(r"^how much (?:is|are|was|were) (?:the|a|an|this|that|these|those|[A-Z]\w*)", re.IGNORECASE)
"""A question for a price, or for how much there is of something."""
_NOT_SOLD = frozenset(
    map(
        stem,
        "increase rise growth drop fall decline decrease gain loss change difference gap rainfall rain snow weight "
        "energy power water food oil gas population known left due worth more less of".split(),
    )
)
"""What "how much is the …?" asks no price of."""
_SPANS = frozenset(map(stem, "second minute hour day week month year decade century".split()))
_OWNED = re.compile(r"[’']s?$")
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
        return self.focus & MEASURES.get(self.asked, frozenset()) | ({word.stem for word in self.terms} & _LIGHT)

    @property
    def named(self) -> frozenset[str]:
        """The stems of its names."""
        return frozenset(part for name in self.names for part in name.key.split())

    @property
    def identity(self) -> bool:
        """Whether it asks who or what a named one is, so that the name itself is no answer."""
        wanted = ("name", "thing") if _WHERE.match(self.text) else ("name", "thing", "place")
        return self.asked in wanted and bool(self.names) and {word.stem for word in self.terms} <= self.named

    @property
    def told(self) -> bool:
        """Whether it asks what somebody said, which no few words can answer."""
        return bool(_TOLD.search(self.text))

    @property
    def kinds(self) -> tuple[ValueKind, ...]:
        """The kinds of value that can be its short answer; empty where none can."""
        if self.asked == "number" and _HOW_MANY.search(self.text):  # "how many people" is not "50 years"
            return ("number", "share", *(("duration",) if self.focus & _SPANS else ()))
        if self.asked == "number" and _HOW_MUCH.search(self.text):
            return ("number", "share", "money")
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
    return Question(text, asked, focus, terms, found, stated, person=asked == "name")


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
    at = _asking(lower)
    if lower[0] in _AUXILIARY:
        choice = " or " in f" {text.lower()} " and not text.lower().rstrip(" ?").endswith("or not")
        return ("choice" if choice else "yes-no"), frozenset()
    if at is None:
        phrase = _noun_phrase(listed, 0)
        return _from_nouns(phrase, "open"), _stems(phrase)
    word, following = lower[at], lower[at + 1] if at + 1 < len(lower) else ""
    if word in ("who", "whom", "whose"):
        return "name", _stems(_noun_phrase(listed, at + 1, skip_verb=True))
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
    phrase = _noun_phrase(listed, at + 1, skip_verb=True)
    asked = _from_nouns(_noun_phrase(listed, at + 1), "thing", direct=True)
    if asked == "thing" and following in _AUXILIARY:
        asked = _from_nouns(phrase, "thing")
        if following in ("did", "do", "does"):
            asked = "thing" if "happen" not in " ".join(lower) else "open"
    return asked, _stems(phrase)


def _asking(lower: Sequence[str]) -> int | None:
    """Return where the question word stands. "When prices rose, who paid?" asks who: a verb follows what asks when."""
    found = [place for place, word in enumerate(lower) if word in _QUESTION_WORDS]
    if len(found) > 1 and lower[found[0]] == "when" and lower[found[0] + 1] not in _AUXILIARY:
        return found[1]
    return found[0] if found else None


_DEGREES = frozenset(
    "many much long old tall far big large high deep fast heavy wide often hot cold close late "
    "early soon strong small".split()
)
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())


def _how(following: str, listed: tuple[Word, ...], at: int) -> tuple[Asked, frozenset[str]]:
    counted = _stems(_noun_phrase(listed, at + 2))
    if following == "many":
        return "number", _stems(_noun_phrase(listed[: at + 3], at + 2))
    if following == "much":
        if counted & SHARE_NOUNS:
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
        priced = HOW_MUCH_IS.search(" ".join(word.text for word in listed[at : at + 4]))
        of_money = priced and not {word.stem for word in listed} & _NOT_SOLD
        return ("money" if of_money or paid & {word.stem for word in listed} else "number"), counted
    if following == "long":
        return "duration", frozenset()
    if following in _DEGREES:
        return "number", frozenset()
    return "manner", frozenset()


def _noun_phrase(listed: tuple[Word, ...], at: int, *, skip_verb: bool = False) -> list[Word]:
    """Return the words after a question word up to the next verb or preposition."""
    found: list[Word] = []
    for word in listed[at : at + 7]:
        lower = word.text.lower()
        if lower in _AUXILIARY and skip_verb and not found:
            continue
        if lower == "that" and found:
            break
        if lower in ("the", "a", "an", "this", "that", "of", "s", "his", "her", "its", "their") or (
            not word.meaningful and not found and skip_verb
        ):
            continue
        if not word.meaningful or (found and lower in BASE and not word.capital):
            break
        found.append(word)
    return found


def _stems(phrase: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.stem for word in phrase)


def _from_nouns(phrase: Sequence[Word], otherwise: Asked, *, direct: bool = False) -> Asked:
    """Return what a noun phrase asks for: its head tells, the last noun before an "of" or the like.

    direct: it follows "what" or "which", so that a verb may come soon; its first noun that tells is then the head.
    """
    head = _before_of(phrase)
    kinds = [None if _OWNED.search(word.text) else KINDS.get(word.text.lower()) for word in head]
    if direct:
        told = next((later or kind for kind, later in zip(kinds[:2], [*kinds[1:3], None], strict=False) if kind), None)
        if told == "number" and any(word.text.lower() == "area" for word in head):
            return "place"
    else:
        told = next((kind for kind in reversed(kinds) if kind), None)
    if told:
        return told
    if otherwise == "thing":
        nouns = _stems(phrase)
        return "reason" if nouns & _REASON_NOUNS else "manner" if nouns & _OPEN_NOUNS else otherwise
    return otherwise


def _before_of(phrase: Sequence[Word]) -> Sequence[Word]:
    """Return the words up to the first gap between them; of "the name of the city", what follows the light noun."""
    parts: list[list[Word]] = []
    for word in phrase:
        if parts and word.start <= parts[-1][-1].end + 1:
            parts[-1].append(word)
        else:
            parts.append([word])
    return next((part for part in parts if any(word.stem not in _LIGHT for word in part)), [])
