"""The door for programs that speak OpenAI's chat API: the same answers, footnotes in the text, the rest beside it.

The whole answer stands in the field `footnote` of a completion, and of the last chunk but one of a
stream. The text is sent when it is final: what was sent cannot be taken back, and an answer may be
replaced until its last sentence is checked.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.requests import Request
from starlette.responses import Response

from assistant import Assistant
from assistant.answer import Answer, Turn
from ui import words
from ui.answering import Answering, Asked, NotAnswered, unless_gone
from ui.api import EVENTS, json_response
from ui.events import EventStream, data
from ui.markup import plain
from ui.refusing import LEFT, described_refusals, error_form
from ui.request_log import note_answer, note_question
from ui.sent import MOST_TURN_CHARS, MOST_TURNS
from ui.shapes import CompletionErrorForm

MODEL, PLAIN = "footnote", "footnote-extractive"
"""The model's names: as the server was started, and the articles' own words."""

_MOST_MESSAGES = 200
_PIECE_WORDS = 12
_PIECE = re.compile(r"\S+\s*|\s+")


class Part(BaseModel):
    """A piece of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")
    type: str = Field(max_length=40)
    text: str = Field("", max_length=MOST_TURN_CHARS)


class ChatMessage(BaseModel):
    """A message of the conversation. Those of the system do not change how Footnote answers."""

    model_config = ConfigDict(extra="ignore")
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    def said(self) -> str:
        """Return its text."""
        if isinstance(self.content, str):
            return self.content
        return " ".join(part.text for part in self.content or () if part.type == "text")


class StreamOptions(BaseModel):
    """What else a stream shall hold."""

    model_config = ConfigDict(extra="ignore")
    include_usage: StrictBool = False


class Completion(BaseModel):
    """A conversation to go on with: the last message is the question. Other options of OpenAI's are passed over."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={"example": {"model": MODEL, "messages": [{"role": "user", "content": "Who met whom?"}]}},
    )
    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1, max_length=_MOST_MESSAGES)
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = 1

    def asked(self) -> Asked:
        """Return the last question with the turns before it. Raises NotAnswered where there is none."""
        last = self.messages[-1]
        if last.role != "user":
            raise NotAnswered(422, words.NO_QUESTION)
        turns: list[Turn] = []
        for message in self.messages[:-1]:
            if message.role == "user" and message.said().strip():
                turns.append(Turn(message.said()[:MOST_TURN_CHARS]))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, _unsourced(message.said())[:MOST_TURN_CHARS])
        return Asked(question=last.said(), turns=tuple(turns[-MOST_TURNS:]))


def completions(models: Mapping[str, Assistant], answering: Answering) -> APIRouter:
    """Return the routes under /v1. models: who answers, by the name that is asked."""
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=described_refusals(CompletionErrorForm))

    @router.get("/models", response_model=None)
    async def listed() -> Response:
        """List the models: `footnote`, and where a language model writes also `footnote-extractive`."""
        return json_response({"object": "list", "data": [_model(name) for name in models]})

    @router.get("/models/{name}", response_model=None)
    async def model(name: str) -> Response:
        """Return one of the models."""
        _assistant(models, name)
        return json_response(_model(name))

    @router.post("/chat/completions", response_model=None, responses={200: EVENTS})
    async def complete(sent: Completion, request: Request) -> Response:
        """Answer the last message. The text carries footnotes and sources; the field `footnote` the whole answer."""
        assistant, asked = _assistant(models, sent.model), sent.asked()
        note_question(request.scope, asked.question)
        if sent.stream:
            usage = bool(sent.stream_options and sent.stream_options.include_usage)
            return EventStream(_chunks(request, answering, assistant, asked, sent.model, usage=usage))
        answer = await unless_gone(answering.answer(assistant, asked), request.receive)
        if answer is None:
            return Response(status_code=LEFT)
        note_answer(request.scope, answer)
        message = {"role": "assistant", "content": plain(str(answer)), "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        head = _head(asked, sent.model, "chat.completion")
        return json_response({**head, "choices": [choice], "usage": _USAGE, "footnote": answer.to_dict()})

    return router


_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Clients expect it; Footnote counts no tokens."""


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "footnote"}


def _assistant(models: Mapping[str, Assistant], name: str) -> Assistant:
    if name not in models:
        raise NotAnswered(404, words.NO_SUCH_MODEL.format(name=repr(name[:100]), known=", ".join(models)))
    return models[name]


def _head(asked: Asked, model: str, kind: str) -> dict[str, Any]:
    now = time.time_ns()
    number = hashlib.sha256(f"{now}\0{asked.question}".encode("utf-8", "replace")).hexdigest()[:24]
    return {"id": f"chatcmpl-{number}", "object": kind, "created": now // 1_000_000_000, "model": model}


async def _chunks(
    request: Request, answering: Answering, assistant: Assistant, asked: Asked, model: str, *, usage: bool
) -> AsyncGenerator[str, None]:
    head = _head(asked, model, "chat.completion.chunk")
    try:
        answer = await answering.answer(assistant, asked)
    except NotAnswered as error:
        yield data(error_form(request.url.path, error.status, str(error)))
        return
    note_answer(request.scope, answer)
    for chunk in _choices(answer):
        yield data({**head, **chunk})
    if usage:
        yield data({**head, "choices": [], "usage": _USAGE})
    yield "data: [DONE]\n\n"


def _choices(answer: Answer) -> Iterator[dict[str, Any]]:
    yield {"choices": [_choice({"role": "assistant", "content": ""})]}
    for piece in _pieces(plain(str(answer))):
        yield {"choices": [_choice({"content": piece})]}
    yield {"choices": [_choice({}, end="stop")], "footnote": answer.to_dict()}


def _choice(delta: dict[str, Any], *, end: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": end, "logprobs": None}


def _pieces(text: str) -> list[str]:
    """Return the text in pieces of some words, which together are the text."""
    found = _PIECE.findall(text)
    return ["".join(found[at : at + _PIECE_WORDS]) for at in range(0, len(found), _PIECE_WORDS)]


def _unsourced(text: str) -> str:
    """Return an answer of ours without the list of its sources, which is nothing that was said."""
    return text.partition("\n\nSources\n")[0]
