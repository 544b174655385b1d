"""Questions to begin with: what the assistant would ask next after the newest articles, if it can answer it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistant import Answer, Assistant
from assistant.errors import AssistantError
from index.errors import FootnoteIndexError

MOST = 3
PATIENCE_S = 10.0
"""How long others are let go first before each question."""
NEWEST = 12
"""Articles looked at."""


class FirstQuestions:
    """Up to three questions that the articles can answer, found once for each generation of the index."""

    def __init__(self, assistant: Assistant, *, busy: Callable[[], bool] = lambda: False) -> None:
        """Ask `assistant`, but not while somebody waits for an answer, as `busy` says."""
        self._assistant = assistant
        self._busy = busy
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
        for headline in self._assistant.news_index.articles(limit=NEWEST):
            try:
                suggestions = self._asked(headline.title[:200]).suggestions
                question = next((one for one in suggestions if one not in found and self._answers(one)), None)
            except AssistantError:  # a title without a word in it is no question
                continue
            if question:
                found.append(question)
            if len(found) == MOST:
                break
        return tuple(found)

    def _answers(self, question: str) -> bool:
        return self._asked(question).kind == "answer"

    def _asked(self, question: str) -> Answer:
        deadline = time.monotonic() + PATIENCE_S
        while self._busy() and time.monotonic() < deadline:
            time.sleep(0.05)
        return self._assistant.ask(question)
