"""The publication date of an HTML page, from the most to the least certain statement of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from corpus.dates import UNDATED, Dated, find_date, only_day, read_date_line, read_stamp
from corpus.markup import element_text
from corpus.page import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META = tuple(
    """
    article:published_time og:article:published_time article:published article.published og:published_time
    datepublished rnews:datepublished originalpublicationdate cxenseparse:recs:publishtime cxenseparse:publishtime
    parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date publication_date publication-date
    published_date published-date published_at published date_published article_date_original article.created
    dc.date.issued dcterms.issued dc.date.published dc.date.created dcterms.created dc.date dcterms.date dc:date
    dc:created prism.publicationdate citation_publication_date citation_date bt:pubdate ptime pdate pub_date
    publishtime publish_time posted datecreated eomportal-firstpublished lastpublished displaydate article:post_date
    date
    """.split()
)
_OTHER_META = re.compile(r"(?:^|[^a-z])(?:date|pub(?:lish(?:ed)?)?(?:[-_. ]?(?:date|time|on|at)))(?:$|[^a-z])")
_NOT_PUBLICATION = re.compile(r"modif|updat|expir|event|valid|start|end|birth|revis|review|access|crawl|last")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(\d{1,2})[/-]?(\d{1,2})(?=[/_.-])|/((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_MARKED = (
    "//*[@itemprop='datePublished' or contains(@property,'datePublished') or @pubdate]",
    "//time[contains(@class,'publish') or contains(@class,'pubdate') or contains(@class,'entry-date')]",
    "//abbr[contains(@class,'published')]",
)
_TIMES = "//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::nav)]"
_LOWERED = "translate({0},'PUBLISHDATE','publishdate')"
_CLASSED = (
    "//*[self::div or self::span or self::p or self::time or self::li or self::em or self::small or self::td]"
    f"[contains({_LOWERED.format('@class')},$name) or contains({_LOWERED.format('@id')},$name)]"
)
# The clock of the site stands above the headline; a date above it counts only inside the article.
_OUTSIDE = (
    "boolean(ancestor::header[not(ancestor::article)] or ancestor::footer or ancestor::nav or ancestor::aside or "
    "following::h1[not(ancestor::article)] or (not(ancestor::article) and following::h1))"
)
_PARTS = re.compile(r"\s*[|•·/]\s*|\s+[–—-]\s+|\s*来源.*")
_CLASSES = tuple("pubdate publish pub-date pub_date postdate post-date dateline date-display timestamp date".split())
_LONGEST_LINE = 160
_LINES_BELOW_HEADING = 12


def find_page_date(page: Page) -> Dated:
    """Return when a page says it was published; UNDATED where it does not.

    Never from copyright lines, times of update, or dates in the body, which may be anybody's.
    """
    locale = page.language
    if day := _first(page.linked_data.get("datePublished"), locale=locale):
        return Dated(day, "json-ld")
    if day := _from_meta(page, locale):
        return Dated(day, "meta")
    if day := _first(page.linked_data.get("dateCreated"), locale=locale):
        return Dated(day, "json-ld")
    if day := _from_marked_elements(page, locale):
        return Dated(day, "meta")
    if day := only_day(_URL_DATE, page.url or ""):
        return Dated(day, "file-name")
    if day := _from_classed_elements(page, locale) or _from_lines_below_heading(page, locale):
        return Dated(day, "byline")
    return UNDATED


def _first(*values: object, locale: str | None) -> date | None:
    for value in values:
        candidates = value if isinstance(value, list) else [value]
        for candidate in candidates:
            if day := read_stamp(candidate, locale=locale):
                return day
    return None


def _from_meta(page: Page, locale: str | None) -> date | None:
    for name in _META:
        if day := _first(*page.meta.get(name, ()), locale=locale):
            return day
    for value in page.meta.get("parsely-page", ()):
        try:
            loaded = json.loads(value, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(loaded, dict) and (day := read_stamp(loaded.get("pub_date"), locale=locale)):
            return day
    for name, values in page.meta.items():
        if _OTHER_META.search(name) and not _NOT_PUBLICATION.search(name) and (day := _first(*values, locale=locale)):
            return day
    return None


def _from_marked_elements(page: Page, locale: str | None) -> date | None:
    for path in _MARKED:
        for element in page.tree.xpath(path)[:5]:
            if day := _first(element.get("datetime"), element.get("content"), element.get("title"), locale=locale):
                return day
            if day := _day_of_line(_line(element.text_content()), locale):
                return day
    times = {
        day
        for element in page.tree.xpath(_TIMES)[:50]
        if not _is_update(element) and (day := read_stamp(element.get("datetime"), locale=locale))
    }
    # Several times on a page belong to teasers and comments as much as to the article.
    return times.pop() if len(times) == 1 else None


def _is_update(element: HtmlElement) -> bool:
    parent = element.getparent()
    before = (parent.text or "")[-40:] if parent is not None else ""
    said = " ".join([*map(str, element.attrib.values()), element.text or "", before])
    return bool(re.search(r"updat|modif", said, re.IGNORECASE))


def _from_classed_elements(page: Page, locale: str | None) -> date | None:
    for name in _CLASSES:
        found = {day for line in _lines_of_class(page, name) if (day := _day_of_line(line, locale))}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _lines_of_class(page: Page, name: str) -> Iterator[str]:
    for element in page.tree.xpath(_CLASSED, name=name)[:20]:
        if element.xpath(_OUTSIDE):
            continue
        line = _line(element.text_content())
        if len(line) <= _LONGEST_LINE and not re.search(r"updated|modified|©|copyright", line, re.IGNORECASE):
            yield line


def _day_of_line(line: str, locale: str | None) -> date | None:
    dated = read_date_line(line, locale=locale)
    return dated.day if dated else (find_date(line, locale=locale) if len(line) <= 60 else None)


def _line(text: str) -> str:
    return " ".join(text.split())


def _from_lines_below_heading(page: Page, locale: str | None) -> date | None:
    """Return the date among the few short lines between the headline and the body."""
    title, body = page.title, page.tree.find("body")
    if title is None or body is None:
        return None
    lines = [line for line in element_text(body).split("\n") if line]
    for start in (number for number, line in enumerate(lines) if _line(line).startswith(title)):
        for line in lines[start + 1 : start + 1 + _LINES_BELOW_HEADING]:
            if len(line) > _LONGEST_LINE:
                break
            for part in _PARTS.split(line):
                dated = read_date_line(part, locale=locale)
                if dated and dated.day:
                    return dated.day
    return None
