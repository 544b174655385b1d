"""What could be asked next: questions whose evidence was found on the way and not shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evidence import Unit
from assistant.inquiry import Inquiry
from assistant.statements import said
from assistant.values import names, values
from assistant.words import content

MOST = 3


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
    speaker = said(unit)
    listed = [name for name in names(unit.text) if name.start > 0 or " " in name.key]
    if speaker and speaker.speaker[:1].isupper() and not speaker.speaker.startswith(("The ", "He", "She", "They")):
        about = next(
            (name for name in listed if name.text not in speaker.speaker and not set(name.key.split()) <= asked), None
        )
        if about:
            yield " ".join(sorted(content(speaker.speaker))), f"What did {speaker.speaker} say about {about.text}?"
    year = next((value.text for value in values(unit.text) if value.kind == "date" and value.key.isdigit()), None)
    subject = next((name for name in listed if len(name.text) > 3 and not set(name.key.split()) & asked), None)
    if subject and year and year not in asked:
        yield subject.key, f"What happened to {subject.text} in {year}?"
    if subject:
        yield subject.key, f"What do the articles say about {subject.text}?"
