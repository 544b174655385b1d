"""An HTML page's own statements about itself: JSON-LD, meta tags, address, language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.addresses import joined, web_address
from corpus.bylines import read_byline
from corpus.cleaning import clean, one_line
from corpus.linked_data import LinkedData, first_text, is_article, own_data, texts
from corpus.markup import plain
from corpus.provenance import page_fetched_from, served_encoding

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"<(?:meta\b[^>]*?charset\s*=|\?xml\b[^>]*?encoding\s*=)\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_SITE_SEPARATOR = re.compile(r"\s+(?:[|»·•/–—-]|--|::)\s+|\s*[|]\s*")
_BY = re.compile(r"^(?:by|von|par|por|di)\s+", re.IGNORECASE)
_AUTHOR_META = (
    "author", "byl", "parsely-author", "sailthru.author", "article:author", "dc.creator", "dcterms.creator",
    "rbauthors", "authors", "article:author_name", "citation_author",
)  # fmt: skip


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page says it is in: the server's word, else its own."""
    match = _CHARSET.search(data[:8192])
    return served_encoding(data[:6000]) or (match[1].decode("ascii") if match else None)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. fetched_from: where `footnote add` got it, None for a page saved by hand."""

    tree: HtmlElement
    meta: Mapping[str, Sequence[str]]
    linked_data: LinkedData
    fetched_from: str | None

    @property
    def url(self) -> str | None:
        """The address of the article; another site's cannot be claimed by a page fetched from this one."""
        stated = (
            *self.tree.xpath("//link[translate(@rel,'CANONIL','canonil')='canonical']/@href")[:3],
            *self.meta.get("og:url", ()),
            first_text(self.linked_data.get("url")),
            first_text(self.linked_data.get("mainEntityOfPage")),
        )
        for value in stated:
            address = web_address(joined(self.fetched_from or "", value)) if value else None
            if address and len(urlsplit(address).path) > 1 and _same_site(address, self.fetched_from):
                return address
        return web_address(self.fetched_from)

    @property
    def language(self) -> str | None:
        """The language tag of the page, as written ("en-GB")."""
        stated = (
            *self.tree.xpath("/html/@lang"),
            *self.tree.xpath("/html/@*[local-name()='xml:lang']"),
            *self.meta.get("og:locale", ()),
            *self.meta.get("content-language", ()),
            *self.meta.get("dc.language", ()),
            first_text(self.linked_data.get("inLanguage")),
        )
        return next((value.strip() for value in stated if value and value.strip()), None)

    @property
    def outlet(self) -> str | None:
        """The name of the site or publisher."""
        stated = (
            *self.meta.get("og:site_name", ()),
            first_text(self.linked_data.get("publisher")),
            *self.meta.get("application-name", ()),
            *self.meta.get("dc.publisher", ()),
            *self.meta.get("cre", ()),
        )
        lines = (one_line(plain(value), limit=200).partition(" | ")[0] for value in stated if value)
        return next((line for line in lines if any(map(str.isalnum, line)) and "://" not in line), None)

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the writers, as JSON-LD or the meta tags state them."""
        stated = (texts(self.linked_data.get("author")), *(self.meta.get(name, ()) for name in _AUTHOR_META))
        found = (tuple(name for value in values for name in _author_names(value, self.outlet)) for values in stated)
        return tuple(dict.fromkeys(next(filter(None, found), ())))

    @property
    def title(self) -> str | None:
        """The headline as JSON-LD, a heading or the meta tags state it, without the site's name."""
        window = self.window_title
        segments = _SITE_SEPARATOR.split(window)
        stated = (
            first_text(self.linked_data.get("headline")),
            *self.meta.get("og:title", ()),
            self.heading,
            *self.meta.get("twitter:title", ()),
            *self.meta.get("dc.title", ()),
            window,
        )
        for value in stated:
            line = one_line(plain(value), limit=2000) if value else ""
            if any(map(str.isalnum, line)) and line.casefold() != (self.outlet or "").casefold():
                if len(segments) > 1 and line == segments[0] + segments[-1]:
                    line = segments[0]
                return _without_site(line, self.outlet)
        return None

    @property
    def window_title(self) -> str:
        """What a browser shows for the page, often with sections and the site's name; may be ''."""
        return next((one_line(element.text_content(), limit=2000) for element in self.tree.xpath("//head/title")), "")

    @property
    def heading(self) -> str | None:
        """The one first-level heading, or the one that the window's title begins with."""
        headings = tuple(
            dict.fromkeys(
                line for element in self.tree.xpath("//h1") if (line := one_line(element.text_content(), limit=2000))
            )
        )
        opening = [heading for heading in headings if len(heading) > 5 and self.window_title.startswith(heading)]
        if opening:
            return max(opening, key=len)
        return headings[0] if len(headings) == 1 else None

    @property
    def is_front_page(self) -> bool:
        """Whether the page says that it is a site's front page, not an article."""
        if is_article(self.linked_data) or "article" in self.meta.get("og:type", ()):
            return False
        addresses = (*self.tree.xpath("//link[@rel='canonical']/@href")[:1], *self.meta.get("og:url", ()))
        if any(web_address(address) and len(urlsplit(address).path) <= 1 for address in addresses):
            return True
        site = (self.outlet or "").casefold()
        window = self.window_title.casefold()
        return bool(site) and (window == site or bool(re.match(re.escape(site) + r"\s*[-–—|:»]", window)))


def parse_page(source: str) -> Page | None:
    """Return the page of decoded HTML, or None where there is no element in it at all."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # As bytes: a string that names another encoding in an XML declaration is refused.
        tree = document_fromstring(clean(source).encode(), parser=HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return Page(tree, _meta(tree), own_data(tree), page_fetched_from(source))


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or element.get("value")
        if not content or not content.strip():
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                meta.setdefault(name.strip().lower(), []).append(content.strip())
    return meta


def _author_names(value: str, outlet: str | None) -> tuple[str, ...]:
    """Return the names in an author field, apart where it joins several ("A. Bell, C. Day and E. Fox, CNN")."""
    line = _BY.sub("", one_line(plain(value), limit=200))
    byline = read_byline(f"By {line}") if re.search(r",| and |;", line) else None
    if byline and byline.author:
        return tuple(byline.author.split(", "))
    name = _author_name(line, outlet)
    return (name,) if name else ()


def _author_name(name: str, outlet: str | None) -> str | None:
    if not any(map(str.isalpha, name)) or "://" in name or name.startswith(("@", "www.")) or len(name) < 2:
        return None
    if name.casefold() in {"admin", "administrator", "editor", "staff", "author", "unknown", "none", "null"}:
        return None
    return None if outlet and name.casefold() == outlet.casefold() else name


def _same_site(address: str, fetched_from: str | None) -> bool:
    if fetched_from is None:
        return True
    one, other = urlsplit(address).hostname or "", urlsplit(fetched_from).hostname or ""
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _without_site(title: str, outlet: str | None) -> str:
    """Return a title without the name of the site at either end ("Title - CNN" → "Title")."""
    if not outlet:
        return title
    parts = list(_SITE_SEPARATOR.finditer(title))
    for match in reversed(parts):
        if _is_site(title[match.end() :], outlet) and match.start() > 0:
            return _without_site(title[: match.start()].strip(), outlet)
    for match in parts[:1]:
        if _is_site(title[: match.start()], outlet):
            return title[match.end() :].strip() or title
    return title


def _is_site(part: str, outlet: str) -> bool:
    one, other = (re.sub(r"\W+|^the |\.(?:com|org|net|co\.uk)$", "", name.casefold()) for name in (part, outlet))
    return bool(one) and (one == other or (len(one) > 2 and one in other) or (len(other) > 2 and one.startswith(other)))
