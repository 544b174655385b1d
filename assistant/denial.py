"""Where a sentence denies something, and where it is only of something against somebody."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.synonyms import with_synonyms
from assistant.words import words

_OFFICE = (
    r"(?:MPs?|leaders?|part(?:y|ies)|politicians?|lawmakers?|spokes\w+|members?|figures?|councillors?|senators?)\b"
)
"""What is of the opposition, and opposes nothing by that."""
_NEGATION = re.compile(
    r"\b(?:not(?! only\b| just\b)"
    r"|no(?! (?:confidence|doubt|wonder|matter|later than|fewer|less|more than)\b|(?-i:(?<=No))\.? ?\d)"
    r"|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|\w+n[’']t"
    r"|den(?:y|ies|ied|ying)|refus\w+|reject\w*|rul(?:e|es|ed|ing) out|fail(?:s|ing|ure)?"
    r"|(?<!\bof )(?<!\bthe )(?<!\ba )(?<!\bits )failed"
    r"|declin(?:e|es|ed) to|prevent\w*|prohibit\w*|bann?(?:ed|s|ing)?"
    r"|halt\w*|cancel\w*|block(?:s|ed)|unlikely|false|impossible|lack(?:s|ed|ing)?|absence of"
    r"|ineffective|unable|unchanged|unsafe|disput\w+|debunk\w*|contradict\w*"
    rf"|insufficient|inconclusive|oppos(?:e|es|ed|ition(?! {_OFFICE}))|against(?! \d))\b",
    re.IGNORECASE,
)
_ABSENT = ("without", "against")
"""Of these, what denies no more than the next word: somebody wins without spending, and against somebody."""
_PLAIN = re.compile(r"not|no|never|none|nobody|nothing|neither|nor|cannot|hardly|barely|\w+n[’']t", re.IGNORECASE)
_BEING = re.compile(
    r"\b(?:is|are|was|were|be|been|being|as|remain\w*|proved?|seem\w*|look(?:s|ed)|found|called)"
    r"(?: \w+ly| also| still)?\s$"
)
_HAPPENS = re.compile(r"fail\w*|halt\w*|oppos\w+|lack\w*", re.IGNORECASE)
"""Denials with the deed as their subject: "the talks failed"."""
_THEM = re.compile(r"\W+(?:it|them|him|her|this|that|these|those)\b", re.IGNORECASE)
_REACH = 6
"""Words on one side of a denial among which the deed is that it denies."""
_PAUSE = re.compile(r"[,;:—–()“”\"]|\b(?:and|but|while|although|though|despite|because|after|before|when|whether)\b")
_STANCE = re.compile(
    r"\b(?:is|are|was|were|be|been|vot\w+|rul\w+|decid\w+|argu\w+|spoke\w*|speaks|out|advis\w+|recommend\w*|warn\w*"
    r"|evidence|stood|stands?|firmly|strongly) against\b",
    re.IGNORECASE,
)


def denial(question: Question, text: str) -> int | None:
    """Return where a sentence first negates what is asked, in a word the question does not use; None if nowhere."""
    asked, own = _denials(question.text), deeds(question)
    meant = with_synonyms(own)
    new = ((start, word) for start, word in _negations(text) if word not in asked)
    return next((start for start, word in new if not own or _denies(text, start, word, meant)), None)


def deeds(question: Question) -> frozenset[str]:
    """Return the stems of what is asked but the names."""
    return question.stems - (question.named - PERSON_NOUNS)  # "the CEO of Nordline" is an office


def facing(question: Question, text: str) -> bool:
    """Whether a sentence denies nothing but is of something against somebody: "an alliance against Ostria"."""
    return _denials(text) - _denials(question.text) == {"against"} and not _STANCE.search(text)


def _denials(text: str) -> set[str]:
    return {word for _, word in _negations(text)}


@lru_cache(maxsize=4_000)
def _negations(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match[0].lower()) for match in _NEGATION.finditer(text))


def _denies(text: str, start: int, cue: str, meant: frozenset[str]) -> bool:
    """Whether a denial reaches a word of what is asked, in its own clause: behind it, or as what is "rejected"."""
    end = start + len(cue)
    behind = [word for word in words(text) if word.start >= end][:_REACH]
    behind = [word for word in behind if not _PAUSE.search(text, end, word.end)]
    if cue in _ABSENT:
        if _STANCE.search(text, 0, end) and _THEM.match(text, end):
            return True
        return any(word.stem in meant for word in [word for word in behind if word.meaningful][:1])
    if any(word.stem in meant for word in behind):
        return True
    if _PLAIN.fullmatch(cue) or not (_HAPPENS.fullmatch(cue) or _BEING.search(text, 0, start)):
        return False
    before = [word for word in words(text) if word.end <= start][-_REACH:]
    return any(word.stem in meant for word in before if not _PAUSE.search(text, word.start, start))
