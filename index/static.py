"""WordLlama: a fixed vector for every token, and a text's is their mean. Far faster than MiniLM, and less exact.

The package carries weights and tokenizer, and both are read as files with their hashes checked: importing it would
configure the process's logging, and what it does not find it would fetch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.tokens import encoded, part_means, tokenizer_of, unit_mean
from index.weights import published

PACKAGE = "wordllama"
WEIGHTS = ("l2_supercat_256.safetensors", "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5")
TOKENIZER = ("l2_supercat_tokenizer_config.json", "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68")
MAX_TOKENS = 2048
DIMENSION = 256
VERSION = 1
"""Part of the name: raise it when other vectors are made of the same weights."""


class Static:
    """The static encoder: 256 numbers, English; the same vector alone and in any batch."""

    name = f"wordllama-l2-supercat-{VERSION}@{WEIGHTS[1][:12]}"
    dimension = DIMENSION
    bytes_per_s = 300_000
    """See `index.encoder.bytes_per_s`: nearly all of it is storing what was encoded."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), 256) unit vectors. Text past 2,048 tokens is not read.

        Raises EncoderUnavailable if the extra is not installed.
        """
        return self.encode_parts(texts, [()] * len(texts))[0]

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Return what `encode` returns, and each part's vector: the mean of the tokens whose middle lies in it."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        inside: list[NDArray[np.float32]] = []
        read = encoded(self._tokenizer, texts, marks=False)
        for row, (one, bounds) in enumerate(zip(read, parts, strict=True)):
            tokens = self._table[one.ids or [0]]  # a text without any token is one unknown token
            vectors[row] = unit_mean(tokens)
            inside.append(part_means(tokens, np.array(one.offsets or [(-1, -1)]).mean(axis=1), bounds))
        return vectors, inside

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer_of(_published("tokenizers", *TOKENIZER).decode("utf-8"), most=MAX_TOKENS)

    @cached_property
    def _table(self) -> NDArray[np.float32]:
        from safetensors.numpy import load

        return np.asarray(load(_published("weights", *WEIGHTS))["embedding.weight"], np.float32)


def _published(folder: str, name: str, sha256: str) -> bytes:
    return published(
        PACKAGE,
        f"{PACKAGE}/{folder}/{name}",
        sha256,
        absent="The static encoder is not installed. Install it in Footnote's own folder with: "
        ".venv/bin/python -m pip install --editable '.[static]'",
        anew="pip install 'wordllama==0.4.0.post1'",
    )
