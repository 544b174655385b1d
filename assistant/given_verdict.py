"""What texts that came with a question amount to: one answer, none, or several that differ."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.figures import group_of
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
_CLAIM = re.compile(
    r"\b(?:found|argu\w+|conclud\w+|claim\w*|report(?:s|ed)|estimat\w+|state[sd]|show(?:s|ed)|suggest\w*|maintain\w*"
    r"|assert\w*|according to|indicat\w+|demonstrat\w+|contend\w*|warn\w*|recommend\w*|attribut\w+|emphasi[sz]\w+"
    r"|determined|observed)\b",
    re.IGNORECASE,
)
_CLAIM_THAT = re.compile(
    r"\b(?:found|argue[sd]?|conclude[sd]?|claim(?:s|ed)?|report(?:s|ed)?|state[sd]|show(?:s|ed)?|suggest(?:s|ed)?"
    r"|estimate[sd]?|warn(?:s|ed)?|notes?|says?|said|assert(?:s|ed)?|contend(?:s|ed)?|indicate[sd]?) that\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:stud(?:y|ies)|research\w*|surveys?|analys[ei]s|reports?|reviews?|trials?|data|evidence|investigations?"
    r"|journals?|published|experts?|scholars?|critics?|historians?)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:however|but|although|though|while|despite|whereas|nevertheless)\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:may|might|could|likely|possibl\w+|preliminary|limited|uncertain\w*|caution\w*|cannot|note[sd]?|only|unclear"
    r"|not yet|depend\w*)\b",
    re.IGNORECASE,
)
_NUMBER, _YEAR, _HEADED = re.compile(r"\d+"), re.compile(r"\b(?:19|20)\d\d\b"), re.compile(r"^[^.]{5,80}:")
_JUDGING = re.compile(
    r"\b(?:should|best|better|effective\w*|safer?|worth|good|bad|beneficial|improve\w*|reduce\w*|increase\w*|cause[sd]?"
    r"|true|reliable|recommended|sustainable|harmful|healthy|really|actual\w*)\b",
    re.IGNORECASE,
)
_EXACT = re.compile(r"\b(?:specific|exact|detailed|step-by-step|key|procedure|mechanism|process)\b", re.IGNORECASE)
_SHARES = {
    "claims": _CLAIM,
    "claims that": _CLAIM_THAT,
    "sources": _SOURCE,
    "turns": _TURN,
    "hedges": _HEDGE,
    "numbers": _NUMBER,
    "years": _YEAR,
    "headed": _HEADED,
}
_DENSITIES = {"claims": _CLAIM, "sources": _SOURCE, "turns": _TURN, "hedges": _HEDGE, "numbers": _NUMBER}
_A_SENTENCE = 20
"""Words: densities count what there is in about one sentence."""


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


def signs(question: str, texts: Sequence[str]) -> dict[str, float]:
    """Return what is measured of the texts as a whole, and of the question's form, by name.

    "share of": texts in which there is one, of all, 0 to 1. "density of": how many in twenty words. How many texts
    there are is left out: that says more about who gives them than about what they say.
    """
    lengths = [len(text.split()) for text in texts]
    found = {f"share of {name}": sum(bool(sign.search(text)) for text in texts) for name, sign in _SHARES.items()}
    counted = {
        f"density of {name}": sum(len(sign.findall(text)) for text in texts) for name, sign in _DENSITIES.items()
    }
    years = [frozenset(_YEAR.findall(text)) for text in texts]
    return {
        **{name: count / max(len(texts), 1) for name, count in found.items()},
        **{name: _A_SENTENCE * count / max(sum(lengths), 1) for name, count in counted.items()},
        "years shared": float(len(texts) > 1 and bool(frozenset.intersection(*years))),
        "long": math.log(1 + sum(lengths) / max(len(texts), 1)),
        "judging": float(bool(_JUDGING.search(question))),
        "exact": float(bool(_EXACT.search(question))),
        "year asked": float(bool(_YEAR.search(question))),
        "words asked": math.log(1 + len(question.split())),
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
    verdict = unfit(question, scored, measured, missing)
    if verdict:
        return verdict
    found = standing(features(question, texts, measured, beliefs))
    if LACKING * found.lacking > max(found.agreeing, DIFFERING * found.differing):
        return Verdict.lacking(missing)
    differ = len({item.unit.article.id for item in scored}) > 1 and DIFFERING * found.differing > found.agreeing
    return Verdict(True, "", differ)


def _odds(belief: float) -> float:
    held = min(max(belief, NOBODY), 1 - NOBODY)
    return math.log(held / (1 - held))
