"""Which of two sentences comes first for what it tells: a later post, a correction, a reply, what is done by now."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.actors import opens_with_asked
from assistant.deed import outdates
from assistant.denial import deeds
from assistant.differing import OPPOSITES, clashing
from assistant.evidence import Unit
from assistant.fulfilment import overtakes, still_to_come
from assistant.holding import stands
from assistant.question import Question
from assistant.retraction import corrects, posted, takes_back
from assistant.scoring import Scored
from assistant.short import Found
from assistant.words import content


def newest_post(question: Question, found: Sequence[Scored], shorts: Sequence[Found | None]) -> int:
    """Return which sentence outdates what the first one tells: of one article, a later post or one that takes it back.

    0 where none does: posts of a live report are told apart by the time that opens them.
    """
    if not found or shorts[0] is None:
        return 0
    first, short = found[0].unit, shorts[0]
    since = posted(first.text) if short.fitting(question) else None
    newest, latest = 0, since
    for at, (item, other) in enumerate(zip(found, shorts, strict=False)):
        if at and _of_the_same(first, item.unit) and takes_back(item.unit, short.text):
            so_now = (place for place, one in enumerate(found[: len(shorts)]) if corrects(one.unit, item.unit))
            return next(so_now, at)
        if not at or other is None or item.unit.article.id != first.article.id:
            continue
        when = posted(item.unit.text) if latest is not None and other.fitting(question) else None
        if (
            when is not None
            and latest is not None
            and when > latest
            and clashing(short, other, first.text, item.unit.text)
            and all(stands(question, one.unit, one.features) for one in (found[0], item))
        ):
            newest, latest = at, when
    return newest


def _of_the_same(first: Unit, other: Unit) -> bool:
    """Whether a sentence is of the same article, or of a later one of its outlet, where corrections are printed too."""
    mine, its = first.article, other.article
    if mine.id == its.id:
        return True
    later = mine.published and its.published and its.published >= mine.published
    return bool(mine.outlet and mine.outlet == its.outlet and later)


def tells_it(question: Question, one: Scored, other: Scored) -> bool:
    """Whether a sentence tells what another only leads up to: a reply to a remark, what is so after a correction.

    So does, where it is asked whether it is so, what is done by now and was still to come in an older article.
    """
    replies = not question.kinds and one.unit.replies_to(other.unit)
    replies = replies or corrects(one.unit, other.unit)
    if replies or not question.closed:
        return replies
    own = deeds(question)
    done = overtakes(own, one.unit, other.unit)
    told = content(one.unit.text)
    contrary = any(not OPPOSITES.get(deed, frozenset()).isdisjoint(told) for deed in own)
    ruled_out = contrary and still_to_come(own, other.unit, one.unit) and opens_with_asked(question, one.unit.text)
    near = one.features.covered >= other.features.covered
    return ruled_out or (done and near) or outdates(question, one.unit, other.unit)
