"""The serving generation, kept open for many calls: each looks whether another is served by now."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.database import SCHEMA_VERSION, whole
from index.encoder import Encoder, name_to_give
from index.errors import FootnoteIndexError, IndexMismatch, IndexOutdated
from index.generation import Generation, current_number, open_current
from index.sentence_vectors import SENTENCES, SentenceVectors
from index.vector_place import VectorPlace
from index.view import View


@dataclass(slots=True)
class Serving:
    """An open generation and how many calls are using it right now."""

    view: View
    uses: int = 0
    replaced: bool = False

    @property
    def generation(self) -> Generation:
        """The generation that the view is of."""
        return self.view.generation

    def close(self) -> None:
        """Let go of its files."""
        self.generation.close()
        self.view.sentences.close()


class Following:
    """Opens the serving generation of an index directory, and the next one once it is published. Safe from threads."""

    def __init__(self, path: Path, encoder: Encoder, place: VectorPlace) -> None:
        """Name the directory, what made its vectors, and where they should be; nothing is opened yet."""
        self._path, self._encoder, self._place = path, encoder, place
        self._lock = threading.Lock()
        self.serving: Serving | None = None

    @contextmanager
    def open(self) -> Iterator[Serving]:
        """Give what serves now, for one call. It stays open while any call uses it.

        Raises IndexMissing, IndexBroken, IndexMismatch or IndexOutdated.
        """
        with self._lock:
            if self.serving is None or not self._is_current(self.serving.generation):
                opened = self._opened()
                self._retire()
                self.serving = opened
            serving = self.serving
            serving.uses += 1
        try:
            with whole(self._path):
                yield serving
        finally:
            with self._lock:
                serving.uses -= 1
                if serving.replaced and not serving.uses:
                    serving.close()

    def let_deleted_go(self) -> None:
        """Let go of a generation that was deleted behind our back: it would be taken for the next one of its number."""
        with self._lock:
            if self.serving is not None and not self.serving.generation.stands():
                self._retire()

    def close(self) -> None:
        """Let go of what is open; the next call opens it again."""
        with self._lock:
            self._retire()

    def _is_current(self, generation: Generation) -> bool:
        return current_number(self._path) == generation.number and generation.stands()

    def _opened(self) -> Serving:
        generation = open_current(self._path, lambda: self._encoder.dimension, self._place)
        try:
            self._demand(generation)
        except FootnoteIndexError:
            generation.close()
            raise
        return Serving(View(generation, self._encoder, SentenceVectors(self._path / SENTENCES)))

    def _demand(self, generation: Generation) -> None:
        """Raise IndexMismatch or IndexOutdated where a generation is not of this encoder, format or place."""
        made_by, schema = generation.manifest.meta("encoder"), generation.manifest.schema
        if made_by != self._encoder.name:
            given = f" {name}" if (name := name_to_give(made_by or "")) else ""
            raise IndexMismatch(
                f"The index at '{self._path}' was made by {made_by}, not by {self._encoder.name}. "
                f"Name that one with --encoder{given}, or build the new index beside the old one with: footnote index"
            )
        if schema != SCHEMA_VERSION:
            raise IndexOutdated(
                f"The index at '{self._path}' has format {schema}, and this version of Footnote reads "
                f"{SCHEMA_VERSION}. Build it anew, with nothing to encode: footnote index"
            )
        self._place.demanded(generation.manifest)

    def _retire(self) -> None:
        if self.serving is not None:
            self.serving.replaced = True
            if not self.serving.uses:
                self.serving.close()
            self.serving = None
