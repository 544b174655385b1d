"""How a question is put, and where a short answer stands beside the words it asks with."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asked import ASKERS
from assistant.question import Question
from assistant.synonyms import synonyms_of
from assistant.words import Word, words

BREAK = re.compile(r"[,;:()\[\]“”\"—–!?…]|\.\s|\s-\s|'\s|\s'")
"""What parts the clauses of a sentence."""

_DO = frozenset("do does did can could will would should may might must has have had".split())
_BE = frozenset("is are was were be been".split())
_PREPOSITIONS = frozenset(
    "in on at of to for from by with about into over under during after before between against through as".split()
)
_PARTICIPLE = ("ed", "en", "wn", "ught", "ing")
_ADJECTIVE = re.compile(r"(?:ish|ian|ese|ean|can|ic|ch)$")
_NUMBER = re.compile(r"\b(?:what|which)\s+(\w+)\s+\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """How a question is put.

    way: which part of a sentence is asked for: its subject, its object, what a "was" leads to, … deed: the stem of the
    verb, as far as word order tells. last: the stem of the last bearing word. bound: the preposition that the answer
    hangs on, or empty. number: whether one or several are asked for, "?" where nothing tells.
    """

    way: str
    deed: str
    last: str
    bound: str
    number: str


@lru_cache(maxsize=1_000)
def formed(text: str) -> Form:
    """Return how a question is put."""
    listed = words(text)
    lower = [word.text.lower() for word in listed]
    last = next((word.stem for word in reversed(listed) if word.meaningful), "")
    number = _number(text)
    at = next((place for place, word in enumerate(lower) if word in ASKERS), None)
    if at is None:
        return Form("none", last, last, "", number)
    leading = lower[at - 1] if at and lower[at - 1] in _PREPOSITIONS else ""
    bound = leading or (lower[-1] if lower[-1] in _PREPOSITIONS else "")
    if at > 2 and at > len(lower) - 4:
        return Form("gap", last, last, bound, number)
    way, deed = _way(listed, lower, at)
    return Form(way, deed or last, last, bound, number)


def _way(listed: Sequence[Word], lower: Sequence[str], at: int) -> tuple[str, str]:
    helping = next((place for place in range(at + 1, len(lower)) if lower[place] in _DO | _BE), None)
    if helping is None:  # "Who won …?", "What treaty ended …?"
        after = [word.stem for word in listed[at + 1 :] if word.meaningful]
        return "subject", after[min(lower[at] != "who", len(after) - 1)] if after else ""
    rest = [word for word in listed[helping + 1 :] if word.meaningful and not word.capital]
    if lower[helping] in _DO:
        named = helping + 1 < len(listed) and listed[helping + 1].capital
        if named or lower[helping] in ("do", "does", "did"):
            return "object", rest[-1].stem if rest else ""
        between = any(word.meaningful for word in listed[at + 1 : helping])
        return "helped" if between else "helped bare", rest[0].stem if rest else ""
    participle = next((word for word in rest if word.text.lower().endswith(_PARTICIPLE)), None)
    if participle is None:
        return "being", rest[0].stem if rest else ""
    follows = helping == at + 1 and listed[helping + 1] is participle
    return "passive subject" if follows else "passive", participle.stem


def _number(text: str) -> str:
    match = _NUMBER.search(text)
    first = match[1].lower() if match else ""
    if first in ("is", "was"):
        return "one"
    return "several" if first in ("are", "were") or re.fullmatch(r"\w*[^s]s", first) else "?"


def clauses(sentence: str, listed: Sequence[Word]) -> list[int]:
    """Return for each word the number of the clause it stands in, from 0; marks part them."""
    found, clause = [], 0
    for at, word in enumerate(listed):
        if at and BREAK.search(sentence, listed[at - 1].end, word.start + 1):
            clause += 1
        found.append(clause)
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence as a question finds it. clause_of: of each word. held: the question's weight in each clause.

    deeds, lasts: where the question's verb and its last word stand.
    """

    sentence: str
    listed: Sequence[Word]
    form: Form
    asked: str
    clause_of: Sequence[int]
    held: Mapping[int, float]
    deeds: Sequence[int]
    lasts: Sequence[int]
    terms: frozenset[str]
    focus: frozenset[str]

    @classmethod
    def of(
        cls,
        question: Question,
        asked: str,
        sentence: str,
        listed: Sequence[Word],
        matched: Sequence[tuple[int, float]],
    ) -> Ground:
        """Return what a question finds in a sentence. matched: where its words stand, with their weights."""
        form, clause_of = formed(question.text), clauses(sentence, listed)
        held: dict[int, float] = {}
        for at, weight in matched:
            held[clause_of[at]] = held.get(clause_of[at], 0.0) + weight
        return cls(
            sentence,
            listed,
            form,
            asked,
            clause_of,
            held,
            [at for at, word in enumerate(listed) if word.stem == form.deed or word.stem in synonyms_of(form.deed)],
            [at for at, word in enumerate(listed) if word.stem == form.last],
            question.stems,
            question.wanted,
        )

    def placed(self, first: int, last: int) -> dict[str, float]:
        """Return what is measured of the stretch from word `first` to word `last`, by name."""
        listed, way = self.listed, self.form.way
        clause, opening, ending = self.clause_of[first], listed[first], listed[last]
        beside = self.held.get(clause, 0.0)
        lone = first == last
        inside = {word.stem for word in listed[first : last + 1]}
        capital = "capital" if opening.capital else "plain"
        measured = {
            "clause": beside,
            f"clause|{way}": beside,
            "other clauses": sum(self.held.values()) - beside,
            f"first clause|{way}": float(clause == 0),
            f"way={way}|first={clause == 0}|{capital}": 1.0,
            "in brackets": float(self.sentence[: opening.start].rstrip().endswith("(")),
            f"adjective|{self.asked}": float(lone and opening.capital and bool(_ADJECTIVE.search(opening.text))),
            "lone opener": float(lone and first == 0),
            f"lone adverb|{self.asked}": float(lone and opening.text.lower().endswith("ly")),
            f"several={ending.text.lower().endswith('s')}|{self.form.number}": 1.0,
            "focus only inside": float(bool(inside & self.focus) and not inside <= self.terms),
            f"ends with focus|{way}": float(ending.stem in self.focus),
            f"starts with focus|{way}": float(opening.stem in self.focus),
            f"before focus|{way}": float(last + 1 < len(listed) and listed[last + 1].stem in self.focus),
            f"after focus|{way}": float(first > 0 and listed[first - 1].stem in self.focus),
        }
        for name, places in (("deed", self.deeds), ("last", self.lasts)):
            before = [math.exp(-(first - at - 1) / 2) for at in places if at < first]
            after = [math.exp(-(at - last - 1) / 2) for at in places if at > last]
            measured[f"{name} before|{way}"] = max(before, default=0.0)
            measured[f"{name} after|{way}"] = max(after, default=0.0)
        if self.form.bound:
            bound = first > 0 and listed[first - 1].text.lower() == self.form.bound
            measured["bound" if bound else "unbound"] = 1.0
        if first:
            measured |= self._cut("before", listed[first - 1], opening, listed[first - 1])
        if last + 1 < len(listed):
            measured |= self._cut("after", ending, listed[last + 1], listed[last + 1])
        return measured

    def _cut(self, side: str, one: Word, other: Word, outside: Word) -> dict[str, float]:
        """Return whether the stretch is cut out of a phrase: a word that bears meaning follows without a mark."""
        if self.sentence[one.end : other.start].strip() or not outside.meaningful:
            return {}
        measured = {f"cut {side} matched" if outside.stem in self.terms else f"cut {side}": 1.0}
        if one.capital and other.capital:
            measured[f"cut name {side}"] = 1.0
        return measured
