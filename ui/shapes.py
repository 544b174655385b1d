"""The wire forms by name, as the OpenAPI page and the tools describe them. They describe; `to_dict` makes them.

Offsets count characters of the article's text.
"""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict


class HeadlineForm(TypedDict):
    """An article without its text; null is what it does not state."""

    id: str
    title: str
    outlet: str | None
    author: str | None
    published: str | None
    published_origin: str
    url: str | None
    path: str


class ArticleForm(HeadlineForm):
    """An article as it is indexed."""

    language: str | None
    text: str


class PassageForm(TypedDict):
    """A piece of an article: text[start:end] of the article is its text."""

    id: str
    start: int
    end: int
    text: str


class HitForm(TypedDict):
    """A passage that was found; scores compare within one search only."""

    rank: int
    score: float
    origin: Literal["vector", "keyword", "both"]
    passage: PassageForm
    article: HeadlineForm


class SearchForm(TypedDict):
    """Passages, best first."""

    question: str
    hits: list[HitForm]
    timings_ms: dict[str, float]


class QueryForm(TypedDict):
    """The question made to stand alone, and the filters given or read out of it."""

    text: str
    filters: dict[str, Any]


class ShortForm(TypedDict):
    """The short answer, within the quote of its citation."""

    text: str
    start: int
    end: int
    citation: int


class SentenceForm(TypedDict):
    """A sentence with the numbers of its citations; the lead is Footnote's own and never part of a quote."""

    lead: str
    text: str
    citations: list[int]


class CitationForm(TypedDict):
    """The exact words a sentence rests on, and who else prints them."""

    number: int
    quote: str
    start: int
    end: int
    article: HeadlineForm
    also_in: list[HeadlineForm]


class ClosestForm(TypedDict):
    """An article near a question that is not answered."""

    article: HeadlineForm


class RefusalForm(TypedDict):
    """Why there is no answer; missing: words of the question that occur in no article."""

    reason: str
    message: str
    closest: list[ClosestForm]
    missing: list[str]


class SideForm(TypedDict):
    """What one article says where articles differ."""

    value: str
    citation: int
    speaker: str | None


class DisagreementForm(TypedDict):
    """What articles differ on."""

    about: str
    sides: list[SideForm]
    updated: bool


class StatementForm(TypedDict):
    """Who said what."""

    speaker: str
    verb: str
    citation: int
    quoted: bool


class EventForm(TypedDict):
    """A row of a timeline; date: YYYY, YYYY-MM or YYYY-MM-DD."""

    date: str | None
    date_text: str
    citation: int


class FreshnessForm(TypedDict):
    """How new the answer is."""

    newest_used: str | None
    corpus_newest: str | None
    newer_left_out: HeadlineForm | None


class LeftOutForm(TypedDict):
    """A sentence of a language model that was removed."""

    text: str
    reason: str


class AnswerForm(TypedDict):
    """An answer, a refusal, or a line about the articles."""

    question: str
    kind: Literal["answer", "refusal", "about"]
    answered: bool
    query: QueryForm
    text: str
    short: ShortForm | None
    sentences: list[SentenceForm]
    citations: list[CitationForm]
    left_out: int
    refusal: RefusalForm | None
    disagreements: list[DisagreementForm]
    statements: list[StatementForm]
    timeline: list[EventForm]
    freshness: FreshnessForm
    suggestions: list[str]
    writer: str
    timings_ms: dict[str, float]
    notice: str
    left_out_sentences: list[LeftOutForm]


class ErrorForm(TypedDict):
    """What went wrong, in one line that says what to do."""

    error: str


class CompletionErrorDetail(TypedDict):
    """What went wrong, as clients of OpenAI's API read it."""

    message: str
    type: str
    param: str | None
    code: str | None


class CompletionErrorForm(TypedDict):
    """What went wrong under /v1."""

    error: CompletionErrorDetail
