"""What installed packages carry for an encoder: found through their metadata, held to a hash, read as files only."""

from __future__ import annotations

import hashlib
import importlib.metadata
import zipfile
from pathlib import Path

from index.errors import EncoderUnavailable


def published(package: str, path: str, sha256: str, *, member: str = "", absent: str, anew: str) -> bytes:
    """Return a file of a package, or a member of an archive there.

    Raises EncoderUnavailable, which says `absent` where there is none, and names the command `anew` for an altered one.
    """
    try:
        file = Path(str(importlib.metadata.distribution(package).locate_file(path)))
        content = zipfile.ZipFile(file).read(member) if member else file.read_bytes()
    except (importlib.metadata.PackageNotFoundError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise EncoderUnavailable(absent) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EncoderUnavailable(
            f"The installed {member or file.name} is not the one this version knows "
            f"(sha256 {found[:12]}…, not {sha256[:12]}…). Bring it with: {anew}"
        )
    return content
