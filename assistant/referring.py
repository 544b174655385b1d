"""What "the plant" or "he" of a sentence stands for: of another place, or somebody else, than what is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.antecedent import is_person
from assistant.evidence import Unit, spans
from assistant.question import Question
from assistant.synonyms import named_near, untold
from assistant.values import names
from assistant.words import content, stem
from assistant.written_dates import TIME_NAMES

_NOUN_BEHIND = re.compile(r"([’']s)? (?:([a-z-]+) )?([a-z]{3,})\b")
_NOUN_BEFORE = re.compile(r"\b([a-z]{3,}) (?:in|at|near|outside) (?:the )?$")
_THE = re.compile(r"(?:\b(?:the|this|that|its|their)|[’']s) $", re.IGNORECASE)
_HE = re.compile(r"^\W*(?:But |And )?(?:He|She)\b")


def of_another_one(question: Question, unit: Unit) -> bool:
    """Whether "the plant" of a sentence is another place's than the plant asked about, as it is last said where it is.

    "Telmo opened a plant in Harrow. The plant cost 2 billion." tells nothing of the Odense plant.
    """
    asked = [one for one in _qualified(question.text) if not named_near(one.by, content(unit.text))]
    for one in asked:
        told = [other for other in _qualified(unit.text) if other.noun == one.noun and other.place]
        own = (other for other in _qualified(unit.article.text) if other.noun == one.noun and other.place)
        if told and any(named_near(one.by, other.by) for other in own):
            return True  # the article has both, and the sentence tells of the other
        earlier = f"{unit.title}\n{unit.article.text[: unit.span.end]}"
        if named_near(one.by, content(earlier)):
            continue
        if not told and re.search(rf"\b(?:the|its|this) {one.noun}\b", unit.text, re.IGNORECASE):
            told = [other for other in _qualified(_before(unit)) if other.noun == one.noun and other.place][-1:]
        if told:
            return True
    return False


def tells_of_the_thing(question: Question, unit: Unit) -> bool:
    """Whether a sentence, what stands before it or its headline has each thing that the question tells apart by a name.

    "A year at Harrow State costs 9,400" tells of no Harrow plant.
    """
    near = content(unit.text) | content(unit.title) | content(unit.nearby())
    return not any(
        untold(stem(one.noun), near) for one in _qualified(question.text) if stem(one.noun) in question.stems
    )


def he_is_another(question: Question, unit: Unit) -> bool:
    """Whether somebody is asked about by name, and "he" of a sentence is whom alone the sentence before names."""
    asked = next(iter(question.names), None)
    if asked is None or not _HE.match(unit.text) or not _is_person(asked.text, unit):
        return False
    if re.search(rf"{re.escape(asked.text)}[’']", question.text):
        return False  # Kell's goalkeeper may be any "he"
    before = unit.context()
    opening = next(iter(names(before.text)), None) if before else None
    if before is None or opening is None or opening.start > 1 or not _is_person(opening.text, unit):
        return False
    near = content(before.text) | content(unit.text)
    return not any(named_near(name.stems, near) for name in question.names)


def _is_person(text: str, unit: Unit) -> bool:
    """Whether a name, or the whole of it in the article, has the form of a person's."""
    whole = (name.text for name in names(unit.article.text) if name.text.endswith(f" {text}"))
    return is_person(text) or any(map(is_person, whole))


class _Qualified(NamedTuple):
    """A noun, the stems of the name that tells which one is meant, and whether that is where it is."""

    noun: str
    by: frozenset[str]
    place: bool


@lru_cache(maxsize=2_000)
def _qualified(text: str) -> tuple[_Qualified, ...]:
    """Return the nouns that a text tells apart by a name: "the Odense plant", "the plant in Odense", "Kell's mayor"."""
    return tuple(_pairs(text))


def _pairs(text: str) -> Iterator[_Qualified]:
    for name in names(text):
        if name.text.lower() in TIME_NAMES:
            continue
        before, behind = _NOUN_BEFORE.search(text, 0, name.start), _NOUN_BEHIND.match(text, name.end)
        if before:
            yield _Qualified(before[1], name.stems, True)
        if behind and (behind[1] or _THE.search(text, 0, name.start)):
            yield from (_Qualified(noun, name.stems, False) for noun in behind.groups()[1:] if noun)


def _before(unit: Unit) -> str:
    listed = spans(unit.article.text)
    return " ".join(span.text for span in listed[max(0, unit.ordinal - 3) : unit.ordinal])
