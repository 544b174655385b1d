"""Names of a sentence and of its quotes: which are the same, and which the quotes do not hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.amounts import amount
from assistant.evidence import Unit
from assistant.leaning import leans
from assistant.synonyms import LANDS
from assistant.values import names
from assistant.words import initials, stem, stems_of, words

_OWNER = re.compile(r"\b(?:his|her|its|their|our|my|whose)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|hers|him|their|them|its|we|our|I|my|who|the (?:[a-z]+ )?[a-z]+)\b")
_DEMONYM = re.compile(r"(?:ians?|ans?|ern|ese|is|i|ish|ch|ns?|s)$")
_COMMON_OPENERS = frozenset(
    "about around nearly almost roughly officials police authorities researchers scientists residents "
    "prices people workers".split()
)
_COMMON_ENDINGS = ("ly", "ing", "ed", "tion", "ment", "ers", "ors", "ists", "ies", "ness", "als")
_TITLES = stems_of(
    "president prime foreign minister vice chancellor king queen prince princess pope senator sen representative rep "
    "congressman congresswoman governor gov mayor judge justice secretary general attorney doctor dr professor prof mr "
    "mrs ms sir lord lady dame captain colonel major lieutenant sergeant admiral chief executive officer ceo director "
    "chairman chairwoman chair commissioner ambassador spokesman spokeswoman spokesperson coach reverend saint company "
    "group bank club party government ministry department court city state house senate council committee university "
    "team union board agency office parliament congress army police church museum hospital school"
)
"""Words that name an office or a kind of body: "the Minister" may stand for whoever it is."""
_SPELT_OUT = {"united states": "us", "united kingdom": "uk", "great britain": "uk", "united states of america": "us"}


def missing_name(sentence: str, quotes: Sequence[Unit]) -> str:
    """Return a name of the sentence that neither the quotes nor the heads of their articles hold; empty without one."""
    held = {form for one in quotes for form in _forms(one.text)}
    heads = {form for one in quotes for form in _forms(one.frame)}
    short = {form for one in quotes for form in _acronyms(f"{one.text}\n{one.frame}")}
    near = heads | {
        form for one in quotes if leans(one.text) or _PRONOUN.search(one.text) for form in _forms(one.nearby())
    }
    plain = [word for word in words(sentence) if word.meaningful and not word.capital]
    subject = min((word.start for word in plain if word.stem in held), default=len(sentence))
    owned = any(_OWNER.search(one.text) for one in quotes)
    for name in names(sentence):
        absent = [
            word
            for word in words(name.text)
            if word.meaningful and not word.text[0].isdigit() and not _held(word.text, held)
        ]
        if (
            not absent
            or amount(name.text) is not None
            or (name.start == 0 and " " not in name.text and _common(name.text))
        ):
            continue
        letters = initials(name.text).lower()
        if (len(letters) > 1 and letters in held) or name.text.lower() in short:
            continue
        if _SPELT_OUT.get(name.text.lower(), name.text.lower()) in _meant(held | short):
            continue
        # A pronoun of the quote may be named, and what the headline names, where a subject or owner stands; elsewhere
        # a name was put in. The outlet and the author may be named anywhere: "…, Coast Post reports".
        stands = name.start < subject or (owned and sentence[name.end : name.end + 2] in ("'s", "’s"))
        if _forms(name.text) <= {form for one in quotes for form in _forms(one.source)}:
            continue
        if stands and all(_held(word.text, near) for word in absent):
            continue
        return name.text
    return ""


def same_name(one: str, other: str) -> bool:
    """Whether two names may mean the same: they share a word, a country, or one is the other's initials."""
    mine = {word.text.lower() for word in words(one) if word.meaningful}
    theirs = frozenset(form for word in words(other) if word.meaningful for form in (word.stem, word.text.lower()))
    shared = [word for word in mine if _held(word, theirs)]
    if any(stem(word) not in _TITLES for word in shared) or (shared and len(shared) == len(mine)):
        return True
    short = {one.lower().replace(".", ""), other.lower().replace(".", "")}
    if short & (_acronyms(one) | _acronyms(other)):
        return True
    return any(
        _SPELT_OUT.get(name.lower(), "") in _meant({other_name.lower(), *words_of})
        for name, other_name, words_of in ((one, other, theirs), (other, one, mine))
        if name.lower() in _SPELT_OUT
    )


def titled(name: str) -> bool:
    """Whether a name is nothing but an office or a kind of body: "Prime Minister", "the Court"."""
    return all(word.stem in _TITLES for word in words(name) if word.meaningful)


def _meant(held: Collection[str]) -> set[str]:
    """Return the words by which the countries are known that are held in any of theirs."""
    return {form for group in LANDS if not group.isdisjoint(held) for form in group}


def _common(word: str) -> bool:
    return word.lower() in _COMMON_OPENERS or word.endswith(_COMMON_ENDINGS)


def _held(word: str, forms: Collection[str]) -> bool:
    lower = stem(word)
    if lower in forms or word.lower().rstrip("’'s") in forms:
        return True
    if any(word.lower().rstrip(".") in group and not group.isdisjoint(forms) for group in LANDS):
        return True
    root = _DEMONYM.sub("", lower)
    return len(root) >= 4 and any(form.startswith(root) and abs(len(form) - len(lower)) <= 4 for form in forms)


@lru_cache(maxsize=5_000)
def _forms(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text)) | frozenset(word.text.lower() for word in words(text))


@lru_cache(maxsize=2_000)
def _acronyms(text: str) -> frozenset[str]:
    found: set[str] = set()
    for name in names(text):
        letters = initials(name.text).lower()
        found |= {letters, letters[-2:], letters[-3:]}
    return frozenset(found)
