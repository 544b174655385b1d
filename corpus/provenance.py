"""The line that a fetched file carries: the address it came from, and the encoding that only its server named."""

from __future__ import annotations

import re

_LINE = re.compile(r"<!-- footnote: url=(?P<url>\S+)(?: charset=(?P<charset>\S+))? -->")


def source_comment(url: str, *, charset: str | None) -> str:
    """Return the line, to be put before a page or behind a PDF."""
    address = url.replace("--", "%2D%2D").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    encoding = f" charset={charset}" if charset and re.fullmatch(r"[\w.:-]{2,40}", charset) else ""
    return f"<!-- footnote: url={address}{encoding} -->\n"


def fetched_from(data: bytes) -> str | None:
    """Return the address in the line, wherever it stands in some bytes."""
    match = _LINE.search(data.decode("latin-1"))
    return match["url"] if match else None


def served_encoding(data: bytes) -> str | None:
    """Return the encoding in the line, wherever it stands in some bytes."""
    match = _LINE.search(data.decode("latin-1"))
    return match["charset"] if match else None


def page_fetched_from(source: str) -> str | None:
    """Return the address in the line that a page begins with; further down anybody could have written it."""
    match = _LINE.match(source.lstrip()[:5000])
    return match["url"] if match else None
