"""The addresses of the server that are not Gradio's: an article to read, a rating to keep, the files of the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from assistant import Assistant
from index.errors import ArticleMissing, FootnoteIndexError
from ui import words
from ui.answering import NotAnswered
from ui.errors import NotKept
from ui.feedback import keep, rating_from
from ui.frontend import asset
from ui.links import spans_from
from ui.markup import prose
from ui.own_words import own_words_html
from ui.reader import reader_html
from ui.shipped import SCRIPT, STYLE, shipped
from ui.small_page import small_page


def routes(plain: Assistant, feedback: Path) -> list[Route]:
    """Return the routes over one index. plain: answers from it without a model. feedback: keeps the ratings.

    What they raise becomes a response where errors of the doors do: `ui.doors`.
    """
    news_index = plain.news_index

    def read(request: Request) -> Response:
        cite, at, said = (request.query_params.get(name, "") for name in ("cite", "at", "said"))
        try:
            article = news_index.article(request.path_params["article_id"])
        except ArticleMissing:
            return _alone(f'<p class="said">{words.READER_MISSING}</p>', status=404)
        except FootnoteIndexError as error:
            return _alone(f'<p class="said">{prose(str(error))}</p>', status=503)
        return _alone(reader_html(article, spans_from(cite), at=next(iter(spans_from(at)), None), said=said))

    async def rate(request: Request) -> Response:
        try:
            rating = rating_from(await _sent(request))
        except NotKept as error:
            raise NotAnswered(422, str(error)) from error
        try:
            await run_in_threadpool(keep, rating, feedback)  # which reads the whole record
        except NotKept as error:
            raise NotAnswered(503, str(error)) from error
        return JSONResponse({"kept": True})

    async def say_plainly(request: Request) -> Response:
        return JSONResponse({"html": await run_in_threadpool(own_words_html, plain, await _sent(request))})

    return [
        Route("/reader/{article_id}", read),
        Route("/feedback", rate, methods=["POST"]),
        Route("/own-words", say_plainly, methods=["POST"]),
        Route("/healthz", lambda request: JSONResponse({"status": "ok"})),
        Route("/assets/{name}", asset),
        Route("/footnote.css", lambda request: _file(STYLE, "text/css")),
        Route("/footnote.js", lambda request: _file(SCRIPT, "text/javascript")),
    ]


async def _sent(request: Request) -> Any:
    """Return the JSON that a page of ours sent. Raises NotAnswered where it is something else."""
    # A page elsewhere can send JSON only after asking first, and is not answered then.
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        raise NotAnswered(415, words.SEND_JSON)
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise NotAnswered(422, str(error)) from error


def _alone(body: str, *, status: int = 200) -> HTMLResponse:
    """Return a page, so that a footnote can also be opened in a tab of its own."""
    return HTMLResponse(small_page(words.READER, body), status_code=status)


def _file(file_name: str, media_type: str) -> Response:
    return Response(shipped(file_name), media_type=media_type, headers={"cache-control": "no-cache"})
