"""The assistant: open it over an index, ask, get an answer whose every sentence is cited."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.about import about, message_kind
from assistant.answer import Answer, Query, Turn
from assistant.composing import composed, refused
from assistant.given import GivenPassages
from assistant.inquiry import inquire
from assistant.understanding import checked, understand

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.news_index import NewsIndex
    from index.passage import Passage

Names = str | Sequence[str] | None


class Assistant:
    """Answers questions from one index. Every call stands alone: earlier turns are passed in, not kept."""

    def __init__(self, news_index: NewsIndex | GivenPassages, *, given: bool = False) -> None:
        """Answer from `news_index`. given: its texts came with the question, so what they lack says little."""
        self.news_index: Any = news_index
        self._given = given

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
        return Assistant(GivenPassages.of(passages, encode=_encode), given=True).ask(question, today=today)

    def ask(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        outlet: Names = None,
        author: Names = None,
        since: date | None = None,
        until: date | None = None,
        today: date | None = None,
    ) -> Answer:
        """Return the answer to `question`; see `stream`."""
        *_, last = self.stream(question, turns, outlet=outlet, author=author, since=since, until=until, today=today)
        return last

    def stream(
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        outlet: Names = None,
        author: Names = None,
        since: date | None = None,
        until: date | None = None,
        today: date | None = None,
    ) -> Iterator[Answer]:
        """Yield whole answers, each replacing the last; the last one is final.

        turns: the conversation so far, oldest first. today: anchors "last week"; the day of asking if None.
        Raises EmptyQuestion or QuestionTooLong.
        """
        started = time.perf_counter()
        asked = checked(question)
        message = message_kind(asked)
        if message:
            line = about(message, self.news_index.coverage())
            yield Answer(question=asked, kind="about", query=Query(asked), text=line)
            return
        facts = self.news_index.coverage()
        understood = understand(
            asked,
            turns,
            known_outlets=facts.outlets,
            known_authors=facts.authors,
            dated=facts.newest is not None,
            outlets=_listed(outlet),
            authors=_listed(author),
            since=since,
            until=until,
            today=today,
        )
        inquiry = inquire(understood.query, self.news_index, facts, given=self._given)
        if not inquiry.verdict.enough and not understood.certain:
            # "before March" may have told when it happened, not when it was published.
            wider = inquire(understood.plain, self.news_index, facts, given=self._given)
            inquiry = wider if wider.verdict.enough else inquiry
        found = time.perf_counter()
        answer = (composed if inquiry.verdict.enough else refused)(inquiry, asked, facts)
        done = time.perf_counter()
        timings = {
            "evidence": (found - started) * 1000,
            "answer": (done - found) * 1000,
            "total": (done - started) * 1000,
        }
        yield replace(answer, timings_ms=timings)


def ask(
    question: str,
    *,
    articles: str | Path | None = None,
    index: str | Path | None = None,
    model: str | None = None,
    outlet: Names = None,
    author: Names = None,
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
    update: bool = True,
) -> Answer:
    """Answer one question from a folder of articles; see `Assistant.open` and `Assistant.ask`."""
    return Assistant.open(articles, index, model, update=update).ask(
        question, outlet=outlet, author=author, since=since, until=until, today=today
    )


def _listed(given: Names) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from index.encoder import named_encoder

    return named_encoder("minilm")


def _encode(texts: Sequence[str]) -> NDArray[np.float32]:
    encoded: NDArray[np.float32] = _encoder().encode(list(texts))
    return encoded
