"""The vectors of every sentence of a passage as it stands there, by the passage's key, in eight bits a number.

They come with the passage's own vector at no further cost, and save encoding sentences when a question is asked. One
file serves all generations, since what is in it depends on the key alone. What it lacks is encoded with the question.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.codes import in_eight_bits
from index.database import for_reading, marked
from index.errors import MEND, IndexUnwritable, translated

SENTENCES = "sentences.db"
"""Its name, beside the generations."""

_Given = TypeVar("_Given")
_log = logging.getLogger(__name__)


class SentenceVectors:
    """For each key, where its sentences start and their vectors. May be read from several threads."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Name the file; it is opened with the first call.

        writable: a file that is not there or cannot be read is begun anew.
        """
        self._path, self._writable = path, writable
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None

    def put(self, keys: Sequence[str], starts: Sequence[Sequence[int]], vectors: Sequence[NDArray[np.float32]]) -> None:
        """Store the sentences of these keys, given in hex, in one transaction.

        starts: of each sentence, in characters from the start of its passage. vectors: an array (sentences,
        dimension) a key, unit vectors; zero for a sentence that was not read. Raises IndexUnwritable.
        """
        rows = [
            (bytes.fromhex(key), _packed(begin, made)) for key, begin, made in zip(keys, starts, vectors, strict=True)
        ]
        with translated(sqlite3.OperationalError, IndexUnwritable.because), self._lock:
            self._done_or_begun_anew(lambda: self._store(rows))

    def take(self, keys: Sequence[str]) -> dict[str, list[tuple[int, NDArray[np.float32]]]]:
        """Return (start, unit vector) of the sentences of each key that is known; what was not read is left out."""
        return {key: _unpacked(blob) for key, blob in self._blobs(keys)}

    def lacking(self, keys: Sequence[str], starts: Sequence[Sequence[int]] | None = None) -> list[str]:
        """Return the keys that are not known, and those whose sentences are known to start elsewhere than at `starts`.

        An older splitting may have found other sentences in the same passage.
        """
        if starts is None:
            known = {key for key, _ in self._blobs(keys, column="zeroblob(0)")}
            return [key for key in keys if key not in known]
        stored = {key: _records(blob)["start"].tolist() for key, blob in self._blobs(keys)}
        return [key for key, begin in zip(keys, starts, strict=True) if stored.get(key) != list(begin)]

    def prune(self, keys: Collection[str]) -> None:
        """Forget all keys but these. For the writer only."""
        kept = {bytes.fromhex(key) for key in keys}
        with translated(sqlite3.DatabaseError, IndexUnwritable.because), self._lock:
            with self._opened() as db:
                found = [row for row in db.execute("SELECT key FROM sentences") if row[0] not in kept]
                db.executemany("DELETE FROM sentences WHERE key = ?", found)
            if found:
                db.execute("VACUUM")

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        with self._lock:
            self._let_go()

    def _blobs(self, keys: Sequence[str], *, column: str = "vectors") -> list[tuple[str, bytes]]:
        found: list[tuple[str, bytes]] = []
        if not (self._writable or self._path.exists()):
            return found
        try:
            with self._lock:
                db = self._opened()
                for marks, some in marked([bytes.fromhex(key) for key in keys]):
                    rows = db.execute(f"SELECT key, {column} FROM sentences WHERE key IN ({marks})", some)
                    found += [(key.hex(), blob) for key, blob in rows]
        except sqlite3.DatabaseError as error:
            _log.warning("%s cannot be read (%s): answers take longer. %s", self._path, error, MEND)
            if self._writable and not isinstance(error, sqlite3.OperationalError):
                with self._lock:
                    self._begin_anew()
                return []
        return found

    def _store(self, rows: Sequence[tuple[bytes, bytes]]) -> None:
        with self._opened() as db:
            db.executemany("INSERT OR REPLACE INTO sentences VALUES (?, ?)", rows)

    def _done_or_begun_anew(self, work: Callable[[], _Given]) -> _Given:
        """Return what some work gives; where it finds the file to be damaged, it is done again with a new one."""
        try:
            return work()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._begin_anew()
            return work()

    def _begin_anew(self) -> None:
        """Remove a file that is damaged inside: what is left of it is encoded again, as what is lost is."""
        self._let_go()
        for suffix in ("-journal", ""):  # the journal first: a new file must not be rolled back by it
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = self._done_or_begun_anew(self._made) if self._writable else for_reading(self._path)
        return self._db

    def _made(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, check_same_thread=False)
        try:
            db.execute(
                "CREATE TABLE IF NOT EXISTS sentences (key BLOB PRIMARY KEY, vectors BLOB NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db


def _record(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("start", "<u4"), ("scale", "<f4"), ("vector", "i1", (dimension,))])


def _packed(starts: Sequence[int], vectors: NDArray[np.float32]) -> bytes:
    """Return the dimension in two bytes and a record for each vector, scaled so that its largest number is 127."""
    dimension = vectors.shape[1] if vectors.ndim == 2 else 0
    records = np.zeros(len(starts), _record(dimension))
    if len(starts):
        records["start"] = starts
        records["vector"], records["scale"] = in_eight_bits(vectors)
    return dimension.to_bytes(2, "little") + records.tobytes()


def _unpacked(blob: bytes) -> list[tuple[int, NDArray[np.float32]]]:
    records, found = _records(blob), []
    for record in records[records["scale"] > 0]:
        vector = record["vector"].astype(np.float32)
        found.append((int(record["start"]), vector / np.linalg.norm(vector)))
    return found


def _records(blob: bytes) -> NDArray[np.void]:
    """Return the records of a key; none of one that is damaged."""
    record_type = _record(int.from_bytes(blob[:2], "little"))
    return np.frombuffer(blob if (len(blob) - 2) % record_type.itemsize == 0 else blob[:2], record_type, offset=2)
