"""One HTTP request to one checked address, under a deadline for the whole of it."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from corpus.cleaning import reason_of
from corpus.errors import FetchFailed, FetchRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BLOCK_BYTES = 1 << 16
_GZIP_OR_ZLIB = 47
"""The bits of a window that zlib takes for: as large as there is, of the format that the head tells."""
_HEADERS = {
    "User-Agent": "Footnote/1.0",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered; `body` is empty unless the status is 200."""

    status: int
    reason: str
    location: str | None
    content_type: str
    body: bytes


class Deadline:
    """A moment after which nothing is waited for."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raise FetchFailed when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchFailed(
                f"Not answered in full within {self._seconds:g} s. Try again later, or save the page by hand."
            )
        return left


class _TimedSocket:
    """What http.client asks of a socket; every wait is cut at the deadline.

    A time limit on each receipt would let a server go on for ever, a byte at a time. `request` closes the socket:
    http.client closes it as soon as a head says that nothing follows its answer, with the body still to come.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._socket, self._deadline))

    def close(self) -> None:
        pass


class _TimedReader(io.RawIOBase):
    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._socket = connected
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._socket.settimeout(self._deadline.left())
        return self._socket.recv_into(buffer)


def request(url: SplitResult, address: str, *, deadline: Deadline, most_bytes: int, tls: ssl.SSLContext) -> Response:
    """GET a URL from the given address, whatever its host name resolves to by now.

    The host's name still goes into the Host header, and for https into SNI and the check of the
    certificate. Raises FetchFailed where the answer does not come or is broken, FetchRefused
    where it is over most_bytes (before and after unpacking).
    """
    host = (url.hostname or "").encode("idna").decode("ascii")
    usual = 443 if url.scheme == "https" else 80
    port = url.port or usual
    connection = http.client.HTTPConnection(host, port)
    connected: socket.socket | None = None
    try:
        connected = socket.create_connection((address, port), timeout=deadline.left())
        if url.scheme == "https":
            connected = tls.wrap_socket(connected, server_hostname=host)
        connection.sock = _TimedSocket(connected, deadline)
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        name = f"[{host}]" if ":" in host else host
        connection.request("GET", target, headers={"Host": name if port == usual else f"{name}:{port}", **_HEADERS})
        return _read(connection.getresponse(), most_bytes)
    except TimeoutError as error:
        raise FetchFailed(f"{host!r} did not answer in time. Try again later, or save the page by hand.") from error
    except ssl.SSLError as error:
        raise FetchFailed(f"No safe connection to {host!r}: {error.reason or error}. Save the page by hand.") from error
    except (OSError, http.client.HTTPException, zlib.error, UnicodeError) as error:
        raise FetchFailed(
            f"No proper answer from {host!r}: {reason_of(error)}. Try again later, or save the page by hand."
        ) from error
    finally:
        connection.close()
        if connected is not None:
            connected.close()


def _read(response: http.client.HTTPResponse, most_bytes: int) -> Response:
    body = b""
    if response.status == 200:
        stated = response.getheader("Content-Length", "")
        if stated.isdecimal() and int(stated) > most_bytes:
            raise FetchRefused(_too_large(most_bytes))
        body = _read_body(response, most_bytes)
        if stated.isdecimal() and response.length:
            raise FetchFailed(f"The answer broke off, {response.length:,} bytes before its end. Try again.")
    return Response(
        status=response.status,
        reason=response.reason,
        location=_location(response.getheader("Location")),
        content_type=response.getheader("Content-Type", ""),
        body=body,
    )


def _location(header: str | None) -> str | None:
    """Return where an answer leads: http.client reads headers as Latin-1, and servers write UTF-8 into this one."""
    try:
        return header and header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header


def _read_body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    parts: list[bytes] = []
    size = 0
    for block in _unpacked(iter(lambda: response.read1(_BLOCK_BYTES), b""), encoding):
        size += len(block)
        if size > most_bytes:
            raise FetchRefused(_too_large(most_bytes))
        parts.append(block)
    return b"".join(parts)


def _unpacked(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in {"", "identity"}:
        yield from blocks
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise FetchFailed(f"The answer is packed as {encoding!r}, which was not asked for. Save the page by hand.")
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    for block in blocks:
        rest = block
        while rest:
            if unpacker.eof:  # gzip may come in several parts, one behind the other
                unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
            yield unpacker.decompress(rest, _BLOCK_BYTES)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    yield unpacker.flush()
    if not unpacker.eof:
        raise FetchFailed("The answer broke off, packed and without its end. Try again.")


def _too_large(most_bytes: int) -> str:
    return f"Larger than the limit of {most_bytes / 1e6:g} MB. Save it into the articles folder by hand."
