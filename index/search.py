"""Questions to passages: vectors and keywords, each over the same filter, fused into one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.filter_table import FilterTable
from index.filters import Filters
from index.generation import Generation
from index.manifest import Manifest
from index.mentions import called, headline_name
from index.passage import Hit, HitOrigin, Passage
from index.witnesses import portions, witnesses

CANDIDATES = 60
"""Taken from each search before fusion; more changed no figure of the benchmark."""
VECTOR_WEIGHT = 0.65
"""Share of the cosine in the fused score; tests/benchmarks/bench_search.py prints the curve."""
NAMED_BONUS = 0.3
"""Added to the score of the article that the question calls by its headline."""
LINKED_BONUS = 0.5
"""Added, in proportion, to the article that one of the best passages calls by its headline."""
FOLLOWED = 3
"""Best passages whose names are followed: a second search for questions with several parts."""
WORDED = 5
"""Of so many passages found one has the most words of the question: to a bare name ("Who is Edda Lund?") cosines are
all alike, and the one passage that has it would stand behind a dozen that do not."""
_UNRELATED = 0.05
"""Cosine below which MiniLM says nothing: random pairs of news passages lie around it."""


def search(
    generation: Generation, table: FilterTable, question: str, vector: NDArray[np.float32], k: int, filters: Filters
) -> list[Hit]:
    """Return at most k hits, best first. Nothing near and no word in common: an empty list.

    vector: the encoded question. Without a filter Chroma answers, and the few vectors that its graph
    does not lead to are scored from the matrix; with a filter all passages that pass it are, which is
    faster than Chroma's own filter at every size.
    """
    generation.demand_width(len(vector))
    manifest, wanted = generation.manifest, max(CANDIDATES, k)
    if filters:
        outlets, authors = table.names(filters)
        rows, vectors = table.passing(filters)
        best, exact = generation.matrix.nearest(vectors, vector, wanted)
        similar = dict(zip(rows[best].tolist(), exact.tolist(), strict=True))
        worded = dict(
            generation.keywords.search(
                question, wanted, outlets=outlets, authors=authors, since=filters.since, until=filters.until
            )
        )
    else:
        near = dict(generation.vectors.near(vector[None, :], wanted)[0])
        scored = {row: near[key] for key, row in manifest.vector_rows(near).items()}
        unseen = manifest.unseen()
        scored |= dict(zip(unseen, generation.matrix.scores(unseen, vector), strict=True))
        similar = {row: scored[vector_row] for row, vector_row in manifest.rows_of_vectors(list(scored))}
        worded = dict(generation.keywords.search(question, wanted))
    found_near = {row for row, score in similar.items() if score > _UNRELATED}
    scores = _Scores(generation, vector, similar)
    fused = fuse({row: scores[row] for row in scores.filled(found_near | worded.keys())}, worded)
    follow_names(fused, question, scores, manifest, allowed=rows if filters else None)
    hold_worded(fused, worded, k)
    row_of: dict[str, int] = {}

    def read(rows: Sequence[int]) -> list[Passage]:
        found = manifest.passages(rows)
        row_of.update((passage.id, row) for row, passage in found.items())
        return [found[row] for row in sorted(found, key=lambda row: (-fused[row], found[row].id))]

    kept = witnesses(map(read, portions(fused, k)), manifest, k)
    return [
        Hit(one, fused[row], rank, _origin(row, found_near, worded), scores[row], also_in)
        for rank, (one, also_in) in enumerate(kept, 1)
        for row in (row_of[one.id],)
    ]


class _Scores(dict[int, float]):
    """Cosine of the question with passages by row; exact ones are taken from the matrix as they are needed."""

    def __init__(self, generation: Generation, vector: NDArray[np.float32], known: Mapping[int, float]) -> None:
        super().__init__(known)
        self._generation, self._vector = generation, vector

    def filled(self, rows: Iterable[int]) -> list[int]:
        """Make sure that all these rows have a score; return them."""
        rows = list(rows)
        missing = self._generation.manifest.vectors_of_rows([row for row in rows if row not in self])
        if missing:
            exact = self._generation.matrix.scores(list(missing.values()), self._vector)
            self.update(zip(missing, exact, strict=True))
        return rows


def follow_names(
    fused: dict[int, float], question: str, scores: _Scores, manifest: Manifest, *, allowed: NDArray[np.int64] | None
) -> None:
    """Raise what the question calls by name, and what the best passages call by name; new rows may come in.

    Only the passage of a named article that is nearest to the question is raised. allowed: the rows
    that pass the filter, ascending; None: all.
    """

    def passes(row: int) -> bool:
        if allowed is None:
            return True
        at = np.searchsorted(allowed, row)
        return bool(at < len(allowed) and allowed[at] == row)

    best_near = max([score for row in fused if (score := scores[row]) > 0], default=1.0)

    def of_each(names: Sequence[str]) -> list[int]:
        found = [scores.filled(filter(passes, rows)) for rows in manifest.named(names).values()]
        return [max(rows, key=lambda row: (scores[row], -row)) for rows in found if rows]

    def share(row: int) -> float:
        return max(scores[row], 0.0) / best_near

    asked = called(question, capitals=False)
    for row in of_each(asked):
        fused[row] = fused.get(row, VECTOR_WEIGHT * share(row)) + NAMED_BONUS
    first = sorted(fused, key=lambda row: (-fused[row], row))[:FOLLOWED]
    raised = dict(fused)
    for row, passage in manifest.passages(first).items():
        own = {headline_name(passage.article.title), *asked}
        strength = LINKED_BONUS * fused[row] / fused[first[0]]
        for other in of_each([name for name in called(passage.text, capitals=True) if name not in own]):
            if other != row:
                score = fused.get(other, VECTOR_WEIGHT * share(other)) + strength * share(other)
                raised[other] = max(raised.get(other, 0.0), score)
    fused.update(raised)


def fuse(similar: Mapping[int, float], worded: Mapping[int, float]) -> dict[int, float]:
    """Return a score in [0, 1] for every row of `similar`: the weighted sum of cosine and scaled BM25.

    similar: cosine of every candidate. worded: BM25 score of those that share a word. BM25 is divided
    by the best of the candidates, the cosine is taken from 0 on and divided likewise, so each half
    speaks in shares of its own best. (Scaled sums beat reciprocal ranks on MultiHop-RAG's news,
    because a rank forgets by how much the first is better.)
    """
    best_word = max(worded.values(), default=0.0) or 1.0
    best_near = max(similar.values(), default=0.0)
    best_near = best_near if best_near > 0 else 1.0
    return {
        row: VECTOR_WEIGHT * max(near, 0.0) / best_near + (1 - VECTOR_WEIGHT) * worded.get(row, 0.0) / best_word
        for row, near in similar.items()
    }


def hold_worded(fused: dict[int, float], worded: Mapping[int, float], k: int) -> None:
    """Raise the passages with the most words of the question, one for each `WORDED` of k, to the last places of k."""
    held = sorted(worded, key=lambda row: (-worded[row], row))[: k // WORDED]
    if held and len(fused) > k:
        last = sorted(fused.values(), reverse=True)[k - len(held) - 1]
        fused.update({row: max(fused[row], last) for row in held})


def _origin(row: int, near: set[int], worded: Mapping[int, float]) -> HitOrigin:
    if row in near:
        return "both" if row in worded else "vector"
    return "keyword"
