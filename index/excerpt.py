"""Values of reading a question and a sentence together: what is read, and what comes of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

UNREAD = -20.0
"""The log share of a stretch that was not read."""

_start, _stop = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence, and what it may need to be understood. title: of its article. before: the sentence before it."""

    text: str
    title: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read of a sentence.

    answers: log odds that it answers the question. offsets: the characters of each of its tokens that were read.
    starts, ends: the log shares of each of these tokens to be the first and the last of the short answer.
    """

    answers: float
    offsets: tuple[tuple[int, int], ...]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]

    def stretch(self, start: int, end: int) -> float:
        """Return the log share of characters [start, end) to be the short answer: at most 0, -20 where not read."""
        first = bisect_right(self.offsets, start, key=_stop)
        last = bisect_left(self.offsets, end, key=_start) - 1
        if not 0 <= first <= last < len(self.offsets) or self.offsets[last][1] < end:
            return UNREAD
        return max(float(self.starts[first] + self.ends[last]), UNREAD)


class Reader(Protocol):
    """What reads sentences together with a question."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return what is read of each sentence, in their order."""
