"""From what a reader found in a file to an Article: the one place where fields are made lawful."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from corpus.addresses import web_address
from corpus.article import Article, article_id
from corpus.cleaning import clean_body, one_line
from corpus.dates import UNDATED, Dated, read_file_name
from corpus.edges import first_words, trim
from corpus.errors import Unreadable
from corpus.names import as_seen, visible

_TITLE_CHARACTERS = 300
_NAME_CHARACTERS = 200
_NOTHING = frozenset({"", "-", "n/a", "na", "nil", "none", "null", "undefined", "unknown", "~"})
_LONG_CODES = {
    "ara": "ar", "chi": "zh", "deu": "de", "eng": "en", "fra": "fr", "fre": "fr", "ger": "de", "heb": "he", "ita": "it",
    "jpn": "ja", "kor": "ko", "por": "pt", "rus": "ru", "spa": "es", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as a reader found it: raw strings, None where the source says nothing.

    find_title: take the first line for the title if it reads like one. many: the file holds more
    than one article; then guid, else the content, tells them apart.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    dated: Dated = UNDATED
    url: str | None = None
    language: str | None = None
    find_title: bool = False
    many: bool = False
    guid: str | None = None


def to_article(draft: Draft, *, path: str) -> Article:
    """Return the article of a draft; raise Unreadable where it holds no text.

    What the source states wins over what stands at the edges of the text, and that over the
    date in the file's name.
    """
    body = clean_body(draft.text)
    if not any(map(str.isalnum, body)):
        raise Unreadable("no text in it; put an article in it or remove it")
    title = stated(draft.title, limit=_TITLE_CHARACTERS)
    language = _language_code(draft.language)
    edges = trim(body, title=title, find_title=draft.find_title, locale=draft.language)
    outlet, page = _outlet(draft.outlet)
    url = web_address(draft.url) or page or web_address(edges.byline.url)
    dated = draft.dated if draft.dated.day else edges.dated
    if not dated.day and not draft.many:
        dated = read_file_name(path)
    title = title or stated(edges.title, limit=_TITLE_CHARACTERS) or first_words(edges.text)
    entry = None
    if draft.many:
        entry = draft.guid or hashlib.sha256(f"{title}\0{edges.text}".encode()).hexdigest()
    return Article(
        id=article_id(url=url, path=path, entry=entry),
        title=title,
        outlet=outlet or _name(edges.byline.outlet),
        author=_author(draft.author) or _name(edges.byline.author),
        published=dated.day,
        published_origin=dated.origin,
        url=url,
        path=path,
        language=language,
        text=edges.text,
    )


def stated(value: str | None, *, limit: int) -> str | None:
    """Return a field on one line, or None where it says nothing ("", "n/a", "null")."""
    if value is None:
        return None
    line = visible(one_line(value, limit=limit))
    return None if line.lower() in _NOTHING or not any(map(str.isalnum, line)) else line


def _name(value: str | None) -> str | None:
    name = stated(value, limit=_NAME_CHARACTERS)
    return as_seen(name) if name else None


def _outlet(value: str | None) -> tuple[str | None, str | None]:
    """Return an outlet's name, or the page that stands in its place, as some clippers write ("source: https://…")."""
    address = web_address(value)
    parts = urlsplit(address) if address else None
    if parts is None:
        return _name(value), None
    return (None, address) if len(parts.path) > 1 or parts.query else (parts.netloc.removeprefix("www."), None)


def _author(value: str | None) -> str | None:
    name = _name(value)
    if name and (re.match(r"(?:https?://|www\.)", name) or not any(map(str.isalpha, name))):
        return None  # the address or the number of an account
    return name


def _language_code(value: str | None) -> str | None:
    """Return the ISO 639-1 code of a language tag ("en-US", "en_GB", "eng"), or None."""
    if value is None:
        return None
    code = re.split(r"[-_.,;\s]", value.strip().lower(), maxsplit=1)[0]
    if code in _LONG_CODES:
        return _LONG_CODES[code]
    return code if re.fullmatch(r"[a-z]{2}", code) and code not in {"xx", "un"} else None
