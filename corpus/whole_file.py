"""A file that is written whole or not at all, whatever ends the writing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_NAME_CHARACTERS = 40
"""Of the file's own name in that of its part, so that a name as long as the system takes has a part too."""


@contextmanager
def written_whole(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Give a stream for the content of a file; at the end of the block it takes the place of what stood at `path`.

    Where the block or the writing fails, `path` is as it was. Meanwhile the content stands beside it under a hidden
    name that no scan of the folder lists and no other writer has; it is removed in any case but a kill. The file is on
    the disk before it has its name, the name itself only when its folder is written through.

    mode: who may do what with the file, before the umask; 0o600 keeps it from others from its first byte on. Raises
    OSError.
    """
    part = path.with_name(f".{path.name[:_NAME_CHARACTERS]}.{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
