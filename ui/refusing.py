"""How the server says no to programs: one line of JSON, in the form that the door's clients read."""

from __future__ import annotations

import math
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from ui.tokens import Pass

LEFT = 499
"""The status of a response that nobody receives any more: the client left before."""

PASS = "footnote.pass"
"""The key in a request's scope under which the gate leaves who asks."""

_KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


REFUSALS = {
    400: "no request that can be read",
    401: "no token, where one is asked for",
    403: "a token that does not do, or a page of another server",
    404: "there is nothing of this name",
    408: "the request did not come to its end in time",
    413: "the request is too long",
    415: "what was sent is not said to be JSON",
    422: "what was asked cannot be asked so",
    429: "too many requests; see Retry-After",
    431: "address and headers are too long",
    503: "busy, or there is no index or model; see Retry-After",
    504: "the answer took too long",
}
"""What a program may be told in place of what it asked for, by status."""


def described_refusals(form: type) -> dict[int | str, dict[str, Any]]:
    """Return the refusals for the OpenAPI page, each of this form."""
    return {status: {"model": form, "description": says} for status, says in REFUSALS.items()}


def refusal(
    scope: Scope,
    status: int,
    message: str,
    *,
    retry_after_s: float | None = None,
    headers: dict[str, str] | None = None,
    close: bool = False,
) -> Response:
    """Return the response. retry_after_s: when to try again. close: what else comes of this client is not read."""
    more = {**(headers or {}), **retry_after(retry_after_s)}
    if close:
        more["connection"] = "close"
    return JSONResponse(error_form(scope["path"], status, message), status_code=status, headers=more)


def retry_after(wait_s: float | None) -> dict[str, str]:
    """Return the header that says when to try again; None: no header."""
    return {} if wait_s is None else {"retry-after": str(max(1, math.ceil(wait_s)))}


def error_form(path: str, status: int, message: str) -> dict[str, Any]:
    """Return {"error": message}, or what clients of OpenAI's API expect in its place."""
    line = " ".join(message.split())
    if not path.startswith("/v1/"):
        return {"error": line}
    kind = _KINDS.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": line, "type": kind, "param": None, "code": None}}


def who(scope: Scope) -> Pass | None:
    """Return whose token came with a request; None on a server that asks for none."""
    found: Pass | None = scope.get(PASS)
    return found
