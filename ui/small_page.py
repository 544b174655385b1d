"""A whole small page of our own: no script, and the sheet of the large one."""

from __future__ import annotations

import html

from ui import words
from ui.shipped import STYLE, address


def small_page(title: str, body: str) -> str:
    """Return the page. body: HTML; title: put before Footnote's name."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} · {words.NAME}</title>'
        # Without it a form would be sent as from nowhere, and be taken for one of another page.
        '<meta name="referrer" content="same-origin">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{html.escape(address(STYLE))}">'
        f'<body class="alone"><main>{body}</main></body></html>'
    )
