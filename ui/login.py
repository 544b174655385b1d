"""The page that asks for a token, without any script."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ui import words
from ui.shipped import STYLE, address

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, Response


def login_page(message: str = "", *, status: int = 200, retry_after_s: float | None = None) -> HTMLResponse:
    """Return the form. message: what was wrong with the last try."""
    from starlette.responses import HTMLResponse

    said = f'<p class="said" role="alert">{html.escape(message)}</p>' if message else ""
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{words.LOGIN} · {words.NAME}</title>'
        # Without it the form would be sent as from nowhere, and be taken for one of another page.
        '<meta name="referrer" content="same-origin"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{html.escape(address(STYLE))}">'
        f'<body class="alone"><main><h1 class="wordmark">{words.NAME}</h1>{said}'
        f'<form method="post" action="/login"><p><label for="token">{words.TOKEN}</label></p>'
        '<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>'
        f'<p><button type="submit">{words.LOGIN}</button></p></form>'
        f'<p class="small">{words.TOKEN_HELP}</p></main></body></html>'
    )
    headers = {"cache-control": "no-store"}
    if retry_after_s is not None:
        headers["retry-after"] = str(max(1, round(retry_after_s)))
    return HTMLResponse(page, status_code=status, headers=headers)


def login_form(request: Request) -> Response:
    """Return the form, unfilled."""
    return login_page()


def logged_out(request: Request) -> Response:
    """Forget the token in this browser."""
    from starlette.responses import RedirectResponse

    from ui.access import COOKIE, LOGIN

    response = RedirectResponse(LOGIN, status_code=303)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return response
