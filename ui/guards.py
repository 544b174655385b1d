"""The order in which a request passes the guards, from the outside in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from starlette.routing import Route

from assistant.errors import SettingsError
from assistant.settings import Settings
from ui.callers import KnownCallers, only_here
from ui.errors import NoToken
from ui.excess import Bounded, Rated
from ui.gate import LOGIN, LOGOUT, Gate, logged_out
from ui.headers import GuardHeaders
from ui.inlets import Inlets
from ui.limits import Limits
from ui.login import login_page
from ui.request_log import RequestLog, log_to_stderr
from ui.tokens import Tokens, tokens_file
from ui.uploads import Uploads

if TYPE_CHECKING:
    from fastapi import FastAPI

Log = Literal["none", "requests", "questions"]
"""What is written of a request: nothing, a line without text, or with the question's."""


@dataclass(frozen=True, slots=True)
class Guards:
    """How a server is guarded, as its settings say; see `ui.server.create_app`."""

    names: tuple[str, ...]
    tokens: Tokens | None
    limits: Limits
    log: Log


def guards(settings: Settings) -> Guards:
    """Return the guards of a server. Raises SettingsError, or NoToken where others could reach it and there is none."""
    names = tuple(name.strip() for name in settings.name.split(",") if name.strip())
    if settings.log not in get_args(Log):
        raise SettingsError(f"log is {settings.log!r}. Say one of: {', '.join(get_args(Log))}.")
    for least, name in ((0, "requests_a_minute"), (1, "answers_at_once"), (1, "answer_seconds")):
        if getattr(settings, name) < least:
            raise SettingsError(f"{name} is {getattr(settings, name)}. Give a whole number from {least} on.")
    limits = Limits(
        per_minute=settings.requests_a_minute, at_once=settings.answers_at_once, answer_s=settings.answer_seconds
    )
    log: Log = settings.log  # type: ignore[assignment]  # looked at above
    if only_here(settings.host) and not names:
        return Guards((), None, limits, log)
    tokens = Tokens(tokens_file())
    if not tokens.passes():
        where = names[0] if names else settings.host
        raise NoToken(
            f"Others could reach the articles at {where}, and no token was made. Make one with: footnote token"
        )
    return Guards(names, tokens, limits, log)


def guard(
    app: FastAPI, *, hosts: Sequence[str], tokens: Tokens | None, limits: Limits, log: Log, uploads: Path
) -> None:
    """Put the guards around an app.

    tokens: None where only this machine is answered, which needs none. uploads: the folder they wait in.
    """
    app.add_middleware(Inlets, uploads=uploads)
    app.add_middleware(Uploads, limits=limits, folder=uploads)
    app.add_middleware(Rated, limits=limits)
    if tokens is not None:
        # In front, for the page that is mounted at "/" takes every other address.
        login, logout = Route(LOGIN, lambda request: login_page()), Route(LOGOUT, logged_out, methods=["POST"])
        app.router.routes[:0] = [login, logout]
        app.add_middleware(Gate, tokens=tokens)
    app.add_middleware(Bounded, limits=limits)
    app.add_middleware(KnownCallers, hosts=hosts, behind_proxy=tokens is not None)
    if log != "none":
        log_to_stderr()
        app.add_middleware(RequestLog, texts=log == "questions")
    app.add_middleware(GuardHeaders)
