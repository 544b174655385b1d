"""Whether a sentence tells something: it has a verb that says so, and is no call to look elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.evidence import teases
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question

_AUXILIARY = (
    "is are was were am be been being isn aren wasn weren has have had hasn haven hadn do does did don doesn didn will "
    "would won can could cannot may might must shall should"
)
_IRREGULAR = (
    "became become becomes began begins beat beats bought brought builds built came comes chose chooses cut cuts drew "
    "drove fell falls felt fought found finds flew gave gives got gets goes went grew grows held holds hit hits kept "
    "keeps knew knows laid led leads left leaves lay lies lost loses made makes meant means met meets paid pays put "
    "puts ran runs read reads rose rises said says sat saw sees seeks sought sold sells sends sent set sets shot shows "
    "shut spent spends spoke speaks stands stood struck strikes swore taught tells told took takes thinks thought "
    "threw understood wants wins won wore wrote writes remains stays lives plays works calls includes plans hopes "
    "expects believes returns faces claims reports directs stars features serves follows"
)
_FINITE = re.compile(
    rf"\b(?:{'|'.join([*_AUXILIARY.split(), *_IRREGULAR.split()])}|[a-z]{{2,}}ed)\b"
    r"|\w['’](?:s|re|ve|ll|d|m)\b(?= [a-z])",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_000)
def tells(sentence: str) -> bool:
    """Whether a sentence has a finite verb, as far as a list of the common ones and "-ed" show, and is no teaser.

    "CEO, the LEGO Group." and "Check out the medal count." tell nothing.
    """
    return bool(_FINITE.search(sentence)) and not teases(sentence)


def former(question: Question, sentence: str) -> bool:
    """Whether somebody is named who was it once, or may be, where who is asked for: "Eric Schmidt, former CEO"."""
    roles = "|".join(re.escape(word.text) for word in question.terms if word.stem in PERSON_NOUNS)
    if not roles or _ONCE.search(question.text):
        return False
    around = rf"(?:{_ONCE.pattern}|{_TO_BE.pattern})(?:[ /-]\w+){{0,3}}[ /-](?:{roles})s?\b"
    return bool(re.search(around, sentence, re.IGNORECASE))


def of_another(question: Question, sentence: str) -> bool:
    """Whether a name of the question goes on here, so that another is meant: "Splatoon 2's 3.0 update"."""
    asked = question.text.casefold()
    for name in question.names:
        for match in re.finditer(re.escape(name.text), sentence, re.IGNORECASE):
            further = _GOES_ON.match(sentence, match.end())
            if further and further[1].casefold() not in asked:
                return True
    return False


_ONCE = re.compile(r"\b(?:former|ex|previous|late|outgoing|retired|ousted|interim|caretaker|then)\b", re.IGNORECASE)
_TO_BE = re.compile(
    r"\b(?:expected|set|poised|likely|tipped|due|hop(?:es?|ed|ing)|wants?|bid|race|runn?(?:ing)?)"
    r" (?:to (?:become|be|succeed|replace)|for)\b"
)
_GOES_ON = re.compile(r"(?:['’]s)?:? ([A-Z][\w’'-]+|\d+(?:\.\d+)+)")
