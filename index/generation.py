"""A directory a generation, CURRENT naming the one that serves; docs/architecture.md says what lies in each."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from corpus.whole_file import written_whole
from index.copies import copy_files
from index.database import MANIFEST
from index.errors import FootnoteIndexError, IndexBroken, IndexMismatch, IndexMissing, IndexUnwritable, translated
from index.keywords import Keywords, opened_keywords
from index.locks import holding, is_held
from index.manifest import Manifest
from index.matrix import MATRIX, Matrix
from index.vector_place import VectorPlace, VectorStore
from index.vectors import copy_vectors

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, opened: its tables, its two searches and its vectors by row."""

    number: int
    directory: Path
    manifest: Manifest
    keywords: Keywords
    vectors: VectorStore
    matrix: Matrix
    _held: IO[Any]

    def stands(self) -> bool:
        """Return whether its directory is still the one that was opened, and not deleted or made anew."""
        try:
            return os.path.samestat(os.fstat(self._held.fileno()), os.stat(self.directory / "held"))
        except FileNotFoundError:
            return False

    def demand_width(self, numbers: int) -> None:
        """Raise IndexMismatch unless the encoder gives vectors of so many numbers as are in here."""
        if numbers != self.matrix.dimension:
            # Not all of the index: beside the generations lie readers' ratings and the articles taken out in the page.
            raise IndexMismatch(
                f"The encoder gives vectors of {numbers} numbers now, and those in the index have "
                f"{self.matrix.dimension}. Have its server run the model that it ran, or remove "
                f"'{self.directory.parent}' and have all encoded anew with: footnote index"
            )

    def close(self) -> None:
        """Let go of the files; the writer may then remove an old generation."""
        self.vectors.close()
        self.manifest.close()
        self._held.close()


def directory_of(index: Path, number: int) -> Path:
    """Return where a generation lies, or would."""
    return index / "generations" / str(number)


def current_number(index: Path) -> int:
    """Return the number of the serving generation. Raises IndexMissing or IndexBroken."""
    try:
        return int((index / "CURRENT").read_text("ascii"))
    except FileNotFoundError as error:
        raise IndexMissing(f"No index at '{index}'. Build one with: footnote index") from error
    except (ValueError, OSError) as error:
        raise IndexBroken.mendable(f"{index / 'CURRENT'} does not name a generation", error) from error


def open_current(index: Path, dimension: Callable[[], int], place: VectorPlace) -> Generation:
    """Open the serving generation for reading; see `open_directory`.

    Raises IndexMissing, IndexBroken or IndexUnlockable.
    """
    for _ in range(_ATTEMPTS):
        number = current_number(index)
        directory = directory_of(index, number)
        held = holding(directory / "held")
        if held is None:
            # Replaced and removed between reading CURRENT and holding it: CURRENT names another now.
            if current_number(index) == number and not directory.is_dir():
                break
            continue
        if current_number(index) != number:
            held.close()
            continue
        try:
            return open_directory(directory, dimension, place=place, held=held)
        except FootnoteIndexError:
            held.close()
            raise
    raise IndexBroken.mendable(f"Generation {number} of {index} is not there")


def open_directory(
    directory: Path,
    dimension: Callable[[], int],
    *,
    place: VectorPlace,
    held: IO[Any] | None = None,
    writable: bool = False,
    create_vectors: bool = False,
) -> Generation:
    """Open the parts of a generation.

    dimension: numbers in a vector, asked for only where the generation does not say: it may take a server. place:
    where the user has the vectors; `create_vectors` begins there, else the generation says where they are.
    """
    if writable:
        (directory / "keywords").mkdir(parents=True, exist_ok=True)
    manifest = Manifest(directory / MANIFEST, writable=writable)
    try:
        return Generation(
            int(directory.name),
            directory,
            manifest,
            Keywords(directory / "keywords") if writable else opened_keywords(directory / "keywords"),
            (place.begun if create_vectors else place.opened)(directory, manifest),
            Matrix(directory / MATRIX, int(manifest.meta("dimension") or 0) or dimension()),
            held or open(directory / "held", "ab"),
        )
    except FootnoteIndexError:
        manifest.close()
        raise


def copy_generation(old: Path, new: Path, *, vectors: bool) -> None:
    """Copy the directory of a generation that others may be reading, with or without what Chroma holds.

    Raises IndexUnwritable when the disk is full, and lets SQLite say that Chroma's file is damaged.
    """
    with translated((OSError, sqlite3.OperationalError), IndexUnwritable.because):
        copy_files(old, new, without=("vectors", "held", "*.lock", "*-journal"))
        if vectors:
            copy_vectors(old / "vectors", new / "vectors")


def publish(index: Path, number: int) -> None:
    """Let CURRENT name this generation, by one rename that survives a power cut.

    First all of the generation is written through to the disk: the one before it may be removed afterwards.
    """
    with translated(OSError, IndexUnwritable.because):
        for folder, _, names in os.walk(directory_of(index, number)):
            for name in names:
                _write_through(os.path.join(folder, name))
            _write_through(folder)
        _write_through(index / "generations")
        with written_whole(index / "CURRENT") as file:
            file.write(f"{number}\n".encode("ascii"))
        _write_through(index)


def _write_through(path: str | Path) -> None:
    if os.name == "nt":  # there only what is open for writing can be, and no folder
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def numbers(index: Path) -> list[int]:
    """Return the numbers of all generations on disk, whole or not, ascending."""
    return sorted(int(entry.name) for entry in (index / "generations").glob("*") if entry.name.isdecimal())


def unused(index: Path, *, keep: int) -> list[int]:
    """Return the numbers of the generations but `keep` that no reader holds."""
    return [one for one in numbers(index) if one != keep and not is_held(directory_of(index, one) / "held")]


def remove_unused(index: Path, *, keep: int, above: int = -1) -> None:
    """Remove every generation with a number over `above`, but `keep`, that no reader holds. For the writer only."""
    for number in unused(index, keep=keep):
        if number > above:
            shutil.rmtree(directory_of(index, number), ignore_errors=True)
