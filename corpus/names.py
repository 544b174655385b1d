"""Names of people and outlets as everybody sees them: two that look the same are the same, however they were written.

A filter asks for "Reuters", and outlets are counted as witnesses; with a Cyrillic "е" in it, or a letter that nobody
sees, a name would pass for another's and count as one more.
"""

from __future__ import annotations

import re
import unicodedata

from corpus.signs import DIRECTION_MARKS, FILLERS

# Marks of direction, fillers without width, tags: beyond what `corpus.cleaning` takes out of texts.
_UNSEEN = re.compile(
    f"[{DIRECTION_MARKS}{FILLERS}\u034f\u17b4\u17b5\u180b-\u180f\u2061-\u206f\ufe00-\ufe0e\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# Joiners shape the letters of Persian and Hindi and the faces of a family; beside other signs they do nothing.
_SHAPED = "\u0600-\u1fff\u2190-\U0010ffff"
_IDLE_JOINER = re.compile(f"(?<![{_SHAPED}])[\u200c\u200d]|[\u200c\u200d](?![{_SHAPED}])")
# Letters in the full width of ideographs, or in the bold, script and double-struck of mathematics.
_COSTUMES = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]+")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_TWINS = tuple(
    (re.compile(letters), dict(zip(theirs, latin, strict=True)), dict(zip(latin, theirs, strict=True)))
    for letters, theirs, latin in (
        ("[\u0400-\u052f]", "асеорхуіјѕһԁԛԝАВСЕНІЈКМОРЅТХУ", "aceopxyijshdqwABCEHIJKMOPSTXY"),
        ("[\u0370-\u03ff]", "οναριυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovapiuABEZHIKMNOPTYX"),
    )
)
"""Cyrillic and Greek: their letters, those that look like Latin ones, and the other way round."""


def visible(text: str) -> str:
    """Return a cleaned line without what nobody sees."""
    # Normalised again: what stood between a letter and its accent may be gone.
    return " ".join(unicodedata.normalize("NFC", _IDLE_JOINER.sub("", _UNSEEN.sub("", text))).split())


def as_seen(name: str) -> str:
    """Return a name in the letters that it seems to be in.

    A word of two alphabets is put into one where it then looks the same, else it stays. A word that is
    wholly of another alphabet is that: "АР" in Cyrillic letters cannot be told from a word of that language.
    """
    plain = _COSTUMES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), visible(name))
    if plain.isascii():
        return plain
    return unicodedata.normalize("NFC", _WORD.sub(lambda match: _of_one_alphabet(match[0]), plain))


def _of_one_alphabet(word: str) -> str:
    for letters, latin, theirs in _TWINS:
        foreign, native = letters.findall(word), _LATIN.findall(word)
        if not foreign or not native:
            continue
        twins = latin if all(letter in latin for letter in foreign) else theirs
        if twins is latin or all(letter in theirs for letter in native):
            word = "".join(twins.get(letter, letter) for letter in word)
    return word
