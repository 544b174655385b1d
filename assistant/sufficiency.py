"""Whether the evidence is enough: the question's names, numbers, roles and asked-for kind, not similarity alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import Question
from assistant.relations import contradicts, relations
from assistant.scoring import Rarity, Scored
from assistant.words import content


@dataclass(frozen=True, slots=True)
class Verdict:
    """enough: show an answer. reason: in one word why not: "nothing", "missing", "roles", "weak"."""

    enough: bool
    reason: str = ""
    belief: float = 0.0


def judge(question: Question, scored: Sequence[Scored], weights: Rarity, *, missing: Sequence[str]) -> Verdict:
    """Say whether the best sentences answer the question."""
    if not scored:
        return Verdict(False, "nothing")
    best = scored[0].features
    lost = sum(weights.get(word, 0.0) for word in missing) / (sum(weights.values()) or 1.0)
    if missing and (lost > 0.18):
        return Verdict(False, "missing")
    if all(contradicts(relations(question.text), relations(item.unit.text)) for item in scored[:3]):
        return Verdict(False, "roles")
    names = [set(name.key.split()) for name in question.names]
    reach = content(scored[0].unit.text)
    held = all(name & reach for name in names)
    if not held and question.asked in ("date", "number", "share", "money", "duration"):
        return Verdict(False, "weak")
    if best.around < 0.45 or best.meaning < 0.3:
        return Verdict(False, "weak")
    return Verdict(True)
