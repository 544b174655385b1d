"""A difference between two articles: its two sentences, what each says, and the line over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.amounts import ValueKind
from assistant.scoring import Scored

DifferenceKind = ValueKind | Literal["whether", "opposite", "gist"]
_UPDATED = "A newer article of the same outlet says otherwise:"
_ABOUT: dict[DifferenceKind, str] = {
    "number": "The articles differ on the number:",
    "share": "The articles differ on the share:",
    "money": "The articles differ on the sum:",
    "date": "The articles differ on the date:",
    "name": "The articles differ on the name:",
    "duration": "The articles differ on how long:",
    "whether": "The articles differ on whether it is so:",
    "opposite": "The articles point in different directions:",
    "gist": "The articles answer this differently:",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sentences of different articles that differ, what each says, and how sure that is, 0 to 1.

    kind: of the values that differ, or in which other way they do.
    """

    one: Scored
    other: Scored
    values: tuple[str, str]
    kind: DifferenceKind
    belief: float

    @property
    def about(self) -> str:
        """The line over the sides."""
        return _UPDATED if self.updated else _ABOUT[self.kind]

    @property
    def updated(self) -> bool:
        """Whether one outlet says otherwise in a newer article, which is news and no dispute."""
        one, other = self.one.unit.article, self.other.unit.article
        of_one = bool(one.outlet) and one.outlet == other.outlet
        return of_one and None not in (one.published, other.published) and one.published != other.published
