"""Whether the evidence is enough: the question's names, numbers, roles and asked-for kind, not similarity alone."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.form import formed
from assistant.holding import AMOUNTS, NEAR, SIMPLE, unheld
from assistant.learned import learned, weighed
from assistant.question import Question
from assistant.relations import contradicts, other_object, relations
from assistant.scoring import Rarity, Scored, coverage
from assistant.short import Found
from assistant.synonyms import alike, untold
from assistant.values import values
from assistant.words import content

ENOUGH, ENOUGH_OF_SMALL = 0.3, 0.4
"""Beliefs from which an answer is shown; the training script prints what each costs in false refusals."""
COUNTED = 8
"""Sentences looked through for what is to be counted."""
SMALL = 60
"""Passages below which no word is rare enough to weigh what it weighs in a large index."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """enough: show an answer. reason: why not, as `refusal` words it. belief: that it is enough, 0 to 1.

    differ: texts that came with the question contradict one another on it.
    """

    enough: bool
    reason: str = ""
    belief: float = 0.0
    differ: bool = False


def features(
    question: Question,
    scored: Sequence[Scored],
    weights: Rarity,
    *,
    absent: Collection[str],
    shorts: Sequence[Found | None],
) -> dict[str, float]:
    """Return what is measured of the evidence as a whole, by name.

    absent: stems of the question that occur in no passage. shorts: the best short answers of the first sentences.
    """
    total = sum(weights.values()) or 1.0
    top = scored[0]
    leading = scored[:3]
    own = content(top.unit.text)
    reach = own | content(top.unit.title) | content(top.unit.hit.passage.text)
    united = frozenset[str]().union(*(content(item.unit.text) for item in leading))
    near_by = own | content(top.unit.title) | top.unit.content_before()
    names = [set(name.key.split()) for name in question.names]
    years = {value.text for value in question.numbers if value.kind == "date"}
    stated = {value.text for value in values(top.unit.text) if value.kind == "date"}
    heaviest = max(weights.values(), default=1.0) or 1.0
    short = shorts[0] if shorts else None
    given = [(item, found) for item, found in zip(scored, shorts, strict=False) if found]
    fitting = [
        (item, found)
        for item, found in given
        if not question.kinds or (found.value and found.value.kind in question.kinds)
    ]
    lost = sum(weights.get(stem, 0.0) for stem in absent) / total
    group = _GROUPS.get(question.asked, "thing")
    measured = {
        "constant": 1.0,
        **{name: value for name, value in top.features.named().items() if name in _TAKEN},
        "best covered": max(item.features.covered for item in scored[:5]),
        "best meaning": max(item.features.meaning for item in scored[:5]),
        "best pairs": max(item.features.pairs for item in scored[:5]),
        "united": coverage(weights, united),
        "lost": lost,
        "absent names": _share((bool(name & set(absent)) for name in names), empty=0.0),
        "names here": 1 - _share(bool(name & own) for name in names),
        "names near": 1 - _share(bool(name & reach) for name in names),
        "heaviest gap": max((weight for stem, weight in weights.items() if untold(stem, own)), default=0.0) / heaviest,
        "heaviest gap near": max((weight for stem, weight in weights.items() if untold(stem, reach)), default=0.0)
        / heaviest,
        "other year": float(other_year(question, top.unit.text)),
        "no year": float(bool(years and not stated)),
        "focus": _share((untold(stem, own) for stem in question.focus), empty=0.0),
        "focus near": _share((untold(stem, reach) for stem in question.focus), empty=0.0),
        "absent focus": float(
            any(
                word.stem in question.focus and word.stem in absent
                for word in question.terms
                if not word.text.endswith("ed")
            )
        ),
        "heaviest absent": max((weights.get(stem, 0.0) for stem in absent), default=0.0) / heaviest,
        "name elsewhere": float(_name_elsewhere(question, top)),
        "other object": float(other_object(question.text, top.unit.text, near_by)),
        "turned": float(contradicts(relations(question.text), relations(top.unit.text))),
        "short belief": short.belief if short else 0.0,
        "short score": short.score / 10 if short else 0.0,
        "terms": math.log(1 + len(question.terms)),
        "best short score": max((found.score for _, found in given), default=0.0) / 10,
        "best fitting score": max((found.score for _, found in fitting), default=0.0) / 10,
        "best fitting near": max((found.near for _, found in fitting), default=0.0),
        "best fitting covered": max((item.features.covered for item, _ in fitting), default=0.0),
        "best fitting meaning": max((item.features.meaning for item, _ in fitting), default=0.0),
        "best fitting": max((found.near * item.features.covered for item, found in fitting), default=0.0),
        "fitting": float(bool(fitting)),
        "agreeing": min(_agreeing(fitting), 4) / 4,
        f"asked {group}": 1.0,
    }
    for name in (
        "covered",
        "meaning",
        "typed",
        "short belief",
        "names here",
        "best fitting",
        "best fitting score",
        "agreeing",
    ):
        measured[f"{name} {group}"] = measured[name]
    measured["covered and meaning"] = measured["covered"] * measured["meaning"]
    return measured


def judge(
    question: Question,
    scored: Sequence[Scored],
    measured: Mapping[str, float],
    *,
    weights: Rarity,
    missing: Sequence[str],
    passages: int,
    sources: Sequence[str] = (),
) -> Verdict:
    """Say whether the best sentences found in an index answer the question.

    missing: words and names of the question that occur in no article. sources: the outlets and authors there are.
    """
    if not scored:
        return Verdict(False, "nothing")
    belief = 1 / (1 + math.exp(-weighed(learned("sufficiency"), measured)))
    reason = unfit(question, scored, measured, missing)
    if reason:
        return Verdict(False, reason, belief)
    if unheld(question, scored):
        return Verdict(False, "missing" if missing else "weak", belief)
    if of_a_source(question.text, [name for name in missing if not _among(name, sources)]):
        return Verdict(False, "missing", belief)
    if passages < SMALL and _uncounted(question, scored):
        return Verdict(False, "missing" if missing else "weak", belief)
    if _undone(question, missing):
        return Verdict(False, "missing", belief)
    # Few articles lack most words; but of what they never name, no sum of something else is the sum.
    absent = measured["absent focus"] and (passages >= SMALL or question.asked in AMOUNTS)
    vetoed = measured["name elsewhere"] or measured["other object"] or absent
    # A long question names what no single passage holds.
    if question.kinds and vetoed and len(question.terms) <= SIMPLE:
        return Verdict(False, "missing" if missing else "weak", belief)
    if whole(question, scored[0], weights):
        return Verdict(True, "", belief)
    if belief < (ENOUGH_OF_SMALL if passages < SMALL else ENOUGH):
        return Verdict(False, "missing" if missing else "weak", belief)
    return Verdict(True, "", belief)


def unfit(question: Question, scored: Sequence[Scored], measured: Mapping[str, float], missing: Sequence[str]) -> str:
    """Return why no likeness can make the best sentences an answer; empty where nothing speaks against them so."""
    if measured["turned"]:
        return "roles"
    if not scored[0].features.passage and _foreign(question.text):
        return "missing" if missing else "weak"  # the encoder reads no other script
    return ""


def of_a_source(question: str, missing: Sequence[str]) -> bool:
    """Whether what an outlet says is asked for that occurs in no article: "Does the TechCrunch article …".

    missing: words and names of the question that occur nowhere.
    """
    for name in missing:
        for match in re.finditer(re.escape(name), question):
            before, after = question[: match.start()], question[match.end() :]
            if name[:1].isupper() and (_SAYING_BEFORE.search(before) or _SAYING_AFTER.match(after)):
                return True
    return False


def _among(name: str, sources: Sequence[str]) -> bool:
    return any(name.casefold() in source.casefold() for source in sources)


def other_year(question: Question, sentence: str) -> bool:
    """Whether the question names a year and the sentence only other ones."""
    asked = _YEAR.findall(question.text)
    told = _YEAR.findall(sentence)
    return bool(asked and told) and not set(asked) & set(told)


def whole(question: Question, best: Scored, weights: Rarity) -> bool:
    """Whether one sentence has every word of the question that says what it is about, and a value where one is asked.

    Short questions ("Who is George Deek?") give similarity too little to go by.
    """
    bearing = {stem for stem in weights if stem not in question.measures}
    has = not question.kinds or question.asked in ("name", "place") or bool(best.features.typed)
    return bool(bearing) and has and bearing <= content(best.unit.text)


def _uncounted(question: Question, scored: Sequence[Scored]) -> bool:
    """Whether a number of things is asked for, and no sentence has both a number and what is to be counted.

    For few passages only: large indexes count "people" under many names.
    """
    if question.asked not in ("number", "share", "money") or not question.focus:
        return False
    counted = question.focus.union(*map(alike, question.focus)) - question.measures
    return bool(counted) and not any(
        any(value.kind in question.kinds for value in values(item.unit.text)) and counted & content(item.unit.text)
        for item in scored[:COUNTED]
    )


def _undone(question: Question, missing: Sequence[str]) -> bool:
    """Whether it asks when something was done, or how many it was done to, of which no article tells in any word."""
    form = formed(question.text)
    return (
        question.asked in ("number", "date")
        and form.way == "passive"
        and any(word.stem == form.deed and word.text in missing for word in question.terms)
    )


def _foreign(text: str) -> bool:
    """Whether most letters are of another script than Latin."""
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\u024f" for char in letters) > len(letters) / 2


def _name_elsewhere(question: Question, best: Scored) -> bool:
    """Whether one name of the question stands by the sentence and another nowhere near it.

    When Cohen visited Tehran is not told by a passage on Cohen that never names Tehran.
    """
    article = best.unit.article.text
    start, end = best.unit.span.start - NEAR, best.unit.span.end + NEAR
    # Beginnings are compared, so that "European" is met by "Europe".
    near = {
        stem[:5] for stem in content(f"{best.unit.title}\n{best.unit.hit.passage.text}\n{article[max(0, start) : end]}")
    }
    held = [any(stem[:5] in near for stem in name.key.split()) for name in question.names]
    return any(held) and not all(held)


def _agreeing(fitting: Sequence[tuple[Scored, Found]]) -> int:
    """Count the articles that give the commonest short answer."""
    witnesses: dict[str, set[str]] = {}
    for item, found in fitting:
        key = found.value.key if found.value else " ".join(sorted(content(found.text)))
        witnesses.setdefault(key, set()).add(item.unit.article.id)
    return max((len(articles) for articles in witnesses.values()), default=0)


_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_SAYING_BEFORE = re.compile(
    r"\b(?:according to|reported by|reports? (?:by|from|in)|articles? (?:by|from|in)|published (?:by|in)"
    r"|stor(?:y|ies) (?:by|from|in))\s+(?:the\s+)?[\"'“‘]?(?:[^.,;|]{1,40}\|\s*)?$",
    re.IGNORECASE,
)
_SAYING_AFTER = re.compile(
    r"[\"'”’]?(?:['’]s)?\s+(?:articles?|reports?|reported|stor(?:y|ies)|coverage)\b", re.IGNORECASE
)
_TAKEN = ("covered", "around", "passage", "names", "numbers", "pairs", "bound", "typed", "meaning", "near", "length")
_GROUPS = {
    "name": "value",
    "place": "value",
    "date": "value",
    "number": "value",
    "share": "value",
    "money": "value",
    "duration": "value",
    "yes-no": "closed",
    "choice": "closed",
    "reason": "open",
    "manner": "open",
    "open": "open",
}


def _share(held: Iterable[bool], *, empty: float = 1.0) -> float:
    """Return the share that holds; `empty` where there is nothing to hold."""
    listed = list(held)
    return sum(listed) / len(listed) if listed else empty
