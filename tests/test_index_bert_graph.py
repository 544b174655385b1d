"""BERT's layers as a graph: in eight bits nearly what it is in full, the same on any processor and in any batch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from index.bert_graph import BertGraph

WIDTH, HEADS, LAYERS, TOKENS = 32, 4, 2, 9


@pytest.fixture(scope="module")
def tensors() -> dict[str, np.ndarray]:
    chance = np.random.default_rng(1)

    def drawn(*shape: int) -> np.ndarray:
        return chance.normal(0, 0.2, shape).astype(np.float32)

    made = {
        "embeddings.position_embeddings.weight": drawn(TOKENS, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
    }
    norms = ["embeddings"]
    for layer in range(LAYERS):
        source = f"encoder.layer.{layer}"
        for name, taken, given in (
            ("attention.self.query", WIDTH, WIDTH),
            ("attention.self.key", WIDTH, WIDTH),
            ("attention.self.value", WIDTH, WIDTH),
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", WIDTH, 4 * WIDTH),
            ("output.dense", 4 * WIDTH, WIDTH),
        ):
            made[f"{source}.{name}.weight"], made[f"{source}.{name}.bias"] = drawn(given, taken), drawn(given)
        norms += [f"{source}.attention.output", f"{source}.output"]
    for norm in norms:
        made[f"{norm}.LayerNorm.weight"], made[f"{norm}.LayerNorm.bias"] = 1 + drawn(WIDTH), drawn(WIDTH)
    return made


def graph(tensors: dict[str, np.ndarray], *, eight_bits: bool) -> bytes:
    made = BertGraph(tensors, HEADS)
    hidden = made.layers(made.embedded(), LAYERS, eight_bits=eight_bits)
    return made.serialised("test", {hidden: ["b", "t", WIDTH]})


def opened(model: bytes) -> Any:
    import onnxruntime

    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])


def read(model: Any, ids: np.ndarray, mask: np.ndarray | None = None) -> np.ndarray:
    words = np.random.default_rng(4).normal(0, 0.2, (50, WIDTH)).astype(np.float32)[ids]
    (hidden,) = model.run(None, {"words": words, "attention_mask": np.ones_like(ids) if mask is None else mask})
    return np.asarray(hidden)


@pytest.fixture(scope="module")
def full(tensors):
    return opened(graph(tensors, eight_bits=False))


@pytest.fixture(scope="module")
def narrow(tensors):
    return opened(graph(tensors, eight_bits=True))


def test_eight_bits_give_nearly_what_all_bits_give(full, narrow):
    ids = np.random.default_rng(2).integers(0, 50, (16, TOKENS))
    exact, near = read(full, ids), read(narrow, ids)
    assert 0 < np.abs(exact - near).mean() < 0.03 * exact.std()


def test_in_eight_bits_a_text_is_read_alike_alone_and_in_a_batch(narrow):
    ids = np.random.default_rng(3).integers(0, 50, (4, TOKENS))
    mask = np.ones_like(ids)
    mask[1:, -3:] = 0
    together = read(narrow, ids, mask)
    np.testing.assert_allclose(read(narrow, ids[2:3, :-3]), together[2:3, :-3], atol=1e-5)


def test_no_two_products_overflow_where_they_are_added_in_sixteen_bits(tensors):
    import onnx

    model = onnx.load_from_string(graph(tensors, eight_bits=True))
    whole = [
        onnx.numpy_helper.to_array(one) for one in model.graph.initializer if one.data_type == onnx.TensorProto.INT8
    ]
    assert len(whole) == 6 * LAYERS
    assert max(2 * 255 * int(np.abs(one.astype(int)).max()) for one in whole) < 2**15
    assert all(np.abs(one).max() == 64 for one in whole)  # and all of that room is used
