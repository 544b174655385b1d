"""The web server: one FastAPI app with the Gradio page mounted in it, started and stopped."""

from __future__ import annotations

import os
import socket
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.file import DOCUMENT_LIMIT_BYTES
from ui import words
from ui.errors import PortTaken
from ui.guards import LOOPBACK, GuardHeaders
from ui.keeping import Fetch, Keeper
from ui.suggesting import FirstQuestions
from ui.working import Works

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant

FONTS = ("/static/fonts/SourceSansPro/SourceSansPro-Regular.woff2",)
"""Those of Gradio's own that the sheet asks for at once."""


def create_app(
    assistant: Assistant,
    *,
    articles: Path | None = None,
    feedback: Path | None = None,
    suggest: Callable[[], Sequence[str]] | None = None,
    fetch: Fetch | None = None,
    hosts: Sequence[str] = LOOPBACK,
) -> FastAPI:
    """Return the app over one assistant.

    articles: the folder whose articles the page may change, never the starter articles; None: they
    are only read. feedback: where ratings are kept; None: in the index directory. suggest: gives up
    to three questions to begin with; None: the assistant is asked for some. fetch: brings articles
    from addresses; None: from public ones. hosts: the names that the server answers to.
    """
    # Gradio reads this once, when it is imported, and otherwise tells its makers of every start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from assistant import Assistant
    from ui.frontend import Announced, needed
    from ui.page import FIRST_KINDS, build_page
    from ui.routes import routes
    from ui.shipped import SCRIPT, STYLE, page_head
    from ui.shipped import address as shipped_at

    rated = feedback or Path(assistant.news_index.path) / "feedback.jsonl"
    plain = Assistant(assistant.news_index) if assistant.model else assistant
    works = Works()
    page = build_page(
        assistant,
        keeper=_keeper(assistant, articles, fetch),
        suggest=suggest or FirstQuestions(plain, busy=works.any),
        works=works,
    )
    app = FastAPI(title=words.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.extend(routes(plain, rated))
    gr.mount_gradio_app(
        app,
        page.queue(max_size=64, default_concurrency_limit=4, api_open=False),
        path="/",
        head=page_head(),
        favicon_path=str(Path(__file__).with_name("favicon.svg")),
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        max_file_size=DOCUMENT_LIMIT_BYTES,
        show_error=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
    )
    own = [f"/theme.css?v={page.theme_hash}", shipped_at(STYLE), shipped_at(SCRIPT), *FONTS]
    links = [*(f"/assets/{name}" for name in needed(FIRST_KINDS)), *own]
    app.add_middleware(Announced, links=links)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(GuardHeaders)
    return app


def _keeper(assistant: Assistant, articles: Path | None, fetch: Fetch | None) -> Keeper | None:
    from assistant.settings import starter_articles
    from corpus.fetch import fetch as fetch_public

    if articles is None or articles == starter_articles():
        return None
    return Keeper(assistant.news_index, articles, fetch=fetch or fetch_public)


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
        listening.listen()
    except OSError as error:
        listening.close()
        other = port + 1 if port < 65535 else 7860
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({error.strerror or error}). "
            f"Choose another port with: footnote chat --port {other}"
        ) from error
    return listening
