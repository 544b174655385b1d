"""Who held an office before, asked as a follow-up: "And before her?" after "Who is the mayor of Osk?"."""

from __future__ import annotations

import re

from assistant.antecedent import first_sentence, is_person, person_meant
from assistant.nouns import PERSON_NOUNS
from assistant.succession import who_followed_whom
from assistant.values import names
from assistant.words import words

_ASKS = re.compile(
    r"^(?:who (?:was|were|held it|came|had it)(?: there)? )?(?P<side>before|after)"
    r" (?:that|this|him|her|them|then|(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}))\W*$",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"^\W*who(?:['’]s| is| was| became)(?: (?:now|currently))? (?P<office>.+?)"
    r"(?: (?:now|today|currently|at the moment|(?:before|after) .+))?\W*$",
    re.IGNORECASE,
)
_ASKED_SIDE = re.compile(r"\b(?:before|after)\b", re.IGNORECASE)


def asked_before(follow_up: str, last: str, answer: str) -> str:
    """Return the question for who held the office of the last question before, or after; empty where it is no such.

    answer: the last one, which names who holds it.
    """
    asked, held = _ASKS.match(follow_up), _HOLDS.match(last)
    if asked is None or held is None or PERSON_NOUNS.isdisjoint(word.stem for word in words(held["office"])):
        return ""
    who = asked["name"] or _holder(last, answer)
    return f"Who was {held['office']} {asked['side'].lower()}{' ' * bool(who)}{who}?"


def _holder(last: str, answer: str) -> str:
    """Return whom an answer names as who holds what the last question asked for; empty where it may be anybody."""
    told = first_sentence(answer)
    later, earlier = who_followed_whom(told)
    if later:
        return earlier if later in last else later
    if _ASKED_SIDE.search(last):
        return earlier  # where nothing tells who followed whom, any name may be anybody's
    people = (name.text for name in names(told) if is_person(name.text) and name.text not in last)
    return next(people, "") or person_meant([last], answer, [])
