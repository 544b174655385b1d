"""A follow-up with what its pronouns stand for, and with the matter that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.admission import is_ticket, used_with
from assistant.antecedent import person_meant
from assistant.asked import ANY_ASKER, ANY_HELPING
from assistant.clause import clause_of, ordinal, plural
from assistant.matter import (
    acts,
    asks_what_was_done,
    certain_of,
    meant_by,
    of_somebody,
    one_meant,
    place_meant,
    spoken_of,
    thing_meant,
    topic_of,
)
from assistant.values import names
from assistant.words import words

_HE_OR_SHE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
PERSON = re.compile(r"\b(?P<pronoun>he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?P<pronoun>it|its|they|them|their|theirs|this|that|these|those|there)\b(?! (?:is|are|was"
    r"|were) (?:a|an|any|no|the)\b)",
    re.IGNORECASE,
)
_NOT_LEANING = re.compile(
    r"\b(?:is|was|are|were) (?:it|there|that) (?:true|possible|likely|a|an|any)\b|\bthat [a-z]+s?\b (?=[a-z])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"^(?:{ANY_ASKER}\b[^?]{{0,30}}? )?{ANY_HELPING} (?P<pronoun>it|they) (?P<rest>.+)",
    re.IGNORECASE,
)
"""A pronoun behind the verb that opens a question, so that it stands for who or what the rest is said of."""
_SAID_OF_NOTHING = re.compile(
    r"(?:like|that|who|rain\w*|snow\w*|hot|cold|warm|sunny|windy|dark|late|early|take|happen|mean|matter|seem|appear)\b"
    r"|(?:be )?(?!(?:able|going|ready|set|allowed|used|due|expected|likely|have|need|want|plan|try|continue)\b)[a-z]+ "
    r"(?:that\b|for [^?]+ to |to (?!the\b|an?\b|its?\b)[a-z])"
)
"""What follows an "it" that stands for nothing: "Is it legal to fly to Vell?"; but "Is it close to Vell?"."""
_THINGS = {"it": "it", "its": "it", "they": "they", "them": "they", "their": "they"}
_OWN = frozenset({"his", "her", "hers", "its", "their", "theirs"})
_EXISTING = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|has|have|had) there (?!(?:on|at|in|when|before|after|with)\b)\w"
    r"|^how many (?:\w+ ){0,3}(?:are|were) there\W*$",
    re.IGNORECASE,
)
"""A "there" that is no place: "Were there survivors?"."""
_IT_THERE = re.compile(r"it (?:there|like there)\b", re.IGNORECASE)
"""A weather: "How cold is it there?"."""
_ONE = re.compile(r"\bthe (?P<which>first|second|third|next|last|previous|other) one\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"how many [a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it was understood.

    pronoun, meant: its "it", "they", "he" or "she", and what or who that is; both empty where it has none. aside:
    whether it only asked whose words were shown, so that what follows goes on from the question before it.
    """

    text: str
    pronoun: str = ""
    meant: str = ""
    aside: bool = False


_LED = re.compile(r"^(?:to|with|about|from|of|at|on|for|by) (?=(?:the|an?|his|her|its|their) |[A-Z])")
"""What stood before a thing where it was spoken of first: "What happened to the ferry?"."""


def filled(
    question: str, earlier: Sequence[str], answer: str, before: Resolved, people: Mapping[str, str] | None = None
) -> Resolved:
    """Return the question with what its pronoun stands for, or what it leaves out.

    before: the last one. people: who "he" and "she" were when they were last said, so that one is not taken for the
    other.
    """
    alone = Resolved(question)
    if _NOT_LEANING.search(question):
        return alone
    inside = [name for name in names(question) if not (name.start == 0 and " " not in name.key)]
    one = _ONE.search(question)
    if one and not inside and (meant := one_meant(one["which"], earlier)):
        return Resolved(f"{question[: one.start()]}{meant}{question[one.end() :]}")
    person = PERSON.search(question)
    if person:
        who, said = person_meant(earlier, answer, inside), _HE_OR_SHE[person["pronoun"].lower()]
        known = people or {}
        other = next((name for pronoun, name in known.items() if pronoun != said), "")
        if who and who == other:
            who = known.get(said, who)
        return Resolved(_put(question, person, who), said, who) if who else alone
    existing = _EXISTING.search(question)
    thing = None if existing else _THING.search(question)
    if thing and _IT_THERE.match(question[thing.start() :]):
        thing = _THING.search(question, thing.end())
    if thing and thing.start() > 0 and not inside:
        pronoun = _THINGS.get(thing["pronoun"].lower(), "")
        around = question[: thing.start()], question[thing.end() :]
        doing = acts(*around) and not (pronoun == "it" and of_somebody(clause_of(earlier[-1]).subject))
        if thing["pronoun"].lower() in ("it", "they", "them") and asks_what_was_done(earlier[-1]) and not doing:
            return Resolved(beside(question, topic_of(earlier[-1])))
        same = pronoun and pronoun == before.pronoun
        meant = used_with(_LED.sub("", before.meant if same else meant_by(pronoun, earlier, *around)), question)
        if thing["pronoun"].lower() == "there":
            meant = certain_of(earlier) if is_ticket(meant) else meant
            place = place_meant(earlier[-1], answer) or ("" if plural(meant) else meant)
            return Resolved(_put(question, thing, f"in {place}")) if place else alone
        return Resolved(_put(question, thing, meant), pronoun, meant) if meant else alone
    subject = _SUBJECT.match(question)
    if subject and inside and subject["rest"][0].islower() and not _SAID_OF_NOTHING.match(subject["rest"]):
        meant = thing_meant(earlier[-1], subject["pronoun"].lower())
        named = {name.key for name in inside} & {name.key for name in names(meant)}
        return Resolved(_put(question, subject, meant)) if meant and not named else alone
    telling = any(word.meaningful and len(word.text) > 2 for word in words(question))
    short = len(words(question)) <= 6 if existing else len(words(question)) <= 4 and not _complete(question)
    if telling and not inside and (short or _counts_of_anything(question)):
        spoken = spoken_of(earlier) if short else certain_of(earlier)
        return Resolved(beside(question, spoken)) if spoken else alone
    return alone


def beside(question: str, topic: str) -> str:
    """Return a question with its topic in brackets behind it."""
    return f"{question.rstrip(' ?')} ({topic})?"


def _complete(question: str) -> bool:
    """Whether a short question still says what it is about."""
    degrees = ("many", "much", "long")
    bearing = [word.text for word in words(question) if word.meaningful and word.text.lower() not in degrees]
    return len(bearing) >= 2 and not ordinal(bearing[-1])


def _counts_of_anything(question: str) -> bool:
    """Whether it counts what was done and not of which matter: "How many people died?", "How many jobs will go?"."""
    clause = clause_of(question)
    return bool(_HOW_MANY.match(question) and clause.counted and clause.verb and not (clause.subject or clause.rest))


def _put(question: str, match: re.Match[str], meant: str) -> str:
    pronoun = match["pronoun"].lower()
    following = question[match.end() :]
    owns = pronoun in _OWN and not (
        pronoun == "her" and re.match(r"\W*$|\s+(?:to|in|at|on|for|with|about)\b", following)
    )
    word = f"{meant}'s" if owns and not meant.endswith("s") else f"{meant}'" if owns else meant
    return f"{question[: match.start('pronoun')]}{word}{question[match.end('pronoun') :]}"
