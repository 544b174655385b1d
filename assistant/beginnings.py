"""Names by how their stems begin: "European" is met by "Europe", "Israeli" by "Israel"; and "French" by "France"."""

from __future__ import annotations

from collections.abc import Collection

from assistant.synonyms import peoples_of

_COMPARED = 5
"""Letters that are compared."""
_SHORTEST = 4


def named_near(parts: Collection[str], near: Collection[str]) -> bool:
    """Whether any of these stems, one that begins alike, or another name of that country, is among others."""
    begun = {one[:_COMPARED] for one in near}
    return any(_held(part, begun, near) or not peoples_of(part).isdisjoint(near) for part in parts)


def _held(part: str, begun: Collection[str], near: Collection[str]) -> bool:
    if part[:_COMPARED] in begun or (len(part) >= _COMPARED and part[:_SHORTEST] in near):
        return True
    return len(part) == _SHORTEST and any(one.startswith(part) for one in begun)
