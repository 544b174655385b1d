"""Every vector of a generation once more, by row, in one memory-mapped file.

Chroma answers the open question "what is near?". This file answers what Chroma is slow at or cannot
say: exact scores over a filtered set, the vector of a known row, and whether Chroma still finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexBroken, IndexUnwritable

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Matrix:
    """Rows of float32 unit vectors, numbered from 1 as in the manifest. A row never written is zero."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Name the file; it is made with the first row."""
        self._path, self._dimension = path, dimension
        self._mapped: NDArray[np.float32] | None = None

    def put(self, rows: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Write vectors (len(rows), dimension) at their rows. Raises IndexUnwritable when the disk is full."""
        width = self._dimension * 4
        try:
            with open(self._path, "r+b" if self._path.exists() else "w+b") as file:
                for row, vector in zip(rows, np.ascontiguousarray(vectors, np.float32), strict=True):
                    file.seek((row - 1) * width)
                    file.write(vector.tobytes())
        except OSError as error:
            raise IndexUnwritable.because(error) from error
        self._mapped = None

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a copy of the vectors at these rows, in this order. Raises IndexBroken where the file ends before."""
        wanted = np.asarray(rows, np.int64)
        if wanted.size and wanted.max() > len(self):
            raise IndexBroken(f"{self._path} ends at row {len(self)}. Mend with: footnote check --repair")
        return self._rows()[wanted - 1]

    def become(self, other: Matrix) -> None:
        """Take the place of this file with that of another matrix, whose file is gone afterwards."""
        self._mapped = None
        if other._path.exists():
            other._path.replace(self._path)
        else:
            self._path.unlink(missing_ok=True)

    def __len__(self) -> int:
        """Count the rows that the file holds, used or not."""
        return len(self._rows())

    def _rows(self) -> NDArray[np.float32]:
        if self._mapped is None:
            size = self._path.stat().st_size if self._path.exists() else 0
            rows = size // (self._dimension * 4)  # half a row at the end of a damaged file is none
            if not rows:
                return np.empty((0, self._dimension), np.float32)
            self._mapped = np.memmap(self._path, np.float32, "r", shape=(rows, self._dimension))
        return self._mapped
