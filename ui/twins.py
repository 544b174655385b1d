"""Files that a folder holds already, under whatever name."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from corpus.folder import scan
from ui.markup import label


class Twins:
    """The files of a folder with its subfolders, by kind and size, listed once; hashes tell those of one size apart."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet: a folder is listed with the first file that is compared."""
        self._folder = folder
        self._hashes: dict[Path, bytes] = {}

    @cached_property
    def _by_size(self) -> dict[tuple[str, int], list[Path]]:
        listed: dict[tuple[str, int], list[Path]] = {}
        for one in scan(self._folder).files:
            listed.setdefault((one.suffix, one.size), []).append(one.location)
        return listed

    def of(self, file: Path, size: int) -> str | None:
        """Return the name, from the folder on, of a file that holds the same; None if there is none."""
        alike = self._by_size.get((file.suffix.lower(), size), [])
        digest = self._hash(file) if alike else b""
        for other in alike:
            if other.is_file() and self._hash(other) == digest:
                return label(other.relative_to(self._folder.resolve()).as_posix())
        return None

    def add(self, place: Path, size: int) -> None:
        """Note a file that has come into the folder."""
        self._by_size.setdefault((place.suffix.lower(), size), []).append(place.resolve())

    def _hash(self, file: Path) -> bytes:
        if file not in self._hashes:
            with file.open("rb") as content:  # bit by bit: a file may be larger than the memory
                self._hashes[file] = hashlib.file_digest(content, "sha256").digest()
        return self._hashes[file]
