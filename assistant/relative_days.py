"""Days told from the day of writing, or by their names: "next spring", "two years ago", "Christmas Eve"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.amounts import NUMBER, SPAN
from assistant.values import Value

_SEASON = r"(?:spring|summer|autumn|winter)"
_UNIT = rf"(?:week|weekend|month|year|season|decade|century|{_SEASON})"
_PART = r"(?:early|late|later|earlier|in the middle of|the (?:start|beginning|middle|end) of)"
_OF_THE_DAY = r"(?: (?:morning|afternoon|evening|night))?"
_FEAST = (
    r"(?:New Year['’]s (?:Day|Eve)|Christmas(?: (?:Day|Eve))?|Boxing Day|Good Friday|Easter(?: (?:Sunday|Monday))?"
    r"|Thanksgiving|Halloween|May Day|Ramadan|Eid(?: al-\w+)?|Diwali|Hanukkah|Yom Kippur|Passover)"
)
_ANY = re.compile(
    rf"\b(?:(?:{_PART} )?(?:last|next|this) {_UNIT}|(?:later|earlier) (?:this|that) {_UNIT}"
    rf"|(?:the day (?:before|after) )?(?:yesterday|tomorrow){_OF_THE_DAY}|today|tonight"
    r"|this (?:morning|afternoon|evening)"
    rf"|(?:(?:about|around|nearly|almost|some|more than|over|just) )?(?:{NUMBER}|an?|several|a few|a couple of)"
    rf"[ -]{SPAN} (?:ago|from now)|in the (?:coming|next few|next) (?:days|weeks|months|years)"
    rf"|(?:at|over|on|this|last|next) (?:the )?weekend|(?:on|at|by|before|after|until|over) (?-i:{_FEAST})"
    rf"|in (?:the |early |late |mid-)?{_SEASON}(?! \d| of \d))\b(?!['’]s|-)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2_000)
def relative_days(text: str) -> tuple[Value, ...]:
    """Return where a text tells days so, as values of the kind "date" whose key is no day."""
    return tuple(Value("date", match[0], match.start(), match.end(), match[0].lower()) for match in _ANY.finditer(text))
