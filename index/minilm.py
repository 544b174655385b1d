"""The bundled encoder, all-MiniLM-L6-v2: tokens to the graph, and the vectors of a text and its parts out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.inference import session
from index.minilm_graph import (
    DIMENSION,
    GRAPH_FAMILY,
    GRAPH_FILE,
    MAX_TOKENS,
    WEIGHTS_SHA256,
    graph,
    tokenizer_json,
    weights,
    word_table,
)
from index.tokens import batches, encoded, padded, part_means, tokenizer_of

BATCH_TEXTS = 8
"""Texts encoded at once. On two cores 4 to 8 are fastest; larger ones fall out of the cache."""


class MiniLM:
    """The bundled encoder: fp32, 256 tokens, 384 numbers; the same vector alone and in any batch."""

    name = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}"
    dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), 384) unit vectors. Text past 256 tokens is not read.

        Raises EncoderUnavailable if the weights are not installed.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch, inputs in self._batches(encoded(self._tokenizer, texts, marks=True)):
            vectors[batch] = self._session.run(["vector"], inputs)[0]
        return vectors

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Return the texts' vectors, and each part's: the mean of its tokens as they stand in the whole text.

        (Late chunking, arXiv 2409.04701. A sentence so read knows what its "he" refers to; on SQuAD it ranks
        sentences a little better than the sentence read alone, see docs/evaluation.md.)
        """
        tokens = encoded(self._tokenizer, texts, marks=True)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        inside: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(texts)
        for batch, inputs in self._batches(tokens):
            vectors[batch], read = self._session.run(["vector", "kept_tokens"], inputs)
            for at, hidden in zip(batch, read, strict=True):
                inside[at] = part_means(hidden, _middles(tokens[at].offsets), parts[at])
        return vectors, inside

    def _batches(self, read: Sequence[Any]) -> Iterator[tuple[list[int], dict[str, NDArray[Any]]]]:
        tokens = [one.ids for one in read]
        for batch in batches(tokens, BATCH_TEXTS):
            ids, mask = padded([tokens[at] for at in batch])
            yield batch, {"words": np.asarray(word_table()[ids]), "attention_mask": mask}

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer_of(tokenizer_json(), most=MAX_TOKENS)

    @cached_property
    def _session(self) -> Any:
        return session(GRAPH_FILE, lambda: graph(weights()), family=GRAPH_FAMILY)


def _middles(offsets: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Return the middle of each token's characters; -1 for added marks, which have (0, 0)."""
    bounds = np.array(offsets)
    return np.where(bounds[:, 0] == bounds[:, 1], -1.0, bounds.mean(axis=1))
