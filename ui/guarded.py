"""The order in which a request passes the guards, from the outside in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from starlette.routing import Route

from ui.access import LOGIN, LOGOUT, Gate, KnownCallers
from ui.guards import GuardHeaders
from ui.limits import Bounded, Limits, Rated
from ui.login import logged_out, login_form
from ui.request_log import RequestLog

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ui.tokens import Tokens

Log = Literal["none", "requests", "questions"]
"""What is written of a request: nothing, a line without text, or with the question's."""


def guard(app: FastAPI, *, hosts: Sequence[str], tokens: Tokens | None, limits: Limits, log: Log) -> None:
    """Put the guards around an app. tokens: None where only this machine is answered, which needs none."""
    app.add_middleware(Rated, limits=limits)
    if tokens is not None:
        # In front, for the page that is mounted at "/" takes every other address.
        app.router.routes[:0] = [Route(LOGIN, login_form), Route(LOGOUT, logged_out, methods=["POST"])]
        app.add_middleware(Gate, tokens=tokens)
    app.add_middleware(Bounded, limits=limits)
    app.add_middleware(KnownCallers, hosts=hosts, behind_proxy=tokens is not None)
    if log != "none":
        app.add_middleware(RequestLog, texts=log == "questions")
    app.add_middleware(GuardHeaders)
