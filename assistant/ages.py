"""Ages: whose is asked for, and which number of a sentence is it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.amounts import amount
from assistant.nouns import KINDS
from assistant.question import Question
from assistant.words import stem

_HOW_OLD = re.compile(r"\bhow old\b|\bwhat age\b", re.IGNORECASE)
_HOW_OLD_IS = re.compile(r"\bhow old (?:is|was|will) (?:the )?", re.IGNORECASE)
_ALONE = re.compile(r"(?![’'])\W*(?:$|when\b|now\b|today\b|at\b|in\b)")
_OLD = re.compile(r"[- ](?:(?:years?|months?|weeks?|days?)[- ])?(?:old\b|of age\b)")
_AGED = re.compile(r"\b(?:aged|age of|turn(?:ed|s|ing)|at age) $", re.IGNORECASE)
_APPOSED = re.compile(r"[,.;)]| [-–—]| (?:now|today|and|when|years)\b")
_AGE = re.compile(r"[A-Z][\w’'-]+, $")
_AGE_OF_WHOM = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er) ([a-z-]+), $")
_AGE_OF = re.compile(r"([A-Z][\w’'-]*?)(?:[’']s age)?, (?:now |then )?$")
"""Whose age stands next: "Edda Lund, ", "Lund's age, "."""
_NOW = re.compile(r"^\W*(?:Now|Today)(?: aged)? $")
_WHO_IS = re.compile(r"(?: years old)?, s?he\b")
_ONCE_WAS = re.compile(r"\b[Ww]hen (?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|he|she) (?:was|turned) $")
"""What stands before the age that somebody once had: "When Lund was nine"."""
_OLDEST = 120
"""Years up to which a number in apposition is somebody's age: "Anton Lund, 58, wept"."""
_DAYS_OF_A_YEAR, _BETWEEN = 365.25, 30
"""Days of a year, and days between two articles from which a birthday is likelier than a slip."""
_AGE_BESIDE = re.compile(r"([A-Z][\w’'-]*), (?:now )?(\d{1,3})(?=[,.;)])")


def asks_an_age(question: str) -> bool:
    """Whether it is asked how old somebody or something is."""
    return bool(_HOW_OLD.search(question))


def whose_age(question: Question) -> Sequence[str]:
    """Return the stems of the name of whose age is asked for: not of who is meant by "the mayor" or "his brother"."""
    text, aged = question.text, _HOW_OLD_IS.search(question.text)
    if aged is None:
        return ()
    named = (name for name in question.names if text.startswith(name.text, aged.end()))
    return next((name.key.split() for name in named if _ALONE.match(text, aged.end() + len(name.text))), ())


def is_the_age(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] is an age, and not that of another name than the one asked of, nor one once had."""
    text, before, after = sentence[start:end], sentence[:start], sentence[end:]
    if _ONCE_WAS.search(before) and not re.search(r"\bwhen\b", question.text, re.IGNORECASE):
        return False
    if years_old(after) or _AGED.search(before):
        return not (_AGED.search(before) and _age_now(question, sentence) not in ("", text))
    if _NOW.search(before) and _WHO_IS.match(after):
        return True  # "Now 34, she runs it"
    apposed = before.endswith((", ", ", now ", ", then ", " was ", " is ")) and _APPOSED.match(after)
    return bool(apposed) and 0 < (amount(text) or 0) <= _OLDEST and not _of_another_age(question, before)


def grown(ages: tuple[str, str], on: tuple[date | None, date | None]) -> bool:
    """Whether two ages are one person's on the days of two articles: who is 61 in February may be 62 in November."""
    numbers = [re.search(r"\d+", age) for age in ages]
    if None in on or None in numbers:
        return False
    told = [(int(number[0]), day) for number, day in zip(numbers, on, strict=True) if number and day]
    (older, then), (newer, now) = sorted(told, key=lambda one: one[1])
    years = (now - then).days / _DAYS_OF_A_YEAR
    return (now - then).days >= _BETWEEN and int(years) <= newer - older <= int(years) + 1


def of_now(sentence: str) -> bool:
    """Whether a sentence opens with the age of whom the one before names: "Now 34, she runs it"."""
    opening = re.match(r"\W*(?:Now|Today)(?: aged)? \d{1,3}", sentence)
    return bool(opening and _WHO_IS.match(sentence, opening.end()))


def beside_a_name(sentence: str, start: int, end: int) -> bool:
    """Whether a number is the age of who stands before it, and no sum or count: "Anton Lund, 58, wept"."""
    text, before = sentence[start:end], sentence[:start]
    if sentence[end : end + 1] != "," or not 0 < (amount(text) or 0) <= _OLDEST:
        return False
    whose = _AGE_OF_WHOM.search(before)
    return bool(_AGE.search(before) or (whose and KINDS.get(whose[1], "name") == "name" and text.isdigit()))


def years_old(after: str) -> bool:
    """Whether what stands behind a number makes it an age: "58 years old", "a 62-year-old"."""
    return bool(_OLD.match(after))


def _age_now(question: Question, sentence: str) -> str:
    """Return the age that stands beside the name asked of: of "Lund, 58, came at the age of six" it is 58."""
    named = whose_age(question)
    told = (match for match in _AGE_BESIDE.finditer(sentence) if named and stem(match[1]) in named)
    return next((match[2] for match in told), "")


def _of_another_age(question: Question, before: str) -> bool:
    """Whether the age of somebody of this name is asked for, and another name stands before this one."""
    named, owner = whose_age(question), _AGE_OF.search(before)
    return bool(named) and owner is not None and stem(owner[1]) not in named
