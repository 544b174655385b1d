"""What crosses from the process that reads files: frames of JSON, believed only as far as each field is checked."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO, cast

from corpus.article import Article, Failure, Interruption, Origin
from corpus.errors import BadArticle

MOST_FRAME_BYTES = 250_000_000
"""The largest document (50 MB, in an encoding of one byte a letter) is half as long once it is UTF-8 in JSON."""

_LENGTH = struct.Struct(">I")
_ID = re.compile(r"[0-9a-f]{16}")

Frame = Mapping[str, Any]


class BadFrame(Exception):
    """What came is no frame: whoever wrote it is not the reader that was started, or no longer itself."""


def pack(frame: Frame) -> bytes:
    """Return a frame as bytes: its length in four of them, then JSON."""
    # A file's name may hold what is no UTF-8, as lone surrogates.
    body = json.dumps(frame, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> Frame | None:
    """Return the next frame, None where the stream ends before or within it; raise BadFrame for any other bytes."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MOST_FRAME_BYTES:
        raise BadFrame(f"a frame of {length:,} bytes")
    body = stream.read(length)
    if len(body) < length:
        return None
    try:
        frame = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadFrame(str(error)) from error
    if not isinstance(frame, dict):
        raise BadFrame("a frame that is no object")
    return frame


def outcome_frame(outcome: Article | Failure) -> Frame:
    """Return the frame of an article or of a failure; the path stays behind, the other side knows it."""
    if isinstance(outcome, Failure):
        return {"kind": "failure", "reason": outcome.reason, "interrupted": isinstance(outcome, Interruption)}
    return {"kind": "article", **outcome.to_dict()}


def outcome_of(frame: Frame, path: str) -> Article | Failure | None:
    """Return the outcome that a frame holds for the file at a path, None for a frame of another kind.

    Raises BadFrame where a field is not what it must be.
    """
    kind = frame.get("kind")
    if kind == "failure":
        reason = " ".join(_text(frame, "reason").split())
        return Interruption(path, reason) if frame.get("interrupted") is True else Failure(path, reason)
    if kind != "article":
        return None
    id_ = _text(frame, "id")
    if not _ID.fullmatch(id_):
        raise BadFrame(f"an article with the id {id_[:40]!r}")
    published = _stated(frame, "published")
    try:
        return Article(
            id=id_,
            title=_text(frame, "title"),
            outlet=_stated(frame, "outlet"),
            author=_stated(frame, "author"),
            published=date.fromisoformat(published) if published else None,
            published_origin=cast(Origin, _text(frame, "published_origin")),  # Article knows which there are
            url=_stated(frame, "url"),
            path=path,
            language=_stated(frame, "language"),
            text=_text(frame, "text"),
        )
    except (BadArticle, ValueError) as error:
        raise BadFrame(str(error)) from error


def _text(frame: Frame, name: str) -> str:
    value = frame.get(name)
    if not isinstance(value, str):
        raise BadFrame(f"{name} is {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadFrame(f"{name} holds half a character") from error
    return value


def _stated(frame: Frame, name: str) -> str | None:
    return None if frame.get(name) is None else _text(frame, name)
