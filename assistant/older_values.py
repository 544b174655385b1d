"""Which of a sentence's values is of another time than the one asked for: what it was before, or at the last such."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.amounts import AMOUNTS, ValueKind
from assistant.question import Question
from assistant.values import values

_ASKS_FORMER = re.compile(
    r"\b(?:old|earlier|previous(?:ly)?|former(?:ly)?|original(?:ly)?|initial(?:ly)?|at first|used to|last year"
    r"|a (?:year|month|week) (?:ago|before)|(?:years?|months?|weeks?) before"
    r"|first (?:say|said|named?|report|reported|put|announced?|offer|offered|plan|planned|estimated?|give|gave))\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:\b(?:from|against|compared (?:with|to)|instead of|rather than|originally|previously|(?<!more )(?<!less )"
    r"(?<!fewer )(?<!later )than)|\bnot)(?: the| an?| its| his| her| their| about| around| some)? $",
    re.IGNORECASE,
)
"""What stands before the older of two values: "grew to 6,100 from 4,800", "five, not six"."""
_ASKS_NOW = re.compile(r"^\W*(?:how|what|which)\b(?!.*\bfrom\b).*?\b(?:is|are|does|do|has|have)\b", re.IGNORECASE)
_CAME_FROM = re.compile(r"\bfrom (?:about |around |some |nearly |just )?$")
_COME_TO = re.compile(r"\bto (?:about |around |some |nearly |just |a record )?$")
_TO_COME = re.compile(
    r"\b(?:will|would|could|may|propos\w+|plans?|is|are) (?:to )?(?:be )?"
    r"(?:rais|ris|increas|cut|lower|reduc|fall|drop|grow|go)",
)
_AT_THE_LAST = re.compile(r"\bsince (?:the )?(?:[A-Za-z]+ ){0,3}(\d{4}|[A-Z]\w+), (?:when|in which|which)\b[^,;.]*$")
"""What stands before a figure of an earlier one: "the strongest since 1978, when 1,200 people died"."""
_FIRST_SINCE = re.compile(r"\b(?:first|only|most|fewest|worst|[a-z]{2,}est)\b[^,;.]{0,40} since (?:the )?(?:[a-z]+ )?$")
"""What stands before the day of an earlier one: "for the first time since 1988"."""
_ASKS_SINCE = re.compile(r"\b(?:last|since|previous\w*|before|earlier|ago)\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def _asks(text: str) -> tuple[bool, bool, bool]:
    """Return whether a question asks for what it was before, for what it is now, and for the last of its kind."""
    return bool(_ASKS_FORMER.search(text)), bool(_ASKS_NOW.match(text)), bool(_ASKS_SINCE.search(text))


def of_another_time(question: Question, sentence: str, start: int, kind: ValueKind | None) -> bool:
    """Whether the value that starts here is an older one than what is asked for, or the newer one of two.

    kind: of the value, if it is one. "Fell to 81 percent from 94" has 81 for what it is, 94 for what it was before.
    """
    former, now, last = _asks(question.text)
    before = sentence[:start]
    if former and kind in question.kinds and not _FORMER.search(before) and _has_former(question, sentence):
        return True
    to_come = _TO_COME.search(sentence)  # "is to rise from 1.20 to 2" is 1.20 still
    if now and not (former or to_come) and kind in AMOUNTS and _CAME_FROM.search(before) and _came_to(sentence, kind):
        return True
    if last:
        return False
    if question.asked == "date":
        return bool(_FIRST_SINCE.search(before))
    earlier = _AT_THE_LAST.search(before) if question.asked in AMOUNTS else None
    return earlier is not None and earlier[1] not in question.text


def _has_former(question: Question, sentence: str) -> bool:
    """Whether one of a sentence's values is set against another as the older one."""
    return question.asked in AMOUNTS and any(
        value.kind in question.kinds and _FORMER.search(sentence[: value.start]) for value in values(sentence)
    )


def _came_to(sentence: str, kind: ValueKind | None) -> bool:
    """Whether another value of this kind is what something came to: "fell to 81 percent from 94"."""
    return any(value.kind == kind and _COME_TO.search(sentence[: value.start]) for value in values(sentence))
