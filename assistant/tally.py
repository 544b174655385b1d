"""Scores, votes and splits, which are no counts: "3-2", "53-36", and which of them is the score that is asked for."""

from __future__ import annotations

import re

from assistant.question import Question
from assistant.words import content, stem, stems_of

_TALLY = re.compile(r"(?<![\d.,/-])(\d+)([-–/])(\d+)(?![\d/%]|[.,]\d)")
"""A score or a vote, which is no count: "confirmed by 53-36"."""
SCORED = stems_of("goal point run vote try set game seat frame score basket touchdown")
THE_SCORE = re.compile(
    r"^\W*what (?:was|is) the (?:final |full-time |end )?(?:score|scoreline)\b(?!.*\b(?:half|interval|break)\b)",
    re.IGNORECASE,
)
A_SCORE = re.compile(r"^\W*what (?:was|is) the (?:[\w-]+ )?(?:score|scoreline)\b", re.IGNORECASE)
HOW_LARGE = re.compile(r"\bhow (?:large|big|high|much|heavy|great|substantial)\b", re.IGNORECASE)
_AT_HALF_TIME = re.compile(
    r" (?:up |down |ahead |behind )?(?:at|by|before) (?:half-?time|the (?:break|interval))\b", re.IGNORECASE
)
"""What makes a score one of the way there."""
COUNTS = re.compile(r" (?!of\b)((?:[A-Za-z][a-z’'-]+ ){0,2}?)([A-Za-z][a-z]{2,}(?:s|people|men|women|children))\b")
"""The noun behind a number, with what may stand between."""

_ON_THE_WAY = re.compile(r"\b(?:half|interval|break|quarter|set|period)\b", re.IGNORECASE)
_ANY_GAME = stems_of("score scoreline final full-time end match game")
_ENDED = re.compile(
    r"\b(?:beat|beaten|beats|won|wins?|winning|lost|loses?|defeat\w*|draw|drew|drawn|victory|finished|ended|thrash\w*)\b"
)
_OF_A_TIME = re.compile(
    r"[\w-]*(?:st|nd|rd|th)?[ -](?:minutes?|seconds?|hours?|days?|weeks?|months?|years?|metres?|meters?|yards?"
    r"|in a row|in succession|straight|unanswered)\b"
)
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


def of_no_points(sentence: str, start: int, end: int) -> bool:
    """Whether a number says when, from how far or how often in a row it was scored: "in the 112th minute"."""
    return bool(_OF_A_TIME.match(sentence, start) or _OF_A_TIME.match(sentence, end))


def tells_the_score(question: Question, sentence: str) -> bool:
    """Whether a score is asked for, and a sentence tells how the game ended that is asked about: "beaten 28-25"."""
    if not A_SCORE.match(question.text) or _ON_THE_WAY.search(question.text) or not _ENDED.search(sentence):
        return False
    if not question.stems - _ANY_GAME <= content(sentence):
        return False
    return any(
        int(match[1]) < 1_000 and not _AT_HALF_TIME.match(sentence, match.end()) for match in _TALLY.finditer(sentence)
    )
