"""The tables of a generation."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from index.database import whole
from index.errors import IndexBroken, IndexUnwritable
from index.manifest import Manifest


@pytest.mark.slow
def test_more_is_asked_for_at_once_than_a_statement_takes_values(tmp_path):
    many = range(1, 300_001)  # SQLite takes 32,766 as it is published, and 250,000 as Debian builds it
    with closing(Manifest(tmp_path / "manifest.db", writable=True)) as manifest:
        assert manifest.passages(many) == {}
        assert manifest.vectors_of_rows(many) == {}
        assert manifest.reprints([str(one) for one in many]) == {}
        assert manifest.put_bands(1, many) == []
        assert manifest.put_bands(2, many[:50]) == []  # no article has the row 1


def test_tables_that_cannot_be_made_say_what_to_do(tmp_path):
    with pytest.raises(IndexUnwritable, match="could not be written"):
        Manifest(tmp_path / "nowhere" / "manifest.db", writable=True)


@pytest.mark.parametrize(("at", "said"), [(8192, "btreeInitPage"), (0, "file is not a database")])
def test_what_is_written_over_under_a_reader_is_damage(tmp_path, at, said):
    path = tmp_path / "manifest.db"
    Manifest(path, writable=True).close()
    with closing(Manifest(path)) as manifest:
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(b"\xa5" * 4096)
        (problem,) = manifest.damage()
    assert problem.startswith("the manifest is damaged: ")
    assert said in problem


def test_only_damage_is_called_damage(tmp_path):
    with pytest.raises(IndexBroken, match="malformed"), whole(tmp_path):
        raise sqlite3.DatabaseError("database disk image is malformed")
    with pytest.raises(sqlite3.OperationalError, match="locked"), whole(tmp_path):
        raise sqlite3.OperationalError("database is locked")
