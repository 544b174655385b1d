"""What a handful of texts shows as a whole: who claims, who qualifies, how much is counted, how one speaks of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

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
