"""The other side of a sandbox, with readers for files of strange habits. Only a process that reads files knows them."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from corpus import sandboxed
from corpus.article import Article, Failure
from corpus.draft import Draft, to_article
from corpus.file import FileState, read_bytes
from corpus.reading import READERS


def words(file: FileState, text: str = "The minister arrived.") -> Article:
    return to_article(Draft(text=text, title="Talks"), path=file.path)


def sleeper(file: FileState) -> Iterator[Article | Failure]:
    time.sleep(600)
    yield words(file)


def holder(file: FileState) -> Iterator[Article | Failure]:
    """Holds the interpreter: no other thread of its process comes to word."""
    re.match("(?:a|aa|aaa)*b", "a" * 400)
    yield words(file)


def hoarder(file: FileState) -> Iterator[Article | Failure]:
    hoard = []
    while True:
        hoard.append(bytes(10_000_000))
    yield words(file)


def faller(file: FileState) -> Iterator[Article | Failure]:
    yield words(file)
    yield words(file, "The minister left.")
    ctypes.string_at(0)


def blunderer(file: FileState) -> Iterator[Article | Failure]:
    yield words(file)
    raise KeyError("a page of\ntwo lines")


def victim(file: FileState) -> Iterator[Article | Failure]:
    """Is killed by somebody else, in the middle of the file."""
    yield words(file)
    os.kill(os.getpid(), signal.SIGKILL)
    yield words(file)


def printer(file: FileState) -> Iterator[Article | Failure]:
    print("a library that prints", flush=True)
    os.write(1, b"and one that does not ask Python")
    yield words(file)


def spy(file: FileState) -> Iterator[Article | Failure]:
    """Tells what it can see of the process that asked."""
    descriptors = len(os.listdir("/proc/self/fd")) - 1  # one of them lists
    yield words(file, f"{os.getpid()} {descriptors} {sorted(os.environ)} {'' in sys.path}")


def liar(file: FileState) -> Iterator[Any]:
    """Gives back what is no article, as a parser that was taken over might."""
    yield Lie(eval(read_bytes(file)))


class Lie(Article):
    """An article that says of itself whatever it was told to."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        object.__setattr__(self, "lies", fields)

    def to_dict(self) -> dict[str, Any]:
        return dict(self.lies)  # type: ignore[attr-defined]


STRANGE = {
    f".{reader.__name__}": reader
    for reader in (sleeper, holder, hoarder, faller, blunderer, victim, printer, spy, liar)
}


def main(*, memory_bytes: int, idle_seconds: float) -> None:
    sandboxed.main(memory_bytes=memory_bytes, idle_seconds=idle_seconds, readers={**READERS, **STRANGE})
