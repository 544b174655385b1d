"""Which collections of a Chroma server are this index's, and which of them no generation needs any more.

All begin with a name of the index's own, drawn once and kept in the index directory. A copy of the directory has the
same name, so of two copies only one may be written to.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from index.chroma_server import ChromaServer
from index.database import MANIFEST, read_only
from index.errors import IndexUnwritable, translated

FAMILY = "collections"
"""The file with the name, beside the generations."""
_FAMILY = re.compile(r"footnote-[0-9a-f]{16}")


def family(index: Path) -> str:
    """Return what the names of this index's collections begin with; drawn now, if it was not before."""
    known = _known_family(index)
    if known is None:
        known = f"footnote-{secrets.token_hex(8)}"
        with translated(OSError, IndexUnwritable.because):
            (index / FAMILY).write_text(f"{known}\n", "ascii")
    return known


def unneeded(index: Path, server: ChromaServer) -> list[str]:
    """Return the collections of this index that no generation on disk names, nor the one before it named.

    One that was just left is kept until the next update, for readers of a copy of the directory. Where a manifest
    cannot be read, nothing is unneeded.
    """
    known = _known_family(index)
    named = _named(index)
    if known is None or named is None:
        return []
    return [name for name in server.names(f"{known}-") if name not in named]


def drop_unneeded(index: Path, server: ChromaServer) -> None:
    """Delete those from the server. For the writer only, after it has published."""
    for name in unneeded(index, server):
        server.delete(name)


def _known_family(index: Path) -> str | None:
    try:
        found = (index / FAMILY).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return found if _FAMILY.fullmatch(found) else None


def _named(index: Path) -> set[str] | None:
    named: set[str] = set()
    for manifest in (index / "generations").glob(f"*/{MANIFEST}"):
        try:
            with closing(read_only(manifest)) as db:
                named.update(
                    value for (value,) in db.execute("SELECT value FROM meta WHERE key LIKE 'collection%'") if value
                )
        except sqlite3.Error:
            return None
    return named
