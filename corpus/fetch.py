"""From an address on the public internet to a file in the articles folder."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from corpus.addresses import joined, web_address
from corpus.cleaning import one_line
from corpus.connection import Deadline, Response, request
from corpus.decoding import decode
from corpus.errors import FetchFailed, FetchRefused, FolderMissing, Unreadable
from corpus.front_matter import join_front_matter, split_front_matter
from corpus.provenance import source_comment
from corpus.public_addresses import Address, is_public, parse_address
from corpus.reading import READERS
from corpus.whole_file import written_whole

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to the addresses it stands for now; OSError where there are none."""

_LONGEST_URL = 2_000
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
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
_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_PROLOG = rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*+"
_HTML = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(_PROLOG + rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def fetch(
    url: str,
    *,
    into: Path,
    resolver: Resolver = system_resolver,
    may_connect: Callable[[Address], bool] = is_public,
    most_bytes: int = 20_000_000,
    seconds: float = 30.0,
    tls: ssl.SSLContext | None = None,
) -> Path:
    """Fetch a page, feed or document and store it in a folder; return the file written.

    The same URL is stored under the same name, so fetching it again renews the file. A page keeps
    its address in its first line, a PDF in its last, a text in its front matter.

    Every address that the host's name stands for must pass may_connect; the connection goes to
    one that did, without asking again, and so at each redirect. seconds is for all of it.
    Raises FetchRefused for what may not be fetched or what no reader reads, FetchFailed for what
    did not come, FolderMissing where the folder is not there.
    """
    if not into.is_dir():
        raise FolderMissing.at(into)
    deadline = Deadline(seconds)
    context = tls or ssl.create_default_context()
    asked = address = joined("", url) or url.strip()
    for _ in range(_MOST_REDIRECTS + 1):
        target = _check_url(address)
        response = _get(target, deadline, resolver, may_connect, most_bytes, context)
        if response.status not in _REDIRECTS or not response.location:
            return _store(response, address, asked=asked, into=into)
        address = joined(address, response.location) or response.location.strip()
    raise FetchRefused(f"{url!r} led on more than {_MOST_REDIRECTS} times. Name the address of the article itself.")


def _check_url(url: str) -> SplitResult:
    try:
        target = urlsplit(url)
        port = target.port
    except ValueError as error:
        raise FetchRefused(f"{url!r} is no address: {error}. Name one that begins with https://.") from error
    if target.scheme.lower() not in {"http", "https"}:
        raise FetchRefused(f"{url!r} is no address of the web. Name one that begins with https://.")
    if not target.hostname or port == 0 or len(url) > _LONGEST_URL or re.search(r"[\x00-\x20\x7f-\x9f\\]", url):
        raise FetchRefused(f"{url[:200]!r} is no proper address. Copy it from the browser once more.")
    if target.username is not None or target.password is not None:
        raise FetchRefused(f"The address of {target.hostname!r} carries a name or password. Leave them out.")
    try:
        target.hostname.encode("idna")
    except UnicodeError as error:
        raise FetchRefused(
            f"{target.hostname!r} is no host name. Copy the address from the browser once more."
        ) from error
    return target._replace(path=_quoted(target.path), query=_quoted(target.query), scheme=target.scheme.lower())


def _quoted(part: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in part)


def _get(
    target: SplitResult,
    deadline: Deadline,
    resolver: Resolver,
    may_connect: Callable[[Address], bool],
    most_bytes: int,
    tls: ssl.SSLContext,
) -> Response:
    host = target.hostname or ""
    port = target.port or (443 if target.scheme == "https" else 80)
    checked: list[str] = []
    for text in _resolve(host, port, resolver, deadline):
        address = parse_address(text)
        if address is None or not may_connect(address):
            raise FetchRefused(
                f"{host!r} is at {text}, not a public address. Save the page into the articles folder by hand."
            )
        checked.append(text)
    failure: FetchFailed | None = None
    for text in checked[:4]:
        try:
            return request(target, text, deadline=deadline, most_bytes=most_bytes, tls=tls)
        except FetchFailed as error:
            failure = error
            deadline.left()
    raise failure or FetchFailed(f"{host!r} has no address. Check the spelling, or try again later.")


def _resolve(host: str, port: int, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    """Ask a resolver, in a thread that can be left behind: the system's cannot be told when to stop."""
    found: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            found.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(deadline.left())
    answer = found[0] if found else TimeoutError("no answer from the name server")
    if isinstance(answer, (OSError, UnicodeError)):
        raise FetchFailed(f"{host!r} cannot be found ({answer}). Check the spelling and the connection.") from answer
    return answer


def _store(response: Response, url: str, *, asked: str, into: Path) -> Path:
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
    url = _quoted(web_address(url) or url)
    if suffix == ".html":
        if body.startswith((b"\xff\xfe", b"\xfe\xff")):
            body, charset = body.decode("utf-16", "replace").encode(), "utf-8"
        return source_comment(url, charset=charset).encode("ascii", "replace") + body.removeprefix(b"\xef\xbb\xbf")
    if suffix == ".pdf":
        return body + b"\n" + source_comment(url, charset=None).encode("ascii", "replace")
    if suffix in {".txt", ".md", ".markdown"}:
        try:
            text = decode(body, declared=charset).lstrip("\ufeff")
        except Unreadable as error:
            raise FetchRefused(f"{url!r} is no text: {error}.") from error
        front = split_front_matter(text)
        return join_front_matter({**front.fields, "url": url}, front.body).encode("utf-8", "replace")
    return body


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
