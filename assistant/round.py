"""One round of asking: the questions of one message, each answered from what one generation of the articles holds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from assistant.answer import Answer, LeftOut, Query, Turn
from assistant.citing import with_reprints
from assistant.comparing import compared
from assistant.composing import composed, refused, rewritten
from assistant.extractive import MOST
from assistant.inquiry import Inquiry, inquire, looked_up
from assistant.joining import joined
from assistant.planning import plan_for
from assistant.question import analyse
from assistant.refusal import bounded, unbound
from assistant.several import leaning, several
from assistant.stages import Watch, WatchedModel
from assistant.synonyms import untold
from assistant.understanding import Understood, understand
from assistant.words import content

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.citing import Draft
    from assistant.errors import ModelUnavailable
    from assistant.library import Library
    from assistant.model import Model
    from index import Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What all questions of a message share.

    asked: the message. facts: the library's coverage. given: its texts came with the message. filters: those given, in
    a query without a text. shown: what is not to be said again. model: None for the articles' own words. failure: of
    the model, which is then not asked again. today: the day of asking if None.
    """

    library: Library
    asked: str
    facts: Coverage
    given: bool
    filters: Query
    shown: str
    model: Model | None
    failure: ModelUnavailable | None
    today: date | None
    watch: Watch

    def answers(self, typed: str, before: Sequence[Turn]) -> Iterator[Answer]:
        """Yield the answers to the message. typed: as it stands, or made to stand alone; then nothing is before it."""
        questions = compared(typed, self.facts.outlets) or several(typed)
        if len(questions) == 1:
            yield from self._answered(self._understood(typed, before))
            return
        done: list[Answer] = []
        for question in questions:
            understood = self._understood(question, (*before, *(Turn(one.query.text, one.text) for one in done)))
            if done and not any(one.answered for one in done) and leaning(understood.query.text):
                # What "he" did cannot be asked where nobody knows who it was.
                yield from self._answered(self._understood(typed, before))
                return
            if typed.count("?") < 2:  # in one sentence a filter binds all that is asked
                understood = understood.bound_like([self._understood(other, ()) for other in questions])
            part = None
            for part in self._answered(understood, most=MOST // len(questions) + 1):
                so_far = [*done, part]
                if len(so_far) == len(questions) or any(one.answered for one in so_far):
                    yield joined(self.asked, so_far)
            done += [part] if part else []

    def _understood(self, question: str, turns: Sequence[Turn]) -> Understood:
        return understand(question, turns, facts=self.facts, filters=self.filters, today=self.today)

    def _answered(self, understood: Understood, *, most: int = MOST) -> Iterator[Answer]:
        """Yield the answers to one question that stands alone. most: sentences, where no model writes."""
        started = time.perf_counter()
        inquiry, notice = self._inquired(understood)
        found = time.perf_counter()
        self.watch("writing" if self.model is None else "reading", len(inquiry.hits))
        enough = inquiry.verdict.enough
        extractive = composed(inquiry, self.asked, most=most) if enough else refused(inquiry, self.asked)
        for answer in self._written(inquiry, replace(extractive, notice=notice)):
            self.watch("checking", len(answer.hits))
            citations = tuple(with_reprints(one, self.library) for one in answer.citations)
            done = time.perf_counter()
            spent = {"evidence": found - started, "answer": done - found, "total": done - started}
            timings_ms = {stage: 1000 * seconds for stage, seconds in spent.items()}
            yield replace(answer, citations=citations, timings_ms=timings_ms)

    def _inquired(self, understood: Understood) -> tuple[Inquiry, str]:
        """Return what was found, and a line where that is not what was asked for to the letter; mostly empty."""
        look = partial(
            looked_up,
            library=self.library,
            facts=self.facts,
            given=self.given,
            shown=self.shown,
            found=partial(self.watch, "reading"),
        )
        inquiry = inquire(understood.query, self.library, look)
        if not inquiry.verdict.enough and not understood.certain:
            # "before March" may have told when it happened, not when it was published.
            wider = inquire(understood.plain, self.library, look)
            if wider.verdict.enough:
                return wider, unbound(understood.query)
        if understood.own and not (inquiry.verdict.enough and _bears_on(understood.own, inquiry)):
            without = inquire(replace(understood.query, text=understood.own), self.library, look)
            if without.verdict.enough and (not inquiry.verdict.enough or _bears_on(understood.own, without)):
                return without, ""
        told = inquiry.verdict.enough or inquiry.verdict.reason in ("filtered", "empty")
        return inquiry, "" if told else bounded(understood.query, days_certain=understood.certain)

    def _written(self, inquiry: Inquiry, extractive: Answer) -> Iterator[Answer]:
        """Yield the answers as the model writes them; the extractive one without a model, or where evidence lacks."""
        model, passages = self.model, len(inquiry.hits)
        if model is None or not inquiry.verdict.enough:
            yield extractive
            return
        from assistant.generative import failed, written_by

        if self.failure:
            yield failed(extractive, self.failure)
            return
        plan = plan_for(inquiry)

        def compose(said: Sequence[Draft], left_out: Sequence[LeftOut]) -> Answer:
            return rewritten(inquiry, self.asked, plan, said, left_out, writer=model.name)

        def encode(texts: Sequence[str]) -> NDArray[np.float32]:
            self.watch("checking", passages)
            return self.library.encode(texts)

        yield from written_by(
            WatchedModel(model, lambda: self.watch("writing", passages)),
            inquiry,
            today=self.today or date.today(),
            encode=encode,
            compose=compose,
            extractive=extractive,
        )


def _bears_on(question: str, inquiry: Inquiry) -> bool:
    """Whether the best sentence has any word of a question: "the turnout", of the election that was spoken of."""
    return any(not untold(stem, content(inquiry.scored[0].unit.text)) for stem in analyse(question).stems)
