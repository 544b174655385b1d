"""The process that `tests.fuzzing` throws files at: every reader, measured, and what else reads hostile text."""

from __future__ import annotations

import importlib
import json
import time
from collections.abc import Iterator, Sequence

from assistant import markers
from corpus import fetched_file, sandboxed
from corpus.article import Article, Failure
from corpus.dates import find_date
from corpus.errors import FetchRefused, Unreadable
from corpus.file import FileState, read_bytes
from corpus.reading import READERS, Reader, read_here

_ADDRESS = "https://example.org/news/talks"
_KINDS = ("text/plain; charset=koi8-r", "text/markdown", "text/html;charset=utf-8", "application/pdf", "", "text/xml")


def read_markers(file: FileState) -> Iterator[Article | Failure]:
    """Take a text for a model's answer: whole, in pieces, and each sentence of it."""
    text = read_bytes(file).decode("utf-8", "replace")
    step = len(text) % 37 + 1
    whole = _written([text])
    if _written([text[start : start + step] for start in range(0, len(text), step)]) != whole:
        raise ValueError(f"another answer in pieces of {step} characters")
    for sentence in whole:
        if markers.plain(sentence.text) == "" or len(markers.claimed(sentence.text)) > len(sentence.text) + 1:
            raise ValueError(f"no sentence: {sentence.text!r}")
        markers.of_the_passage(sentence.text)
    raise Unreadable(f"{len(whole)} sentences")


def _written(pieces: Sequence[str]) -> list[markers.Written]:
    assembler = markers.Assembler()
    return [*(sentence for piece in pieces for sentence in assembler.feed(piece)), *assembler.close()]


def read_fetched(file: FileState) -> Iterator[Article | Failure]:
    """Take a file for what a server answered, and read what would be stored of it."""
    body = read_bytes(file)
    kind, charset = fetched_file._media_type(_KINDS[len(body) % len(_KINDS)])
    try:
        suffix = fetched_file._suffix(kind, _ADDRESS, body)
        stored = fetched_file._with_source(body, suffix, url=_ADDRESS, charset=charset)
    except FetchRefused as error:
        raise Unreadable(str(error)) from error
    if suffix not in {".txt", ".md"}:  # what the others make of it is theirs
        raise Unreadable(f"stored as {suffix}")
    file.location.write_bytes(stored)
    for found in read_here(file, {".fetched": READERS[suffix]}):
        if isinstance(found, Article) and found.url != _ADDRESS:
            raise ValueError(f"fetched from {_ADDRESS}, said to be from {found.url}")
        yield found


def measured(reader: Reader) -> Reader:
    """Return a reader that ends with how long it took and the most memory that its process held meanwhile."""

    def read(file: FileState) -> Iterator[Article | Failure]:
        _forget_peak()
        began = time.perf_counter()
        yield from read_here(file, {file.suffix: reader})
        yield Failure(file.path, json.dumps([time.perf_counter() - began, _peak_bytes()]))

    return read


def _forget_peak() -> None:
    with open("/proc/self/clear_refs", "w") as references:
        references.write("5")


def _peak_bytes() -> int:
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def main(*, memory_bytes: int, idle_seconds: float) -> None:
    """Import first what the first files would wait for, so that the slowest file is one that is slow."""
    for library in ("docx", "feedparser", "markdown_it", "pypdf", "trafilatura", "yaml"):
        importlib.import_module(library)
    find_date("29 марта 2023 г.")
    readers = {**READERS, ".markers": read_markers, ".fetched": read_fetched}
    readers = {suffix: measured(reader) for suffix, reader in readers.items()}
    sandboxed.main(memory_bytes=memory_bytes, idle_seconds=idle_seconds, readers=readers)
