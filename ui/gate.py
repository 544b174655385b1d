"""Who is let in: with which token, and to which page with it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import words
from ui.errors import BadTokens
from ui.excess import UPLOAD, client_of
from ui.limits import Rate
from ui.login import login_page
from ui.refusing import PASS, refusal, who
from ui.request_log import note_client
from ui.tokens import Tokens

COOKIE = "footnote_token"
LOGIN, LOGOUT = "/login", "/logout"
_OPEN = (LOGIN, "/healthz", "/footnote.css", "/favicon.ico")
_FAILURES_A_MINUTE = 10


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
        request = Request(scope, receive)
        # Before the token is looked at: after too many wrong ones a right one is not told from them either.
        wait_s = self._failures.wait_s(client_of(scope), spend=False)
        if wait_s:
            await login_page(words.TOO_MANY_TOKENS, status=429, retry_after_s=wait_s)(scope, receive, send)
            return
        try:
            async with request.form(max_files=0, max_fields=5) as form:
                token = str(form.get("token", "")).strip()
        except HTTPException:
            token = ""  # no form that can be read, which is as good as a wrong token
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


def logged_out(request: Request) -> Response:
    """Forget the token in this browser."""
    response = RedirectResponse(LOGIN, status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response


class ByRole:
    """ASGI app: the page with the keeper's controls for keepers, and for everybody else the one without."""

    def __init__(self, *, keepers: ASGIApp, readers: ASGIApp) -> None:
        self._keepers, self._readers = keepers, readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the page that fits its token."""
        known = who(scope)
        page = self._keepers if known and known.role == "keeper" else self._readers
        await page(scope, receive, send)


def _bearer(headers: dict[bytes, bytes]) -> str:
    kind, _, token = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _cookie(headers: dict[bytes, bytes]) -> str:
    # Not the standard library's, which drops them all where one, of another program perhaps, is not to its taste.
    return cookie_parser(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE, "")
