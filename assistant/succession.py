"""Who came before or after whom: "Lund succeeded Moss" tells who was before Lund, and not who was before Moss."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.values import names
from assistant.words import content

_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
_FOLLOWED = re.compile(
    rf"\b(?:succeed(?:s|ed|ing)?|replac(?:es|ed|ing)|(?:took|takes|taking) over from) (?=(?P<first>{_NAME}))"
)
"""What stands between who came later and who was there first."""
_WAS_FOLLOWED = re.compile(
    rf"\b(?:was|is|were|has been|had been|being) (?:succeeded|replaced) (?:\w+ )?by (?=(?P<later>{_NAME}))"
)
_BEFORE_WHOM = re.compile(rf"^\W*who\b.*\bbefore (?P<whom>{_NAME})\W*$", re.IGNORECASE)
_PRONOUN = re.compile(r"\W*(?:he|she|they)\b", re.IGNORECASE)


def who_followed_whom(sentence: str) -> tuple[str, str]:
    """Return who came later, empty for "he", and who was there first; both empty where a sentence tells of neither."""
    followed = _FOLLOWED.search(sentence)
    before = [name.text for name in names(sentence) if followed and name.end <= followed.start()]
    return ("".join(before[:1]), followed["first"]) if followed else ("", "")


def who_was_before(question: str, sentence: str, before: str) -> tuple[int, int] | None:
    """Return where a sentence names whom the one followed of whom it is asked who was there before.

    before: what stands before the sentence, which names who "he" is.
    """
    last = _last_name(question)
    if not last:
        return None
    for match in _FOLLOWED.finditer(sentence):
        ahead = sentence[: match.start()]
        known = f"{before} {ahead}" if _PRONOUN.match(ahead) else ahead
        if last <= content(known) and not last <= content(match["first"]):
            return match.span("first")
    for match in _WAS_FOLLOWED.finditer(sentence):
        ahead_of_it = [name for name in names(sentence) if name.end <= match.start()]
        if last <= content(match["later"]) and ahead_of_it:
            return ahead_of_it[-1].start, ahead_of_it[-1].end
    return None


def tells_who_was_before(question: str, sentence: str, before: str) -> bool:
    """Whether a sentence tells who was there before whom it is asked of; arguments as in `who_was_before`."""
    return who_was_before(question, sentence, before) is not None


def in_wrong_order(question: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where in a sentence whoever came after stands, if it is asked who was there before, or that somebody."""
    last = _last_name(question)
    if not last:
        return
    for match in _FOLLOWED.finditer(sentence):
        if last <= content(match["first"]):
            yield 0, match.end("first")
    for match in _WAS_FOLLOWED.finditer(sentence):
        before = sentence[: match.start()]
        if last <= content(before) and not last <= content(match["later"]):
            yield match.end(), len(sentence)
    for name in names(sentence):
        if last <= name.stems:
            yield name.start, name.end


def before_whom(question: str) -> frozenset[str]:
    """Return the stems of the name of whom it is asked who was there before; empty where that is not asked."""
    asked = _BEFORE_WHOM.match(question)
    return content(asked["whom"]) if asked and asked["whom"][:1].isupper() else frozenset()


def _last_name(question: str) -> frozenset[str]:
    asked = _BEFORE_WHOM.match(question)
    return content(asked["whom"].split()[-1]) if asked and before_whom(question) else frozenset()
