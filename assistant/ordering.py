"""Which of the best sentences comes first: what stands well as an answer, who speaks, when it happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.actors import another_does_it
from assistant.ages import whose_age
from assistant.another import former, of_another, other_year
from assistant.contest import asks_for_loser, of_that_contest, only_scored
from assistant.deed import telling_most
from assistant.describing import asks_who, described, tells_of_the_named
from assistant.differing import told_to_the_contrary
from assistant.doer import does_it_by_title
from assistant.holder import holders
from assistant.learned import learned, weighed
from assistant.leaving import left, of_the_gone
from assistant.nouns import PERSON_NOUNS
from assistant.of_whom import of_whom_it_is_asked
from assistant.office import asked_roles, asks_for_office, held_by, in_office, in_role
from assistant.otherwise import only_reached, tells_otherwise
from assistant.outdating import newest_post, tells_it
from assistant.overturning import overturning, puts_off, revised
from assistant.question import Question
from assistant.reading import odds
from assistant.referring import of_another_one
from assistant.replies import reply
from assistant.scoring import Rarity, Scored, bindings, followed, ranked
from assistant.short import Found, best
from assistant.statements import said
from assistant.stretch import UNSURE
from assistant.succession import before_whom, tells_who_was_before
from assistant.tally import A_SCORE, tells_the_score
from assistant.telling import tells
from assistant.unheld import of_this_age
from assistant.words import content

CAUSE = re.compile(
    r"\b(?:because|due to|owing to|thanks to|reasons?|caus\w+|result\w*|led to|therefore|so that|in order to|thus"
    r"|hence|motivat\w+|explain\w*|blam\w+|attribut\w+|accus\w+|citing|in (?:response|retaliation|protest)|prompted"
    r"|after (?:[\w’'-]+ ){1,6}(?:was|were|had|failed|fell|broke|died|refused|lost|left|[a-z]{3,}ed)"
    r"|amid|fear(?:s|ed|ing)?|in (?:a bid|an effort) to|to (?:avoid|prevent|protect|discuss|help|reduce|make|allow)"
    r"|(?:walk\w* out|str(?:ik\w+|uck)|protest\w*|su(?:ed|es|ing)|resign\w*|quit|sacked|fined|jailed|arrest\w*"
    r"|criticis\w+|criticiz\w+|dispute|row|clash\w*|anger|fury|outrage|backlash|praised"
    r"|banned)(?: [\w-]+){0,3} (?:over|for))\b",
    re.IGNORECASE,
)
_CAUSED = 1.0
"""Added to the score of a sentence that gives a cause, where a reason is asked for: log odds, as scores are."""
_SPOKEN = 6.0
"""Added to the score of a sentence whose speaker is the one that the question names."""
_PRECEDED = 10.0
"""Added to the score of a sentence that tells in so many words who was there before somebody, or how a game ended."""
_OF_THE_TIME = 8.0
"""Added to the score of a sentence whose time is the one that the question names."""
_WITH_ROLE = 3.0
"""Added to the score of a sentence that names somebody with the role that is asked for."""
_OTHERWISE = 4.0
"""Taken from the score of a sentence that tells with a question's words of another deed."""
_IN_TIME = frozenset({"after", "before", "during", "since", "until"})
COMPARED = 8
"""Sentences whose short answers are compared."""


def answering_first(
    question: Question, scored: list[Scored], weights: Rarity, *, given: bool
) -> tuple[list[Scored], list[Found | None]]:
    """Order the first sentences anew, by how well a short answer stands in them; return them with those answers."""
    found, shorts = _answering_first(question, scored, weights, given=given)
    for at, item in enumerate(found[:COMPARED]):
        better = next((behind for behind, one in enumerate(found) if tells_it(question, one, item)), at)
        if better > at:  # the other is shown behind it
            found.insert(at, replace(found.pop(better), score=item.score))
            if better >= len(shorts):  # it was not compared, and the last that was no longer is
                shorts[-1] = best(question, found[at].unit.text, weights, found[at].reading) if question.kinds else None
            shorts.insert(at, shorts.pop(min(better, len(shorts) - 1)))
    at = telling_most(question, [one.unit for one in found[: 2 * COMPARED]]) if question.closed else 0
    at = at or of_whom_it_is_asked(question, found, shorts)
    if at:
        found.insert(0, replace(found.pop(at), score=found[0].score))
        shorts.insert(0, shorts.pop(at) if at < len(shorts) else None)
        del shorts[COMPARED:]
    newest = newest_post(question, found, shorts)
    if newest:
        found.insert(0, replace(found.pop(newest), score=found[0].score))
        shorts.insert(0, shorts.pop(newest))
    newer = overturning(question, found[: len(shorts)])
    at = found.index(newer) if newer and puts_off(newer) else revised(question, found, shorts)
    if at and (short := shorts[at]) and short.fitting(question):  # it tells the new day, or the new figure
        found.insert(0, replace(found.pop(at), score=found[0].score + _WITH_ROLE))
        shorts.insert(0, shorts.pop(at))
    replied = reply(question, found)
    if replied:
        found.insert(0, replace(found.pop(replied), score=found[0].score))
        text, reading = found[0].unit.text, found[0].reading
        shorts.insert(0, shorts.pop(replied) if replied < len(shorts) else best(question, text, weights, reading))
    told = of_this_age(question, found) if whose_age(question) else None
    if told:
        found.insert(0, replace(found.pop(told), score=found[0].score + _WITH_ROLE))
        text, reading = found[0].unit.text, found[0].reading
        shorts.insert(0, shorts.pop(told) if told < len(shorts) else best(question, text, weights, reading))
    return found, shorts


def _answering_first(
    question: Question, scored: list[Scored], weights: Rarity, *, given: bool
) -> tuple[list[Scored], list[Found | None]]:
    if not scored:
        return [], []
    if question.identity and not before_whom(question.text):
        scored = _introduced_first(question, scored)
    elif question.told:
        scored = _speaker_first(question, scored)
    elif question.asked == "reason":  # no stretch of a sentence tells how well it gives one
        scored = _lifted(scored, lambda item: _caused(question, item))
    else:
        return _by_short_answer(question, scored, weights, given=given)
    return scored, [best(question, item.unit.text, weights, item.reading) for item in scored[:COMPARED]]


def _by_short_answer(
    question: Question, scored: list[Scored], weights: Rarity, *, given: bool
) -> tuple[list[Scored], list[Found | None]]:
    if asks_for_office(question):
        scored = _in_office_first(question, scored)
    if question.asked == "open":
        scored = _in_time_first(question, scored)
    if A_SCORE.match(question.text):
        scored = _lifted(scored, lambda item: _PRECEDED * tells_the_score(question, item.unit.text))
    head = scored[:COMPARED]
    of_given = given and bool(question.kinds)
    measured = answering_of_given if of_given else answering
    model = learned(
        "answering value of given" if of_given else "answering value" if question.kinds else "answering other"
    )
    gone = left(question, (item.unit for item in scored))
    contrary = told_to_the_contrary(question, [item.unit.text for item in head]) if question.closed else ()
    paired = []
    for item in head:
        found = best(question, item.unit.text, weights, item.reading)
        away = of_the_gone(question, gone, item.unit, found.text if found else "")
        found = None if away else found
        score = weighed(model, measured(question, item, found))
        score += _WITH_ROLE * (_named_with_role(question, item.unit.text) and not away)
        score += _WITH_ROLE * does_it_by_title(question, item.unit.text)
        contest = of_that_contest(question.text, item.unit.text)
        score += (_WITH_ROLE if asks_for_loser(question.text) else _SPOKEN) * contest
        score -= _OTHERWISE * only_scored(question.text, item.unit.text)
        score += _PRECEDED * tells_who_was_before(question.text, item.unit.text, item.unit.nearby())
        score -= _OTHERWISE * (only_reached(question, item.unit.text) or of_another_one(question, item.unit))
        score += _SPOKEN * (item.unit.text in contrary)
        paired.append((replace(item, score=score), found))
    paired.sort(key=lambda pair: (-pair[0].score, pair[0].unit.place))
    ordered = followed([item for item, _ in paired], head[-1].score, scored[COMPARED:])
    return ordered, [found for _, found in paired]


def _caused(question: Question, item: Scored) -> float:
    """Return what a sentence gains for a cause it gives or for who did it instead, or loses for another deed."""
    text = item.unit.text
    if another_does_it(question, text):
        return _WITH_ROLE  # the one asked about did not: that is told first
    if tells_otherwise(question, text):
        return -_OTHERWISE
    return _CAUSED * (item.features.deeds > 0 and bool(CAUSE.search(text)))


def _lifted(scored: Sequence[Scored], by: Callable[[Scored], float]) -> list[Scored]:
    """Return the sentences with something added to the score of each, best first."""
    return ranked(replace(item, score=item.score + by(item)) for item in scored)


def answering(question: Question, item: Scored, found: Found | None) -> dict[str, float]:
    """Return what is measured of a sentence as an answer, by name. found: its best short answer, if any."""
    text = item.unit.text
    return {
        "score": item.score,
        "topical": item.features.topical,
        "fitting": float(found is not None),
        "short score": found.score / 10 if found else 0.0,
        "read": odds(item),
        "short read": found.read if found else UNSURE,
        "near": found.near if found else 0.0,
        "belief": found.belief if found else 0.0,
        "other year": float(other_year(question, text)),
        "question": float(text.rstrip('”"’ ').endswith("?")),
    }


def answering_of_given(question: Question, item: Scored, found: Found | None) -> dict[str, float]:
    """Return what is measured of a sentence of a given text: many are snippets that tell nothing, or of another."""
    text = item.unit.text
    return answering(question, item, found) | {
        "telling": float(tells(text)),
        "former": float(former(question, text)),
        "of another": float(of_another(question, text)),
    }


def _in_time_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put what is told of the time asked for first: "after the war" is not "in the war"."""
    asked = {bound for bound in bindings(question.text) if bound[0] in _IN_TIME}
    return _lifted(scored, lambda item: _OF_THE_TIME * bool(asked & bindings(item.unit.text)))


def _in_office_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put sentences first that name whoever holds the office asked for, and last those that name another's holder."""

    def told(item: Scored) -> float:
        text = item.unit.text
        told = [held_by(question, text, holder.start, holder.end) for holder in holders(text)]
        if not told:
            return 0.0
        if True in told:
            return _SPOKEN
        # "President Moss", of whichever state, is the one asked for where the sentence speaks of that.
        return _SPOKEN / 2 if None in told and in_office(question, item.unit) else -_SPOKEN

    return _lifted(scored, told)


def _named_with_role(question: Question, text: str) -> bool:
    """Whether somebody is named with the role that is asked for: "Judge Lewis Kaplan", of the judge in a trial."""
    return bool(asked_roles(question) and in_role(question, text))


def _introduced_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put sentences first that say who a name is: "George Deek, Israel's ambassador", "President Ilham Aliyev"."""
    name = re.escape(question.names[-1].text.split()[-1])
    introducing = re.compile(
        rf"\b{name}(?:,| \(| is | was )\W*(?:(?:the|a|an|his|her|its|their|then|who|former)\b|[A-Z][\w’']+[’']s )"
        rf"|(?i:{'|'.join(sorted(PERSON_NOUNS))})\w* (?:[A-Z][\w.]+ ){{0,2}}{name}\b"
    )

    def says_who(text: str) -> bool:
        return introducing.search(text) is not None or described(question, text) is not None

    def lift(item: Scored) -> float:
        named = asks_who(question) and tells_of_the_named(question, item.unit.text)
        return _SPOKEN * says_who(item.unit.text) + _SPOKEN / 2 * named

    return _lifted(scored, lift)


def _speaker_first(question: Question, scored: Sequence[Scored]) -> list[Scored]:
    """Put what is said by somebody the question names before what is said of them."""

    def spoken(item: Scored) -> float:
        saying = said(item.unit)
        return _SPOKEN if saying and content(saying.speaker) & question.named else 0.0

    return _lifted(scored, spoken)
