"""Whether an index is whole: tables, keywords and vectors agree, and every vector finds itself."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.folder import scan
from index.changes import unlike
from index.chroma_server import ChromaServer
from index.encoder import reads_parts
from index.generation import Generation, directory_of, numbers, unused
from index.locks import is_written
from index.matrix import are_unit
from index.server_collections import unneeded
from index.vectors import stray_directories
from index.view import View

SAMPLE_VECTORS = 200
"""Vectors that are asked for after every update, besides the changed ones: others with each generation, in turn."""
SAME = 1 - 1e-4
"""Cosine from which two vectors count as one: equal texts under other keys, to float32 and Chroma's rounding."""
_BATCH = 125
_THREADS = 4


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at and what was wrong; `problems` empty means a whole index. Each is one line.

    lost: the rows of vectors that neither Chroma leads to nor the manifest knows as such. hidden: those of them that
    an update had no reason to ask for, but that hardly any other leads to. waiting: files of the folder, where one
    was named, that changed since and that the next update will look at.
    """

    articles: int
    passages: int
    vectors: int
    looked_at: int
    problems: tuple[str, ...]
    lost: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    leaked: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong and nothing lies about."""
        return not self.problems and not self.leaked

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        return {
            "ok": self.ok,
            "articles": self.articles,
            "passages": self.passages,
            "vectors": self.vectors,
            "looked_at": self.looked_at,
            "problems": list(self.problems),
            "leaked": list(self.leaked),
            "mended": list(self.mended),
        }


def check_index(index: Path, view: View, server: ChromaServer | None, articles: Path | None) -> CheckReport:
    """Compare all parts of an index with each other, look for what lies about, and for what the folder holds instead.

    view: of the serving generation. server: that has its vectors. articles: their folder, of which every file is
    read, as an edit may keep size and times; None leaves it out.
    """
    generation = view.generation
    report = check(generation)
    problems, strays, waiting = list(report.problems), _leaked(index, generation.number), tuple[str, ...]()
    if reads_parts(view.encoder):
        lacking = len(view.sentences.lacking([key for _, key in generation.manifest.filled_vectors()]))
        if lacking:
            problems.append(f"{lacking} passages lack the vectors of their sentences")
    if server and not is_written(index):
        strays += [f"{server.where}: {name}" for name in unneeded(index, server)]
    if articles:
        waiting, unnoticed = unlike(scan(articles), generation.manifest.files())
        if unnoticed:
            problems.append(
                f"{len(unnoticed)} files hold something else than was indexed, at the same size and times, "
                f"the first '{unnoticed[0]}'; footnote index --full reads them"
            )
    return replace(report, problems=tuple(problems), leaked=tuple(strays), waiting=waiting)


def check(generation: Generation, *, keys: Collection[str] | None = None) -> CheckReport:
    """Compare the parts of a generation with each other.

    keys: the vectors that must find themselves, with a sample of the others and those that hardly any other leads to;
    None asks for every one and compares all ids, not only their numbers.
    """
    manifest = generation.manifest
    articles, passages, vectors = manifest.counts()
    problems = manifest.damage() if keys is None else []
    rows = manifest.filled_rows()
    if len(rows) != vectors:
        problems.append(f"{vectors - len(rows)} vectors are still to be encoded")
    generation.keywords.try_out()
    if generation.keywords.count() != passages:
        problems.append(f"the keywords hold {generation.keywords.count()} passages, the manifest {passages}")
    held, shared = generation.vectors.count(), generation.vectors.shared
    if held < len(rows) if shared else held != len(rows):
        problems.append(f"Chroma holds {held} vectors, the manifest {len(rows)}")
    if rows and len(generation.matrix) < rows[-1]:
        problems.append(f"the matrix ends at row {len(generation.matrix)}, the manifest at {rows[-1]}")
        return CheckReport(articles, passages, vectors, 0, tuple(problems))
    unseen, frail = set(manifest.unseen()), list[int]()
    if keys is None:
        wanted, names = rows, dict(manifest.filled_vectors())
        problems.extend(_foreign(generation, set(names.values())))
    else:
        step = max(1, len(rows) // SAMPLE_VECTORS)
        in_turn, there = rows[generation.number % step :: step], set(rows)
        wanted = sorted({*manifest.vector_rows(keys).values(), *in_turn} & there)
        frail = sorted((_frail(generation, there) & there) - unseen.union(wanted))
        names = manifest.vector_keys([*wanted, *frail])
    damaged = set(damaged_rows(generation, [*wanted, *frail]))
    if damaged:
        problems.append(f"{len(damaged)} vectors in the matrix are damaged, the first in row {min(damaged)}")
        wanted, frail = ([row for row in some if row not in damaged] for some in (wanted, frail))  # nothing to ask with
    lost = [row for row in lost_vectors(generation, wanted, names) if row not in unseen]
    hidden = lost_vectors(generation, frail, names)
    asked, astray = len(wanted) + len(frail), [*lost, *hidden]
    if astray:
        problems.append(f"{len(astray)} of {asked} vectors are not found by themselves, the first {names[astray[0]]}")
    return CheckReport(articles, passages, vectors, asked, tuple(problems), lost=tuple(lost), hidden=tuple(hidden))


def _frail(generation: Generation, rows: set[int]) -> set[int]:
    """Return the rows of the vectors that hardly any other leads to; all of them where that cannot be told."""
    frail = generation.vectors.frail()
    return rows if frail is None else set(generation.manifest.vector_rows(frail).values())


def lost_vectors(generation: Generation, rows: Sequence[int], keys: dict[int, str]) -> list[int]:
    """Return the rows whose vector Chroma does not find, neither under its own id nor one at distance 0."""

    def lost_of(batch: Sequence[int]) -> list[int]:
        found = generation.vectors.near(generation.matrix.take(batch), 1)
        return [
            row
            for row, hits in zip(batch, found, strict=True)
            if not hits or (hits[0][0] != keys[row] and hits[0][1] < SAME)
        ]

    batches = [rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH)]
    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as threads:  # Chroma answers outside Python's lock
        return [row for lost in threads.map(lost_of, batches) for row in lost]


def damaged_rows(generation: Generation, rows: Sequence[int]) -> list[int]:
    """Return the rows of the matrix that hold no unit vector, or are not there."""
    there = [row for row in rows if row <= len(generation.matrix)]
    damaged = [row for row in rows if row > len(generation.matrix)]
    for first in range(0, len(there), _BATCH):
        batch = there[first : first + _BATCH]
        unit = are_unit(generation.matrix.take(batch))
        damaged += [row for row, whole in zip(batch, unit, strict=True) if not whole]
    return sorted(damaged)


def _leaked(index: Path, serving: int) -> list[str]:
    """Return what lies in the index directory and belongs to nothing: old generations nobody reads, stray folders."""
    before = max((number for number in numbers(index) if number < serving), default=None)  # the next update removes it
    found = [f"generations/{number}" for number in unused(index, keep=serving) if number != before]
    if is_written(index):  # the next generation is on its way
        found = [name for name in found if int(name.rpartition("/")[2]) < serving]
    vectors = directory_of(index, serving) / "vectors"
    found += [f"generations/{serving}/vectors/{name}" for name in stray_directories(vectors)]
    return found


def _foreign(generation: Generation, known: set[str]) -> list[str]:
    stored = generation.vectors.ids()
    problems = []
    if stored - known and not generation.vectors.shared:
        problems.append(f"Chroma holds {len(stored - known)} vectors that no passage has")
    if known - stored:
        problems.append(f"Chroma lacks {len(known - stored)} vectors of the manifest")
    rows, indexed = set(generation.manifest.passage_rows()), generation.keywords.rows()
    if rows != indexed:
        problems.append(
            f"the keywords lack {len(rows - indexed)} passages and hold {len(indexed - rows)} that are gone"
        )
    return problems
