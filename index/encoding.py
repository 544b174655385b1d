"""From the passages of the next generation to their vectors: made once, stored by row, and findable in Chroma."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.check import check, damaged_rows
from index.encoder import Encoder, encode_passages, encoder_text, reads_parts, vector_key
from index.errors import IndexBroken
from index.generation import Generation
from index.matrix import Matrix, are_unit
from index.report import Progress
from index.salvage import Salvage
from index.sentence_vectors import SentenceVectors
from index.splitting import sentences
from index.staging import Staging
from index.vectors import BATCH_VECTORS

STAGED_BATCH = 64
"""Vectors encoded between two commits: what a kill can cost, about a second of work."""
DEAD_SHARE = 0.2
"""Deletions, as a share of what is alive, after which Chroma's graph is written afresh (its issue 7758)."""
LOST_SHARE = 0.01
"""Vectors not found by themselves, as a share of those asked for, from which the graph is written afresh."""


class Encoding:
    """Brings one generation's vectors in line with its passages.

    embedded: how many were encoded for that. rewritten: whether all were stored afresh.
    """

    def __init__(
        self,
        next_: Generation,
        encoder: Encoder,
        salvage: Salvage,
        sentence_vectors: SentenceVectors,
        progress: Callable[[Progress], None],
    ) -> None:
        """Write into `next_`. salvage: where vectors may lie that need no encoding."""
        self._next, self._encoder, self._salvage, self._progress = next_, encoder, salvage, progress
        self._sentences = sentence_vectors
        self.embedded, self.rewritten = 0, False

    def mend(self) -> None:
        """Write the keywords afresh, and have damaged vectors encoded again."""
        keywords, manifest = self._next.keywords, self._next.manifest
        keywords.clear()
        for row, passage in manifest.every_passage():
            keywords.put(row, passage)
        keywords.commit()
        filled = {key: row for row, key in manifest.filled_vectors()}
        unread = self._sentences.lacking(list(filled)) if reads_parts(self._encoder) else []
        with manifest.transaction():
            lost = {*damaged_rows(self._next, list(filled.values())), *map(filled.__getitem__, unread)}
            manifest.mark_filled(lost, filled=False)

    def encode(self, staged: Path) -> set[str]:
        """Encode what no vector is known of, longest first; return the keys that are new in the matrix.

        staged: the file in which vectors wait until they are served.
        """
        manifest = self._next.manifest
        wanted = manifest.unencoded()
        new = set[str]()
        with closing(Staging(staged)) as staging:
            for first in range(0, len(wanted), STAGED_BATCH):
                self._progress(Progress("encoding", first, len(wanted)))
                batch = wanted[first : first + STAGED_BATCH]
                stored = manifest.passages([row for _, row in batch])
                passages = [stored[row] for _, row in batch]
                texts = [one.text for one in passages]
                read = [encoder_text(one.article.title, one.text) for one in passages]
                keys = [vector_key(self._encoder.name, whole).hex() for whole in read]
                known = self._known(staging, keys)
                unread = self._unread(keys, texts)
                missing = [at for at, key in enumerate(keys) if key not in known or key in unread]
                if missing:
                    lacking = [keys[at] for at in missing]
                    made = self._made(lacking, [texts[at] for at in missing], [read[at] for at in missing])
                    staging.put(lacking, made)
                    known.update(zip(lacking, made, strict=True))
                    self.embedded += len(missing)
                with manifest.transaction():
                    self._next.matrix.put([row for row, _ in batch], np.stack([known[key] for key in keys]), keys)
                    manifest.mark_filled(row for row, _ in batch)
                new.update(keys)
        return new

    def _unread(self, keys: Sequence[str], texts: Sequence[str]) -> set[str]:
        """Return the keys of passages whose sentences, as they are split today, have no vectors yet."""
        if not reads_parts(self._encoder):
            return set()
        return set(self._sentences.lacking(keys, [[start for start, _ in sentences(text)] for text in texts]))

    def _made(self, keys: Sequence[str], texts: Sequence[str], read: Sequence[str]) -> NDArray[np.float32]:
        """Encode passages; keep the vectors of their sentences where the encoder gives them too.

        read: the texts with what the encoder reads above them.
        """
        vectors, starts, parts = encode_passages(self._encoder, texts, read)
        if parts:
            self._sentences.put(keys, starts, parts)
        return vectors

    def _known(self, staging: Staging, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        # A build that was killed may have staged vectors of a model that the server no longer runs.
        staged, width = staging.take(keys), self._next.matrix.dimension
        known = {key: vector for key, vector in staged.items() if len(vector) == width}
        return known | self._salvage.take([key for key in keys if key not in known])

    def store(self, new: set[str], *, first: bool, anew: bool) -> None:
        """Bring Chroma in line with the manifest: what is new added, what no passage has deleted.

        first: Chroma held nothing to begin with, so there is nothing worn in it. anew: all is written from the matrix.
        """
        manifest = self._next.manifest
        with manifest.transaction():
            dead = manifest.drop_dead_vectors()
            deleted = int(manifest.meta("deleted") or 0) + len(dead)
            manifest.set_meta("deleted", str(deleted))
        if not first and (anew or self._strangers(deleted, len(new)) > DEAD_SHARE * manifest.counts()[2]):
            self._rewrite()
        else:
            self._next.vectors.drop(dead)
            self._put(sorted((row, key) for key, row in manifest.vector_rows(new).items()))

    def _strangers(self, deleted: int, new: int) -> int:
        """Count what is in the way: deletions, or in a shared place what one or another generation does not know."""
        vectors = self._next.vectors
        return vectors.count() + 2 * new - self._next.manifest.counts()[2] if vectors.shared else deleted

    def _put(self, pairs: Sequence[tuple[int, str]]) -> None:
        for first in range(0, len(pairs), BATCH_VECTORS):
            self._progress(Progress("storing", first, len(pairs)))
            batch = pairs[first : first + BATCH_VECTORS]
            self._next.vectors.put([key for _, key in batch], self._next.matrix.take([row for row, _ in batch]))

    def _rewrite(self) -> None:
        """Write the matrix without its gaps, and Chroma's collection afresh from it."""
        manifest = self._next.manifest
        pairs = manifest.filled_vectors()
        self.rewritten = True
        packed = Matrix(self._next.directory / "matrix.part", self._encoder.dimension)
        for first in range(0, len(pairs), BATCH_VECTORS):
            batch = pairs[first : first + BATCH_VECTORS]
            vectors = self._next.matrix.take([row for row, _ in batch])
            if not are_unit(vectors).all():  # Chroma's copy may be the last whole one
                raise IndexBroken.mendable(f"Vectors in the matrix of {self._next.directory} are damaged")
            packed.put(range(first + 1, first + 1 + len(batch)), vectors, [key for _, key in batch])
        with manifest.transaction():
            manifest.mark_unseen(manifest.unseen(), unseen=False)
            manifest.renumber_vectors([row for row, _ in pairs])
            manifest.set_meta("deleted", "0")
        self._next.matrix.become(packed)
        self._next.vectors.recreate()
        with manifest.transaction():
            manifest.set_meta("collection", self._next.vectors.collection)
        self._put(manifest.filled_vectors())

    def verify(self, new: set[str]) -> None:
        """Ask for the new vectors, a sample, and what others may have hidden. Raises IndexBroken if parts disagree.

        In tight clusters Chroma's graph does not lead to a few vectors even when freshly written, and now and then a
        new one takes the last way to an old one; they are noted and scored from the matrix. Many of them mean a
        worn graph, which is written afresh.
        """
        self._progress(Progress("checking", 0, len(new)))
        next_ = self._next
        next_.vectors.close()  # readers see the graph as it is read from disk, which is not quite the one just made
        checked = check(next_, keys=new)
        if len(checked.lost) > LOST_SHARE * checked.looked_at:
            self._rewrite()
            next_.vectors.close()
            checked = check(next_, keys=new)
        astray = (*checked.lost, *checked.hidden)
        with next_.manifest.transaction():
            next_.manifest.mark_unseen(astray)
        if astray:
            checked = check(next_, keys=new)
        if not checked.ok:
            problems = "; ".join(checked.problems)
            raise IndexBroken.mendable(f"The new index is not whole ({problems}), so the old one goes on serving")
