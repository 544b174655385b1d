"""BERT's layers as nodes of an ONNX graph, made of published weights without PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_EPSILON = 1e-12
_STEPS = 64
"""Eight-bit weights are so many steps up and down. Processors without VNNI add two products in sixteen bits before they
widen, and 2 × 255 × 64 is the most that has room there: with more the same question would be read otherwise on them."""


class BertGraph:
    """A graph in the making. tensors: weights by their published names; the width of a layer is the embedding's."""

    def __init__(self, tensors: Mapping[str, NDArray[np.float32]], heads: int) -> None:
        self._tensors, self._heads = tensors, heads
        self._width: int = tensors["embeddings.LayerNorm.weight"].shape[0]
        self._inputs: list[Any] = []
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._narrowed: dict[str, tuple[str, str]] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a constant, once; return its name."""
        self._constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, name: str, *values: int) -> str:
        """Add a constant of integers; return its name."""
        return self.constant(name, np.array(values, np.int64))

    def node(self, operator: str, *inputs: str, out: str, **attributes: Any) -> str:
        """Add an operation; return the name of its result."""
        self._nodes.append(helper.make_node(operator, list(inputs), [out], **attributes))
        return out

    def linear(self, value: str, source: str, out: str, *, eight_bits: bool = False) -> str:
        """Add a linear layer with the weights `source`; return the name of its result. eight_bits: see `layers`."""
        weights = self._tensors[f"{source}.weight"].T
        if eight_bits:
            product = self._product(value, weights, out)
        else:
            product = self.node("MatMul", value, self.constant(f"{out}.w", weights), out=f"{out}.product")
        return self.node("Add", product, self.constant(f"{out}.b", self._tensors[f"{source}.bias"]), out=out)

    def _product(self, value: str, weights: NDArray[np.float32], out: str) -> str:
        """Add a product in whole numbers: of each token in steps of its own, and of each column of the weights too."""
        tokens, token_steps = self._narrowed.get(value) or self._narrow(value)
        steps = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny).astype(np.float32) / _STEPS
        whole = self.constant(f"{out}.w8", np.round(weights / steps).astype(np.int8))
        self.node("MatMulInteger", tokens, whole, "middle", out=f"{out}.whole")
        self.node("Cast", f"{out}.whole", out=f"{out}.counted", to=TensorProto.FLOAT)
        self.node("Mul", f"{out}.counted", self.constant(f"{out}.steps", steps), out=f"{out}.widened")
        return self.node("Mul", f"{out}.widened", token_steps, out=f"{out}.product")

    def _narrow(self, value: str) -> tuple[str, str]:
        """Add numbers from 1 to 255 that stand for each token's; return their name and that of the tokens' steps."""
        largest = self.node(
            "ReduceMax", self.node("Abs", value, out=f"{value}.size"), self.integers("last", -1), out=f"{value}.largest"
        )
        self.node("Div", largest, self.constant("most", np.array(127, np.float32)), out=f"{value}.even")
        steps = self.node("Max", f"{value}.even", self.constant("least", np.array(1e-12, np.float32)), out=f"{value}.s")
        self.node("Div", value, steps, out=f"{value}.stepped")
        one, middle = self.constant("unit", np.array(1, np.float32)), self.constant("middle", np.array(128, np.uint8))
        narrow = self.node("QuantizeLinear", f"{value}.stepped", one, middle, out=f"{value}.narrow")
        self._narrowed[value] = narrow, steps
        return narrow, steps

    def embedded(self, *, kinds: bool = False) -> str:
        """Add what tokens are before the first layer; return its name.

        The graph takes `words`, their embeddings, float32 (batch, tokens, width), and `attention_mask`, int64 (batch,
        tokens), 1 for tokens that are there. kinds: also `kinds`, int64, which of two texts a token belongs to: 0 or 1.
        """
        integers = ("kinds", "attention_mask") if kinds else ("attention_mask",)
        self._inputs = [helper.make_tensor_value_info(one, TensorProto.INT64, ["b", "t"]) for one in integers]
        self._inputs.append(helper.make_tensor_value_info("words", TensorProto.FLOAT, ["b", "t", self._width]))
        table = self._tensors["embeddings.token_type_embeddings.weight"].astype(np.float32)
        places = self._tensors["embeddings.position_embeddings.weight"].astype(np.float32)
        zero, one = self.integers("zero", 0), self.integers("one", 1)
        self.node("Shape", "attention_mask", out="shape")
        self.node("Slice", "shape", one, self.integers("two", 2), out="tokens")
        all_places = self.constant("places", places if kinds else places + table[0])
        self.node("Slice", all_places, zero, "tokens", zero, out="position")
        if not kinds:
            return self._norm(self.node("Add", "words", "position", out="embedded"), "embeddings", "hidden")
        self.node("Add", "words", "position", out="placed")
        kind = self.node("Gather", self.constant("kind_table", table), "kinds", out="kind")
        return self._norm(self.node("Add", "placed", kind, out="embedded"), "embeddings", "hidden")

    def layers(self, hidden: str, count: int, *, eight_bits: bool = False) -> str:
        """Add so many layers; return the name of what the last one gives, float32 (batch, tokens, width).

        From here on `mask` has `attention_mask` as numbers.
        eight_bits: multiply by the weights in whole numbers of eight bits, which takes three fifths of the time. A
        token's steps are its own, so that it is the same alone and in any batch.
        """
        each = self._width // self._heads
        self.node("Cast", "attention_mask", out="mask", to=TensorProto.FLOAT)
        self.node("Sub", self.constant("kept", np.array(1, np.float32)), "mask", out="masked")
        self.node("Mul", "masked", self.constant("lowest", np.array(np.finfo(np.float32).min)), out="penalty")
        self.node("Unsqueeze", "penalty", self.integers("heads_and_rows", 1, 2), out="bias")
        split, join = self.integers("split", 0, 0, self._heads, each), self.integers("join", 0, 0, self._width)
        scale = self.constant("scale", np.array(each**-0.5, np.float32))
        linear = partial(self.linear, eight_bits=eight_bits)
        for layer in range(count):
            source, name = f"encoder.layer.{layer}", f"layer{layer}"
            parts = {}
            for part in ("query", "key", "value"):
                flat = linear(hidden, f"{source}.attention.self.{part}", f"{name}.{part}")
                headed = self.node("Reshape", flat, split, out=f"{flat}.heads")
                order = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
                parts[part] = self.node("Transpose", headed, out=f"{flat}.turned", perm=order)
            scores = self.node("MatMul", parts["query"], parts["key"], out=f"{name}.scores")
            scaled = self.node("Mul", scores, scale, out=f"{name}.scaled")
            opened = self.node("Add", scaled, "bias", out=f"{name}.open")
            mixed = self.node(
                "MatMul",
                self.node("Softmax", opened, out=f"{name}.weights", axis=-1),
                parts["value"],
                out=f"{name}.mixed",
            )
            turned = self.node("Transpose", mixed, out=f"{name}.mixed.turned", perm=[0, 2, 1, 3])
            joined = self.node("Reshape", turned, join, out=f"{name}.joined")
            attended = linear(joined, f"{source}.attention.output.dense", f"{name}.attended")
            summed = self.node("Add", attended, hidden, out=f"{name}.sum1")
            first = self._norm(summed, f"{source}.attention.output", f"{name}.norm1")
            inner = linear(first, f"{source}.intermediate.dense", f"{name}.inner")
            bent = self.node("Gelu", inner, out=f"{name}.gelu")
            outer = linear(bent, f"{source}.output.dense", f"{name}.outer")
            hidden = self._norm(self.node("Add", outer, first, out=f"{name}.sum2"), f"{source}.output", f"{name}.norm2")
        return hidden

    def serialised(self, name: str, outputs: Mapping[str, Sequence[str | int]]) -> bytes:
        """Return the graph. outputs: float32, by their names; the shape of each."""
        given = [helper.make_tensor_value_info(one, TensorProto.FLOAT, list(shape)) for one, shape in outputs.items()]
        model = helper.make_model(
            helper.make_graph(self._nodes, name, self._inputs, given, list(self._constants.values())),
            opset_imports=[helper.make_opsetid("", 20)],
            ir_version=10,
        )
        return bytes(model.SerializeToString())

    def _norm(self, value: str, source: str, out: str) -> str:
        scale = self.constant(f"{out}.scale", self._tensors[f"{source}.LayerNorm.weight"])
        shift = self.constant(f"{out}.shift", self._tensors[f"{source}.LayerNorm.bias"])
        return self.node("LayerNormalization", value, scale, shift, out=out, axis=-1, epsilon=_EPSILON)
