"""What is wrong with an answer. Strict: whatever is said has to stand, word by word, in an article of its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.soak.shelf import Edition, Shelf

MISSED = "does not cite the article that it ought to"
"""What a fault begins with that may have been right: with other articles about, another one may fit better."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the article that an answer has to cite; None where it may be refused.

    of: the edition it asks about, where that comes and goes.
    """

    text: str
    must: str | None = None
    of: Edition | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """When a question was sent, and when its answer had come, in seconds."""

    asked: float
    answered: float


def wrong_with(question: Question, answer: dict[str, Any], span: Span, shelf: Shelf) -> list[str]:
    """Return every fault, each in a line; empty for a right answer. answer: its wire form."""
    return [*_unsupported(answer), *_untimely(answer, span, shelf), *_missed(question, answer, span)]


def cites(answer: dict[str, Any], article_id: str | None) -> bool:
    """Return whether an answer rests on an article."""
    return article_id in {one["article"]["id"] for one in answer["citations"]}


def wrong_with_hits(hits: Sequence[dict[str, Any]], span: Span, shelf: Shelf) -> list[str]:
    """Return the faults of a search: passages that stand in no article of their time."""
    return [
        f"passage {hit['rank']} stands in no article that was there: {hit['passage']['text'][:60]!r}"
        for hit in hits
        if not _stands(hit["article"]["id"], **_cut(hit["passage"]), span=span, shelf=shelf)
    ]


def _unsupported(answer: dict[str, Any]) -> Iterator[str]:
    known = {one["number"] for one in answer["citations"]}
    if answer["kind"] == "answer" and not (answer["sentences"] and known):
        yield "an answer without a sentence or a citation"
    for sentence in answer["sentences"]:
        if not sentence["citations"] or not known.issuperset(sentence["citations"]):
            yield f"a sentence without its citation: {sentence['text'][:60]!r}"


def _untimely(answer: dict[str, Any], span: Span, shelf: Shelf) -> Iterator[str]:
    for one in answer["citations"]:
        where = {"start": one["start"], "end": one["end"], "text": one["quote"]}
        if not _stands(one["article"]["id"], **where, span=span, shelf=shelf):
            yield f"citation {one['number']} stands in no article that was there: {one['quote'][:60]!r}"
        for other in one["also_in"]:
            if not any(one.may_be_cited(span.asked, span.answered) for one in shelf.of(other["id"])):
                yield f"also printed by an article that was not there: {other['title'][:60]!r}"


def _missed(question: Question, answer: dict[str, Any], span: Span) -> Iterator[str]:
    if question.must and not cites(answer, question.must):
        yield f"{MISSED}: {question.text[:80]!r}"
    edition = question.of
    if edition and edition.must_be_cited(span.asked, span.answered):
        if not cites(answer, edition.article.id):
            yield f"does not find an article that the server has told of: {question.text!r}"
        elif edition.value not in answer["text"]:
            yield f"does not say what the article says now ({edition.value}): {answer['text'][:80]!r}"


def _stands(article_id: str, *, start: int, end: int, text: str, span: Span, shelf: Shelf) -> bool:
    return bool(text) and any(
        edition.article.text[start:end] == text
        for edition in shelf.of(article_id)
        if edition.may_be_cited(span.asked, span.answered)
    )


def _cut(passage: dict[str, Any]) -> dict[str, Any]:
    return {"start": passage["start"], "end": passage["end"], "text": passage["text"]}
