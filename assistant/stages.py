"""What an answer is at while it is worked out, told to who waits for it, who may also end the work there."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assistant.model import Message, Model

Stage = Literal["searching", "reading", "writing", "checking"]
Watch = Callable[[Stage, int], None]
"""Told a stage, again and again while it lasts, and how many passages were found; what it raises ends the work."""


def unwatched(stage: Stage, passages: int) -> None:
    """Tell nobody."""


class WatchedModel:
    """A model whose every piece of text is told of before it is passed on."""

    def __init__(self, model: Model, wrote: Callable[[], None]) -> None:
        self._model, self._wrote = model, wrote

    @property
    def name(self) -> str:
        """The name a reader sees."""
        return self._model.name

    @property
    def window_tokens(self) -> int:
        """Tokens that prompt and answer may have together."""
        return self._model.window_tokens

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the answer in pieces; the model is left alone as soon as nobody waits any more."""
        with closing(self._model.stream(messages)) as pieces:
            for piece in pieces:
                self._wrote()
                yield piece
