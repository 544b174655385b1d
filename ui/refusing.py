"""How the server says no to programs: one line of JSON, in the form that the door's clients read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

    from ui.tokens import Pass

PASS = "footnote.pass"
"""The key in a request's scope under which the gate leaves who asks."""

_KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


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
    from starlette.responses import JSONResponse

    more = dict(headers or {})
    if retry_after_s is not None:
        more["retry-after"] = str(max(1, math.ceil(retry_after_s)))
    if close:
        more["connection"] = "close"
    return JSONResponse(error_form(scope["path"], status, message), status_code=status, headers=more)


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
