"""What of a sentence was only expected or asked for, where it is asked what was: an expected profit is none made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.amounts import AMOUNTS
from assistant.question import Question
from assistant.values import values

_PAST = re.compile(r"\b(?:did|was|were|had|has|have)\b", re.IGNORECASE)
_EXPECTS = re.compile(
    r"(?<!than[- ])\b(?:expect(?:s|ed|ing)|forecasts?|predict(?:s|ed|ing)|project(?:s|ed) |asked for|call(?:ed|s) for"
    r"|demand(?:s|ed)|sought|face[sd]? up to)(?!\w* (?:by|than))",
    re.IGNORECASE,
)
_EXPECTING = re.compile(
    r"\b(?:expect|forecast|predict|project|ask|call|demand|seek|sought|want|fac(?:e|ing))", re.IGNORECASE
)
_END = re.compile(r"; |, (?:and|but|while|whereas) |\b(?:while|whereas) |(?<=\w) and (?=[A-Z])")


def only_expected(question: Question, sentence: str) -> bool:
    """Whether it is asked how much was, and all such values of a sentence are what somebody expected."""
    held = [value for value in values(sentence) if value.kind in question.kinds] if question.asked in AMOUNTS else []
    stretches = list(expected(question, sentence)) if held else []
    return bool(stretches) and all(any(start <= one.start < end for start, end in stretches) for one in held)


def expected(question: Question, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield what somebody expected or asked for, if it is asked what was: no expected profit was made by that."""
    if not _PAST.search(question.text) or _EXPECTING.search(question.text):
        return
    for match in _EXPECTS.finditer(sentence):
        end = _END.search(sentence, match.end())
        yield match.start(), end.start() if end else len(sentence)
