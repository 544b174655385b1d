"""Every test runs offline, with a home of its own and none of the developer's settings.

Tests of the page in a browser bring a fixture `address` of module scope; browser, context and page stand here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("slow", settings.get_profile("house"), max_examples=600)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the developer's settings and indexes out of the tests; the encoder's graph may stay where it is."""
    for name in list(os.environ):
        if name.startswith("FOOTNOTE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture
def shared() -> Path:
    """The public question sets and messy pages beside the checkout; what wants them skips where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: no public question sets or messy pages to test on")
    return SHARED


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def context(browser: Browser) -> BrowserContext:
    """A browser that remembers Gradio's files, so that each test need not load them again."""
    return browser.new_context(viewport={"width": 1280, "height": 800})


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page in a tab of its own, in a browser that keeps no conversation from one test to the next."""
    from tests.browsing import visit, watched

    with watched(context, address) as page:
        visit(page, address)
        yield page
        page.evaluate("localStorage.clear()")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills 200` is the long version of the kill test."""
    parser.addoption("--kills", type=int, default=20, help="how often a build is killed at a random moment (20)")
