"""From a question in the page to the replies that paint its answer; nothing that goes wrong gets past here."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, Protocol

from assistant.answer import Answer, Turn
from assistant.errors import AssistantError
from corpus.article import Article, Headline
from corpus.errors import CorpusError
from index.errors import FootnoteIndexError
from ui import words
from ui.render import answer_html, answer_markdown, message_html

logger = logging.getLogger(__name__)

State = Literal["searching", "writing", "done", "failed"]

REMEMBERED_TURNS = 20
REMEMBERED_CHARS = 20_000


class Library(Protocol):
    """What the page needs of the index: the articles, and what they cover."""

    def article(self, article_id: str) -> Article: ...  # noqa: D102
    def articles(self) -> list[Headline]: ...  # noqa: D102
    def coverage(self) -> Any: ...  # noqa: D102


class Answering(Protocol):
    """What the page needs of an assistant."""

    @property
    def news_index(self) -> Library: ...  # noqa: D102

    def stream(  # noqa: D102
        self,
        question: str,
        turns: Sequence[Turn] = (),
        *,
        outlet: str | Sequence[str] | None = None,
        author: str | Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[Answer]: ...


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader of the page has set; None and empty mean all."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the page paints for one turn; each replaces the one before.

    turn: the page's own name for the turn, given back. markdown and text are empty until it is done.
    """

    turn: str
    state: State
    html: str = ""
    markdown: str = ""
    text: str = ""
    kind: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the wire form that page.js reads."""
        return asdict(self)


def turns_from(past: object) -> tuple[Turn, ...]:
    """Read the turns a browser sends: a list of {question, text}. What has another shape is left out."""
    turns = []
    for item in past if isinstance(past, list) else []:
        if isinstance(item, Mapping):
            question, text = item.get("question"), item.get("text")
            if isinstance(question, str) and isinstance(text, str) and question.strip():
                turns.append(Turn(question[:REMEMBERED_CHARS], text[:REMEMBERED_CHARS]))
    return tuple(turns[-REMEMBERED_TURNS:])


def replies(
    assistant: Answering, question: str, *, turn: str, past: object = None, filters: Filters = Filters()
) -> Iterator[Reply]:
    """Yield the replies to one question, the last one done or failed.

    Never raises: a page whose callback raises stays disabled until it is loaded again. An error that
    was written for a reader is shown; any other is logged with its trace and a line says so.
    """
    turns = turns_from(past)
    group = f"{len(turns) + 1}-" if turns else ""
    yield Reply(turn, "searching")
    try:
        answer = None
        for answer in assistant.stream(
            question, turns, outlet=filters.outlets or None, since=filters.since, until=filters.until
        ):
            yield Reply(turn, "writing", answer_html(answer))
        if answer is None:
            raise RuntimeError("The assistant gave no answer at all.")
        yield Reply(turn, "done", answer_html(answer), answer_markdown(answer, group=group), answer.text, answer.kind)
    except (AssistantError, FootnoteIndexError, CorpusError) as error:
        logger.info("A question could not be answered: %s", error)
        yield Reply(turn, "failed", message_html(str(error)))
    except Exception:
        logger.exception("A question could not be answered.")
        yield Reply(turn, "failed", message_html(words.FAILED))
