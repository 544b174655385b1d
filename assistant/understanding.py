"""From what was typed to what is searched: limits, follow-ups made to stand alone, filters named in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer import Query, Turn
from assistant.errors import EmptyQuestion, QuestionTooLong

LONGEST = 2_000
"""Characters of a question."""


def checked(question: str) -> str:
    """Return the question on one line.

    Raises EmptyQuestion without a letter or digit, QuestionTooLong over `LONGEST` characters.
    """
    flat = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())
    if not any(char.isalnum() for char in flat):
        shown = f" in {flat[:40]!r}" if flat else ""
        raise EmptyQuestion(f"There is no question{shown}. Ask one in words, for example: What share of the oil is imported?")
    if len(flat) > LONGEST:
        raise QuestionTooLong(f"The question has {len(flat):,} characters. Ask one of at most {LONGEST:,}.")
    return flat


def understand(
    question: str,
    turns: Sequence[Turn] = (),
    *,
    outlets: Sequence[str] = (),
    authors: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
) -> Query:
    """Return the question as it will be searched, with the filters given and those read out of it."""
    return Query(question, tuple(outlets), tuple(authors), since, until)
