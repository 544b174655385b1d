"""Articles that a text calls by their headline: how a question or a passage points to another article.

In collections whose headlines are names (a lexicon, a who's who, dossiers by person or place) a question with several
parts is answered by passages that name each other. Headlines of news are sentences and are hardly ever
called by name, so nothing changes there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORDS = 8
"""Longer headlines are sentences, not names."""
_WORD = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\s*\([^)]*\)\s*$")
_SHORTEST_ALONE = 5


def headline_name(title: str) -> str | None:
    """Return the form in which a headline can be called, without case, accents and what stands in brackets behind it.

    None for one that is too long, or a single short word, which would be found everywhere.
    """
    words = [_fold(word) for word in _WORD.findall(_BRACKETED.sub("", title) or title)]
    return " ".join(words) if _may_be_name(words) else None


def called(text: str, *, capitals: bool) -> list[str]:
    """Return every run of words in a text that may be a headline's name, in the same form, without repeats.

    capitals: only runs that begin and end with a capital or a digit, as names in running text do.
    """
    return list(dict.fromkeys(_runs(text, capitals)))


def _runs(text: str, capitals: bool) -> Iterator[str]:
    words = _WORD.findall(text)
    folded = [_fold(word) for word in words]
    edge = [not capitals or word[0].isupper() or word[0].isdigit() for word in words]
    for start in range(len(words)):
        if not edge[start]:
            continue
        for end in range(start + 1, min(start + LONGEST_WORDS, len(words)) + 1):
            if edge[end - 1] and _may_be_name(folded[start:end]):
                yield " ".join(folded[start:end])


def _may_be_name(words: list[str]) -> bool:
    return 1 < len(words) <= LONGEST_WORDS or (len(words) == 1 and len(words[0]) >= _SHORTEST_ALONE)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word)
    return "".join(character for character in spread if not unicodedata.combining(character)).casefold()
