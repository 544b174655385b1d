"""What texts that came with a question amount to: one answer, none, or several that differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.figures import group_of
from assistant.given_signs import signs
from assistant.learned import learned, weighed
from assistant.question import Question
from assistant.scoring import Scored
from assistant.sufficiency import Verdict, unfit

LACKING, DIFFERING = 0.8, 1.2
"""How much a belief in "not in them" and in "they differ" counts beside one in an answer. The training script prints
what each costs: texts that hold the answer should not be sent away, and a difference is worth showing too often rather
than too seldom."""
NOBODY = 0.01
"""The belief that stands for pairs of sentences that are not there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How likely the texts lack the answer, agree on one, or differ on it. Sums to 1."""

    lacking: float
    agreeing: float
    differing: float


def features(
    question: Question, texts: Sequence[str], measured: Mapping[str, float], beliefs: Sequence[float]
) -> dict[str, float]:
    """Return what is measured of given texts, by name.

    measured: `evidence_features` of the best sentences. beliefs: how sure each pair of sentences that can be set
    against each other is a difference, surest first.
    """
    first, second = [*(_odds(belief) for belief in beliefs[:2]), _odds(NOBODY), _odds(NOBODY)][:2]
    return {
        # Texts that were given are mostly on the matter, and read so: it tells those that lack the answer no better.
        **{name: value for name, value in measured.items() if "read" not in name.split()},
        **signs(question.text, texts),
        "difference": first,
        "second difference": second,
        "pairs that differ": float(min(len(beliefs), 6)),
        f"difference asked {group_of(question)}": first,
    }


def standing(measured: Mapping[str, float]) -> Standing:
    """Return what measured texts amount to: a softmax over three weighted sums."""
    sums = [weighed(learned(f"given {mode}"), measured) for mode in ("lacking", "agreeing", "differing")]
    shares = [math.exp(one - max(sums)) for one in sums]
    return Standing(*(share / sum(shares) for share in shares))


def judge_given(
    question: Question,
    texts: Sequence[str],
    scored: Sequence[Scored],
    measured: Mapping[str, float],
    *,
    beliefs: Sequence[float],
    missing: Sequence[str],
) -> Verdict:
    """Say whether the texts answer the question, and whether they differ on it. Arguments as of `features`."""
    found = standing(features(question, texts, measured, beliefs))
    verdict = unfit(question, scored, measured, missing)
    if verdict:
        return verdict
    if LACKING * found.lacking > max(found.agreeing, DIFFERING * found.differing):
        return Verdict.lacking(missing)
    differ = len({item.unit.article.id for item in scored}) > 1 and DIFFERING * found.differing > found.agreeing
    return Verdict(True, "", differ)


def _odds(belief: float) -> float:
    held = min(max(belief, NOBODY), 1 - NOBODY)
    return math.log(held / (1 - held))
