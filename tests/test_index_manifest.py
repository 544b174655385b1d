"""The tables of a generation."""

from __future__ import annotations

from contextlib import closing

from index.manifest import Manifest


def test_more_is_asked_for_at_once_than_a_statement_takes_values(tmp_path):
    many = range(1, 300_001)  # SQLite takes 32,766 as it is published, and 250,000 as Debian builds it
    with closing(Manifest(tmp_path / "manifest.db", writable=True)) as manifest:
        assert manifest.passages(many) == {}
        assert manifest.vectors_of_rows(many) == {}
        assert manifest.reprints([str(one) for one in many]) == {}
        assert manifest.put_bands(1, many) == []
        assert manifest.put_bands(2, many[:50]) == []  # no article has the row 1
