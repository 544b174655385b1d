"""Every test runs offline, with a home of its own and none of the developer's settings.

Tests of the page in a browser bring a fixture `address` of module scope; browser, context and page stand here, as do
a Chroma server and what tests with recordings share. A test that needs a browser or a server's process is slow.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from index.minilm import MiniLM
    from tests.chroma import Chroma

_SLOW_FILE = re.compile(r"^pytestmark = \[?\s*pytest\.mark\.slow\b", re.MULTILINE)
SHARED = Path(__file__).resolve().parents[2] / "shared"

# The libraries are many small objects that stay: by its usual numbers the collector takes a fifth of all the time.
gc.set_threshold(5_000, 20, 20)

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("slow", settings.get_profile("house"), max_examples=600)
settings.register_profile("fast", settings.get_profile("house"), max_examples=15)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Places for homes, which few tests need: they are named here, and made by who writes there."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(scope="session", autouse=True)
def no_developer(homes: Iterator[Path]) -> Iterator[None]:
    """Keep the developer's settings and home out of what fixtures of module scope do, before any test begins."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("FOOTNOTE_"):
                patch.delenv(name)
        patch.setenv("XDG_DATA_HOME", str(next(homes)))
        yield


@pytest.fixture(autouse=True)
def own_home(no_developer: None, monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> None:
    """Give each test a home of its own, and so its indexes; the encoder's graph may stay where it is."""
    monkeypatch.setenv("XDG_DATA_HOME", str(next(homes)))


@pytest.fixture(scope="session")
def minilm() -> MiniLM:
    """The bundled encoder, of which every test of a process may have the same one."""
    from index.minilm import MiniLM

    return MiniLM()


@pytest.fixture
def loaded_once(minilm: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that are typed in this process find the bundled encoder already loaded."""
    import index.encoder

    named = index.encoder.named_encoder
    monkeypatch.setattr(
        "index.encoder.named_encoder", lambda name, **how: minilm if name == "minilm" else named(name, **how)
    )


@pytest.fixture(scope="session")
def messy() -> Path:
    """Files that nobody made for us, beside the checkout; what wants them skips where they are absent."""
    return _beside_the_checkout("messy")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The two original texts, beside the checkout; what wants them skips where they are absent."""
    return _beside_the_checkout("seeds")


def _beside_the_checkout(name: str) -> Path:
    if not (SHARED / name).is_dir():
        pytest.skip(f"../shared/{name} is not here")
    return SHARED / name


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Types a command; gives its exit status, and what it wrote on stdout and stderr."""
    from ui.cli import main

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = ended.code
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def unprivileged() -> list[str]:
    """What stands before a command that may write only what its mode allows, also where root types it."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and there is no setpriv to give that up")
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]


@pytest.fixture
def little_room() -> Callable[[int], AbstractContextManager[None]]:
    """A disk that is full, for a while, for every file from so many bytes on; the errors are the system's own."""

    @contextmanager
    def little_room(most_bytes: int) -> Iterator[None]:
        before, handled = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handled)

    return little_room


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    """A Chroma server of the module's own: its tests may stop it and empty it."""
    from tests.chroma import chroma_at

    with chroma_at(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, object]:
    """Match on the body too: else a recording would still answer after the prompt has changed."""
    return {
        "filter_headers": [("authorization", "REDACTED"), "cookie", "user-agent", "x-stainless-os", "x-stainless-arch"],
        "match_on": ["method", "host", "port", "path", "body"],
        "decode_compressed_response": True,
    }


@pytest.fixture(autouse=True)
def everything_is_played(request: pytest.FixtureRequest) -> Iterator[None]:
    """A recording that nothing asks for any more is stale."""
    recorded = request.node.get_closest_marker("vcr")
    cassette = request.getfixturevalue("vcr") if recorded else None
    yield
    if cassette is not None and request.getfixturevalue("record_mode") == "none":
        assert cassette.all_played, "there are recorded answers that the test did not ask for: make record"
        assert cassette.play_count


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.browsing import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def context(browser: Browser) -> BrowserContext:
    """A browser that remembers Gradio's files, so that each test need not load them again."""
    return browser.contexts[0]


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page in a tab of its own, in a browser that keeps no conversation from one test to the next."""
    from tests.browsing import visit, watched

    with watched(context, address) as page:
        visit(page, address)
        yield page
        page.evaluate("localStorage.clear()")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """In the fast loop, do not even import a file whose tests are all slow."""
    fast = config.getoption("markexpr") == "not slow" and collection_path.match("test_*.py")
    return True if fast and _SLOW_FILE.search(collection_path.read_text("utf-8")) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take what needs a process of somebody else's for slow, so that nobody has to think of it.

    Files with slow tests come first: the processes that share the files end at the same time.
    """
    for item in items:
        if {"browser", "chroma"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills 200 --files 100000` are the long versions of two tests."""
    parser.addoption("--kills", type=int, default=20, help="how often a build is killed at a random moment (20)")
    parser.addoption("--files", type=int, default=34_000, help="how many files a folder of tiny ones holds (34000)")
