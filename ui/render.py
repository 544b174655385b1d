"""An answer as safe HTML for the page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from assistant.answer import Answer
from ui import words
from ui.folds import folds_html
from ui.links import Notes, headline_link
from ui.markup import attribute, plain, prose


def answer_html(answer: Answer) -> str:
    """Return the answer as one <div>; whatever others wrote is escaped, and links lead to the reader only.

    A footnote is `<a class="fn" data-note="number" href="/reader/…">`; the source with its quote,
    for the preview, is `<li data-source="number">` in the same <div>.
    """
    notes = Notes(answer)
    parts = chain(
        _short(answer, notes),
        _prose(answer, notes),
        _refusal(answer),
        _left_out(answer),
        folds_html(answer, notes),
        _next(answer),
    )
    return f'<div class="answer {answer.kind}">{"".join(parts)}</div>'


def message_html(text: str) -> str:
    """Return a line of our own, or of an error, as an answer's <div>."""
    return f'<div class="answer notice"><p class="said" dir="auto">{prose(text)}</p></div>'


def _short(answer: Answer, notes: Notes) -> Iterator[str]:
    if answer.short:
        yield f'<p class="short" dir="auto">{prose(answer.short.text)}{notes.links(answer.short.citation)}</p>'


def _prose(answer: Answer, notes: Notes) -> Iterator[str]:
    if not answer.sentences:
        if not answer.refusal:
            yield from _lines(answer.text)
        return
    sentences = (
        (f'<span class="lead">{prose(sentence.lead)}</span> ' if sentence.lead else "")
        + f"{prose(sentence.text)}{notes.links(*sentence.citations)}"
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


def _left_out(answer: Answer) -> Iterator[str]:
    if answer.notice:
        yield f'<p class="small" dir="auto">{prose(answer.notice)}</p>'
    unsupported = answer.left_out_sentences
    if unsupported:
        title = (
            words.UNSUPPORTED_ONE if len(unsupported) == 1 else words.UNSUPPORTED_MANY.format(count=len(unsupported))
        )
        items = "".join(f'<li dir="auto">{prose(one.text)} ({plain(one.reason)})</li>' for one in unsupported)
        yield f'<details class="small"><summary>{title}</summary><ul>{items}</ul></details>'
    unverified = answer.left_out - len(unsupported)
    if unverified > 0:
        many = words.LEFT_OUT_MANY.format(count=unverified)
        yield f'<p class="small">{words.LEFT_OUT_ONE if unverified == 1 else many}</p>'


def _next(answer: Answer) -> Iterator[str]:
    if answer.suggestions:
        items = "".join(f"<li>{question_button(question)}</li>" for question in answer.suggestions)
        yield f'<ul class="next" aria-label="{words.NEXT}">{items}</ul>'


def question_button(question: str) -> str:
    """Return a question that is asked when it is pressed."""
    asked = attribute(question)
    return f'<button type="button" class="question" dir="auto" data-ask="{asked}">{asked}</button>'
