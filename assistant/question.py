"""A question taken apart: what it asks for, the words that matter, its names and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.amounts import AMOUNTS, ValueKind
from assistant.asked import ANY_ASKER, CALLED, DEGREES, LIGHT, Asked, asked_for
from assistant.nouns import MEASURES
from assistant.synonyms import with_synonyms
from assistant.values import Value, names, values
from assistant.words import STOPWORDS, Word, stems_of, words

_TOLD = re.compile(
    r"\b(?:what|how) (?:did|does|do|has|have|had|was|were|is)\b.*\b(?:say|said|think|thinks"
    r"|testify|comment|respond|react|argue|claim|tell|describe|explain|warn|about|call (?:a|an|the))\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\bhow much\b", re.IGNORECASE)
_WHERE = re.compile(r"^\W*where\b", re.IGNORECASE)
_SPANS = stems_of("second minute hour day week month year decade century")
_WH = re.compile(rf"\b{ANY_ASKER}\b", re.IGNORECASE)
_KINDS: dict[Asked, tuple[ValueKind, ...]] = {
    "name": ("name",),
    "place": ("name",),
    "date": ("date",),
    "number": AMOUNTS,
    "share": ("share",),
    "money": ("money",),
    "duration": ("duration", "date"),
}
_POLITE = re.compile(
    r"^\W*(?:(?:please|(?:can|could|would|will) you)(?: please| kindly)? (?:tell|say|explain|inform)"
    r"(?: (?:me|us|to me))?|do you know|i(?: would|['’]d)? (?:want|like) to know|tell me),? "
    rf"(?={ANY_ASKER}\b)",
    re.IGNORECASE,
)
"""What stands before a question for the sake of manners."""
_SHORTENING = r"(?P<asker>who|what|where|when|why|how|which)"
_HAVING = r"(?:been|won|got|gone|done|happened|become|had|made|left|died|come)\b"
"""Participles before which "'s" is "has"."""
_SLIPS = {
    "what": "waht whta wath",
    "which": "wich whcih whihc",
    "when": "wehn hwen whne",
    "where": "wehre wher whre",
    "who": "woh owh",
    "why": "wyh hwy",
    "how": "hwo",
}
_MEANT = {slip: meant for meant, slips in _SLIPS.items() for slip in slips.split()}
_SLIP = re.compile(rf"^(?:{'|'.join(_MEANT)})\b", re.IGNORECASE)
_MANY = re.compile(r"\b(how) m(?:anny|nay|ayn|ny)\b", re.IGNORECASE)
"""Slips that are no words, in the few words on which it hangs what is asked for."""
_FULL = {"s": "is", "re": "are", "ll": "will", "ve": "have", "d": "would"}
_SHORT = re.compile(rf"\b{_SHORTENING}[’'](?P<verb>s|re|ll|ve|d)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)
_SHORT_UNMARKED = re.compile(rf"^\W*{_SHORTENING}(?P<verb>s)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """A question taken apart. text: as it was put, but with its shortened verbs in full, and without "Can you tell me".

    asked: the kind of answer. focus: the stems of what is asked for ("share", "oil"), may be empty.
    terms: the words that matter, in order, each stem once. names, numbers: values the question itself states.
    stems: of all its terms.
    """

    text: str
    asked: Asked
    focus: frozenset[str]
    terms: tuple[Word, ...]
    names: tuple[Value, ...]
    numbers: tuple[Value, ...]
    stems: frozenset[str]

    @property
    def person(self) -> bool:
        """Whether a person is asked for."""
        return self.asked == "name"

    @property
    def closed(self) -> bool:
        """Whether yes or no, or one of what it names, is asked for."""
        return self.asked in ("yes-no", "choice")

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The stems of what is asked for, and of what may stand for them."""
        return with_synonyms(self.focus)

    @cached_property
    def measures(self) -> frozenset[str]:
        """The stems that only name the kind of answer ("share", "year", "country"); articles need not use them."""
        return self.focus & MEASURES.get(self.asked, frozenset()) | (self.stems & LIGHT)

    @cached_property
    def name_stems(self) -> list[frozenset[str]]:
        """The stems of each of its names."""
        return [name.stems for name in self.names]

    @cached_property
    def named(self) -> frozenset[str]:
        """The stems of all its names."""
        return frozenset[str]().union(*self.name_stems)

    @cached_property
    def identity(self) -> bool:
        """Whether it asks who or what a named one is, so that the name itself is no answer."""
        wanted = ("name", "thing") if _WHERE.match(self.text) else ("name", "thing", "place")
        return self.asked in wanted and bool(self.names) and self.stems <= self.named

    @cached_property
    def called(self) -> bool:
        """Whether it asks what somebody or something is called."""
        return bool(CALLED.search(self.text))

    @cached_property
    def told(self) -> bool:
        """Whether it asks what somebody said, which no few words can answer."""
        return bool(_TOLD.search(self.text))

    @cached_property
    def kinds(self) -> tuple[ValueKind, ...]:
        """The kinds of value that can be its short answer; empty where none can."""
        if self.asked == "number" and _HOW_MANY.search(self.text):  # "how many people" is not "50 years"
            return ("number", "share", *(("duration",) if self.focus & _SPANS else ()))
        if self.asked == "number" and _HOW_MUCH.search(self.text):
            return ("number", "share", "money")
        return _KINDS.get(self.asked, ())


@lru_cache(maxsize=1_000)
def analyse(text: str) -> Question:
    """Take `text` apart; lower case and capitals are both read."""
    text = _POLITE.sub("", written_out(text))
    cased = text.lower() if shouted(text) else text
    listed = words(cased)
    asked, focus = asked_for(cased, listed)
    opening = next((match.start() for match in _WH.finditer(cased) if match[0] != "WHO"), -1)
    found = tuple(name for name in names(cased) if not (name.start == opening or not words(name.text)[0].meaningful))
    # A lone capital at the start of a question is the case of a sentence, not of a name ("Name the …").
    found = tuple(name for name in found if not (name.start == 0 and " " not in name.key and _common_opening(listed)))
    measures = {
        at + 1
        for at, word in enumerate(listed[:-1])
        if word.text.lower() == "how" and listed[at + 1].text.lower() in DEGREES
    }
    bearing = [word for at, word in enumerate(listed) if word.meaningful and at not in measures]
    terms = tuple({word.stem: word for word in reversed(bearing)}.values())[::-1]
    stated = tuple(value for value in values(cased) if value.kind != "name")
    return Question(text, asked, focus, terms, found, stated, frozenset(word.stem for word in terms))


def written_out(question: str) -> str:
    """Return a question that opens with a shortened verb with the verb in full: "What is" for "What's" and "whats"."""
    question = _MANY.sub(r"\1 many", _SLIP.sub(_put_right, question))
    return _SHORT_UNMARKED.sub(_verb_in_full, _SHORT.sub(_verb_in_full, question))


def _put_right(found: re.Match[str]) -> str:
    meant = _MEANT[found[0].lower()]
    return meant.capitalize() if found[0][:1].isupper() else meant


def _verb_in_full(found: re.Match[str]) -> str:
    verb = "has" if found["having"] and found["verb"].lower() == "s" else _FULL[found["verb"].lower()]
    return f"{found[0][: found.end('asker') - found.start()]} {verb}"


def shouted(text: str) -> bool:
    """Whether a question is typed in capitals throughout."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 12 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _common_opening(listed: tuple[Word, ...]) -> bool:
    first = listed[0].text.lower() if listed else ""
    return (
        first
        in ("name", "list", "tell", "give", "describe", "explain", "summarise", "summarize", "compare", "find", "show")
        or first in STOPWORDS
    )
