"""Which of the dates in a sentence is of the deed that is asked about: "voted on Friday to strike in May"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.irregular import BASE
from assistant.question import Question
from assistant.relative_days import relative_days
from assistant.values import values
from assistant.words import words

_ENDS = re.compile(r"\b(?:end|finish|complete|conclude|expire|over)(?:e?s|e?d|ing)?\b", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\b(?:begin|start|open|launch)(?:s|ed|ing|ning)?(?: (?:on|in|from|at|early|late))* (?:the )?$|\bbegan(?: \w+)? $",
    re.IGNORECASE,
)
_STARTS = re.compile(r"\b(?:begin|began|start|become|became|join|found)(?:s|ed|ing)?\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\b[^,.;:]{0,40}$", re.IGNORECASE)
_ELECTED = re.compile(r"\b(?:elect|chosen|choose|vote[ds]? in|w[io]ns?)", re.IGNORECASE)
_IN_OFFICE = re.compile(
    r"\b(?:t[ao]kes?|took|taking|enter(?:s|ed)?|assum(?:es|ed)) office\b|\bsworn in\b|\binaugurat", re.IGNORECASE
)
_TO = re.compile(r"\b(?:to|will|would)(?: be)? $", re.IGNORECASE)


def of_another_deed(question: Question, sentence: str, start: int) -> bool:
    """Whether it is asked when something was done, and the date that starts here is of another deed of the sentence.

    Only where another date stands behind a word of the question.
    """
    if question.asked != "date":
        return False
    if _ENDS.search(question.text) and _BEGINNING.search(sentence, 0, start) and not _ENDS.search(sentence):
        return True  # "begins in March and takes four years" does not tell when it ends
    if _STARTS.search(question.text) and _UNTIL.search(sentence, 0, start):
        return True  # nor does "until 2003" tell when it began
    if _ELECTED.search(question.text) and _IN_OFFICE.search(sentence) and not _ELECTED.search(sentence):
        return True  # who "takes office on 1 June" was elected before
    owners = _owners(question.stems - question.named, sentence)
    return owners.get(start) == "other" and "asked" in owners.values()


@lru_cache(maxsize=2_000)
def _owners(asked: frozenset[str], sentence: str) -> dict[int, str]:
    """Return what stands last before each date, by its start: a word that is asked for, or another verb."""
    dates = [value for value in (*values(sentence), *relative_days(sentence)) if value.kind == "date"]
    if len(dates) < 2:
        return {}
    marks = [
        (word.start, "asked" if word.stem in asked else "other")
        for word in words(sentence)
        if _counts(word.stem in asked, word.text.lower(), sentence, word.start)
    ]
    return {
        date.start: found
        for date in dates
        if (found := next((whose for at, whose in reversed(marks) if at < date.start), None))
    }


def _counts(asked: bool, form: str, sentence: str, start: int) -> bool:
    """Whether a word is one of the question's, or a verb: past in its form, or behind "to" or "will"."""
    past = form in BASE or form.removeprefix("re") in BASE or form.endswith("ed")
    return asked or past or bool(_TO.search(sentence, 0, start))
