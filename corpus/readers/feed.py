"""Feeds: RSS, Atom and RDF, an article an entry; other XML is named for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.article import Article, Failure
from corpus.cleaning import clean, one_line
from corpus.dates import UNDATED, Dated, read_stamp
from corpus.decoding import decode
from corpus.draft import Draft, to_article
from corpus.errors import BadArticle, Unreadable
from corpus.file import FileState, read_bytes
from corpus.markup import plain, shown_text

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']\s*([\w.:-]+)[^>]*\?>")
_PROLOG = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype(?>[^\[>]+|\[[^\]]*\])*+>)++", re.DOTALL | re.IGNORECASE
)  # atomic: what is taken is never tried in another way, however long the file
_CHARACTER = re.compile(r"&#(?:x([0-9a-f]+)|(\d+));?", re.IGNORECASE)
_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})
_NOT_ARTICLES = {
    "opml": "a list of feeds (OPML), not articles; add the feeds it names",
    "urlset": "a site map, not articles; add the pages it names",
    "sitemapindex": "a list of site maps, not articles; add the pages they name",
    "html": "a web page under the name of a feed; rename it to .html",
}
_NAMED_ADDRESS = re.compile(r"\s*\S+@\S+\s+\((.+)\)\s*")
# What an export of WordPress lists beside its posts and pages: pictures, menus, its own settings.
_WORDPRESS_PARTS = re.compile(r"(?:attachment|custom_css|nav_menu_item|revision|wp_\w+)$")
_BY = re.compile(r"by\s+", re.IGNORECASE)
_LOST = re.compile(r"mismatched tag|no element found|unclosed|not well-formed|junk after", re.IGNORECASE)

_Entry = Mapping[str, Any]

# What feedparser lets through on broken feeds: a place without its frame, a number of thirty digits.
_BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def read_feed(file: FileState) -> Iterator[Article | Failure]:
    """Yield the articles of a feed; raise Unreadable for XML that is none."""
    import feedparser

    data = read_bytes(file)
    declared = _DECLARATION.match(data[:400].decode("latin-1"))
    source = clean(decode(data, declared=declared[1] if declared else None))
    _check_root(source)
    # Decoded already: the declaration may name an encoding that the bytes are no longer in.
    try:
        parsed = feedparser.parse(
            _CHARACTER.sub(_possible, re.sub(r"^\s*<\?xml[^>]*\?>", "", source)).encode(),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,  # of the mark-up only the words are kept, and its cleaning leaves torn scripts
        )
    except _BROKEN as error:
        detail = one_line(f"{type(error).__name__}: {error}", limit=100)
        raise Unreadable(f"a broken feed ({detail}); fetch it again") from error
    broken = one_line(str(parsed.get("bozo_exception", "")), limit=100) if parsed.get("bozo") else ""
    if not parsed.entries:
        raise Unreadable(
            f"a broken feed ({broken}); fetch it again" if broken else "a feed without entries; fetch it again"
        )
    channel = parsed.feed
    for number, entry in enumerate(parsed.entries, 1):
        if _WORDPRESS_PARTS.match(str(entry.get("wp_post_type"))):
            continue
        try:
            yield to_article(_draft(entry, channel, is_atom=parsed.version.startswith("atom")), path=file.path)
        except (Unreadable, BadArticle) as error:
            yield Failure(file.path, f"entry {number}: {error}")
    if broken and _LOST.search(broken):
        raise Unreadable(f"a broken feed ({broken}); its {len(parsed.entries)} entries may not be all: fetch it again")


def _possible(reference: re.Match[str]) -> str:
    """Return a reference to a character, or a question mark where there is no such character."""
    digits = (reference[1] or reference[2]).lstrip("0")
    number = int(digits or "0", 16 if reference[1] else 10) if len(digits) < 8 else -1
    return reference[0] if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else "\ufffd"


def _check_root(source: str) -> None:
    prolog = _PROLOG.match(source)
    root = _ROOT.match(source, prolog.end() if prolog else 0)
    if root is None:
        raise Unreadable("no XML, whatever its name says; give it the suffix of what it is")
    name = root[1].lower()
    if name in _NOT_ARTICLES:
        raise Unreadable(_NOT_ARTICLES[name])
    if name not in _FEEDS:
        raise Unreadable(f"XML of a kind that is not read (<{one_line(name, limit=40)}>), not a feed; save it as text")


def _draft(entry: _Entry, channel: _Entry, *, is_atom: bool) -> Draft:
    parts = (*entry.get("content", ()), entry.get("summary_detail") or {})
    text = max(map(_words, parts), key=len)
    title = _words(entry.get("title_detail") or {"value": entry.get("title")})
    if not text:
        raise Unreadable(f"no text in it, only the title {one_line(title, limit=80)!r}" if title else "no text in it")
    language = next((str(one) for part in (*parts, channel) if (one := part.get("language"))), None)
    source = entry.get("source")
    outlet = source.get("title") if isinstance(source, Mapping) and source.get("title") else channel.get("title")
    # Atom's "updated" is no day of publication; in RSS it is where Dublin Core's date is put.
    kinds = ("published", "created") if is_atom or "published" in entry else ("published", "created", "updated")
    day = next((day for kind in kinds if (day := read_stamp(entry.get(kind), locale=language))), None)
    return Draft(
        text=text,
        title=title or None,
        outlet=plain(str(outlet)) if outlet else None,
        author=_authors(entry) or (_authors(channel) if is_atom else None),  # as Atom has it
        dated=Dated(day, "feed") if day else UNDATED,
        url=entry.get("link"),
        language=language,
        many=True,
        guid=entry.get("id"),
    )


def _words(part: _Entry) -> str:
    value = str(part.get("value") or "")
    return (shown_text(value) if "html" in str(part.get("type")) else plain(value)).strip()


def _authors(entry: _Entry) -> str | None:
    people: Sequence[_Entry] = entry.get("authors") or ()
    stated = [str(person.get("name") or "") for person in people]
    if len(people) == 1 and (named := _NAMED_ADDRESS.fullmatch(str(entry.get("author")))):
        stated = [named[1]]  # feedparser cuts the address where its last part is longer than four letters
    names = [_BY.sub("", plain(name).strip()) for name in stated]
    return ", ".join(dict.fromkeys(name for name in names if name and "@" not in name)) or None
