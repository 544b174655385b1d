"""Whether a sentence leaves a deed undone: denied, in question, refused, or only wanted of somebody."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.polarity import denied, undone
from assistant.words import stem, words

_WHETHER = re.compile(r"\bwhether (?:[\w’'-]+ ){1,6}$", re.IGNORECASE)
"""What stands before a deed that is only in question: "to find whether Lund is guilty"."""
_UNTIL = re.compile(r"\b(?:until|till|before)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:did|was|were|has|have|had)\b", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:want(?:s|ed)?|wish(?:es|ed)?|hop(?:es?|ed|ing)|plan(?:s|ned|ning)?|propos(?:es?|ed|ing)|urg(?:es?|ed|ing)"
    r"|asked|call(?:s|ed|ing) (?:on|for)|threaten(?:s|ed|ing)?|vow(?:s|ed)|would like)"
    r"(?: (?!to\b)[\w’'-]+){0,5} to (?:be )?(?P<deed>[a-z]+)"
)
"""A deed that somebody would have done, which is not yet one: "wants Nordline to pay"."""


def not_done(deeds: Collection[str], sentence: str) -> bool:
    """Whether the deed is told once, and denied or left open; who did not resign until May did.

    deeds: the stems of a verb and of those that may stand for it.
    """
    told = [word for word in words(sentence) if word.stem in deeds]
    if len(told) != 1 or _UNTIL.search(sentence):
        return False
    open_yet = _WHETHER.search(sentence[: told[0].start])
    return bool(open_yet) or not (denied(sentence) | undone(sentence)).isdisjoint(deeds)


def only_wanted(question: str, deeds: Collection[str], sentence: str) -> bool:
    """Whether it is asked what was done, and a sentence tells once of the deed, as refused or wanted of somebody.

    A sum that somebody refused to pay was not paid, nor was one that somebody wants to have paid.
    """
    if not _PAST.search(question) or sum(word.stem in deeds for word in words(sentence)) != 1:
        return False
    if _UNTIL.search(sentence):
        return False
    wanted = any(stem(match["deed"]) in deeds for match in _WANTED.finditer(sentence))
    return wanted or not undone(sentence).isdisjoint(deeds)
