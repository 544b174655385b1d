"""Reprints of one text are one witness: of the passages found, those that say something of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.article import Article, Headline
from index.manifest import Manifest
from index.passage import Passage
from index.reprints import prints


def portions(scored: Mapping[int, float], size: int) -> Iterator[list[int]]:
    """Yield the rows, best first, in lists of at least `size` but for the last; rows of one score stay together.

    Of a hundred candidates the first few make the answer, and to read a passage takes longer than to score it.
    """
    order = sorted(scored, key=lambda row: -scored[row])
    first = 0
    while first < len(order):
        end = min(first + max(size, 1), len(order))
        while end < len(order) and scored[order[end]] == scored[order[end - 1]]:
            end += 1
        yield order[first:end]
        first = end


def witnesses(
    ranked: Iterable[Sequence[Passage]], manifest: Manifest, k: int
) -> list[tuple[Passage, tuple[Headline, ...]]]:
    """Return the first k passages that are not reprints of an earlier one, each with who else prints it.

    ranked: portions, best first; none is asked for once k are found.
    """
    kept = _Witnesses(manifest)
    for portion in ranked:
        kept.read(portion)
        for one in portion:
            if len(kept.passages) < k:
                kept.take(one)
        if len(kept.passages) >= k:
            break
    return [(one, tuple(others.values())) for one, others in zip(kept.passages, kept.also_in, strict=True)]


class _Witnesses:
    """The passages that say something of their own, each with the headlines of who else prints it."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self.passages: list[Passage] = []
        self.also_in: list[dict[str, Headline]] = []
        self._linked: dict[str, list[Article]] = {}
        self._around: dict[str, set[str]] = {}

    def read(self, portion: Sequence[Passage]) -> None:
        """Look up who prints the articles of these passages; before they are taken."""
        linked = self._manifest.reprints(list(dict.fromkeys(one.article.id for one in portion)))
        self._linked |= linked
        # Of many prints each is linked with a few, mostly the same ones: a link in common counts like a link.
        self._around |= {one: {one, *(other.id for other in others)} for one, others in linked.items()}

    def take(self, one: Passage) -> None:
        """Keep a passage, or note it with the one that prints it already."""
        ids = self._around.get(one.article.id, set())
        near = [
            at
            for at, earlier in enumerate(self.passages)
            if earlier.article.id != one.article.id and not ids.isdisjoint(self._around.get(earlier.article.id, ()))
        ]
        same = next((at for at in near if prints(self.passages[at].text, one.text)), None)
        if same is not None:
            if prints(one.text, self.passages[same].text):
                self.also_in[same].setdefault(one.article.id, one.article)
            return
        others = self._linked.get(one.article.id, [])
        printers = {other.id: other.headline for other in others if prints(other.text, one.text)}
        shorter = next((at for at in near if prints(one.text, self.passages[at].text)), None)
        if shorter is not None:
            self.passages[shorter], self.also_in[shorter] = one, printers  # the fuller print stands for the cut one
        else:
            self.passages.append(one)
            self.also_in.append(printers)
