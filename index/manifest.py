"""The truth of a generation: its files, articles and passages."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.article import Article, Failure, Headline
from corpus.cleaning import whole_characters
from corpus.file import FileState
from index.database import LISTED, listed, marked
from index.mentions import headline_name
from index.passage import Passage
from index.vector_table import VectorTable

_NAMESAKES = 3
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


class Manifest(VectorTable):
    """All that a generation knows besides its words and its vectors."""

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
        asked = whole_characters(article_id)  # half a character is in no id
        found = self._db.execute(f"SELECT {_HEADLINE}, a.text FROM articles a WHERE a.id = ?", (asked,)).fetchone()
        return None if found is None else Article(**_headline_fields(found[:-1]), text=found[-1])

    def headlines(self, *, limit: int | None = None, offset: int = 0) -> list[Headline]:
        """Return every article without its text: newest first, undated last, then by title and id.

        limit, offset: at most so many, after so many.
        """
        order = "a.published IS NULL, a.published DESC, a.title, a.id"
        # Only what is sorted by is held of all of them, not what is passed over.
        rows = self._db.execute(
            f"SELECT {_HEADLINE} FROM articles a WHERE a.row IN "
            f"(SELECT a.row FROM articles a ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}",
            (-1 if limit is None else limit, offset),
        )
        return [Headline(**_headline_fields(found)) for found in rows]

    # reprints

    def put_bands(self, row: int, values: Sequence[int]) -> list[tuple[int, str]]:
        """Store the MinHash bands of an article; return (row, text) of those that share most bands with it."""
        most = _CANDIDATES * len(values)
        found = self._db.execute(f"SELECT article FROM bands WHERE value IN {LISTED} LIMIT {most}", listed(values))
        shared = Counter(other for (other,) in found)
        self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((value, row) for value in values))
        nearest = sorted(shared, key=lambda other: (-shared[other], other))[:_CANDIDATES]
        texts = self._db.execute(f"SELECT row, text FROM articles WHERE row IN {LISTED} ORDER BY row", listed(nearest))
        return texts.fetchall()

    def put_reprint(self, row: int, other: int) -> None:
        """Note that two articles print the same text."""
        self._db.executemany("INSERT OR IGNORE INTO reprints VALUES (?, ?)", ((row, other), (other, row)))

    def reprints(self, article_ids: Sequence[str]) -> dict[str, list[Article]]:
        """Return the articles linked with each of these, by id and in order of id; one without any is left out."""
        rows = self._db.execute(
            f"SELECT one.id, {_HEADLINE}, a.text FROM articles one JOIN reprints r ON r.article = one.row "
            f"JOIN articles a ON a.row = r.other WHERE one.id IN {LISTED} ORDER BY one.id, a.id",
            listed(article_ids),
        )
        linked: dict[str, list[Article]] = {}
        for one, *head, text in rows:
            linked.setdefault(one, []).append(Article(**_headline_fields(head), text=text))
        return linked

    # passages

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
        found = self._db.execute(
            'SELECT p.row, p.id, p.ordinal, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start), '
            f"{_HEADLINE} "
            f"FROM passages p JOIN articles a ON a.row = p.article WHERE p.row IN {LISTED}",
            listed(rows),
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

    def every_passage(self) -> Iterator[tuple[int, Passage]]:
        """Yield (row, passage) of all passages."""
        for _, some in marked(self.passage_rows()):
            yield from self.passages(some).items()

    def named(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Return the passage rows of the articles that bear each name; a name that more than three bear is none."""
        found: dict[str, dict[int, list[int]]] = {}
        rows = self._db.execute(
            "SELECT a.name, a.row, p.row FROM articles a JOIN passages p ON p.article = a.row "
            f"WHERE a.name IN {LISTED} AND a.name IS NOT NULL ORDER BY p.row",
            listed(names),
        )
        for name, article, row in rows:
            found.setdefault(name, {}).setdefault(article, []).append(row)
        return {
            name: [row for rows in articles.values() for row in rows]
            for name, articles in found.items()
            if len(articles) <= _NAMESAKES
        }

    def passage_rows(self) -> list[int]:
        """Return the rows of all passages, ascending."""
        return [row for (row,) in self._db.execute("SELECT row FROM passages ORDER BY row")]


def content_hash(article: Article) -> bytes:
    """Return a hash of all that a reader of the article could see, 16 bytes."""
    seen = json.dumps({**article.to_dict(), "id": ""}, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(seen.encode()).digest()[:16]


def _headline_fields(found: Sequence[str | None]) -> dict[str, Any]:
    names = ("id", "title", "outlet", "author", "published", "published_origin", "url", "path", "language")
    fields: dict[str, Any] = dict(zip(names, found, strict=True))
    fields["published"] = date.fromisoformat(str(fields["published"])) if fields["published"] else None
    return fields
