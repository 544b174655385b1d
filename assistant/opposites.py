"""Words that mean the opposite of each other: of a sentence beside its quotes, and of articles side by side."""

from __future__ import annotations

from functools import lru_cache

from assistant.words import stem

_PAIRS = (
    "increase decrease, rise fall, grow shrink, gain loss, gained lost, higher lower, more less, more fewer, up down, "
    "improve worsen, success failure, succeed fail, accept reject, approve reject, support oppose, confirm deny, "
    "guilty innocent, safe unsafe, safe dangerous, effective ineffective, beneficial harmful, benefit harm, positive "
    "negative, open closed, win lose, alive dead, legal illegal, allow ban, permit prohibit, begin end, start stop, "
    "agree disagree, first last, above below, before after, early late, major minor, strong weak, significant "
    "negligible, significant insignificant, good bad, better worse, true false, able unable, likely unlikely, stable "
    "unstable, reduce increase, boost reduce, accelerate slow, expand contract, profit loss, surplus deficit, cheaper "
    "expensive, faster slower, superior inferior, outperform underperform, recommend discourage, encourage "
    "discourage, enough insufficient, cause prevent, keep remove, stay leave, stayed left, resume suspend, hire "
    "dismiss, raise cut, peaceful violent, heavy light, same different, available unavailable, completed cancelled, "
    "punctual delayed, ahead behind, protective risk, lower raise, helps hurts, ratify reject, adopt reject, approve "
    "veto, convict acquit, lift impose"
)
_ALSO_IN_A_CLAIM = (
    "permit ban, start end, agree refuse, most least, maximum minimum, possible impossible, legal unlawful, lawful "
    "unlawful, known unknown, public private, east west, north south, import export, arrive depart, strengthen "
    "weaken, stronger weaker, larger smaller, bigger smaller, include exclude, pass fail, best worst, "
    "highest lowest, largest smallest, victory defeat, all none, always never, old young, older younger, "
    "lose keep, lost kept"
)
"""Two articles may tell of east and west and agree; a sentence that has the one for the other says something else."""


@lru_cache(maxsize=2)
def opposites(*, in_a_claim: bool) -> dict[str, frozenset[str]]:
    """Return, by stem, the stems that mean the opposite.

    in_a_claim: of a sentence that should repeat its quote, where more words may not stand for each other than
    between two articles.
    """
    found: dict[str, set[str]] = {}
    for pair in (f"{_PAIRS}, {_ALSO_IN_A_CLAIM}" if in_a_claim else _PAIRS).split(", "):
        one, other = (stem(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}
