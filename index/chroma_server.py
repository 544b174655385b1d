"""A Chroma server as an index asks it: its address, what is sent along, and what its answers and silences mean.

The requests are those of its HTTP API, version 2. Chroma's own client knows no time limit, raises bare exceptions
for what stands between it and the server, and takes longer to load than all else that a reader needs.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.addresses import without_secrets
from index.errors import CollectionMissing, VectorsMisnamed, VectorsUnavailable
from index.vectors import GRAPH

if TYPE_CHECKING:
    import httpx

CONNECT_S, ANSWER_S = 5.0, 120.0
"""Seconds to be reached, and between two signs of life. A write waits for the graph, and under load for the disk."""
ASKING_S = 15.0
"""The same for a question: a reader waits for it."""
BATCH_BYTES = 2_000_000
"""Of vectors sent at once: some 1,300 of 384 numbers. Chroma takes 40 MB and 5,461 vectors."""
PAGE = 5000
"""Ids, and names of collections, asked for at once."""
_NAME, _VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"), re.compile(r"[\x20-\x7e]*")
_ERROR_CHARS, _SECRET_CHARS = 160, 4


class ChromaServer:
    """One server (or what stands before it), one tenant and one database. May be used from several threads."""

    def __init__(self, address: str, *, headers: Mapping[str, str] | None = None, answer_s: float = ANSWER_S) -> None:
        """Take the address apart; nothing is asked yet.

        address: http(s)://host:port, with a path where a proxy wants one, and `?tenant=…&database=…` if they are
        not Chroma's own. headers: sent with each request and never shown. Certificates are those of the system, or
        of SSL_CERT_FILE. Raises VectorsMisnamed for what is no address or no header.
        """
        self.where = address.strip().rstrip("/")
        self._root, self._collections = _parts(self.where)
        self._headers, self._answer_s = dict(headers or {}), answer_s
        if not all(_NAME.fullmatch(name) and _VALUE.fullmatch(value) for name, value in self._headers.items()):
            raise VectorsMisnamed(
                "A header for the Chroma server is none. Write one a line, in plain letters, as: Name: value"
            )

    def __repr__(self) -> str:
        return f"ChromaServer({self.where!r}, headers=***)" if self._headers else f"ChromaServer({self.where!r})"

    # collections

    def create(self, name: str) -> str:
        """Make an empty collection, cosine and without an embedding function; return its id."""
        made = self._asked("POST", "", {"name": name, "configuration": {"hnsw": GRAPH}})
        return self._id(made)

    def find(self, name: str) -> str | None:
        """Return the id of a collection; None where there is none of the name."""
        try:
            return self._id(self._asked("GET", f"/{quote(name)}"))
        except CollectionMissing:
            return None

    def delete(self, name: str) -> None:
        """Delete a collection; one that is not there is no error."""
        with suppress(CollectionMissing):
            self._asked("DELETE", f"/{quote(name)}")

    def names(self, beginning: str) -> list[str]:
        """Return the names of the collections that begin so."""
        found: list[str] = []
        offset = 0
        while True:
            page = self._asked("GET", f"?limit={PAGE}&offset={offset}")
            with self._understood():
                found += [one["name"] for one in page if one["name"].startswith(beginning)]
            if len(page) < PAGE:
                return sorted(found)
            offset += PAGE

    # vectors of a collection

    def count(self, collection: str) -> int:
        """Count the vectors. Like the rest, raises CollectionMissing where the collection is gone."""
        counted = self._asked("GET", f"/{collection}/count")
        with self._understood():
            return int(counted)

    def ids(self, collection: str, among: Sequence[str] | None = None) -> list[str]:
        """Return the ids of all vectors, or of those that are there among some, at most `PAGE` of them."""
        found: list[str] = []
        while True:
            asked = (
                {"include": [], "limit": PAGE, "offset": len(found)} if among is None else {"include": [], "ids": among}
            )
            page = self._asked("POST", f"/{collection}/get", asked)
            with self._understood():
                found += page["ids"]
                if among is not None or len(page["ids"]) < PAGE:
                    return found

    def put(self, collection: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors (len(ids), dimension) under their ids, in place of those that are there."""
        packed = [base64.b64encode(vector.astype("<f4").tobytes()).decode() for vector in vectors]
        self._asked("POST", f"/{collection}/upsert", {"ids": list(ids), "embeddings": packed})

    def query(self, collection: str, queries: NDArray[np.float32], k: int) -> list[list[tuple[str, float]]]:
        """Return for each query at most k (id, cosine similarity), closest first."""
        asked = {"query_embeddings": queries.tolist(), "n_results": k, "include": ["distances"]}
        alone = len(queries) == 1
        found = self._asked("POST", f"/{collection}/query", asked, answer_s=ASKING_S if alone else None)
        with self._understood():
            return [
                # As many places as a float32 needs are sent; read as one, they are what Chroma gives in process.
                [(str(id_), 1.0 - distance) for id_, distance in zip(ids, near.tolist(), strict=True)]
                for ids, distances in zip(found["ids"], found["distances"], strict=True)
                for near in (np.array(distances, np.float32),)
            ]

    # the wire

    def _asked(self, method: str, path: str, content: object = None, *, answer_s: float | None = None) -> Any:
        """Return what the server answers to one request. Raises VectorsUnavailable, or CollectionMissing."""
        import httpx

        wait = httpx.Timeout(min(answer_s or self._answer_s, self._answer_s), connect=min(CONNECT_S, self._answer_s))
        try:
            response = self._client.request(method, f"{self._collections}{path}", json=content, timeout=wait)
        except httpx.TimeoutException as error:
            raise VectorsUnavailable(f"The Chroma server at {self.where} did not answer in time. Try again.") from error
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error):
                raise VectorsUnavailable(
                    f"The certificate of {self.where} is not trusted here ({self._said(str(error))}). "
                    "Name the file of who signed it in SSL_CERT_FILE."
                ) from error
            raise VectorsUnavailable(
                f"No Chroma server answers at {self.where}. Start it, or name another with --vectors."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise VectorsUnavailable(
                f"The Chroma server at {self.where} broke off ({type(error).__name__}). Try again."
            ) from error
        if response.status_code in (401, 403):
            raise VectorsUnavailable(
                f"{self.where} did not let us in (status {response.status_code}). Put what it asks for into "
                "FOOTNOTE_VECTORS_HEADERS, as: Authorization: Bearer …"
            )
        if response.is_success:
            with self._understood():
                return response.json() if response.content else None
        kind, said = _error_of(response)
        if response.status_code == 404 and kind == "NotFoundError":
            raise CollectionMissing(f"{self.where}: {self._said(said)}. Is it the server that was meant?")
        if response.status_code == 404 and not kind:
            raise self._strange()
        raise VectorsUnavailable(
            f"The Chroma server at {self.where} failed with status {response.status_code} "
            f"({self._said(said) or 'no reason given'}). Try again."
        )

    def _said(self, reason: str) -> str:
        """Return another's reason in one line of some length, without what it may repeat of our headers."""
        line = " ".join(reason.split()).rstrip(".")
        for secret in (word for value in self._headers.values() for word in (value, *value.split())):
            line = line.replace(secret, "***") if len(secret) >= _SECRET_CHARS else line
        return line if len(line) <= _ERROR_CHARS else f"{line[: _ERROR_CHARS - 1]}…"

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """Raise VectorsUnavailable for an answer of another shape than Chroma's."""
        try:
            yield
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._strange() from error

    def _strange(self) -> VectorsUnavailable:
        return VectorsUnavailable(
            f"{self.where} answered with something else than a Chroma server does. See that the address is right."
        )

    def _id(self, collection: Any) -> str:
        with self._understood():
            return str(uuid.UUID(collection["id"]))

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        try:
            return httpx.Client(base_url=self._root, headers=self._headers)
        except (OSError, ValueError, httpx.InvalidURL) as error:  # a file of certificates, a proxy in the environment
            raise VectorsUnavailable(
                f"{self.where} cannot be asked ({type(error).__name__}: {self._said(str(error))}). "
                "See to SSL_CERT_FILE and the proxies in the environment."
            ) from error


def _parts(address: str) -> tuple[str, str]:
    """Return the address of the API, and the path of the collections in it."""
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        named = {"tenant": "default_tenant", "database": "default_database"} | {k: v[0] for k, v in asked.items()}
        usable = bool(
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0  # raises ValueError for what is no port
            and not parts.fragment
            and len(named) == 2
            and re.fullmatch(r"\S+", address)
        )
    except ValueError:
        usable = False
    if not usable:
        raise VectorsMisnamed(
            f"{without_secrets(address)!r} is no address of a Chroma server. "
            "Name one as http://host:8000, or say: local"
        )
    if parts.username is not None:
        raise VectorsMisnamed(
            f"The address {without_secrets(address)} holds a name or a password. "
            "Put them into FOOTNOTE_VECTORS_HEADERS, as: Authorization: Basic …"
        )
    tenant, database = (quote(named[one], safe="") for one in ("tenant", "database"))
    root = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/api/v2"
    return root, f"/tenants/{tenant}/databases/{database}/collections"


def _error_of(response: httpx.Response) -> tuple[str, str]:
    """Return the name and the text of the error that Chroma says; both empty for what is none of its errors."""
    try:
        content = response.json()
        return str(content["error"]), str(content["message"])
    except (ValueError, KeyError, TypeError):
        return "", ""
