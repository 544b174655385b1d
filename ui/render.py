"""An answer as safe HTML for the page, as Markdown with footnotes, and as text for a terminal."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from assistant.answer import Answer, Citation, Disagreement, Event
from corpus.article import Headline
from ui import words
from ui.markup import attribute, label, name, plain, prose, web_address
from ui.reader import byline, day, reader_href


def answer_html(answer: Answer) -> str:
    """Return the answer as one <div>; whatever others wrote is escaped, and links lead to the reader only.

    A footnote is `<a class="fn" data-note="number" href="/reader/…">`; the source with its quote,
    for the preview, is `<li data-source="number">` in the same <div>.
    """
    parts = chain(
        _short(answer),
        _prose(answer),
        _refusal(answer),
        _left_out(answer),
        _folds(answer),
        _next(answer),
    )
    return f'<div class="answer {answer.kind}">{"".join(parts)}</div>'


def message_html(text: str, *, kind: str = "notice") -> str:
    """Return a line of our own, or of an error, as an answer's <div>."""
    return f'<div class="answer {kind}"><p class="said" dir="auto">{prose(text)}</p></div>'


def source_name(headline: Headline) -> str:
    """Return outlet and date in plain words: "Haqqin.az, undated"."""
    return ", ".join([*([label(headline.outlet)] if headline.outlet else []), day(headline.published)])


def _notes(answer: Answer, numbers: Iterable[int]) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    return "".join(_note(answer, cited[number]) for number in numbers if number in cited)


def _note(answer: Answer, citation: Citation) -> str:
    spans = [(other.start, other.end) for other in answer.citations if other.article.id == citation.article.id]
    href = reader_href(citation.article.id, spans, at=(citation.start, citation.end))
    spoken = attribute(words.FOOTNOTE.format(number=citation.number, source=source_name(citation.article)))
    return (
        f'<sup><a class="fn" data-note="{citation.number}" href="{html.escape(href)}" aria-label="{spoken}">'
        f"{citation.number}</a></sup>"
    )


def _short(answer: Answer) -> Iterator[str]:
    if answer.short:
        yield f'<p class="short" dir="auto">{prose(answer.short.text)}{_notes(answer, [answer.short.citation])}</p>'


def _prose(answer: Answer) -> Iterator[str]:
    if not answer.sentences:
        if not answer.refusal:
            yield from _lines(answer.text)
        return
    sentences = (
        '<span class="sentence">'
        + (f'<span class="lead">{prose(sentence.lead)}</span> ' if sentence.lead else "")
        + f"{prose(sentence.text)}{_notes(answer, sentence.citations)}</span>"
        for sentence in answer.sentences
    )
    yield f'<p class="said" dir="auto">{" ".join(sentences)}</p>'


def _lines(text: str) -> Iterator[str]:
    yield from (f'<p class="said" dir="auto">{prose(line)}</p>' for line in text.split("\n") if line.strip())


def _refusal(answer: Answer) -> Iterator[str]:
    if not answer.refusal:
        return
    yield from _lines(answer.refusal.message)
    if answer.refusal.closest:
        items = "".join(f"<li>{headline_link(headline)}</li>" for headline in answer.refusal.closest)
        yield f'<p class="over">{words.CLOSEST}</p><ul class="closest">{items}</ul>'


def headline_link(headline: Headline, *, with_author: bool = False) -> str:
    """Return a headline that opens its article, with outlet and date beside it."""
    href = html.escape(reader_href(headline.id))
    author = f' · <span class="author">{name(headline.author)}</span>' if with_author and headline.author else ""
    return (
        f'<a class="headline" href="{href}" data-reader>{name(headline.title)}</a> '
        f'<span class="byline">{byline(headline)}{author}</span>'
    )


def _byline(headline: Headline, speaker: str | None = None) -> str:
    return f'<span class="byline">{f"{name(speaker)}, " if speaker else ""}{byline(headline)}</span>'


def _left_out(answer: Answer) -> Iterator[str]:
    if answer.left_out:
        many = words.LEFT_OUT_MANY.format(count=answer.left_out)
        yield f'<p class="small">{words.LEFT_OUT_ONE if answer.left_out == 1 else many}</p>'


def _folds(answer: Answer) -> Iterator[str]:
    """Yield what stands behind the answer, each part folded, and nothing where there is nothing."""
    searched = "".join(_searched(answer))
    if searched:
        yield f'<p class="searched">{searched}</p>'
    for disagreement in answer.disagreements:
        yield _fold("sides", prose(disagreement.about), _sides(answer, disagreement), unfolded=True)
    if answer.statements:
        yield _fold("statements", words.STATEMENTS, _statements(answer), count=len(answer.statements))
    if answer.timeline:
        yield _fold("timeline", words.TIMELINE, _timeline(answer), count=len(answer.timeline))
    if answer.citations:
        yield _fold("sources", words.SOURCES, _sources(answer), count=len(answer.citations))


def _fold(kind: str, title: str, content: str, *, count: int | None = None, unfolded: bool = False) -> str:
    number = "" if count is None else f' <span class="count">{count}</span>'
    state = " open" if unfolded else ""
    return f'<details class="fold {kind}"{state}><summary>{title}{number}</summary>{content}</details>'


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


def _sides(answer: Answer, disagreement: Disagreement) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    items = (
        f'<li><span class="value" dir="auto">{prose(side.value)}{_notes(answer, [side.citation])}</span>'
        f"{_byline(cited[side.citation].article, side.speaker)}</li>"
        for side in disagreement.sides
        if side.citation in cited
    )
    return f'<ul class="columns">{"".join(items)}</ul>'


def _statements(answer: Answer) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    rows = (
        f'<li><span class="who">{name(said.speaker)}</span> <span class="byline">{name(said.verb)} · '
        f"{words.QUOTED if said.quoted else words.REPORTED} · {byline(cited[said.citation].article)}</span>"
        f'<div dir="auto"><q>{prose(cited[said.citation].quote)}</q>{_notes(answer, [said.citation])}</div></li>'
        for said in answer.statements
        if said.citation in cited
    )
    return f'<ul class="rows">{"".join(rows)}</ul>'


def _timeline(answer: Answer) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    rows = (
        f'<li><span class="when">{name(_when(event))}</span> <span dir="auto">'
        f"{prose(cited[event.citation].quote)}{_notes(answer, [event.citation])}</span></li>"
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
    href = html.escape(reader_href(citation.article.id, [span], at=span))
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
    if answer.writer != "extractive":
        parts.append(words.WRITTEN_BY.format(writer=name(answer.writer)))
    return f'<p class="small freshness">{" ".join(parts)}</p>' if parts else ""


def _next(answer: Answer) -> Iterator[str]:
    if answer.suggestions:
        items = "".join(f"<li>{question_button(question)}</li>" for question in answer.suggestions)
        yield f'<ul class="next" aria-label="{words.NEXT}">{items}</ul>'


def question_button(question: str) -> str:
    """Return a question that is asked when it is pressed."""
    asked = attribute(question)
    return f'<button type="button" class="question" dir="auto" data-ask="{asked}">{asked}</button>'


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^]|(?<=^)[-+=](?=\s)|(?<=^\d)[.)])", re.MULTILINE)


def answer_markdown(answer: Answer, *, group: str = "") -> str:
    """Return question and answer as Markdown with footnotes.

    group: put before the footnote numbers ("2-"), so that several answers can stand in one file.
    """
    lines = [f"**{_escaped(answer.question)}**", ""]
    if answer.short:
        lines += [f"**{_escaped(answer.short.text)}**[^{group}{answer.short.citation}]", ""]
    if answer.sentences:
        sentences = []
        for sentence in answer.sentences:
            lead = f"{_escaped(sentence.lead)} " if sentence.lead else ""
            sentences.append(
                lead + _escaped(sentence.text) + "".join(f"[^{group}{number}]" for number in sentence.citations)
            )
        lines += [" ".join(sentences), ""]
    else:
        lines += [_escaped(answer.refusal.message if answer.refusal else answer.text), ""]
    for disagreement in answer.disagreements:
        lines += [_escaped(disagreement.about), ""]
        for side in disagreement.sides:
            speaker = f" ({_escaped(side.speaker)})" if side.speaker else ""
            lines.append(f"- {_escaped(side.value)}{speaker}[^{group}{side.citation}]")
        lines.append("")
    if answer.refusal and answer.refusal.closest:
        lines += [f"{words.CLOSEST}:", "", *(f"- {_reference(headline)}" for headline in answer.refusal.closest), ""]
    lines += [
        f"[^{group}{note.number}]: “{_escaped(note.quote)}” {_reference(note.article)}" for note in answer.citations
    ]
    return "\n".join(lines).rstrip() + "\n"


def _reference(headline: Headline) -> str:
    address = web_address(headline.url)
    where = f" <{address}>" if address and not set("<>") & set(address) else ""
    return f"*{_escaped(headline.title)}*, {_escaped(source_name(headline))}.{where}"


def _escaped(text: str) -> str:
    """Return text on one line, with nothing in it that Markdown or HTML would take for its own."""
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def answer_text(answer: Answer) -> str:
    """Return the answer for a terminal, without the control characters that could command it."""
    return plain(str(answer))
