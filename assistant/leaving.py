"""Who is said to have left an office: who resigned, died or was dismissed is no answer to who holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from assistant.evidence import Unit
from assistant.nouns import PERSON_NOUNS
from assistant.office import in_role
from assistant.question import Question
from assistant.values import names
from assistant.words import content, stem, stems_of, words

_WHO_IS = re.compile(r"^\W*who(?:['’]s| is| are)\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:former(?:ly)?|ex|previous|late|outgoing|retir\w+|oust\w+|interim|then|next|incoming|new|before|after|left|leav\w+"
    r"|resign\w+|quit\w*|step\w*|st(?:an|oo)d\w*|dismiss\w+|sack\w*|fir(?:ed|ing)|replac\w+|succe\w+|die[ds]?|dead)\b",
    re.IGNORECASE,
)
"""What asks of somebody who may have left, or of who comes."""
_AFTER = re.compile(
    r",? (?:who |and )?(?:(?:has|had|have|also|then|later|suddenly|abruptly|since) )*(?:"
    r"resign(?:s|ed)|quits?|retire[sd]|(?:step(?:s|ped)|st(?:ands|ood)) (?:down|aside)|died"
    r"|(?:was|were|is|been|being) (?:(?:later|then|also|recently) )?"
    r"(?:sacked|fired|dismissed|ousted|removed|replaced|deposed|forced out|voted out|killed|assassinated)"
    r")\b(?! to\b| (?:at|after|before|in|for) (?:half|the (?:break|interval|\d)))"
    r"(?: (?:in|on|last|this) \w+(?: \w+)??)?(?: (?:as|from) (?P<what>[^,.;]+))?"
)
_BEFORE = re.compile(
    r"\b(?:(?:resignation|departure|sacking|dismissal|ousting|ouster|removal|death|successor) (?:of|to)"
    r" (?:(?:(?!(?:at|by|with|in|from|and|after|as|to|against|over)\b)[\w’'-]+,? ){1,6}(?<!of )(?<!for ))?"
    r"|(?:dismissed|sacked|fired|ousted|removed|replace[sd]|succeed(?:s|ed)) (?:(?:the|its|his|her|their|[\w-]+[’']s?) "
    r"(?:(?!(?:at|of|by|with|in|for|from|and|after|as|to|against|over)\b)[\w’'-]+ ){0,3}(?P<role>[a-z]+),? )?)$"
)
_OFFICE = stems_of("office post job role position cabinet government board team party company")
"""What somebody may leave, and with it any office there."""


_FOLLOWED = re.compile(
    r"\b(?:successor|succeed(?:s|ed)?|replac(?:es|ed|ing)|(?:takes?|took|taking) over|stepp?(?:s|ed) in|interim"
    r"|acting)\b"
)
_SOON = 3
"""Sentences behind that of a departure in which its article says who follows."""


class Gone(NamedTuple):
    """Who is said to have left: the stem of the last word of the name, and when that was published."""

    name: str
    published: date | None


@lru_cache(maxsize=1_000)
def _who_is(text: str) -> bool:
    return bool(_WHO_IS.match(text)) and not _OTHERWISE.search(text)


def left(question: Question, units: Iterable[Unit]) -> tuple[Gone, ...]:
    """Return who is said to have left what is asked for; nobody where no holder of today is asked for."""
    if not _who_is(question.text) or not question.stems & PERSON_NOUNS:
        return ()
    return tuple(
        Gone(name, unit.article.published)
        for unit in units
        for name, what in _leaving(unit.text)
        if name not in question.named and (not what or what & (question.stems | _OFFICE))
    )


def of_the_gone(question: Question, gone: Sequence[Gone], unit: Unit, text: str) -> bool:
    """Whether some words of a sentence name who left, or it has them in the office. Who is told of later is back."""
    if not gone:
        return False
    published = unit.article.published
    away = {one.name for one in gone if not (one.published and published and one.published < published)}
    held = (unit.text[holder.start : holder.end] for holder in in_role(question, unit.text))
    return any(not away.isdisjoint(content(one)) for one in (text, *held))


def departure(question: Question, unit: Unit, others: Sequence[Unit]) -> Unit | None:
    """Return the sentence that says that whom another has in the office has left it; None where none does."""
    for other in others:
        if other.place != unit.place and of_the_gone(question, left(question, [other]), unit, ""):
            return other
    return None


def succession(question: Question, unit: Unit, others: Sequence[Unit]) -> Unit | None:
    """Return the sentence soon behind one that says who left the office, which says who follows, if any."""
    if not left(question, [unit]) or _FOLLOWED.search(unit.text):
        return None
    behind = [
        other
        for other in others
        if other.article.id == unit.article.id and 0 < other.ordinal - unit.ordinal <= _SOON and names(other.text)
    ]
    return next((other for other in sorted(behind, key=_ordinal) if _FOLLOWED.search(other.text)), None)


def _ordinal(unit: Unit) -> int:
    return unit.ordinal


@lru_cache(maxsize=4_000)
def _leaving(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the last stem of each name of who is said to have left, and the stems of what, if that is told."""
    found = []
    for name in names(text):
        after, before = _AFTER.match(text, name.end), _BEFORE.search(text[: name.start])
        if after or (before and (not before["role"] or stem(before["role"]) in PERSON_NOUNS)):
            whole = words(name.text.split(" of ")[0])  # "Ada Moss of Vell"
            found.append((whole[-1].stem, content(after["what"] or "") if after else frozenset()))
    return tuple(found)
