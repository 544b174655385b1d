"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article, Failure
from corpus.cleaning import clean
from corpus.decoding import decode
from corpus.draft import to_article
from corpus.file import FileState, read_bytes
from corpus.front_matter import split_front_matter
from corpus.paragraphs import is_hard_wrapped, unwrap


def read_text(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a text file; raise Unreadable where it holds none."""
    front = split_front_matter(clean(decode(read_bytes(file))))
    lines = [line.strip() for line in front.body.split("\n")]
    body = "\n".join(unwrap(lines) if is_hard_wrapped(lines) else lines)
    yield to_article(front.draft(body), path=file.path)
