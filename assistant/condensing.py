"""A follow-up question made to stand alone by a language model, unless it brings in what was not said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

from assistant.answer import Turn
from assistant.errors import ModelUnavailable, PromptTooLong
from assistant.model import Message, Model
from assistant.prompting import prompt
from assistant.values import values
from assistant.words import content


def tried(model: Model, question: str, turns: Sequence[Turn]) -> tuple[str | None, ModelUnavailable | None]:
    """Return a follow-up as the model puts it, None where it puts it in no way that can be used; and how it failed."""
    try:
        return condensed(model, question, turns), None
    except PromptTooLong:
        return None, None  # the question alone may still fit
    except ModelUnavailable as error:
        return None, error  # not asked again: who waited once for a server that hangs need not wait twice


def condensed(model: Model, question: str, turns: Sequence[Turn]) -> str | None:
    """Return a follow-up question made to stand alone by the model; None where it brings in what was not said.

    Raises ModelUnavailable, PromptTooLong.
    """
    said = "\n".join(f"Question: {turn.question}\nAnswer: {_cut(turn.answer)}" for turn in turns[-3:])
    asked = [Message("system", prompt("condense")), Message("user", f"{said}\nLast question: {question}")]
    text = ""
    with closing(model.stream(asked)) as pieces:
        for piece in pieces:
            text += piece
            if len(text) > 600 or "\n" in text.strip():
                break
    line = re.sub(
        r"^(?:rewritten |standalone |last )?question:\s*", "", text.strip().partition("\n")[0], flags=re.IGNORECASE
    )
    line = line.strip(' "“”*`')
    known = f"{question} {said}"
    stated = {value.key for value in values(known)}
    strange = [value for value in values(line) if value.key not in stated and not content(value.text) <= content(known)]
    own = content(question)
    if not line or len(line) > 400 or strange or (own and not content(line)):
        return None
    if len(content(line) - content(known)) > 2 or len(own & content(line)) < len(own) / 2:
        return None
    return line


def _cut(text: str) -> str:
    return " ".join(re.sub(r"\[\d+\]", "", text).split())[:800]
