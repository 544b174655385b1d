"""Whether the evidence is enough: the question's names, numbers, roles and asked-for kind, not similarity alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.actors import another_does_it
from assistant.ages import whose_age
from assistant.amounts import AMOUNTS
from assistant.contest import of_that_contest
from assistant.form import formed
from assistant.learned import believed
from assistant.otherwise import tells_of_the_deed, turned_round
from assistant.question import Question
from assistant.reading import odds
from assistant.referring import of_another_one
from assistant.refusal import of_a_credit
from assistant.replies import replies
from assistant.scoring import Rarity, Scored
from assistant.tally import tells_the_score
from assistant.unheld import SIMPLE, aged, heard, named_in, unheld, unsaid
from assistant.values import values
from assistant.words import content

if TYPE_CHECKING:
    from index import Coverage

ENOUGH, ENOUGH_OF_SMALL = 0.31, 0.4
"""Beliefs from which an answer is shown; the training script prints what each costs in false refusals."""
OUTVOTING, OUTVOTING_OF_SMALL = 0.9, 0.8
"""Beliefs from which words that stand nowhere near do not speak against an answer."""
COUNTED = 8
"""Sentences looked through for what is to be counted."""
INTRODUCING = 3
"""Sentences of which one has the whole name, where it is asked who somebody is."""
READ_SURE = 2.0
"""Log odds of an answer, as its sentence was read, from which no name that stands elsewhere speaks against it."""
SMALL = 60
"""Passages below which no word is rare enough to weigh what it weighs in a large index."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """enough: show an answer. reason: why not, as `refusal` words it.

    differ: texts that came with the question contradict one another on it.
    """

    enough: bool
    reason: str = ""
    differ: bool = False

    @classmethod
    def lacking(cls, missing: Sequence[str]) -> Verdict:
        """Return that what was found is no answer. missing: what of the question occurs in no article."""
        return cls(False, "missing" if missing else "weak")


def judge(
    question: Question,
    scored: Sequence[Scored],
    measured: Mapping[str, float],
    *,
    weights: Rarity,
    missing: Sequence[str],
    facts: Coverage,
) -> Verdict:
    """Say whether the best sentences found in an index answer the question.

    missing: words and names of the question that occur in no article. facts: of the index.
    """
    verdict = unfit(question, scored, measured, missing)
    if verdict:
        return verdict
    if replies(question, scored[0].unit) or tells_the_score(question, scored[0].unit.text):
        return Verdict(True)
    small = facts.passages < SMALL
    belief = believed("sufficiency", measured)
    # Few articles lack most words; but of what they never name, no sum of something else is the sum.
    absent = measured["absent focus"] and (not small or question.asked in AMOUNTS)
    if (
        unheld(question, scored)
        or of_a_source(question.text, [name for name in missing if not of_a_credit(name, facts)])
        or (absent and _one_sentence(question, scored, small=small))
    ):
        return Verdict.lacking(missing)
    outvoting = OUTVOTING_OF_SMALL if small else OUTVOTING
    if belief < outvoting and _doubtful(question, scored, measured, missing, small=small):
        return Verdict.lacking(missing)
    sure = belief >= (ENOUGH_OF_SMALL if small else ENOUGH)
    leading = scored[: INTRODUCING if question.identity else 1]
    text = scored[0].unit.text
    told = (
        sure
        or heard(question, scored[0].unit)
        or of_that_contest(question.text, text)
        or any(whole(question, item, weights) for item in leading)
    )
    return Verdict(True) if told else Verdict.lacking(missing)


def _doubtful(
    question: Question, scored: Sequence[Scored], measured: Mapping[str, float], missing: Sequence[str], *, small: bool
) -> bool:
    """Whether what is asked for is named or counted in no sentence that comes near, as articles mostly would.

    They may in other words: what is believed enough for all else outvotes it.
    """
    elsewhere = measured["name elsewhere"] or measured["other object"]
    return bool(
        unsaid(question, scored)
        or (question.kinds and another_does_it(question, scored[0].unit.text))
        or (question.kinds and of_another_one(question, scored[0].unit))
        or (small and _uncounted(question, scored))
        or _undone(question, missing)
        or (elsewhere and _one_sentence(question, scored, small=small))
    )


def _one_sentence(question: Question, scored: Sequence[Scored], *, small: bool) -> bool:
    """Whether one sentence should name all: a value is asked for in few words, and none was read to answer surely.

    A long question names what no single passage holds.
    """
    read = not small and odds(scored[0]) >= READ_SURE
    return bool(question.kinds) and len(question.terms) <= SIMPLE and not read


def unfit(
    question: Question, scored: Sequence[Scored], measured: Mapping[str, float], missing: Sequence[str]
) -> Verdict | None:
    """Return why no likeness can make the best sentences an answer; None where nothing speaks against them so."""
    if measured["turned"] or _only_turned_round(question, scored):
        return Verdict(False, "roles")
    if not scored[0].features.passage and _foreign(question.text):
        return Verdict.lacking(missing)  # the encoder reads no other script
    return None


def _only_turned_round(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether the best sentence has as done to who is asked of as the doer, and no other tells of the deed."""
    if not turned_round(question, scored[0].unit.text):
        return False
    texts = [item.unit.text for item in scored[:COUNTED]]
    return all(turned_round(question, text) for text in texts if tells_of_the_deed(question, text))


def of_a_source(question: str, missing: Sequence[str]) -> bool:
    """Whether what an outlet says is asked for that occurs in no article: "Does the TechCrunch article …".

    missing: words and names of the question that occur nowhere.
    """
    for name in missing:
        for match in re.finditer(re.escape(name), question):
            before, after = question[: match.start()], question[match.end() :]
            if name[:1].isupper() and (_SAYING_BEFORE.search(before) or _SAYING_AFTER.match(after)):
                return True
    return False


def whole(question: Question, best: Scored, weights: Rarity) -> bool:
    """Whether one sentence has every word of the question that says what it is about, and a value where one is asked.

    Short questions ("Who is George Deek?") give similarity too little to go by.
    """
    bearing = {stem for stem in weights if stem not in question.measures}
    if whose_age(question):
        return aged(question, best.unit)
    if question.called and not named_in(question, best.unit.text):
        return False
    has = not question.kinds or question.asked in ("name", "place") or bool(best.features.typed)
    return bool(bearing) and has and bearing <= content(best.unit.text)


_NONE = re.compile(r"\b(?:no|none|nobody)\b", re.IGNORECASE)
"""What counts none: "No accidents have been reported"."""


def _uncounted(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether a number of things is asked for, and no sentence has both a number and what is to be counted.

    For few passages only: large indexes count "people" under many names.
    """
    if question.asked not in ("number", "share", "money") or not question.focus:
        return False
    counted = question.wanted - question.measures
    return bool(counted) and not any(
        counted & content(text) and (any(value.kind in question.kinds for value in values(text)) or _NONE.search(text))
        for text in (item.unit.text for item in scored[:COUNTED])
    )


def _undone(question: Question, missing: Sequence[str]) -> bool:
    """Whether it asks when or how long something was done, or to how many, of which no article tells in any word."""
    form = formed(question.text)
    return (
        question.asked in ("number", "date", "duration")
        and form.way == "passive"
        and any(word.stem == form.deed and word.text in missing for word in question.terms)
    )


def _foreign(text: str) -> bool:
    """Whether most letters are of another script than Latin."""
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\u024f" for char in letters) > len(letters) / 2


_SAYING_BEFORE = re.compile(
    r"\b(?:according to|reported by|reports? (?:by|from|in)|articles? (?:by|from|in)|published (?:by|in)"
    r"|stor(?:y|ies) (?:by|from|in))\s+(?:the\s+)?[\"'“‘]?(?:[^.,;|]{1,40}\|\s*)?$",
    re.IGNORECASE,
)
_SAYING_AFTER = re.compile(
    r"[\"'”’]?(?:['’]s)?\s+(?:articles?|reports?|reported|stor(?:y|ies)|coverage)\b", re.IGNORECASE
)
