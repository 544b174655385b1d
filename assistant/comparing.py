"""Outlets set beside each other: "Compare the Courier and the Post on the strike" asks each what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.outlet_names import as_written, bare, called_in_part
from assistant.several import MOST

_ONE = "\x00"
"""Stands for an outlet while the form of the message is looked at."""
_PIECES = r"(?:coverage|reporting|reports?|articles?|accounts?|stories|pieces|versions?|views?)"
_SAY = (
    r"(?:say|report|write|tell(?: us)?|cover|describe|see|treat|explain|put|differ|disagree|agree|said|reported|wrote"
    r"|told(?: us)?|covered|described|treated|differed|disagreed)"
)
_ON = r"(?:about|on|over|of|in|regarding)"
_OUTLET = rf"(?:the )?{_ONE}(?:['’]s?)?"
_ALL = rf"{_OUTLET}(?:(?:,| and|, and| or| with| to| against| versus| vs\.?) {_OUTLET})+"
_MATTER = r"(?P<matter>\S.*?)"
_FORMS = tuple(
    re.compile(rf"^(?:please |can you |could you )*{form}\W*$", re.IGNORECASE)
    for form in (
        rf"(?:compare|contrast) (?:how |what )?{_ALL}(?: {_PIECES}| {_SAY})*(?: {_ON})? {_MATTER}",
        rf"(?:compare|contrast) (?:the )?{_PIECES} {_ON} {_MATTER},? (?:in|by|of|from|between) {_ALL}",
        rf"(?:how|what|where) (?:do|does|did|have|has) {_ALL} {_SAY}(?: {_ON})? {_MATTER}",
        rf"(?:do|does|did) {_ALL} (?:dis)?agree {_ON} {_MATTER}",
        rf"(?:how |where )?(?:do|does|did) {_OUTLET} (?:disagree|agree|differ) (?:with|from) {_OUTLET} {_ON} {_MATTER}",
    )
)


def compared(message: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return what is asked of each outlet, in order, where the message weighs two or three of the index; else nothing.

    outlets: the names that exist.
    """
    named = _named(message, outlets)
    told = tuple(dict.fromkeys(outlet for _, _, outlet in named))
    if not 1 < len(told) == len(named) <= MOST:
        return ()
    bare_form, at = "", 0
    for start, end, _ in named:
        bare_form, at = f"{bare_form}{message[at:start]}{_ONE}", end
    found = next((match for form in _FORMS if (match := form.match(bare_form + message[at:]))), None)
    if found is None or _ONE in found["matter"]:
        return ()
    return tuple(f"What does {outlet} say about {found['matter']}?" for outlet in told)


def _named(message: str, outlets: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where outlets are named, whole or in part, in order and apart from each other."""
    asked = message.casefold()
    found = [
        (match.start(), match.end(), bare(name))
        for name in outlets
        if bare(name).casefold() in asked
        for match in re.finditer(rf"(?<!\w){as_written(name)}(?!\w)", message)
    ]
    found += called_in_part(message, outlets)
    apart: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end, name))
    return apart
