"""What kind of answer a question asks for, and of what: "how many people" is a number of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.irregular import BASE
from assistant.nouns import KIN, KINDS, PERSON_NOUNS, SHARE_NOUNS
from assistant.words import Word, owning, stems_of

Asked = Literal[
    "name",
    "place",
    "date",
    "number",
    "share",
    "money",
    "duration",
    "yes-no",
    "choice",
    "thing",
    "reason",
    "manner",
    "open",
]
"""The kind of answer: `thing` is "what X", `open` anything that one value cannot answer."""

HELPING = "is are was were do does did has have had can could will would should".split()
"""Verbs that open a question."""
ANY_HELPING = f"(?:{'|'.join(HELPING)})"
_AUXILIARY = frozenset(HELPING) | frozenset(
    "shall may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't "
    "wouldn't shouldn't".split()
)
_OPEN_NOUNS = stems_of("occasion way manner extent circumstance purpose ground sense regard")
_REASON_NOUNS = stems_of("reason cause motive")
LIGHT = stems_of(
    "name kind type sort use call term part thing way also article report say tell mention describe accord know refer "
    "consider give happen example main new current present latest exact total overall actual"
)
"""Stems that name no thing asked for: "what kind of", "which article says"."""
HOW_MUCH_IS = re.compile(
    r"^how much (?:is|are|was|were) (?:the|a|an|this|that|these|those|(?-i:[A-Z])\w*)", re.IGNORECASE
)
"""A question for a price, or for how much there is of something."""
_NOT_SOLD = stems_of(
    "increase rise growth drop fall decline decrease gain loss change difference gap rainfall rain snow weight "
    "energy power water food oil gas population known left due worth more less of"
)
"""What "how much is the …?" asks no price of."""
_SUMS_OF_MONEY = stems_of("money cash revenue profit debt tax income damage compensation")
"""What "how much" may be followed by where a sum is asked for."""
_HEADS = stems_of("split war ceiling limit committee council hall plan deal policy model cap gain punishment emergency")
"""What a noun that tells the kind of answer is only said of: a revenue split is no sum, nor a city council a place."""
_PAID = stems_of("cost pay spend acquire money worth earn sell buy price")
"""What "how much" asks a sum of."""
_CHANGES = stems_of("rise fall increase decrease drop grow decline shrink climb jump surge plunge soar")
"""What a price does; how much it does that is a share as often as a sum."""
_COUNTED_RATES = stems_of("exchange murder homicide crime birth death fertility heart")
"""Rates that are no shares."""
DEGREES = frozenset(
    "many much long old tall far big large high deep fast heavy wide often hot cold close late "
    "early soon strong small".split()
)
"""What follows "how" to ask for a degree of it."""
_PRICED = re.compile(
    r"\bwhat (?:do|does|did|will|would|has|have|had|is|are|was|were) .*?"
    r"\b(?:costs?|pay|paid|worth|(?:sell|sold|go|auctioned) for|fetch(?:ed)?|(?:valued|appraised|priced|assessed) at)"
    r"(?: (?:for|to|in|at|per|a|an|each|every|when|after|before|on|last|this|now|today)\b.*)?$"
)
"""A question for a price by "what": "What does the phone cost?", "What did she pay for it?"."""
CALLED = re.compile(
    r"\bwhat (?:is|are|was|were) .*\b(?:called|named)\W*$|\bname of\b|\bwhat (?:is|was) [^?]*[’']s? names?\W*$",
    re.IGNORECASE,
)
"""A question for what somebody or something is called."""
ASKERS = "who whom whose what which when where why how".split()
"""Words that a question asks with."""
ANY_ASKER = f"(?:{'|'.join(ASKERS)})"
_RACE_TIME = re.compile(
    r"\bwhat (?:is|was|were|are) .*\b(?:winning|finishing|record|best|fastest|personal best|lap|race) times?\b",
    re.IGNORECASE,
)
"""A question for how long a race was run: no time of the day."""
_ASKS_ALONE: dict[str, Asked] = {"when": "date", "where": "place", "why": "reason"}


def asked_for(text: str, listed: tuple[Word, ...]) -> tuple[Asked, frozenset[str]]:
    """Return the kind of answer a question asks for, and the stems of the nouns that name it. listed: its words."""
    lower = [word.text.lower().replace("’", "'") for word in listed]
    if not lower:
        return "open", frozenset()
    at = _asking(lower)
    if lower[0] in _AUXILIARY:
        choice = " or " in f" {text.lower()} " and not text.lower().rstrip(" ?").endswith("or not")
        return ("choice" if choice else "yes-no"), frozenset()
    if _RACE_TIME.search(text):
        return "duration", frozenset()
    if at is None:
        phrase = _noun_phrase(listed, 0)
        return _from_nouns(phrase, "open"), _stems(phrase)
    word, following = lower[at], lower[at + 1] if at + 1 < len(lower) else ""
    if word in ("who", "whom", "whose"):
        return "name", _stems(_noun_phrase(listed, at + 1, skip_verb=True))
    if word in _ASKS_ALONE:
        return _ASKS_ALONE[word], frozenset()
    if word == "how":
        return _how(following, listed, at)
    if any(part.startswith("happen") for part in lower[at : at + 4]):
        return "open", frozenset()
    phrase = _noun_phrase(listed, at + 1, skip_verb=True)
    asked = _from_nouns(_noun_phrase(listed, at + 1), "thing", direct=True)
    if asked in ("thing", "place") and following in _AUXILIARY and _PRICED.match(" ".join(lower[at:])):
        return "money", frozenset()
    if asked == "thing" and phrase and phrase[-1].stem in PERSON_NOUNS | KIN and CALLED.search(text):
        return "name", frozenset([phrase[-1].stem])
    if asked == "thing" and following in _AUXILIARY:
        asked = _from_nouns(phrase, "thing")
        if following in ("did", "do", "does"):
            asked = "thing" if "happen" not in " ".join(lower) else "open"
    return asked, _stems(phrase)


def _asking(lower: Sequence[str]) -> int | None:
    """Return where the question word stands. "When prices rose, who paid?" asks who: a verb follows what asks when."""
    found = [place for place, word in enumerate(lower) if word in ASKERS]
    if len(found) > 1 and lower[found[0]] == "when" and lower[found[0] + 1] not in _AUXILIARY:
        return found[1]
    return found[0] if found else None


def _how(following: str, listed: tuple[Word, ...], at: int) -> tuple[Asked, frozenset[str]]:
    counted = _stems(_noun_phrase(listed, at + 2))
    if following == "many":
        return "number", _stems(_noun_phrase(listed[: at + 3], at + 2))
    if following == "much":
        if counted & SHARE_NOUNS:
            return "share", counted
        if at + 2 < len(listed) and listed[at + 2].text.lower() in ("time", "longer"):
            return "duration", frozenset()
        if _CHANGES & {word.stem for word in listed}:
            return "number", counted
        priced = HOW_MUCH_IS.search(" ".join(word.text for word in listed[at : at + 4]))
        of_money = priced and not {word.stem for word in listed} & _NOT_SOLD
        if counted - _SUMS_OF_MONEY:
            return "number", counted  # "How much oil does it buy?" asks for no price
        return ("money" if of_money or _PAID & {word.stem for word in listed} else "number"), counted
    if following in ("effective", "accurate", "reliable"):  # of a vaccine, a poll: 74 percent
        return "share", frozenset()
    if following == "long":
        return "duration", frozenset()
    degree = following in DEGREES and following != "often"  # "once a week" is no number
    return ("number" if degree else "manner"), frozenset()


def _noun_phrase(listed: tuple[Word, ...], at: int, *, skip_verb: bool = False) -> list[Word]:
    """Return the words after a question word up to the next verb or preposition."""
    found: list[Word] = []
    for word in listed[at : at + 7]:
        lower = word.text.lower()
        if lower in _AUXILIARY and skip_verb and not found:
            continue
        if lower == "that" and found:
            break
        if lower in ("the", "a", "an", "this", "that", "of", "s", "his", "her", "its", "their") or (
            not word.meaningful and not found and skip_verb
        ):
            continue
        if not word.meaningful or (found and lower in BASE and not word.capital):
            break
        found.append(word)
    return found


def _stems(phrase: Sequence[Word]) -> frozenset[str]:
    return frozenset(word.stem for word in phrase)


def _from_nouns(phrase: Sequence[Word], otherwise: Asked, *, direct: bool = False) -> Asked:
    """Return what a noun phrase asks for: its head tells, the last noun before an "of" or the like.

    direct: it follows "what" or "which", so that a verb may come soon; its first noun that tells is then the head.
    """
    head = _before_of(phrase)
    followed = [*(word.stem for word in head[1:]), ""]
    kinds = [
        None if owning(word.text) or behind in _HEADS else KINDS.get(word.text.lower())
        for word, behind in zip(head, followed, strict=False)
    ]
    if direct:
        told = next((later or kind for kind, later in zip(kinds[:2], [*kinds[1:3], None], strict=False) if kind), None)
        if told == "number" and any(word.text.lower() == "area" for word in head):
            return "place"
    else:
        told = next((kind for kind in reversed(kinds) if kind), None)
    if told == "share" and head[-1].text.lower() in ("rate", "rates") and _COUNTED_RATES & _stems(head):
        return "number"
    if told:
        return told
    if otherwise == "thing":
        nouns = _stems(phrase)
        return "reason" if nouns & _REASON_NOUNS else "manner" if nouns & _OPEN_NOUNS else otherwise
    return otherwise


def _before_of(phrase: Sequence[Word]) -> Sequence[Word]:
    """Return the words up to the first gap between them; of "the name of the city", what follows the light noun."""
    parts: list[list[Word]] = []
    for word in phrase:
        if parts and word.start <= parts[-1][-1].end + 1:
            parts[-1].append(word)
        else:
            parts.append([word])
    return next((part for part in parts if any(word.stem not in LIGHT for word in part)), [])
