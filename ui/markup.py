"""Text that others wrote, made safe for a page: the only way any of it gets into HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import urlsplit

from corpus.signs import ANNOTATIONS, DIRECTION_MARKS, FILLERS, TURNERS, ZERO_WIDTH

_DIRECTIONAL = DIRECTION_MARKS + TURNERS
_DIRECTION_MARK = re.compile(f"[{_DIRECTIONAL}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# U+200C and U+200D stay: Persian and emoji are written with them.
_INVISIBLE = re.compile(f"[{_DIRECTIONAL}{ZERO_WIDTH}{FILLERS}{ANNOTATIONS}\u180e\u2061-\u2064\u206a-\u206f]")

LABEL_LENGTH = 300
"""Characters of a title, outlet or author that are shown; what is longer ends in an ellipsis."""

SHORT_LENGTH = 40
"""Characters of an outlet that are shown where several stand in one line."""


def prose(text: str) -> str:
    """Return text as HTML whose text content is the text itself, character by character.

    Every directional control stands alone in an isolate, where it can turn nothing round. Lone
    surrogates, which no page can carry, become U+FFFD.
    """
    escaped = html.escape(_SURROGATE.sub("\ufffd", text)).replace("\r", "&#13;")
    return _DIRECTION_MARK.sub(lambda mark: f"<bdi>{mark[0]}</bdi>", escaped)


def plain(text: str) -> str:
    """Return text without controls and without characters that are not seen, for a file or a terminal."""
    visible = _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text))
    return "".join(char for char in visible if char in "\n\t" or unicodedata.category(char) != "Cc")


def label(text: str) -> str:
    """Return a title or a name on one line, without invisible characters, not yet escaped."""
    return _cut(" ".join(plain(text).split()), LABEL_LENGTH)


def name(text: str) -> str:
    """Return a title or a name as HTML, isolated from the direction of what surrounds it."""
    return f"<bdi>{html.escape(label(text))}</bdi>"


def short_name(text: str) -> str:
    """Return a name as `name` does, cut where it is longer than a few words."""
    return name(_cut(label(text), SHORT_LENGTH))


def _cut(line: str, length: int) -> str:
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def attribute(text: str) -> str:
    """Return text for the inside of a quoted attribute."""
    return html.escape(label(text))


def safe_address(url: str | None) -> str | None:
    """Return the address if a reader may be sent there: http or https with a host; None otherwise."""
    if url is None or plain(url) != url or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None
