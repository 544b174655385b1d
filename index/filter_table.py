"""Which passages an outlet, an author or a date leaves: exact, and at once for a hundred thousand of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns, day_number
from index.filters import Filters, folded


class FilterTable:
    """Which passages of a generation a filter lets pass, as arrays that can be masked at once."""

    def __init__(self, manifest: Path) -> None:
        """Name the file of a manifest; it is read when it is first needed."""
        self._manifest = manifest

    @cached_property
    def columns(self) -> Columns:
        """What was read."""
        return Columns.of(self._manifest)

    def names(self, filters: Filters) -> tuple[list[str] | None, list[str] | None]:
        """Return the stored outlets and authors that the filter means; None where it does not filter by them."""
        outlets, authors = self._codes(filters)
        return (
            None if outlets is None else [self.columns.outlet_names[code] for code in outlets],
            None if authors is None else [self.columns.author_names[code] for code in authors],
        )

    def passing(self, filters: Filters) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (passage rows, vector rows) of what passes the filter."""
        known, (outlets, authors) = self.columns, self._codes(filters)
        mask = np.ones(len(known.days), bool)
        for codes, column, names in (
            (outlets, known.outlets, known.outlet_names),
            (authors, known.authors, known.author_names),
        ):
            if codes is not None:
                wanted = np.zeros(len(names), bool)
                wanted[codes] = True
                mask &= wanted[column]
        if filters.since:
            mask &= known.days >= day_number(filters.since.isoformat())
        if filters.until:
            mask &= (known.days <= day_number(filters.until.isoformat())) & (known.days > 0)
        passing = mask[known.articles]
        return known.rows[passing], known.vectors[passing]

    def _codes(self, filters: Filters) -> tuple[list[int] | None, list[int] | None]:
        """Return the places of the outlets and authors that the filter means."""
        outlets = None if filters.outlets is None else set(map(folded, filters.outlets))
        authors = None if filters.authors is None else list(map(folded, filters.authors))
        known = self._folded
        return (
            None if outlets is None else [code for code, name in enumerate(known[0]) if name in outlets],
            None
            if authors is None
            else [code for code, name in enumerate(known[1]) if any(part in name for part in authors)],
        )

    @cached_property
    def _folded(self) -> tuple[list[str], list[str]]:
        return [one.casefold() for one in self.columns.outlet_names], [
            one.casefold() for one in self.columns.author_names
        ]
