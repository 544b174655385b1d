"""Which numbers of a sentence count what is asked for: "of the 61 aboard, 31 were rescued" tells of other people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from assistant.beside import BODILY, HARMED
from assistant.clause import BEING, clause_of
from assistant.evidence import Unit
from assistant.irregular import BASE
from assistant.opposites import opposites
from assistant.question import Question
from assistant.synonyms import named_near, untold, with_synonyms
from assistant.values import values
from assistant.words import content, stem, stems_of, words

_PART = re.compile(
    r"\b(?:of (?:whom|which|these|them|those)|including|among them)\b"
    r"(?: (?:about|around|some|nearly|almost|at least))? $",
    re.IGNORECASE,
)
"""What stands before how many are a part of those just counted."""
_END = re.compile(r"[,;.]| and | but | while ")
_CLAUSE = re.compile(r"[,;] (?:and |but |while )?| and | but | while ")
_OF_THOSE = re.compile(
    r" of (?:all )?(?:the|its|his|her|their|those) (?:[\w,.-]+ ){1,5}?(?:that|which|who) "
    r"(?:were|was|had been|have been) ([a-z]+)"
)
"""What follows a part whose whole is said to have had something done to it: "112 of the 140 coins that were stolen"."""
_OF_WHOLE = re.compile(r"(?:\d|\b[a-z]+(?:-[a-z]+)?)(?= of (?:all )?(?:the|its|his|her|their|those) $)")
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_LIGHT = stems_of("be have has do get make take give go come many much there")
_BELONGING = stems_of("work employ study live")
"""What people do at a place that is told by its noun."""
_ANYBODY = stems_of("people person person man woman other")
_CONTRARY = opposites(in_a_claim=True)


@lru_cache(maxsize=256)
def counted_deed(question: str) -> str:
    """Return the stem of what those who are counted did, or had done to them; empty where the verb says too little."""
    clause = clause_of(question)
    deed = stem(clause.verb) if clause.verb.islower() and clause.verb not in BEING else ""
    return "" if deed in _LIGHT or not content(clause.verb) else deed


def counts_others(question: Question, unit: Unit) -> bool:
    """Whether a sentence tells nothing of what those did who are to be counted: the dead are none of those aboard.

    Nor is who works in another house counted among those of the one that is asked about.
    """
    deed = counted_deed(question.text)
    near = content(unit.text) | unit.content_before()
    if not deed or deed in question.focus:
        return False
    if untold(deed, near):
        return True
    house = content(clause_of(question.text).rest) - question.named if deed in _BELONGING else frozenset[str]()
    near |= content(unit.title) | content(unit.hit.passage.text)
    if question.names and not any(named_near(parts, near) for parts in question.name_stems):
        return True
    return bool(house) and all(untold(one, near) for one in house)


def of_a_part(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether a number is of a part alone where the whole is asked for: "employs 3,400, of whom 260 work in Osk".

    The part is asked for where the question has what sets it apart, or the whole did not do what is asked about.
    """
    opening = _PART.search(sentence, 0, start)
    whole = content(sentence[: opening.start()]) if opening else frozenset[str]()
    if opening is None or not any(one.kind == "number" for one in values(sentence[: opening.start()])):
        return False
    counted = {counted_deed(question.text)} | question.focus
    if all(untold(one, whole) for one in counted - _ANYBODY):
        return False
    behind = content(_END.split(sentence[end:], maxsplit=1)[0])
    return behind.isdisjoint(question.stems - counted - whole | question.focus - _ANYBODY - whole)


def of_those_that_were(question: Question, sentence: str, start: int, end: int) -> bool | None:
    """Whether a number is the whole of which it is told what is asked, or none: "112 of the 140 that were stolen".

    True for the whole, False for the part, None where no such thing is said.
    """
    deed = counted_deed(question.text)
    part = _OF_THOSE.match(sentence, end)
    if part and not untold(stem(part[1]), {deed}):
        return False
    before = _OF_WHOLE.search(sentence, 0, start)
    told = _OF_THOSE.match(sentence, before.end()) if before else None
    return True if told and before and start - before.end() < len(told[0]) and stem(told[1]) == deed else None


def counted_otherwise(question: Question, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield the clauses with numbers of what did something else, where another tells how many did what is asked.

    Also, where none tells it, those that tell the contrary, or of no harm where it is asked how many were killed: how
    many jobs are kept is not how many are lost, and who came to a vigil did not die.
    """
    deed = counted_deed(question.text)
    if not _HOW_MANY.search(question.text) or not deed or deed in question.focus | _LIGHT:
        return
    told = [one for one in _clauses(sentence) if any(value.kind == "number" for value in values(sentence[slice(*one)]))]
    telling = [one for one in told if not untold(deed, content(sentence[slice(*one)]))]
    if telling:
        yield from (one for one in told if one not in telling and _has_a_verb(sentence[slice(*one)]))
    elif deed in BODILY:
        harmless = (one for one in told if HARMED.isdisjoint(content(sentence[slice(*one)])))
        yield from (one for one in harmless if _has_a_verb(sentence[slice(*one)]))
    elif untold(deed, content(sentence)):
        against = with_synonyms(_CONTRARY.get(deed, frozenset()))
        yield from (one for one in told if not against.isdisjoint(content(sentence[slice(*one)])))


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    at = 0
    for mark in _CLAUSE.finditer(sentence):
        yield at, mark.start()
        at = mark.end()
    yield at, len(sentence)


def _has_a_verb(clause: str) -> bool:
    forms: Collection[str] = [word.text.lower() for word in words(clause)]
    return any(form in BASE or form in BEING or form.endswith("ed") for form in forms)
