"""From an address on the public internet to a file in the articles folder."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from corpus.addresses import joined, quoted
from corpus.connection import Deadline, Response, request
from corpus.errors import FetchFailed, FetchRefused, FolderMissing
from corpus.fetched_file import store
from corpus.public_addresses import Address, is_public, parse_address

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port to the addresses it stands for now; OSError where there are none."""

_LONGEST_URL = 2_000
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
            return store(response, address, asked=asked, into=into)
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
    return target._replace(path=quoted(target.path), query=quoted(target.query), scheme=target.scheme.lower())


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
