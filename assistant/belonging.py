"""Where in a sentence nothing can answer a question: what stands there belongs to another name, agent or clause."""

from __future__ import annotations

from assistant.otherwise import tells_otherwise
from assistant.question import Question

Stretch = tuple[int, int]
"""Characters [start, end) of a sentence."""


def closed(question: Question, sentence: str) -> tuple[Stretch, ...]:
    """Return the stretches of a sentence in which no answer begins; all of it where it tells otherwise."""
    if tells_otherwise(question, sentence):
        return ((0, len(sentence)),)
    return ()
