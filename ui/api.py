"""The door for programs over HTTP: answers, passages and articles as JSON, the forms those of the command line."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from starlette.requests import Request
from starlette.responses import Response

from assistant import Assistant
from assistant.answer import Turn
from assistant.understanding import LONGEST
from corpus.article import Headline
from ui import words
from ui.answering import Answering, Asked, NotAnswered, not_answered, unless_gone
from ui.days import first_day
from ui.events import EventStream, event
from ui.refusing import LEFT, described_refusals, error_form, refusal
from ui.request_log import note_answer, note_question
from ui.searching import narrowed, searched
from ui.sent import MOST_TURN_CHARS, MOST_TURNS
from ui.shapes import AnswerForm, ArticleForm, ErrorForm, HeadlineForm, SearchForm
from ui.wire import json_text
from ui.working import At

_MOST_NAMES, _MOST_NAME_CHARS = 50, 200

Day = Annotated[
    str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="a year, a month or a day: 2023, 2023-05 …")
]
Name = Annotated[str, Field(max_length=_MOST_NAME_CHARS)]
Names = Annotated[list[Name], Field(max_length=_MOST_NAMES)]
EVENTS: dict[str, Any] = {"content": {"text/event-stream": {"schema": {"description": "server-sent events"}}}}
"""What a response is described with that may also be a stream."""


class PastTurn(BaseModel):
    """An earlier question of the conversation and the text of its answer."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(max_length=MOST_TURN_CHARS)
    answer: str = Field("", max_length=MOST_TURN_CHARS)


class Searched(BaseModel):
    """What a search takes; a parameter that it does not know is refused, as "untill" would leave all days in."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(description=f"in words, at most {LONGEST:,} characters")
    k: int = Field(10, ge=1, le=100, description="how many passages")
    outlet: Names | None = Field(None, description="may be repeated")
    author: Names | None = Field(None, description="may be repeated")
    since: Day | None = None
    until: Day | None = None


class Listed(BaseModel):
    """Which part of the list of articles is wanted."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(1000, ge=1, le=10_000, description="how many at most")
    offset: int = Field(0, ge=0, le=100_000_000, description="how many to pass over")


class Question(BaseModel):
    """What may be asked; only the question is needed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"question": "What share of Israel's oil comes from Azerbaijan?"}}
    )
    question: str = Field(description=f"in words, at most {LONGEST:,} characters")
    turns: list[PastTurn] = Field([], max_length=MOST_TURNS, description="the conversation so far, oldest first")
    outlet: Name | Names | None = Field(None, description="only articles of this outlet, or of these")
    author: Name | Names | None = Field(None, description="only articles of this author, or of these")
    since: Day | None = Field(None, description="only articles from this day on")
    until: Day | None = Field(None, description="only articles up to this day")
    today: Day | None = Field(None, description='the day that "last week" is meant from; today if left out')
    stream: StrictBool = Field(False, description="answer with server-sent events, as with Accept: text/event-stream")

    def asked(self) -> Asked:
        """Return the question for the assistant. Raises BadFilter for a day that is none."""
        return Asked(
            question=self.question,
            turns=tuple(Turn(one.question, one.answer) for one in self.turns if one.question.strip()),
            filters=narrowed(outlet=self.outlet, author=self.author, since=self.since, until=self.until),
            today=first_day(self.today),
        )


def api(assistant: Assistant, answering: Answering) -> APIRouter:
    """Return the routes under /api."""
    news_index = assistant.news_index
    router = APIRouter(prefix="/api", tags=["Footnote"])
    errors = described_refusals(ErrorForm)

    @router.post("/ask", response_model=None, responses={200: {"model": AnswerForm, **EVENTS}, **errors})
    async def ask(question: Question, request: Request) -> Response:
        """Answer a question; every sentence carries the exact words it rests on. A refusal is an answer too (200).

        As server-sent events: `stage` tells what is done and how many passages were found, `answer` is a
        whole answer that replaces the one before, then comes `done`, or `error`.
        """
        asked = question.asked()
        note_question(request.scope, asked.question)
        if question.stream or "text/event-stream" in request.headers.get("accept", ""):
            return EventStream(_events(request, answering, assistant, asked))
        answer = await unless_gone(answering.answer(assistant, asked), request.receive)
        if answer is None:
            return Response(status_code=LEFT)
        note_answer(request.scope, answer)
        return json_response(answer.to_dict())

    @router.get("/search", response_model=None, responses={200: {"model": SearchForm}, **errors})
    async def search(request: Request, sent: Annotated[Searched, Query()]) -> Response:
        """Return the passages nearest to a question, without an answer."""
        note_question(request.scope, sent.question)
        filters = narrowed(outlet=sent.outlet, author=sent.author, since=sent.since, until=sent.until)
        return json_response(await answering.found(lambda: searched(news_index, sent.question, sent.k, **filters)))

    @router.get("/articles", response_model=None, responses={200: {"model": list[HeadlineForm]}, **errors})
    async def articles(part: Annotated[Listed, Query()]) -> Response:
        """List the articles, newest first; X-Total-Count tells how many there are."""

        def look() -> tuple[list[Headline], int]:
            with news_index.pinned() as view:
                return view.articles(limit=part.limit, offset=part.offset), view.article_count()

        listed, total = await answering.found(look)
        return json_response([one.to_dict() for one in listed], headers={"x-total-count": str(total)})

    @router.get("/articles/{article_id}", response_model=None, responses={200: {"model": ArticleForm}, **errors})
    async def article(article_id: Name) -> Response:
        """Return one article with its text."""
        return json_response((await answering.found(lambda: news_index.article(article_id))).to_dict())

    return router


def json_response(what: Any, *, headers: dict[str, str] | None = None) -> Response:
    """Return JSON; half characters, of a file's name for instance, stand as escapes."""
    text = json_text(what, encoding="utf-8")
    return Response(text, media_type="application/json", headers={"cache-control": "no-store", **(headers or {})})


async def refused(request: Request, error: Exception) -> Response:
    """Return the response for a question that is not answered."""
    reason = error if isinstance(error, NotAnswered) else not_answered(error)
    return refusal(request.scope, reason.status, str(reason), retry_after_s=reason.retry_after_s)


async def invalid(request: Request, error: Any) -> Response:
    """Return the response for a request of another shape: where it differs, without the text that was sent."""
    if request.method == "POST" and "json" not in request.headers.get("content-type", ""):
        return refusal(request.scope, 415, words.SEND_JSON)
    return refusal(request.scope, 422, "; ".join(_differs(one) for one in error.errors()[:5]))


def _differs(error: dict[str, Any]) -> str:
    if error["type"] == "json_invalid":
        return words.NO_JSON.format(reason=error["ctx"]["error"], place=error["loc"][-1])
    place = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    return f"{place[:100]}: {error['msg']}"


async def _events(
    request: Request, answering: Answering, assistant: Assistant, asked: Asked
) -> AsyncGenerator[str, None]:
    try:
        async with aclosing(answering.steps(assistant, asked)) as steps:
            async for step in steps:
                if isinstance(step, At):
                    yield event("stage", {"stage": step.stage, "passages": step.passages})
                else:
                    note_answer(request.scope, step)
                    yield event("answer", step.to_dict())
            yield event("done", {})
    except NotAnswered as error:
        yield event("error", {**error_form(request.url.path, error.status, str(error)), "status": error.status})
