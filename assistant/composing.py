"""From what an inquiry found to the answer: sentences, sides, speakers, dates, how new it is, what to ask next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.actors import another_does_it
from assistant.another import (
    ahead_of,
    of_a_namesake,
    of_another_matter,
    of_no_event,
    of_other_years,
    of_somebody_else,
    only_former,
)
from assistant.answer import Answer, Disagreement, Event, Freshness, LeftOut, Short, Side, Statement
from assistant.belonging import besides_the_doer
from assistant.beside import harmless, names_nobody_asked_of, of_a_far_year
from assistant.citing import Cited, Draft, cite, render
from assistant.describing import described
from assistant.difference import Difference
from assistant.evidence import Unit
from assistant.extractive import drafts, quote
from assistant.holding import stands
from assistant.inquiry import Inquiry
from assistant.measure import with_unit
from assistant.nouns import PERSON_NOUNS
from assistant.office import SUPPOSED, asks_for_office
from assistant.ordering import COMPARED
from assistant.otherwise import asks_of_a_name
from assistant.overturning import given_up, overturning
from assistant.periods import all_ages, whole_period
from assistant.planning import Plan, plan_for
from assistant.question import Question
from assistant.referring import he_is_another, of_another_one
from assistant.refusal import refuse
from assistant.scoring import FURTHER, near
from assistant.short import Found, hedged
from assistant.statements import PRONOUNS, WHO_SAID, credited, only_alleged, said, saying, teller
from assistant.succession import who_was_before
from assistant.suggestions import suggest
from assistant.synonyms import untold
from assistant.timeline import dated
from assistant.whereabouts import whole_place
from assistant.words import content

SURE_AMONG_GIVEN = 0.5
"""Belief from which a short answer out of given texts is shown, if no other text gives it too: of those out of RGB's
snippets 40 % were right without it, 60 % with it."""
_SUPPOSES = re.compile(r"\b(?:if|fac(?:e|es|ed|ing)|could|would|may|might|maximum|most)\b", re.IGNORECASE)
_NO_HOLDER = "None who holds it now is named here:"


def refused(inquiry: Inquiry, asked: str) -> Answer:
    """Return the answer that there is none, and why."""
    refusal = refuse(
        inquiry.verdict.reason, inquiry.hits, query=inquiry.query, missing=inquiry.missing, facts=inquiry.facts
    )
    return Answer(
        question=asked,
        kind="refusal",
        query=inquiry.query,
        text=refusal.message,
        refusal=refusal,
        hits=inquiry.hits,
        freshness=Freshness(None, inquiry.facts.newest, None),
        suggestions=suggest(inquiry, ()),
    )


def composed(inquiry: Inquiry, asked: str, *, most: int) -> Answer:
    """Return the extractive answer to an inquiry whose evidence is enough, in at most so many sentences."""
    plan = plan_for(inquiry, most=most)
    drafted = drafts(plan.units)
    shown = [unit.text for unit in plan.units]
    if shown and asks_for_office(inquiry.question) and only_former(inquiry.question, shown):
        drafted[0] = replace(drafted[0], lead=_NO_HOLDER)
    return _answer(inquiry, asked, plan, drafted, plan.rows)


def rewritten(
    inquiry: Inquiry,
    asked: str,
    plan: Plan,
    drafted: Sequence[Draft],
    left_out: Sequence[LeftOut],
    *,
    writer: str,
) -> Answer:
    """Return the answer in a model's own sentences, each with its quotes.

    Its short answer and the sides of a difference are the extractive ones, those of `plan`, and are cited too.
    """
    sides = [side.unit for difference in plan.differing for side in (difference.one, difference.other)]
    answer = _answer(inquiry, asked, plan, drafted, [*sides, *plan.rows])
    return replace(
        answer,
        left_out=answer.left_out + len(left_out),
        left_out_sentences=tuple(left_out),
        writer=writer,
    )


def _answer(inquiry: Inquiry, asked: str, plan: Plan, drafted: Sequence[Draft], also: Sequence[Unit]) -> Answer:
    cited = cite(drafted, inquiry.articles, also=[quote(unit, unit.span) for unit in also])
    return Answer(
        question=asked,
        kind="answer",
        query=inquiry.query,
        text=render(cited.sentences),
        short=_short(inquiry, cited),
        sentences=cited.sentences,
        citations=cited.citations,
        left_out=cited.left_out,
        disagreements=_disagreements(plan.differing, cited),
        statements=_statements(plan.units, cited),
        timeline=_timeline(plan.rows, cited),
        freshness=_freshness(inquiry, cited),
        suggestions=suggest(inquiry, plan.units),
        hits=inquiry.hits,
    )


def _short(inquiry: Inquiry, cited: Cited) -> Short | None:
    question, found, unit = inquiry.question, inquiry.shorts[0], inquiry.scored[0].unit
    span = None if inquiry.wide else described(question, unit.text) or _preceding(question, unit)
    if span:
        start, end = unit.span.start + span[0], unit.span.start + span[1]
        number = cited.number(unit.hit.passage, start)
        return Short(unit.text[slice(*span)], start, end, number) if number else None
    if inquiry.wide or found is None:
        return None
    standing = stands(question, unit, inquiry.scored[0].features)
    if not found.set_off(question, inquiry.scored, stands=standing):
        return None
    if inquiry.given and found.belief < SURE_AMONG_GIVEN and not _agreed(inquiry, found):
        return None
    roles = question.focus & PERSON_NOUNS
    if question.person and roles and all(untold(role, content(unit.text)) for role in roles):
        return None  # a name, but not said to be the president that is asked for
    if overturning(question, inquiry.scored[:COMPARED]) or given_up(inquiry.query.text, unit.text, found.start):
        return None
    if of_another_matter(question, unit.text) or of_no_event(question, unit) or of_other_years(question, unit):
        return None
    if SUPPOSED.match(unit.text) and not _SUPPOSES.search(question.text):
        return None  # what somebody faces if convicted is no sentence
    if of_another_one(question, unit) or he_is_another(question, unit):
        return None
    if of_a_namesake(question, unit.text) or another_does_it(question, unit.text):
        return None  # what the Harl Bridge cost is no price of the Sund Bridge
    if harmless(question, unit) or of_a_far_year(question, unit) or names_nobody_asked_of(question, unit):
        return None
    if ahead_of(question, unit, found.text, found.start) or _of_another_subject(question, unit):
        return None
    if besides_the_doer(question, unit.text, found.start) or only_alleged(question.text, unit.text, found.start):
        return None
    start, end = hedged(unit.text, found.start, with_unit(question, unit.text, found.end))
    start, end = whole_place(question, unit.text, *whole_period(question, unit.text, start, end))
    start, end = all_ages(question, unit.text, start, end)
    end -= 2 * unit.text[start:end].endswith(("'s", "’s"))
    text, start = unit.text[start:end], unit.span.start + start
    speaker, of_the_speaker = saying(unit.text), WHO_SAID.search(inquiry.query.text)
    if speaker and not question.person and text in speaker.speaker:
        return None  # who says it is not what is said
    if credited(unit.text, found.start) and not of_the_speaker:
        return None  # nor who did it
    if of_the_speaker and speaker and speaker.speaker in unit.text:
        if speaker.speaker.lower() in PRONOUNS:
            return None
        text, start = speaker.speaker, unit.span.start + unit.text.index(speaker.speaker)
    number = cited.number(unit.hit.passage, start)
    return Short(text, start, start + len(text), number) if number else None


def _preceding(question: Question, unit: Unit) -> tuple[int, int] | None:
    """Return where a sentence names who held an office before somebody, if that is asked and it is of no other."""
    told = who_was_before(question.text, unit.text, unit.nearby())
    roles = content(unit.text) & PERSON_NOUNS
    return told if not roles or roles & question.focus else None


def _of_another_subject(question: Question, unit: Unit) -> bool:
    """Whether a sentence opens with somebody else than whom a value is asked of."""
    return question.kinds != ("name",) and asks_of_a_name(question) and of_somebody_else(question, unit)


def _agreed(inquiry: Inquiry, found: Found) -> bool:
    """Whether another text gives the same value as its short answer."""
    mine = inquiry.scored[0].unit.article.id
    return found.value is not None and any(
        other is not None
        and other.value is not None
        and other.value.key == found.value.key
        and item.unit.article.id != mine
        for item, other in zip(inquiry.scored, inquiry.shorts, strict=False)
    )


def _disagreements(differing: Sequence[Difference], cited: Cited) -> tuple[Disagreement, ...]:
    found = []
    for difference in differing:
        sides = []
        for item, value in zip((difference.one, difference.other), difference.values, strict=True):
            number = cited.number(item.unit.hit.passage, item.unit.span.start)
            speaker = teller(item.unit, value)
            if number:
                sides.append(Side(value, number, speaker.speaker if speaker else None))
        if len(sides) > 1:
            found.append(Disagreement(difference.about, tuple(sides), difference.updated))
    return tuple(found)


def _statements(units: Sequence[Unit], cited: Cited) -> tuple[Statement, ...]:
    found = []
    for unit in units:
        told, number = said(unit), cited.number(unit.hit.passage, unit.span.start)
        if told and number and told.speaker.lower() not in PRONOUNS:
            found.append(Statement(told.speaker, told.verb, number, told.quoted))
    return tuple(found)


def _timeline(rows: Sequence[Unit], cited: Cited) -> tuple[Event, ...]:
    found = []
    for unit in rows:
        when, number = dated(unit.text, unit.article.published), cited.number(unit.hit.passage, unit.span.start)
        if when and number:
            found.append(Event(when.when, when.text, number))
    return tuple(found)


def _freshness(inquiry: Inquiry, cited: Cited) -> Freshness:
    used = [citation.article for citation in cited.citations]
    newest = max((article.published for article in used if article.published), default=None)
    known = {article.id for article in used}
    later = (item.unit.article.headline for item in near(inquiry.scored, FURTHER) if item.unit.article.id not in known)
    newer = (headline for headline in later if newest and headline.published and headline.published > newest)
    return Freshness(newest, inquiry.facts.newest, next(newer, None))
