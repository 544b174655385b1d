"""JSON-LD: what a page says about its article in a form meant for machines, broken as it often is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"(?:\w*Article|\w*Posting|Report)$")
_PAGE_TYPE = re.compile(r"(?:\w*Page|CreativeWork|VideoObject|Review|Recipe|PodcastEpisode)$")
_ROLES = ("author", "publisher")
_MOST_LD_CHARACTERS = 2_000_000
_MOST_LD_NODES = 2_000

LinkedData = Mapping[str, object]


def is_article(data: LinkedData) -> bool:
    """Return whether a node says that it is an article."""
    return any(_ARTICLE_TYPE.fullmatch(kind) for kind in texts(data.get("@type")))


def own_data(tree: HtmlElement) -> LinkedData:
    """Return the page's own article among its JSON-LD nodes, else the page's node, else {}."""
    scripts = tree.xpath("//script[contains(translate(@type,'LDJSON','ldjson'),'ld+json')]")[:50]
    nodes = [node for script in scripts for node in _nodes(_load(script.text or ""))]
    articles = [node for node in nodes if is_article(node)]
    pages = [node for node in nodes if any(map(_PAGE_TYPE.fullmatch, texts(node.get("@type"))))]
    dated = [node for node in articles if node.get("datePublished") or node.get("headline")]
    own = next(iter([*dated, *articles, *pages]), {})
    named = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    return {**own, **{role: _resolved(own[role], named) for role in _ROLES if role in own}}


def _resolved(value: object, named: Mapping[str, LinkedData]) -> object:
    """Return a person or publisher, or several, with the node in place of a reference that says no name."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value if not isinstance(one, list)]
    if isinstance(value, dict) and "name" not in value:
        return named.get(str(value.get("@id")), value)
    return value


def _load(text: str) -> object:
    text = (
        text.strip().removeprefix("<!--").removesuffix("-->").strip().removeprefix("//<![CDATA[").removesuffix("//]]>")
    )
    if len(text) > _MOST_LD_CHARACTERS:
        return None
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None  # broken in many a page; its meta tags still speak


def _nodes(loaded: object) -> Iterator[LinkedData]:
    """Yield the nodes of a JSON-LD document, outer before inner; lists of other articles are left out."""
    waiting: list[object] = [loaded]
    for _ in range(_MOST_LD_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict) and node.get("@type") != "ItemList":
            yield node
            waiting.extend(node[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in node)


def first_text(value: object) -> str | None:
    """Return the first string that a JSON-LD value comes to, or None."""
    return next(iter(texts(value)), None)


def texts(value: object) -> tuple[str, ...]:
    """Return the strings that a JSON-LD value comes to: itself, its name or address, those of its items."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict):
        inner = value.get("name") or value.get("@value") or value.get("@id") or value.get("url")
        return texts(inner) if isinstance(inner, (str, list)) else ()
    if isinstance(value, list):
        return tuple(name for item in value[:30] if not isinstance(item, list) for name in texts(item))
    return ()
