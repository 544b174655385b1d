"""The articles' own words beside an answer that a model wrote: the same question, answered without the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant import Answer, Assistant
from assistant.answer import EXTRACTIVE
from assistant.errors import BadQuestion
from ui.render import answer_html
from ui.sent import filters_from


def plainly(answer: Answer) -> Mapping[str, Any] | None:
    """Return what the page sends to have an answer of a model in the articles' own words; None for any other."""
    if answer.kind != "answer" or answer.writer == EXTRACTIVE:
        return None
    query = answer.query
    return {
        "question": query.text,
        "outlet": list(query.outlets),
        "author": list(query.authors),
        "since": query.since.isoformat() if query.since else None,
        "until": query.until.isoformat() if query.until else None,
    }


def own_words_html(assistant: Assistant, sent: object) -> str:
    """Return the answer to what `plainly` gave, as HTML.

    assistant: one without a model. Raises BadQuestion where it has another shape, and what asking raises.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("question"), str):
        raise BadQuestion("Send the question of an answer, with its outlets, authors and dates.")
    return answer_html(assistant.ask(sent["question"], **filters_from(sent)))
