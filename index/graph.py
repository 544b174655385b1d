"""What the files of Chroma's graph tell: to which vectors hardly any other leads.

A search goes from vector to vector. Each one that comes takes its place in its neighbours' lists, and what it
displaces there may be the last way to another: it is alive, and never found again. Such a vector may be anywhere, so
instead of asking for all of them after every update, the ways are counted.
"""

from __future__ import annotations

import io
import pickle
import struct
from pathlib import Path

import numpy as np

FEW = 2
"""Ways to a vector from which it is worth asking for: with none it is out of reach, with few they may be a circle."""
_HEADER = struct.Struct("<i6QiI3QdQ")
_VERSION = 1
_BLOCK = 8192
_DELETED = 1 << 16


def hardly_led_to(folder: Path) -> list[str] | None:
    """Return the ids of the live vectors to which at most `FEW` others lead.

    folder: where Chroma keeps one graph. None where its files are not such as this knows how to read.
    """
    try:
        header, ids = (folder / "header.bin").read_bytes(), folder / "index_metadata.pickle"
        graph = np.memmap(folder / "data_level0.bin", np.uint8, "r")
        version, first, _, count, size, label, _, _, _, _, most, _, _, _ = _HEADER.unpack(header)
    except (OSError, ValueError, struct.error):  # not there, empty or of another length
        return None
    if version != _VERSION or len(graph) != count * size or first + 4 + 4 * most > label or label + 8 > size:
        return None
    vectors = graph.reshape(count, size)
    ways, labels = np.zeros(count, np.int64), np.zeros(count, np.uint64)
    for at in range(0, count, _BLOCK):
        block = vectors[at : at + _BLOCK]
        heads = np.ascontiguousarray(block[:, first : first + 4]).view("<u4")[:, 0]
        links = np.ascontiguousarray(block[:, first + 4 : first + 4 + 4 * most]).view("<u4")
        there = links[np.arange(most) < (heads & 0xFFFF)[:, None]]
        if there.size and there.max() >= count:
            return None
        ways += np.bincount(there, minlength=count)
        labels[at : at + _BLOCK] = np.ascontiguousarray(block[:, label : label + 8]).view("<u8")[:, 0]
        ways[at : at + _BLOCK][heads & _DELETED > 0] += count
    few = labels[ways <= FEW].tolist()
    return _named(ids, few) if few else []


class _Plain(pickle.Unpickler):
    """Reads numbers, texts and tables of them; what would run code is refused."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} is neither a number nor a text")


def _named(path: Path, labels: list[int]) -> list[str] | None:
    """Return the ids of Chroma's numbers; one that no id has was deleted."""
    try:
        names = _Plain(io.BytesIO(path.read_bytes())).load()["label_to_id"]
        return [names[one] for one in labels if one in names]
    except (OSError, EOFError, LookupError, TypeError, ValueError, AttributeError, pickle.UnpicklingError):
        return None
