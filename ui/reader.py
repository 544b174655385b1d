"""An article as a page to read, with the cited sentences lit."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from urllib.parse import quote, urlsplit

from corpus.article import Article, Headline
from ui import words
from ui.markup import label, name, prose, web_address

Span = tuple[int, int]
"""start and end in characters of the article's text, end exclusive."""

_SPAN = re.compile(r"([0-9]{1,11})-([0-9]{1,11})")


def reader_href(article_id: str, spans: Sequence[Span] = (), *, at: Span | None = None) -> str:
    """Return the path at which the article is read, with these spans lit and one of them current."""
    path = f"/reader/{quote(article_id, safe='')}"
    if not spans:
        return path
    cite = ",".join(f"{start}-{end}" for start, end in ordered(spans))
    return f"{path}?cite={cite}" + (f"&at={at[0]}-{at[1]}" if at else "")


def spans_from(cite: str) -> list[Span]:
    """Read the spans of a reader path back; what is not a span is left out."""
    spans = []
    for part in cite.split(",")[:500]:
        if found := _SPAN.fullmatch(part):
            spans.append((int(found[1]), int(found[2])))
    return spans


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text, each once."""
    return sorted(set(spans))


def day(published: date | None) -> str:
    """Return a date as it is shown, or the word for none."""
    return f"{published.day} {published:%B %Y}" if published else words.UNDATED


def byline(headline: Headline) -> str:
    """Return outlet and date as HTML: what tells two articles of one title apart."""
    parts = [name(headline.outlet)] if headline.outlet else []
    return " · ".join([*parts, f"<time>{day(headline.published)}</time>"])


def reader_html(article: Article, spans: Sequence[Span] = (), *, at: Span | None = None) -> str:
    """Return the article as an <article> element.

    The body's text content is `article.text`. Span number n of `ordered(spans)` is lit by
    `<mark data-cites="… n …">`, more than one mark where it crosses paragraphs or other spans; its
    first one has the id `cite-n`, or follows an empty anchor of that id. The marks of `at` have
    the class `current`. Spans outside the text are not lit.
    """
    lit = ordered(spans)
    current = lit.index(at) if at in lit else None
    facts = [name(article.author)] if article.author else []
    facts.append(f"<time>{day(article.published)}</time>")
    if article.published:
        facts.append(f'<span class="origin">{words.DATE_ORIGINS[article.published_origin]}</span>')
    address = web_address(article.url)
    source = ""
    if address:
        host = html.escape(urlsplit(address).hostname or "")
        source = (
            f'<p class="source"><a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
            f"{words.READER_SOURCE.format(host=f'<bdi>{host}</bdi>')}</a></p>"
        )
    outlet = f'<p class="outlet">{name(article.outlet)}</p>' if article.outlet else ""
    language = f' lang="{html.escape(article.language)}"' if article.language else ""
    # Not isolated like other names: an element takes its direction from what is not isolated in it.
    title = f'<h2 dir="auto" tabindex="-1">{html.escape(label(article.title))}</h2>'
    return (
        f'<article class="article" data-spans="{len(lit)}"{language}><header>{outlet}{title}'
        f'<p class="facts">{" · ".join(facts)}</p>{source}</header>'
        f'<div class="article-text">{_body(article.text, lit, current)}</div></article>'
    )


def _body(text: str, lit: Sequence[Span], current: int | None) -> str:
    """Return the text as paragraphs, one a line, the newlines kept between them."""
    begun: set[int] = set()
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        end = offset + len(line)
        inside = [(number, span) for number, span in enumerate(lit) if span[0] < end and span[1] > offset]
        content = "".join(_pieces(text, offset, end, inside, begun, current))
        paragraphs.append(f'<p dir="auto">{content}</p>' if line.strip() else content)
        offset = end + 1
    return "\n".join(paragraphs)


def _pieces(
    text: str, start: int, end: int, inside: Sequence[tuple[int, Span]], begun: set[int], current: int | None
) -> Iterator[str]:
    """Yield one line cut wherever a span begins or ends, the cut pieces lit."""
    edges = {start, end}
    for _, span in inside:
        edges.update(edge for edge in span if start < edge < end)
    cuts = sorted(edges)
    for left, right in pairwise(cuts):
        piece = prose(text[left:right])
        cites = [number for number, span in inside if span[0] < right and span[1] > left]
        if not cites:
            yield piece
            continue
        beginning = [number for number in cites if number not in begun]
        begun.update(beginning)
        yield from (f'<a id="cite-{number}"></a>' for number in beginning[1:])
        identity = f' id="cite-{beginning[0]}"' if beginning else ""
        emphasis = ' class="current"' if current in cites else ""
        yield f'<mark{identity}{emphasis} data-cites="{" ".join(map(str, cites))}">{piece}</mark>'
