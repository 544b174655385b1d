"""Vectors that were encoded but are not yet in a served generation, so that a kill costs one batch at most."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.database import LISTED, listed
from index.errors import IndexUnwritable, translated


class Staging:
    """A small SQLite file of vectors by key. A file that cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        """Open or make the file."""
        try:
            with translated(sqlite3.OperationalError, IndexUnwritable.because):
                self._db = self._opened(path)
        except sqlite3.DatabaseError:
            remove_staged(path)
            self._db = self._opened(path)

    @staticmethod
    def _opened(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
        return db

    def put(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store a batch in one transaction. Raises IndexUnwritable when the disk is full."""
        pairs = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with translated(sqlite3.OperationalError, IndexUnwritable.because):
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", pairs)
            self._db.execute("COMMIT")

    def take(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors that are here, by key."""
        found = self._db.execute(f"SELECT key, vector FROM vectors WHERE key IN {LISTED}", listed(keys))
        return {key: np.frombuffer(vector, np.float32) for key, vector in found}

    def close(self) -> None:
        """Close the file and keep it."""
        self._db.close()


def remove_staged(path: Path) -> None:
    """Remove the file: its vectors are served now, or cannot be read."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
