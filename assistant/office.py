"""Who holds an office: whether a sentence has somebody in the one asked for, of the body or country asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.evidence import Unit, leans, spans
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.synonyms import untold
from assistant.values import values
from assistant.words import Word, content, stem, words

_BEGINNING = 5
"""Letters by which names are compared, so that "European" is met by "Europe"."""
_SHORTEST = 4
_FACING = frozenset("against on upon with over toward towards versus about regarding".split())
"""What stands before a body that somebody faces, and is not of."""
_OF_STATES = frozenset(
    map(stem, "president minister king queen emperor pope chancellor senator prince princess ambassador".split())
)
_BESIDE_OFFICE = frozenset(map(stem, "new current now today right present still prime foreign head chief vice".split()))
"""Stems that leave an office the same one."""
_ELECTED = re.compile(r"\bmayoral\b", re.IGNORECASE)
SUPPOSED = re.compile(r"^\W*(?:(?i:if|unless|suppose|supposing)\b|(?:Should|Were|Had) (?:the |a |an )?[A-Za-z]+ )")


def asks_for_office(question: Question) -> bool:
    """Whether it asks who holds an office of somebody named, and nothing else."""
    asked = {word.stem for word in question.terms}
    bodies = _bodies(question)
    return (
        question.person and bool(bodies and asked & PERSON_NOUNS) and not asked - bodies - PERSON_NOUNS - _BESIDE_OFFICE
    )


def _bodies(question: Question) -> frozenset[str]:
    """Return the stems of the names, without an office that is written as one: "the CEO of Spotify"."""
    return question.named & {word.stem for word in question.terms} - PERSON_NOUNS


def in_office(question: Question, unit: Unit) -> bool:
    """Whether a sentence has somebody in the office asked for, of whom the question names.

    What it leaves out is taken from its headline and the sentences before.
    """
    if SUPPOSED.match(unit.text):
        return False  # who would be, not who is
    # A mayoral election has no mayor yet; the stem is the same.
    own, title = content(_ELECTED.sub("", unit.text)) - _beyond(question, unit.text), content(unit.title)
    bodies, offices = _bodies(question), {word.stem for word in question.terms} & PERSON_NOUNS
    near = own | unit.content_before() if leans(unit.text) else own
    if _of_nobody(unit.text, offices):
        near |= content(_last_naming(unit, bodies))
    if title <= bodies or title & offices:  # a headline of ten matters says nothing of who heads which
        near |= title
    held = not all(untold(office, own) for office in offices)
    return held and all(named_near([part], near) for part in bodies)


def _of_nobody(text: str, offices: Collection[str]) -> bool:
    """Whether an office stands without whose it is, and so is that of whom the sentences before named."""
    listed = words(text)
    for at, word in enumerate(listed):
        if not untold(word.stem, offices):
            before = next((one for one in reversed(listed[:at]) if one.stem not in _BESIDE_OFFICE), None)
            owning = before is not None and before.text.endswith(("'s", "’s"))
            owned = owning or (before is not None and before.capital and before.meaningful)
            after = [one.text.lower() for one in listed[at + 1 : at + 2]]
            led = not at or listed[at - 1].capital  # "President Moss", of whichever state
            if not owned and after not in (["of"], ["at"], ["for"], ["to"]) and not (led and word.stem in _OF_STATES):
                return True
    return False


def _last_naming(unit: Unit, bodies: Collection[str]) -> str:
    """Return the last sentence of the passage before this one that names a body, or anybody; empty where none does."""
    passage = unit.hit.passage
    before = [span for span in spans(unit.article.text) if passage.start <= span.start < unit.span.start]
    for span in reversed(before):
        named = any(value.kind == "name" for value in values(span.text))  # and "Tuesday" is none
        if span.quotable and (named or any(named_near([part], content(span.text)) for part in bodies)):
            return span.text
    return ""


def _beyond(question: Question, text: str) -> frozenset[str]:
    """Return the stems of the bodies that a sentence names only as something else than where somebody is in office.

    "President Moss ruled out a war on Ostria" and "the Ostrian problem" tell of no president of Ostria.
    """
    listed, offices = words(text), {word.stem for word in question.terms} & PERSON_NOUNS
    found: dict[str, bool] = {}
    for at, word in enumerate(listed):
        body = next((part for part in _bodies(question) if named_near([part], [word.stem])), "")
        if body:
            before = [one.text.lower() for one in listed[max(0, at - 2) : at] if one.text.lower() != "the"]
            facing = bool(before) and before[-1] in _FACING
            owning = word.stem != body or word.text.endswith(("'s", "’s"))
            found[word.stem] = found.get(word.stem, True) and (facing or (owning and _of_a_thing(listed, at, offices)))
    return frozenset(stem for stem, other in found.items() if other)


def _of_a_thing(listed: Sequence[Word], at: int, offices: Collection[str]) -> bool:
    """Whether neither a name nor an office follows a word: "Ostrian problem", not "Ostrian foreign minister"."""
    for word in listed[at + 1 : at + 5]:
        if word.capital or word.stem in offices:
            return False
        if not word.meaningful:
            break
    return True


def named_near(parts: Sequence[str], near: Collection[str]) -> bool:
    """Whether any of these stems, or one that begins alike ("Israeli", "Israel"), is among others."""
    return any(part[:_BEGINNING] == one[:_BEGINNING] or _begins(part, one) for part in parts for one in near)


def _begins(one: str, other: str) -> bool:
    """Whether one stem begins with the other: that of "Israeli" is shorter than that of "Israel"."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and longer.startswith(shorter)
