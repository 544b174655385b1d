"""Words of a text: where they stand, their stems, and which of them carry meaning."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from assistant.irregular import BASE
from corpus.cleaning import whole_characters

STOPWORDS = frozenset(
    "a about above after again against all also am an and any are aren't as at be because been before being below "
    "between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each "
    "either else ever every few for from further had hadn't has hasn't have haven't having he her here hers herself "
    "him himself his how however i if in into is isn't it it's its itself just let me might more most much must my "
    "myself no nor not of off on once only or other our ours ourselves out over own per please rather same shall she "
    "should shouldn't since so some such tell than that the their theirs them themselves then there these they this "
    "those through thus to too under until up upon us very was wasn't we were weren't what when where whether which "
    "while who whom whose why will with within without won't would wouldn't yet you your yours yourself yourselves 's "
    "s t ll re ve d m mr mrs ms".split()
)
"""Words that say how a sentence is built, not what it is about."""

_CALLED_LIKE_STOPWORDS = frozenset({"US", "U.S", "WHO"})
"""Names that are words of another kind but for their capitals."""
_TOKEN = re.compile(r"\d+(?:[A-Z]\b|[^\W\d_]{3,})|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[’'.&-]?[^\W_]+)*|\d[\w]*")
_POSSESSIVE = re.compile(r"[’']s?$")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_MARKS = re.compile("[\u0300-\u036f]+")
_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h"}
)
_stemmer = Stemmer.Stemmer("english", 0)  # without its own cache
_stemming = threading.Lock()  # the stemmer keeps its state in itself


class Word(NamedTuple):
    """One word of a text: text[start:end], its lower-cased stem, whether it begins with a capital.

    meaningful: whether it carries meaning of its own.
    """

    text: str
    start: int
    end: int
    stem: str
    capital: bool
    meaningful: bool


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one word, lower-cased, without a possessive ending."""
    bare = unowned(unmarked(word.lower().replace("’", "'")))
    if bare and bare[0].isdigit():
        return bare.replace(",", "")
    bare = whole_characters(bare.replace(".", ""))
    if bare in _ROMAN and (bare != "xi" or word.isupper()):  # Xi is somebody
        return _ROMAN[bare]
    with _stemming:
        return str(_stemmer.stemWord(BASE.get(bare, bare))) or bare


def stems_of(listed: str) -> frozenset[str]:
    """Return the stems of words that stand in one text with nothing but blanks between them."""
    return frozenset(map(stem, listed.split()))


def owning(word: str) -> bool:
    """Whether a word ends as an owner's name does: "Israel's", "states'"."""
    return _POSSESSIVE.search(word) is not None


def unowned(text: str) -> str:
    """Return a text without the ending of an owner."""
    return _POSSESSIVE.sub("", text)


def unmarked(word: str) -> str:
    """Return a word without accents, as the search for words reads it: one outlet's Erdoğan is another's Erdogan."""
    return word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word)).translate(_UNMARKED)


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; a hyphenated word is split into its parts."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        token, at = match[0], match.start()
        for piece in token.split("-") if "-" in token else (token,):
            found.append(Word(piece, at, at + len(piece), *_known(piece)))
            at += len(piece) + 1
    return tuple(found)


@lru_cache(maxsize=200_000)
def _known(piece: str) -> tuple[str, bool, bool]:
    """Return a word's stem, whether it begins with a capital, and whether it carries meaning."""
    meaningful = piece in _CALLED_LIKE_STOPWORDS or piece.lower().replace("’", "'") not in STOPWORDS
    return stem(piece), piece[:1].isupper(), meaningful


@lru_cache(maxsize=4_000)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry meaning."""
    return frozenset(word.stem for word in words(text) if word.meaningful)


def paired(one: str, other: str) -> float:
    """Return the share of a text's neighbouring words that bear meaning that are neighbours in the other, in [0, 1]."""
    mine, theirs = _neighbours(one), _neighbours(other)
    return len(mine & theirs) / len(mine) if mine else 0.0


@lru_cache(maxsize=4_000)
def _neighbours(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(word.stem for word in words(text) if word.meaningful))


def initials(name: str) -> str:
    """Return the first letters of the words that have a capital: "World Health Organization" is WHO."""
    return "".join(word.text[0] for word in words(name) if word.capital)


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Return the share of the smaller set that is in the other, in [0, 1]; 0 where one is empty."""
    first, second = set(one), set(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
