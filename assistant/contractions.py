"""Questions that open with a shortened verb ("What's the price?", "whos the mayor"), with the verb in full."""

from __future__ import annotations

import re

_ASKER = r"(?P<asker>who|what|where|when|why|how|which)"
_HAVING = r"(?:been|won|got|gone|done|happened|become|had|made|left|died|come)\b"
"""Participles before which "'s" is "has"."""
_FULL = {"s": "is", "re": "are", "ll": "will", "ve": "have", "d": "would"}
_SHORT = re.compile(rf"\b{_ASKER}[’'](?P<verb>s|re|ll|ve|d)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)
_UNMARKED = re.compile(rf"^\W*{_ASKER}(?P<verb>s)\b(?= (?P<having>{_HAVING})?)", re.IGNORECASE)


def written_out(question: str) -> str:
    """Return a question with "What is" for "What's" and "whats", and the like."""
    return _UNMARKED.sub(_verb, _SHORT.sub(_verb, question))


def _verb(found: re.Match[str]) -> str:
    verb = "has" if found["having"] and found["verb"].lower() == "s" else _FULL[found["verb"].lower()]
    return f"{found[0][: found.end('asker') - found.start()]} {verb}"
