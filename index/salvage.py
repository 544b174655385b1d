"""Vectors out of generations that cannot be gone on from: damaged ones, or those of another format."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.database import MANIFEST, read_only
from index.errors import IndexBroken
from index.matrix import MATRIX, Matrix, are_unit


class Salvage:
    """What can still be read of some generations' vectors, by key; it is looked for when it is first asked for."""

    def __init__(self, directories: Sequence[Path], dimension: int) -> None:
        """Name the directories of the generations, the best first; vectors of another dimension are none."""
        self._directories, self._dimension = directories, dimension

    def take(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are found and are of unit length, by key."""
        found: dict[str, NDArray[np.float32]] = {}
        for rows, matrix in self._sources:
            wanted = [key for key in keys if key not in found and key in rows]
            if not wanted:
                continue
            vectors = matrix.take([rows[key] for key in wanted])
            unit = are_unit(vectors)
            found.update((key, vector) for key, vector, ok in zip(wanted, vectors, unit, strict=True) if ok)
        return found

    @cached_property
    def _sources(self) -> list[tuple[dict[str, int], Matrix]]:
        sources = []
        for directory in self._directories:
            matrix = Matrix(directory / MATRIX, self._dimension)
            with suppress(IndexBroken, OSError):  # a matrix that cannot be read has nothing to give
                last = len(matrix)
                noted = {key: row for key, row in _noted_rows(directory / MANIFEST).items() if 0 < row <= last}
                sources.append((noted | matrix.keyed(), matrix))
        return sources


def _noted_rows(manifest: Path) -> dict[str, int]:
    """Return the row of each key as the manifest has it, as far as the manifest can be read."""
    noted: dict[str, int] = {}
    with suppress(sqlite3.Error), closing(read_only(manifest)) as db:
        # By row, through the table alone: an index of it may be damaged too.
        for row, key in db.execute("SELECT row, key FROM vectors WHERE +filled = 1 ORDER BY row"):
            if isinstance(key, bytes) and isinstance(row, int):
                noted[key.hex()] = row
    return noted
