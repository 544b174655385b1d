"""Whether a value in a sentence can be what is asked for: of the deed, the names and the office asked for."""

from __future__ import annotations

import re

from assistant.another import HARM, of_another_matter, of_another_rank, of_another_year, of_somebody_else
from assistant.contest import of_that_contest
from assistant.evidence import Unit
from assistant.form import formed
from assistant.leaning import leans
from assistant.office import SUPPOSED, asked_roles, asks_for_office, in_office, in_role
from assistant.otherwise import tells_otherwise
from assistant.question import Question
from assistant.scoring import Features
from assistant.statements import WHO_SAID
from assistant.synonyms import named_near, untold
from assistant.words import content, stems_of

FEW_DEEDS = 0.3
"""Share of what is asked but the names, below which a sentence speaks of something else."""
_HALF = 0.5
_LIGHT = stems_of("be have has do get make take give go come many much there total part")
"""Verbs that say too little of what was done to be missed."""
_HOW_MUCH_OF = re.compile(
    r"\bhow much (?!d(?:id|oes|o)\b|w(?:ill|ould|as|ere)\b|is\b|are\b|ha(?:s|ve|d)\b|can\b|could\b|of\b|money\b|more\b"
    r"|less\b|to\b)[a-z]+",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)


def stands(question: Question, unit: Unit, features: Features) -> bool:
    """Whether a value in this sentence can be what is asked for, however well it stands there.

    "When was she convicted?" is not told by when she was accused, nor "How many users has it?" by another's users.
    """
    text = unit.text
    if asks_for_office(question) and not in_office(question, unit):
        return False
    if (asks_for_office(question) or asked_roles(question)) and not in_role(question, text):
        return False
    if SUPPOSED.match(text) or of_another_matter(question, text) or tells_otherwise(question, text):
        return False
    if WHO_SAID.search(question.text):
        return features.deeds >= _HALF
    if of_another_rank(question, unit) or of_another_year(question, unit):
        return False
    told = question.stems - question.named - question.measures  # what is asked but the names
    if not question.kinds:
        return question.asked != "thing" or not told or features.deeds >= FEW_DEEDS
    here = content(text) | unit.content_before()
    near = here | content(unit.title)
    if leans(text):  # whom "he" stands for may be further up
        near |= content(unit.hit.passage.text)
    if not all(named_near(stems, near) for stems in question.name_stems):
        return False
    form = formed(question.text)
    # A headline on the opening dates no meeting, nor does one on a victory make a winner of whom a sentence praises.
    told_here = near if leans(text) else here
    untold_here = (
        form.deed in told - _LIGHT and untold(form.deed, told_here) and not of_that_contest(question.text, text)
    )
    if question.kinds == ("name",) and form.of_a_deed and untold_here:
        return False  # who is named where nothing is told of the deed did not do it there
    if question.kinds != ("name",) and of_somebody_else(question, unit):
        return False
    if question.asked == "number" and _NOBODY.search(text):
        return False
    if _HOW_MUCH_OF.search(question.text) and question.focus and all(untold(one, near) for one in question.focus):
        return False  # no sum of something else is the tax
    done = told - _LIGHT - (question.focus if question.asked == "number" else frozenset())
    harm = told & HARM
    if question.asked == "number" and harm and all(untold(one, near) for one in harm):
        return False  # of 87 ill ones, nothing tells how many died
    if question.asked in ("number", "money") and done and all(untold(one, near) for one in done):
        return False  # of those aboard, nothing tells how many died
    if not told or features.deeds >= FEW_DEEDS or question.asked not in ("number", "date"):
        return True
    return question.asked == "date" and not untold(form.deed, told_here)
