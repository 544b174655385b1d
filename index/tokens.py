"""Tokens on their way to a model: the tokenizer, batches of like length, and the means over parts of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.cleaning import whole_characters

_FEW = 32
"""Texts that are read one by one."""


def tokenizer_of(published: str, *, most: int | None) -> Any:
    """Return the tokenizer of a published file, which may pad and cut as it likes: this one pads nothing.

    most: tokens that are read of a text; None reads it to its end.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(published)
    tokenizer.no_padding()
    if most is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(most)
    return tokenizer


def encoded(tokenizer: Any, texts: Sequence[str], *, marks: bool) -> list[Any]:
    """Return each text in tokens. marks: with the ones that open and close it.

    A few are read one by one, as the threads of a batch cost more than they save.
    """
    whole = [whole_characters(text) for text in texts]
    if len(whole) <= _FEW:
        return [tokenizer.encode(text, add_special_tokens=marks) for text in whole]
    read: list[Any] = tokenizer.encode_batch(whole, add_special_tokens=marks)
    return read


def batches(tokens: Sequence[Sequence[int]], most: int) -> Iterator[list[int]]:
    """Yield the places of some texts at a time, the shortest first, so that a batch is padded only to its own longest.

    most: texts in a batch.
    """
    order = sorted(range(len(tokens)), key=lambda at: len(tokens[at]))
    for first in range(0, len(order), most):
        yield order[first : first + most]


def padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows as one array with zeros at their ends, and which numbers of it are there: 1 or 0."""
    numbers = np.zeros((len(rows), max(map(len, rows), default=0)), np.int64)
    mask = np.zeros_like(numbers)
    for at, row in enumerate(rows):
        numbers[at, : len(row)], mask[at, : len(row)] = row, 1
    return numbers, mask


def unit_mean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of one vector or more, of unit length."""
    mean: NDArray[np.float32] = vectors.mean(axis=0)
    return mean / np.linalg.norm(mean)


def part_means(
    vectors: NDArray[np.float32], middles: NDArray[np.float64], parts: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Return the unit mean of the tokens whose middle lies in each part [start, end); zero where there is none.

    vectors: of the tokens; what is past the middles is padding. middles: of the tokens, in characters.
    """
    means = np.zeros((len(parts), vectors.shape[1]), np.float32)
    for at, (start, end) in enumerate(parts):
        own = vectors[: len(middles)][(middles >= start) & (middles < end)]
        if len(own):
            means[at] = unit_mean(own)
    return means
