"""The vectors of a generation in a collection of a Chroma server, which serves other generations at the same time.

A collection only grows while it is in use: the next generation's vectors come beside those that serve, and what no
passage has any more stays, as readers of older generations still ask for it. Each generation's manifest says which
are alive. When strangers would be too many, a new collection is begun; `server_collections` drops the old one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.chroma_server import BATCH_BYTES, PAGE, ChromaServer
from index.errors import CollectionMissing, IndexMismatch

_SPARE = 4
"""At first a quarter more is asked for than is wanted, for the strangers among what is found."""
_MORE = 4
"""Then so many times as much, until enough of what is found is alive."""


class ServerVectors:
    """A collection in a Chroma server, as one generation sees it: only what is alive there is found."""

    shared = True

    def __init__(
        self, server: ChromaServer | None, collection: str, alive: Callable[[Sequence[str]], Container[str]]
    ) -> None:
        """Name the collection; it is asked for when it is needed.

        server: None where the user has named none; whatever needs it then raises IndexMismatch. alive: which of some
        ids are this generation's.
        """
        self._server, self.collection, self._alive = server, collection, alive
        self._empty = False

    @property
    def server(self) -> ChromaServer:
        """The server. Raises IndexMismatch where none was named."""
        if self._server is None:
            raise IndexMismatch("The vectors of this index are in a Chroma server. Name it with --vectors.")
        return self._server

    def exists(self) -> bool:
        """Return whether the server has the collection."""
        return self.server.find(self.collection) is not None

    def recreate(self) -> None:
        """Begin anew with an empty collection, of another name in the same family; the old one serves on."""
        if self._empty:
            return
        self.close()
        # No name of the content: two indexes may hold the same, and one must not drop what the other reads.
        self.collection = f"{self.collection.rpartition('-')[0]}-{secrets.token_hex(4)}"
        self._id, self._empty = self.server.create(self.collection), True

    def put(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors (len(ids), dimension) under their ids.

        Those that are there are not sent: an id is of one content, and to replace a vector costs several times as
        much as to add one.
        """
        self._empty = False
        step = min(PAGE, max(1, BATCH_BYTES // (4 * max(1, vectors.shape[1]))))
        for first in range(0, len(ids), step):
            batch = ids[first : first + step]
            with self._there():
                there = set(self.server.ids(self._id, batch))
                missing = [at for at, one in enumerate(batch) if one not in there]
                if missing:
                    self.server.put(self._id, [batch[at] for at in missing], vectors[[first + at for at in missing]])

    def drop(self, ids: Sequence[str]) -> None:
        """Leave vectors that no passage has any more where they are: older generations still ask for them."""

    def near(self, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """Return for each query at most k (id, cosine similarity) of what is alive, closest first."""
        found: list[list[tuple[str, float]]] = [[] for _ in queries]
        short, wanted = list(range(len(queries))), k + k // _SPARE + 1
        while short:
            with self._there():
                answers = self.server.query(self._id, queries[short], wanted)
            alive = self._alive(sorted({id_ for hits in answers for id_, _ in hits}))
            for at, hits in zip(short, answers, strict=True):
                found[at] = [hit for hit in hits if hit[0] in alive][:k]
            # Fewer than were asked for: there are no more.
            short = [at for at, hits in zip(short, answers, strict=True) if len(found[at]) < k and len(hits) == wanted]
            wanted *= _MORE
        return found

    def count(self) -> int:
        """Count the vectors, alive or not."""
        with self._there():
            return self.server.count(self._id)

    def ids(self) -> set[str]:
        """Return every id, alive or not."""
        with self._there():
            return set(self.server.ids(self._id))

    def frail(self) -> list[str]:
        """Return none: the server's graph cannot be read from here, so updates find what it hides as they sample."""
        return []

    def close(self) -> None:
        """Forget what was known of the collection."""
        self.__dict__.pop("_id", None)

    @cached_property
    def _id(self) -> str:
        found = self.server.find(self.collection)
        if found is None:
            raise CollectionMissing(self.collection)
        return found

    @contextmanager
    def _there(self) -> Iterator[None]:
        """Say what to do where the collection is gone."""
        try:
            yield
        except CollectionMissing as error:
            self.close()
            where = self.server.where
            raise CollectionMissing(
                f"The Chroma server at {where} has no collection {self.collection!r}, where the vectors of this index "
                "are: it is another server, or has lost it. Write them there anew, with nothing to encode: "
                f"footnote index --vectors {where}"
            ) from error
