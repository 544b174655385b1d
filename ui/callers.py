"""Who is answered at all: by which name the server is called, and from whose page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.public_addresses import parse_address
from ui import words
from ui.headers import Header, with_headers
from ui.refusing import refusal

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
"""The only names a server on this machine answers to: a page whose own name is made to lead here gets nothing."""
_PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"})


def only_here(host: str) -> bool:
    """Return whether an address to listen on can be reached from this machine alone."""
    address = parse_address(host.strip("[]"))
    return address.is_loopback if address else host.lower() == "localhost"


class KnownCallers:
    """ASGI middleware: answers only to the server's own names, and to pages of its own.

    A page elsewhere can have its name lead to this machine, or have a browser send requests here; neither
    is answered. No response allows another origin, whatever the app below says.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], behind_proxy: bool) -> None:
        """hosts: names without port. behind_proxy: False where nobody is to pass requests on to this server."""
        self._app, self._behind_proxy = app, behind_proxy
        self._names = frozenset(map(_bare, hosts))
        # Listening on every address, it may be called by any of them. A name could be anybody's.
        self._any_address = any(host in ("0.0.0.0", "::") for host in self._names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused:
            await refusal(scope, *refused)(scope, receive, send)
        else:
            await self._app(scope, receive, with_headers(send, _unshared))

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        one = sum(name.lower() == b"host" for name, _ in scope["headers"]) == 1
        if not one or not self._known(host):
            return 400, words.UNKNOWN_HOST.format(host=repr(host[:100]))
        if not self._behind_proxy and _PASSED_ON & headers.keys():
            return 403, words.PASSED_ON
        origin = headers.get("origin")
        if origin is not None and scope["method"] not in ("GET", "HEAD") and _place(origin) != host.lower():
            return 403, words.OTHER_ORIGIN
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and scope["path"].startswith(("/api/", "/v1/")):
            return 403, words.OTHER_ORIGIN
        return None

    def _known(self, host: str) -> bool:
        name = _bare(host)
        return name in self._names or (self._any_address and parse_address(name) is not None)


def _bare(host: str) -> str:
    """Return the name in a Host header: no port, no brackets, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() and ":" not in name else host).lower()


def _unshared(headers: Iterable[Header]) -> list[Header]:
    return [one for one in headers if not one[0].lower().startswith(b"access-control-")]


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
