"""The cross-encoder: reads a question and a sentence together, and says how well that answers, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.cross_encoder_graph import GRAPH_FAMILY, graph, graph_name
from index.excerpt import Excerpt, Reading
from index.inference import session
from index.minilm_graph import tokenizer_json, word_table
from index.tokens import batches, encoded, padded, tokenizer_of

QUESTION, TITLE, BEFORE, SENTENCE = 40, 16, 24, 96
"""Tokens that are read of each part; tests/benchmarks/train_cross_encoder.py learns with the same."""
BATCH = 4
"""Pairs read at once. Larger ones are padded to longer sentences."""

_FIRST, _BETWEEN = 101, 102


class CrossEncoder:
    """MiniLM, taught to read pairs; in eight bits, the same result alone and in any batch."""

    def read(self, question: str, excerpts: Sequence[Excerpt]) -> list[Reading]:
        """Return what is read of each sentence, in their order. What is past 96 tokens of one is not read.

        Raises EncoderUnavailable if the published weights are not installed.
        """
        count = len(excerpts)
        parts = [(one.text, one.title, one.before) for one in excerpts]
        texts_of = [question, *(part for kind in zip(*parts, strict=True) for part in kind)]
        asked, *tokens = encoded(self._tokenizer, texts_of, marks=False)
        texts, titles, before = tokens[:count], tokens[count : 2 * count], tokens[2 * count :]
        opened = [opening(asked.ids, title.ids, previous.ids) for title, previous in zip(titles, before, strict=True)]
        pairs = [[*first, *text.ids[:SENTENCE], _BETWEEN] for first, text in zip(opened, texts, strict=True)]
        found: list[Reading | None] = [None] * len(pairs)
        for batch in batches(pairs, BATCH):
            ids, mask = padded([pairs[at] for at in batch])
            kinds = np.zeros_like(ids)
            for row, at in enumerate(batch):
                kinds[row, len(opened[at]) : len(pairs[at])] = 1
            inputs = {"words": np.asarray(word_table()[ids]), "kinds": kinds, "attention_mask": mask}
            (heads,) = self._session.run(["heads"], inputs)
            for row, at in enumerate(batch):
                own = heads[row, len(opened[at]) : len(pairs[at]) - 1]
                offsets = tuple(texts[at].offsets[:SENTENCE])
                found[at] = Reading(float(heads[row, 0, 0]), offsets, _shares(own[:, 1]), _shares(own[:, 2]))
        return [one for one in found if one is not None]

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer_of(tokenizer_json(), most=None)

    @cached_property
    def _session(self) -> Any:
        return session(graph_name(), graph, family=GRAPH_FAMILY)


def opening(question: Sequence[int], title: Sequence[int], before: Sequence[int]) -> list[int]:
    """Return the tokens that stand before a sentence's own; that is followed by one more mark."""
    return [_FIRST, *question[:QUESTION], _BETWEEN, *title[:TITLE], *before[:BEFORE], _BETWEEN]


@lru_cache(maxsize=1)
def cross_encoder() -> CrossEncoder:
    """Return the one of this process; it loads its weights when it first reads."""
    return CrossEncoder()


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the logarithms of a softmax."""
    if not len(scores):
        return scores
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)
