"""Vectors in eight bits a number: what can be among the nearest is found in a quarter of the memory, exactly.

Rounding moves a cosine by no more than a bound that is known for each row. What may be among the nearest within these
bounds, some hundreds of a hundred thousand, is scored from the vectors themselves: the outcome is that of scoring all.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_CACHED = 512
"""Rows taken at once: copied and multiplied before they leave the processor's cache."""
_TOGETHER = 16
"""Rows a product: so few that BLAS takes one thread, and a third of the time of `products`, which rounds otherwise."""
_OFF = 0.51
"""Steps by which a number may be off: half of one, and a little for what float32 rounds in a sum of products."""


class Codes:
    """The vectors of a matrix, each divided by a step of its own and rounded to a whole number in [-127, 127]."""

    def __init__(self, blocks: Iterable[NDArray[np.float32]], shape: tuple[int, int]) -> None:
        """Round the vectors. blocks: all rows in order, some at a time. shape: their number and dimension."""
        self._codes, self._steps = np.zeros(shape, np.int8), np.zeros(shape[0], np.float32)
        first = 0
        for block in blocks:
            at = slice(first, first + len(block))
            self._codes[at], self._steps[at] = in_eight_bits(block)
            first = at.stop

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._steps)

    def candidates(self, places: NDArray[np.int64], vector: NDArray[np.float32], k: int) -> NDArray[np.int64]:
        """Return which of these places, from 0 on, can be among the k with the highest product, ascending.

        What is returned are positions in `places`.
        """
        if len(places) <= k:
            return np.arange(len(places))
        steps = self._steps[places]
        near = self._products(places, vector) * steps
        off = steps * np.float32(_OFF * np.abs(vector).sum())
        low = near - off
        last = np.partition(low, len(low) - k)[len(low) - k]
        return np.flatnonzero(near + off >= last)

    def _products(self, places: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        found = np.empty(len(places), np.float32)
        wide = np.zeros((_CACHED, self._codes.shape[1]), np.float32)
        stacked = wide.reshape(-1, _TOGETHER, self._codes.shape[1])
        for first in range(0, len(places), _CACHED):
            some = places[first : first + _CACHED]
            wide[: len(some)] = self._codes[some]
            found[first : first + len(some)] = np.matmul(stacked, vector).ravel()[: len(some)]
        return found


def in_eight_bits(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return vectors as whole numbers in [-127, 127], and the step of each, by which they are to be multiplied.

    What is no vector, in a damaged file, becomes zeros with a step of 0: it is near nothing.
    """
    steps = np.abs(vectors).max(axis=1) / 127
    whole = np.isfinite(steps)
    if not whole.all():
        vectors, steps = np.where(whole[:, None], vectors, 0), np.where(whole, steps, 0)
    return np.rint(vectors / np.where(steps > 0, steps, 1)[:, None]).astype(np.int8), steps


def products(rows: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the product of each row with a vector.

    In one thread: the threads of a matrix product wait for each other, and on a busy machine that took five times as
    long as the products.
    """
    found: NDArray[np.float32] = np.einsum("ij,j->i", rows, vector)
    return found


def nearest(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Return the places of the k highest scores, highest first, equal ones in their order."""
    if len(scores) > k:
        last = np.partition(scores, len(scores) - k)[len(scores) - k]
        places = np.flatnonzero(scores >= last)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:k]
