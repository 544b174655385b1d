"""What a folder holds that its index does not: which files to read again, and which are gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from corpus.article import Failure
from corpus.errors import Unreadable
from corpus.file import FileState, file_hash
from corpus.folder import Scan
from index.manifest import StoredFile

UNREADABLE = ""
"""Noted in place of the hash of a file that was not read to its end, or not as hashed; each update tries it again."""
UNTRUSTED = -1
"""Noted in place of a change time so fresh that a second write may not show in it; the next update hashes the file."""


@dataclass(frozen=True, slots=True)
class Changes:
    """A folder against a manifest: files to read (with their hash), files gone, and files only to be noted.

    noted: at new times with the same content, or not readable now, with an empty hash and the reason.
    """

    read: tuple[tuple[FileState, str], ...]
    gone: tuple[str, ...]
    noted: tuple[tuple[FileState, str, tuple[Failure, ...]], ...]


def changes(found: Scan, known: dict[str, StoredFile], *, full: bool, serves: Callable[[str], bool]) -> Changes:
    """Compare a listing with what the manifest remembers; hash what looks touched, or all if `full`.

    serves: whether the file of a path has articles in the index.
    """
    to_read: list[tuple[FileState, str]] = []
    noted: list[tuple[FileState, str, tuple[Failure, ...]]] = []
    for file in found.files:
        stored = known.get(file.path)
        # Two change times that are not trusted say nothing: a clock may have gone back.
        same = stored and stored.state == (file.size, file.mtime_ns, file.ctime_ns) and file.ctime_ns != UNTRUSTED
        if stored and same and not full and stored.sha256 != UNREADABLE:
            continue
        try:
            sha256 = file_hash(file)
        except Unreadable as error:
            # The last version that could be read goes on serving; with its state noted, nobody waits for it.
            failure = still_served(file.path, str(error)) if serves(file.path) else Failure(file.path, str(error))
            if not (stored and same and stored.sha256 == UNREADABLE and stored.failures == (failure,)):
                noted.append((file, UNREADABLE, (failure,)))
            continue
        if stored and stored.sha256 == sha256:
            noted.append((file, sha256, stored.failures))
        else:
            to_read.append((file, sha256))
    return Changes(tuple(to_read), _gone(found, known), tuple(noted))


def unlike(found: Scan, known: dict[str, StoredFile]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare what is in all files with what was indexed of them; every file is read for that.

    Return (paths that the next update will look at, paths of another content that it would not notice,
    as size and times are the same).
    """
    differing = changes(found, known, full=True, serves=known.__contains__)
    changed = [file for file, _ in differing.read]
    unnoticed = {
        file.path
        for file in changed
        if file.path in known
        and known[file.path].sha256 != UNREADABLE
        and not _looks_changed(file, known[file.path])
        and known[file.path].state[2] != UNTRUSTED
    }
    noticed = {file.path for file in changed} | set(differing.gone)
    return tuple(sorted(noticed - unnoticed)), tuple(sorted(unnoticed))


def is_as_listed(file: FileState, sha256: str) -> bool:
    """Return whether a file, after it was read, is still the one that was listed and has this hash."""
    try:
        now = os.stat(file.place, follow_symlinks=False)
        if (now.st_size, now.st_mtime_ns) != (file.size, file.mtime_ns):
            return False
        return file_hash(file) == sha256 if file.ctime_ns == UNTRUSTED else now.st_ctime_ns == file.ctime_ns
    except (OSError, Unreadable):
        return False


def still_served(path: str, reason: str) -> Failure:
    """Return the failure of a file that cannot be read now, but could be before."""
    return Failure(path, f"{reason}; what was indexed of it before goes on serving")


def waiting(found: Scan, known: dict[str, StoredFile]) -> tuple[int, int]:
    """Return how many files an update would look at, and their size in bytes; nothing is read for that."""
    differing = [file for file in found.files if file.path not in known or _looks_changed(file, known[file.path])]
    return len(differing) + len(_gone(found, known)), sum(file.size for file in differing)


def _gone(found: Scan, known: dict[str, StoredFile]) -> tuple[str, ...]:
    present = {file.path for file in found.files}
    return tuple(path for path in known if path not in present and found.knows(path))


def _looks_changed(file: FileState, stored: StoredFile) -> bool:
    size, mtime_ns, ctime_ns = stored.state
    # Nobody need wait for a file that is only to be hashed.
    return (file.size, file.mtime_ns) != (size, mtime_ns) or ctime_ns not in (file.ctime_ns, UNTRUSTED)
