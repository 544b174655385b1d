"""HTML in the fields of other formats: the words it shows, without anything active."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from corpus.cleaning import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br
button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em
embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav noembed noframes
noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script section select
small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time
title tr track tt u ul var video wbr xmp
""".split()
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS)})(?:\s[^<>]*|/)?>|<!--", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_PARAGRAPHS = frozenset(
    """
    address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    main ol p pre section table ul
    """.split()
)
_LINES = frozenset({"br", "caption", "li", "tr"})
_SILENT = frozenset(
    """
    applet audio base button canvas del embed frame frameset head iframe img input link map math meta noembed
    noframes noscript object option param picture plaintext s script select strike style svg template textarea title
    video xmp
    """.split()
)
_SET = re.compile(r"<(?:br|div|p|pre|td)\b", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n\s*\n")
_BLANKS = re.compile(r"[^\S\n]+")


def plain(text: str) -> str:
    """Return the words of a text that may be HTML: a paragraph or heading each between empty lines."""
    if _TAG.search(text):
        return shown_text(text)
    return html.unescape(text) if _ENTITY.search(text) else text


def shown_text(source: str) -> str:
    """Return the words an HTML fragment shows, without scripts, styles, media and form fields."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    cleaned = clean(source)
    if not _SET.search(cleaned):  # as WordPress keeps posts: its paragraphs are lines apart
        cleaned = _EMPTY_LINES.sub("<br><br>", cleaned)
    wrapped = f"<!DOCTYPE html><html><body>{cleaned}</body></html>"
    root = etree.fromstring(wrapped.encode(), parser)
    return "" if root is None else element_text(root)


def element_text(root: _Element) -> str:
    """Return the words shown by an element and all below it."""
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not root and (tag in _SILENT or (tag == "figure" and not _is_told(element))):
                walk.skip_subtree()
                continue
            parts.append(_break(tag))
            if tag != "br":
                parts.append(_inline(element.text, keep=tag == "pre"))
        else:
            if tag not in _SILENT:
                parts.append(_break(tag) if tag != "br" else "")
                parts.append(" " if tag in {"td", "th"} else "")
            if element is not root:
                parts.append(_inline(element.tail, keep=False))
    lines = (line.strip() for line in _BLANKS.sub(" ", "".join(parts)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _is_told(figure: _Element) -> bool:
    """Return whether a figure is of words, a table or a quotation, and no picture."""
    return any(True for _ in figure.iter("table", "blockquote"))


def _break(tag: str) -> str:
    if tag in _PARAGRAPHS:
        return "\n\n"
    return "\n" if tag in _LINES else ""


def _inline(text: str | None, *, keep: bool) -> str:
    if not text:
        return ""
    return text if keep else re.sub(r"\s+", " ", text)
