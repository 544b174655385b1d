"""Whether the best sentences found in an index can tell what is asked for, and how likely what they tell is right."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.another import of_another_matter
from assistant.figures import group_of
from assistant.holding import stands
from assistant.question import Question
from assistant.scoring import Scored, typed
from assistant.short import Found

_LOOKED_AT, _CLOSEST = 5, 3
"""Of the best sentences, so many are asked whether they can tell it at all, and so many how surely."""
_BY_GROUP = ("stands", "any stand", "share that stands", "fitting stands", "set off", "short right", "standing right")


def rightness(question: Question, scored: Sequence[Scored], shorts: Sequence[Found | None]) -> dict[str, float]:
    """Return it as figures, by name, beside those of `figures.evidence_features`. Arguments as there."""
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
