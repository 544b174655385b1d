"""What an encoder is, what it reads of a passage, and which one a name means."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderMisnamed
from index.splitting import sentences

_TITLE_CHARS = 200
_MADE_BY = {"all-MiniLM-L6-v2@": "minilm", "wordllama-": "static"}
_BYTES_PER_S = 40_000
"""Bytes of articles an update takes a second with MiniLM: about 45 passages of 900 characters, on two cores."""


def encoder_text(title: str, text: str) -> str:
    """Return what the encoder reads of a passage: the headline, cut to 200 characters, above the text."""
    return f"{title[:_TITLE_CHARS]}\n{text}"


def vector_key(encoder: str, text: str) -> bytes:
    """Return the identity of a vector: a hash of the encoder's name and all that it read, 16 bytes."""
    return hashlib.sha256(f"{encoder}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


class Encoder(Protocol):
    """What an index needs to know of an encoder."""

    @property
    def name(self) -> str:
        """What identifies the vectors: two encoders of one name give the same vectors."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), dimension) of unit vectors, in the order of the texts."""


class PartEncoder(Encoder, Protocol):
    """An encoder that gives the vectors of a text's parts along with its own, at no further cost."""

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """Return what `encode` returns, and for each text an array (its parts, dimension) of unit vectors.

        parts: the stretches [start, end) of each text, in characters. A part that was not read is zero.
        """


def reads_parts(encoder: Encoder | None) -> TypeGuard[PartEncoder]:
    """Return whether an encoder is one of these. Nothing else is looked at: a dimension may take a server."""
    return hasattr(type(encoder), "encode_parts")


def bytes_per_s(encoder: Encoder) -> float:
    """Return roughly how many bytes of articles an update takes a second with this encoder, on two cores.

    An encoder that is much faster or slower than the bundled one says so by an attribute of this name.
    """
    return float(getattr(encoder, "bytes_per_s", _BYTES_PER_S))


def encode_passages(
    encoder: Encoder, texts: Sequence[str], read: Sequence[str]
) -> tuple[NDArray[np.float32], list[list[int]], list[NDArray[np.float32]]]:
    """Return the vectors of passages, and of each where its sentences start and their vectors.

    The last two are empty for an encoder that gives none. texts: of the passages. read: the same with what the encoder
    reads above them, so that each ends with its text.
    """
    if not reads_parts(encoder):
        return encoder.encode(read), [], []
    bounds = [sentences(text) for text in texts]
    above = [len(whole) - len(text) for whole, text in zip(read, texts, strict=True)]
    shifted = [[(start + by, end + by) for start, end in one] for one, by in zip(bounds, above, strict=True)]
    vectors, parts = encoder.encode_parts(read, shifted)
    return vectors, [[start for start, _ in one] for one in bounds], parts


def name_to_give(identity: str) -> str:
    """Return what a user gives to have the encoder of this `name`; empty for one that is not Footnote's own."""
    if identity.startswith("openai:"):
        return identity
    return next((name for made_by, name in _MADE_BY.items() if identity.startswith(made_by)), "")


def named_encoder(name: str, *, key: Callable[[], str | None] | None = None) -> Encoder:
    """Return the encoder that a user named; "minilm" is the bundled one.

    key: gives the key for a server, and is asked only where one is named. Raises EncoderMisnamed for
    a name that is not known.
    """
    if name == "minilm":
        from index.minilm import MiniLM

        return MiniLM()
    if name == "static":
        from index.static import Static

        return Static()
    if name.startswith("openai:"):
        from index.remote_encoder import RemoteEncoder

        return RemoteEncoder(name, key=key)
    raise EncoderMisnamed(f"There is no encoder {name!r}. Use: minilm, static or openai:NAME@URL")
