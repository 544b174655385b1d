"""Whether a value cannot be the one asked for, however well it stands: of no such harm, year or name."""

from __future__ import annotations

from assistant.amounts import AMOUNTS
from assistant.evidence import Unit
from assistant.leaning import leans
from assistant.question import Question
from assistant.synonyms import named_near
from assistant.words import content, stems_of
from assistant.written_dates import YEAR

BODILY = stems_of("die kill injure wound hurt drown")
HARMED = BODILY | stems_of(
    "dead death deadly fatal fatality perish toll life lives body bodies victim casualty murder slay slain shoot shot"
    " stab massacre bomb crush execute burn injury lose lost"
)
"""What is told by whatever tells of the dead and the hurt."""


def harmless(question: Question, unit: Unit) -> bool:
    """Whether it is asked how many were killed or hurt, and nothing near a sentence has any word of such harm.

    However surely thirty-seven patients fell ill, that many did not die.
    """
    if question.asked != "number" or question.stems.isdisjoint(BODILY):
        return False
    near = content(unit.text) | unit.content_before() | content(unit.title)
    if leans(unit.text):
        near |= content(unit.hit.passage.text)
    return near.isdisjoint(HARMED)


def of_a_far_year(question: Question, unit: Unit) -> bool:
    """Whether an amount of a year is asked for that its article, of two years off or more, does not name."""
    years, published = YEAR.findall(question.text), unit.article.published
    if question.asked not in AMOUNTS or not years or published is None:
        return False
    far = all(abs(int(year) - published.year) > 1 for year in years)
    return far and set(years).isdisjoint(YEAR.findall(f"{unit.title}\n{unit.article.text}"))


def names_nobody_asked_of(question: Question, unit: Unit) -> bool:
    """Whether a value is asked for of somebody or something that the whole article of a sentence does not name."""
    if not question.names or not question.kinds or question.kinds == ("name",):
        return False
    told = content(f"{unit.title}\n{unit.article.text}")
    return not any(named_near(parts, told) for parts in question.name_stems)
