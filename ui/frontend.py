"""Gradio's own files: handed out quickly, kept by the browser, and announced before it asks for them.

Gradio compresses each of them anew for every request and lets none be kept; and a page learns of
some sixty of them in five steps, each after reading what the step before brought.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.headers import with_headers

_KEPT = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
_LEAST_COMPRESSED_BYTES = 500
_ENTRY = re.compile(r'(?:src|href)="\./assets/([^"]+)"')
_LISTED = re.compile(r"m\.f=\[([^\]]*)\]")
_FETCHED = r"import\(`\./{name}`\).{{0,60}}?__vite__mapDeps\(\[([\d,]*)\]\)"


def asset(request: Request) -> Response:
    """Return a file of Gradio's page, whose name changes with its content."""
    name = request.path_params["name"]
    if name not in _names():
        return PlainTextResponse("No such file.", status_code=404)
    headers = {**_KEPT, "content-type": mimetypes.guess_type(name)[0] or "application/octet-stream"}
    packed = _packed(name) if "gzip" in request.headers.get("accept-encoding", "") else None
    if packed:
        return Response(packed, headers={**headers, "content-encoding": "gzip"})
    return Response(_content(name), headers=headers)


@lru_cache(maxsize=1)
def _folder() -> Path:
    import gradio

    return Path(gradio.__file__).parent / "templates" / "frontend"


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(file.name for file in (_folder() / "assets").iterdir() if file.is_file())


@lru_cache(maxsize=256)
def _content(name: str) -> bytes:
    return (_folder() / "assets" / name).read_bytes()


@lru_cache(maxsize=256)
def _packed(name: str) -> bytes | None:
    """Return the file compressed; None where that is not worth it."""
    plain = _content(name)
    if len(plain) < _LEAST_COMPRESSED_BYTES or not name.endswith((".js", ".css", ".svg", ".json")):
        return None
    return gzip.compress(plain, 6, mtime=0)


def needed(kinds: Iterable[str]) -> list[str]:
    """Return the names of the files that a page of these kinds of components asks for, in the order it does.

    They are read from the lists that Gradio's own scripts carry; a list that is no longer where it
    was is passed over, and the browser finds its files as it does without us.
    """
    entry = _ENTRY.findall((_folder() / "index.html").read_text(encoding="utf-8"))
    found = dict.fromkeys(name for name in entry if name in _names())
    for name in list(found):
        found.update(dict.fromkeys(_lists(name)))
    core = next((name for name in found if name.startswith("core-") and name.endswith(".js")), None)
    for name in [name for name in found if name.startswith("Index-") and name.endswith(".js")]:
        found.update(dict.fromkeys(_fetched(name, r"Blocks-[\w-]+\.js")))
    if core:
        for kind in kinds:
            found.update(dict.fromkeys(_component(core, kind)))
    return [name for name in found if name in _names()]


def _lists(name: str) -> list[str]:
    listed = _LISTED.search(_text(name)) if name.endswith(".js") else None
    return re.findall(r'"\./([^"]+)"', listed[1]) if listed else []


def _fetched(name: str, wanted: str, within: str | None = None) -> Iterator[str]:
    """Yield what a script says that it fetches together with another one."""
    listed = _lists(name)
    fetched = re.search(_FETCHED.format(name=wanted), _text(name) if within is None else within)
    for place in re.findall(r"\d+", fetched[1]) if fetched else ():
        yield listed[int(place)]


def _component(core: str, kind: str) -> Iterator[str]:
    entry = re.search(rf"[{{,]{re.escape(kind)}:\{{.*?component:.*?\}}", _text(core), re.DOTALL)
    if entry:
        for loaded in re.findall(r"import\(`\./([^`]+)`\)", entry[0]):
            yield from _fetched(core, re.escape(loaded), entry[0])


def _text(name: str) -> str:
    return _content(name).decode("utf-8")


class Announced:
    """ASGI middleware: names the files that the page will need in the head of the page itself."""

    def __init__(self, app: ASGIApp, *, links: Iterable[str]) -> None:
        """links: addresses of scripts, sheets and fonts."""
        self._app = app
        self._header = (b"link", ", ".join(map(_link, links)).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the names if it is the page."""
        if scope["type"] == "http" and scope["path"] == "/":
            send = with_headers(send, lambda headers: [*headers, self._header])
        await self._app(scope, receive, send)


def _link(address: str) -> str:
    kind = address.partition("?")[0].rpartition(".")[2]
    if kind == "js" and address.startswith("/assets/"):
        return f'<{address}>; rel="modulepreload"'
    purpose = {"js": "script", "css": "style", "woff2": "font"}[kind]
    # As the page itself will ask for it: what is asked for in another way is fetched a second time.
    crossing = "; crossorigin" if purpose == "font" or address.startswith("/assets/") else ""
    return f'<{address}>; rel="preload"; as="{purpose}"{crossing}'
