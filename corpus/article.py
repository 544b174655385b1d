"""What an article is, and where its identity comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal, get_args

from corpus.errors import BadArticle

Origin = Literal["json-ld", "meta", "feed", "front-matter", "byline", "file-name", "unknown"]
"""Where a publication date was read. Never the time of ingest."""

_ORIGINS = frozenset(get_args(Origin))


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An article without its text: what a list, a hit or a citation shows.

    `published` is None exactly when `published_origin` is "unknown". `path` is relative to the
    articles folder, with forward slashes; the articles of one file share it. `language` is an
    ISO 639-1 code where the source states it.
    """

    id: str
    title: str
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    published_origin: Origin = "unknown"
    url: str | None = None
    path: str
    language: str | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.title.strip():
            raise BadArticle(
                f"An article needs an id and a title; {self.path!r} has id {self.id!r}, title {self.title!r}."
            )
        if self.published_origin not in _ORIGINS or (self.published is None) != (self.published_origin == "unknown"):
            raise BadArticle(
                f"{self.path!r}: a date needs an origin and the other way round, "
                f"not {self.published!r} from {self.published_origin!r}."
            )

    def with_text(self, text: str, *, article_id: str | None = None) -> Article:
        """Return the article of this headline; article_id: in place of its own."""
        stated = {field.name: getattr(self, field.name) for field in fields(Headline)}
        return Article(**{**stated, "id": article_id or self.id}, text=text)

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form, in the order in which others read it: id … path, date as YYYY-MM-DD."""
        return {
            "id": self.id,
            "title": self.title,
            "outlet": self.outlet,
            "author": self.author,
            "published": self.published.isoformat() if self.published else None,
            "published_origin": self.published_origin,
            "url": self.url,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Headline):
    """A news article. All offsets anywhere in Footnote count characters of `text`.

    `text` is the body: without the headline, the byline and page furniture, and never empty.
    """

    text: str

    def __post_init__(self) -> None:
        # Named in full: a slotted dataclass is a new class, so a bare super() finds the old one.
        Headline.__post_init__(self)
        if not self.text.strip():
            raise BadArticle(f"{self.path!r} has no text.")

    @property
    def headline(self) -> Headline:
        """The article without its text."""
        return Headline(**{field.name: getattr(self, field.name) for field in fields(Headline)})

    def to_dict(self) -> dict[str, Any]:
        """Return the headline's wire form with language and text."""
        return {**Headline.to_dict(self), "language": self.language, "text": self.text}


@dataclass(frozen=True, slots=True)
class Failure:
    """One file, or one entry of a file, that could not be read; the run went on."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Interruption(Failure):
    """A file that the system did not give to its end: what else it holds is not known, and may still be there."""


def article_id(*, url: str | None = None, path: str, entry: str | None = None) -> str:
    """Return a stable id: from the URL where there is one, else from the place in the folder.

    entry: what tells apart the articles of one file (a feed's GUID, else a hash of the content);
    None where the file is the article. 16 hex digits.
    """
    if url:
        source = f"url\0{url}"
    else:
        source = f"path\0{path}" if entry is None else f"entry\0{path}\0{entry}"
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:16]
