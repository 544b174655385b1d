"""The last question asked of something else, which takes the place of its counterpart: "And gas?", "And in Vell?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import ANY_HELPING, HELPING
from assistant.clause import BEING, clause_of, ordinal, participle, plural
from assistant.irregular import FORMS
from assistant.matter import of_somebody, within
from assistant.opposites import opposites
from assistant.question import analyse
from assistant.synonyms import with_synonyms
from assistant.values import names, values
from assistant.wide import is_wide, topic
from assistant.words import stem, stems_of, words

_COUNTED = re.compile(
    rf"^(?:[Hh]ow (?:many|much)|[Ww]hich) (?P<article>)(?P<noun>(?!(?:of|{ANY_HELPING})\b)[a-z][\w-]*)\b(?! of\b)"
)
_BEHIND = tuple(
    re.compile(
        rf"\b{opening} (?P<article>(?:the |an? )?)(?P<noun>(?!(?:its?|that|this|these|those|all|which|what|whom)\b)"
        r"(?:[a-z][\w-]*(?: (?!today|now)[a-z][\w-]*)?(?=\W*$)|[a-z][\w-]*))"
    )
    for opening in ("of", "for", "in")
)
"""A noun that another can stand in for: any word elsewhere may be the verb, or what is asked of the noun."""
_WHO_IS = re.compile(
    r"^(?:who|what) (?:is|are|was|were) (?P<noun>(?P<article>the |[A-Z]\S*[’']s? )[^?,]+?)"
    r"(?P<of>(?: (?:of|in|at|for) [A-Z][^?]*)?)\W*$",
    re.IGNORECASE,
)
"""A question for who or what is called so, of whom: "Who is the mayor of Osk?"."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been) (?P<verb>[a-z]+)\b")
_ALONE = frozenset("died survived escaped resigned retired arrived returned disappeared voted".split())
"""What is done to nobody, so that no "was" stands before it."""
_HOW_MANY = re.compile(r"(?P<many>how many) (?P<verb>[a-z]+)\b", re.IGNORECASE)
_REACH = 3
"""Questions back to which "how many" still counts the same."""
_TO_PEOPLE = stems_of("die kill injure wound hurt arrest drown survive vote detain homeless jail")
_SOMEBODY = stems_of("people child children woman women man men")
_ONE = re.compile(r"the (?P<which>[\w’'-]+(?: [\w’'-]+)?) one", re.IGNORECASE)


def swapped(last: str, other: str, *, first: bool = False, place: str = "") -> str:
    """Return the last question with its counterpart of `other` in its place; first: the first one, else the last.

    place: the preposition that `other` came with.
    """
    mine = values(other)
    kinds = {value.kind for value in mine}
    same = [value for value in values(last) if value.kind in kinds and not (value.start == 0 and value.kind == "name")]
    if same and mine and not _ONE.fullmatch(other):
        old = same[0] if first else same[-1]
        if re.search(r"\bthe $", last[: old.start], re.IGNORECASE):
            other = other.removeprefix("the ")
        return f"{last[: old.start]}{other}{last[old.end :]}"
    wanted = topic(last) if is_wide(last) and not mine and not place else ""
    if wanted and wanted in last:  # "What about the ferry?" after "Summarise the articles on the strike"
        start = last.index(wanted)
        return f"{last[:start].removesuffix('the ')}{other}{last[start + len(wanted) :]}"
    told = re.search(r"\babout (?P<what>[^?]+)", last, re.IGNORECASE)
    both_people = of_somebody(other) and of_somebody(clause_of(last).subject)
    if told and not mine and not both_people:
        return f"{last[: told.start('what')]}{other}{last[told.end('what') :]}"
    if found := _deed(last, other) or _of_that_order(last, other):
        return found
    if not mine and len(words(other)) <= 2 and (counterpart := possession(last, other)):
        return counterpart
    if not mine and not place and (found := _called(last, other) or _subject(last, other)):
        return found
    counted = None if place or re.match("(?:the|an?) ", other) else _COUNTED.match(last)
    noun = counted or next(filter(None, (behind.search(last) for behind in _BEHIND)), None)
    if noun and not mine and len(words(other)) <= 3:
        start = noun.start("article" if re.match("(?:the|an?) ", other) else "noun")
        return f"{last[:start]}{other}{last[noun.end('noun') :]}"
    asked, beside, about = last.rstrip(" ?").partition(" (")
    return f"{asked} {place} {other}{beside}{about}?" if place else f"{asked}{beside}{about} ({other})?"


def possession(last: str, noun: str) -> str:
    """Return the last question asked of another thing of the same owner: "Israel's oil", "its gas"."""
    held = re.search(r"[’']s? (?P<noun>[a-z][\w-]*)", last)
    return f"{last[: held.start('noun')]}{noun}{last[held.end('noun') :]}" if held else ""


def counted_again(bare: str, earlier: Sequence[str]) -> str:
    """Return "How many have been found?" with what the question before it counted; empty where none did."""
    asked = _HOW_MANY.match(bare)
    if asked is None or not (asked["verb"].lower() in HELPING or participle(asked["verb"])):
        return ""
    mine = clause_of(bare)
    for last in earlier[: -_REACH - 1 : -1]:
        clause = clause_of(last)
        if not re.search(r"\bhow many\b", last, re.IGNORECASE) or not clause.counted:
            continue
        of_people = stem(mine.verb) in _TO_PEOPLE and stem(clause.verb) not in _TO_PEOPLE
        if of_people and stem(clause.counted.split()[-1]) not in _SOMEBODY:
            return ""
        where = "" if names(bare) or mine.rest else within(clause)
        return f"{asked['many']} {clause.counted} {bare[asked.start('verb') :].rstrip(' ?')} {where}".rstrip() + "?"
    return ""


def _deed(last: str, other: str) -> str:
    """Return the last question asked of another deed: "And wounded?", "And end?"; empty where it is none."""
    clause = clause_of(last)
    verb = clause.verb
    if " " in other or not verb or not other.islower():
        return ""
    at = last.rindex(verb, 0, len(last) - len(clause.rest))
    end = at + len(verb)
    mine, base = stem(other), stem(verb)
    against = opposites(in_a_claim=True).get(base, frozenset())
    akin = mine in with_synonyms(against)
    passive = _PASSIVE.search(last[:end])
    if passive and passive.end() == end and participle(verb):
        start = passive.start() if clause.counted and not clause.subject and other in _ALONE else at
        return f"{last[:start]}{other}{last[end:]}" if participle(other) else ""
    if clause.counted and not clause.helping and participle(verb) and participle(other):
        return f"{last[:at]}{other if akin or other in _ALONE else 'were ' + other}{last[end:]}"
    if clause.subject and not clause.object and clause.helping not in BEING and (akin or other in FORMS):
        return f"{last[:at]}{other}{last[end:]}"
    return ""


def _of_that_order(last: str, other: str) -> str:
    """Return the last question for another place in an order, or for "the 1997 one"; empty where there is none."""
    if ordinal(other):
        mine = next((word for word in words(last) if ordinal(word.text)), None)
        return f"{last[: mine.start]}{other}{last[mine.end :]}" if mine else ""
    one = _ONE.fullmatch(other)
    before, article, behind = last.rpartition("the ")
    return f"{before}{article}{one['which']} {behind}" if one and article else ""


def _called(last: str, other: str) -> str:
    """Return the last question for who or what another is: "What about the rail minister?"."""
    asked = _WHO_IS.match(last)
    if asked is None or not re.match(r"the [a-z]", other) or re.search(r" (?:of|in|for) (?:the |an? )?[a-z]", last):
        return ""
    owner = asked["article"]
    start = asked.start("noun")
    new = other if owner.lower() == "the " else f"{owner}{other.removeprefix('the ')}"
    of = asked["of"] if not re.search(r" (?:of|in|at|for) ", other) else ""
    return f"{last[:start]}{new}{of}?"


def _subject(last: str, other: str) -> str:
    """Return the last question said of another: "And hospitals?" after "How much money do schools get?"."""
    clause = clause_of(last)
    subject = clause.subject
    if not subject or clause.helping in BEING or re.match(r"(?:the|an?) ", clause.object):
        return ""
    told = analyse(last).told and re.match(r"the [a-zA-Z]", other)
    common = subject[0].islower() and not names(subject)
    alike = plural(subject) and plural(other)
    if alike and clause.counted and not re.match(r"how much\b", last, re.IGNORECASE):
        return ""  # "How many cars do firms sell?" "And bikes?"
    if not (told or (common and (alike or not clause.counted) and not ordinal(other))):
        return ""
    if not alike and not told and not re.match(r"(?:the|an?) ", other):
        return ""
    helping = re.search(rf"\b{clause.helping}\b", last, re.IGNORECASE)
    at = last.index(subject, helping.end() if helping else 0)
    return f"{last[:at]}{other}{last[at + len(subject) :]}"
