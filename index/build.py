"""From the changes of a folder to the next generation. The old one serves until the new one is whole."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.article import Article, Failure, article_id
from corpus.folder import FileState, Scan, scan
from corpus.readers import read
from index.changes import Changes, changes
from index.check import check, damaged_rows
from index.encoder import Encoder
from index.errors import IndexBroken, IndexMissing, IndexUnwritable
from index.generation import (
    Generation,
    copy_generation,
    numbers,
    open_current,
    open_directory,
    publish,
    remove_unused,
    writer_lock,
)
from index.manifest import SCHEMA_VERSION, Manifest, StoredArticle, content_hash, whole
from index.matrix import Matrix
from index.report import BuildReport, Progress
from index.reprints import bands, is_reprint
from index.splitting import split
from index.staging import Staging
from index.vectors import BATCH_VECTORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

STAGED_BATCH = 64
"""Vectors encoded between two commits: what a kill can cost, about a second of work."""
DEAD_SHARE = 0.2
"""Deletions, as a share of what is alive, after which Chroma's graph is written afresh (its issue 7758)."""
LOST_SHARE = 0.01
"""Vectors not found by themselves, as a share of those asked for, from which the graph is written afresh."""
_TITLE_CHARS = 200
_RACY_NS = 50_000_000
"""Clocks of file systems tick every few milliseconds."""


def build(
    index: Path,
    folder: Path,
    encoder: Encoder,
    *,
    full: bool = False,
    compact: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Bring the index at `index` up to date with `folder`; return what changed.

    full: hash every file instead of trusting size and times. compact: write vectors and keywords afresh.
    Raises IndexBusy, IndexUnwritable, EncoderUnavailable, or FolderMissing; the index is then as it was.
    """
    started = time.monotonic()
    with writer_lock(index), whole(index):
        base, notices = _newest_whole(index, encoder.dimension)
        try:
            remove_unused(index, keep=base.number if base else None)
            one = _Build(index, encoder, base, notices, progress or (lambda _: None))
            one.grows &= not (compact and base and base.manifest.damage())
            found = _settled(scan(folder), time.time_ns())
            differing = changes(found, base.manifest.files() if base and one.grows else {}, full=full)
            report = one.run(found, differing, compact=compact)
        finally:
            if base:
                base.close()
        remove_unused(index, keep=report.generation)
    return replace(report, seconds=time.monotonic() - started)


def _newest_whole(index: Path, dimension: int) -> tuple[Generation | None, list[Failure]]:
    """Return what to go on from: the serving generation, or where it is damaged the newest whole one."""
    try:
        return open_current(index, dimension), []
    except IndexMissing:
        notices = [Failure("CURRENT", "was not there; the newest whole generation took its place")]
    except IndexBroken as error:
        notices = [Failure("CURRENT", f"{error} It was mended now.")]
    for number in reversed(numbers(index)):
        try:
            found = open_directory(index / "generations" / str(number), dimension)
        except (IndexBroken, OSError):
            continue
        with suppress(IndexBroken), whole(index):
            if check(found).ok:
                return found, notices
        found.close()
    return None, notices if (index / "CURRENT").exists() else []


def _settled(found: Scan, now_ns: int) -> Scan:
    """Distrust the times of files written this very moment: a second write would not show in them."""
    files = (replace(one, ctime_ns=-1) if one.ctime_ns > now_ns - _RACY_NS else one for one in found.files)
    return replace(found, files=tuple(files))


def encoder_text(title: str, text: str) -> str:
    """Return what the encoder reads of a passage: the headline, cut to 200 characters, above the text."""
    return f"{title[:_TITLE_CHARS]}\n{text}"


def vector_key(encoder: str, text: str) -> bytes:
    """Return the identity of a vector: a hash of the encoder's name and all that it read, 16 bytes."""
    return hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


class _Build:
    """The state of one build, phase after phase."""

    def __init__(
        self,
        index: Path,
        encoder: Encoder,
        base: Generation | None,
        notices: Sequence[Failure],
        progress: Callable[[Progress], None],
    ) -> None:
        self._index, self._encoder, self._base, self._progress = index, encoder, base, progress
        self._notices = list(notices)
        self._touched_claims: set[str] = set()
        self._added: Counter[str] = Counter()
        self._removed: Counter[str] = Counter()
        self._embedded = 0
        # The next generation is a changed copy of the last one, unless that speaks of other vectors or tables.
        self.grows = (
            base is not None
            and base.manifest.schema == SCHEMA_VERSION
            and base.manifest.meta("encoder") == encoder.name
        )

    def run(self, found: Scan, differing: Changes, *, compact: bool) -> BuildReport:
        base = self._base
        if base and self.grows and not (differing.read or differing.gone or compact):
            self._note(base, differing)
            if self._notices:
                publish(self._index, base.number)
            return self._report(base, found, differing)
        number = max([0, *numbers(self._index)]) + 1
        directory = self._index / "generations" / str(number)
        try:
            next_ = self._begin(directory, afresh=compact)
            try:
                self._change(next_, differing)
                if compact:
                    self._mend(next_)
                new = self._encode(next_)
                self._store(next_, new, compact=compact)
                self._verify(next_, {key for _, key in next_.manifest.vectors(filled=True)} if compact else new)
                report = self._report(next_, found, differing)
            finally:
                next_.close()
            publish(self._index, number)
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        self._staging().remove()
        return report

    def _begin(self, directory: Path, *, afresh: bool) -> Generation:
        """Open the next generation. afresh: without the old vectors, which will be written from the matrix."""
        if self._base and self.grows:
            copy_generation(self._base.directory, directory, vectors=not afresh)
        try:
            return open_directory(
                directory,
                self._encoder.dimension,
                writable=True,
                create_vectors=afresh or not (self._base and self.grows),
            )
        except OSError as error:
            raise IndexUnwritable.because(error) from error

    def _staging(self) -> Staging:
        return Staging(self._index / "staged.db")

    def _note(self, base: Generation, differing: Changes) -> None:
        if not differing.noted:
            return
        manifest = Manifest(base.directory / "manifest.db", writable=True, served=True)
        try:
            with manifest.transaction():
                for file, sha256, failures in differing.noted:
                    manifest.put_file(file, sha256, failures)
        finally:
            manifest.close()

    # reading

    def _change(self, next_: Generation, differing: Changes) -> None:
        manifest = next_.manifest
        with manifest.transaction():
            manifest.set_meta("encoder", self._encoder.name)
            for path in differing.gone:
                for stored in manifest.stored_articles(file=path):
                    self._drop(next_, stored)
                manifest.drop_file(path)
            for file, sha256, failures in differing.noted:
                manifest.put_file(file, sha256, failures)
            for done, (file, sha256) in enumerate(differing.read):
                self._progress(Progress("reading", done, len(differing.read)))
                manifest.put_file(file, sha256, self._read_file(next_, file))
            self._settle_claims(next_)
        next_.keywords.commit()

    def _read_file(self, next_: Generation, file: FileState) -> list[Failure]:
        """Bring one file's articles up to date, entry by entry; return what could not be read of it."""
        before = {(stored.claimed, stored.content): stored for stored in next_.manifest.stored_articles(file=file.path)}
        seen: set[tuple[str, bytes]] = set()
        failures: list[Failure] = []
        for entry in read(file):
            if isinstance(entry, Failure):
                failures.append(entry)
                continue
            identity = (entry.id, content_hash(entry))
            if identity in seen:
                self._notices.append(Failure(file.path, f"holds {entry.title!r} twice; it is indexed once"))
            elif identity not in before:
                self._put(next_, entry, claimed=entry.id, content=identity[1])
            seen.add(identity)
        for identity, stored in before.items():
            if identity not in seen:
                self._drop(next_, stored)
        return failures

    def _put(self, next_: Generation, article: Article, *, claimed: str, content: bytes) -> None:
        manifest = next_.manifest
        if manifest.has_article(article.id):
            article = replace(article, id=_own_id(article, content))
            if manifest.has_article(article.id):
                return  # the same text claims the same id from the same file: one article
        row = manifest.put_article(article, claimed=claimed, content=content)
        for passage in split(article):
            key = vector_key(self._encoder.name, encoder_text(article.title, passage.text))
            next_.keywords.put(manifest.put_passage(passage, row, key), passage)
        for other, text in manifest.put_bands(row, bands(article.text)):
            if is_reprint(article.text, text):
                manifest.put_reprint(row, other)
        self._added[claimed] += 1
        self._touched_claims.add(claimed)

    def _drop(self, next_: Generation, stored: StoredArticle) -> None:
        next_.manifest.drop_article(stored.row)
        next_.keywords.drop_article(stored.id)
        self._removed[stored.claimed] += 1
        self._touched_claims.add(stored.claimed)

    def _settle_claims(self, next_: Generation) -> None:
        """Give an id that several articles claim (two files with one URL) to the first by path, whoever came first."""
        added, removed = self._added.copy(), self._removed.copy()
        for claimed in sorted(self._touched_claims):
            rivals = sorted(next_.manifest.stored_articles(claimed=claimed), key=lambda one: (one.file, one.content))
            wrong = [one for one in rivals if (one.id == claimed) != (one is rivals[0])]
            articles = [(one, next_.manifest.article(one.id)) for one in wrong]
            for one in wrong:
                self._drop(next_, one)
            for one, article in articles:
                if article is not None:
                    self._put(next_, replace(article, id=claimed), claimed=claimed, content=one.content)
            for file in dict.fromkeys(other.file for other in rivals[1:]):
                same = file == rivals[0].file
                reason = (
                    "holds different articles under one URL or id; all are indexed"
                    if same
                    else f"has the same URL as {rivals[0].file}; both are indexed"
                )
                self._notices.append(Failure(file, reason))
        self._added, self._removed = added, removed

    def _mend(self, next_: Generation) -> None:
        """Write the keywords afresh, and have damaged vectors encoded again."""
        next_.keywords.clear()
        for row, passage in next_.manifest.every_passage():
            next_.keywords.put(row, passage)
        next_.keywords.commit()
        rows = [row for row, _ in next_.manifest.vectors(filled=True)]
        with next_.manifest.transaction():
            next_.manifest.mark_unfilled(damaged_rows(next_, rows))

    # encoding and storing

    def _encode(self, next_: Generation) -> set[str]:
        """Encode what no vector is known of, longest first; return the keys that are new in the matrix."""
        manifest = next_.manifest
        wanted = manifest.unencoded()
        staging, new = self._staging(), set[str]()
        try:
            for first in range(0, len(wanted), STAGED_BATCH):
                self._progress(Progress("encoding", first, len(wanted)))
                batch = wanted[first : first + STAGED_BATCH]
                passages = manifest.passages([passage for _, passage in batch])
                texts = [encoder_text(passages[at].article.title, passages[at].text) for _, at in batch]
                keys = [vector_key(self._encoder.name, text).hex() for text in texts]
                known = self._known_vectors(staging, keys)
                missing = [at for at, key in enumerate(keys) if key not in known]
                if missing:
                    made = self._encoder.encode([texts[at] for at in missing])
                    staging.put([keys[at] for at in missing], made)
                    known.update(zip([keys[at] for at in missing], made, strict=True))
                    self._embedded += len(missing)
                with manifest.transaction():
                    next_.matrix.put([row for row, _ in batch], np.stack([known[key] for key in keys]))
                    manifest.mark_filled(row for row, _ in batch)
                new.update(keys)
        finally:
            staging.close()
        return new

    def _known_vectors(self, staging: Staging, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        known = staging.take(keys)
        if self._base and not self.grows and len(known) < len(keys):
            with suppress(IndexBroken), whole(self._index):  # what a damaged base cannot give is encoded again
                rows = self._base.manifest.vector_rows(key for key in keys if key not in known)
                known.update(zip(rows, self._base.matrix.take(list(rows.values())), strict=True))
        return known

    def _store(self, next_: Generation, new: set[str], *, compact: bool) -> None:
        """Bring Chroma in line with the manifest: what is new added, what no passage has deleted."""
        manifest = next_.manifest
        with manifest.transaction():
            dead = manifest.drop_dead_vectors()
            deleted = int(manifest.meta("deleted") or 0) + len(dead)
            manifest.set_meta("deleted", str(deleted))
        if self.grows and (compact or deleted > DEAD_SHARE * manifest.counts()[2]):
            self._rewrite_vectors(next_)
        else:
            next_.vectors.drop(dead)
            self._put_vectors(next_, [pair for pair in manifest.vectors(filled=True) if pair[1] in new])

    def _put_vectors(self, next_: Generation, pairs: Sequence[tuple[int, str]]) -> None:
        for first in range(0, len(pairs), BATCH_VECTORS):
            self._progress(Progress("storing", first, len(pairs)))
            batch = pairs[first : first + BATCH_VECTORS]
            next_.vectors.put([key for _, key in batch], next_.matrix.take([row for row, _ in batch]))

    def _rewrite_vectors(self, next_: Generation) -> None:
        """Write the matrix without its gaps, and Chroma's collection afresh from it."""
        manifest = next_.manifest
        pairs = manifest.vectors(filled=True)
        packed = Matrix(next_.directory / "matrix.part", self._encoder.dimension)
        for first in range(0, len(pairs), BATCH_VECTORS):
            batch = pairs[first : first + BATCH_VECTORS]
            packed.put(range(first + 1, first + 1 + len(batch)), next_.matrix.take([row for row, _ in batch]))
        with manifest.transaction():
            manifest.mark_unseen(manifest.unseen(), unseen=False)
            manifest.renumber_vectors([row for row, _ in pairs])
            manifest.set_meta("deleted", "0")
        next_.matrix.become(packed)
        next_.vectors.recreate()
        self._put_vectors(next_, manifest.vectors(filled=True))

    def _verify(self, next_: Generation, new: set[str]) -> None:
        """Ask for the new vectors and a sample. Raises IndexBroken if the parts do not agree.

        In tight clusters Chroma's graph does not lead to a few vectors even when freshly written; they
        are noted and scored from the matrix. Many of them mean a worn graph, which is written afresh.
        """
        self._progress(Progress("checking", 0, len(new)))
        next_.vectors.close()  # readers see the graph as it is read from disk, which is not quite the one just made
        checked = check(next_, keys=new)
        if len(checked.lost) > LOST_SHARE * checked.looked_at:
            self._rewrite_vectors(next_)
            next_.vectors.close()
            checked = check(next_, keys=new)
        with next_.manifest.transaction():
            next_.manifest.mark_unseen(checked.lost)
        if checked.lost:
            checked = check(next_, keys=new)
        if not checked.ok:
            raise IndexBroken(
                f"The new index is not whole ({'; '.join(checked.problems)}), so the old one goes on serving. "
                "Write it anew with: footnote check --repair"
            )

    def _report(self, generation: Generation, found: Scan, differing: Changes) -> BuildReport:
        articles, passages, _ = generation.manifest.counts()
        changed = self._added & self._removed
        added, removed = self._added - changed, self._removed - changed
        stored = [failure for file in generation.manifest.files().values() for failure in file.failures]
        return BuildReport(
            added=added.total(),
            changed=changed.total(),
            removed=removed.total(),
            unchanged=articles - added.total() - changed.total(),
            failed=tuple(sorted({*found.failures, *stored}, key=lambda one: (one.path, one.reason))),
            notices=tuple(self._notices),
            passages=passages,
            embedded=self._embedded,
            seconds=0.0,
            generation=generation.number,
        )


def _own_id(article: Article, content: bytes) -> str:
    """Return the id of an article whose usual id another one has: from its place and its content."""
    return article_id(path=article.path, entry=content.hex())
