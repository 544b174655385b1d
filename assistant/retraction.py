"""What an article takes back: what a correction says was wrong, and posts of a live report that later ones outdate."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.evidence import Unit

_PIECE = r"(?:articles?|stor(?:y|ies)|reports?|headlines?|captions?|posts?|columns?|pages?|pieces?|live ?blog)"
_OWN = rf"\b(?:(?:an?|the|our) )?(?:earlier|previous|original) (?:versions?|editions?) of (?:this|the|our) {_PIECE}\b"
_WRONG = r"\b(?:incorrectly|wrongly|mistakenly|erroneously) (?:said|stated|reported|gave|named|described)\b"
_CORRECTION = rf"\bcorrection\b\s*[:.–—-]\s*(?:in )?(?:an?|our|the|this) (?:[\w’'-]+ ){{0,3}}?{_PIECE}\b"
_WE_SAID = (
    rf"\bin (?:an?|our|the|this) (?:[\w’'-]+ ){{0,3}}?{_PIECE} (?:of|on|from|published|dated|about) [^,;.]{{2,60}}?,?"
    r" we (?:said|reported|stated|wrote|gave|named)\b"
)
_NOTICE = re.compile(
    rf"(?:{_OWN}|{_WE_SAID}|{_WRONG}|{_CORRECTION}|\b{_PIECE}(?: [a-z]+){{0,3}} misstated\b)[^;:]*", re.IGNORECASE
)
_NOT_SO = re.compile(
    rf"\b(?:not|rather than|instead of) [^,;.]{{1,60}}?,? as (?:we\b(?: \w+)? reported|{_OWN})[^,;]*",
    re.IGNORECASE,
)
_OF_ERRORS = re.compile(r"\b(?:wrong|incorrect|mistak|erroneous|correct|misstat|earlier|first)", re.IGNORECASE)
_POSTED = re.compile(
    r"\W*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?: ?(?P<half>[ap])\.?m\b\.?)?(?=[\s:–—-])", re.I
)
"""The time that opens a post of a live report."""


@lru_cache(maxsize=4_000)
def taken_back(sentence: str) -> tuple[int, int] | None:
    """Return where a sentence tells what an article said wrongly; None where it takes nothing back.

    "An earlier version of this article said that all six were hurt"; "212 were aboard, not 190 as we reported".
    """
    match = _NOT_SO.search(sentence) or _NOTICE.search(sentence)
    return match.span() if match else None


def stands_corrected(question: str, sentence: str, start: int) -> bool:
    """Whether a place of a sentence is in what it takes back, and the question asks for no error."""
    span = taken_back(sentence)
    return span is not None and span[0] <= start < span[1] and not _OF_ERRORS.search(question)


def corrects(unit: Unit, other: Unit) -> bool:
    """Whether a sentence goes on, in the same paragraph, from a notice that tells only what was wrong."""
    if unit.article.id != other.article.id or unit.ordinal != other.ordinal + 1 or not taken_back(other.text):
        return False
    between = unit.article.text[other.span.end : unit.span.start]
    return "\n" not in between and not _NOT_SO.search(other.text) and not taken_back(unit.text)


def takes_back(unit: Unit, said: str) -> bool:
    """Whether a sentence tells of these words that they were wrong."""
    span = taken_back(unit.text)
    return span is not None and bool(re.search(rf"(?<!\w){re.escape(said)}(?!\w)", unit.text[slice(*span)], re.I))


def posted(sentence: str) -> int | None:
    """Return the minute of the day that opens a post of a live report; None of any other sentence."""
    match = _POSTED.match(sentence)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    return 60 * hour + int(match["minute"])
