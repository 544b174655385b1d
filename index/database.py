"""The SQLite file of a generation: its tables, opened and closed, and what may be wrong with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from index.errors import IndexBroken, IndexUnwritable, translated

MANIFEST = "manifest.db"
"""The file's name in the directory of its generation."""
SCHEMA_VERSION = 6
"""Raise when the tables, the splitting or what a reader makes of a file change: everything is read anew."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL, failures TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, claimed TEXT NOT NULL, file TEXT NOT NULL, content BLOB NOT NULL,
    title TEXT NOT NULL, outlet TEXT, author TEXT, published TEXT, published_origin TEXT NOT NULL,
    url TEXT, language TEXT, name TEXT, text TEXT NOT NULL
);
CREATE INDEX articles_name ON articles (name) WHERE name IS NOT NULL;
CREATE INDEX articles_file ON articles (file);
CREATE INDEX articles_claimed ON articles (claimed);
CREATE TABLE vectors (row INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, filled INTEGER NOT NULL DEFAULT 0,
    unseen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX vectors_unseen ON vectors (unseen) WHERE unseen = 1;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL REFERENCES articles,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector INTEGER NOT NULL REFERENCES vectors
);
CREATE INDEX passages_article ON passages (article);
CREATE INDEX passages_vector ON passages (vector);
CREATE TABLE bands (value INTEGER, article INTEGER, PRIMARY KEY (value, article)) WITHOUT ROWID;
CREATE INDEX bands_article ON bands (article);
CREATE TABLE reprints (article INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (article, other)) WITHOUT ROWID;
"""

_DAMAGES = (
    (
        "passages p JOIN articles a ON a.row = p.article "
        'WHERE p.start < 0 OR p.start >= p."end" OR p."end" > length(a.text)',
        "passages lie outside their article",
    ),
    (
        "passages WHERE article NOT IN (SELECT row FROM articles) OR vector NOT IN (SELECT row FROM vectors)",
        "passages have no article or no vector",
    ),
    ("articles WHERE file NOT IN (SELECT path FROM files)", "articles belong to no file"),
)


class Database:
    """One generation's tables. Opened for reading unless `writable`; one writer at a time."""

    def __init__(self, path: Path, *, writable: bool = False, served: bool = False) -> None:
        """Open the file, making it if `writable`.

        served: it is being read by others, so a power cut must not harm it either. Raises IndexBroken
        if it is not a whole manifest, IndexUnwritable if it cannot be made.
        """
        made = not path.exists()
        try:
            # A reader opens for writing too, where it may: what a killed writer left half done must be taken back.
            mode = "rwc" if writable else "rw"
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False)
            if made and writable:
                self._db.executescript(_SCHEMA)
                self.set_meta("schema", str(SCHEMA_VERSION))
                self._db.commit()
            self.schema = int(self.meta("schema") or 0)
        except (sqlite3.DatabaseError, ValueError) as error:
            if writable and isinstance(error, sqlite3.OperationalError):
                raise IndexUnwritable.because(error) from error
            raise IndexBroken(
                f"{path} is not a whole manifest ({error}). Rebuild with: footnote index --full"
            ) from error
        if not writable:
            self._db.execute("PRAGMA query_only = ON")
        elif not served:
            self._db.execute("PRAGMA cache_size = -65536")
            self._db.execute("PRAGMA synchronous = OFF")  # a generation counts only once CURRENT names it

    def close(self) -> None:
        """Close the file; what was not committed is dropped."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit at the end, or roll back. Raises IndexUnwritable when the disk is full."""
        with translated(sqlite3.OperationalError, IndexUnwritable.because), self._db:
            yield

    def meta(self, key: str) -> str | None:
        """Return a stored setting, or None."""
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def set_meta(self, key: str, value: str) -> None:
        """Store a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of articles, passages and vectors."""
        one = self._db.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"
        ).fetchone()
        return int(one[0]), int(one[1]), int(one[2])

    def damage(self) -> list[str]:
        """Return what SQLite or the laws of a passage find wrong, a line each."""
        try:
            (said,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            said = str(error)
        if said != "ok":
            return [f"the manifest is damaged: {said}"]
        counted = ((self._db.execute(f"SELECT count(*) FROM {what}").fetchone()[0], said) for what, said in _DAMAGES)
        return [f"{count} {said}" for count, said in counted if count]


def read_only(path: Path) -> sqlite3.Connection:
    """Open a file that others may be writing. It is not made where it is not there: that is an OperationalError."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def for_reading(path: Path) -> sqlite3.Connection:
    """Open a file as `read_only` does, but take back what a killed writer left half done, where we may write."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False)
    db.execute("PRAGMA query_only = ON")
    return db


LISTED = "(SELECT value FROM json_each(?))"
"""Stands after IN for any number of values that JSON can hold; of question marks SQLite takes no more than 32,766."""


def listed(values: Sequence[int] | Sequence[str]) -> tuple[str]:
    """Return what `LISTED`, or json_each in another place, is given for these values."""
    return (json.dumps(list(values)),)


_Key = TypeVar("_Key")
_MARKS = 500


def marked(keys: Sequence[_Key]) -> Iterator[tuple[str, Sequence[_Key]]]:
    """Yield the question marks for some of these keys, and the keys: SQLite takes 999 at once on old builds."""
    for first in range(0, len(keys), _MARKS):
        some = keys[first : first + _MARKS]
        yield ",".join("?" * len(some)), some


@contextmanager
def whole(index: Path) -> Iterator[None]:
    """Raise IndexBroken where SQLite finds out, in the middle of its work, that its file is damaged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # its subclasses are about locks, space and our own SQL
            raise
        raise IndexBroken.mendable(f"The index at '{index}' is damaged", error) from error
