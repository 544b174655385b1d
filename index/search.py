"""Questions to passages: vectors and keywords, each over the same filter, fused into one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus.article import Headline
from index.generation import Generation
from index.manifest import Manifest
from index.passage import Hit, HitOrigin, Passage
from index.reprints import prints

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 60
"""Taken from each search before fusion; more changed no figure of the benchmark."""
VECTOR_WEIGHT = 0.65
"""Share of the cosine in the fused score; tests/benchmarks/bench_search.py prints the curve."""
_UNRELATED = 0.05
"""Cosine below which MiniLM says nothing: random pairs of news passages lie around it."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage's article must be.

    Names are compared without regard to case, an author's also in part; dates are inclusive, and an
    undated article satisfies none.
    """

    outlets: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return any(one is not None for one in (self.outlets, self.authors, self.since, self.until))


@dataclass(frozen=True, slots=True)
class _Columns:
    rows: NDArray[np.int64]
    vectors: NDArray[np.int64]
    outlets: NDArray[np.int64]
    authors: NDArray[np.int64]
    days: NDArray[np.int64]
    outlet_codes: dict[str, int]
    author_codes: dict[str, int]


class FilterTable:
    """Outlet, author and date of every passage of a generation, as arrays that a filter can mask at once."""

    def __init__(self, manifest: Manifest) -> None:
        """Keep the manifest; the table is read when it is first needed."""
        self._manifest = manifest

    @cached_property
    def _columns(self) -> _Columns:
        outlets: dict[str, int] = {}
        authors: dict[str, int] = {}
        table = [
            (
                row,
                vector,
                outlets.setdefault(outlet or "", len(outlets)),
                authors.setdefault(author or "", len(authors)),
                _day(published),
            )
            for row, vector, outlet, author, published in self._manifest.passage_table()
        ]
        columns = np.array(table, np.int64).reshape(-1, 5).T
        return _Columns(columns[0], columns[1], columns[2], columns[3], columns[4], outlets, authors)

    def names(self, filters: Filters) -> tuple[list[str] | None, list[str] | None]:
        """Return the stored outlets and authors that the filter means; None where it does not filter by them."""
        outlets = None if filters.outlets is None else {name.casefold() for name in filters.outlets}
        authors = None if filters.authors is None else [name.casefold() for name in filters.authors]
        known = self._columns
        return (
            None if outlets is None else [name for name in known.outlet_codes if name.casefold() in outlets],
            None
            if authors is None
            else [name for name in known.author_codes if any(part in name.casefold() for part in authors)],
        )

    def passing(self, filters: Filters) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (passage rows, vector rows) of what passes the filter."""
        known, (outlets, authors) = self._columns, self.names(filters)
        mask = np.ones(len(known.rows), bool)
        if outlets is not None:
            mask &= np.isin(known.outlets, [known.outlet_codes[name] for name in outlets])
        if authors is not None:
            mask &= np.isin(known.authors, [known.author_codes[name] for name in authors])
        if filters.since:
            mask &= known.days >= _day(filters.since.isoformat())
        if filters.until:
            mask &= (known.days <= _day(filters.until.isoformat())) & (known.days > 0)
        return known.rows[mask], known.vectors[mask]


def _day(written: str | None) -> int:
    return int(written.replace("-", "")) if written else 0


def search(
    generation: Generation, table: FilterTable, question: str, vector: NDArray[np.float32], k: int, filters: Filters
) -> list[Hit]:
    """Return at most k hits, best first. Nothing near and no word in common: an empty list.

    vector: the encoded question. Without a filter Chroma answers, and the few vectors that its graph
    does not lead to are scored from the matrix; with a filter all passages that pass it are, which is
    faster than Chroma's own filter at every size.
    """
    manifest, wanted = generation.manifest, max(CANDIDATES, k)
    if filters:
        outlets, authors = table.names(filters)
        rows, vectors = table.passing(filters)
        scores = generation.matrix.take(vectors) @ vector
        best = np.argsort(-scores, kind="stable")[:wanted]
        similar = {int(rows[at]): float(scores[at]) for at in best}
        worded = dict(
            generation.keywords.search(
                question, wanted, outlets=outlets, authors=authors, since=filters.since, until=filters.until
            )
        )
    else:
        near = dict(generation.vectors.near(vector[None, :], wanted)[0])
        scored = {row: near[key] for key, row in manifest.vector_rows(near).items()}
        unseen = manifest.unseen()
        scored |= dict(zip(unseen, map(float, generation.matrix.take(unseen) @ vector), strict=True))
        similar = {row: scored[vector_row] for row, vector_row in manifest.rows_of_vectors(list(scored))}
        worded = dict(generation.keywords.search(question, wanted))
    found_near = {row for row, score in similar.items() if score > _UNRELATED}
    unscored = manifest.vectors_of_rows([row for row in worded if row not in similar])
    if unscored:
        exact = generation.matrix.take(list(unscored.values())) @ vector
        similar |= dict(zip(unscored, map(float, exact), strict=True))
    fused = fuse({row: similar[row] for row in found_near | worded.keys()}, worded)
    passages = manifest.passages(list(fused))
    order = sorted(fused, key=lambda row: (-fused[row], passages[row].id))
    kept = witnesses([passages[row] for row in order], manifest, k)
    row_of = {passages[row].id: row for row in order}
    return [
        Hit(one, fused[row], rank, _origin(row, found_near, worded), similar[row], also_in)
        for rank, (one, also_in) in enumerate(kept, 1)
        for row in (row_of[one.id],)
    ]


def witnesses(ranked: Sequence[Passage], manifest: Manifest, k: int) -> list[tuple[Passage, tuple[Headline, ...]]]:
    """Return the first k passages that are not reprints of an earlier one, each with who else prints it."""
    linked = manifest.reprints(list(dict.fromkeys(one.article.id for one in ranked))) if ranked else {}
    kept: list[tuple[Passage, tuple[Headline, ...]]] = []
    for one in ranked:
        if len(kept) == k:
            break
        others = linked.get(one.article.id, [])
        printers = tuple(other.headline for other in others if prints(other.text, one.text))
        ids = {other.id for other in others}
        near = [at for at, (earlier, _) in enumerate(kept) if earlier.article.id in ids]
        if any(prints(kept[at][0].text, one.text) for at in near):
            continue
        shorter = [at for at in near if prints(one.text, kept[at][0].text)]
        if shorter:
            kept[shorter[0]] = (one, printers)  # the fuller print of the same text takes the place of the cut one
        else:
            kept.append((one, printers))
    return kept


def fuse(similar: Mapping[int, float], worded: Mapping[int, float]) -> dict[int, float]:
    """Return a score in [0, 1] for every row of `similar`: the weighted sum of cosine and scaled BM25.

    similar: cosine of every candidate. worded: BM25 score of those that share a word. BM25 is divided
    by the best of the candidates, the cosine is taken from 0 on and divided likewise, so each half
    speaks in shares of its own best. (Scaled sums beat reciprocal ranks on the news set of FACTS 11,
    because a rank forgets by how much the first is better.)
    """
    best_word = max(worded.values(), default=0.0) or 1.0
    best_near = max(similar.values(), default=0.0)
    best_near = best_near if best_near > 0 else 1.0
    return {
        row: VECTOR_WEIGHT * max(near, 0.0) / best_near + (1 - VECTOR_WEIGHT) * worded.get(row, 0.0) / best_word
        for row, near in similar.items()
    }


def _origin(row: int, near: set[int], worded: Mapping[int, float]) -> HitOrigin:
    if row in near:
        return "both" if row in worded else "vector"
    return "keyword"


def as_names(names: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return names given singly, severally or not at all as a tuple or None."""
    if names is None:
        return None
    return (names,) if isinstance(names, str) else tuple(names)
