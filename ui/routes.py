"""The addresses of the server that are not Gradio's: an article to read, a rating to keep, the page's two files."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from index.errors import ArticleMissing, FootnoteIndexError
from ui import words
from ui.errors import NotKept
from ui.feedback import keep, rating_from
from ui.frontend import asset
from ui.links import spans_from
from ui.markup import prose
from ui.reader import reader_html
from ui.shipped import SCRIPT, STYLE, address, shipped

if TYPE_CHECKING:
    from index.news_index import NewsIndex

_MOST_FEEDBACK_BYTES = 500_000


def routes(news_index: NewsIndex, feedback: Path) -> list[Route]:
    """Return the routes over one index. feedback: the file that ratings are kept in."""

    def read(request: Request) -> Response:
        cite, at = (request.query_params.get(name, "") for name in ("cite", "at"))
        try:
            article = news_index.article(request.path_params["article_id"])
        except ArticleMissing:
            return _alone(f'<p class="said">{words.READER_MISSING}</p>', status=404)
        except FootnoteIndexError as error:
            return _alone(f'<p class="said">{prose(str(error))}</p>', status=503)
        return _alone(reader_html(article, spans_from(cite), at=next(iter(spans_from(at)), None)))

    async def rate(request: Request) -> Response:
        # A page elsewhere can send JSON only after asking first, and is not answered then.
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return JSONResponse({"error": "Send JSON."}, status_code=415)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MOST_FEEDBACK_BYTES:
                return JSONResponse({"error": "That is more than a rating."}, status_code=413)
        try:
            keep(rating_from(json.loads(body)), feedback)
        except (ValueError, RecursionError, NotKept) as error:
            return JSONResponse({"error": str(error)}, status_code=422)
        return JSONResponse({"kept": True})

    return [
        Route("/reader/{article_id}", read),
        Route("/feedback", rate, methods=["POST"]),
        Route("/healthz", lambda request: JSONResponse({"status": "ok"})),
        Route("/assets/{name}", asset),
        Route("/footnote.css", lambda request: _file(STYLE, "text/css")),
        Route("/footnote.js", lambda request: _file(SCRIPT, "text/javascript")),
    ]


def _alone(body: str, *, status: int = 200) -> HTMLResponse:
    """Return a whole small page, so that a footnote can also be opened in a tab of its own."""
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{words.READER} · {words.NAME}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{html.escape(address(STYLE))}">'
        f'<body class="alone"><main>{body}</main></body></html>'
    )
    return HTMLResponse(page, status_code=status)


def _file(file_name: str, media_type: str) -> Response:
    return Response(shipped(file_name), media_type=media_type, headers={"cache-control": "no-cache"})
