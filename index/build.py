"""From the changes of a folder to the next generation. The old one serves until the new one is whole."""

from __future__ import annotations

import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.article import Failure
from corpus.folder import Scan, scan
from index.changes import UNTRUSTED, Changes, changes
from index.check import check
from index.database import MANIFEST, SCHEMA_VERSION, whole
from index.encoder import Encoder
from index.encoding import Encoding
from index.errors import IndexBroken, IndexMissing, IndexUnwritable, VectorsUnavailable, translated
from index.generation import (
    Generation,
    copy_generation,
    directory_of,
    numbers,
    open_current,
    open_directory,
    publish,
    remove_unused,
)
from index.intake import Intake
from index.locks import writer_lock
from index.manifest import Manifest
from index.report import BuildReport, Progress
from index.salvage import Salvage
from index.sentence_vectors import SENTENCES, SentenceVectors
from index.server_collections import drop_unneeded
from index.server_vectors import ServerVectors
from index.staging import remove_staged
from index.vector_place import VectorPlace
from index.vectors import load_ahead

_log = logging.getLogger(__name__)
_RACY_NS = 50_000_000
"""Clocks of file systems tick every few milliseconds."""


def build(
    index: Path,
    folder: Path,
    encoder: Encoder,
    *,
    place: VectorPlace,
    full: bool = False,
    compact: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Bring the index at `index` up to date with `folder`; return what changed.

    place: where the vectors are to be; they are taken there. full: hash every file instead of trusting size and
    times. compact: write vectors and keywords afresh. Where what stands there is damaged, all is read anew, and no
    vector that can still be read is encoded again. Raises IndexBusy, IndexUnwritable, EncoderUnavailable,
    VectorsUnavailable, IndexMismatch, or FolderMissing; the index is then as it was.
    """
    started = time.monotonic()

    def built(base: Generation | None, notices: list[Failure]) -> BuildReport:
        with whole(index), closing(SentenceVectors(index / SENTENCES, writable=True)) as sentence_vectors:
            parent = base if base and _can_grow(base.manifest, encoder.name, compact=compact) else None
            found = _settled(scan(folder), time.time_ns())
            differing = changes(
                found,
                parent.manifest.files() if parent else {},
                full=full,
                serves=lambda path: bool(parent and parent.manifest.stored_articles(file=path)),
            )
            one = _Build(index, encoder, place, base, parent, notices, sentence_vectors, progress or (lambda _: None))
            return one.run(found, differing, compact=compact)

    with writer_lock(index), whole(index):
        base, notices = _newest_whole(index, lambda: encoder.dimension, place)
        try:
            if base and not notices:
                remove_unused(index, keep=base.number, above=base.number)  # what a killed build left half done
            try:
                report = built(base, notices)
            except IndexBroken as error:
                if base is None:
                    raise
                report = built(None, [Failure("CURRENT", f"{error.what}All was read anew now.")])
        finally:
            if base:
                base.close()
        remove_unused(index, keep=report.generation)
        if place.server:
            with suppress(VectorsUnavailable):  # what is published stands; the next update drops them
                drop_unneeded(index, place.server)
    return replace(report, seconds=time.monotonic() - started)


def _newest_whole(
    index: Path, dimension: Callable[[], int], place: VectorPlace
) -> tuple[Generation | None, list[Failure]]:
    """Return what to go on from: the serving generation, or where it is damaged the newest whole one."""
    try:
        return open_current(index, dimension, place), []
    except IndexMissing:
        notices = [Failure("CURRENT", "was not there; the newest whole generation took its place")]
    except IndexBroken as error:
        notices = [Failure("CURRENT", f"{error.what}It was mended now.")]
    for number in reversed(numbers(index)):
        try:
            found = open_directory(directory_of(index, number), dimension, place=place)
        except (IndexBroken, OSError):
            continue
        with suppress(IndexBroken), whole(index):
            if check(found).ok:
                return found, notices
        found.close()
    return None, notices if (index / "CURRENT").exists() else []


def _settled(found: Scan, now_ns: int) -> Scan:
    """Distrust the times of files written this very moment: a second write would not show in them."""
    files = (replace(one, ctime_ns=UNTRUSTED) if one.ctime_ns > now_ns - _RACY_NS else one for one in found.files)
    return replace(found, files=tuple(files))


def _can_grow(manifest: Manifest, encoder: str, *, compact: bool) -> bool:
    """Return whether the next generation is a changed copy of this one: not if it speaks of other vectors or tables."""
    alike = manifest.schema == SCHEMA_VERSION and manifest.meta("encoder") == encoder
    return alike and not (compact and manifest.damage())


class _Build:
    """The order of one build: read, encode, store, verify, and only then publish."""

    def __init__(
        self,
        index: Path,
        encoder: Encoder,
        place: VectorPlace,
        base: Generation | None,
        parent: Generation | None,
        notices: Sequence[Failure],
        sentence_vectors: SentenceVectors,
        progress: Callable[[Progress], None],
    ) -> None:
        """Name what serves, `base`, and what the next generation grows from, `parent`: that one or none."""
        self._sentences, self._progress = sentence_vectors, progress
        self._index, self._encoder, self._base, self._parent = index, encoder, base, parent
        self._place, self._notices = place, tuple(notices)

    def run(self, found: Scan, differing: Changes, *, compact: bool) -> BuildReport:
        moves = self._moves()
        anew = compact or moves
        if self._parent and not (differing.read or differing.gone or anew):
            self._note(self._parent, differing)
            if self._notices:
                publish(self._index, self._parent.number)
            return _report(self._parent, found, self._notices)
        if self._place.server is None:
            load_ahead()
        number = max([0, *numbers(self._index)]) + 1
        directory = directory_of(self._index, number)
        staged = self._index / "staged.db"
        salvage = Salvage(self._left_behind(), self._encoder.dimension)
        try:
            with closing(self._begin(directory, anew=anew)) as next_:
                intake = Intake(next_, self._encoder.name, self._progress)
                encoding = Encoding(next_, self._encoder, salvage, self._sentences, self._progress)
                intake.take(differing)
                if compact:
                    encoding.mend()
                new = encoding.encode(staged)
                with self._unless_damaged():
                    encoding.store(new, first=not self._parent, anew=anew)
                encoding.verify({key for _, key in next_.manifest.filled_vectors()} if anew else new)
                notices = (*self._notices, *intake.notices, *(self._left() if moves else ()))
                report = _report(next_, found, notices, intake.added, intake.removed, encoding.embedded)
                alive = {key for _, key in next_.manifest.filled_vectors()} if encoding.rewritten else None
            publish(self._index, number)
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        if alive is not None:
            self._forget_all_but(alive)
        remove_staged(staged)
        return report

    @contextmanager
    def _unless_damaged(self) -> Iterator[None]:
        """Raise IndexBroken where vectors could not be added because those that stand there cannot be read."""
        try:
            yield
        except IndexUnwritable:
            if self._parent:
                self._parent.vectors.near(np.eye(1, self._encoder.dimension, dtype=np.float32), 1)
            raise

    def _forget_all_but(self, alive: set[str]) -> None:
        """Drop the sentences of what is no more; a reader of the old generation encodes them with the question."""
        try:
            self._sentences.prune(alive)
        except IndexUnwritable as error:  # what is published stands
            _log.warning(
                "What no article needs any more is still in %s (%s). Make room, then: footnote index --compact",
                self._index / SENTENCES,
                error.__cause__,
            )

    def _moves(self) -> bool:
        """Return whether the vectors are to be taken elsewhere, or the server has lost them."""
        if self._base is None:
            return False
        vectors = self._base.vectors
        return not self._place.is_of(self._base.manifest) or (
            isinstance(vectors, ServerVectors) and not vectors.exists()
        )

    def _left(self) -> list[Failure]:
        """Say what stays in a server that was left."""
        manifest = self._base.manifest if self._base else None
        collection, where = (manifest.meta("collection"), manifest.meta("server")) if manifest else ("", "")
        if not collection or (self._place.server and where == self._place.server.where):
            return []
        return [Failure(str(where), f"still has the collection {collection}, which this index needs no more")]

    def _left_behind(self) -> list[Path]:
        """Return the generations that this one does not grow from, but whose vectors may be those it needs."""
        if self._parent and not self._notices:
            return []
        return [directory_of(self._index, number) for number in reversed(numbers(self._index))]

    def _begin(self, directory: Path, *, anew: bool) -> Generation:
        """Open the next generation. anew: without the old vectors, which will be written from the matrix."""
        if self._parent:
            self._parent.demand_width(self._encoder.dimension)
            copy_generation(self._parent.directory, directory, vectors=not anew and not self._parent.vectors.shared)
        with translated(OSError, IndexUnwritable.because):
            next_ = open_directory(
                directory,
                lambda: self._encoder.dimension,
                place=self._place,
                writable=True,
                create_vectors=anew or not self._parent,
            )
        with next_.manifest.transaction():
            self._place.note(next_.manifest, next_.vectors, before=self._base.manifest if self._base else None)
        return next_

    def _note(self, base: Generation, differing: Changes) -> None:
        if not differing.noted:
            return
        manifest = Manifest(base.directory / MANIFEST, writable=True, served=True)
        with closing(manifest), manifest.transaction():
            for file, sha256, failures in differing.noted:
                manifest.put_file(file, sha256, failures)


def _report(
    generation: Generation,
    found: Scan,
    notices: Sequence[Failure],
    taken_in: Counter[str] | None = None,
    dropped: Counter[str] | None = None,
    embedded: int = 0,
) -> BuildReport:
    taken_in, dropped = taken_in or Counter(), dropped or Counter()
    articles, passages, _ = generation.manifest.counts()
    changed = taken_in & dropped
    added, removed = taken_in - changed, dropped - changed
    stored = [failure for file in generation.manifest.files().values() for failure in file.failures]
    return BuildReport(
        added=added.total(),
        changed=changed.total(),
        removed=removed.total(),
        unchanged=articles - added.total() - changed.total(),
        failed=tuple(sorted({*found.failures, *stored}, key=lambda one: (one.path, one.reason))),
        notices=tuple(notices),
        passages=passages,
        embedded=embedded,
        seconds=0.0,
        generation=generation.number,
    )
