"""The short answer: the value of the asked kind that stands best in its sentence, a span of the article's text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.evidence import Unit
from assistant.question import Question
from assistant.scoring import Rarity, typed
from assistant.words import words


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the article's text."""

    text: str
    start: int
    end: int


def short_answer(question: Question, unit: Unit, weights: Rarity) -> Span | None:
    """Return the value asked for; None where the question asks for no value or the sentence has none."""
    found = typed(question, unit.text)
    if not found:
        return None
    anchors = [word.start for word in words(unit.text) if word.stem in weights]
    best = min(found, key=lambda value: (sum(abs(value.start - at) for at in anchors), value.start))
    start = unit.span.start + best.start
    return Span(best.text, start, start + len(best.text))
