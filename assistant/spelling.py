"""Words of a question that occur nowhere, read as the near word that does: typos, and names spelt differently."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.amounts import COUNTING
from assistant.values import names
from assistant.words import content, initials, stem, unmarked, unowned, words
from index.common_words import common

_SHORTEST = 5
_LONG = 9
_INITIALS = 3
"""Letters of initials that are read as any name of such words: two fit too many."""
_WORDS = frozenset({"us", "un", "ai", "fed", "who"})
"""Initials that are a word or a syllable in lower case."""
_MIXED = frozenset({"Fed", "BoE", "BoJ", "DoJ"})
"""Short names that are not all capitals."""
_MEANT = {
    "AI": "artificial intelligence",
    "BOE": "bank of england",
    "BOJ": "bank of japan",
    "CEO": "chief executive",
    "CFO": "chief financial officer",
    "DOJ": "department of justice",
    "EU": "european union",
    "EV": "electric vehicle",
    "FED": "federal reserve",
    "GDP": "gross domestic product",
    "IPO": "initial public offering",
    "LNG": "liquefied natural gas",
    "MP": "member of parliament",
    "NGO": "non-governmental organisation",
    "PM": "prime minister",
    "UK": "united kingdom",
    "UN": "united nations",
    "US": "united states",
    "VAT": "value-added tax",
}


def respelt(question: str, absent: Collection[str], found: Sequence[str]) -> str:
    """Return the question with each absent word replaced by the one nearest to it in the texts found, if any is near.

    absent: stems that occur nowhere. Initials stand for the name they abbreviate, and it for them. One letter may
    differ, two in a long word that is no name; numbers are never touched, and neither are short words: Iran is not
    Iraq, unless the other words of a name tell whose it is. A name keeps its first letter: Gambia is not Zambia. A
    common word is no slip, a crowd no crown, and neither is who does what the texts tell of.
    """
    question = _with_whole_names(_in_the_other_form(question, absent, found), absent, found)
    spelt = (word.text for text in found for word in words(text) if len(word.text) >= _SHORTEST)
    known = dict.fromkeys(word for word in spelt if word.lower() not in COUNTING)  # "right" is no slip for eight
    corrected, deeds = question, frozenset(told for text in found for told in content(text))
    for word in words(question):
        own = unowned(word.text)
        if word.stem in absent and len(own) >= _SHORTEST and own.isalpha():
            if own.islower() and (common(own) or not _doing(own).isdisjoint(deeds)):
                continue
            near = _nearest(own, known)
            if near:
                shown = near if word.capital or near[:1].islower() else near.lower() if own.islower() else near
                corrected = re.sub(rf"\b{re.escape(own)}\b", unowned(shown), corrected, count=1)
    return corrected


def _in_the_other_form(question: str, absent: Collection[str], found: Sequence[str]) -> str:
    """Return the question with absent initials spelt out, and absent names as initials, as the texts have them."""
    shown = {word.text for text in found for word in words(text) if word.text.isupper() or word.text in _MIXED}
    short = {word.upper(): word for word in shown}
    parts = (part for text in found for name in names(text) for part in name.text.split(". "))  # two sentences meet
    whole = (part.removeprefix("The ") for part in parts)
    long = {initials(name): name for name in whole}
    told = "\n".join(found)
    known = {
        mark: match[0] for mark, one in _MEANT.items() if (match := re.search(re.escape(one), told, re.IGNORECASE))
    }
    for word in words(question):
        said = unowned(word.text)
        small = said.islower() and said not in _WORDS
        if word.stem in absent and (said.isupper() or small or said in _MIXED) and said.isalpha():
            mark = said.upper()
            meant = (long.get(mark) if len(mark) >= _INITIALS and not small else None) or known.get(mark)
            if meant:
                question = re.sub(rf"\b{said}\b", meant, question, count=1)
    for name in names(question):
        mark = initials(name.text)
        if len(mark) >= _INITIALS and mark in short and all(word.stem in absent for word in words(name.text)):
            question = question.replace(name.text, short[mark], 1)
    for mark, phrase in _MEANT.items():
        if mark in short and phrase in question.lower() and all(word.stem in absent for word in words(phrase)[-1:]):
            question = re.sub(re.escape(phrase), short[mark], question, count=1, flags=re.IGNORECASE)
    return question


def _with_whole_names(question: str, absent: Collection[str], found: Sequence[str]) -> str:
    """Return the question with names as the texts have them, where one word of several has a letter too many or few."""
    known = {name.text: name.text.split() for text in found for name in names(text) if " " in name.text}
    for name in names(question):
        asked = name.text.split()
        for text, told in known.items() if len(asked) > 1 else ():
            apart = [pair for pair in zip(asked, told, strict=False) if pair[0] != pair[1]]
            if len(told) != len(asked) or len(apart) != 1:
                continue
            own, other = apart[0]
            near = own[0] == other[0] and own.isalpha() and _distance(_letters(own), _letters(other), 1) <= 1
            if near and all(word.stem in absent for word in words(own)):
                question = question.replace(name.text, text, 1)
                break
    return question


_DOING = re.compile(r"(\w{2,}?)(?:er|or)s?")


def _doing(word: str) -> frozenset[str]:
    """Return the stems of the deeds that a word may be the doer of: "winner" of win, "maker" of make."""
    match = _DOING.fullmatch(word)
    if match is None:
        return frozenset()
    deed = match[1]
    undoubled = deed[:-1] if deed[-1:] == deed[-2:-1] else deed
    return frozenset(map(stem, (deed, f"{deed}e", undoubled)))


_OF_A_PEOPLE = frozenset("an ian n i ish ese s".split())
"""What a country's people have more than it: Ostrian is no slip for Ostria."""


def _nearest(word: str, known: Iterable[str]) -> str | None:
    lower = _letters(word)
    most = 2 if len(word) >= _LONG and word[:1].islower() else 1
    best = min(
        (
            (distance, candidate)
            for candidate in known
            if not (
                word[:1].isupper()
                and (
                    unmarked(word[:1]) != unmarked(candidate[:1].upper())
                    or word.lower().removeprefix(unowned(candidate.lower())) in _OF_A_PEOPLE
                )
            )
            and (distance := _distance(lower, _letters(candidate), most)) <= most
        ),
        default=None,
    )
    return best[1] if best else None


def _letters(word: str) -> str:
    return "".join(char for char in unmarked(word.lower()) if char.isalpha())


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters have to be changed, added, dropped or swapped with the next; over `most`, just more."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:  # a change swaps one letter for one
        return most + 1
    rows = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, start=1):
        row = [at]
        for place, against in enumerate(other, start=1):
            cost = min(rows[-1][place] + 1, row[-1] + 1, rows[-1][place - 1] + (letter != against))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == against:
                cost = min(cost, rows[-2][place - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
