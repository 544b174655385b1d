"""Locks on files: one writer of an index, and readers that hold the generation they read."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import portalocker

from index.errors import IndexBusy, IndexUnlockable, IndexUnwritable, translated

_log = logging.getLogger(__name__)
_SHARED = portalocker.LockFlags.SHARED | portalocker.LockFlags.NON_BLOCKING
_EXCLUSIVE = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ESTALE})


def holding(path: Path) -> IO[Any] | None:
    """Return a file that is held with others until it is closed; None where it is gone or being removed.

    Raises IndexUnlockable where the system gives the file or the lock to nobody.
    """
    held: IO[Any] | None = None
    try:
        held = open(path, "rb")  # noqa: SIM115 - lives as long as what it stands for
        portalocker.lock(held, _SHARED)
    except (OSError, portalocker.LockException) as error:
        if held:
            held.close()
        cause = error.__cause__ if isinstance(error, portalocker.LockException) else error
        if isinstance(error, portalocker.AlreadyLocked) or getattr(cause, "errno", None) in _GONE:
            return None
        raise IndexUnlockable.because(path, cause or error) from error
    return held


def is_held(path: Path) -> bool:
    """Return whether anybody holds a file. False where there is none."""
    try:
        file = _lockable(path)
    except FileNotFoundError:
        return False
    with file:
        try:
            portalocker.lock(file, _EXCLUSIVE)
        except (OSError, portalocker.LockException):
            return True
    return False


def _lockable(path: Path) -> IO[Any]:
    """Open a file for an exclusive lock. Over NFS that takes the right to write; where we have none, it is said."""
    try:
        return open(path, "r+b")
    except PermissionError:
        _log.warning("%s may not be written: whether others hold it can only be seen on a local disk.", path)
        return open(path, "rb")


@contextmanager
def writer_lock(index: Path) -> Iterator[None]:
    """Hold the index against other writers.

    Raises IndexBusy with the holder's process id, IndexUnlockable or IndexUnwritable.
    """
    with translated(OSError, IndexUnwritable.because):
        index.mkdir(parents=True, exist_ok=True)
        file = open(index / "writer.lock", "a+", encoding="ascii")  # noqa: SIM115 - closed below
    with file:
        try:
            portalocker.lock(file, _EXCLUSIVE)
        except portalocker.AlreadyLocked as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            if holder == str(os.getpid()):
                raise IndexBusy(
                    f"This process (pid {holder}) is already writing the index at '{index}', from another of its "
                    "threads: most likely its watch of the folder. Wait for it, then try again."
                ) from error
            raise IndexBusy(
                f"Another process (pid {holder}) is writing the index at '{index}'. "
                "Wait for it or stop it, then try again."
            ) from error
        except portalocker.LockException as error:
            raise IndexUnlockable.because(index / "writer.lock", error.__cause__ or error) from error
        with translated(OSError, IndexUnwritable.because):
            os.ftruncate(file.fileno(), 0)
            os.write(file.fileno(), str(os.getpid()).encode("ascii"))
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(file.fileno(), 0)


def is_written(index: Path) -> bool:
    """Return whether a writer is at work right now."""
    lock = index / "writer.lock"
    # Only where a process id stands: trying the lock could otherwise come in the way of one that begins.
    return lock.is_file() and lock.stat().st_size > 0 and is_held(lock)
