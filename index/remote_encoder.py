"""An encoder on a server that speaks OpenAI's embeddings API: `openai:NAME@URL`, or OpenAI itself without the URL."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.addresses import without_secrets
from corpus.cleaning import whole_characters
from index.errors import EncoderMisnamed, EncoderUnavailable
from index.openai_protocol import KEY_MISSING, OPENAI, key_refused, trouble

if TYPE_CHECKING:
    import httpx
    import openai

BATCH_TEXTS = 32
"""Texts sent at once; the servers that take least, take so many. Fewer are sent where a server refuses them."""
TIMEOUT_S = 60.0
ASKING_TIMEOUT_S = 15.0
"""Seconds for a single text: a reader waits for it."""
RETRIES = 6
"""Attempts after the first, with the pause that the server names (up to two minutes) or 0.5 to 8 s: a minute in all."""
_LEAST_CHARS = 200
"""A text is not cut to less because a server calls it too long."""
_NAME = re.compile(r"openai:(?P<name>.+?)(?:@(?P<url>https?://[^\s/]+(?:/\S*)?))?", re.DOTALL)
_LONG = re.compile(r"too (?:long|large|many tokens)|exceed|maximum|context length|batch size", re.IGNORECASE)


class RemoteEncoder:
    """A model of an embeddings server. Its texts leave this machine, to the server that was named and no other."""

    def __init__(
        self,
        named: str,
        *,
        key: Callable[[], str | None] | None = None,
        timeout_s: float = TIMEOUT_S,
        retries: int = RETRIES,
    ) -> None:
        """Take the name apart; nothing is asked yet. key: asked for when the server is, and never shown.

        Raises EncoderMisnamed for a name that cannot be one.
        """
        found = _NAME.fullmatch(named.strip())
        if not found or "@http" in found["name"]:
            raise EncoderMisnamed(
                f"{without_secrets(named)!r} names no encoder on a server. Name one as openai:NAME@http://host:port/v1."
            )
        self._model, self._url = found["name"].strip(), (found["url"] or OPENAI).rstrip("/")
        self._where = without_secrets(self._url)
        self._key, self._timeout_s, self._retries = key, timeout_s, retries
        self.name = f"openai:{self._model}@{self._where}"

    @cached_property
    def dimension(self) -> int:
        """Numbers in a vector: those of the first that the server gives; it is asked for one where none was needed yet.

        Raises EncoderUnavailable.
        """
        # Nobody waits long to hear that it is not there.
        first = self._client(self._timeout_s, min(self._retries, 1), _not_in_vain)
        return int(self._asked(["Which way is north?"], first).shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimension) unit vectors.

        What the server calls too long is cut to a half until it is not. Raises EncoderUnavailable
        where the server cannot be reached, refuses, or answers with something else than such vectors.
        """
        # A server refuses a text without any character.
        whole = [whole_characters(text) if text.strip() else "-" for text in texts]
        if not whole:
            return np.empty((0, self.dimension), np.float32)
        client = self._asking if len(whole) == 1 else self._building
        parts = [whole[first : first + BATCH_TEXTS] for first in range(0, len(whole), BATCH_TEXTS)]
        return np.concatenate([self._asked(part, client) for part in parts])

    def _asked(self, texts: list[str], client: openai.OpenAI) -> NDArray[np.float32]:
        """Return the vectors of one batch, sent in parts or cut where the server takes no more."""
        import httpx
        import openai

        try:
            found = client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        except openai.APIStatusError as error:
            if len(texts) > 1 and (error.status_code in {400, 413, 422} or _is_too_long(error)):
                half = len(texts) // 2
                return np.concatenate([self._asked(texts[:half], client), self._asked(texts[half:], client)])
            if _is_too_long(error) and len(texts[0]) > _LEAST_CHARS:
                return self._asked([texts[0][: len(texts[0]) // 2]], client)
            raise self._explained(error) from error
        except (openai.OpenAIError, httpx.HTTPError, json.JSONDecodeError) as error:
            raise self._explained(error) from error
        vectors = self._unit(getattr(found, "data", None), len(texts))
        if vectors.shape[1] != self.__dict__.setdefault("dimension", vectors.shape[1]):
            raise EncoderUnavailable(
                f"{self._where} gave vectors of {vectors.shape[1]} numbers, and before of {self.dimension}. "
                "Ask its keeper which model it runs, then try again."
            )
        return vectors

    def _unit(self, data: object, count: int) -> NDArray[np.float32]:
        """Return a server's vectors in the order of the texts, of unit length."""
        try:
            if not isinstance(data, list) or len(data) != count:
                raise ValueError(f"{len(data) if isinstance(data, list) else 'no'} vectors for {count} texts")
            placed = sorted(data, key=lambda one: one.index if isinstance(one.index, int) else 0)
            vectors = np.array([one.embedding for one in placed], np.float32)
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True) if vectors.ndim == 2 else np.zeros(1)
            if not (np.isfinite(lengths).all() and lengths.all()):
                raise ValueError("vectors that are none")
        except (ValueError, TypeError, AttributeError) as error:
            raise EncoderUnavailable(
                f"{self._where} answered with something else than vectors ({error}). "
                "See that it is an embeddings server and its address ends as it should, mostly in /v1."
            ) from error
        unit: NDArray[np.float32] = vectors / lengths
        return unit

    @cached_property
    def _building(self) -> openai.OpenAI:
        """Many texts: nobody waits for them, so pauses are kept."""
        return self._client(self._timeout_s, self._retries, _not_in_vain)

    @cached_property
    def _asking(self) -> openai.OpenAI:
        """One text, mostly a question: a server that limits is not asked again, as it may want a minute."""
        return self._client(min(self._timeout_s, ASKING_TIMEOUT_S), min(self._retries, 1), _at_once)

    def _client(self, timeout_s: float, retries: int, heard: Callable[[httpx.Response], None]) -> openai.OpenAI:
        import openai

        key = self._key() if self._key else None
        if self._url == OPENAI and not key:
            raise EncoderUnavailable(KEY_MISSING)
        return openai.OpenAI(
            base_url=self._url,
            api_key=key or "none",
            timeout=timeout_s,
            max_retries=retries,
            http_client=openai.DefaultHttpxClient(event_hooks={"response": [heard]}),
        )

    def _explained(self, error: Exception) -> EncoderUnavailable:
        """Return what a client's error means for the keeper; neither key nor text is repeated."""
        where, encoder, again = self._where, f"The encoder {self._model!r} at {self._where}", "Try again"
        kind, detail = trouble(error)
        lines = {
            "late": f"{encoder} did not answer in time. {again}.",
            "key": key_refused(where),
            "unknown": f"{where} has no embeddings of a model {self._model!r}. Name another with --encoder.",
            "limited": f"{where} takes no more texts for now. {again} {detail}; what is done is kept.",
            "status": f"{where} failed with status {detail} ({_said(error)}). {again}; what is done is kept.",
            "silent": f"No embeddings server answers at {where}. Start it, or name another with --encoder.",
            "broken": f"{encoder} broke off ({detail}). {again}; what is done is kept.",
        }
        return EncoderUnavailable(lines[kind])


def _not_in_vain(response: httpx.Response) -> None:
    """Say to the client that a text which is too long is so the next time, whatever the status."""
    if response.status_code == 500 and _LONG.search(response.read().decode("utf-8", "replace")):
        response.headers["x-should-retry"] = "false"


def _at_once(response: httpx.Response) -> None:
    _not_in_vain(response)
    if response.status_code == 429:
        response.headers["x-should-retry"] = "false"


def _is_too_long(error: openai.APIStatusError) -> bool:
    return error.status_code == 413 or (error.status_code in {400, 422, 500} and bool(_LONG.search(str(error))))


def _said(error: Exception) -> str:
    """Return the server's own reason in at most 120 characters of one line; texts are not in it as far as known."""
    body = getattr(error, "body", None)
    body = body if isinstance(body, dict) else {}
    said = " ".join(str(body.get("message") or "no reason given").split())
    return said if len(said) <= 120 else f"{said[:119]}…"
