"""Questions to begin with: what the assistant would ask next after the newest articles, if it can answer it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from index.errors import FootnoteIndexError

if TYPE_CHECKING:
    from assistant import Assistant

MOST = 3
NEWEST = 12
"""Articles looked at."""


class FirstQuestions:
    """Up to three questions that the articles can answer, found once for each generation of the index."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._finding = threading.Lock()
        self._found: tuple[int, tuple[str, ...]] = (0, ())

    def __call__(self) -> tuple[str, ...]:
        """Return the questions; takes a few answers' time after an update, none otherwise."""
        with self._finding:
            try:
                generation = self._assistant.news_index.coverage().generation
                if generation != self._found[0]:
                    self._found = (generation, self._find())
            except FootnoteIndexError:
                return ()
            return self._found[1]

    def _find(self) -> tuple[str, ...]:
        found: list[str] = []
        for headline in self._assistant.news_index.articles()[:NEWEST]:
            try:
                suggestions = self._assistant.ask(headline.title[:200]).suggestions
                question = next((one for one in suggestions if one not in found and self._answers(one)), None)
            except AssistantError:  # a title without a word in it is no question
                continue
            if question:
                found.append(question)
            if len(found) == MOST:
                break
        return tuple(found)

    def _answers(self, question: str) -> bool:
        return self._assistant.ask(question).kind == "answer"
