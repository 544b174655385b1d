"""Plain text: one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.article import Article, Failure
from corpus.cleaning import clean
from corpus.decoding import decode
from corpus.draft import Draft, to_article
from corpus.file import FileState, read_bytes
from corpus.paragraphs import is_hard_wrapped, unwrap
from corpus.readers.front_matter import FrontMatter, split_front_matter


def read_text(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a text file; raise Unreadable where it holds none."""
    front = split_front_matter(clean(decode(read_bytes(file))))
    lines = [line.strip() for line in front.body.split("\n")]
    body = "\n".join(unwrap(lines) if is_hard_wrapped(lines) else lines)
    yield to_article(draft_of(front, body), path=file.path)


def draft_of(front: FrontMatter, body: str, *, title: str | None = None) -> Draft:
    """Return the draft of a text with front matter; title is what the body itself states."""
    fields = front.fields
    return Draft(
        text=body,
        title=fields.get("title") or title,
        outlet=fields.get("outlet"),
        author=fields.get("author"),
        dated=front.dated,
        url=fields.get("url"),
        language=fields.get("language"),
        find_title=True,
    )
