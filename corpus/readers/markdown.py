"""Markdown: the words a reader would see, one line a paragraph, heading, list item or row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from corpus.article import Article, Failure
from corpus.cleaning import clean
from corpus.decoding import decode
from corpus.draft import to_article
from corpus.file import FileState, read_bytes
from corpus.front_matter import split_front_matter
from corpus.paragraphs import row_line

if TYPE_CHECKING:
    from markdown_it.token import Token

_SILENT_HTML = re.compile(
    r"<(script|style|iframe|figure|svg|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S
)
_BREAK = re.compile(r"<br\b", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MOST_BRACKETS = 5_000
"""With more, links are left as written: each bracket that opens one is followed anew, twenty deep."""


def read_markdown(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a Markdown file; raise Unreadable where it holds none."""
    front = split_front_matter(clean(decode(read_bytes(file))))
    title, body = render(front.body)
    yield to_article(front.draft(body or title or "", title=title if body else None), path=file.path)


def render(source: str) -> tuple[str | None, str]:
    """Return the title (a first-level heading before all else) and the text without any mark-up."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    if source.count("[") > _MOST_BRACKETS:
        parser.disable(["image", "link"])
    tokens = parser.parse(source)
    title: str | None = None
    blocks: list[str] = []
    cells: list[str] = []
    for position, token in enumerate(tokens):
        if token.type == "inline":
            text = _inline(token.children or [])
            opener = tokens[position - 1]
            if opener.type in {"th_open", "td_open"}:
                cells.append(text)
                continue
            if opener.type == "heading_open" and opener.tag in {"h1", "h2"} and not blocks and title is None and text:
                title = text
                continue
        elif token.type in {"fence", "code_block"}:
            text = token.content
        elif token.type == "html_block":
            text = unescape(_TAG.sub(" ", _SILENT_HTML.sub(" ", token.content)))
        elif token.type == "tr_close":
            text, cells = row_line(cells), []
        else:
            continue
        if text.strip():
            blocks.append(text.strip())
    return title, "\n\n".join(blocks)


def _inline(tokens: list[Token]) -> str:
    parts: list[str] = []
    struck = 0
    for token in tokens:
        if token.type in {"s_open", "s_close"}:
            struck += token.nesting
        elif struck:
            continue
        elif token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.match(token.content)):
            parts.append("\n")
    return "".join(parts).strip()
