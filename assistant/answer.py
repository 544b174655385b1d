"""What an answer is: values in the order others read them, and their wire form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from corpus.article import Headline
from index.filters import Filters
from index.passage import Hit, Passage

Kind = Literal["answer", "refusal", "about"]
EXTRACTIVE = "extractive"
"""The writer of answers in the articles' own words; any other is the name of a model."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of the conversation and the text of its answer."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The question made to stand alone, and the filters given or read out of it.

    since, until: publication dates, both inclusive; a hard bound.
    """

    text: str
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @property
    def filters(self) -> Filters:
        """The filters alone, as an index takes them. Raises BadFilter where nothing could ever pass."""
        return Filters(self.outlets or None, self.authors or None, self.since, self.until)

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form; filters that are not set are left out."""
        filters = {
            "outlets": list(self.outlets),
            "authors": list(self.authors),
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
        }
        return {"text": self.text, "filters": {name: value for name, value in filters.items() if value}}


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of an article that a sentence rests on: `article.text[start:end] == quote`.

    number: from 1 in order of first use, no gaps. also_in: reprints of the same text, one witness together.
    """

    number: int
    quote: str
    start: int
    end: int
    passage: Passage
    also_in: tuple[Headline, ...] = ()

    @property
    def article(self) -> Headline:
        """The headline of the article quoted."""
        return self.passage.article

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "number": self.number,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "article": self.article.to_dict(),
            "also_in": [headline.to_dict() for headline in self.also_in],
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. `lead` is ours and never part of a quote; `citations` are numbers, never empty."""

    text: str
    citations: tuple[int, ...]
    lead: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {"lead": self.lead, "text": self.text, "citations": list(self.citations)}


@dataclass(frozen=True, slots=True)
class Short:
    """The short answer. start, end: characters of the article's text, inside the quote of `citation`."""

    text: str
    start: int
    end: int
    citation: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and what comes closest.

    missing: words and names of the question that occur in no article.
    """

    reason: str
    message: str
    closest: tuple[Headline, ...] = ()
    missing: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "reason": self.reason,
            "message": self.message,
            "closest": [{"article": headline.to_dict()} for headline in self.closest],
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says where articles differ. speaker: None where the article itself says it."""

    value: str
    citation: int
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more sides. about: what they differ on; `updated` when one outlet gives a newer value itself."""

    about: str
    sides: tuple[Side, ...]
    updated: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. quoted: the words stand in quotation marks; else it is reported speech."""

    speaker: str
    verb: str
    citation: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a timeline. date: YYYY, YYYY-MM or YYYY-MM-DD, None where it cannot be known."""

    date: str | None
    date_text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the answer is. newer_left_out: an article on the matter that is newer than any cited, and not cited."""

    newest_used: date | None = None
    corpus_newest: date | None = None
    newer_left_out: Headline | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "newest_used": self.newest_used.isoformat() if self.newest_used else None,
            "corpus_newest": self.corpus_newest.isoformat() if self.corpus_newest else None,
            "newer_left_out": self.newer_left_out.to_dict() if self.newer_left_out else None,
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence of a language model that was removed, and why it is not supported."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, a refusal, or a line about the articles; every sentence of an answer carries citations.

    left_out: quotes that failed their check against the article and were removed, with what rested on them.
    hits: the passages that were searched, best first. left_out_sentences: what a language model wrote and no passage
    supports. notice: one line on how the answer came about that the reader should see, or empty.
    """

    question: str
    kind: Kind
    query: Query
    text: str
    short: Short | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    left_out: int = 0
    refusal: Refusal | None = None
    disagreements: tuple[Disagreement, ...] = ()
    statements: tuple[Statement, ...] = ()
    timeline: tuple[Event, ...] = ()
    freshness: Freshness = Freshness()
    suggestions: tuple[str, ...] = ()
    writer: str = EXTRACTIVE
    timings_ms: dict[str, float] = field(default_factory=dict)
    hits: tuple[Hit, ...] = ()
    left_out_sentences: tuple[LeftOut, ...] = ()
    notice: str = ""

    @property
    def answered(self) -> bool:
        """Whether the articles hold it; a line about the articles counts as answered."""
        return self.kind != "refusal"

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "question": self.question,
            "kind": self.kind,
            "answered": self.answered,
            "query": self.query.to_dict(),
            "text": self.text,
            "short": asdict(self.short) if self.short else None,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "citations": [citation.to_dict() for citation in self.citations],
            "left_out": self.left_out,
            "refusal": self.refusal.to_dict() if self.refusal else None,
            "disagreements": [{**asdict(one), "sides": list(map(asdict, one.sides))} for one in self.disagreements],
            "statements": [asdict(statement) for statement in self.statements],
            "timeline": [asdict(event) for event in self.timeline],
            "freshness": self.freshness.to_dict(),
            "suggestions": list(self.suggestions),
            "writer": self.writer,
            "timings_ms": {stage: round(ms, 1) for stage, ms in self.timings_ms.items()},
            "notice": self.notice,
            "left_out_sentences": [asdict(sentence) for sentence in self.left_out_sentences],
        }

    def __str__(self) -> str:
        """Return readable text: the short answer, the sentences, what differs, the numbered sources."""
        from assistant.printing import printed

        return printed(self)
