"""How a question is put: which part of a sentence it asks for, and of which verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asked import ASKERS
from assistant.words import Word, words

_DO = frozenset("do does did can could will would should may might must has have had".split())
_BE = frozenset("is are was were be been".split())
_PREPOSITIONS = frozenset(
    "in on at of to for from by with about into over under during after before between against through as".split()
)
_PARTICIPLE = ("ed", "en", "wn", "ught", "ing")
_LIKE_PARTICIPLES = frozenset({"hurt", "hit", "shot"})
_NUMBER = re.compile(r"\b(?:what|which)\s+(\w+)\s+\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """How a question is put.

    way: which part of a sentence is asked for: its subject, its object, what a "was" leads to, … deed: the stem of the
    verb, as far as word order tells. last: the stem of the last bearing word. bound: the preposition that the answer
    hangs on, or empty. number: whether one or several are asked for, "?" where nothing tells.
    """

    way: str
    deed: str
    last: str
    bound: str
    number: str

    @property
    def of_a_deed(self) -> bool:
        """Whether the verb tells what somebody did or had done to them."""
        return self.way in ("subject", "object", "passive", "passive subject")


@lru_cache(maxsize=1_000)
def formed(text: str) -> Form:
    """Return how a question is put."""
    listed = words(text)
    lower = [word.text.lower() for word in listed]
    last = next((word.stem for word in reversed(listed) if word.meaningful), "")
    number = _number(text)
    at = next((place for place, word in enumerate(lower) if word in ASKERS), None)
    if at is None:
        return Form("none", last, last, "", number)
    leading = lower[at - 1] if at and lower[at - 1] in _PREPOSITIONS else ""
    bound = leading or (lower[-1] if lower[-1] in _PREPOSITIONS else "")
    if at > 2 and at > len(lower) - 4:
        return Form("gap", last, last, bound, number)
    way, deed = _way(listed, lower, at)
    return Form(way, deed or last, last, bound, number)


def _way(listed: Sequence[Word], lower: Sequence[str], at: int) -> tuple[str, str]:
    helping = next(
        (place for place in range(at + 1, len(lower)) if lower[place] in _DO | _BE and listed[place].text != "Will"),
        None,
    )
    if helping is None:  # "Who won …?", "What treaty ended …?"
        after = [word.stem for word in listed[at + 1 :] if word.meaningful]
        return "subject", after[min(lower[at] != "who", len(after) - 1)] if after else ""
    rest = [word for word in listed[helping + 1 :] if word.meaningful and not word.capital]
    if lower[helping] in _DO:
        named = helping + 1 < len(listed) and listed[helping + 1].capital
        if named or lower[helping] in ("do", "does", "did"):
            return "object", rest[-1].stem if rest else ""
        between = any(word.meaningful for word in listed[at + 1 : helping])
        return "helped" if between else "helped bare", rest[0].stem if rest else ""
    participle = next(
        (word for word in rest if word.text.lower().endswith(_PARTICIPLE) or word.text.lower() in _LIKE_PARTICIPLES),
        None,
    )
    if participle is None:
        return "being", rest[0].stem if rest else ""
    follows = helping == at + 1 and listed[helping + 1] is participle
    return "passive subject" if follows else "passive", participle.stem


def _number(text: str) -> str:
    match = _NUMBER.search(text)
    first = match[1].lower() if match else ""
    if first in ("is", "was"):
        return "one"
    return "several" if first in ("are", "were") or re.fullmatch(r"\w*[^s]s", first) else "?"
