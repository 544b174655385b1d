"""The web server: one FastAPI app with the Gradio page mounted in it, and the guards around both."""

from __future__ import annotations

import html
import json
import logging
import os
import socket
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.file import DOCUMENT_LIMIT_BYTES
from index.errors import ArticleMissing
from ui import words
from ui.errors import NotKept, PortTaken
from ui.feedback import keep, rating_from
from ui.keeping import Keeper
from ui.reader import reader_html, spans_from
from ui.suggesting import FirstQuestions

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant import Assistant

logger = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
"""The only names this server answers to: a page elsewhere whose name is made to lead here gets nothing."""

# Gradio builds its interface with inline scripts and compiles templates, so both 'unsafe-' words
# are needed. Nothing else than this server can be reached from the page, whatever gets into it.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'none'; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_MOST_FEEDBACK_BYTES = 500_000
_SANDBOX = (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'")


class GuardHeaders:
    """ASGI middleware: puts the guards' headers on every response, in place of any the app has set."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        # What was uploaded is handed out again by Gradio, a page among it as a page.
        uploaded = "/file=" in scope["path"]
        headers = (
            ((b"content-security-policy", b"sandbox; default-src 'none'"), *_HEADERS[1:]) if uploaded else _HEADERS
        )

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in headers}
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
                message = {**message, "headers": [*kept, *headers]}
            await send(message)

        await self._app(scope, receive, guarded)


def create_app(
    assistant: Assistant,
    *,
    articles: Path | None = None,
    feedback: Path | None = None,
    suggest: Callable[[], Sequence[str]] | None = None,
    hosts: Sequence[str] = LOOPBACK,
) -> FastAPI:
    """Return the app over one assistant.

    articles: the folder whose articles the page may change, never the starter articles; None: they
    are only read. feedback: where ratings are kept; None: in the index directory. suggest: gives up
    to three questions to begin with; None: the assistant is asked for some. hosts: the names that
    the server answers to.
    """
    # Gradio reads this once, when it is imported, and otherwise tells its makers of every start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from ui.page import build_page, page_head

    keeper, note = _keeper(assistant, articles)
    app = FastAPI(title=words.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    _add_reader(app, assistant)
    _add_files(app)
    _add_feedback(app, feedback or Path(assistant.news_index.path) / "feedback.jsonl")
    gr.mount_gradio_app(
        app,
        build_page(assistant, keeper=keeper, keeping_note=note, suggest=suggest or FirstQuestions(assistant)).queue(
            max_size=64, default_concurrency_limit=4, api_open=False
        ),
        path="/",
        head=page_head(),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        max_file_size=DOCUMENT_LIMIT_BYTES,
        show_error=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(GuardHeaders)
    return app


def _keeper(assistant: Assistant, articles: Path | None) -> tuple[Keeper | None, str]:
    from assistant.settings import starter_articles
    from corpus.fetch import fetch

    if articles is None:
        return None, words.READ_ONLY
    if articles == starter_articles():
        return None, words.STARTER_ARTICLES
    return Keeper(assistant.news_index, articles, fetch=fetch), ""


def _add_reader(app: FastAPI, assistant: Assistant) -> None:
    from starlette.responses import HTMLResponse

    @app.get("/reader/{article_id}", response_class=HTMLResponse)
    def read(article_id: str, cite: str = "", at: str = "") -> HTMLResponse:
        """Return a whole small page, so that a footnote can also be opened in a tab of its own."""
        try:
            article = assistant.news_index.article(article_id)
        except ArticleMissing:
            return HTMLResponse(_alone(f'<p class="said">{words.READER_MISSING}</p>', words.READER), status_code=404)
        current = next(iter(spans_from(at)), None)
        return HTMLResponse(_alone(reader_html(article, spans_from(cite), at=current), words.READER))


def _add_feedback(app: FastAPI, path: Path) -> None:
    from starlette.requests import Request
    from starlette.responses import JSONResponse

    async def rated(request: Request) -> JSONResponse:
        # A page elsewhere can only send JSON after asking first, and is not answered then.
        if request.headers.get("content-type", "").split(";")[0] != "application/json":
            return JSONResponse({"error": "Send JSON."}, status_code=415)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MOST_FEEDBACK_BYTES:
                return JSONResponse({"error": "That is more than a rating."}, status_code=413)
        try:
            keep(rating_from(json.loads(body)), path)
        except (ValueError, RecursionError, NotKept) as error:
            return JSONResponse({"error": str(error)}, status_code=422)
        return JSONResponse({"kept": True})

    app.add_route("/feedback", rated, methods=["POST"])


def _alone(body: str, title: str) -> str:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)} · {words.NAME}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="/footnote.css"><body class="alone"><main>{body}</main></body></html>'
    )


def _add_files(app: FastAPI) -> None:
    from starlette.responses import Response

    from ui.page import shipped

    kept = {"cache-control": "no-cache"}

    @app.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/footnote.css")
    def style() -> Response:
        return Response(shipped("page.css"), media_type="text/css", headers=kept)

    @app.get("/footnote.js")
    def script() -> Response:
        return Response(shipped("page.js"), media_type="text/javascript", headers=kept)


def serve(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    articles: Path | None = None,
    suggest: Callable[[], Sequence[str]] | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the page until interrupted.

    port: 0 takes a free one. articles, suggest: as `create_app` takes them. announce: told the
    address once the page can be opened. Raises PortTaken before anything heavy is loaded.
    """
    listening = _listen(host, port)
    try:
        import uvicorn

        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}"
        app = create_app(assistant, articles=articles, suggest=suggest, hosts=(*LOOPBACK, host))

        class Announced(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                announce(address)
                if open_browser:
                    webbrowser.open(address)

        with suppress(KeyboardInterrupt):
            Announced(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2)).run(
                sockets=[listening]
            )
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        other = port + 1 if port < 65535 else 7860
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({error.strerror or error}). "
            f"Choose another port with: footnote chat --port {other}"
        ) from error
    return listening
