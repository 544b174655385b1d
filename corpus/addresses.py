"""Addresses of the web: what is one, where one on a page leads, what of one is shown."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from corpus.cleaning import one_line

_HOST_CHARACTERS = 260
_ADDRESS_CHARACTERS = 4000


def web_address(value: str | None) -> str | None:
    r"""Return an absolute http(s) address without its fragment, or None for anything else.

    A host in other letters than ASCII comes in the form that goes over the wire ("xn--…"): names that look
    alike do not there. A backslash before the path, which browsers read as a slash, is none of an address.
    """
    if value is None or len(value) > _ADDRESS_CHARACTERS:
        return None
    try:
        parts = urlsplit(one_line(value, limit=_ADDRESS_CHARACTERS))
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or re.search(r"[ \\]", parts.netloc):
            return None
        host = parts.netloc.rpartition("@")[2].lower()
        if len(host) > _HOST_CHARACTERS:
            return None
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:  # no address, or no host that there can be
        return None
    return urlunsplit((parts.scheme.lower(), host, parts.path, parts.query, "")).replace(" ", "%20")


def joined(base: str, value: str) -> str | None:
    """Return where `value` leads on the page at `base`, without its fragment; None where that can be no address."""
    try:
        return urldefrag(urljoin(base, value.strip())).url
    except ValueError:
        return None


def quoted(part: str) -> str:
    """Return a part of an address as it goes over the wire: other letters than ASCII as the bytes of their UTF-8."""
    return "".join(c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in part)


def without_secrets(url: str) -> str:
    """Return an address without the user, the password and the query that may stand in it."""
    return re.sub(r"//[^/]*@", "//", url).partition("?")[0]
