"""One file of the articles folder: how its name is shown, when it changed, how it is opened."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from corpus.errors import NotGiven, Unreadable
from corpus.signs import TURNERS

DOCUMENT_LIMIT_BYTES = 50_000_000
"""The largest file read as one document; JSON Lines and JSON lists are streams and have no limit."""

_ESCAPED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNER = re.compile(f"[{TURNERS}]")
_ESCAPED = re.compile(r"\\(?:x(?P<byte>[0-9a-f]{2})|u(?P<code>[0-9a-f]{4})|\\)")


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when the folder was listed.

    path: relative to the articles folder, forward slashes, printable and valid UTF-8; what the
    name holds beyond that is escaped as `printable` does. place: the whole name by which the
    system knows the real file (a string: a hundred thousand paths take longer than the listing).
    """

    path: str
    place: str
    size: int
    mtime_ns: int
    ctime_ns: int

    @property
    def suffix(self) -> str:
        """The last suffix in lower case with its dot, or ''."""
        return os.path.splitext(self.place)[1].lower()

    @property
    def location(self) -> Path:
        """The path that opens the real file."""
        return Path(self.place)


def printable(name: str) -> str:
    r"""Return a file name that can be shown on one line and stored as UTF-8; `unprintable` undoes it.

    A byte that is not UTF-8 becomes \xNN, a control character \uNNNN, a backslash \\.
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return "".join(map(_escape, name))


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python carries a byte of a name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in _ESCAPED_CATEGORIES or _TURNER.match(character):
        return f"\\u{code:04x}"
    return "\\\\" if character == "\\" else character


def unprintable(path: str) -> str:
    """Return the name that `printable` was given."""
    return _ESCAPED.sub(_unescape, path)


def _unescape(escaped: re.Match[str]) -> str:
    if escaped["byte"]:
        return chr(0xDC00 + int(escaped["byte"], 16))
    return chr(int(escaped["code"], 16)) if escaped["code"] else "\\"


def open_file(file: FileState) -> BufferedReader:
    """Open a listed file for reading; raise NotGiven, or Unreadable where it is no longer what was listed."""
    # A file may have been swapped for a link or a pipe since the folder was listed.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        stream = os.fdopen(os.open(file.place, flags), "rb")
    except OSError as error:
        raise NotGiven(why_not(error)) from error
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise Unreadable("not a regular file; put a copy of the article here")
    return stream


def read_bytes(file: FileState, *, limit: int = DOCUMENT_LIMIT_BYTES) -> bytes:
    """Return the content of a single document; raise Unreadable when it is empty or over limit bytes."""
    with open_file(file) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise Unreadable(
                f"{size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB for one document; "
                "split it, or store its articles as JSON Lines (.jsonl)"
            )
        try:
            data = stream.read(limit + 1)
        except OSError as error:
            raise NotGiven(why_not(error)) from error
    if len(data) > limit:
        raise Unreadable(f"grew over the limit of {limit / 1e6:.0f} MB while it was read; split it")
    if not data:
        raise Unreadable("empty file; put an article in it or remove it")
    return data


def file_hash(file: FileState) -> str:
    """Return the sha256 of the content as hex; raise NotGiven where it cannot be read."""
    with open_file(file) as stream:
        try:
            return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise NotGiven(why_not(error)) from error


def why_not(error: OSError) -> str:
    """Return why the system refused a file, with what to do about it."""
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}:
        return "vanished while it was read; run the same command again if it is back"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "no permission to read it; change its permissions"
    if error.errno == errno.ELOOP:
        return "a link that leads round in a circle or was swapped in; put a copy of the article here"
    if error.errno == errno.ENAMETOOLONG:
        return "its name or folder is too long for this system; shorten it"
    return f"cannot be read ({error.strerror or error}); check the disk and try again"
