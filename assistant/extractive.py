"""An answer without a language model: the fewest sentences that carry it, each in its article's own words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from assistant.amounts import ValueKind
from assistant.citing import Draft, Quote
from assistant.disagreement import supposes
from assistant.evidence import Span, Unit
from assistant.leaning import leans
from assistant.reading import odds
from assistant.relative_days import relative_days
from assistant.scoring import Scored
from assistant.values import values
from assistant.wording import attribution, flat
from assistant.words import content, overlap

MOST = 5
"""Sentences in an answer, neighbours included."""

CARRYING, SPREAD = 0.97, 1.5
"""Sentences are shown until they hold this share of all belief that a sentence is the right one; scores are log odds,
and the spread makes up for their being too sure of themselves. tests/benchmarks/eval_bench.py shows what it costs."""

BEARING, MEANING_BEHIND = 0.5, 0.1
"""A further sentence has this share of the best one's words of the question, or its meaning is no further off."""
READ_BEHIND = 3.0
"""In log odds as it was read: one to twenty beside the best sentence."""
FAR_BEHIND = 5.0
"""In score, which is log odds: one in 150 beside the best sentence."""
READ_FAR = 5.0
"""In log odds as it was read. What lies further behind never held the answer, over 2,874 questions."""

_NEXT = 3
"""Characters between two sentences, at most, that follow each other."""
_SECOND_NEAR = 0.25
_SHARED = 0.4
"""What the question's names and deeds, all of them held, are worth beside the cosine."""
_SAME = 0.75


def choose(
    scored: Sequence[Scored],
    *,
    wanted: Sequence[Unit],
    settled: ValueKind | None,
    given: bool,
    most: int,
) -> list[Unit]:
    """Return the sentences to show, best first: close to the best in score, not repeating each other.

    settled: the kind of the value asked for that the best sentence holds; others then have to hold one too.
    given: the texts came with the question, all on one matter; then what is read to answer nearly as well bears on it.
    wanted: sentences that have to be there (the sides of a difference), next after the best.
    Repetition is a matter of words and values: two sentences that differ in a number or a name both stay.
    """
    chosen = [scored[0].unit]
    room = most - _cost(chosen[0])
    for unit in (*_carried_on(scored), *wanted):
        if unit.place not in {one.place for one in chosen} and room >= 1:
            chosen.append(unit)
            room -= 1
    for candidate in scored[1 : _carrying(scored)]:
        unit = candidate.unit
        cost = _cost(unit)
        if room < cost or unit.place in {one.place for one in chosen}:
            continue
        if settled and not any(value.kind == settled for value in (*values(unit.text), *relative_days(unit.text))):
            continue
        read = given and odds(candidate) >= odds(scored[0]) - READ_BEHIND
        if not (read or bears(candidate, scored[0])) or any(repeats(unit.text, shown.text) for shown in chosen):
            continue
        chosen.append(unit)
        room -= cost
    return chosen


def bears(candidate: Scored, best: Scored) -> bool:
    """Whether a further sentence speaks of what the best one speaks of: by the question's words, or by meaning.

    Names alone do not make it so: an article on a country names it in every other sentence. What leans on the
    best sentence, right behind it, speaks of the same in other words: "They even lent their name to the castle."
    """
    if candidate.score < best.score - FAR_BEHIND:
        return False
    if candidate.reading and best.reading and odds(candidate) < odds(best) - READ_FAR:
        return False
    if _follows(candidate.unit, best.unit) and leans(candidate.unit.text):
        return True
    mine, its = candidate.features, best.features
    if its.names and not mine.names:  # of nobody that the question names
        return mine.meaning >= its.meaning - MEANING_BEHIND
    worded = mine.deeds >= BEARING * its.deeds if its.deeds else mine.covered >= BEARING * its.covered
    return worded or mine.meaning >= its.meaning - MEANING_BEHIND


def _follows(one: Unit, other: Unit) -> bool:
    """Whether a sentence stands right behind another, with no more than a blank or a mark between them."""
    return one.article.id == other.article.id and 0 <= one.span.start - other.span.end <= _NEXT


def _carried_on(scored: Sequence[Scored]) -> list[Unit]:
    """Return what is said right behind a best sentence that is a bare reply: "It leaks." behind "No."."""
    first = scored[0].unit
    return [item.unit for item in scored if first.bare and _follows(item.unit, first)]


def _carrying(scored: Sequence[Scored]) -> int:
    """Return how many sentences, from the best on, hold enough of the belief."""
    shares = [math.exp((item.score - scored[0].score) / SPREAD) for item in scored]
    enough = CARRYING * sum(shares)
    return next((count for count, held in enumerate(accumulate(shares), start=1) if held >= enough), len(shares))


def second_voice(scored: Sequence[Scored]) -> Scored | None:
    """Return the sentence of another article that comes nearest to the question, if any comes near at all."""
    first = scored[0]
    near = [
        item
        for item in scored[1:]
        if item.unit.article.id != first.unit.article.id
        and item.features.behind_meaning < _SECOND_NEAR
        and (item.features.deeds or item.features.names or not (first.features.deeds or first.features.names))
        and not repeats(item.unit.text, first.unit.text)
        and not supposes(item.unit.text)
    ]
    return max(near, key=_told_of, default=None)


def _told_of(item: Scored) -> tuple[float, float]:
    """Return how near a sentence comes to the question by meaning, names and deeds, and then by all."""
    return item.features.meaning + _SHARED * (item.features.deeds + item.features.names), item.score


def repeats(one: str, other: str) -> bool:
    """Whether two sentences say the same in the same words; a differing value makes them two."""
    if overlap(content(one), content(other)) < _SAME:
        return False
    first, second = {value.key for value in values(one)}, {value.key for value in values(other)}
    return first <= second or second <= first


def _cost(unit: Unit) -> int:
    """Return how many sentences are shown for one: with the one it needs before it, two."""
    return 1 + (unit.context() is not None)


def drafts(units: Sequence[Unit]) -> list[Draft]:
    """Return the sentences as they will be read, each with a lead where the article changes."""
    found: list[Draft] = []
    shown = {flat(unit.text) for unit in units}  # texts: passages overlap, and articles reprint each other
    last: str | None = None
    for unit in units:
        lead = "" if last in (None, unit.article.id) else _lead(unit)
        before = unit.context()
        if before and flat(before.text) in shown:
            before = None
        if before:
            shown.add(flat(before.text))
        if before and found:
            found.append(Draft((quote(unit, before),), lead=lead))
            lead = ""
        found.append(Draft((quote(unit, unit.span),), lead=lead))
        if before and len(found) == 1:  # the answer stays in the first place
            found.append(Draft((quote(unit, before),), lead="Just before that:"))
        last = unit.article.id
    return found


def quote(unit: Unit, span: Span) -> Quote:
    """Return a sentence of the unit's article as a quote."""
    return Quote(span.text, span.start, span.end, unit.hit.passage)


def _lead(unit: Unit) -> str:
    article = unit.article
    if article.outlet:
        return f"{attribution(article) if article.published else article.outlet}:"
    return f"Another article, {attribution(article)}:" if article.published else "Another article says:"
