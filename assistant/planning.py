"""What an answer will show: the sentences, the differences between articles, the rows of a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.actors import another_does_it
from assistant.ages import grown, whose_age
from assistant.amounts import ValueKind
from assistant.describing import asks_who, tells_of_the_named
from assistant.difference import Difference
from assistant.disagreement import differences, surest
from assistant.evidence import Unit
from assistant.extractive import MOST, choose, second_voice
from assistant.holding import stands
from assistant.inquiry import Inquiry
from assistant.leaving import departure, succession
from assistant.office import asks_for_office
from assistant.ordering import CAUSE, COMPARED
from assistant.overturning import overturning
from assistant.posts import of_the_post
from assistant.reading import odds
from assistant.scoring import Scored, near
from assistant.timeline import asks_for_events, asks_for_timeline, in_order
from assistant.unheld import aged, heard
from assistant.wide import choose_dated, choose_wide, newest_first

ROWS, EVENTS = 8, 4.0
"""Rows of a timeline, and how far behind the first a sentence may score to be one: what happened is often told beside
what is asked about."""


_CAUSE_BEHIND = 3.0
"""In log odds as it was read, where a cause is asked for: all else in an article comes near what it is asked of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an answer will show; every sentence of it is cited."""

    units: tuple[Unit, ...]
    differing: tuple[Difference, ...]
    rows: tuple[Unit, ...]


def plan_for(inquiry: Inquiry, *, most: int = MOST) -> Plan:
    """Return what to show: the sentences, the differences between articles, the rows of a timeline."""
    if inquiry.wide:
        return _overview(inquiry, most)
    compared, shorts = list(inquiry.scored[:COMPARED]), list(inquiry.shorts)
    second = second_voice(inquiry.scored) if inquiry.question.closed else None
    if second and second not in compared:  # the other side may use few of the question's words
        compared.append(second)
        shorts.append(None)
    if inquiry.given:
        differing = surest(inquiry.question, compared, shorts) if inquiry.verdict.differ else []
    else:
        differing = differences(inquiry.question, compared, shorts)
    if whose_age(inquiry.question):  # two spans of time are no two ages
        differing = [
            one
            for one in differing
            if all(aged(inquiry.question, side.unit) for side in (one.one, one.other))
            and not grown(one.values, (one.one.unit.article.published, one.other.unit.article.published))
        ]
    differing = differing[:1]  # one answer carries one, and what else is found is mostly its echo
    sides = [side.unit for difference in differing for side in (difference.one, difference.other)]
    units = choose(
        _bearing(inquiry),
        wanted=sides or _owed(inquiry) or ([second.unit] if second else []),
        settled=_settled(inquiry),
        given=inquiry.given,
        most=most,
    )
    rows: list[Unit] = []
    if asks_for_events(inquiry.query.text):
        rows = in_order([item.unit for item in near(inquiry.scored, EVENTS)])[:ROWS]
    return Plan(tuple(units), tuple(differing), tuple(rows))


def _overview(inquiry: Inquiry, most: int) -> Plan:
    """Return one sentence an article, newest first; where a timeline is asked for, what has a day, oldest first.

    What happened at a time of the day is told by the posts of that time, as they were written.
    """
    posts = of_the_post(inquiry.query.text, [item.unit for item in inquiry.scored])
    if posts:
        return Plan(tuple(newest_first(posts)[:most]), (), ())
    if asks_for_timeline(inquiry.query.text):
        rows = choose_dated(inquiry.scored, inquiry.weights, most=ROWS)
        best = choose_dated(inquiry.scored, inquiry.weights, most=most, alone=True)
        if best:
            return Plan(tuple(best), (), tuple(rows))
    return Plan(tuple(choose_wide(inquiry.scored, inquiry.weights)[:most]), (), ())


def _bearing(inquiry: Inquiry) -> Sequence[Scored]:
    """Return the sentences that may be shown: on a bare name what tells who it is, of what was said the speaker's."""
    if inquiry.given:
        return inquiry.scored
    if asks_who(inquiry.question):
        return _of_the_named(inquiry)
    if inquiry.question.asked == "reason":
        first, *others = inquiry.scored
        return [first, *(one for one in others if not one.reading or odds(one) >= odds(first) - _CAUSE_BEHIND)]
    if heard(inquiry.question, inquiry.scored[0].unit):
        return [item for item in inquiry.scored if heard(inquiry.question, item.unit) or _near(item, inquiry.scored[0])]
    return inquiry.scored


def _near(item: Scored, best: Scored) -> bool:
    """Whether a sentence stands right beside another of its article."""
    one, other = item.unit, best.unit
    return one.article.id == other.article.id and abs(one.ordinal - other.ordinal) <= 1


def _of_the_named(inquiry: Inquiry) -> Sequence[Scored]:
    """Return the best sentence, and of the others those on who is asked about: to a bare name all else is near too."""
    best, *others = inquiry.scored
    told = (one for one in others if tells_of_the_named(inquiry.question, one.unit.text, one.unit.content_before()))
    return [best, *told]


def _owed(inquiry: Inquiry) -> list[Unit]:
    """Return the best sentence with what is asked for, a value or a cause, where the first one has none.

    Of what was to be and is not any more, it is the one of the newer article.
    Where the first has somebody in the office that is asked for, it is the one that tells of their leaving, and where
    that is told first, who follows.
    """
    question, first = inquiry.question, inquiry.scored[0]
    newer = overturning(question, inquiry.scored[:COMPARED])
    if newer:
        return [newer.unit]
    told = [item.unit for item in inquiry.scored]
    following = succession(question, first.unit, told)
    if following:
        return [following]
    if asks_for_office(question):  # who has left it is not shown as in office without a word
        gone = departure(question, first.unit, told)
        if gone:
            return [gone]
    if question.asked == "reason" and another_does_it(question, first.unit.text):
        return []  # what was not done has no cause
    if question.asked == "reason":
        gives = [item for item in inquiry.scored[:COMPARED] if CAUSE.search(item.unit.text)]
        owed = [item for item in gives if item.unit.article.id == first.unit.article.id]
    elif question.kinds and question.kinds != ("name",):
        pairs = zip(inquiry.scored, inquiry.shorts, strict=False)
        fitting = [item for item, found in pairs if found and found.fitting(question)]
        owed = [item for item in fitting if stands(question, item.unit, item.features)]
    else:
        return []
    return [] if first in owed else [item.unit for item in owed[:1]]


def _settled(inquiry: Inquiry) -> ValueKind | None:
    """Return what kind of value the best sentence answers with. A name settles nothing: most sentences have one."""
    found, question = inquiry.shorts[0], inquiry.question
    value = found.value if found and found.fitting(question) and found.shown(question) else None
    return value.kind if value and value.kind != "name" else None
