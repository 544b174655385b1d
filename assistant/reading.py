"""The first sentences read together with the question, and ordered anew by how well they answer it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.evidence import prompts
from assistant.learned import learned, weighed
from assistant.scoring import Scored, followed, ranked
from index.excerpt import Excerpt

if TYPE_CHECKING:
    from assistant.question import Question
    from index.excerpt import Reader

READ, READ_OF_FEW = 5, 8
"""Sentences that are read with a question: 6 ms each. docs/evaluation.md has what more or fewer give."""
FEW = 1_000
"""Passages up to which a search is so quick that half as many more may be read: words say less where there are few."""


def most_read(passages: int) -> int:
    """Return how many sentences of an index with so many passages are read."""
    return READ_OF_FEW if passages <= FEW else READ


def read_first(question: Question, scored: Sequence[Scored], reader: Reader, *, most: int) -> list[Scored]:
    """Return the sentences with what was read of the first, best first; the others keep their order behind.

    most: how many are read.
    """
    listed = _with_replies(scored, most)
    head, tail = listed[:most], listed[most:]
    if not head:
        return []
    readings = reader.read(question.text, [excerpt(item) for item in head])
    head = [replace(item, reading=reading) for item, reading in zip(head, readings, strict=True)]
    top = max(reading.answers for reading in readings)
    model = learned("reading")
    ordered = ranked(replace(item, score=weighed(model, measured(item, top))) for item in head)
    return followed(ordered, head[-1].score, tail)


def _with_replies(scored: Sequence[Scored], most: int) -> list[Scored]:
    """Return the sentences with what is said to an interviewer's remark right behind it, as near to the question."""
    remarks = [item for item in scored[:most] if prompts(item.unit.text)]
    replies = {id(one): item for one in remarks for item in scored if item.unit.replies_to(one.unit)}
    moved = {id(item) for item in replies.values()}
    found: list[Scored] = []
    for item in scored:
        found += [item] if id(item) not in moved else []
        found += [replace(replies[id(item)], score=item.score)] if id(item) in replies else []
    return found


def excerpt(item: Scored) -> Excerpt:
    """Return what is read of a sentence: its headline too, and what stands before where it leans on or answers that."""
    unit = item.unit
    before = unit.before()
    before = before if before and (unit.context() or prompts(before.text)) else None
    return Excerpt(unit.text, unit.title, before.text if before else "")


def measured(item: Scored, top: float) -> dict[str, float]:
    """Return what a sentence that was read is ordered by, by name. top: the highest odds of any that was."""
    read = odds(item)
    features = item.features
    return {
        "score": item.score,
        "read": read,
        "behind read": top - read,
        "topical": features.topical,
        "typed": features.typed,
        "meaning": features.meaning,
        "names": features.names,
        "leaning": features.leaning,
        "length": features.length,
        "best": features.best,
    }


def odds(item: Scored) -> float:
    """Return the log odds with which a sentence was read to answer; as for nothing where it was not read."""
    return item.reading.answers if item.reading else NOTHING


NOTHING = -10.0
"""Log odds that stand for a sentence that was not read."""


def any_answers(scored: Sequence[Scored]) -> float:
    """Return the log odds that one of the sentences that were read answers, beside none: the sum of their odds."""
    read = [item.reading.answers for item in scored if item.reading]
    return math.log(sum(math.exp(one) for one in read)) if read else NOTHING
