"""Who does the deed of a question, and who does it in a sentence: "Kardia will get 45 percent and pay Tarvia"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.irregular import BASE
from assistant.question import Question
from assistant.synonyms import named_near
from assistant.values import names
from assistant.words import Word, stem, words
from assistant.written_dates import TIME_NAMES

_HELPING = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would|can|could|must|should|is|are|was|were) (?:the )?$", re.IGNORECASE
)
_DOING = re.compile(
    r"(?:[’']s? [a-z]+)?(?: (?:will|would|has|had|have|can|could|must|should|also|now|then|later|never|not|is|was|to"
    r"|[a-z]+ly))* $"
)
"""What may stand between who does something and the verb."""
_GAPPED = re.compile(r"(?: only| just)? (?:\d|[a-z]+ (?:million|billion|percent)\b)")
"""What follows a name whose verb is the one before: "Moss won five and Lund 6 million"."""
_JOINED = re.compile(r"(?:\b(?:and|but|while|against)|[,;]) $")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: [a-z]+ly)? $")


@lru_cache(maxsize=256)
def _asked(text: str) -> tuple[frozenset[str], str]:
    """Return the stems of the name that is asked to have done something, and of its verb; both empty where none is."""
    for name in names(text):
        if not _HELPING.search(text, 0, name.start):
            continue
        behind = [word for word in words(text) if word.start >= name.end]
        if behind and text[name.end : behind[0].start] == " " and behind[0].meaningful and behind[0].text.islower():
            return name.stems, _verb(behind[0])
    return frozenset(), ""


def _verb(word: Word) -> str:
    """Return the stem of a word's plain form: "got" is of "get"."""
    return stem(BASE.get(word.text.lower(), word.text))


def another_does_it(question: Question, sentence: str) -> bool:
    """Whether a sentence names who is asked to have done something, and right before the verb somebody else alone.

    Only where no sentence part has the deed with nobody before it, as "and will pay" has.
    """
    asked, deed = _asked(question.text)  # the very verb: who kills and who dies are two
    told = [word for word in words(sentence) if deed and _verb(word) == deed and not word.capital]
    held = [name for name in names(sentence) if name.text.lower().removeprefix("on ") not in TIME_NAMES]
    own = [name for name in held if not asked.isdisjoint(name.stems)]  # by name: a Dutch museum acts for its country
    if not told or not own:
        return False
    gapped = (name for name in own if name.text[-1].isdigit() or _GAPPED.match(sentence, name.end))
    if any(_JOINED.search(sentence, 0, name.start) for name in gapped):
        return False
    for word in told:
        before = sentence[: word.start]
        doer = next((name for name in reversed(held) if name.end <= word.start), None)
        if doer is None or not _DOING.fullmatch(before[doer.end :]) or named_near(asked, doer.stems):
            return False
        past = word.text.endswith("ed") or word.text in BASE
        if _PASSIVE.search(before) and past:
            return False  # "Kardia was promised" is told of who promised
    return True


def opens_with_asked(question: Question, sentence: str) -> bool:
    """Whether the first name of a sentence is one that the question has, if either has any."""
    first = next(iter(names(sentence)), None)
    return first is None or not question.names or named_near(question.named, first.stems)
