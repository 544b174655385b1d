"""What a server answered as a file of the articles folder: its kind, its name, and where it came from."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from corpus.addresses import quoted, web_address
from corpus.cleaning import one_line
from corpus.connection import Response
from corpus.decoding import decode
from corpus.errors import FetchFailed, FetchRefused, Unreadable
from corpus.front_matter import join_front_matter, split_front_matter
from corpus.provenance import source_comment
from corpus.reading import READERS
from corpus.whole_file import written_whole

_SUFFIXES = {
    "application/atom+xml": ".atom",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/rdf+xml": ".rdf",
    "application/rss+xml": ".rss",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/x-ndjson": ".jsonl",
    "application/xhtml+xml": ".html",
    "application/xml": ".xml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/x-markdown": ".md",
    "text/xml": ".xml",
}
_FEEDS_AND_RECORDS = frozenset({".atom", ".feed", ".json", ".jsonl", ".ndjson", ".rdf", ".rss", ".xml"})
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_PROLOG = rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*+"
_HTML = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOG + rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)


def store(response: Response, url: str, *, asked: str, into: Path) -> Path:
    """Store what a server answered in a folder; return the file written.

    url: the address that answered, which the file keeps; asked: the one that its name is made of. Raises FetchRefused
    for what no reader reads, FetchFailed for an error, for nothing, and where the file cannot be written.
    """
    if response.status != 200:
        reason = one_line(response.reason, limit=60)
        raise FetchFailed(
            f"{url!r} answered {response.status} {reason}. Check it in a browser, or save the page by hand."
        )
    if not response.body:
        raise FetchFailed(f"{url!r} answered with nothing. Check it in a browser.")
    kind, charset = _media_type(response.content_type)
    suffix = _suffix(kind, url, response.body)
    content = _with_source(response.body, suffix, url=url, charset=charset)
    path = into / (_name(asked) + suffix)
    _write(path, content)
    return path


def _media_type(header: str) -> tuple[str, str | None]:
    kind, _, parameters = header.partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1] if charset else None


def _suffix(kind: str, url: str, body: bytes) -> str:
    """Return the suffix to store a body under; raise FetchRefused where no reader reads it."""
    named = os.path.splitext(urlsplit(url).path)[1].lower()
    if kind in _UNSAID:
        suffix = named if named in READERS else ""
    else:
        suffix = _SUFFIXES.get(kind, "")
    if suffix == ".txt" and named in {".md", ".markdown", ".json", ".jsonl", ".ndjson"}:
        suffix = named
    if body.startswith(b"%PDF-") and (kind in _UNSAID or suffix):
        suffix = ".pdf"
    elif suffix in {"", ".txt", ".xml"} and (kind in _UNSAID or suffix) and _HTML.match(body[:4096]):
        suffix = ".html"
    elif suffix in {".html", ".txt"} and _FEED.match(body[:4096]):
        suffix = ".xml"
    if not suffix:
        raise FetchRefused(
            f"{url!r} is {kind or 'of no stated kind'}, which no reader reads. Name a page, a feed or a PDF."
        )
    return suffix


def _with_source(body: bytes, suffix: str, *, url: str, charset: str | None) -> bytes:
    """Return a body that keeps where it came from, and what the server alone knew about its encoding."""
    url = quoted(web_address(url) or url)
    if suffix == ".html":
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            body, charset = body.decode("utf-16", "replace").encode(), "utf-8"
        return source_comment(url, charset=charset).encode("ascii", "replace") + body.removeprefix(b"\xef\xbb\xbf")
    if suffix == ".pdf":
        return body + b"\n" + source_comment(url, charset=None).encode("ascii", "replace")
    if suffix in {".txt", ".md", ".markdown"}:
        front = split_front_matter(_text(body, charset, url).lstrip("\ufeff"))
        return join_front_matter({**front.fields, "url": url}, front.body).encode("utf-8", "replace")
    if suffix in _FEEDS_AND_RECORDS and charset:
        # They have no line to keep it in. What is UTF-8 their readers know, whatever a declaration in it says.
        return _text(body, charset, url).encode("utf-8", "surrogatepass")
    return body


def _text(body: bytes, charset: str | None, url: str) -> str:
    try:
        return decode(body, declared=charset)
    except Unreadable as error:
        raise FetchRefused(f"{url!r} is no text: {error}.") from error


def _name(url: str) -> str:
    """Return a file name for a URL that a person can read, without a suffix; the same for the same URL."""
    target = urlsplit(url)
    path = os.path.splitext(unquote(target.path))[0]
    words = re.sub(r"[^\w.]+|_+", "-", f"{(target.hostname or '').removeprefix('www.')} {path}").strip("-. ").lower()
    digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:8]
    short = words.encode("utf-8", "ignore")[:120].decode("utf-8", "ignore").strip("-. ")
    return f"{short or 'page'}-{digest}"


def _write(path: Path, content: bytes) -> None:
    try:
        with written_whole(path) as stream:
            stream.write(content)
    except OSError as error:
        raise FetchFailed(
            f"{path.name!r} cannot be written: {error.strerror}. Make room, or check the folder."
        ) from error
