"""Sums of a sale: what somebody paid is not what they got, and what a thing changed by is not what it is."""

from __future__ import annotations

import re

from assistant.amounts import AMOUNTS
from assistant.form import formed
from assistant.question import Question
from assistant.synonyms import untold
from assistant.words import content, stem, stems_of, words

_PAYS = re.compile(r"\b(?:pay|pays|paid|spend|spends|spent|buy|bought)\b", re.IGNORECASE)
_GETS = re.compile(r"\b(?:get|gets|got|receive[sd]?|earn(?:ed|s)?|sell|sells|sold)\b", re.IGNORECASE)
_SOLD = re.compile(r"\b(?:sells?|sold|selling)\b", re.IGNORECASE)
_BOUGHT = re.compile(r"\b(?:buys?|bought|buying|pays?|paid|acquire[sd]?|purchase[sd]?|spent)\b", re.IGNORECASE)
_ANOTHER_DOES = re.compile(
    r"[,;]? (?:and|but|while|whereas) (?:the |its |his |her |their )?[\w’' -]{2,40}(?:, [^,;]{2,40},)? "
    r"(?:has|have|had|is|are|was|were|will|would|wants?|offers?|says?|said|[a-z]{2,}ed)\b"
)
_HOW_MUCH = re.compile(r"\bhow much (?:did|has|have|had|does|do|will) ", re.IGNORECASE)
_CHANGES = stems_of(
    "fall drop rise grow increase decrease decline shrink climb jump slide sink soar plunge slip tumble"
)
_CHANGED = _CHANGES | stems_of("lower higher up down less more fewer growth reduction gain loss raise reduce cut")


def of_the_other_side(question: Question, sentence: str, start: int) -> bool:
    """Whether a sum is what the one who is asked about got where it is asked what they paid, or the other way round.

    start: of the sum. Also where it is asked by how much a thing changed, of a sentence that tells of no change.
    """
    if question.asked not in AMOUNTS:
        return False
    told = content(sentence)
    if _HOW_MUCH.search(question.text) and question.stems & _CHANGES and told.isdisjoint(_CHANGED):
        return True
    pays, gets = bool(_PAYS.search(question.text)), bool(_GETS.search(question.text))
    if pays == gets:
        return False
    sold, bought = _SOLD.search(sentence, 0, start), _BOUGHT.search(sentence, 0, start)
    if pays:
        return bool(sold and not bought and _named(question, sentence[: sold.start()]))
    return bool(bought and not sold and not _named(question, " ".join(re.findall(r"\bfrom ([^,.;]+)", sentence))))


def of_another_clause(question: Question, sentence: str, start: int) -> bool:
    """Whether words stand behind what another did, where it is asked what somebody did: "wants 7, … has offered 3".

    Only where the deed that is asked for stands before that clause, and nowhere behind.
    """
    form = formed(question.text)
    if question.kinds or form.way != "object":
        return False
    told = [word.end for word in words(sentence) if not untold(form.deed, [word.stem])]
    return bool(told) and max(told) < start and _ANOTHER_DOES.search(sentence, max(told), start) is not None


def _named(question: Question, text: str) -> bool:
    """Whether the first whom a question names is named in a text."""
    told = content(text)
    return any(not untold(stem(part), told) for name in question.names[:1] for part in name.text.split())
