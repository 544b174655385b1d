"""The page that asks for a token, without any script."""

from __future__ import annotations

import html

from starlette.responses import HTMLResponse

from ui import words
from ui.refusing import retry_after
from ui.small_page import small_page


def login_page(message: str = "", *, status: int = 200, retry_after_s: float | None = None) -> HTMLResponse:
    """Return the form. message: what was wrong with the last try."""
    said = f'<p class="said" role="alert">{html.escape(message)}</p>' if message else ""
    form = (
        f'<h1 class="wordmark">{words.NAME}</h1>{said}'
        f'<form method="post" action="/login"><p><label for="token">{words.TOKEN}</label></p>'
        '<p><input id="token" name="token" type="password" autocomplete="current-password" required autofocus></p>'
        f'<p><button type="submit">{words.LOGIN}</button></p></form>'
        f'<p class="small">{words.TOKEN_HELP}</p>'
    )
    headers = {"cache-control": "no-store", **retry_after(retry_after_s)}
    return HTMLResponse(small_page(words.LOGIN, form), status_code=status, headers=headers)
