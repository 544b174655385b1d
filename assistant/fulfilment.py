"""Whether a sentence tells a deed as done or as still to come: "opened the bridge", "is to open the bridge"."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Literal

from assistant.amounts import AMOUNTS
from assistant.evidence import Unit
from assistant.irregular import BASE
from assistant.values import values
from assistant.words import words

_TO_COME = re.compile(
    r"\b(?:will|shall|(?:prepar(?:es|ing)|plan(?:s|ned|ning)?|due|set|scheduled|slated|expected|hop(?:es|ing)|intends?"
    r"|aims?|yet|still|about|ready|going|is|are) to)(?: (?:soon|now|finally|be|\w+ly))*\s$",
    re.IGNORECASE,
)
_IF_AT_ALL = re.compile(
    r"(?:\b(?:not|never|to|be|before|if|when|until|would|could|should|may|might|must|who|whoever)|n['’]t)"
    r"(?: (?:been|be|yet|\w+ly))*\s$",
    re.IGNORECASE,
)
"""What stands before the past form of a deed that it does not say was done."""

_ANOTHER = re.compile(r"\b(?:again|another|further|more|second|third|next|new|re-?\w+ed)\b", re.IGNORECASE)
_NOT_BEEN = re.compile(r"\b(?:has|have|had)(?:n['’]t| not| yet to)(?: (?:yet|so far|been|be|\w+ly))*\s$", re.IGNORECASE)
_NONE = re.compile(r"\b(?:no|nobody(?: has)?(?: yet)?(?: been)?|no ?one(?: has)?(?: yet)?(?: been)?)\s$", re.IGNORECASE)
"""What denies a deed up to the day of writing, after which it may be done."""
AT_ONCE = 3
"""Days between two articles of which one can still have to come what the other has as done."""


@lru_cache(maxsize=4_000)
def stage(deeds: Set[str], sentence: str) -> Literal["done", "ahead"] | None:
    """Return how a sentence tells deeds, given by their stems; None where in neither way, or in both."""
    found: set[Literal["done", "ahead"]] = set()
    for word in words(sentence):
        if word.stem not in deeds:
            continue
        form = word.text.lower()
        if _TO_COME.search(sentence, 0, word.start):
            found.add("ahead")
        elif (form.endswith("ed") or form in BASE) and not _IF_AT_ALL.search(sentence, 0, word.start):
            found.add("done")
    return found.pop() if len(found) == 1 else None


def at_odds(deeds: frozenset[str], one: Unit, other: Unit) -> bool:
    """Whether a deed is done by one sentence and still to come by the other, of articles that do not explain it.

    They do where it was done since, or long ago, and where it is to be done again.
    """
    return any(
        _done_and_ahead(deeds, done, ahead) and not (_since(done, ahead) or _again(done, ahead))
        for done, ahead in ((one, other), (other, one))
    )


def overtakes(deeds: frozenset[str], one: Unit, other: Unit) -> bool:
    """Whether a sentence tells as done what an older article has still to come."""
    return _done_and_ahead(deeds, one, other) and _since(one, other)


def still_to_come(deeds: frozenset[str], one: Unit, other: Unit) -> bool:
    """Whether a sentence tells as still to come what another, of a newer article, tells of."""
    mine, its = one.article.published, other.article.published
    return stage(deeds, one.text) == "ahead" and mine is not None and its is not None and mine < its


def done_since(deed: frozenset[str], one: Unit, other: Unit) -> bool:
    """Whether a sentence of a newer article tells as done what another says has not been done: no "yet" is needed."""
    mine, its = one.article.published, other.article.published
    if mine is None or its is None or mine <= its:
        return False
    return stage(deed, one.text) == "done" and not_so_far(deed, other.text)


def not_so_far(deed: frozenset[str], sentence: str) -> bool:
    """Whether a sentence says that deeds, given by their stems, have not been done by then: "no arrests were made"."""
    return any(
        _NOT_BEEN.search(sentence, 0, word.start) or _NONE.search(sentence, 0, word.start)
        for word in words(sentence)
        if word.stem in deed
    )


def _done_and_ahead(deeds: frozenset[str], one: Unit, other: Unit) -> bool:
    return stage(deeds, one.text) == "done" and stage(deeds, other.text) == "ahead"


def _since(one: Unit, other: Unit) -> bool:
    """Whether a sentence is of an article that is known not to be the older one."""
    mine, its = one.article.published, other.article.published
    return mine is not None and its is not None and mine >= its


def _again(done: Unit, ahead: Unit) -> bool:
    """Whether what is to come may be another deed than the one that was done."""
    mine, its = done.article.published, ahead.article.published
    long_ago = mine is not None and its is not None and (its - mine).days > AT_ONCE
    amounts = [{value.key for value in values(unit.text) if value.kind in AMOUNTS} for unit in (done, ahead)]
    return long_ago or bool(_ANOTHER.search(ahead.text)) or bool(all(amounts) and not amounts[0] & amounts[1])
