"""A folder copied file by file, so that the first error comes as the system gives it: a full disk, a missing right."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path


def copy_files(source: Path, target: Path, *, without: Sequence[str]) -> None:
    """Copy a folder with all its subfolders. Raises OSError; what was copied until then stays.

    without: patterns of names that are left out, of files and folders.
    """
    left_out = shutil.ignore_patterns(*without)
    for folder, inner, names in os.walk(source, onerror=_refuse):
        skipped = left_out(folder, [*inner, *names])
        inner[:] = [name for name in inner if name not in skipped]
        into = target / os.path.relpath(folder, source)
        into.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name not in skipped:
                shutil.copy2(os.path.join(folder, name), into / name)


def _refuse(error: OSError) -> None:
    raise error
