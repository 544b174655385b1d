"""The sheet and the script of the page, files beside this module, and how a browser is sent for them."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files

from ui import words

STYLE, SCRIPT = "page.css", "page.js"
PARTS = ("elements.js", "stream.js", "asking.js", "conversation.js", "reader.js", SCRIPT)
"""The script's files, in order. They are sent as one, and see each other's names but nobody else does."""


@lru_cache(maxsize=2)
def shipped(file_name: str) -> str:
    """Return the text of the sheet or of the whole script."""
    if file_name == SCRIPT:
        return f'(() => {{\n"use strict";\n{"".join(map(_text, PARTS))}}})();\n'
    return _text(file_name)


def _text(file_name: str) -> str:
    return files("ui").joinpath(file_name).read_text(encoding="utf-8")


def address(file_name: str) -> str:
    """Return where a browser finds it; the address changes with the text, so that no old one is kept."""
    version = hashlib.sha256(shipped(file_name).encode()).hexdigest()[:12]
    return f"/footnote{file_name.removeprefix('page')}?{version}"


def page_head() -> str:
    """Return what goes into the page's <head>: the sheet, the script, and the words that it says."""
    spoken = json.dumps(words.SCRIPT_WORDS).replace("<", "\\u003c")
    return (
        f'<link rel="stylesheet" href="{address(STYLE)}"><script>window.footnoteWords = {spoken};</script>'
        f'<script src="{address(SCRIPT)}"></script>'
    )
