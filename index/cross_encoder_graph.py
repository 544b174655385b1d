"""The cross-encoder's weights: what it learned beside MiniLM's published ones, and the ONNX graph made of both.

The file beside this module is made by tests/benchmarks/train_cross_encoder.py.
"""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from index.inference import kept_file
from index.minilm_graph import DIMENSION, HEADS, WEIGHTS_SHA256, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORDS = "embeddings.word_embeddings.weight"


@lru_cache(maxsize=1)
def _learned() -> bytes:
    return files("index").joinpath("cross_encoder.safetensors").read_bytes()


def graph_name() -> str:
    """Return what the graph is called in the cache folder; other weights have another name."""
    return f"cross-encoder-{hashlib.sha256(_learned()).hexdigest()[:12]}-2.onnx"


def graph() -> bytes:
    """Return the serialised graph: embedded words, kinds and mask in, three numbers a token out.

    `words` is float32 (batch, tokens, 384), `kinds` (1 for the sentence's own tokens) and `attention_mask` are int64
    (batch, tokens). `heads` is float32 (batch, tokens, 3): the first token's first number is the log odds that the
    sentence answers; the others of each token are its scores to begin and to end the answer.
    """
    from safetensors.numpy import load

    from index.bert_graph import BertGraph

    published, learned = load(weights()), load(_learned())
    tensors: dict[str, Any] = {}
    for name, value in learned.items():
        if name.endswith(".change"):
            whole = name.removesuffix(".change")
            tensors[whole] = published[whole][: len(value)] + value * learned[f"{whole}.step"]
        elif not name.endswith(".step"):
            tensors[name] = value.astype(np.float32)
    layers = len({name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")})
    made = BertGraph(tensors, HEADS)
    hidden = made.layers(made.embedded("words", "attention_mask", "kinds"), layers, eight_bits=True)
    made.linear(hidden, "heads", "heads")
    return made.serialised(
        "footnote-cross-encoder",
        ["kinds", "attention_mask"],
        {"heads": ["b", "t", 3]},
        floats={"words": ["b", "t", DIMENSION]},
    )


def word_table() -> NDArray[np.float32]:
    """Return the published word embeddings (30,522, 384). Of the file in the cache folder, what is read is loaded."""

    def made() -> bytes:
        from safetensors.numpy import load

        written = io.BytesIO()
        np.save(written, load(weights())[_WORDS])
        return written.getvalue()

    found = kept_file(f"words-{WEIGHTS_SHA256[:12]}.npy", made)
    table: NDArray[np.float32] = np.load(
        io.BytesIO(found) if isinstance(found, bytes) else found, mmap_mode=None if isinstance(found, bytes) else "r"
    )
    return table
