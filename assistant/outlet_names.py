"""Outlets as people call them: whole, or by the part of the name that tells one from all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

_PAPERS = frozenset("bulletin chronicle courier dispatch echo examiner gazette guardian herald inquirer ledger".split())
_PAPERS |= frozenset("mirror telegraph times tribune".split())
"""Last words that mean a paper in lower case too; "the post" or "the star" may be any."""
_GENERIC = re.compile(r"(?<=\w) (?:News|Newspaper|Media|Online|TV|Radio|Network|Wire|(?:News )?Agency)$")
"""What is left off where a name is called by what stands before it: "Nordline" for "Nordline News"."""
_WORD = re.compile(r"[^\W_][\w.’'-]*")
_LONGEST = 3
_SHORTEST = 5
"""Letters of a name without its generic part, where it is typed in lower case."""


@lru_cache(maxsize=4_000)
def bare(name: str) -> str:
    """Return a name without "The" before it, and without what follows a bar."""
    return re.sub(r"^The ", "", re.split(r"\s+[|–-]\s+", name)[0])


def as_written(name: str) -> str:
    """Return a pattern for the name as people write it: with or without "The", quotes, and what follows a bar."""
    whole, short = re.escape(name), re.escape(bare(name))
    case = "" if len(name) < 6 else "(?i:"
    close = "" if len(name) < 6 else ")"
    return rf"['’‘“\"]?{case}(?:{whole}|(?:[Tt]he )?{short}){close}['’”\"]?"


def called_in_part(text: str, outlets: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a text calls an outlet by a part of its name that no other has, and which: "the Post", "Nordline"."""
    if not outlets:
        return
    parts = _parts(tuple(outlets))
    found = list(_WORD.finditer(text))
    for first, word in enumerate(found):
        for last in range(min(first + _LONGEST, len(found)) - 1, first - 1, -1):
            end = found[last].end() - (2 if re.search(r"[’']s$", found[last][0]) else 0)
            said = text[word.start() : end]
            before = found[first - 1] if first else None
            article = before is not None and before[0].lower() == "the" and word.start() - before.end() == 1
            outlet = parts.get(("the" if article else "", said.casefold()))
            if outlet and _fits(said, article=article):
                yield word.start(), end, outlet
                break


def _fits(said: str, *, article: bool) -> bool:
    """Whether these words are typed as a name, or can be one in lower case."""
    if not said.islower():
        return all(word[:1].isupper() for word in said.split())
    return " " in said or (said in _PAPERS if article else len(said) >= _SHORTEST)


@lru_cache(maxsize=8)
def _parts(outlets: tuple[str, ...]) -> Mapping[tuple[str, str], str]:
    """Return the outlet of each part that tells it from others, under the article it takes and the part itself."""
    wholes = {bare(name) for name in outlets}
    found: dict[tuple[str, str], set[str]] = {}
    for whole in wholes:
        spoken = whole.split()
        for count in range(1, min(_LONGEST + 1, len(spoken))):
            found.setdefault(("the", " ".join(spoken[-count:]).casefold()), set()).add(whole)
        head = _GENERIC.sub("", whole)
        if head != whole:
            found.setdefault(("", head.casefold()), set()).add(whole)
    taken = {whole.casefold() for whole in wholes}
    return {key: next(iter(named)) for key, named in found.items() if len(named) == 1 and key[1] not in taken}
