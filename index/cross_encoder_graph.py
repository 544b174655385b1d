"""The cross-encoder's weights: what it learned beside MiniLM's published ones, and the ONNX graph made of both.

The file beside this module is made by tests/benchmarks/train_cross_encoder.py.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.minilm_graph import HEADS, weights

GRAPH_FAMILY = "cross-encoder"
"""What the names of its graphs begin with in the cache folder, in every version."""


@lru_cache(maxsize=1)
def _written() -> bytes:
    return files("index").joinpath("cross_encoder.safetensors").read_bytes()


def learned() -> dict[str, NDArray[np.float32]]:
    """Return the weights by the names that BERT's are published by, and `heads`."""
    from safetensors.numpy import load

    published, written = load(weights()), load(_written())
    found: dict[str, NDArray[np.float32]] = {}
    for name, value in written.items():
        if name.endswith(".change"):
            whole = name.removesuffix(".change")
            found[whole] = published[whole][: len(value)] + value * written[f"{whole}.step"]
        elif not name.endswith(".step"):
            found[name] = value.astype(np.float32)
    return found


def graph_name() -> str:
    """Return what the graph is called in the cache folder; other weights have another name."""
    return f"{GRAPH_FAMILY}-{hashlib.sha256(_written()).hexdigest()[:12]}-2.onnx"


def graph() -> bytes:
    """Return the serialised graph: embedded words, kinds and mask in, three numbers a token out.

    `words` is float32 (batch, tokens, 384), `kinds` (1 for the sentence's own tokens) and `attention_mask` are int64
    (batch, tokens). `heads` is float32 (batch, tokens, 3): the first token's first number is the log odds that the
    sentence answers; the others of each token are its scores to begin and to end the answer.
    """
    from index.bert_graph import BertGraph

    tensors = learned()
    layers = len({name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")})
    made = BertGraph(tensors, HEADS)
    hidden = made.layers(made.embedded(kinds=True), layers, eight_bits=True)
    made.linear(hidden, "heads", "heads")
    return made.serialised("footnote-cross-encoder", {"heads": ["b", "t", 3]})
