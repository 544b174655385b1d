"""The assistant: open it over an index, ask, get an answer whose every sentence is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.about import about, message_kind
from assistant.answer import Answer, Query, Turn
from assistant.followup import asks_for_more
from assistant.given import GivenPassages
from assistant.round import Round
from assistant.stages import Watch, WatchedModel, unwatched
from assistant.understanding import checked
from assistant.wording import flat
from index.filters import as_names

if TYPE_CHECKING:
    from assistant.errors import ModelUnavailable
    from assistant.library import Held
    from assistant.model import Model
    from index import NewsIndex
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
        Raises EmptyQuestion, QuestionTooLong or BadFilter, and TypeError for what is no question, turn or day.
        """
        filters = Query("", as_names(outlet) or (), as_names(author) or (), since, until)
        _ = filters.filters  # or raises BadFilter: now, and not after a greeting was answered or a model asked
        today, turns = _day(today), _turns(turns)
        with self._held.pinned() as library:  # one generation for all that an answer says
            asked = checked(question)
            message = message_kind(asked)
            if message:
                line = about(message, library.coverage())
                yield Answer(question=asked, kind="about", query=Query(asked), text=line)
                return
            watch("searching", 0)
            facts = library.coverage()
            alone, failure = self._condensed(asked, turns, watch)
            asking = Round(
                library=library,
                asked=asked,
                facts=facts,
                given=self._given,
                filters=filters,
                shown=" ".join(flat(turn.answer) for turn in turns) if turns and asks_for_more(asked) else "",
                model=self.model,
                failure=failure,
                today=today,
                watch=watch,
            )
            yield from asking.answers(alone, ()) if alone else asking.answers(asked, turns)

    def _condensed(self, asked: str, turns: Sequence[Turn], watch: Watch) -> tuple[str | None, ModelUnavailable | None]:
        """Return a follow-up as the model puts it, None where our own rules have to do; and how it failed at that."""
        if self.model is None or not turns:
            return None, None
        from assistant.condensing import tried

        return tried(WatchedModel(self.model, lambda: watch("searching", 0)), asked, turns)


def _day(today: date | None) -> date | None:
    """Return the day of a time too: `datetime.now()` comes to mind as well as `date.today()`."""
    if isinstance(today, datetime):
        return today.date()
    if today is not None and not isinstance(today, date):
        raise TypeError(f"today is {today!r}. Give a day, as in datetime.date(2024, 5, 3), or leave it out.")
    return today


def _turns(turns: Sequence[Turn]) -> Sequence[Turn]:
    strange = [turns] if isinstance(turns, Turn | str) else [one for one in turns or () if not isinstance(one, Turn)]
    if strange:
        raise TypeError(
            f"{strange[0]!r} is no list of turns or no turn. Give a list of assistant.Turn(question, answer)."
        )
    return turns


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
