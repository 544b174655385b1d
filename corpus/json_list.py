"""A JSON list of any length cut into its entries, without parsing what is in them.

A parser gives up a list at its first fault. Cut apart, a broken entry is one broken entry, and
only the entry at hand is held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus.errors import Unreadable
from corpus.file import DOCUMENT_LIMIT_BYTES

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},"]', re.DOTALL)
_BLOCK_BYTES = 1 << 18
_BLANK = b" \t\r\n\0"


def cut_list(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the source of each entry of a list in UTF-8, and of the lists that were appended to it.

    Raises Unreadable where a list stops being one, or something else stands behind its end.
    """
    buffer = bytearray()
    depth = start = position = entries = lists = 0
    while True:
        token = _TOKEN.search(buffer, position)
        if token is None or (token[0] == b'"'):  # no token yet, or a string whose end is still to come
            del buffer[:start]
            position = (token.start() if token else max(position, start)) - start
            if token is None:
                position = len(buffer)
            start = 0
            if len(buffer) > DOCUMENT_LIMIT_BYTES:
                size = DOCUMENT_LIMIT_BYTES / 1e6
                raise Unreadable(f"entry {entries + 1} is over {size:.0f} MB; what follows is not read: mend it")
            block = stream.read(max(_BLOCK_BYTES, len(buffer)))
            if not block and lists and not depth:
                if buffer.strip(_BLANK):
                    raise _behind(entries)
                return
            if not block:
                raise Unreadable(f"broken JSON: the list never ends after entry {entries}; mend the file")
            buffer += block
            continue
        position = token.end()
        mark = token[0]
        if lists and not depth and buffer[start:position].strip(_BLANK) != b"[":
            raise _behind(entries)
        if mark in b"[{":
            depth += 1
            if depth == 1:
                start = position
        elif mark in b"]}" or (mark == b"," and depth == 1):
            ends = mark != b"," and depth == 1
            depth -= mark != b","
            if mark == b"," or ends:
                source = bytes(buffer[start : token.start()])
                if source.strip() or not ends:  # `[]` and `[1,]` have nothing before their end
                    entries += 1
                    yield source
                start = position
            lists += ends


def _behind(entries: int) -> Unreadable:
    return Unreadable(f"something stands behind the end of the list after entry {entries}; mend the file")
