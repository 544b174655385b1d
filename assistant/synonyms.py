"""Words of news that stand for each other: who asks who "won" finds who "was victorious", "Israel" meets "Israeli".

Written by hand from what reports use for the same deed or thing; vectors know such likeness too, but not in how many
of the question's words a sentence shares. A word may stand in several groups.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from assistant.irregular import FORMS
from assistant.word_groups import DEEDS_AND_NOUNS, GROUPS
from assistant.words import stem

_LANDS = """
us usa u.s u.s.a american americans america
uk u.k british britain britons
dutch netherlands holland
french france
spanish spain spaniards
polish poland poles
swiss switzerland
greek greece greeks
danish denmark danes
irish ireland
welsh wales
scottish scotland scots
turkish turkey turks türkiye
swedish sweden swedes
finnish finland finns
norwegian norway
chinese china
german germany
burmese myanmar burma
czech czechia
belgian belgium
peruvian peru
filipino philippines
eu european
cypriot cypriots cyprus
maltese malta
"""
LANDS = tuple(frozenset(line.split()) for line in _LANDS.strip().split("\n"))
"""Names of a country and its people that do not begin alike, in lower case."""
_PEOPLES = {stem(name): frozenset(map(stem, group)) for group in LANDS for name in group}
_WORDS: dict[str, frozenset[str]] = {}
for _line in (GROUPS + DEEDS_AND_NOUNS + _LANDS).split("\n"):
    for _word in _line.split():
        _WORDS[stem(_word)] = _WORDS.get(stem(_word), frozenset()) | frozenset(_line.split())
_FORMS = {stem(base): written for base, written in FORMS.items()}
_COMPARED = 5
"""Letters that names which begin alike have in common."""
_SHORTEST = 4


@lru_cache(maxsize=4_000)
def synonyms_of(word: str) -> frozenset[str]:
    """Return the stems of the words that may stand for the one with this stem, without itself."""
    return frozenset(stem(other) for other in _WORDS.get(word, ())) - {word}


def with_synonyms(stems: Collection[str]) -> frozenset[str]:
    """Return stems with those of the words that may stand for them."""
    return frozenset(stems).union(*map(synonyms_of, stems))


def untold(word: str, told: Collection[str]) -> bool:
    """Whether neither the word with this stem nor one that may stand for it is among the stems of what is told."""
    return word not in told and synonyms_of(word).isdisjoint(told)


def written_alike(word: str) -> frozenset[str]:
    """Return the words that may stand for the one with this stem, as they are written."""
    return _WORDS.get(word, frozenset()) | _FORMS.get(word, frozenset())


def named_near(parts: Collection[str], near: Collection[str]) -> bool:
    """Whether any of these stems of a name, one that begins alike, or another name of that country, is among others.

    "European" is met by "Europe", "Israeli" by "Israel", and "French" by "France".
    """
    begun = {one[:_COMPARED] for one in near}
    return any(_begun(part, begun, near) or not _PEOPLES.get(part, frozenset()).isdisjoint(near) for part in parts)


def _begun(part: str, begun: Collection[str], near: Collection[str]) -> bool:
    if part[:_COMPARED] in begun or (len(part) >= _COMPARED and part[:_SHORTEST] in near):
        return True
    return len(part) == _SHORTEST and any(one.startswith(part) for one in begun)
