"""The doors for programs, put into one app: the routes, what is refused, and the page that describes them."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant import Assistant
from assistant.errors import AssistantError
from index.errors import FootnoteIndexError
from ui import words
from ui.answering import Answering, NotAnswered
from ui.api import api, invalid, refused
from ui.completions import MODEL, PLAIN, completions
from ui.limits import Limits
from ui.refusing import refusal
from ui.small_page import small_page


def open_doors(app: FastAPI, assistant: Assistant, plain: Assistant, *, limits: Limits, locked: bool) -> None:
    """Add the routes under /api and /v1, and what errors become there.

    plain: answers without a model; the same as `assistant` where there is none. locked: whether a token is asked for.
    """
    answering = Answering(limits)
    models = {MODEL: assistant} if plain is assistant else {MODEL: assistant, PLAIN: plain}
    routers = [api(assistant, answering), completions(models, answering)]
    described = get_openapi(
        title=words.NAME,
        version="1",
        description=words.API_DESCRIPTION,
        routes=[route for router in routers for route in router.routes],
    )
    if locked:
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
    for router in routers:
        app.include_router(router)
    app.router.routes += [
        Route("/openapi.json", lambda request: JSONResponse(described)),
        Route("/api", lambda request: HTMLResponse(_described_html(described))),
        *(Route(f"{start}{{path:path}}", _Nothing(routers)) for start in ("/api/", "/v1/")),
    ]
    app.add_exception_handler(RequestValidationError, invalid)
    for known in (NotAnswered, AssistantError, FootnoteIndexError):
        app.add_exception_handler(known, refused)
    app.add_exception_handler(HTTPException, _unread)
    app.add_exception_handler(Exception, _unforeseen)


def _described_html(described: dict[str, Any]) -> str:
    """Return the OpenAPI description as a page that needs no script and no other host."""
    parts = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parts.append(f"<h2><code>{method.upper()} {html.escape(path)}</code></h2>")
            parts += [f"<p>{html.escape(text)}</p>" for text in operation.get("description", "").split("\n\n") if text]
            parts.append(_table(_fields(operation, described)))
    head = f"<h1>{words.NAME}: API</h1><p>{html.escape(described['info']['description'])}</p>"
    return small_page("API", f'{head}<p><a href="/openapi.json">openapi.json</a></p>{"".join(parts)}')


def _fields(operation: dict[str, Any], described: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what an operation is given, each with what is said of it."""
    found = [
        (one["name"], one.get("description", "") or one["schema"].get("title", ""))
        for one in operation.get("parameters", ())
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    form = described["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], {})
    return found + [
        (name, one.get("description", "") or one.get("title", "")) for name, one in form.get("properties", {}).items()
    ]


def _table(fields: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><th><code>{html.escape(name)}</code></th><td>{html.escape(says)}</td></tr>" for name, says in fields
    )
    return f"<table>{rows}</table>" if rows else ""


class _Nothing:
    """ASGI app, so that it is asked by whatever method: says which ones an address has, or that there is none."""

    def __init__(self, routers: Sequence[APIRouter]) -> None:
        self._routers = routers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        methods = sorted(
            method
            for router in self._routers
            for route in router.routes
            if isinstance(route, Route) and route.path_regex.match(path)
            for method in route.methods or ()
        )
        if methods:
            allowed = ", ".join(methods)
            said = words.OTHER_METHOD.format(path=path[:100], methods=allowed)
            response = refusal(scope, 405, said, headers={"allow": allowed})
        else:
            response = refusal(scope, 404, words.NO_SUCH_ADDRESS.format(path=path[:100]))
        await response(scope, receive, send)


async def _unread(request: Request, error: Any) -> Response:
    return refusal(request.scope, error.status_code, str(error.detail))


async def _unforeseen(request: Request, error: Exception) -> Response:
    """Tell only that it happened; the trace is logged by the server."""
    return refusal(request.scope, 500, words.FAILED)
