"""MiniLM's layers as the cross-encoder learns them, in PyTorch, and how their weights are written."""

from __future__ import annotations

import numpy as np
import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

from index.cross_encoder_graph import learned
from index.minilm_graph import DIMENSION, HEADS, MAX_TOKENS, weights

FIRST_LAYERS, LAYERS = 4, 6
"""Layers that are taught first, and all of them."""
_WORDS = "embeddings.word_embeddings.weight"


class Layer(nn.Module):
    """One layer of BERT, with the published weights to begin with."""

    def __init__(self, published: dict[str, Tensor], number: int) -> None:
        super().__init__()
        source = f"encoder.layer.{number}"

        def linear(name: str) -> nn.Linear:
            weight = published[f"{source}.{name}.weight"]
            made = nn.Linear(weight.shape[1], weight.shape[0])
            made.weight.data.copy_(weight)
            made.bias.data.copy_(published[f"{source}.{name}.bias"])
            return made

        self.query, self.key, self.value = (linear(f"attention.self.{one}") for one in ("query", "key", "value"))
        self.attended, self.inner, self.outer = map(
            linear, ("attention.output.dense", "intermediate.dense", "output.dense")
        )
        self.first, self.second = (
            norm(published, f"{source}.{one}") for one in ("attention.output.LayerNorm", "output.LayerNorm")
        )

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        texts, tokens, width = hidden.shape
        query, key, value = (
            part(hidden).view(texts, tokens, HEADS, width // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        shares = torch.softmax(query @ key.transpose(-1, -2) * (width // HEADS) ** -0.5 + bias, -1).to(value.dtype)
        mixed = (shares @ value).transpose(1, 2).reshape(texts, tokens, width)
        hidden = self.first(hidden + self.attended(mixed))
        out: Tensor = self.second(hidden + self.outer(functional.gelu(self.inner(hidden))))
        return out

    def pass_on(self, spread: float, middle: float) -> None:
        """Make it give what it gets: it adds nothing, and its norms bring each token back to this spread and middle."""
        for added in (self.attended, self.outer):
            nn.init.zeros_(added.weight)
            nn.init.zeros_(added.bias)
        for scaled in (self.first, self.second):
            nn.init.constant_(scaled.weight, spread)
            nn.init.constant_(scaled.bias, middle)


class CrossEncoderModel(nn.Module):
    """The first layers with three numbers a token on top. The word embeddings stay as they were published."""

    def __init__(self, published: dict[str, Tensor]) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(published[_WORDS].float(), freeze=True)
        self.places = nn.Parameter(published["embeddings.position_embeddings.weight"][:MAX_TOKENS].float().clone())
        self.kinds = nn.Parameter(published["embeddings.token_type_embeddings.weight"].float().clone())
        self.norm = norm(published, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(published, number) for number in range(FIRST_LAYERS))
        self.heads = nn.Linear(DIMENSION, 3)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        hidden = self.norm(self.words(ids) + self.places[: ids.shape[1]] + self.kinds[kinds])
        bias = (ids == 0)[:, None, None, :].to(torch.bfloat16) * -30_000.0
        for layer in self.layers:
            hidden = layer(hidden, bias)
        out: Tensor = self.heads(hidden.float())
        return out

    def deepen(self, published: dict[str, Tensor], given: Tensor) -> list[nn.Parameter]:
        """Put the layers that follow on top, and return what is to be learned of them.

        They begin by passing on what they get, so that nothing is forgotten (LLaMA Pro, arXiv 2401.02415).
        given: what the last layer gives of some tokens, tokens × width.
        """
        added = [Layer(published, number) for number in range(FIRST_LAYERS, LAYERS)]
        for layer in added:
            layer.pass_on(float(given.std(1, unbiased=False).mean()), float(given.mean()))
        self.layers.extend(added)
        return [value for layer in added for value in layer.parameters()]

    def below(self, number: int) -> list[nn.Parameter]:
        """Return what is learned below the layer of this number, counted from 0."""
        layers = [value for layer in self.layers[:number] for value in layer.parameters()]
        return [self.places, self.kinds, *self.norm.parameters(), *layers]

    def by_published_name(self) -> dict[str, Tensor]:
        """Return what is learned under the names that BERT's weights are published by; setting them sets the model."""
        found = {
            "embeddings.position_embeddings.weight": self.places.data,
            "embeddings.token_type_embeddings.weight": self.kinds.data,
            "embeddings.LayerNorm.weight": self.norm.weight.data,
            "embeddings.LayerNorm.bias": self.norm.bias.data,
            "heads.weight": self.heads.weight.data,
            "heads.bias": self.heads.bias.data,
        }
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "attended": "attention.output.dense",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "first": "attention.output.LayerNorm",
            "second": "output.LayerNorm",
        }
        for number, layer in enumerate(self.layers):
            for mine, theirs in names.items():
                for part in ("weight", "bias"):
                    found[f"encoder.layer.{number}.{theirs}.{part}"] = getattr(getattr(layer, mine), part).data
        return found


def as_written() -> CrossEncoderModel:
    """Return all layers with the weights of index/cross_encoder.safetensors, for a further round."""
    published, written = load(weights()), learned()
    model = CrossEncoderModel(published)
    model.layers.extend(Layer(published, number) for number in range(FIRST_LAYERS, LAYERS))
    for name, value in model.by_published_name().items():
        value.copy_(torch.from_numpy(np.ascontiguousarray(written[name])))
    return model


def norm(published: dict[str, Tensor], source: str) -> nn.LayerNorm:
    made = nn.LayerNorm(DIMENSION, eps=1e-12)
    made.weight.data.copy_(published[f"{source}.weight"])
    made.bias.data.copy_(published[f"{source}.bias"])
    return made


def steps(model: CrossEncoderModel) -> dict[str, np.ndarray]:
    """Return what changed, for tables in steps of eight bits, each row with a step of its own; the rest in sixteen."""
    published = load(weights())
    made: dict[str, np.ndarray] = {}
    for name, value in model.by_published_name().items():
        if value.ndim < 2 or name not in published:
            made[name] = value.numpy().astype(np.float16)
            continue
        change = (value - published[name][: len(value)].float()).numpy()
        step = np.maximum(np.abs(change).max(axis=1, keepdims=True), 1e-8) / 127
        made[f"{name}.change"] = np.round(change / step).astype(np.int8)
        made[f"{name}.step"] = step.astype(np.float32)
    return made
