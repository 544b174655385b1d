"""What a build says: while it runs, and at its end."""

from __future__ import annotations

from dataclasses import dataclass
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
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "failed": [failure.to_dict() for failure in self.failed],
            "notices": [notice.to_dict() for notice in self.notices],
            "passages": self.passages,
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "generation": self.generation,
        }
