"""Every vector of a generation once more, by row, in one file, with its key beside it.

Chroma answers the open question "what is near?". This file answers what Chroma is slow at or cannot
say: exact scores over a filtered set, the vector of a known row, and whether Chroma still finds it.
With the keys it can be read without any other part of the generation, so that no damage to those costs a vector.
"""

from __future__ import annotations

import os
import sys
import threading
import weakref
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.codes import Codes, nearest, products
from index.errors import IndexBroken, IndexUnwritable, translated

MATRIX = "matrix.f32"
"""The file's name in the directory of its generation."""
KEY_BYTES = 16
_KEYED = np.dtype([("key", f"V{KEY_BYTES}"), ("sum", "<u4")])
_NO_KEY = bytes(KEY_BYTES)
_BLOCK = 512


class Matrix:
    """Rows of float32 unit vectors, numbered from 1 as in the manifest. A row never written is zero.

    They are read and not mapped: what was once touched of a mapped file counts as memory of the process.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        """Name the file; it is made with the first row."""
        self._path, self.dimension = path, dimension
        self._keys_path = path.with_suffix(".keys" if path.suffix == ".f32" else f"{path.suffix}-keys")
        self._file: _File | None = None
        self._codes: Codes | None = None
        self._lock = threading.Lock()

    def put(self, rows: Sequence[int], vectors: NDArray[np.float32], keys: Sequence[str]) -> None:
        """Write vectors (len(rows), dimension) and their keys, in hex, at their rows.

        Raises IndexUnwritable when the disk is full.
        """
        contents = [vector.tobytes() for vector in np.ascontiguousarray(vectors, np.float32)]
        sums = (zlib.crc32(content).to_bytes(4, "little") for content in contents)
        keyed = [bytes.fromhex(key) + sum_ for key, sum_ in zip(keys, sums, strict=True)]
        with translated(OSError, IndexUnwritable.because):
            _write(self._path, rows, contents, self.dimension * 4)
            _write(self._keys_path, rows, keyed, _KEYED.itemsize)
        self._codes = None

    def take(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors at these rows, in this order. Raises IndexBroken where the file ends before."""
        wanted = np.asarray(rows, np.int64)
        if wanted.size and wanted.max() > len(self):
            raise IndexBroken.mendable(f"{self._path} ends at row {len(self)}")
        if not wanted.size:
            return np.empty((0, self.dimension), np.float32)
        starts = np.flatnonzero(np.diff(wanted, prepend=wanted[0] - 2) != 1)  # of runs of neighbours, read in one go
        lengths = np.diff(starts, append=len(wanted))
        taken = np.empty((len(wanted), self.dimension), np.float32)
        for at, row, length in zip(starts.tolist(), wanted[starts].tolist(), lengths.tolist(), strict=True):
            self._read(row, taken[at : at + length])
        return taken

    def scores(self, rows: Sequence[int], vector: NDArray[np.float32]) -> list[float]:
        """Return the cosine of a unit vector with those at these rows, in this order.

        Raises IndexBroken where the file ends before.
        """
        found: list[float] = products(self.take(rows), vector).tolist()
        return found

    def nearest(
        self, rows: NDArray[np.int64], vector: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return which of these rows have the k highest cosines with a unit vector, highest first, and the cosines.

        The rows are named by their positions in `rows`; equal ones come in that order. Raises IndexBroken where the
        file ends before.
        """
        if rows.size and rows.max() > len(self):
            raise IndexBroken.mendable(f"{self._path} ends at row {len(self)}")
        near = self._rounded().candidates(rows - 1, vector, k)
        exact = products(self.take(rows[near]), vector)
        best = nearest(exact, k)
        return near[best], exact[best]

    def keyed(self) -> dict[str, int]:
        """Return the row of every key, in hex, whose vector is here as it was written."""
        if not self._keys_path.exists():
            return {}
        stored = np.fromfile(self._keys_path, _KEYED)
        rows = min(len(self), len(stored))
        found: dict[str, int] = {}
        for first in range(0, rows, _BLOCK):
            vectors = self._block(first, rows)
            for at, (vector, (key, sum_)) in enumerate(zip(vectors, stored[first:], strict=False), first + 1):
                if key.tobytes() != _NO_KEY and zlib.crc32(vector.tobytes()) == sum_:
                    found[key.tobytes().hex()] = at
        return found

    def become(self, other: Matrix) -> None:
        """Take the place of this file with that of another matrix, whose file is gone afterwards."""
        self._file = self._codes = None
        for mine, new in ((self._path, other._path), (self._keys_path, other._keys_path)):
            if new.exists():
                new.replace(mine)
            else:
                mine.unlink(missing_ok=True)

    def __len__(self) -> int:
        """Count the rows that the file holds, used or not."""
        size = self._path.stat().st_size if self._path.exists() else 0
        return size // (self.dimension * 4)  # half a row at the end of a damaged file is none

    def _rounded(self) -> Codes:
        with self._lock:
            if self._codes is None or len(self._codes) != len(self):
                rows = len(self)
                blocks = (self._block(first, rows) for first in range(0, rows, _BLOCK))
                self._codes = Codes(blocks, (rows, self.dimension))
            return self._codes

    def _block(self, first: int, rows: int) -> NDArray[np.float32]:
        block = np.empty((min(_BLOCK, rows - first), self.dimension), np.float32)
        self._read(first + 1, block)
        return block

    def _read(self, row: int, into: NDArray[np.float32]) -> None:
        """Read as many rows as `into` has, from this one on."""
        try:
            if self._file is None:
                self._file = _File(self._path)
            held = self._file.read((row - 1) * self.dimension * 4, into.data.cast("B"))
        except OSError as error:
            raise IndexBroken.mendable(f"{self._path} cannot be read", error) from error
        if held < into.nbytes:
            raise IndexBroken.mendable(f"{self._path} was cut off while it was read")


class _File:
    """A file open for reading from several threads, until nobody has it any more."""

    def __init__(self, path: Path) -> None:
        self._opened = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._lock = threading.Lock()
        weakref.finalize(self, os.close, self._opened)

    def read(self, at: int, into: memoryview) -> int:
        """Fill `into` with what stands from byte `at` on; return how many bytes that were."""
        if sys.platform != "win32":
            return os.preadv(self._opened, [into], at)
        with self._lock:
            os.lseek(self._opened, at, os.SEEK_SET)
            content = os.read(self._opened, len(into))
        into[: len(content)] = content
        return len(content)


def are_unit(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which vectors are of unit length, as far as float32 says; one with a number that is none is not."""
    found: NDArray[np.bool_] = np.abs(np.linalg.norm(vectors, axis=1) - 1) < 1e-3
    return found


def _write(path: Path, rows: Sequence[int], contents: Sequence[bytes], width: int) -> None:
    with open(path, "r+b" if path.exists() else "w+b") as file:
        for row, content in zip(rows, contents, strict=True):
            file.seek((row - 1) * width)
            file.write(content)
