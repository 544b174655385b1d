"""Questions typed in lower case, or in capitals alone, with their names written as the texts found have them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from assistant.holder import FIELDS
from assistant.nouns import PERSON_NOUNS
from assistant.question import shouted
from assistant.words import Word, unowned, words

_OPENING = re.compile(r"(?:^|[.!?:;…“\"‘(\[])[\s”'’–—-]*$")
"""What stands before the first word of a sentence or a quote."""
_BEFORE = 6
"""Characters before a word that are looked at for it."""


def recased(question: str, found: Iterable[str]) -> str:
    """Return the question with a capital on each word that the texts found never write without one.

    One that has names of its own, written as such, is left as it is; so are titles ("foreign minister").
    """
    typed = question.lower() if shouted(question) else question
    listed = words(typed)
    if any(word.capital and not word.text.isupper() for word in listed[1:]):
        return question
    asked = {_key(word) for word in listed if _may_name(word)}
    written = _written(asked, found) if asked else {}
    parts, at = [], 0
    for word in listed:
        if _may_name(word) and _key(word) in written:
            parts += [typed[at : word.start], written[_key(word)]]
            at = word.start + len(unowned(word.text))
    return "".join([*parts, typed[at:]]) if parts else question


def _may_name(word: Word) -> bool:
    """Whether a word in lower case may be a name or a part of one."""
    return word.meaningful and word.text.islower() and word.stem not in PERSON_NOUNS | FIELDS


def _written(asked: Collection[str], found: Iterable[str]) -> dict[str, str]:
    """Return how the texts write each of the words that they write with a capital alone, within a sentence too.

    A line without any small word, such as a headline may be, tells nothing.
    """
    capital: dict[str, str] = {}
    small = set[str]()
    for line in (line for text in found for line in text.splitlines()):
        if not any(key in line.lower() for key in asked):
            continue
        listed = [word for word in words(line) if word.meaningful]
        if all(word.capital for word in listed):
            continue
        for word, behind in zip(listed, [*listed[1:], None], strict=True):
            key = _key(word)
            if key not in asked:
                continue
            opens = _OPENING.search(line[max(0, word.start - _BEFORE) : word.start])
            goes_on = behind and behind.capital and line[word.end : behind.start] == " "  # "Vell Media rose"
            if not word.capital:
                small.add(key)
            elif (goes_on or not opens) and (key not in capital or capital[key].isupper()):
                capital[key] = unowned(word.text)  # "VELL (Osk Press) - …" is Vell further down
    return {key: name for key, name in capital.items() if key not in small}


def _key(word: Word) -> str:
    return unowned(word.text).lower()
