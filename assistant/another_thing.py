"""Whether a sentence tells a question's deed of another thing, or of the thing another stage of its life."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.clause import clause_of
from assistant.evidence import Unit
from assistant.question import Question
from assistant.synonyms import named_near
from assistant.values import names, values
from assistant.words import content, initials, stem, stems_of, words

_WHEN = re.compile(r"^\W*(?:when|(?:in )?(?:what|which) (?:year|month|day))\b", re.IGNORECASE)
_STAGES = tuple(
    stems_of(group)
    for group in (
        "found founded establish create form start begin launch",
        "build built construct erect finish complete",
        "open inaugurate launch start begin unveil",
        "reopen",
        "close shut closure end",
        "buy bought acquire acquisition purchase takeover sell sold sale merge merger take taken",
        "demolish raze torn tear damage burn flood collapse",
        "repair renovate restore refurbish rebuild rebuilt",
        "free freed release",
        "kidnap abduct capture seize arrest detain jail imprison",
    )
)
"""What befalls a house, a firm or a hostage in turn, in any words; a date of one stage is that of no other."""
_TOLD = frozenset[str]().union(*_STAGES) - stems_of(
    "create form start begin launch finish complete end take taken free release"
)
"""Words of a stage that tell of no other matter as often."""
_ASKED = stems_of(
    "found founded establish build built construct open reopen demolish buy bought acquire sell sold free"
    " release kidnap abduct"
)
"""Stages that news tells in so many words."""
_CONTRARY = {
    one: other
    for pair in (
        "old new",
        "first second",
        "upper lower",
        "northern southern",
        "eastern western",
        "larger smaller",
        "older younger",
        "domestic foreign",
    )
    for one, other in (pair.split(), pair.split()[::-1])
}
_SINCE = re.compile(r"\b(?:until|till|since|dat(?:es|ed|ing) (?:back|from))\b", re.IGNORECASE)
_QUALIFIED = re.compile(rf"\b(?:the|an?|its|their|his|her) ({'|'.join(_CONTRARY)}) ((?:[A-Z][\w-]+ )*[\w-]+)", re.I)
_PASSIVE = re.compile(r" (?:was|were|is|are|had been|has been|have been)(?: [a-z]+ly)? $")
_SUBJECT = re.compile(r"\W*(?:[Tt]he )?$")
_PAYING = stems_of("pay paid spend spent give offer")
_PAYER = re.compile(r"\bhow much (?:[a-z]+ )?(?:did|has|have|had|does|do|will) (?:the )?", re.IGNORECASE)
_FROM, _FOR = re.compile(r"\bfrom (?:the )?$"), re.compile(r"\bfor (?:the )?$")
_OF_ANOTHERS = re.compile(r"\W*(?:[Tt]he )?(?:[A-Z][\w-]+ ){0,2}[A-Z][\w-]+[’']s? (?:[a-z-]+ ){0,2}[a-z]+,? [A-Z]")
_PAUSE = re.compile(r"[,;:]")


def another_stage(question: Question, sentence: str) -> bool:
    """Whether it is asked when a thing was built, opened or sold, and a sentence tells only of another such stage."""
    own = _stage(question)
    if not own or _SINCE.search(sentence):  # what is "closed until Monday" opens on that day
        return False
    told = content(sentence)
    return own.isdisjoint(told) and not told.isdisjoint(_TOLD)


def of_no_stage(question: Question, units: Sequence[Unit]) -> bool:
    """Whether it is asked when a thing was built, opened or sold, and nothing near the best sentence tells of that.

    Nor has any other sentence both a word of it and a date.
    """
    own = _stage(question)
    if not own or not units or _SINCE.search(units[0].text) or _tells(own, units[0]):
        return False
    return not any(_tells(own, unit) and any(one.kind == "date" for one in values(unit.text)) for unit in units)


def _tells(own: Collection[str], unit: Unit) -> bool:
    return not (content(unit.text) | unit.content_before() | content(unit.title)).isdisjoint(own)


def _stage(question: Question) -> frozenset[str]:
    """Return the stems that tell of the stage whose date is asked for; none where it asks for no such date."""
    deed = stem(clause_of(question.text).verb)
    if deed not in _ASKED or not _WHEN.match(question.text):
        return frozenset()
    return frozenset[str]().union(*(group for group in _STAGES if deed in group))


def the_other_one(question: Question, sentence: str) -> bool:
    """Whether the old one of two is asked of and only the new one is told of, or the like."""
    for match in _QUALIFIED.finditer(question.text):
        which, nouns = match[1].lower(), match[2].split()
        contrary = re.compile(rf"\b{_CONTRARY[which]} (?:{'|'.join(map(re.escape, nouns))}|one)\b", re.IGNORECASE)
        if contrary.search(sentence) and not re.search(rf"\b{which}\b", sentence, re.IGNORECASE):
            return True
    return False


def done_to_another(wanted: Collection[str], deeds: Collection[str], sentence: str) -> bool:
    """Whether a deed is told once, and of another name than the one it is asked who did it to.

    wanted: the stems of that name. "Ankor was founded by Moss" tells of nobody who founded Velmont.
    """
    held, told = names(sentence), [word for word in words(sentence) if word.stem in deeds]
    if len(told) != 1 or told[0].capital or named_near(wanted, content(sentence)):
        return False
    before = [name for name in held if name.end <= told[0].start]
    if not before or not _PASSIVE.fullmatch(sentence[before[-1].end : told[0].start]):
        return False
    opening = _SUBJECT.fullmatch(sentence[: before[-1].start])
    short = {initials(before[-1].text).casefold(), *map(stem, before[-1].text.casefold().split())}
    return bool(opening) and short.isdisjoint(wanted)


def for_another(wanted: Collection[str], deeds: Collection[str], sentence: str) -> bool:
    """Whether a deed is told as done for another name than the one asked with: "scored twice for Osk".

    Or as done by somebody of another's: "Osk's keeper, Anton Moss, was sent off".
    """
    told = [word for word in words(sentence) if word.stem in deeds]
    if not told or named_near(wanted, content(sentence)):
        return False
    if _OF_ANOTHERS.match(sentence):
        return True
    behind = (name for name in names(sentence) if name.start > told[0].end)
    return any(
        _FOR.search(sentence[: name.start]) and not _PAUSE.search(sentence[told[0].end : name.start]) for name in behind
    )


def paid_to(question: Question, sentence: str) -> bool:
    """Whether who is asked to have paid stands only behind a "from": what is bought from them they did not pay for."""
    if question.asked != "money":
        return False
    paying = _PAYER.search(question.text)
    payer = next((name for name in names(question.text) if paying and name.start == paying.end()), None)
    if payer is None or stem(clause_of(question.text).verb) not in _PAYING:
        return False
    held = [name for name in names(sentence) if not name.stems.isdisjoint(payer.stems)]
    return bool(held) and all(_FROM.search(sentence[: name.start]) for name in held)
