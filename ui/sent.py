"""What a browser sends of a conversation, read: it may send anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.answer import Turn
from assistant.errors import BadQuestion
from ui import words

MOST_TURNS, MOST_TURN_CHARS = 20, 20_000
"""Of a conversation, at every door: earlier turns, and characters of a question or an answer among them."""


def turns_from(past: object) -> tuple[Turn, ...]:
    """Read the turns, a list of {question, text}. What has another shape is left out."""
    turns = []
    for item in past if isinstance(past, list) else []:
        if isinstance(item, Mapping):
            question, text = item.get("question"), item.get("text")
            if isinstance(question, str) and isinstance(text, str) and question.strip():
                turns.append(Turn(question[:MOST_TURN_CHARS], text[:MOST_TURN_CHARS]))
    return tuple(turns[-MOST_TURNS:])


def filters_from(sent: object) -> dict[str, Any]:
    """Read filters {outlet, author, since, until}, empty where not set, as asking takes them; raise BadQuestion."""
    given = sent if isinstance(sent, Mapping) else {}
    return {
        **{name: _names(given.get(name)) for name in ("outlet", "author")},
        **{name: _day(given.get(name)) for name in ("since", "until")},
    }


def _names(given: object) -> tuple[str, ...] | None:
    """Return a name, or those of a list."""
    listed = given if isinstance(given, list) else [given]
    return tuple(name for name in listed if isinstance(name, str) and name) or None


def _day(written: object) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise BadQuestion(words.BAD_FILTER.format(value=str(written)[:40])) from error
