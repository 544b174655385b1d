"""A real web server on this machine whose answers a test writes, and a resolver that says where names are."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

PUBLIC = "127.0.0.1"
"""Where the tests' web is; their policy calls it public and every other address not."""


@dataclass
class Site:
    """Answers by path; each is written to the socket as it is, or by a function of the socket."""

    port: int
    pages: dict[str, bytes | Callable[[socket.socket], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def page(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", *more: str) -> str:
        self.pages[path] = answer(body, kind, *more)
        return self.url(path)

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        self.pages[path] = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
        return self.url(path)


def answer(body: bytes, kind: str, *more: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site until the test is over."""
    with socket.create_server((PUBLIC, 0)) as listener:
        site = Site(listener.getsockname()[1])
        over = threading.Event()
        threading.Thread(target=_accept, args=(listener, site, over), daemon=True).start()
        yield site
        over.set()


def _accept(listener: socket.socket, site: Site, over: threading.Event) -> None:
    while not over.is_set():
        try:
            connected, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connected, site), daemon=True).start()


def _answer(connected: socket.socket, site: Site) -> None:
    with connected:
        connected.settimeout(10)
        head = b""
        try:
            while b"\r\n\r\n" not in head:
                block = connected.recv(65536)
                if not block:
                    return
                head += block
            site.asked.append(head.decode("latin-1"))
            page = site.pages.get(
                head.split(b" ")[1].decode("latin-1"), b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            )
            if callable(page):
                page(connected)
            else:
                connected.sendall(page)
        except OSError:
            return  # the client has had enough


def drip(data: bytes, pause: float) -> Callable[[socket.socket], None]:
    """Answer one byte at a time."""

    def send(connected: socket.socket) -> None:
        for byte in data:
            connected.sendall(bytes([byte]))
            time.sleep(pause)

    return send


class Names:
    """A resolver: what each name stands for, one answer after the other; the last stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(sequence) for name, sequence in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError("Name or service not known")
        answers = self._answers[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class NoTls(ssl.SSLContext):
    """A TLS context that leaves the connection as it is and notes whose certificate would be asked for."""

    names: list[str | None]

    def wrap_socket(
        self, sock: socket.socket, *args: object, server_hostname: str | None = None, **more: object
    ) -> socket.socket:
        self.names = [*getattr(self, "names", []), server_hostname]
        return sock
