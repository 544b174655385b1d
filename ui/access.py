"""Who is answered: by which name the server is called, from which page, and with which token."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ui import words
from ui.errors import BadTokens
from ui.excess import UPLOAD, client_of
from ui.limits import Rate
from ui.refusing import PASS, refusal, who
from ui.request_log import note_client

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ui.tokens import Tokens

LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
"""The only names a server on this machine answers to: a page whose own name is made to lead here gets nothing."""
COOKIE = "footnote_token"
LOGIN, LOGOUT = "/login", "/logout"
_OPEN = (LOGIN, "/healthz", "/footnote.css", "/favicon.ico")
_PASSED_ON = frozenset({"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"})
_FAILURES_A_MINUTE = 10


def only_here(host: str) -> bool:
    """Return whether an address to listen on can be reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


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
            return

        async def unshared(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [one for one in message.get("headers", ()) if not one[0].lower().startswith(b"access-control-")]
                message = {**message, "headers": kept}
            await send(message)

        await self._app(scope, receive, unshared)

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
        return name in self._names or (self._any_address and _is_address(name))


class Gate:
    """ASGI middleware: lets in who has a token, in a header or, after the login, in a cookie."""

    def __init__(self, app: ASGIApp, *, tokens: Tokens) -> None:
        self._app, self._tokens = app, tokens
        self._failures = Rate(_FAILURES_A_MINUTE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is known of its token, or refuse it."""
        if scope["type"] != "http" or (scope["path"] in _OPEN and scope["method"] != "POST"):
            await self._app(scope, receive, send)
            return
        if scope["path"] == LOGIN:
            await self._login(scope, receive, send)
            return
        headers = dict(scope["headers"])
        token = _bearer(headers) or _cookie(headers)
        try:
            found = self._tokens.known(token)
        except BadTokens as error:
            await refusal(scope, 503, str(error))(scope, receive, send)
            return
        if found and scope["path"] == UPLOAD and found.role != "keeper":
            await refusal(scope, 403, words.KEEPERS_ONLY)(scope, receive, send)
        elif found:
            scope = {**scope, PASS: found}
            note_client(scope)
            await self._app(scope, receive, send)
        else:
            await self._turned_away(scope, receive, send, tried=bool(token))

    async def _turned_away(self, scope: Scope, receive: Receive, send: Send, *, tried: bool) -> None:
        from starlette.responses import RedirectResponse

        wait_s = self._failures.wait_s(client_of(scope)) if tried else 0.0
        if wait_s:
            await refusal(scope, 429, words.TOO_MANY_TOKENS, retry_after_s=wait_s)(scope, receive, send)
        elif scope["method"] == "GET" and b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            await RedirectResponse(LOGIN, status_code=303)(scope, receive, send)
        else:
            said = words.WRONG_TOKEN if tried else words.NO_TOKEN
            await refusal(scope, 401, said, headers={"www-authenticate": "Bearer"})(scope, receive, send)

    async def _login(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the token of the form, and put it into a cookie that no script can read."""
        from starlette.requests import Request
        from starlette.responses import RedirectResponse

        from ui.login import login_page

        request = Request(scope, receive)
        # Before the token is looked at: after too many wrong ones a right one is not told from them either.
        wait_s = self._failures.wait_s(client_of(scope), spend=False)
        if wait_s:
            await login_page(words.TOO_MANY_TOKENS, status=429, retry_after_s=wait_s)(scope, receive, send)
            return
        async with request.form(max_files=0, max_fields=5) as form:
            token = str(form.get("token", "")).strip()
        try:
            found = self._tokens.known(token)
        except BadTokens as error:
            await login_page(str(error), status=503)(scope, receive, send)
            return
        if not found:
            self._failures.wait_s(client_of(scope))
            await login_page(words.WRONG_TOKEN, status=401)(scope, receive, send)
            return
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE, token, max_age=30 * 86_400, httponly=True, samesite="lax", secure=scope["scheme"] == "https"
        )
        await response(scope, receive, send)


class ByRole:
    """ASGI app: the page with the keeper's controls for keepers, and for everybody else the one without."""

    def __init__(self, *, keepers: ASGIApp, readers: ASGIApp) -> None:
        self._keepers, self._readers = keepers, readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the page that fits its token."""
        known = who(scope)
        page = self._keepers if known and known.role == "keeper" else self._readers
        await page(scope, receive, send)


def _bare(host: str) -> str:
    """Return the name in a Host header: no port, no brackets, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() and ":" not in name else host).lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _bearer(headers: dict[bytes, bytes]) -> str:
    kind, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _cookie(headers: dict[bytes, bytes]) -> str:
    try:
        found = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
