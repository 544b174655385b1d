"""From a question in the page to the replies that paint its answer; nothing that goes wrong gets past here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from assistant import Answer, Assistant
from assistant.errors import AssistantError
from assistant.stages import Watch
from corpus.errors import CorpusError
from index.errors import FootnoteIndexError
from ui import words
from ui.markdown import answer_markdown
from ui.own_words import plainly
from ui.render import answer_html, message_html
from ui.sent import filters_from, turns_from
from ui.working import At, GivenUp, Works

logger = logging.getLogger(__name__)

State = Literal["searching", "reading", "writing", "checking", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the page paints for one turn; each replaces the one before.

    turn: the page's own name for the turn, given back. passages: how many were read for it.
    markdown and text are empty until it is done. citations: article ids with the words quoted.
    plainly: for an answer of a model, what to ask for the articles' own words; see ui/own_words.py.
    """

    turn: str
    state: State
    passages: int = 0
    html: str = ""
    markdown: str = ""
    text: str = ""
    kind: str = ""
    citations: tuple[tuple[str, str], ...] = ()
    plainly: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form that page.js reads."""
        return {**asdict(self), "citations": [{"article": one, "quote": quote} for one, quote in self.citations]}


def replies(
    assistant: Assistant,
    question: str,
    *,
    turn: str,
    past: object = None,
    filters: object = None,
    works: Works | None = None,
    waiting: Callable[[], int] | None = None,
) -> Iterator[Reply]:
    """Yield the replies to one question, the last one done or failed; none after it was given up.

    past, filters: as the browser sends them, see `turns_from` and `filters_from`. works: where the
    question can be given up while it is worked on. waiting: counts the files an update has still to bring in,
    which the answer then says it lacks. Never raises: a page whose callback raises stays
    disabled until it is loaded again. An error that was written for a reader is shown; any other is
    logged with its trace and a line says so.
    """
    turn = turn[:40]
    turns = turns_from(past)
    # Numbered by all turns, also those too old to be remembered: an export holds them all.
    group = f"{len(past) + 1}-" if turns and isinstance(past, list) else ""
    yield Reply(turn, "searching")
    try:
        narrowed = filters_from(filters)

        def run(watch: Watch) -> Any:
            return assistant.stream(question, turns, **narrowed, watch=watch)

        with closing((works or Works()).begin(turn, run)) as steps:
            answer = yield from _shown(turn, steps)
        if answer is None:
            raise RuntimeError("The assistant gave no answer at all.")
        answer = _lacking(answer, waiting() if waiting else 0)
        cited = tuple((citation.article.id, citation.quote) for citation in answer.citations)
        yield Reply(
            turn, "done", len(answer.hits), answer_html(answer), answer_markdown(answer, group=group), answer.text,
            answer.kind, cited, plainly(answer),
        )  # fmt: skip
    except GivenUp:
        return
    except (AssistantError, FootnoteIndexError, CorpusError) as error:
        logger.info("A question could not be answered: %s", error)
        yield Reply(turn, "failed", html=message_html(str(error)))
    except Exception:
        logger.exception("A question could not be answered.")
        yield Reply(turn, "failed", html=message_html(words.FAILED))


def _lacking(answer: Answer, files: int) -> Answer:
    """Return the answer with a line on the files that it cannot have seen."""
    if not files:
        return answer
    line = words.FILES_WAIT.format(count=files, files="files are" if files > 1 else "file is")
    return replace(answer, notice=f"{answer.notice} {line}".strip() if answer.notice else line)


def _shown(turn: str, steps: Iterable[At | Answer]) -> Generator[Reply, None, Answer | None]:
    """Yield what is shown while the steps are taken; return the last answer."""
    answer = None
    for step in steps:
        if not isinstance(step, At):
            answer = step
            yield Reply(turn, "writing", len(answer.hits), answer_html(answer))
        elif step.stage != "searching":  # which is what the first reply says
            yield Reply(turn, step.stage, step.passages)
    return answer
