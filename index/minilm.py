"""The bundled encoder, all-MiniLM-L6-v2: tokens to the graph, and the vectors of a text and its parts out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import whole_characters
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

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH_TEXTS = 8
"""Texts encoded at once. On two cores 4 to 8 are fastest; larger ones fall out of the cache."""


class MiniLM:
    """The bundled encoder: fp32, 256 tokens, 384 numbers; the same vector alone and in any batch."""

    name = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}"
    dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), 384) unit vectors. Text past 256 tokens is not read.

        Texts are taken in order of length, so that a batch is padded only to its own longest.
        Raises EncoderUnavailable if the weights are not installed.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch, inputs in self._batches(self._tokens(texts)):
            vectors[batch] = self._session.run(["vector"], inputs)[0]
        return vectors

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Return the texts' vectors, and each part's: the mean of its tokens as they stand in the whole text.

        (Late chunking, arXiv 2409.04701. A sentence so read knows what its "he" refers to; on SQuAD it ranks
        sentences a little better than the sentence read alone, see docs/evaluation.md.)
        """
        tokens = self._tokens(texts)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        inside: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(texts)
        for batch, inputs in self._batches(tokens):
            vectors[batch], read = self._session.run(["vector", "kept_tokens"], inputs)
            for at, hidden in zip(batch, read, strict=True):
                inside[at] = _means(hidden, tokens[at].offsets, parts[at])
        return vectors, inside

    def _tokens(self, texts: Sequence[str]) -> list[Any]:
        encoded: list[Any] = self._tokenizer.encode_batch(whole_characters(texts))
        return encoded

    def _batches(self, encoded: Sequence[Any]) -> Iterator[tuple[list[int], dict[str, NDArray[Any]]]]:
        tokens = [one.ids for one in encoded]
        order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]))
        for first in range(0, len(order), BATCH_TEXTS):
            batch = order[first : first + BATCH_TEXTS]
            longest = len(tokens[batch[-1]])
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, at in enumerate(batch):
                ids[row, : len(tokens[at])] = tokens[at]
                mask[row, : len(tokens[at])] = 1
            yield batch, {"words": np.asarray(word_table()[ids]), "attention_mask": mask}

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(tokenizer_json())
        tokenizer.no_padding()  # the published file pads everything to 128
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return session(GRAPH_FILE, lambda: graph(weights()), family=GRAPH_FAMILY)


def _means(
    hidden: NDArray[np.float32], offsets: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Return the unit mean of the tokens in each part. offsets: each token's characters; (0, 0) for added marks."""
    bounds = np.array(offsets)
    marks = bounds[:, 0] == bounds[:, 1]
    middle = np.where(marks, -1.0, bounds.mean(axis=1))
    means = np.zeros((len(parts), hidden.shape[1]), np.float32)
    for row, (start, end) in enumerate(parts):
        own = hidden[: len(middle)][(middle >= start) & (middle < end)]
        if len(own):
            mean = own.mean(axis=0)
            means[row] = mean / np.linalg.norm(mean)
    return means
