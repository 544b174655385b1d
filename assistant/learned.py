"""Weights learned by tests/benchmarks/train_assistant.py: what each measured feature is worth."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def learned(name: str) -> Mapping[str, float]:
    """Return the weights of one model by feature name; a feature that is not in it weighs nothing."""
    found: dict[str, float] = _all()[name]["weights"]
    return found


def weighed(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the weighted sum of named features."""
    return sum([weights[name] * amount for name, amount in features.items() if amount and name in weights])


def believed(name: str, features: Mapping[str, float]) -> float:
    """Return the belief of one model, a logistic one, in (0, 1)."""
    return 1 / (1 + math.exp(-weighed(learned(name), features)))


@lru_cache(maxsize=1)
def _all() -> dict[str, dict[str, dict[str, float]]]:
    text = files("assistant").joinpath("learned.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, dict[str, float]]] = json.loads(text)
    return loaded
