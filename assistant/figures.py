"""What is measured of the evidence as a whole: how much of the question it has, and how well an answer stands in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from assistant.another import of_another_matter, other_year
from assistant.holding import stands
from assistant.question import Question
from assistant.reading import any_answers, odds
from assistant.relations import contradicts, other_object, relations
from assistant.scoring import Rarity, Scored, coverage, share, typed
from assistant.short import Found
from assistant.stretch import UNSURE
from assistant.synonyms import untold
from assistant.values import values
from assistant.words import content

_TAKEN = ("covered", "around", "passage", "names", "numbers", "pairs", "bound", "typed", "meaning", "near", "length")
_LOOKED_AT, _CLOSEST = 5, 3
"""Of the best sentences, so many are asked whether they can tell it at all, and so many how surely."""
_BY_GROUP = ("stands", "any stand", "share that stands", "fitting stands", "set off", "short right", "standing right")


def evidence_features(
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
    names = question.name_stems
    years = {value.text for value in question.numbers if value.kind == "date"}
    stated = {value.text for value in values(top.unit.text) if value.kind == "date"}
    most = max(weights.values(), default=1.0)
    short = shorts[0]
    given = [(item, found) for item, found in zip(scored, shorts, strict=False) if found]
    fitting = [(item, found) for item, found in given if not question.kinds or found.fitting(question)]
    lost = sum(weights.get(stem, 0.0) for stem in absent) / total
    group = group_of(question)

    def heaviest(stems: Iterable[str]) -> float:
        return max((weights.get(stem, 0.0) for stem in stems), default=0.0) / most

    measured = {
        "constant": 1.0,
        **{name: float(getattr(top.features, name)) for name in _TAKEN},
        "best covered": max(item.features.covered for item in scored[:5]),
        "best meaning": max(item.features.meaning for item in scored[:5]),
        "best pairs": max(item.features.pairs for item in scored[:5]),
        "united": coverage(weights, united),
        "lost": lost,
        "absent names": share((bool(name & set(absent)) for name in names), empty=0.0),
        "names here": 1 - share(bool(name & own) for name in names),
        "names near": 1 - share(bool(name & reach) for name in names),
        "heaviest gap": heaviest(stem for stem in weights if untold(stem, own)),
        "heaviest gap near": heaviest(stem for stem in weights if untold(stem, reach)),
        "other year": float(other_year(question, top.unit.text)),
        "no year": float(bool(years and not stated)),
        "focus": share((untold(stem, own) for stem in question.focus), empty=0.0),
        "focus near": share((untold(stem, reach) for stem in question.focus), empty=0.0),
        "absent focus": float(
            any(
                word.stem in question.focus and word.stem in absent
                for word in question.terms
                if not word.text.endswith("ed")
            )
        ),
        "heaviest absent": heaviest(absent),
        "name elsewhere": float(_name_elsewhere(question, top)),
        "other object": float(other_object(question.text, top.unit.text, near_by)),
        "turned": float(contradicts(relations(question.text), relations(top.unit.text))),
        "short belief": short.belief if short else 0.0,
        "short score": short.score / 10 if short else 0.0,
        "short read": short.read if short else UNSURE,
        "read": odds(top),
        "best read": max(odds(item) for item in scored),
        "any read": any_answers(scored),
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
        "read",
        "short read",
    ):
        measured[f"{name} {group}"] = measured[name]
    measured["covered and meaning"] = measured["covered"] * measured["meaning"]
    return measured


def rightness(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> dict[str, float]:
    """Return whether sentences found in an index can tell what is asked for, and how likely that is right, by name.

    The arguments are those of `evidence_features`.
    """
    able = [stands(question, item.unit, item.features) for item in scored[:_LOOKED_AT]]
    fitting = [bool(found and found.fitting(question)) for found in shorts[:_LOOKED_AT]]
    rights = [
        found.right(question, [scored[at], *scored[:at], *scored[at + 1 :]]) if found else 0.0
        for at, found in enumerate(shorts[:_CLOSEST])
    ]
    first = shorts[0]
    measured = {
        "stands": float(able[0]),
        "any stand": float(any(able[:_CLOSEST])),
        "share that stands": sum(able) / _LOOKED_AT,
        "fitting stands": float(any(map(all, zip(able, fitting, strict=False)))),
        "set off": float(bool(first and first.set_off(question, scored, stands=able[0]))),
        "short right": max(rights[:1], default=0.0),
        "standing right": max((right for right, one in zip(rights, able, strict=False) if one), default=0.0),
        "other matter": float(of_another_matter(question, scored[0].unit.text)),
        "any typed": float(any(typed(question, item.unit.text) for item in scored[:_LOOKED_AT])),
    }
    return measured | {f"{name} {group_of(question)}": measured[name] for name in _BY_GROUP}


def group_of(question: Question) -> str:
    """Return which of a few groups a question is in, by what it asks for: some figures weigh otherwise in each."""
    if question.kinds:
        return "value"
    if question.closed:
        return "closed"
    return "open" if question.asked in ("reason", "manner", "open") else "thing"


def _name_elsewhere(question: Question, best: Scored) -> bool:
    """Whether one name of the question stands by the sentence and another nowhere near it.

    When Cohen visited Tehran is not told by a passage on Cohen that never names Tehran.
    """
    near = {stem[:5] for stem in best.unit.vicinity()}  # so that "European" is met by "Europe"
    held = [any(stem[:5] in near for stem in stems) for stems in question.name_stems]
    return any(held) and not all(held)


def _agreeing(fitting: Sequence[tuple[Scored, Found]]) -> int:
    """Count the articles that give the commonest short answer."""
    witnesses: dict[str, set[str]] = {}
    for item, found in fitting:
        key = found.value.key if found.value else " ".join(sorted(content(found.text)))
        witnesses.setdefault(key, set()).add(item.unit.article.id)
    return max((len(articles) for articles in witnesses.values()), default=0)
