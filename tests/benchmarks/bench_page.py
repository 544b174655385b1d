"""How long a reader waits in a real Chromium: for a page that can be typed into, and for the first text of an answer.

The index holds all texts of the HippoRAG files, about 10,000 passages; each question is one of theirs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.benchmarks.bench_start import COMMAND
from tests.benchmarks.passages import SETS, as_articles, corpus, hipporag, questions
from tests.browsing import chromium

LOADS = 9
QUESTIONS = 40
# The clock is the page's own: its zero is the moment at which the browser was sent to the page.
_WATCH = """
    window.seen = {};
    const note = (name) => { seen[name] ??= performance.now(); };
    new MutationObserver(() => {
        const box = document.querySelector('#question textarea');
        if (box && document.activeElement === box && document.body.classList.contains('ready')) note('usable');
        const turn = seen.asked && document.querySelectorAll('.turn')[seen.before];
        if (turn?.querySelector('.reply .said, .reply .short')) note('answered');
    }).observe(document, {subtree: true, childList: true, attributes: true});
    document.addEventListener('focusin', () => document.body?.classList.contains('ready') && note('usable'));
    document.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        window.seen = {asked: performance.now(), before: document.querySelectorAll('.turn').length};
    }, true);
"""


def run(shared: Path, cache: Path | None = None) -> None:
    """Print medians and worst of the page's loads and of the answers, in milliseconds."""
    folder = hipporag(shared)
    with tempfile.TemporaryDirectory() as passing:
        place = cache or Path(passing)
        articles = place / "large-articles"
        if not articles.is_dir():
            as_articles([passage for name in SETS for passage in corpus(folder, name)], articles)
        at = ["--articles", str(articles), "--index", str(place / "large")]
        if not (place / "large").is_dir():
            subprocess.run([*COMMAND, "index", *at], check=True, capture_output=True)
        asked = [question.text for name in SETS for question in questions(folder, name)]
        asked = asked[:: max(1, len(asked) // QUESTIONS)][:QUESTIONS]
        with _chat(at) as address, chromium() as browser:
            urllib.request.urlopen(address, timeout=30).read()
            print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors\n")
            print("| the page | median ms | worst ms | of |\n|---|---|---|---|")
            fresh = [_until_usable(browser, address) for _ in range(LOADS)]
            print(_row("usable, a browser that has never seen it", [cold for cold, _ in fresh]))
            print(_row("usable, opened again", [warm for _, warm in fresh]))
            print(_row("first answer text after Enter", list(_until_answered(browser, address, asked))))


def _until_usable(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(_WATCH)
    times = []
    for _ in range(2):
        page = context.new_page()
        page.goto(address)
        times.append(_moment(page, "usable"))
        page.close()
    context.close()
    return times[0], times[1]


def _until_answered(browser: Browser, address: str, asked: Sequence[str]) -> Iterator[float]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(address)
    _moment(page, "usable")
    for number, question in enumerate(asked):
        box = page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        spent = _moment(page, "answered") - _moment(page, "asked")
        page.wait_for_selector(".turn:last-child .actions")
        if number >= 3:  # the first ones bring the encoder and the pages of the index into memory
            yield spent
    context.close()


def _moment(page: Page, name: str) -> float:
    return float(page.wait_for_function("name => window.seen[name]", arg=name).json_value())


def _row(name: str, times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"| {name} | {ordered[len(ordered) // 2]:.0f} | {ordered[-1]:.0f} | {len(ordered)} |"


@contextmanager
def _chat(at: Sequence[str]) -> Iterator[str]:
    command = [*COMMAND, "chat", "--port", "0", "--no-watch", "--no-update", *at]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            for line in server.stderr or ():
                if "http://" in line:
                    yield line[line.index("http://") :].split()[0]
                    return
            sys.exit("The chat did not start.")
        finally:
            server.terminate()
