"""HTML pages: the article's body out of the page, and what the page states about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Article, Failure
from corpus.bylines import is_name
from corpus.cleaning import one_line
from corpus.decoding import decode
from corpus.draft import Draft, to_article
from corpus.errors import Unreadable
from corpus.file import FileState, read_bytes
from corpus.page import Page, declared_encoding, parse_page
from corpus.page_dates import find_page_date
from corpus.paragraphs import is_hard_wrapped, row_line, unwrap

_PAGE_LIMIT_BYTES = 20_000_000
_SHORTEST_BODY = 80
# The second opinion that is asked on a page takes time with the square of its size.
_MOST_ELEMENTS_TWICE_READ = 6_000
_MOST_ELEMENTS = 60_000
_STRUCK_OUT = re.compile(r"<(del|s|strike)(?:\s[^<>]*)?>(?:(?!<\1[\s>]).)*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_NO_BODY = "no article body in this page (a front page, a redirect or a page made by scripts?); save the article itself"


def read_html(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a page; raise Unreadable where it holds none."""
    data = read_bytes(file, limit=_PAGE_LIMIT_BYTES)
    source = decode(data, declared=declared_encoding(data))
    page = parse_page(source)
    if page is None or page.is_front_page:
        raise Unreadable(_NO_BODY)
    yield to_article(_draft(page, source), path=file.path)


def _draft(page: Page, source: str) -> Draft:
    elements = sum(1 for _ in page.tree.iter())
    if elements > _MOST_ELEMENTS:
        raise Unreadable(f"{elements:,} elements, no page of news has so many; save the article itself")
    text, found_title, found_author = _extract(source, page.url, fast=elements > _MOST_ELEMENTS_TWICE_READ)
    lines = text.split("\n")
    if is_hard_wrapped(lines):
        text = "\n".join(unwrap(lines))
    if len(text) < _SHORTEST_BODY:
        raise Unreadable(_NO_BODY)
    return Draft(
        text=text,
        title=page.title or found_title,
        outlet=page.outlet,
        author=", ".join(page.authors) or _author(found_author, page.outlet),
        dated=find_page_date(page),
        url=page.url,
        language=page.language,
        find_title=True,
    )


def _extract(source: str, url: str | None, *, fast: bool) -> tuple[str, str | None, str | None]:
    """Return body, title and author as trafilatura sees them."""
    import trafilatura

    document = trafilatura.bare_extraction(
        _STRUCK_OUT.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", source)),
        url=url,
        fast=fast,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2099-12-31"},
        with_metadata=True,
    )
    if document is None or isinstance(document, dict):
        return "", None, None
    return _without_marks(document.text or ""), document.title, document.author


def _without_marks(text: str) -> str:
    """Return extracted text without the marks of lists and tables ("- item", "| cell | cell |")."""
    return "\n".join(_row(line) if line.startswith("|") else line.removeprefix("- ") for line in text.split("\n"))


def _row(line: str) -> str:
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    return row_line(cells) if any(cell.strip("-: ") for cell in cells) else ""  # else the rule under the head


def _author(found: str | None, outlet: str | None) -> str | None:
    if not found:
        return None
    # Found by the place of an element on the page, which may as well hold a reader's or a menu's name.
    names = (one_line(name, limit=80) for name in found.split(";"))
    kept = [name for name in names if is_name(name) and name.casefold() != (outlet or "").casefold()]
    return ", ".join(dict.fromkeys(kept)) or None
