"""The web server: one FastAPI app with the Gradio page mounted in it, started and stopped."""

from __future__ import annotations

import errno
import math
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import Assistant
from assistant.settings import starter_articles
from corpus.fetch import fetch as fetch_public
from corpus.file import DOCUMENT_LIMIT_BYTES
from ui import words
from ui.callers import LOOPBACK
from ui.errors import NoSuchHost, PortTaken
from ui.frontend import Announced, needed
from ui.gate import ByRole
from ui.guards import Log, guard
from ui.keeping import Fetch, Keeper
from ui.limits import Limits
from ui.routes import routes
from ui.shipped import SCRIPT, STYLE, page_head
from ui.shipped import address as shipped_at
from ui.suggesting import FirstQuestions
from ui.tokens import Tokens
from ui.uploads import uploads_folder
from ui.working import Works

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI

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
    tokens: Tokens | None = None,
    limits: Limits | None = None,
    log: Log = "none",
) -> FastAPI:
    """Return the app over one assistant.

    articles: the folder whose articles the page may change, never the starter articles; None: they
    are only read. feedback: where ratings are kept; None: in the index directory. suggest: gives up
    to three questions to begin with; None: the assistant is asked for some. fetch: brings articles
    from addresses; None: from public ones. hosts: the names that the server answers to. tokens: who
    is let in, and who of them may change the articles; None: everybody who reaches it may. limits:
    None: the usual ones. log: what is written of each request.
    """
    # Gradio reads these when it is imported: else it tells its makers of every start, and shares a folder with others.
    # Whatever they were: what is old in the folder of uploads is removed, so that no other will do.
    uploads = uploads_folder()
    os.environ.update(GRADIO_ANALYTICS_ENABLED="False", GRADIO_TEMP_DIR=str(uploads))
    from fastapi import FastAPI

    from ui.doors import open_doors
    from ui.page import FIRST_KINDS, build_page

    rated = feedback or Path(assistant.news_index.path) / "feedback.jsonl"
    plain = Assistant(assistant.news_index) if assistant.model else assistant
    works = Works()
    first = suggest or FirstQuestions(plain, busy=works.any)
    keeper = _keeper(assistant, articles, fetch)
    page = build_page(assistant, keeper=keeper, suggest=first, works=works, leave=tokens is not None)
    app = FastAPI(title=words.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.extend(routes(plain, rated))
    limits = limits or Limits()
    open_doors(app, assistant, plain, limits=limits, locked=tokens is not None)
    if tokens is None or keeper is None:
        _mount(page, app)
    else:
        # What a reader may not do is not in the page that a reader gets.
        reading = build_page(assistant, keeper=None, suggest=first, works=works, leave=True)
        keepers, readers = (_mount(one, FastAPI(openapi_url=None)) for one in (page, reading))
        app.router.lifespan_context = _together(keepers, readers)
        app.mount("/", ByRole(keepers=keepers, readers=readers))
    own = [f"/theme.css?v={page.theme_hash}", shipped_at(STYLE), shipped_at(SCRIPT), *FONTS]
    links = [*(f"/assets/{name}" for name in needed(FIRST_KINDS)), *own]
    app.add_middleware(Announced, links=links)
    guard(app, hosts=hosts, tokens=tokens, limits=limits, log=log, uploads=uploads)
    return app


def _mount(page: gr.Blocks, app: FastAPI) -> FastAPI:
    """Put a page into an app, and return the app."""
    import gradio as gr

    # Else it takes any file of this machine for one that was uploaded; `Inlets` stands before it all the same.
    page.has_launched = True
    mounted: FastAPI = gr.mount_gradio_app(
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
    return mounted


def _together(*apps: FastAPI) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return a lifespan in which those of other apps begin and end: nobody begins that of a mounted one."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            for app in apps:
                await running.enter_async_context(app.router.lifespan_context(app))
            yield

    return lifespan


def _keeper(assistant: Assistant, articles: Path | None, fetch: Fetch | None) -> Keeper | None:
    if articles is None or articles == starter_articles():
        return None
    return Keeper(assistant.news_index, articles, fetch=fetch or fetch_public)


def server_config(app: FastAPI, *, limits: Limits | None = None) -> uvicorn.Config:
    """Return how uvicorn serves an app: connections with times and sizes, no web sockets, and no word of itself."""
    import uvicorn

    from ui.connections import bounded

    limits = limits or Limits()
    return uvicorn.Config(
        app,
        http=bounded(limits),
        ws="none",
        h11_max_incomplete_event_size=limits.head_bytes,
        timeout_keep_alive=math.ceil(limits.idle_s),
        timeout_graceful_shutdown=2,
        log_level="error",
        access_log=False,
        server_header=False,
    )


def serve(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    articles: Path | None = None,
    names: Sequence[str] = (),
    tokens: Tokens | None = None,
    limits: Limits | None = None,
    log: Log = "none",
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the page until interrupted.

    port: 0 takes a free one. articles, tokens, limits, log: as `create_app` takes them.
    names: what it answers to besides the loopback names and the host. announce: told the address
    once the page can be opened. Raises PortTaken or NoSuchHost before anything heavy is loaded.
    """
    host = host.removeprefix("[").removesuffix("]")  # as an address of IPv6 stands before a port
    listening = _listen(host, port)
    try:
        import uvicorn

        address = f"http://{_written(host)}:{listening.getsockname()[1]}"
        hosts = (*LOOPBACK, host, *names)
        app = create_app(assistant, articles=articles, hosts=hosts, tokens=tokens, limits=limits, log=log)

        class Announcing(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                announce(address)

        with suppress(KeyboardInterrupt):
            Announcing(server_config(app, limits=limits)).run(sockets=[listening])
    finally:
        listening.close()


def _written(host: str) -> str:
    """Return a host as it stands before a port."""
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise NoSuchHost(
                f"This machine has no address {host!r} to listen on ({error.strerror or error}). "
                "Name one of its own with: footnote chat --host 127.0.0.1"
            ) from error
        other = port + 1 if port < 65535 else 7860
        raise PortTaken(
            f"Cannot listen on {_written(host)}:{port} ({error.strerror or error}). "
            f"Choose another port with: footnote chat --port {other}"
        ) from error
    return listening
