"""Yes and no in a sentence: which of its words are denied, and which stand for the opposite in another."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.opposites import opposites
from assistant.words import Word, words

_CUE = re.compile(
    r"(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely|\w+n['’]t|fail(?:s"
    r"|ed|ing|ure)?"
    r"|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|unable|lack(?:s|ed|ing)?"
    r"|declin(?:e|es|ed|ing)"
    r"|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|stopp?(?:s|ed|ing)?|unlikely|rul(?:ed|es|ing))",
    re.IGNORECASE,
)
_PLAIN_CUE = re.compile(
    r"(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely|\w+n['’]t)", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"\W*(?:only|just|merely|least|longer than|less than|more than|later than)\b", re.IGNORECASE)
_REACH = 4
"""Words behind a "not" that it denies."""


@lru_cache(maxsize=5_000)
def denied(text: str) -> frozenset[str]:
    """Return the stems that a sentence denies: what stands behind a "not", within its reach."""
    listed = words(text)
    found: set[str] = set()
    for at, word in enumerate(listed):
        if _PLAIN_CUE.fullmatch(word.text) and not _NOT_ONLY.match(text, word.end):
            found |= _reached(text, listed, at)
    return frozenset(found)


@lru_cache(maxsize=5_000)
def cues(text: str) -> int:
    """Return how many words of a sentence deny something; "not only" does not."""
    return sum(bool(_CUE.fullmatch(word.text)) and not _NOT_ONLY.match(text, word.end) for word in words(text))


@lru_cache(maxsize=5_000)
def plain_cues(text: str) -> int:
    """Return how often a sentence says "not", "no", "never" or the like."""
    return sum(bool(_PLAIN_CUE.fullmatch(word.text)) and not _NOT_ONLY.match(text, word.end) for word in words(text))


def turned(claim: str, quote: str) -> str:
    """Return the word on which a claim says the opposite of a quote; empty where it does not."""
    mine, theirs = denied(claim), denied(quote)
    said, held = {word.stem for word in words(claim) if word.meaningful}, {word.stem for word in words(quote)}
    for word in sorted((mine & held) - theirs):
        if cues(quote) <= plain_cues(claim) - 1 or not cues(quote):
            return word
    if plain_cues(claim) and not cues(quote):
        return "not"
    for word in sorted((theirs & said) - mine):
        if not cues(claim):
            return word
    for word in sorted(said - held):
        opposed = opposites(in_a_claim=True).get(word, frozenset()) & held
        if opposed - said and not cues(claim) and not cues(quote):
            return word
    return ""


def _reached(text: str, listed: tuple[Word, ...], at: int) -> set[str]:
    reached: set[str] = set()
    for word in listed[at + 1 : at + 1 + _REACH]:
        if any(sign in text[listed[at].end : word.start] for sign in ",;:"):
            break
        if word.meaningful:
            reached.add(word.stem)
            if len(reached) == 2:
                break
    return reached
