"""The assistant: open it over an index, ask, get an answer whose every sentence is cited."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.about import about, message_kind
from assistant.answer import Answer, LeftOut, Query, Turn
from assistant.citing import with_reprints
from assistant.composing import composed, refused
from assistant.extractive import MOST
from assistant.followup import asks_for_more
from assistant.given import GivenPassages
from assistant.inquiry import inquire, looked_up
from assistant.joining import joined
from assistant.refusal import unbound
from assistant.several import leaning, several
from assistant.stages import Watch, WatchedModel, unwatched
from assistant.understanding import checked, understand
from assistant.wording import flat
from index.filters import as_names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.citing import Draft
    from assistant.errors import ModelUnavailable
    from assistant.inquiry import Inquiry
    from assistant.library import Held, Library
    from assistant.model import Model
    from assistant.understanding import Understood
    from index import Coverage, NewsIndex
    from index.encoder import Encoder
    from index.passage import Passage

Names = str | Sequence[str] | None


class Assistant:
    """Answers questions from one index. Every call stands alone: earlier turns are passed in, not kept."""

    def __init__(self, news_index: Held, *, given: bool = False, model: Model | None = None) -> None:
        """Answer from `news_index`. given: its texts came with the question, so what they lack says little.

        model: what writes the answers; None for the articles' own words.
        """
        self._held = news_index
        self.model = model
        self._given = given

    @classmethod
    def open(
        cls,
        articles: str | Path | None = None,
        index: str | Path | None = None,
        model: str | None = None,
        *,
        vectors: str | None = None,
        update: bool = True,
    ) -> Assistant:
        """Open the index of a folder of articles; what is None comes from the settings.

        vectors: the address of the Chroma server with the vectors, see `NewsIndex.open`. update: first
        bring a stale index up to date, if that takes no longer than a few seconds; a missing one is
        built in any case. Raises SettingsError, ModelUnavailable, or IndexMismatch and the like.
        """
        from assistant.model import opened
        from assistant.settings import load
        from assistant.updating import made_ready, named_index

        settings = load({"articles": articles, "index": index, "model": model, "vectors": vectors})
        places = settings.places()
        news_index = named_index(settings, places)
        made_ready(news_index, places.articles, update=update and not settings.no_update)
        return cls(news_index, model=opened(settings.model, window=settings.window))

    @property
    def news_index(self) -> NewsIndex:
        """The index that answers come from; articles in memory in its place have the calls of `Library` alone."""
        return cast("NewsIndex", self._held)

    @staticmethod
    def answer_from(question: str, passages: Sequence[str | Passage], *, today: date | None = None) -> Answer:
        """Answer from the given passages alone, without an index; each counts as an article of its own."""
        return Assistant(GivenPassages.of(passages, encoder=_encoder()), given=True).ask(question, today=today)

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
        watch: Watch = unwatched,
    ) -> Iterator[Answer]:
        """Yield whole answers, each replacing the last; the last one is final.

        turns: the conversation so far, oldest first. today: anchors "last week"; the day of asking if None.
        watch: told what is being done; what it raises ends the work.
        Raises EmptyQuestion, QuestionTooLong or BadFilter.
        """
        outlets, authors = as_names(outlet) or (), as_names(author) or ()
        read = partial(understand, outlets=outlets, authors=authors, since=since, until=until, today=today)
        with self._held.pinned() as library:  # one generation for all that an answer says
            yield from self._answers(library, question, turns, read, today=today, watch=watch)

    def _answers(
        self,
        library: Library,
        question: str,
        turns: Sequence[Turn],
        read: Callable[..., Understood],
        *,
        today: date | None,
        watch: Watch,
    ) -> Iterator[Answer]:
        """Yield the answers. read: `understand`, with the filters that were given."""
        asked = checked(question)
        message = message_kind(asked)
        if message:
            line = about(message, library.coverage())
            yield Answer(question=asked, kind="about", query=Query(asked), text=line)
            return
        watch("searching", 0)
        facts = library.coverage()
        alone, failure = self._condensed(asked, turns, watch)
        typed, before = (alone, ()) if alone else (asked, tuple(turns))
        dated = facts.newest is not None
        read = partial(read, known_outlets=facts.outlets, known_authors=facts.authors, dated=dated)
        shown = " ".join(flat(turn.answer) for turn in turns) if turns and asks_for_more(asked) else ""
        answers = partial(
            self._answered, library, shown=shown, asked=asked, facts=facts, today=today, watch=watch, failure=failure
        )
        questions = several(typed)
        if len(questions) == 1:
            yield from answers(read(typed, before))
            return
        done: list[Answer] = []
        for question in questions:
            understood = read(question, (*before, *(Turn(one.query.text, one.text) for one in done)))
            if done and not any(one.answered for one in done) and leaning(understood.query.text):
                yield from answers(read(typed, before))  # what "he" did cannot be asked where nobody knows who it was
                return
            if typed.count("?") < 2:  # in one sentence a filter binds all that is asked
                understood = understood.bound_like([read(other) for other in questions])
            part = None
            for part in answers(understood, most=MOST // len(questions) + 1):
                so_far = [*done, part]
                if len(so_far) == len(questions) or any(one.answered for one in so_far):
                    yield joined(asked, so_far)
            done += [part] if part else []

    def _answered(
        self,
        library: Library,
        understood: Understood,
        *,
        shown: str,
        asked: str,
        facts: Coverage,
        today: date | None,
        watch: Watch,
        failure: ModelUnavailable | None,
        most: int = MOST,
    ) -> Iterator[Answer]:
        """Yield the answers to one question that stands alone.

        shown: what is not to be said again. failure: of the model, which is then not asked again. most: sentences,
        where no model writes.
        """
        started, notice = time.perf_counter(), ""
        look = partial(
            looked_up,
            library=library,
            facts=facts,
            given=self._given,
            shown=shown,
            found=lambda count: watch("reading", count),
        )
        inquiry = inquire(understood.query, library, look)
        if not inquiry.verdict.enough and not understood.certain:
            # "before March" may have told when it happened, not when it was published.
            wider = inquire(understood.plain, library, look)
            if wider.verdict.enough:
                inquiry, notice = wider, unbound(understood.query)
        found = time.perf_counter()
        watch("writing" if self.model is None else "reading", len(inquiry.hits))
        enough = inquiry.verdict.enough
        answer = composed(inquiry, asked, facts, most=most) if enough else refused(inquiry, asked, facts)
        answer = replace(answer, notice=notice)

        def timed(answer: Answer) -> Answer:
            watch("checking", len(answer.hits))
            answer = replace(answer, citations=tuple(with_reprints(one, library) for one in answer.citations))
            done = time.perf_counter()
            spent = {"evidence": found - started, "answer": done - found, "total": done - started}
            return replace(answer, timings_ms={stage: 1000 * seconds for stage, seconds in spent.items()})

        model = self.model
        if model is None or not inquiry.verdict.enough:
            yield timed(answer)
        elif failure:
            from assistant.generative import failed

            yield timed(failed(answer, failure))
        else:
            day = today or date.today()
            written = self._written(model, library, inquiry, asked, facts, answer, today=day, watch=watch)
            yield from map(timed, written)

    def _written(
        self,
        model: Model,
        library: Library,
        inquiry: Inquiry,
        asked: str,
        facts: Coverage,
        extractive: Answer,
        *,
        today: date,
        watch: Watch,
    ) -> Iterator[Answer]:
        from assistant.composing import rewritten
        from assistant.generative import written_by
        from assistant.planning import plan_for

        plan = plan_for(inquiry)

        def compose(said: Sequence[Draft], left_out: Sequence[LeftOut]) -> Answer:
            return rewritten(inquiry, asked, facts, plan, said, left_out, writer=model.name)

        def encode(texts: Sequence[str]) -> NDArray[np.float32]:
            watch("checking", passages)
            return library.encode(texts)

        passages = len(inquiry.hits)
        watched = WatchedModel(model, lambda: watch("writing", passages))
        yield from written_by(watched, inquiry, today=today, encode=encode, compose=compose, extractive=extractive)

    def _condensed(self, asked: str, turns: Sequence[Turn], watch: Watch) -> tuple[str | None, ModelUnavailable | None]:
        """Return a follow-up as the model puts it, None where our own rules have to do; and how it failed at that."""
        if self.model is None or not turns:
            return None, None
        from assistant.condensing import tried

        return tried(WatchedModel(self.model, lambda: watch("searching", 0)), asked, turns)


def ask(
    question: str,
    *,
    articles: str | Path | None = None,
    index: str | Path | None = None,
    model: str | None = None,
    vectors: str | None = None,
    outlet: Names = None,
    author: Names = None,
    since: date | None = None,
    until: date | None = None,
    today: date | None = None,
    update: bool = True,
) -> Answer:
    """Answer one question from a folder of articles; see `Assistant.open` and `Assistant.ask`."""
    return Assistant.open(articles, index, model, vectors=vectors, update=update).ask(
        question, outlet=outlet, author=author, since=since, until=until, today=today
    )


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    from index.encoder import named_encoder

    return named_encoder("minilm")
