"""The articles' own words beside an answer that a model wrote: the same question, answered without the model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import BadQuestion
from ui.render import answer_html

if TYPE_CHECKING:
    from assistant import Answer, Assistant

EXTRACTIVE = "extractive"


def plainly(answer: Answer) -> Mapping[str, Any] | None:
    """Return what the page sends to have an answer of a model in the articles' own words; None for any other."""
    if answer.kind != "answer" or answer.writer == EXTRACTIVE:
        return None
    query = answer.query
    return {
        "question": query.text,
        "outlets": list(query.outlets),
        "authors": list(query.authors),
        "since": query.since.isoformat() if query.since else None,
        "until": query.until.isoformat() if query.until else None,
    }


def own_words_html(assistant: Assistant, sent: object) -> str:
    """Return the answer to what `plainly` gave, as HTML.

    assistant: one without a model. Raises BadQuestion where it has another shape, and what asking raises.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("question"), str):
        raise BadQuestion("Send the question of an answer, with its outlets, authors and dates.")
    since, until = _date(sent.get("since")), _date(sent.get("until"))
    outlets, authors = _names(sent.get("outlets")), _names(sent.get("authors"))
    return answer_html(assistant.ask(sent["question"], outlet=outlets, author=authors, since=since, until=until))


def _date(sent: object) -> date | None:
    try:
        return date.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError as error:
        raise BadQuestion(f"{sent!r} is no date. Write it as 2024-05-31.") from error


def _names(sent: object) -> list[str] | None:
    return [name for name in sent if isinstance(name, str)] or None if isinstance(sent, list) else None
