"""The short answer: the stretch of a sentence that answers the question, weighed against all others of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.amounts import AMOUNTS
from assistant.candidate import Candidate
from assistant.contest import is_loser
from assistant.doer import bears_title
from assistant.holder import holders
from assistant.learned import believed, learned, weighed
from assistant.nouns import PERSON_NOUNS
from assistant.question import Question
from assistant.reading import odds
from assistant.scoring import Rarity, Scored, ahead
from assistant.stretch import as_read, stretches
from assistant.values import Value, values
from assistant.words import content, stems_of, words
from assistant.written_dates import TIME_NAMES

if TYPE_CHECKING:
    from index.excerpt import Reading

SURE_OF_VALUE, SURE_OF_PHRASE = 0.12, 0.18
"""Beliefs from which a short answer counts as one of its sentence."""
SURE, SURE_OF_ANOTHER = 0.39, 0.6
"""Beliefs from which a short answer is set off, where a wrong one costs more than none; more is asked of one whose
sentence may be of another matter. docs/evaluation.md has what they cost."""
_AHEAD = 4.0
"""How far ahead of the next a sentence counts at most: log odds, as scores are."""

_MOST_OF = 0.7
_ROLE = 5.0
"""Added to the score of a name that bears the title asked for, or lost where the loser is."""
_APPOSED = re.compile(r",? (?:(?:a|an|the|then|former|late|current|new|its|his|her|their) ){0,3}")
_HEDGE = re.compile(
    r"\b((?:(?:no |not )?(?:more|less|fewer) than|at (?:least|most)|as (?:many|much|few) as|close to"
    r"|(?<!\bgo )(?<!goes )(?<!went )(?<!gone )(?<!going )up to|about|around"
    r"|approximately|roughly|nearly|almost|over|under|above|below|some|an estimated|only|just) )$",
    re.IGNORECASE,
)
_TIMES = stems_of(
    "second minute hour day week month year decade century morning evening night today tomorrow yesterday "
    "time date come next last past previous following recent same first early late end begin start spring summer "
    f"autumn winter may {' '.join(TIME_NAMES)}"
)
_VAGUE = stems_of(
    "significant major large big great small important considerable serious new several many various "
    "numerous different other certain special strong key main"
)
"""What tells no more of a thing than that there is something to tell."""
_PART_OF_TIME = re.compile(
    r"\b((?:the )?(?:end|beginning|start|middle|summer|spring|autumn|fall|winter"
    r"|(?:first|second|third|fourth|last|final) (?:half|quarter|week|weekend)) of (?:the )?"
    r"|(?:early|late)(?: in)? |mid-)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could)\b")
_DEFINED = re.compile(
    r"^\W*what (?:is|are) (?:an? )?[a-z]+(?:(?: [a-z]+)? (?:according to|as defined by|under) [^?]+)?\W*$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?<=[\w,] )(The )$")
_HOW_OLD_ARE = re.compile(r"\bhow old (?:are|were)\b", re.IGNORECASE)
_OF_AGE = re.compile(r"[- ]old\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """The best candidate of a sentence.

    belief: its share against all other candidates, in (0, 1). near: how close the question's words stand to it.
    read: log share of being the answer as the sentence was read, at least -5. whole: it is most of the sentence.
    """

    text: str
    start: int
    end: int
    value: Value | None
    score: float
    belief: float
    near: float
    read: float
    whole: bool = False

    def shown(self, question: Question) -> bool:
        """Whether a few words are asked for, and it is likely to be them; a value of the asked kind is sooner."""
        if question.asked in ("yes-no", "choice", "reason", "manner", "open") or question.told or question.identity:
            return False
        if not question.kinds and (content(self.text) <= _TIMES or content(self.text) <= _VAGUE):
            return False  # "the coming month" is no trip, "significant" no kind of aid
        if _DEFINED.match(question.text) and (
            (self.value is not None and self.value.kind == "name") or content(self.text) & question.stems
        ):
            return False  # nobody is what inflation is, nor is existential risk what a risk is
        if not question.kinds and _CLAUSE.search(self.text):
            return False  # "the limit is dead" is no thing
        if self.whole or content(self.text) <= question.stems:
            return False  # the sentence, or the question, says it as shortly
        return self.belief >= (SURE_OF_VALUE if self.fitting(question) else SURE_OF_PHRASE)

    def fitting(self, question: Question) -> bool:
        """Whether it is a value of the asked kind."""
        return self.value is not None and self.value.kind in question.kinds

    def measured(self, question: Question, scored: Sequence[Scored]) -> dict[str, float]:
        """Return what speaks for setting it off, by name. scored: its sentence first, then the others."""
        features = scored[0].features
        return {
            "constant": 1.0,
            "belief": self.belief,
            "short score": self.score / 10,
            "short read": self.read,
            "fitting": float(self.fitting(question)),
            "read": odds(scored[0]),
            "ahead": min(ahead(scored), _AHEAD),
            "deeds": features.deeds,
            "meaning": features.meaning,
            "topical": features.topical,
        }

    def right(self, question: Question, scored: Sequence[Scored]) -> float:
        """Return the belief that it is right. scored: its sentence first, then the others."""
        return believed("setting off", self.measured(question, scored))

    def set_off(self, question: Question, scored: Sequence[Scored], *, stands: bool) -> bool:
        """Whether it is sure enough to stand above the sentences. stands: its sentence can tell what is asked for."""
        if (
            _HOW_OLD_ARE.search(question.text)
            and sum(value.kind in AMOUNTS for value in values(scored[0].unit.text)) > 1
        ):
            return False  # of two children, one age
        return self.shown(question) and self.right(question, scored) >= (SURE if stands else SURE_OF_ANOTHER)


_VOTED = re.compile(
    r" votes? to (?:\d[\d,]*|none|nil|[a-z]+(?:-[a-z]+)?)(?=[^\w]*(?:$|[,.;)]| (?:on|in|at|with|for|by|and)\b))"
)
"""What a vote goes on to: "five votes to four" is not five."""


def hedged(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the words that bound it: "more than 6,000" is not 6,000, a "33-year-old" no "33-year".

    A capital "The" within a sentence is part of the name: "The Hague".
    """
    numbered = any(char.isdigit() for char in sentence[start:end])
    before = (_PART_OF_TIME.search(sentence[:start]) or _HEDGE.search(sentence[:start])) if numbered else None
    aged = _OF_AGE.match(sentence, end) if numbered else None
    if against := _VOTED.match(sentence, end):
        return start, against.end()
    before = before or (None if numbered else _TITLE.search(sentence[:start]))
    return (before.start(1) if before else start), aged.end() if aged else end


def _bearer(sentence: str, chosen: Candidate, others: Sequence[Candidate]) -> Candidate:
    """Return the person where a title in apposition was chosen: "Benny Gantz, former Israeli Defense Minister"."""
    if not {word.stem for word in words(sentence[chosen.start : chosen.end])} & PERSON_NOUNS:
        return chosen
    if any(chosen.start <= holder.start and holder.end <= chosen.end for holder in holders(sentence)):
        return chosen  # "the United States, President Ilham Aliyev"
    for other in others:
        if other.value is None or other.value.kind != "name" or other.value.stems & PERSON_NOUNS:
            continue
        if _APPOSED.fullmatch(sentence[other.end : chosen.start]) or _APPOSED.fullmatch(
            sentence[chosen.end : other.start]
        ):
            return other
    return chosen


def _told(question: Question, sentence: str, one: Candidate) -> bool:
    """Whether a sentence says in so many words of a name that it has the title asked for, or that it lost."""
    return bears_title(question, sentence, one) or is_loser(question.text, sentence, one.start, one.end)


def best(question: Question, sentence: str, weights: Rarity, reading: Reading | None) -> Found | None:
    """Return the likeliest answer of a sentence; None where no candidate is of the asked kind."""
    model = learned("short")
    scored = [
        (weighed(model, measured), measured["near"], candidate)
        for candidate, measured in stretches(question, sentence, weights, reading, fitting=True)
    ]
    if not scored:
        return None
    scored = [(score + _ROLE * _told(question, sentence, one), near, one) for score, near, one in scored]
    score, near, chosen = max(scored, key=lambda row: (row[0], -row[2].start, row[2].end))
    belief = 1.0 / sum(math.exp(other - score) for other, _, _ in scored)
    if question.person:
        chosen = _bearer(sentence, chosen, [candidate for _, _, candidate in scored])
    text = sentence[chosen.start : chosen.end]
    whole = len(words(text)) > _MOST_OF * len(words(sentence))
    read = as_read(reading, chosen)
    return Found(text, chosen.start, chosen.end, chosen.value, score, belief, near, read, whole)
