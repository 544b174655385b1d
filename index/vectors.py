"""The only importer of chromadb: a collection of vectors whose ids come from their content."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import IndexBroken, IndexUnwritable

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
BATCH_VECTORS = 2000
"""Vectors sent to Chroma at once; it refuses more than 5,461."""


class Vectors:
    """A Chroma collection in a directory. Cosine distance, no documents, no embedding function.

    Only one process may ever write a directory: two writers lose vectors for good without a sign.
    """

    _client: Any  # chromadb's annotation lacks `close`
    _collection: Any

    def __init__(self, directory: Path, *, create: bool = False) -> None:
        """Open the collection, or make it. Raises IndexBroken if it is not there or not readable."""
        self._directory = directory
        self._open(create=create)

    def _open(self, *, create: bool) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        if not create and not (self._directory / _DATABASE).is_file():
            # Chroma would make an empty database there and then say that the collection is missing.
            raise IndexBroken(f"There are no vectors in {self._directory}. Mend with: footnote check --repair")
        try:
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.PersistentClient(str(self._directory), settings=settings)
        except (ChromaError, ValueError, OSError, sqlite3.Error) as error:
            raise self._broken(error) from error
        try:
            if create:
                self._collection = self._client.create_collection(
                    COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
                )
            else:
                self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except (ChromaError, ValueError, OSError, sqlite3.Error) as error:
            self._client.close()  # else Chroma keeps the broken directory open for the whole process
            raise self._broken(error) from error

    def _broken(self, error: Exception) -> IndexBroken:
        return IndexBroken(
            f"The vectors in {self._directory} cannot be opened ({error}). Mend with: footnote check --repair"
        )

    def recreate(self) -> None:
        """Begin anew with an empty collection. Deleting the old one through Chroma would leave its files behind."""
        self._client.close()
        shutil.rmtree(self._directory)
        self._directory.mkdir()
        self._open(create=True)

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors (len(ids), dimension) under their ids; storing one again changes nothing."""
        from chromadb.errors import ChromaError

        try:
            for first in range(0, len(ids), BATCH_VECTORS):
                batch = slice(first, first + BATCH_VECTORS)
                self._collection.upsert(ids=list(ids[batch]), embeddings=vectors[batch])
        except (ChromaError, OSError) as error:
            raise IndexUnwritable.because(error) from error

    def drop(self, ids: Sequence[str]) -> None:
        """Delete vectors; unknown ids are no error."""
        for first in range(0, len(ids), BATCH_VECTORS):
            self._collection.delete(ids=list(ids[first : first + BATCH_VECTORS]))

    def near(self, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """Return for each query at most k (id, cosine similarity), closest first; fewer if there are fewer."""
        if not self.count():
            return [[] for _ in queries]
        found = self._collection.query(query_embeddings=queries, n_results=k, include=["distances"])
        return [
            [(id_, 1.0 - distance) for id_, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def count(self) -> int:
        """Count the vectors."""
        return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return every id."""
        return set(self._collection.get(include=[])["ids"])

    def close(self) -> None:
        """Let go of the files, also of what Chroma keeps for the process, so that the next open sees them anew."""
        self._client.close()


def copy_vectors(source: Path, target: Path) -> None:
    """Copy a directory that others may be reading. Readers write to the SQLite file, so that one is backed up."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for database in source.glob("*.sqlite3"):
        read, written = (
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True),
            sqlite3.connect(target / database.name),
        )
        try:
            read.backup(written)
        finally:
            read.close()
            written.close()


def stray_directories(directory: Path) -> list[str]:
    """Return the graph folders that Chroma has forgotten: deleting a collection leaves its folder behind."""
    database = directory / _DATABASE
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as read:
        known = {name for (name,) in read.execute("SELECT id FROM segments")}
    return sorted(entry.name for entry in directory.iterdir() if entry.is_dir() and entry.name not in known)
