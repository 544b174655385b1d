"""Plans that newer articles take back: what was to close in June, and is now to stay open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.amounts import AMOUNTS
from assistant.denial import deeds
from assistant.differing import OPPOSITES
from assistant.irregular import BASE
from assistant.polarity import denied
from assistant.question import Question
from assistant.scoring import Scored
from assistant.short import Found
from assistant.synonyms import untold
from assistant.words import content, words

_TO_COME = re.compile(r"\b(?:will|is|are|does|do)\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:did|was|were|had|has|have)\b", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"\b(?:put off|postpon\w+|delayed|pushed back|called off|cancel\w+|reschedul\w+|scrapped|suspended|abandoned)\b",
    re.IGNORECASE,
)
_WAS_TO = re.compile(
    r"\b(?:(?:was|were|had been) (?:due |set |meant |scheduled |supposed |expected |planned )?to\b"
    r"|(?:planned|scheduled|due|meant|set|announced) (?:for|on|to)\b)",
    re.IGNORECASE,
)
_OF_A_PLAN = re.compile(r"\b(?:w(?:as|ere) [^?]*\bto\b|planned|scheduled|due|originally|meant|supposed)", re.IGNORECASE)
_ABOUT = r"(?:at least |about |nearly |more than )?"
_COME_TO = re.compile(
    r"\b(?:ris(?:en|es)|rose|climbed|grown|grew|jumped|increased|(?:gone|went) up|raised|revised|lowered|reduced|fallen"
    rf"|fell|dropped)(?: (?:from [^,;.]{{1,30}}?|again|further|sharply))? to {_ABOUT}$"
    rf"|\bnow (?:stands|stood|put) at {_ABOUT}$",
    re.IGNORECASE,
)
"""What stands before a figure that a newer article has instead."""
_OF_A_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


def overturning(question: Question, scored: Sequence[Scored]) -> Scored | None:
    """Return the sentence of a newer article that says the contrary of what is asked of the time to come, if any.

    scored: best first; it is looked for behind the first, in articles newer than that one's.
    """
    if not scored or not _TO_COME.search(question.text) or _DONE.search(question.text):
        return None
    own, since = deeds(question), scored[0].unit.article.published
    for item in scored[1:]:
        published, text = item.unit.article.published, item.unit.text
        if since is None or published is None or published <= since:
            continue
        turned = {deed for deed in own if _contrary(deed, text)}
        told = content(text)
        if turned and 2 * sum(not untold(one, told) for one in question.stems) >= len(question.stems):
            return item
    return None


def revised(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> int:
    """Return which sentence of a newer article says what a figure has come to by then; 0 where none does.

    "The death toll has risen to three" outdates "two people died", unless it is asked of those of a year.
    """
    if question.asked not in AMOUNTS or not scored or _OF_A_YEAR.search(question.text):
        return 0
    newest, latest = 0, scored[0].unit.article.published
    for at, (item, short) in enumerate(zip(scored, shorts, strict=False)):
        published, told = item.unit.article.published, content(item.unit.text)
        if not at or latest is None or published is None or published <= latest or short is None:
            continue
        near = 2 * sum(not untold(one, told) for one in question.stems) >= len(question.stems)
        if short.fitting(question) and near and _COME_TO.search(item.unit.text, 0, short.start):
            newest, latest = at, published
    return newest


def puts_off(item: Scored) -> bool:
    """Whether a sentence tells that something was put off or called off."""
    return bool(_PUT_OFF.search(item.unit.text))


def given_up(question: str, sentence: str, start: int) -> bool:
    """Whether a day is that of a plan which the sentence itself says was given up: "was to begin on Monday"."""
    plan = list(_WAS_TO.finditer(sentence, 0, start))
    if not plan or _OF_A_PLAN.search(question) or not _PUT_OFF.search(sentence):
        return False
    return not _PUT_OFF.search(sentence, plan[-1].end(), start)


def _contrary(deed: str, text: str) -> bool:
    """Whether a sentence denies a deed or has it put off, or has its opposite as something that is or will be."""
    if deed in denied(text) or (_PUT_OFF.search(text) and deed in content(text)):
        return True
    against = OPPOSITES.get(deed, frozenset())
    return deed not in content(text) and any(
        word.stem in against and not word.text.endswith("ed") and word.text.lower() not in BASE for word in words(text)
    )
