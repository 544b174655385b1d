"""Yes and no in a sentence: which of its words are denied, and which stand for the opposite in another."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.opposites import opposites
from assistant.words import Word, words

_PLAIN_CUE = re.compile(
    r"(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely|\w+n['’]t)", re.IGNORECASE
)
_CUE = re.compile(
    rf"(?:{_PLAIN_CUE.pattern}|fail(?:s|ed|ing|ure)?|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|unable|unwilling|lack(?:s|ed|ing)?"
    r"|declin(?:e|es|ed|ing)"
    r"|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|stopp?(?:s|ed|ing)?|unlikely|dismiss(?:es|ed|ing|al)?|against|false|untrue"
    r"|unlawful|illegal|unconstitutional|invalid|unsafe|unfair|unfounded|impossible)",
    re.IGNORECASE,
)
_RULING = re.compile(r"rul(?:e|es|ed|ing)", re.IGNORECASE)
_OUT = re.compile(r"\W+out\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\W*(?:only|just|merely|least|longer than|less than|more than|later than)\b", re.IGNORECASE)
_REACH = 4
"""Words behind a "not" that it denies."""
_UNDONE = re.compile(
    r"\b(?:fail(?:s|ed|ing|ure)?|refus(?:e|es|ed|ing|al)|declin(?:e|es|ed|ing)|unable|unwilling) to\b", re.IGNORECASE
)
_DISOWNED = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbeing )\bden(?:y|ies|ied|ying) (?=(?:\w+ly )?(?:"
    r"that|\w+ing|any|all|he|she|it|they|murder|manslaughter|rape|theft|fraud|involvement|responsibility|guilt)\b"
    r"|(?:the|its|his|her|their|an?) (?:[\w-]+ ){1,4}(?:had|has|have|is|are|was|were|would|will)\b"
    r"|(?:[A-Z][\w’'-]* ){1,3}(?:had|has|have|is|are|was|were|would|will)\b)"
    r"|\brul(?:e|es|ed|ing) out\b",
    re.IGNORECASE,
)
"""Denials of a deed; who was denied bail did ask for it, and "denied the charges" leaves charges."""
_TWICE = re.compile(
    r"(?:\b(?:not|never|cannot|without|(?:fail|refus|declin)\w* to|unable to)|n['’]t)(?: \w+)?\s*$", re.IGNORECASE
)
"""What stands before a denial that is itself denied: "refused to rule out"."""
_OPEN = re.compile(
    r"\b(?:accus\w+|alleg\w+|charg\w+|suspect\w*|trial|claim\w*|den(?:y|ies|ied|ying)|due to|supposed to|should"
    r"|tr(?:y|ies|ied|ying) to|attempt\w*|sought to|want(?:s|ed)? to|urg\w+|asked|ordered|told|whether|question\w*)\b",
    re.IGNORECASE,
)
"""Words of a claim that leave it open whether a deed was done, so that a denial of it is no contrary."""


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
def undone(text: str) -> frozenset[str]:
    """Return the stems of the deeds that a sentence says somebody denies, failed or refused to do, and nowhere did."""
    listed = words(text)
    within: set[Word] = set()
    for pattern, most in ((_UNDONE, 1), (_DISOWNED, 3)):
        for cue in pattern.finditer(text):
            if not _TWICE.search(text, 0, cue.start()):
                within |= _behind(text, listed, cue.end(), most)
    return frozenset(word.stem for word in within) - {word.stem for word in listed if word not in within}


@lru_cache(maxsize=5_000)
def cues(text: str) -> int:
    """Return how many words of a sentence deny something; "not only" does not, and a court's ruling neither."""
    return sum(
        bool(_CUE.fullmatch(word.text) or (_RULING.fullmatch(word.text) and _OUT.match(text, word.end)))
        and not _NOT_ONLY.match(text, word.end)
        for word in words(text)
    )


@lru_cache(maxsize=5_000)
def plain_cues(text: str) -> int:
    """Return how often a sentence says "not", "no", "never" or the like."""
    return sum(bool(_PLAIN_CUE.fullmatch(word.text)) and not _NOT_ONLY.match(text, word.end) for word in words(text))


def turned(claim: str, quote: str) -> str:
    """Return the word on which a claim says the opposite of a quote; empty where it does not."""
    mine = denied(claim) | undone(claim)
    theirs = denied(quote) | (frozenset() if _OPEN.search(claim) else undone(quote))
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


def _behind(text: str, listed: tuple[Word, ...], end: int, most: int) -> set[Word]:
    """Return the first words of meaning behind a denial, up to a pause; whom it names is not denied."""
    near = [word for word in listed if word.start >= end][: _REACH + most]
    clause = (word for word in near if not any(sign in text[end : word.start] for sign in ",;:"))
    return set([word for word in clause if word.meaningful and not word.capital][:most])
