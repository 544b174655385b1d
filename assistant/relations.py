"""Who holds which role towards whom: "Israel's ambassador to Azerbaijan" is not "Azerbaijan's ambassador to Israel"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from assistant.nouns import PERSON_NOUNS
from assistant.values import names
from assistant.words import stem, words

_NAME = r"[A-Z][\w.-]*(?: (?:of |the |de |al-)?[A-Z][\w.-]*){0,4}"
_ROLE = r"[a-z][a-z-]+(?: [a-z][a-z-]+){0,2}"
_PATTERNS = (
    re.compile(
        rf"\b(?P<owner>{_NAME})[’']s? (?P<role>{_ROLE}) (?P<way>to|from|in|with|against|on|for|of|by"
        rf"|into) (?:the )?(?P<other>{_NAME})"
    ),
    re.compile(
        rf"\b(?P<role>{_ROLE}) (?:of|from) (?:the )?(?P<owner>{_NAME}) (?P<way>to|in|with|against|on"
        rf"|for|into) (?:the )?(?P<other>{_NAME})"
    ),
    re.compile(
        rf"\b(?P<role>{_ROLE}) (?P<way>to|in) (?:the )?(?P<other>{_NAME}) (?:of|from) (?:the )?(?P<owner>{_NAME})"
    ),
    re.compile(rf"\b(?P<owner>{_NAME}) (?P<role>{_ROLE}) (?P<way>to) (?:the )?(?P<other>{_NAME})"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """owner's role towards other, as stems."""

    owner: str
    role: str
    other: str


def relations(text: str) -> frozenset[Relation]:
    """Return the roles that `text` states between two names."""
    return frozenset(
        Relation(_last(match["owner"]), _last(match["role"]), _last(match["other"]))
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
    )


def objects(text: str) -> dict[str, frozenset[str]]:
    """Return, for each word before a name, the stems of the names that follow it: "visited Baku", "comes from Baku"."""
    listed = words(text)
    found: dict[str, frozenset[str]] = {}
    for name in names(text):
        before = [word for word in listed if word.end <= name.start]
        for word in reversed(before[-3:]):
            if word.meaningful:
                titled = word.stem in PERSON_NOUNS and text[word.end : name.start] == " "  # "prosecutor Edda Lund"
                if not word.capital and not titled:
                    found[word.stem] = found.get(word.stem, frozenset()) | name.stems
                break
    return found


def other_object(question: str, sentence: str, around: Container[str]) -> bool:
    """Whether the sentence tells the question's deed of another name: asked "visit Tehran", told "visited Cyprus".

    around: stems of the sentence and what stands near it; a name that occurs there may be meant after all.
    """
    told = objects(sentence)
    return any(
        verb in told and not names_asked & told[verb] and not any(stem in around for stem in names_asked)
        for verb, names_asked in objects(question).items()
    )


def contradicts(asked: Iterable[Relation], stated: Iterable[Relation]) -> bool:
    """Whether the same role is stated the other way round, and nowhere as asked."""
    asked, stated = set(asked), set(stated)
    turned = any(Relation(one.other, one.role, one.owner) in stated for one in asked)
    return turned and not asked & stated


def _last(phrase: str) -> str:
    return stem(phrase.split()[-1])
