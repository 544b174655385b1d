"""Questions that articles ask themselves, as interviews and explainers do: whose reply answers, and whose does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import HELPING
from assistant.evidence import LABEL, Unit
from assistant.question import Question, analyse
from assistant.scoring import Scored
from assistant.synonyms import untold
from assistant.words import content

_ASKER = re.compile(
    r"\b(?:how (?:much|many|long|old|far|often|fast)|who|what|which|when|where|why|how)\b"
    rf"|^\W*(?P<closed>{'|'.join(HELPING)})\b",
    re.IGNORECASE,
)
_SHARED = 0.5
"""Share of the words of an article's question that whoever asks the same has too."""


def without_other_replies(question: Question, units: Sequence[Unit]) -> list[Unit]:
    """Return the sentences but bare replies to a question of which nothing is asked: "Never." is of what it denies."""
    return [unit for unit in units if not _of_another_question(question, unit)]


def _of_another_question(question: Question, unit: Unit) -> bool:
    asked = unit.asked()
    if asked is None or not unit.bare:
        return False
    told = content(asked.text) | content(unit.text)
    return all(untold(stem, told) for stem in question.stems - question.named)


def to_the_question(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Return the sentences but replies to other questions, of an article where one replies to the very question."""
    own = {item.unit.article.id for item in scored if replies(question, item.unit)}

    def other(unit: Unit) -> bool:
        return unit.article.id in own and unit.asked() is not None and not replies(question, unit)

    return [item for item in scored if not other(item.unit)]


def replies(question: Question, unit: Unit) -> bool:
    """Whether a sentence replies to the very question, as its article asks it.

    The same is asked for, in the words of the article's question or of what all of the article is about, and of those
    words no more than half are missing.
    """
    asked = unit.asked()
    text = LABEL.sub("", asked.text) if asked else ""
    if not text or _asker(text) not in ("", _asker(question.text)):  # "And your greatest regret?" asks what it is
        return False
    if not _asker(text) and not text.rstrip().endswith("?"):
        return False  # an interviewer's remark asks nothing
    put = analyse(text).stems
    about = content(unit.title) | content(unit.lead())
    rest = [stem for stem in question.stems if untold(stem, put)]
    shared = [stem for stem in put if not untold(stem, question.stems)]
    same = bool(shared) and len(shared) >= _SHARED * len(put)
    return same and all(not untold(stem, about) for stem in rest)


def reply(question: Question, found: Sequence[Scored]) -> int:
    """Return which sentence replies to the very question and comes before the first; 0 where none does.

    What another article tells, if that is as much about what is asked, stays before it.
    """
    at = next((at for at, item in enumerate(found) if replies(question, item.unit)), 0)
    if not at:
        return 0
    first, one = found[0], found[at]
    other = first.unit.article.id != one.unit.article.id and first.features.topical >= one.features.topical
    return 0 if other else at


def _asker(text: str) -> str:
    """Return what a question asks with, in lower case: "how many"; the same for all that ask for yes or no."""
    found = _ASKER.search(text)
    return "" if found is None else "yes-no" if found["closed"] else found[0].lower()
