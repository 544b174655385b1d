"""Which row of the matrix holds whose vector, which are still to be made, and which Chroma does not lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.database import LISTED, Database, listed, marked

_PRINTS = 100


class VectorTable(Database):
    """The vectors of a generation by row and key, and the passages that have them."""

    def filled_vectors(self) -> list[tuple[int, str]]:
        """Return (row, key in hex) of the vectors that are there, by row."""
        found = self._db.execute("SELECT row, key FROM vectors WHERE filled = 1 ORDER BY row")
        return [(row, key.hex()) for row, key in found]

    def filled_rows(self) -> list[int]:
        """Return the rows of the vectors that are there, ascending."""
        return [row for (row,) in self._db.execute("SELECT row FROM vectors WHERE filled = 1 ORDER BY row")]

    def vector_keys(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the key, in hex, of each vector row; unknown rows are left out."""
        found = self._db.execute(f"SELECT row, key FROM vectors WHERE row IN {LISTED}", listed(rows))
        return {row: key.hex() for row, key in found}

    def vector_rows(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the vector row of each key, given in hex; unknown keys are left out."""
        wanted = [bytes.fromhex(key) for key in keys]
        rows: dict[str, int] = {}
        for marks, some in marked(wanted):
            found = self._db.execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", some)
            rows.update((key.hex(), row) for key, row in found)
        return rows

    def rows_of_vectors(self, vectors: Sequence[int]) -> list[tuple[int, int]]:
        """Return (passage row, vector row) of the passages that have one of these vectors.

        A text that stands in more than `_PRINTS` passages is a form, and more of them would say no more.
        """
        found = self._db.execute(
            "SELECT p.row, p.vector FROM json_each(?) one JOIN passages p ON p.row IN "
            f"(SELECT row FROM passages WHERE vector = one.value ORDER BY row LIMIT {_PRINTS}) ORDER BY one.key, p.row",
            listed(vectors),
        )
        return found.fetchall()

    def vectors_of_rows(self, rows: Sequence[int]) -> dict[int, int]:
        """Return the vector row of each passage row."""
        return dict(self._db.execute(f"SELECT row, vector FROM passages WHERE row IN {LISTED}", listed(rows)))

    def unencoded(self) -> list[tuple[int, int]]:
        """Return (vector row, a passage row that needs it) of what is still to be encoded, longest text first."""
        return self._db.execute(
            "SELECT v.row, min(p.row) FROM vectors v JOIN passages p ON p.vector = v.row "
            'WHERE v.filled = 0 GROUP BY v.row ORDER BY max(p."end" - p.start) DESC, v.row'
        ).fetchall()

    def mark_filled(self, rows: Iterable[int], *, filled: bool = True) -> None:
        """Note that these vectors are in the matrix, or are to be encoded again."""
        self._db.executemany("UPDATE vectors SET filled = ? WHERE row = ?", ((int(filled), row) for row in rows))

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
