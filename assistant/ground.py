"""A sentence as a question finds it: where the words asked with stand, and how a stretch stands beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.candidate import BREAK
from assistant.form import Form, formed
from assistant.question import Question
from assistant.scoring import Rarity
from assistant.synonyms import with_synonyms
from assistant.words import Word, words

_ADJECTIVE = ("ish", "ian", "ese", "ean", "can", "ic", "ch")


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
    """A sentence as a question finds it. asked: the kind of answer, and whether that is a person.

    weights: of the question's words. matched: where they stand, with their shares of all weight. clause_of: of each
    word. held: the question's share in each clause. deeds, lasts, foci: where its verb, its last word and what it asks
    for stand. terms, focus: stems of all its words, and of what it asks for. stated: keys of the values in it.
    """

    sentence: str
    listed: Sequence[Word]
    form: Form
    asked: str
    weights: Rarity
    matched: Sequence[tuple[int, float]]
    clause_of: Sequence[int]
    held: Mapping[int, float]
    deeds: Sequence[int]
    lasts: Sequence[int]
    foci: frozenset[int]
    terms: frozenset[str]
    focus: frozenset[str]
    stated: frozenset[str]

    @classmethod
    def of(cls, question: Question, sentence: str, weights: Rarity) -> Ground:
        """Return what a question finds in a sentence."""
        form, listed = formed(question.text), words(sentence)
        clause_of, told = clauses(sentence, listed), with_synonyms([form.deed])
        total = sum(weights.values()) or 1.0
        matched = [(at, weights[word.stem] / total) for at, word in enumerate(listed) if word.stem in weights]
        held: dict[int, float] = {}
        for at, weight in matched:
            held[clause_of[at]] = held.get(clause_of[at], 0.0) + weight
        return cls(
            sentence=sentence,
            listed=listed,
            form=form,
            asked=question.asked + ("+person" if question.person else ""),
            weights=weights,
            matched=matched,
            clause_of=clause_of,
            held=held,
            deeds=[at for at, word in enumerate(listed) if word.stem in told],
            lasts=[at for at, word in enumerate(listed) if word.stem == form.last],
            foci=frozenset(at for at, word in enumerate(listed) if word.stem in question.wanted),
            terms=question.stems,
            focus=question.wanted,
            stated=frozenset(value.key for value in (*question.names, *question.numbers)),
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
            f"adjective|{self.asked}": float(lone and opening.capital and opening.text.endswith(_ADJECTIVE)),
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
