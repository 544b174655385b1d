"""The assistant: open it over an index, ask, get an answer whose every sentence is cited."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.about import about, message_kind
from assistant.answer import Answer, Freshness, Query, Short, Turn
from assistant.citing import Cited, cite, render
from assistant.evidence import gather
from assistant.extractive import choose, drafts
from assistant.given import GivenPassages
from assistant.question import analyse
from assistant.refusal import missing_words, refuse
from assistant.scoring import rarity, score
from assistant.short import best
from assistant.sufficiency import FEW, features, judge
from assistant.understanding import checked, understand
from assistant.updating import bring_up_to_date

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.article import Article
    from index.news_index import NewsIndex
    from index.passage import Hit, Passage

DEPTH = 10
"""Passages searched for a question."""

COMPARED = 6
"""Sentences whose short answers are compared."""

Names = str | Sequence[str] | None


class Assistant:
    """Answers questions from one index. Every call stands alone: earlier turns are passed in, not kept."""

    def __init__(self, news_index: NewsIndex | GivenPassages) -> None:
        self.news_index: Any = news_index

    @classmethod
    def open(
        cls,
        articles: str | Path | None = None,
        index: str | Path | None = None,
        model: str | None = None,
        *,
        update: bool = True,
    ) -> Assistant:
        """Open the index of a folder of articles; what is None comes from the settings.

        update: first bring a stale index up to date, if that takes no longer than a few seconds; a
        missing one is built in any case. Raises SettingsError, or IndexMismatch and the like.
        """
        from assistant.settings import load
        from assistant.updating import bring_up_to_date
        from index import NewsIndex
        from index.encoder import named_encoder

        settings = load({"articles": articles, "index": index, "model": model})
        places = settings.places()
        news_index = NewsIndex.open(places.index, encoder=named_encoder(settings.encoder))
        if update and not settings.no_update:
            bring_up_to_date(news_index, places.articles)
        return cls(news_index)

    @staticmethod
    def answer_from(question: str, passages: Sequence[str | Passage], *, today: date | None = None) -> Answer:
        """Answer from the given passages alone, without an index; each counts as an article of its own."""
        return Assistant(GivenPassages.of(passages, encode=_encode)).ask(question, today=today)

    def ask(
        self, question: str, turns: Sequence[Turn] = (), *,
        outlet: Names = None, author: Names = None, since: date | None = None, until: date | None = None,
        today: date | None = None,
    ) -> Answer:  # fmt: skip
        """Return the answer to `question`; see `stream`."""
        *_, last = self.stream(question, turns, outlet=outlet, author=author, since=since, until=until, today=today)
        return last

    def stream(
        self, question: str, turns: Sequence[Turn] = (), *,
        outlet: Names = None, author: Names = None, since: date | None = None, until: date | None = None,
        today: date | None = None,
    ) -> Iterator[Answer]:  # fmt: skip
        """Yield whole answers, each replacing the last; the last one is final.

        turns: the conversation so far, oldest first. today: anchors "last week"; the day of asking if None.
        Raises EmptyQuestion or QuestionTooLong.
        """
        started = time.perf_counter()
        asked = checked(question)
        message = message_kind(asked)
        if message:
            line = about(message, self.news_index.coverage())
            yield Answer(question=asked, kind="about", query=Query(asked), text=line, timings_ms=_timings(started))
            return
        query = understand(
            asked, turns, outlets=_listed(outlet), authors=_listed(author), since=since, until=until, today=today
        )  # fmt: skip
        yield self._answer(asked, query, started)

    def _answer(self, asked: str, query: Query, started: float) -> Answer:
        question = analyse(query.text)
        coverage = self.news_index.coverage()
        hits = self.news_index.search(
            query.text, DEPTH, outlet=query.outlets or None, author=query.authors or None, since=query.since, until=query.until
        )
        searched = time.perf_counter()
        articles = {hit.passage.article.id: self.news_index.article(hit.passage.article.id) for hit in hits}
        weights = rarity(question, self.news_index.document_frequency, coverage.passages)
        scored = score(question, gather(hits, articles), weights, self.news_index.encode)
        frequency = self.news_index.document_frequency
        missing = missing_words(question, frequency)
        absent = {word.stem for word in question.terms if not frequency(word.text)}
        shorts = [best(question, item.unit.text, weights) for item in scored[:COMPARED]]
        span = shorts[0] if shorts else None
        measured = features(question, scored, weights, absent=absent, shorts=shorts) if scored else {}
        verdict = judge(question, scored, measured, missing=missing, few=coverage.passages < FEW)
        timings = {"search": (searched - started) * 1000, **_timings(started)}
        if not verdict.enough:
            refusal = refuse(verdict.reason, hits, query=query, missing=missing, oldest=coverage.oldest, newest=coverage.newest)
            return Answer(
                question=asked, kind="refusal", query=query, text=refusal.message, refusal=refusal, hits=tuple(hits),
                freshness=Freshness(None, coverage.newest, None), timings_ms=timings,
            )  # fmt: skip
        chosen = choose(scored)
        cited = cite(drafts(chosen), articles)
        short = None
        if span and question.kinds:
            start = chosen[0].span.start + span.start
            number = cited.number(chosen[0].hit.passage, start)
            short = Short(span.text, start, start + len(span.text), number) if number else None
        return Answer(
            question=asked, kind="answer", query=query, text=render(cited.sentences), short=short,
            sentences=cited.sentences, citations=cited.citations, left_out=cited.left_out,
            freshness=_freshness(cited, coverage.newest), timings_ms=timings, hits=tuple(hits),
        )  # fmt: skip


def ask(question: str, *, articles: str | Path | None = None, index: str | Path | None = None, model: str | None = None,
        outlet: Names = None, author: Names = None, since: date | None = None, until: date | None = None,
        today: date | None = None, update: bool = True) -> Answer:  # fmt: skip
    """Answer one question from a folder of articles; see `Assistant.open` and `Assistant.ask`."""
    return Assistant.open(articles, index, model, update=update).ask(
        question, outlet=outlet, author=author, since=since, until=until, today=today
    )


def _freshness(cited: Cited, newest: date | None) -> Freshness:
    used = [citation.article.published for citation in cited.citations if citation.article.published]
    return Freshness(max(used, default=None), newest, None)


def _listed(given: Names) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _timings(started: float) -> dict[str, float]:
    return {"total": (time.perf_counter() - started) * 1000}


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from index.encoder import named_encoder

    return named_encoder("minilm")


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    encoded: NDArray[np.float32] = _encoder().encode(list(texts))
    return encoded
