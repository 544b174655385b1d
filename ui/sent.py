"""What a browser sends of a conversation, read: it may send anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.answer import Turn
from assistant.errors import BadQuestion
from ui import words

REMEMBERED_TURNS = 20
REMEMBERED_CHARS = 20_000


def turns_from(past: object) -> tuple[Turn, ...]:
    """Read the turns, a list of {question, text}. What has another shape is left out."""
    turns = []
    for item in past if isinstance(past, list) else []:
        if isinstance(item, Mapping):
            question, text = item.get("question"), item.get("text")
            if isinstance(question, str) and isinstance(text, str) and question.strip():
                turns.append(Turn(question[:REMEMBERED_CHARS], text[:REMEMBERED_CHARS]))
    return tuple(turns[-REMEMBERED_TURNS:])


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
