"""Scores, votes and splits, which are no counts: "3-2", "53-36", and which of them is the score that is asked for."""

from __future__ import annotations

import re

from assistant.words import stem, stems_of

_TALLY = re.compile(r"(?<![\d.,/-])(\d+)([-–/])(\d+)(?![\d/%]|[.,]\d)")
"""A score or a vote, which is no count: "confirmed by 53-36"."""
SCORED = stems_of("goal point run vote try set game seat frame score basket touchdown")
THE_SCORE = re.compile(
    r"^\W*what (?:was|is) the (?:final |full-time |end )?(?:score|scoreline)\b(?!.*\b(?:half|interval|break)\b)",
    re.IGNORECASE,
)
HOW_LARGE = re.compile(r"\bhow (?:large|big|high|much|heavy|great|substantial)\b", re.IGNORECASE)
_AT_HALF_TIME = re.compile(
    r" (?:up |down |ahead |behind )?(?:at|by|before) (?:half-?time|the (?:break|interval))\b", re.IGNORECASE
)
"""What makes a score one of the way there."""
COUNTS = re.compile(r" (?!of\b)((?:[A-Za-z][a-z’'-]+ ){0,2}?)([A-Za-z][a-z]{2,}(?:s|people|men|women|children))\b")
"""The noun behind a number, with what may stand between."""

_OF_THINGS = re.compile(r" (?:[a-z-]+ )?(people|[a-z]{3,}s)\b")


def of_a_tally(sentence: str, start: int, end: int) -> bool:
    """Whether a number is a score, a vote or a split, or a half of one: "53-36", but no span such as "30-40"."""
    return any(
        match.start() <= start and end <= match.end() and (match[2] == "/" or int(match[1]) >= int(match[3]))
        for match in _TALLY.finditer(sentence)
    )


def of_no_score(sentence: str, start: int, end: int) -> bool:
    """Whether a number is no score, as a score is asked for: how many watched, or how it stood at half-time."""
    if of_a_tally(sentence, start, end):
        tally = next(match for match in _TALLY.finditer(sentence) if match.start() <= start and end <= match.end())
        return bool(_AT_HALF_TIME.match(sentence, tally.end()))
    counted = _OF_THINGS.match(sentence, end)
    return counted is not None and stem(counted[1]) not in SCORED
