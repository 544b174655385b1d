"""Questions that open with a shortened verb ("What's the price?", "whos the mayor") or a slip, written in full."""

from __future__ import annotations

import re

_ASKER = r"(?P<asker>who|what|where|when|why|how|which)"
_HAVING = r"(?:been|won|got|gone|done|happened|become|had|made|left|died|come)\b"
"""Participles before which "'s" is "has"."""
_SLIPS = {
    "what": "waht whta wath",
    "which": "wich whcih whihc",
    "when": "wehn hwen whne",
    "where": "wehre wher whre",
    "who": "woh owh",
    "why": "wyh hwy",
    "how": "hwo",
}
_MEANT = {slip: meant for meant, slips in _SLIPS.items() for slip in slips.split()}
_SLIP = re.compile(rf"^(?:{'|'.join(_MEANT)})\b", re.IGNORECASE)
_MANY = re.compile(r"\b(how) m(?:anny|nay|ayn|ny)\b", re.IGNORECASE)
"""Slips that are no words, in the few words on which it hangs what is asked for."""
_FULL = {"s": "is", "re": "are", "ll": "will", "ve": "have", "d": "would"}
_SHORT = re.compile(rf"\b{_ASKER}[’'](?P<verb>s|re|ll|ve|d)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)
_UNMARKED = re.compile(rf"^\W*{_ASKER}(?P<verb>s)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)


def written_out(question: str) -> str:
    """Return a question with "What is" for "What's" and the like, and slips in what it opens with put right."""
    question = _MANY.sub(r"\1 many", _SLIP.sub(_put_right, question))
    return _UNMARKED.sub(_verb, _SHORT.sub(_verb, question))


def _put_right(found: re.Match[str]) -> str:
    meant = _MEANT[found[0].lower()]
    return meant.capitalize() if found[0][:1].isupper() else meant


def _verb(found: re.Match[str]) -> str:
    verb = "has" if found["having"] and found["verb"].lower() == "s" else _FULL[found["verb"].lower()]
    return f"{found[0][: found.end('asker') - found.start()]} {verb}"
