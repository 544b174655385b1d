"""An article as a page to read, with the cited sentences lit."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from assistant.wording import day
from corpus.article import Article
from ui import words
from ui.links import Span, fingerprint, ordered
from ui.markup import label, name, prose, safe_address


def reader_html(article: Article, spans: Sequence[Span] = (), *, at: Span | None = None, said: str = "") -> str:
    """Return the article as an <article> element.

    The body's text content is `article.text`. Span number n of `ordered(spans)` is lit by
    `<mark data-cites="… n …">`, more than one mark where it crosses paragraphs or other spans; its
    first one has the id `cite-n`, or follows an empty anchor of that id. The marks of `at` have
    the class `current`. Spans outside the text are not lit. said: the `fingerprint` of the words that stood
    there; where others do by now, none is lit, and a line says so.
    """
    lit = ordered(spans)
    changed = bool(said) and said != fingerprint(article.text[start:end] for start, end in lit)
    lit = [] if changed else lit
    current = lit.index(at) if at in lit else None
    facts = [name(article.author)] if article.author else []
    facts.append(f"<time>{day(article.published)}</time>")
    if article.published:
        facts.append(f'<span class="origin">{words.DATE_ORIGINS[article.published_origin]}</span>')
    address = safe_address(article.url)
    source = ""
    if address:
        host = html.escape(urlsplit(address).hostname or "")
        source = (
            f'<p class="source"><a href="{html.escape(address)}" target="_blank" rel="noopener noreferrer">'
            f"{words.READER_SOURCE.format(host=f'<bdi>{host}</bdi>')}</a></p>"
        )
    note = f'<p class="small">{words.READER_CHANGED}</p>' if changed else ""
    outlet = f'<p class="outlet">{name(article.outlet)}</p>' if article.outlet else ""
    language = f' lang="{html.escape(article.language)}"' if article.language else ""
    # Not isolated like other names: an element takes its direction from what is not isolated in it.
    title = f'<h2 dir="auto" tabindex="-1">{html.escape(label(article.title))}</h2>'
    return (
        f'<article class="article" data-spans="{len(lit)}"{language}><header>{outlet}{title}'
        f'<p class="facts">{" · ".join(facts)}</p>{source}{note}</header>'
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
    edges = {start, end, *(edge for _, span in inside for edge in span if start < edge < end)}
    for left, right in pairwise(sorted(edges)):
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
