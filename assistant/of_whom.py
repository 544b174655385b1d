"""Which sentence has a value of whom it is asked of, where the best has another's, or one that was only expected."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.another import of_somebody_else
from assistant.expecting import only_expected
from assistant.otherwise import asks_of_a_name
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found

_LEAST = 0.8
"""Share of the first sentence's words of a question that one which takes its place has at least."""


def of_whom_it_is_asked(question: Question, found: Sequence[Scored], shorts: Sequence[Found | None]) -> int:
    """Return which sentence has a value of whom it is asked of, where the first has another's, or one only expected.

    0 where the first one is not so, or no other has one: "Norvane has 11,500 employees" is none of Brightlow's.
    """

    def beside(item: Scored) -> bool:
        of_a_name = question.asked in ("number", "money") and asks_of_a_name(question)
        return (of_a_name and of_somebody_else(question, item.unit)) or only_expected(question, item.unit.text)

    if not found or not beside(found[0]):
        return 0
    least = _LEAST * found[0].features.covered
    for at, (item, short) in enumerate(zip(found, shorts, strict=False)):
        if short and short.fitting(question) and item.features.covered >= least and not beside(item):
            return at
    return 0
