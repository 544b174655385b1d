"""The truth of a generation in SQLite: files, articles, passages, and which row holds whose vector."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.article import Article, Failure, Headline
from corpus.folder import FileState
from index.errors import IndexBroken, IndexUnwritable
from index.mentions import headline_name
from index.passage import Passage

SCHEMA_VERSION = 5
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
_MARKS = 500
_NAMESAKES = 3
_PRINTS = 100
_CANDIDATES = 20
"""Articles compared as reprints of a new one; more share a form ("X closed at Y"), not a text."""
_HEADLINE = "a.id, a.title, a.outlet, a.author, a.published, a.published_origin, a.url, a.file, a.language"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the manifest remembers of a file, to tell whether it changed."""

    state: tuple[int, int, int]
    sha256: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """Identity of an article as stored: `claimed` is the id it would have if no other claimed it."""

    row: int
    id: str
    claimed: str
    file: str
    content: bytes


class Manifest:
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
        try:
            with self._db:
                yield
        except sqlite3.OperationalError as error:
            raise IndexUnwritable.because(error) from error

    # meta

    def meta(self, key: str) -> str | None:
        """Return a stored setting, or None."""
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def set_meta(self, key: str, value: str) -> None:
        """Store a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # files

    def files(self) -> dict[str, StoredFile]:
        """Return every file by path."""
        rows = self._db.execute("SELECT path, size, mtime_ns, ctime_ns, sha256, failures FROM files")
        return {
            path: StoredFile((size, mtime, ctime), sha, tuple(Failure(*pair) for pair in json.loads(failures)))
            for path, size, mtime, ctime, sha, failures in rows
        }

    def put_file(self, file: FileState, sha256: str, failures: Sequence[Failure]) -> None:
        """Store a file as read, or as found untouched at a new time."""
        noted = json.dumps([[failure.path, failure.reason] for failure in failures])
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (file.path, file.size, file.mtime_ns, file.ctime_ns, sha256, noted),
        )

    def drop_file(self, path: str) -> None:
        """Forget a file; its articles are dropped one by one."""
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    # articles

    def stored_articles(self, *, file: str | None = None, claimed: str | None = None) -> list[StoredArticle]:
        """Return the identities of the articles of a file, or of those that claim one id."""
        column, value = ("file", file) if file is not None else ("claimed", claimed)
        rows = self._db.execute(f"SELECT row, id, claimed, file, content FROM articles WHERE {column} = ?", (value,))
        return [StoredArticle(*found) for found in rows]

    def put_article(self, article: Article, *, claimed: str, content: bytes) -> int:
        """Store an article; return its row."""
        cursor = self._db.execute(
            "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, claimed, article.path, content, article.title, article.outlet, article.author,
                article.published.isoformat() if article.published else None, article.published_origin,
                article.url, article.language, headline_name(article.title), article.text,
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def drop_article(self, row: int) -> None:
        """Drop an article and its passages; the vectors stay until `dead_vectors` are dropped."""
        self._db.execute("DELETE FROM passages WHERE article = ?", (row,))
        self._db.execute("DELETE FROM bands WHERE article = ?", (row,))
        # Links stand in both directions, so the other ends are found without reading the whole table.
        self._db.execute(
            "DELETE FROM reprints WHERE other = ?1 AND article IN (SELECT other FROM reprints WHERE article = ?1)",
            (row,),
        )
        self._db.execute("DELETE FROM reprints WHERE article = ?", (row,))
        self._db.execute("DELETE FROM articles WHERE row = ?", (row,))

    def has_article(self, article_id: str) -> bool:
        """Return whether an article has this id."""
        return self._db.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone() is not None

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text."""
        asked = article_id.encode("utf-8", "replace").decode("utf-8")  # half a character is in no id
        found = self._db.execute(f"SELECT {_HEADLINE}, a.text FROM articles a WHERE a.id = ?", (asked,)).fetchone()
        return None if found is None else Article(**_headline_fields(found[:-1]), text=found[-1])

    def headlines(self) -> list[Headline]:
        """Return every article without its text: newest first, undated last, then by title and id."""
        rows = self._db.execute(
            f"SELECT {_HEADLINE} FROM articles a ORDER BY a.published IS NULL, a.published DESC, a.title, a.id"
        )
        return [Headline(**_headline_fields(found)) for found in rows]

    # reprints

    def put_bands(self, row: int, values: Sequence[int]) -> list[tuple[int, str]]:
        """Store the MinHash bands of an article; return (row, text) of those that share most bands with it."""
        marks = ",".join("?" * len(values))
        most = _CANDIDATES * len(values)
        found = self._db.execute(f"SELECT article FROM bands WHERE value IN ({marks}) LIMIT {most}", tuple(values))
        shared = Counter(other for (other,) in found)
        self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((value, row) for value in values))
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_CANDIDATES]
        marks = ",".join("?" * len(nearest))
        texts = self._db.execute(f"SELECT row, text FROM articles WHERE row IN ({marks}) ORDER BY row", nearest)
        return texts.fetchall()

    def put_reprint(self, row: int, other: int) -> None:
        """Note that two articles print the same text."""
        self._db.executemany("INSERT OR IGNORE INTO reprints VALUES (?, ?)", ((row, other), (other, row)))

    def reprints(self, article_ids: Sequence[str]) -> dict[str, list[Article]]:
        """Return the articles linked with each of these, by id and in order of id; one without any is left out."""
        marks = ",".join("?" * len(article_ids))
        rows = self._db.execute(
            f"SELECT one.id, {_HEADLINE}, a.text FROM articles one JOIN reprints r ON r.article = one.row "
            f"JOIN articles a ON a.row = r.other WHERE one.id IN ({marks}) ORDER BY one.id, a.id",
            tuple(article_ids),
        )
        linked: dict[str, list[Article]] = {}
        for one, *head, text in rows:
            linked.setdefault(one, []).append(Article(**_headline_fields(head), text=text))
        return linked

    # passages and their vectors

    def put_passage(self, passage: Passage, article_row: int, key: bytes) -> int:
        """Store a passage under the vector of its key, which may be still to be encoded; return its row."""
        self._db.execute("INSERT OR IGNORE INTO vectors (key) VALUES (?)", (key,))
        (vector,) = self._db.execute("SELECT row FROM vectors WHERE key = ?", (key,)).fetchone()
        cursor = self._db.execute(
            "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (passage.id, article_row, passage.ordinal, passage.start, passage.end, vector),
        )
        return int(cursor.lastrowid or 0)

    def passages(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Return passages by row."""
        marks = ",".join("?" * len(rows))
        found = self._db.execute(
            'SELECT p.row, p.id, p.ordinal, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), '
            f"{_HEADLINE} "
            f"FROM passages p JOIN articles a ON a.row = p.article WHERE p.row IN ({marks})",
            tuple(rows),
        )
        return {
            row: Passage(pid, Headline(**_headline_fields(head)), ordinal, start, end, text)
            for row, pid, ordinal, start, end, text, *head in found
        }

    def passages_of(self, article_id: str) -> list[Passage]:
        """Return the passages of an article, in order."""
        rows = self._db.execute(
            "SELECT p.row FROM passages p JOIN articles a ON a.row = p.article WHERE a.id = ? ORDER BY p.ordinal",
            (article_id,),
        ).fetchall()
        found = self.passages([row for (row,) in rows])
        return [found[row] for (row,) in rows]

    def rows_of_vectors(self, vectors: Sequence[int]) -> list[tuple[int, int]]:
        """Return (passage row, vector row) of the passages that have one of these vectors.

        A text that stands in more than `_PRINTS` passages is a form, and more of them would say no more.
        """
        query = f"SELECT row, vector FROM passages WHERE vector = ? ORDER BY row LIMIT {_PRINTS}"
        return [found for vector in vectors for found in self._db.execute(query, (vector,))]

    def named(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Return the passage rows of the articles that bear each name; a name that more than three bear is none."""
        found: dict[str, dict[int, list[int]]] = {}
        for first in range(0, len(names), _MARKS):
            some = names[first : first + _MARKS]
            rows = self._db.execute(
                "SELECT a.name, a.row, p.row FROM articles a JOIN passages p ON p.article = a.row "
                f"WHERE a.name IN ({','.join('?' * len(some))}) AND a.name IS NOT NULL ORDER BY p.row",
                tuple(some),
            )
            for name, article, row in rows:
                found.setdefault(name, {}).setdefault(article, []).append(row)
        return {
            name: [row for rows in articles.values() for row in rows]
            for name, articles in found.items()
            if len(articles) <= _NAMESAKES
        }

    def vectors_of_rows(self, rows: Sequence[int]) -> dict[int, int]:
        """Return the vector row of each passage row."""
        marks = ",".join("?" * len(rows))
        return dict(self._db.execute(f"SELECT row, vector FROM passages WHERE row IN ({marks})", tuple(rows)))

    def vector_rows(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the vector row of each key, given in hex; unknown keys are left out."""
        wanted = [bytes.fromhex(key) for key in keys]
        marks = ",".join("?" * len(wanted))
        found = self._db.execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", wanted)
        return {key.hex(): row for key, row in found}

    def vectors(self, *, filled: bool) -> list[tuple[int, str]]:
        """Return (row, key in hex) of the vectors that are there, or still to be made, by row."""
        found = self._db.execute("SELECT row, key FROM vectors WHERE filled = ? ORDER BY row", (int(filled),))
        return [(row, key.hex()) for row, key in found]

    def unencoded(self) -> list[tuple[int, int]]:
        """Return (vector row, a passage row that needs it) of what is still to be encoded, longest text first."""
        return self._db.execute(
            "SELECT v.row, min(p.row) FROM vectors v JOIN passages p ON p.vector = v.row "
            'WHERE v.filled = 0 GROUP BY v.row ORDER BY max(p."end" - p.start) DESC, v.row'
        ).fetchall()

    def damage(self) -> list[str]:
        """Return what SQLite or the laws of a passage find wrong, a line each."""
        try:
            (said,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            said = str(error)
        if said != "ok":
            return [f"the manifest is damaged: {said}"]
        problems = []
        (outside,) = self._db.execute(
            "SELECT count(*) FROM passages p JOIN articles a ON a.row = p.article "
            'WHERE p.start < 0 OR p.start >= p."end" OR p."end" > length(a.text)'
        ).fetchone()
        (orphans,) = self._db.execute(
            "SELECT count(*) FROM passages WHERE article NOT IN (SELECT row FROM articles) "
            "OR vector NOT IN (SELECT row FROM vectors)"
        ).fetchone()
        (fileless,) = self._db.execute(
            "SELECT count(*) FROM articles WHERE file NOT IN (SELECT path FROM files)"
        ).fetchone()
        if outside:
            problems.append(f"{outside} passages lie outside their article")
        if orphans:
            problems.append(f"{orphans} passages have no article or no vector")
        if fileless:
            problems.append(f"{fileless} articles belong to no file")
        return problems

    def mark_unfilled(self, rows: Iterable[int]) -> None:
        """Note that these vectors are to be encoded again."""
        self._db.executemany("UPDATE vectors SET filled = 0 WHERE row = ?", ((row,) for row in rows))

    def every_passage(self) -> Iterator[tuple[int, Passage]]:
        """Yield (row, passage) of all passages."""
        rows = [row for (row,) in self._db.execute("SELECT row FROM passages ORDER BY row")]
        for first in range(0, len(rows), _MARKS):
            yield from self.passages(rows[first : first + _MARKS]).items()

    def mark_filled(self, rows: Iterable[int]) -> None:
        """Note that these vectors are in the matrix."""
        self._db.executemany("UPDATE vectors SET filled = 1 WHERE row = ?", ((row,) for row in rows))

    def unseen(self) -> list[int]:
        """Return the rows of the vectors that Chroma does not lead to; they are scored from the matrix."""
        return [row for (row,) in self._db.execute("SELECT row FROM vectors WHERE unseen = 1 ORDER BY row")]

    def mark_unseen(self, rows: Iterable[int], *, unseen: bool = True) -> None:
        """Note that Chroma's graph does not lead to these vectors, or does so again."""
        self._db.executemany("UPDATE vectors SET unseen = ? WHERE row = ?", ((int(unseen), row) for row in rows))

    def drop_dead_vectors(self) -> list[str]:
        """Forget the vectors that no passage has; return their keys in hex."""
        unused = "FROM vectors WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.vector = vectors.row)"
        keys = [key.hex() for (key,) in self._db.execute(f"SELECT key {unused} AND filled = 1")]
        self._db.execute(f"DELETE {unused}")
        return keys

    def renumber_vectors(self, rows: Sequence[int]) -> None:
        """Give the vectors at these rows, in this ascending order, the rows 1, 2, 3 …."""
        pairs = [(new, old) for new, old in enumerate(rows, 1) if new != old]
        self._db.executemany("UPDATE vectors SET row = ? WHERE row = ?", pairs)
        self._db.executemany("UPDATE passages SET vector = ? WHERE vector = ?", pairs)

    # the whole

    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of articles, passages and vectors."""
        one = self._db.execute(
            "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"
        ).fetchone()
        return int(one[0]), int(one[1]), int(one[2])

    def passage_table(self) -> list[tuple[int, int, str | None, str | None, str | None]]:
        """Return (passage row, vector row, outlet, author, published) of every passage, for filtering."""
        return self._db.execute(
            "SELECT p.row, p.vector, a.outlet, a.author, a.published "
            "FROM passages p JOIN articles a ON a.row = p.article ORDER BY p.row"
        ).fetchall()


@contextmanager
def whole(index: Path) -> Iterator[None]:
    """Raise IndexBroken where SQLite finds out, in the middle of its work, that its file is damaged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:  # its subclasses are about locks, space and our own SQL
            raise
        raise IndexBroken(f"The index at '{index}' is damaged ({error}). Mend with: footnote check --repair") from error


def content_hash(article: Article) -> bytes:
    """Return a hash of all that a reader of the article could see, 16 bytes."""
    seen = json.dumps({**article.to_dict(), "id": ""}, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(seen.encode()).digest()[:16]


def _headline_fields(found: Sequence[str | None]) -> dict[str, Any]:
    names = ("id", "title", "outlet", "author", "published", "published_origin", "url", "path", "language")
    fields: dict[str, Any] = dict(zip(names, found, strict=True))
    fields["published"] = date.fromisoformat(str(fields["published"])) if fields["published"] else None
    return fields
