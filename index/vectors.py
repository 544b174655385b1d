"""The only importer of chromadb: a collection of vectors whose ids come from their content."""

from __future__ import annotations

import importlib
import shutil
import sqlite3
import sys
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.copies import copy_files
from index.database import read_only
from index.errors import FootnoteIndexError, IndexBroken, IndexUnwritable, translated
from index.graph import hardly_led_to

COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
GRAPH = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "sync_threshold": 1}
"""Twice the density of Chroma's own: with that, one vector in some hundreds of a tight cluster was out of reach, with
this none of 3,000 and of 600, for a tenth more time. What is not written to the graph's file is put into it anew at
each opening, by several threads and in any order, so all is written at once: what was looked at is what is read."""
BATCH_VECTORS = 2000
"""Vectors sent to Chroma at once; it refuses more than 5,461."""


class Vectors:
    """A Chroma collection in a directory. Cosine distance, no documents, no embedding function.

    Only one process may ever write a directory: two writers lose vectors for good without a sign.
    """

    shared, collection = False, ""

    def __init__(self, directory: Path, *, create: bool = False) -> None:
        """Name the directory; Chroma itself is loaded and asked only when the collection is needed.

        Raises IndexBroken if there is nothing to open and nothing is to be made.
        """
        self._directory, self._create = directory, create
        self._client: Any = None
        if not create and not (directory / _DATABASE).is_file():
            # Chroma would make an empty database there and then say that the collection is missing.
            raise IndexBroken.mendable(f"There are no vectors in {directory}")

    @cached_property
    def _collection(self) -> Any:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        try:
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.PersistentClient(str(self._directory), settings=settings)
            # An index that is dropped without being closed must not stay open for the whole process.
            weakref.finalize(self, self._client.close).atexit = False
            if self._create:
                return self._client.create_collection(
                    COLLECTION, embedding_function=None, configuration={"hnsw": GRAPH}
                )
            return self._client.get_collection(COLLECTION, embedding_function=None)
        except (ChromaError, ValueError, OSError, sqlite3.Error) as error:
            # Else Chroma keeps the broken directory open for the whole process, even if it could not start.
            if self._client is None:
                SharedSystemClient._identifier_to_system.pop(str(self._directory), None)
            self.close()
            raise IndexBroken.mendable(f"The vectors in {self._directory} cannot be opened", error) from error

    def recreate(self) -> None:
        """Begin anew with an empty collection. Deleting the old one through Chroma would leave its files behind."""
        self.close()
        shutil.rmtree(self._directory, ignore_errors=True)
        self._directory.mkdir()
        self._create = True

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store at most `BATCH_VECTORS` (len(ids), dimension) under their ids; storing one again changes nothing."""
        with self._translated(IndexUnwritable.because):
            self._collection.upsert(ids=list(ids), embeddings=vectors)

    def drop(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are no error."""
        with self._translated(IndexUnwritable.because):
            for first in range(0, len(ids), BATCH_VECTORS):
                self._collection.delete(ids=list(ids[first : first + BATCH_VECTORS]))

    def near(self, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """Return for each query at most k (id, cosine similarity), closest first; fewer if there are fewer."""
        with self._translated(self._damaged):
            found = self._collection.query(query_embeddings=queries, n_results=k, include=["distances"])
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def count(self) -> int:
        """Count the vectors."""
        with self._translated(self._damaged):
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return every id."""
        with self._translated(self._damaged):
            return set(self._collection.get(include=[])["ids"])

    def frail(self) -> list[str] | None:
        """Return the ids that hardly any other leads to; None where Chroma's files do not tell."""
        with closing(read_only(self._directory / _DATABASE)) as read:
            graphs = read.execute("SELECT id FROM segments WHERE scope = 'VECTOR'").fetchall()
        return hardly_led_to(self._directory / graphs[0][0]) if len(graphs) == 1 else None

    def _damaged(self, error: Exception) -> IndexBroken:
        return IndexBroken.mendable(f"The vectors in {self._directory} cannot be read", error)

    def _translated(self, as_ours: Callable[[Exception], FootnoteIndexError]) -> AbstractContextManager[None]:
        """Raise Chroma's errors as ours; it is loaded for that alone where it was not before."""
        from chromadb.errors import ChromaError

        return translated((ChromaError, OSError), as_ours)

    def close(self) -> None:
        """Let go of the files, also of what Chroma keeps for the process, so that the next open sees them anew."""
        self.__dict__.pop("_collection", None)
        if self._client is not None:
            self._client.close()
            self._client, self._create = None, False


def load_ahead() -> None:
    """Begin to load Chroma, a second's work, beside what is done before it is needed; who needs it then waits."""
    if "chromadb" not in sys.modules:
        threading.Thread(target=_loaded, name="loading Chroma").start()


def _loaded() -> None:
    with suppress(RuntimeError):  # the command has failed and ended before, when nothing can be begun any more
        importlib.import_module("chromadb")


def copy_vectors(source: Path, target: Path) -> None:
    """Copy a directory that others may be reading. Readers write to the SQLite file, so that one is backed up."""
    copy_files(source, target, without=("*.sqlite3*",))
    for database in source.glob("*.sqlite3"):
        with closing(read_only(database)) as read, closing(sqlite3.connect(target / database.name)) as written:
            read.backup(written)


def stray_directories(directory: Path) -> list[str]:
    """Return the graph folders that Chroma has forgotten: deleting a collection leaves its folder behind."""
    database = directory / _DATABASE
    if not database.exists():
        return []
    with closing(read_only(database)) as read:
        known = {name for (name,) in read.execute("SELECT id FROM segments")}
    return sorted(entry.name for entry in directory.iterdir() if entry.is_dir() and entry.name not in known)
