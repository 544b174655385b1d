"""Takes the pictures of the page for the documents: `python -m tests.screenshots docs/images`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page

from assistant import Assistant
from assistant.settings import starter_articles
from index import NewsIndex
from tests.browsing import ask, chromium, last_turn, opened, served

SHARE = "What share of Israel's oil comes from Azerbaijan?"
SIDES = "Can Azerbaijan's territory be used against Iran?"
SHOWN = {"answer.png": SIDES, "reader.png": SHARE}
"""Whose answer a picture shows; it holds that answer as text too, by which a test sees that it is today's."""


def take(folder: Path) -> None:
    """Write the states of the page that the documents show into a folder, over a copy of the starter articles."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        articles = Path(scratch) / "articles"
        shutil.copytree(starter_articles(), articles)
        news_index = NewsIndex.open(Path(scratch) / "index")
        news_index.build(articles)
        assistant = Assistant(news_index)
        with (
            served(assistant, articles=articles, suggest=lambda: [SHARE, SIDES]) as address,
            chromium() as browser,
        ):
            with opened(browser, address) as page:
                page.wait_for_selector("#opening .question")
                ask(page, SIDES)
                last_turn(page, SIDES)
                shot(page, folder / "answer.png")
                page.locator("[data-view=shelf]").click()
                page.wait_for_selector(".shelf li")
                shot(page, folder / "articles.png")
            with opened(browser, address, color_scheme="dark") as page:
                ask(page, SHARE)
                last_turn(page, SHARE).locator(".said .fn").first.click()
                page.wait_for_selector("#reader mark.current")
                shot(page, folder / "reader.png")
        for name, question in SHOWN.items():
            label(folder / name, str(assistant.ask(question)))
        news_index.close()


def shot(page: Page, path: Path) -> None:
    """Take one picture, once the fonts are there and nothing moves."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    page.screenshot(path=path)


def label(path: Path, answer: str) -> None:
    """Put an answer into a picture as text, which nobody sees."""
    text = PngInfo()
    text.add_itxt("Answer", answer)
    with Image.open(path) as picture:
        picture.save(path, pnginfo=text, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
