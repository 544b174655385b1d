"""Vectors between two generations: kept where the disk is at fault, begun anew where the file is."""

import sqlite3

import numpy as np
import pytest

from index.errors import IndexUnwritable
from index.staging import Staging, remove_staged

VECTORS = np.eye(2, 4, dtype=np.float32)


def test_a_file_that_is_no_database_is_begun_anew(tmp_path):
    (tmp_path / "staged.db").write_bytes(b"no database" * 1000)
    (tmp_path / "staged.db-wal").write_bytes(b"nor its log" * 1000)
    staging = Staging(tmp_path / "staged.db")
    staging.put(["a", "b"], VECTORS)
    assert staging.take(["b", "c"])["b"].tolist() == [0, 1, 0, 0]
    staging.close()
    remove_staged(tmp_path / "staged.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_opened_now_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "staged.db"
    staging = Staging(path)
    staging.put(["a", "b"], VECTORS)
    staging.close()

    def full(_path):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(Staging, "_opened", staticmethod(full))
        with pytest.raises(IndexUnwritable, match="Make room"):
            Staging(path)
    again = Staging(path)
    assert set(again.take(["a", "b"])) == {"a", "b"}
    again.close()


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (2, "name another place with --index"),
        (13, "Allow writing there"),
        (20, "name another place with --index"),
        (28, "Make room"),
        (30, "Allow writing"),
    ],
)
def test_what_to_do_fits_why_it_could_not_be_written(number, remedy):
    assert remedy in str(IndexUnwritable.because(OSError(number, "Reason")))
