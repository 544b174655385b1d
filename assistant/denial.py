"""Where a sentence denies something, and where it is only of something against somebody."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question import Question

_NEGATION = re.compile(
    r"\b(?:not(?! only\b| just\b)|no(?! (?:confidence|doubt|wonder|matter|later than|fewer|less|more than)\b)"
    r"|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|\w+n[’']t"
    r"|den(?:y|ies|ied|ying)|refus\w+|reject\w*|rul(?:e|es|ed|ing) out|fail(?:s|ed|ing|ure)?"
    r"|declin(?:e|es|ed) to|prevent\w*|prohibit\w*|bann?(?:ed|s|ing)?"
    r"|halt\w*|cancel\w*|block(?:s|ed)|unlikely|false|impossible|lack(?:s|ed|ing)?|absence of"
    r"|ineffective|unable|unchanged|unsafe|disput\w+|debunk\w*|contradict\w*"
    r"|insufficient|inconclusive|oppos(?:e|es|ed|ition)|against)\b",
    re.IGNORECASE,
)
_STANCE = re.compile(
    r"\b(?:is|are|was|were|be|been|vot\w+|rul\w+|decid\w+|argu\w+|spoke\w*|speaks|out|advis\w+|recommend\w*|warn\w*"
    r"|evidence|stood|stands?|firmly|strongly) against\b",
    re.IGNORECASE,
)


def denial(question: Question, text: str) -> int | None:
    """Return where a sentence first negates, in a word the question does not use itself; None where it does not."""
    asked = _denials(question.text)
    return next((start for start, word in _negations(text) if word not in asked), None)


def facing(question: Question, text: str) -> bool:
    """Whether a sentence denies nothing but is of something against somebody: "an alliance against Ostria"."""
    return _denials(text) - _denials(question.text) == {"against"} and not _STANCE.search(text)


def _denials(text: str) -> set[str]:
    return {word for _, word in _negations(text)}


@lru_cache(maxsize=4_000)
def _negations(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match[0].lower()) for match in _NEGATION.finditer(text))
