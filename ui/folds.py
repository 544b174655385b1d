"""What stands behind an answer: sides, who said what, a timeline, the sources. Nothing where there is nothing."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date

from assistant.answer import EXTRACTIVE, Answer, Citation, Disagreement, Event
from assistant.wording import day
from corpus.article import Headline
from ui import words
from ui.links import Notes, byline, headline_link, reader_href
from ui.markup import attribute, name, prose

FRAGMENT_WORDS = 4
"""A side of fewer words is a value, such as a number or a name; one of more is a piece of a sentence."""

_ENDINGS = ' .!?"”’'


def folds_html(answer: Answer, notes: Notes) -> Iterator[str]:
    """Yield the parts, the disagreements unfolded."""
    searched = "".join(_searched(answer))
    if searched:
        yield f'<p class="searched">{searched}</p>'
    for disagreement in answer.disagreements:
        yield fold(prose(disagreement.about), _sides(disagreement, notes), kind="sides", unfolded=True)
    if answer.statements:
        yield fold(words.STATEMENTS, _statements(answer, notes), kind="statements", count=len(answer.statements))
    if answer.timeline:
        yield fold(words.TIMELINE, _timeline(answer, notes), kind="timeline", count=len(answer.timeline))
    if answer.citations:
        yield fold(words.SOURCES, _sources(answer), kind="sources", count=len(answer.citations))


def fold(title: str, content: str, *, kind: str = "", count: int | None = None, unfolded: bool = False) -> str:
    """Return what opens at its title. kind: what the style sheet knows it by."""
    number = "" if count is None else f' <span class="count">{count:,}</span>'
    state = " open" if unfolded else ""
    return f'<details class="{f"fold {kind}".rstrip()}"{state}><summary>{title}{number}</summary>{content}</details>'


def _searched(answer: Answer) -> Iterator[str]:
    query = answer.query
    if query.text and query.text != answer.question and answer.kind != "about":
        draft = f'<button type="button" class="edit" data-draft="{attribute(query.text)}">{name(query.text)}</button>'
        yield f"{words.SEARCHED_FOR} {draft} "
    chips = [*query.outlets, *query.authors]
    if query.since:
        chips.append(words.FILTER_SINCE.format(date=day(query.since)))
    if query.until:
        chips.append(words.FILTER_UNTIL.format(date=day(query.until)))
    yield from (f'<span class="chip">{name(chip)}</span> ' for chip in chips)


def _sides(disagreement: Disagreement, notes: Notes) -> str:
    items = (
        f'<li><span class="value" dir="auto">{prose(_cut_out(side.value, notes.cited[side.citation].quote))}'
        f"{notes.links(side.citation)}</span>"
        f"{_byline(notes.cited[side.citation].article, side.speaker)}</li>"
        for side in disagreement.sides
        if side.citation in notes.cited
    )
    return f'<ul class="columns">{"".join(items)}</ul>'


def _cut_out(value: str, quote: str) -> str:
    """Return a side's words, with an ellipsis where several of them are cut out of a longer sentence."""
    if value not in quote or len(value.split()) < FRAGMENT_WORDS:
        return value
    before, _, after = quote.partition(value)
    ends = after.strip(_ENDINGS)
    return f"{'…' if before.strip() else ''}{value}{'…' if ends else ''}"


def _statements(answer: Answer, notes: Notes) -> str:
    cited = notes.cited
    rows = (
        f'<li><span class="who">{name(said.speaker)}</span> <span class="byline">{name(said.verb)} · '
        f"{words.QUOTED if said.quoted else words.REPORTED} · {byline(cited[said.citation].article)}</span>"
        f'<div dir="auto"><q>{prose(cited[said.citation].quote)}</q>{notes.links(said.citation)}</div></li>'
        for said in answer.statements
        if said.citation in cited
    )
    return f'<ul class="rows">{"".join(rows)}</ul>'


def _timeline(answer: Answer, notes: Notes) -> str:
    cited = notes.cited
    rows = (
        f'<li><span class="when">{name(_when(event))}</span> <span dir="auto">'
        f"{prose(cited[event.citation].quote)}{notes.links(event.citation)}</span></li>"
        for event in answer.timeline
        if event.citation in cited
    )
    return f'<ol class="rows">{"".join(rows)}</ol>'


def _when(event: Event) -> str:
    """Return an event's date as it is read: a day, a month, a year, or the article's own words for it."""
    if event.date is None:
        return words.DATE_UNKNOWN.format(text=event.date_text)
    try:
        if len(event.date) == len("2024-05"):
            return f"{date.fromisoformat(f'{event.date}-01'):%B %Y}"
        return day(date.fromisoformat(event.date))
    except ValueError:
        return event.date


def _sources(answer: Answer) -> str:
    items = "".join(
        f'<li data-source="{citation.number}" value="{citation.number}">{_source(citation)}</li>'
        for citation in answer.citations
    )
    return f'<ol class="source-list">{items}</ol>{_freshness(answer)}'


def _source(citation: Citation) -> str:
    others = ", ".join(name(headline.outlet or headline.title) for headline in citation.also_in)
    also = f' <span class="byline">{words.ALSO_IN.format(outlets=others)}</span>' if others else ""
    span = (citation.start, citation.end)
    href = html.escape(reader_href(citation.article.id, {span: citation.quote}, at=span))
    return (
        f'<q dir="auto">{prose(citation.quote)}</q> <span class="origin"><a class="headline" href="{href}" data-reader>'
        f"{name(citation.article.title)}</a> {_byline(citation.article)}{also}</span>"
    )


def _freshness(answer: Answer) -> str:
    fresh = answer.freshness
    parts = []
    if fresh.newest_used:
        parts.append(words.NEWEST_USED.format(date=day(fresh.newest_used)))
    if fresh.corpus_newest:
        parts.append(words.CORPUS_NEWEST.format(date=day(fresh.corpus_newest)))
    if fresh.newer_left_out:
        parts.append(f"{words.NEWER_LEFT_OUT} {headline_link(fresh.newer_left_out)}")
    if answer.writer != EXTRACTIVE:
        parts.append(words.WRITTEN_BY.format(writer=name(answer.writer)))
    return f'<p class="small">{" ".join(parts)}</p>' if parts else ""


def _byline(headline: Headline, speaker: str | None = None) -> str:
    return f'<span class="byline">{f"{name(speaker)}, " if speaker else ""}{byline(headline)}</span>'
