"""Whether a place is where it is that is asked for, and not who acts there, where it came from, or another's office."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.candidate import Candidate, begins_within_a_name
from assistant.doer import NEXT, OF_A_PEOPLE
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.words import stem, words
from assistant.written_dates import TIME_NAMES

_OFFICE_OF = re.compile(r"(\w+) (?:to|of|from|for) (?:the )?$")
_NO_PLACE = re.compile(r"\b[A-Z]?[a-z]+[A-Z][A-Z]|\bAI\b|\b\w+ers? of\b")
_APPOSED = re.compile(r", ((?:[\w’'-]+ ?){1,6})(?=[,.;)]|$)")
_TITLED = re.compile(r"\w+ ((?:[A-Z][\w’'-]+ )*)$")
_OWN = re.compile(r"(?:his|her)\b", re.IGNORECASE)
_LEAVING = re.compile(
    r"\b(?:from|take off|took off|taken off|depart\w*|leave|set (?:off|out)|originate\w*)\b", re.IGNORECASE
)
_TOWARDS = re.compile(r"\b(?:headed|heading|bound|on (?:its|their|his|her) way|travel\w+|fl\w+) (?:for|to) (?:the )?$")
_GOING = re.compile(r"\b(?:going|headed|heading|bound|sail\w* to|fl\w+ to|travel\w* to|destination)\b", re.IGNORECASE)
_BEATEN = re.compile(
    r"\b(?:beat|beats|beaten|beating|defeat(?:s|ed|ing)?|against|hosts?|hosting|fac(?:e|es|ed|ing)|outplay\w*|thrash\w*)"
    r" (?:the )?(?:[a-z]+ )?$"
)
"""What stands before whom somebody played against, whose name may be a town's."""
_FROM_WHERE = re.compile(r"\bwhere (?:do|does|did|has|have|had) .*\b(?:come|came) from\b", re.IGNORECASE)
_CAME_FROM = re.compile(r"\b(?:come|comes|came|coming) from\b", re.IGNORECASE)
_AWAY = re.compile(r"\b(?:from|off|left|leaving|outside) (?:the )?$")
"""A way that leads from a place, or to it, and what is asked of it."""
_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
_STATED = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\b")
_BORN = re.compile(r"\bborn\b|\bbirthplace\b", re.IGNORECASE)
_LIVING = re.compile(r"\b(?:live[sd]?|living|based|resid\w+|work(?:s|ed|ing)?) in (?:the )?$")
_TOWN = re.compile(r"\b(?:in|at|to|from|near|of|into|outside) ((?:[A-Z][\w’'-]+ ){0,3}[A-Z][\w’'-]+), $")
"""What stands before the country of a town: "in Vell, Norland"."""
_PREPOSITION = re.compile(
    r"\b(?:in|at|to|from|on|near|of|through|into|via|outside|inside|across|for|around|by|between|off|along|over|under"
    r"|beside|past|within|throughout|aboard) (?:[^.;:]{0,40} )?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def _asks(text: str) -> tuple[bool, bool, bool, bool]:
    """Return whether a question asks from where, to where, by that word, and where somebody was born."""
    return bool(_LEAVING.search(text)), bool(_GOING.search(text)), bool(_WHERE.search(text)), bool(_BORN.search(text))


def elsewhere(question: Question, sentence: str, candidate: Candidate) -> bool:
    """Whether a name stands where no place does: the "Armenian" of a conflict, what a sentence says something of."""
    origin, destination, where, born = _asks(question.text)
    before, after = sentence[: candidate.start], sentence[candidate.end :]
    text = sentence[candidate.start : candidate.end]
    if born and (after.startswith("-born") or _LIVING.search(before)):
        return not after.startswith("-born")  # "a Vell-born trader who lives in Osk"
    if _FROM_WHERE.search(question.text) and (came := _CAME_FROM.search(sentence)) and candidate.start < came.end():
        return True  # "in Kell after the glass had come from a lamp"
    if where and _BEATEN.search(before):
        return True
    follower = NEXT.match(after)
    if after.startswith("-") or _NO_PLACE.search(text) or (follower and stem(follower[1]) in PERSON_NOUNS):
        return True  # "AI-crafted songs", "OpenAI", "a Norland spokesperson"
    apposed = _APPOSED.match(after)
    if apposed and (_OWN.match(apposed[1]) or any(word.stem in PERSON_NOUNS for word in words(apposed[1]))):
        return True  # "Eli Cohen, the foreign minister," is nowhere
    if (origin and _TOWARDS.search(before)) or (destination and _AWAY.search(before)):
        return True
    owner = _OFFICE_OF.search(before)
    if owner and stem(owner[1]) in PERSON_NOUNS:
        return True  # an ambassador "to Azerbaijan" may be anywhere
    titled = _TITLED.search(before)
    several = titled and (" " in titled[1] + text or re.match(" [A-Z]", after))  # "in rival Norland" is somewhere
    if titled and several and any(stem(word) in PERSON_NOUNS for word in titled[0].split()):
        return True  # "in Kell, museum director Edda Lund said"
    if any(word.stem in PERSON_NOUNS for word in words(text)):
        return True
    if " " in text and begins_within_a_name(sentence, candidate, said=question.stems):
        return True  # "Vell Town on Saturday" is no "Town on Saturday"
    if candidate.value is not None and candidate.value.key.split()[-1] in question.named:
        return True  # "Eli Cohen" is not where Cohen went
    if " " not in text and text.endswith(OF_A_PEOPLE) and re.match(r" [a-z]{4,}", after):
        return True
    return where and (bool(_STATED.search(text)) or not _PREPOSITION.search(before))


def whole_place(question: Question, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the place at [start, end) with the town in it that is named before: "Vell, Norland"."""
    town = _TOWN.search(sentence[:start]) if question.asked == "place" else None
    return (town.start(1) if town and town[1].lower() not in TIME_NAMES else start), end
