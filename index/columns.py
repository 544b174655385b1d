"""What is read whole of a generation: outlet, author and date of every article, and where its passages lie.

It is read on a connection of its own and straight into arrays: a hundred thousand headlines as objects would take more
memory than all their vectors, only to be counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.database import Database


@dataclass(frozen=True, slots=True)
class Columns:
    """Articles in order of their rows, passages in order of theirs.

    outlets, authors: of each article, as places in the names beside it, where "" is nobody. days: 20230131, or 0 where
    undated. rows, vectors: of each passage; articles: the place of its article.
    """

    outlets: NDArray[np.int32]
    authors: NDArray[np.int32]
    days: NDArray[np.int32]
    outlet_names: tuple[str, ...]
    author_names: tuple[str, ...]
    rows: NDArray[np.int64]
    vectors: NDArray[np.int64]
    articles: NDArray[np.int32]

    @classmethod
    def of(cls, manifest: Path) -> Columns:
        """Read the file of a manifest. Raises IndexBroken if it cannot be opened."""
        with closing(_Tables(manifest)) as tables:
            return tables.columns()

    def by_month(self) -> list[tuple[int, int, int]]:
        """Return (first day of the month or 0, place of the outlet, number of articles) where there are any."""
        months = np.where(self.days > 0, self.days // 100 * 100 + 1, 0).astype(np.int64)
        pairs, numbers = np.unique(months * len(self.outlet_names) + self.outlets, return_counts=True)
        found, outlets = np.divmod(pairs, len(self.outlet_names))
        return list(zip(found.tolist(), outlets.tolist(), numbers.tolist(), strict=True))


class _Tables(Database):
    def columns(self) -> Columns:
        outlets: dict[str, int] = {"": 0}
        authors: dict[str, int] = {"": 0}
        found = self._db.execute("SELECT row, outlet, author, published FROM articles ORDER BY row")
        coded = (
            (
                row,
                outlets.setdefault(outlet or "", len(outlets)),
                authors.setdefault(author or "", len(authors)),
                day_number(published),
            )
            for row, outlet, author, published in found
        )
        articles = _array(4, coded)
        passages = _array(3, self._db.execute("SELECT row, vector, article FROM passages ORDER BY row"))
        passages = passages[:, np.isin(passages[2], articles[0])]  # in a damaged file an article may be gone
        places = np.searchsorted(articles[0], passages[2])
        return Columns(
            articles[1].astype(np.int32), articles[2].astype(np.int32), articles[3].astype(np.int32),
            tuple(outlets), tuple(authors),
            passages[0].copy(), passages[1].copy(), places.astype(np.int32),
        )  # fmt: skip


def day_number(written: str | None) -> int:
    """Return 20230131 for "2023-01-31", and 0 for no date."""
    return int(written.replace("-", "")) if written else 0


def day_of(number: int) -> date:
    """Return the day that `day_number` gave this number."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def _array(width: int, rows: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    """Return rows of so many numbers as so many columns."""
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, width).T
