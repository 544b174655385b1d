"""What could be asked next: questions whose evidence was found on the way and not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import Unit
from assistant.inquiry import Inquiry
from assistant.question import PERSON_NOUNS
from assistant.statements import said
from assistant.values import Value, values
from assistant.words import content, stem

MOST = 3
_SAYING = frozenset("said says told added noted warned announced argued claimed insisted stressed stated".split())
_OFFICES = PERSON_NOUNS | {
    stem(word)
    for word in "foreign prime defense defence deputy vice interior finance state secretary minister first general "
    "chief justice education health government parliament ministry mr mrs ms dr".split()
}
_NAMED = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4}")
_ADJECTIVE = re.compile(r"(?:ish|ian|ese|ean|can|ic|an|ch|i)$")


def suggest(inquiry: Inquiry, shown: Sequence[Unit]) -> tuple[str, ...]:
    """Return up to three questions, each answered by a sentence that was found and is not in the answer."""
    places = {unit.place for unit in shown}
    asked = content(inquiry.query.text)
    rest = [item.unit for item in inquiry.scored if item.unit.place not in places]
    found: dict[str, str] = {}
    for unit in rest:
        for subject, question in _questions(unit, asked):
            if subject not in found and not any(set(subject.split()) & set(other.split()) for other in found):
                found[subject] = question
                break
        if len(found) == MOST:
            break
    return tuple(found.values())


def _questions(unit: Unit, asked: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (subject, question): what a speaker says of something, then what the articles say of a name."""
    speaker = said(unit)
    # A lone capital at the start of a sentence may be any word.
    listed = [
        name
        for name in values(unit.text)
        if name.kind == "name"
        and _telling(name)
        and not set(name.key.split()) & asked
        and (name.start > 0 or " " in name.key)
    ]
    if speaker and speaker.verb in _SAYING and _NAMED.fullmatch(speaker.speaker):
        about = next((name for name in listed if name.text not in speaker.speaker), None)
        if about:
            yield " ".join(sorted(content(speaker.speaker))), f"What did {speaker.speaker} say about {about.text}?"
    for name in sorted(listed, key=lambda name: " " not in name.key):
        yield name.key, f"What do the articles say about {name.text}?"


def _telling(name: Value) -> bool:
    """Whether a name can stand alone in a question: not an adjective, not a title, no figure in it."""
    if any(char.isdigit() for char in name.text) or name.text.isupper() or len(name.text) < 4:
        return False
    if {stem(word) for word in name.text.split()} <= _OFFICES:
        return False
    return " " in name.key or not _ADJECTIVE.search(name.text)
