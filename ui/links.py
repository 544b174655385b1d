"""How an article is named, and how one is led to it and to its words."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from assistant.answer import Answer, Citation
from assistant.wording import day
from corpus.article import Headline
from ui import words
from ui.markup import attribute, label, name

Span = tuple[int, int]
"""start and end in characters of the article's text, end exclusive."""

_SPAN = re.compile(r"([0-9]{1,11})-([0-9]{1,11})")


def reader_href(article_id: str, quotes: Mapping[Span, str] | None = None, *, at: Span | None = None) -> str:
    """Return the path at which the article is read, with these quotes lit where they stand and one of them current."""
    path = f"/reader/{quote(article_id, safe='')}"
    if not quotes:
        return path
    spans = ordered(quotes)
    cite = ",".join(f"{start}-{end}" for start, end in spans)
    said = fingerprint(quotes[span] for span in spans)
    return f"{path}?cite={cite}&said={said}" + (f"&at={at[0]}-{at[1]}" if at else "")


def fingerprint(quotes: Iterable[str]) -> str:
    """Return what tells later whether the same words still stand where they were quoted from."""
    return hashlib.sha256("\0".join(quotes).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def spans_from(cite: str) -> list[Span]:
    """Read the spans of a reader path back; what is not a span is left out."""
    found = map(_SPAN.fullmatch, cite.split(",")[:500])
    return [(int(span[1]), int(span[2])) for span in found if span]


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text, each once."""
    return sorted(set(spans))


def byline(headline: Headline) -> str:
    """Return outlet and date as HTML: what tells two articles of one title apart."""
    parts = [name(headline.outlet)] if headline.outlet else []
    return " · ".join([*parts, f"<time>{day(headline.published)}</time>"])


def source_name(headline: Headline) -> str:
    """Return outlet and date in plain words: "Haqqin.az, undated"."""
    return ", ".join([*([label(headline.outlet)] if headline.outlet else []), day(headline.published)])


def headline_link(headline: Headline, *, with_author: bool = False) -> str:
    """Return a headline that opens its article, with outlet and date beside it."""
    href = html.escape(reader_href(headline.id))
    author = f" · {name(headline.author)}" if with_author and headline.author else ""
    return (
        f'<a class="headline" href="{href}" data-reader>{name(headline.title)}</a> '
        f'<span class="byline">{byline(headline)}{author}</span>'
    )


class Notes:
    """The footnotes of one answer: every number leads to its words, with the others of the article lit beside them."""

    def __init__(self, answer: Answer) -> None:
        self.cited: Mapping[int, Citation] = {citation.number: citation for citation in answer.citations}

    def links(self, *numbers: int) -> str:
        """Return the numbers as links; one that no citation has is left out."""
        return "".join(self._link(self.cited[number]) for number in numbers if number in self.cited)

    def _link(self, citation: Citation) -> str:
        cited = (one for one in self.cited.values() if one.article.id == citation.article.id)
        quotes = {(one.start, one.end): one.quote for one in cited}
        href = reader_href(citation.article.id, quotes, at=(citation.start, citation.end))
        spoken = attribute(words.FOOTNOTE.format(number=citation.number, source=source_name(citation.article)))
        return (
            f'<sup><a class="fn" data-note="{citation.number}" href="{html.escape(href)}" aria-label="{spoken}">'
            f"{citation.number}</a></sup>"
        )
