"""One file in a folder, read by its reader in the test's own process: test_corpus_sandbox.py is about the other one."""

from __future__ import annotations

from pathlib import Path

from corpus import Article, Failure, scan
from corpus.reading import read_here


def outcomes(folder: Path, content: str | bytes, name: str) -> list[Article | Failure]:
    """Return what a file of this content and name yields."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    (file,) = [file for file in scan(folder).files if file.path == name]
    return list(read_here(file))


def article(folder: Path, content: str | bytes, name: str = "a.txt") -> Article:
    """Return the one article of a file."""
    (result,) = outcomes(folder, content, name)
    assert isinstance(result, Article), result
    return result


def reason(folder: Path, content: str | bytes, name: str = "a.txt") -> str:
    """Return why a file holds no article."""
    (result,) = outcomes(folder, content, name)
    assert isinstance(result, Failure), result
    assert result.path == name
    return result.reason
