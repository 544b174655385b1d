"""What a build says: while it runs, and at its end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.article import Failure

Phase = Literal["reading", "encoding", "storing", "checking"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total` files (reading), else vectors."""

    phase: Phase
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, in articles, passages and vectors.

    failed: every file or entry that cannot be read now, new or known. notices: what was indexed
    otherwise than one might think.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[Failure, ...]
    notices: tuple[Failure, ...]
    passages: int
    embedded: int
    seconds: float
    generation: int

    def to_dict(self) -> dict[str, Any]:
        """Return the wire form."""
        lists = {"failed": list(map(asdict, self.failed)), "notices": list(map(asdict, self.notices))}
        return {**asdict(self), **lists, "seconds": round(self.seconds, 3)}
