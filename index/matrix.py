"""Every vector of a generation once more, by row, in one memory-mapped file, with its key beside it.

Chroma answers the open question "what is near?". This file answers what Chroma is slow at or cannot
say: exact scores over a filtered set, the vector of a known row, and whether Chroma still finds it.
With the keys it can be read without any other part of the generation, so that no damage to those costs a vector.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexBroken, IndexUnwritable

if TYPE_CHECKING:
    from numpy.typing import NDArray

KEY_BYTES = 16
_KEYED = np.dtype([("key", f"V{KEY_BYTES}"), ("sum", "<u4")])
_NO_KEY = bytes(KEY_BYTES)
_BLOCK = 4096
_CACHED = 512
"""Rows gathered at once: copied and multiplied before they leave the processor's cache."""
_GATHERED = 5
"""Rows are gathered if no more than one in so many is wanted."""


class Matrix:
    """Rows of float32 unit vectors, numbered from 1 as in the manifest. A row never written is zero."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Name the file; it is made with the first row."""
        self._path, self.dimension = path, dimension
        self._keys_path = path.with_suffix(".keys" if path.suffix == ".f32" else f"{path.suffix}-keys")
        self._mapped: NDArray[np.float32] | None = None

    def put(self, rows: Sequence[int], vectors: NDArray[np.float32], keys: Sequence[str]) -> None:
        """Write vectors (len(rows), dimension) and their keys, in hex, at their rows.

        Raises IndexUnwritable when the disk is full.
        """
        contents = [vector.tobytes() for vector in np.ascontiguousarray(vectors, np.float32)]
        sums = (zlib.crc32(content).to_bytes(4, "little") for content in contents)
        keyed = [bytes.fromhex(key) + sum_ for key, sum_ in zip(keys, sums, strict=True)]
        try:
            _write(self._path, rows, contents, self.dimension * 4)
            _write(self._keys_path, rows, keyed, _KEYED.itemsize)
        except OSError as error:
            raise IndexUnwritable.because(error) from error
        self._mapped = None

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return a copy of the vectors at these rows, in this order. Raises IndexBroken where the file ends before."""
        wanted = np.asarray(rows, np.int64)
        if wanted.size and wanted.max() > len(self):
            raise IndexBroken(f"{self._path} ends at row {len(self)}. Mend with: footnote check --repair")
        return self._rows()[wanted - 1]

    def scores(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a unit vector with those at these rows, in this order.

        Of many rows all are scored and the others left out: to copy them costs more than to multiply them.
        Raises IndexBroken where the file ends before.
        """
        if len(rows) * _GATHERED < len(self) or (rows.size and rows.max() > len(self)):
            parts = [_products(self.take(rows[at : at + _CACHED]), vector) for at in range(0, len(rows), _CACHED)]
            return np.concatenate(parts) if parts else np.empty(0, np.float32)
        return _products(self._rows(), vector)[rows - 1]

    def keyed(self) -> dict[str, int]:
        """Return the row of every key, in hex, whose vector is here as it was written."""
        if not self._keys_path.exists():
            return {}
        stored = np.fromfile(self._keys_path, _KEYED)
        rows = min(len(self), len(stored))
        found: dict[str, int] = {}
        for first in range(0, rows, _BLOCK):
            vectors = self._rows()[first : min(first + _BLOCK, rows)]
            for at, (vector, (key, sum_)) in enumerate(zip(vectors, stored[first:], strict=False), first + 1):
                if key.tobytes() != _NO_KEY and zlib.crc32(vector.tobytes()) == sum_:
                    found[key.tobytes().hex()] = at
        return found

    def become(self, other: Matrix) -> None:
        """Take the place of this file with that of another matrix, whose file is gone afterwards."""
        self._mapped = None
        for mine, new in ((self._path, other._path), (self._keys_path, other._keys_path)):
            if new.exists():
                new.replace(mine)
            else:
                mine.unlink(missing_ok=True)

    def __len__(self) -> int:
        """Count the rows that the file holds, used or not."""
        return len(self._rows())

    def _rows(self) -> NDArray[np.float32]:
        if self._mapped is None:
            size = self._path.stat().st_size if self._path.exists() else 0
            rows = size // (self.dimension * 4)  # half a row at the end of a damaged file is none
            if not rows:
                return np.empty((0, self.dimension), np.float32)
            self._mapped = np.memmap(self._path, np.float32, "r", shape=(rows, self.dimension))
        return self._mapped


def _products(rows: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the product of each row with a vector.

    In one thread: it waits for memory, not for arithmetic, and the threads of a matrix product wait for each other,
    which on a busy machine took five times as long.
    """
    found: NDArray[np.float32] = np.einsum("ij,j->i", rows, vector)
    return found


def _write(path: Path, rows: Sequence[int], contents: Sequence[bytes], width: int) -> None:
    with open(path, "r+b" if path.exists() else "w+b") as file:
        for row, content in zip(rows, contents, strict=True):
            file.seek((row - 1) * width)
            file.write(content)
