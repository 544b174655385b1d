"""Which passages an outlet, an author or a date leaves: exact, and at once for a hundred thousand of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.errors import BadFilter
from index.manifest import Manifest

if TYPE_CHECKING:
    from numpy.typing import NDArray


def as_names(names: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return names given singly, severally or not at all as a tuple or None."""
    if names is None:
        return None
    return (names,) if isinstance(names, str) else tuple(names)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage's article must be.

    Names are compared without regard to case, an author's also in part; dates are inclusive, and an
    undated article satisfies none.
    """

    outlets: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Raise BadFilter where nothing could ever pass: an empty name, no name at all, an end before its beginning."""
        for what, names in (("outlet", self.outlets), ("author", self.authors)):
            if names is not None and not (names and all(name.strip() for name in names)):
                raise BadFilter(f"The {what} to filter by is empty. Name one, or leave the filter out.")
        if self.since and self.until and self.since > self.until:
            raise BadFilter(
                f"Nothing lies since {self.since} and until {self.until}: the end comes first. Exchange the two dates."
            )

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return any(one is not None for one in (self.outlets, self.authors, self.since, self.until))


@dataclass(frozen=True, slots=True)
class _Columns:
    rows: NDArray[np.int64]
    vectors: NDArray[np.int64]
    outlets: NDArray[np.int64]
    authors: NDArray[np.int64]
    days: NDArray[np.int64]
    outlet_codes: dict[str, int]
    author_codes: dict[str, int]


class FilterTable:
    """Outlet, author and date of every passage of a generation, as arrays that a filter can mask at once."""

    def __init__(self, manifest: Manifest) -> None:
        """Keep the manifest; the table is read when it is first needed."""
        self._manifest = manifest

    @cached_property
    def _columns(self) -> _Columns:
        outlets: dict[str, int] = {}
        authors: dict[str, int] = {}
        table = [
            (
                row,
                vector,
                outlets.setdefault(outlet or "", len(outlets)),
                authors.setdefault(author or "", len(authors)),
                _day(published),
            )
            for row, vector, outlet, author, published in self._manifest.passage_table()
        ]
        columns = np.array(table, np.int64).reshape(-1, 5).T
        return _Columns(columns[0], columns[1], columns[2], columns[3], columns[4], outlets, authors)

    def names(self, filters: Filters) -> tuple[list[str] | None, list[str] | None]:
        """Return the stored outlets and authors that the filter means; None where it does not filter by them."""
        outlets = None if filters.outlets is None else {name.casefold() for name in filters.outlets}
        authors = None if filters.authors is None else [name.casefold() for name in filters.authors]
        known = self._columns
        return (
            None if outlets is None else [name for name in known.outlet_codes if name.casefold() in outlets],
            None
            if authors is None
            else [name for name in known.author_codes if any(part in name.casefold() for part in authors)],
        )

    def passing(self, filters: Filters) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (passage rows, vector rows) of what passes the filter."""
        known, (outlets, authors) = self._columns, self.names(filters)
        mask = np.ones(len(known.rows), bool)
        if outlets is not None:
            mask &= np.isin(known.outlets, [known.outlet_codes[name] for name in outlets])
        if authors is not None:
            mask &= np.isin(known.authors, [known.author_codes[name] for name in authors])
        if filters.since:
            mask &= known.days >= _day(filters.since.isoformat())
        if filters.until:
            mask &= (known.days <= _day(filters.until.isoformat())) & (known.days > 0)
        return known.rows[mask], known.vectors[mask]


def _day(written: str | None) -> int:
    return int(written.replace("-", "")) if written else 0
