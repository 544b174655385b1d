"""Where an index has its vectors: in each generation's directory, or in a collection of a Chroma server.

The manifest of a generation says which (`collection`, `server`); the user says where they should be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.chroma_server import ChromaServer
from index.errors import IndexMismatch
from index.manifest import Manifest
from index.server_collections import family
from index.server_vectors import ServerVectors
from index.vectors import Vectors

LOCAL = "local"


class VectorStore(Protocol):
    """What a generation asks of what holds its vectors.

    shared: whether it holds those of other generations too, which are found no more than if they were not there.
    collection: its name in a Chroma server, or empty.
    """

    @property
    def shared(self) -> bool: ...  # noqa: D102

    @property
    def collection(self) -> str: ...  # noqa: D102

    def recreate(self) -> None:
        """Begin anew, empty."""

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors (len(ids), dimension) under their ids; storing one again changes nothing."""

    def drop(self, ids: Sequence[str]) -> None:
        """Find these no more."""

    def near(self, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """Return for each query at most k (id, cosine similarity), closest first; fewer if there are fewer."""

    def count(self) -> int:
        """Count the vectors."""

    def ids(self) -> set[str]:
        """Return every id."""

    def frail(self) -> list[str] | None:
        """Return the ids that a search may not reach, as hardly any other leads to them; None: it could be any."""

    def close(self) -> None:
        """Let go of it; the next call opens it again."""


@dataclass(frozen=True, slots=True)
class VectorPlace:
    """What the user said of the place. server: None for the index directory. said: whether anything was said."""

    server: ChromaServer | None = None
    said: bool = False

    @classmethod
    def named(cls, vectors: str | None, headers: Mapping[str, str] | None = None) -> VectorPlace:
        """Return the place of a name: an address, "local", or None where nothing was said.

        Raises VectorsUnavailable for what is no address.
        """
        if not vectors:
            return cls()
        return cls(None if vectors == LOCAL else ChromaServer(vectors, headers=headers), said=True)

    def is_of(self, manifest: Manifest) -> bool:
        """Return whether a generation's vectors are where they should be.

        Raises IndexMismatch where they are in a server and the user named no place: nothing is sent to a server,
        or brought away from one, because a file says so.
        """
        away = bool(manifest.meta("collection"))
        if away and not self.said:
            where = manifest.meta("server")
            raise IndexMismatch(
                f"The vectors of this index are in the Chroma server at {where}. Name it with --vectors {where}, "
                "or bring them back with: footnote index --vectors local"
            )
        return away == (self.server is not None)

    def demanded(self, manifest: Manifest) -> None:
        """Raise IndexMismatch where a generation's vectors are elsewhere."""
        if self.is_of(manifest):
            return
        if self.server:
            where = self.server.where
            raise IndexMismatch(
                f"The vectors of this index are in its directory, not in the Chroma server at {where}. Take them "
                f"there, with nothing to encode: footnote index --vectors {where}"
            )
        raise IndexMismatch(
            f"The vectors of this index are in the Chroma server at {manifest.meta('server')}, not in its directory. "
            "Bring them back, with nothing to encode: footnote index --vectors local"
        )

    def opened(self, directory: Path, manifest: Manifest) -> VectorStore:
        """Return what holds the vectors of a generation, wherever that is. Raises IndexBroken if nothing does."""
        collection = manifest.meta("collection")
        if collection:
            return ServerVectors(self.server, collection, manifest.vector_rows)
        return Vectors(directory / "vectors")

    def begun(self, directory: Path, manifest: Manifest) -> VectorStore:
        """Return an empty place for a generation's vectors, where they should be. Raises VectorsUnavailable."""
        if self.server is None:
            (directory / "vectors").mkdir(parents=True, exist_ok=True)
            return Vectors(directory / "vectors", create=True)
        begun = ServerVectors(self.server, f"{family(directory.parent.parent)}-", manifest.vector_rows)
        begun.recreate()
        return begun

    def note(self, manifest: Manifest, vectors: VectorStore, *, before: Manifest | None) -> None:
        """Have the manifest of a generation say where its vectors are, and where those of the one before it were."""
        manifest.set_meta("collection", vectors.collection)
        manifest.set_meta("collection_before", (before and before.meta("collection")) or "")
        manifest.set_meta("server", self.server.where if self.server else "")
