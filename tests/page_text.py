"""Reads HTML back as a browser would show it."""

from __future__ import annotations

from html.parser import HTMLParser


class Text(HTMLParser):
    """The text, the tags and the attributes of some HTML, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(markup: str) -> Text:
    page = Text()
    page.feed(markup)
    page.close()
    return page
