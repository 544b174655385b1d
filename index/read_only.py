"""Reading where one may not write: tantivy wants to put a lock beside the words that it opens."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path

from index.keywords import Keywords


def opened_keywords(directory: Path) -> Keywords:
    """Open keywords; where their directory may not be written, through links from a folder of our own.

    The files never change once they are served, and the folder goes when the keywords are let go of. Raises
    IndexBroken if they cannot be read.
    """
    if os.access(directory, os.W_OK) or not directory.is_dir():
        return Keywords(directory)
    own = Path(tempfile.mkdtemp(prefix="footnote-words-"))
    try:
        for file in directory.iterdir():
            if file.suffix != ".lock":
                (own / file.name).symlink_to(file.absolute())
        keywords = Keywords(own)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    weakref.finalize(keywords, shutil.rmtree, own, ignore_errors=True)
    return keywords
