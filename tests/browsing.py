"""A real server and a real Chromium for the tests of the page."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ui.server import create_app, server_config

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def served(assistant: Any, **options: Any) -> Iterator[str]:
    """Serve the page over an assistant; the value is its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = create_app(assistant, **{"suggest": tuple, **options})
    server = uvicorn.Server(server_config(app, limits=options.get("limits")))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium. Its first context has a profile on disk, so that it compiles Gradio's files only once."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=_QUIET, viewport={"width": 1280, "height": 800}
        )
        assert context.browser is not None
        yield context.browser
        context.close()


@contextmanager
def opened(browser: Browser, address: str, **context: Any) -> Iterator[Page]:
    """Open the page in a browser that has never seen Footnote; see `watched`."""
    with watched(browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **context}), address) as page:
        visit(page, address)
        yield page
        page.context.close()


@contextmanager
def watched(context: BrowserContext, address: str) -> Iterator[Page]:
    """Open a tab; fail in the end if it asked another host for anything, or if a script of it broke."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    foreign: list[str] = []
    broken: list[str] = []
    own = (address, "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else foreign.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("dialog", lambda dialog: broken.append(dialog.message))
    yield page
    page.close()
    assert foreign == []
    assert broken == []


def visit(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("body.ready")


def ask(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")


def stop(page: Page) -> None:
    """Press stop, and wait until the server has heard of it."""
    with page.expect_response("**/gradio_api/run/**"):
        page.locator("[data-act=halt]").click()


def last_turn(page: Page, question: str) -> Any:
    """Return the last turn, once it is the one of this question and answered."""
    turn = page.locator(".turn").last
    expect(turn.locator(".asked")).to_have_text(question)
    expect(turn.locator(".actions")).to_be_visible()
    return turn


def serious_violations(page: Page) -> list[str]:
    """Return what axe-core finds seriously wrong for people who do not see, or do not use a mouse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
