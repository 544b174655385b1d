"""JSON and JSON Lines: an article an object, under the names that news collections use."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from corpus.article import Article, Failure, Origin
from corpus.cleaning import reason_of
from corpus.dates import UNDATED, Dated, read_stamp
from corpus.decoding import decode, utf8_stream
from corpus.draft import Draft, to_article
from corpus.errors import BadArticle, Unreadable
from corpus.field_names import AUTHOR, DATE, LANGUAGE, OUTLET, TITLE, URL, field_name
from corpus.file import DOCUMENT_LIMIT_BYTES, FileState, open_file, read_bytes
from corpus.json_list import cut_list
from corpus.markup import plain

_TEXT = ("body", "text", "content", "articlebody", "article_body", "fulltext", "full_text", "maintext", "content_text")
_MARKUP = ("content_html", "body_html", "html")
_SUMMARY = ("description", "summary", "abstract")
_GUID = ("guid", "id", "_id", "uuid")
_LISTS = ("articles", "items", "entries", "results", "data", "docs", "records", "stories", "news")
_HOPELESS_ENTRIES = 100
_LARGEST = 10**18
"""A number from here on is no name, no text and no time, and Python may refuse to write it out."""

Record = Mapping[str, object]
_NOTHING: Record = {}


def read_json(file: FileState) -> Iterator[Article | Failure]:
    """Yield the articles of a JSON file: one object, a list as a stream, or an object that holds a list."""
    with open_file(file) as stream:
        head = _first_character(utf8_stream(stream))
    if head == "[":
        yield from _read_list(file)
        return
    if not head:
        read_bytes(file)
        raise Unreadable("nothing but blanks in it; put an article in it or remove it")
    text = _trimmed(decode(read_bytes(file)))
    try:
        loaded = _loaded(text)
    except RecursionError as error:
        raise Unreadable("JSON nested too deeply to be an article") from error
    except ValueError as error:
        if head == "{" and "\n" in text.strip() and _is_object(text.strip().split("\n", 1)[0]):
            yield from read_json_lines(file)  # JSON Lines under another name
            return
        raise Unreadable(f"broken JSON ({reason_of(error)}); mend it or remove it") from error
    yield from _read_loaded(file, loaded)


def _read_loaded(file: FileState, loaded: object) -> Iterator[Article | Failure]:
    if not isinstance(loaded, dict):
        raise Unreadable(f"holds {_kind(loaded)}, not an article; an article is an object with a title and a body")
    record = _record(loaded)
    inner = next((record[name] for name in _LISTS if isinstance(record.get(name), list)), None)
    if isinstance(inner, list) and _text(record, _TEXT) is None:
        is_feed = "jsonfeed.org" in str(record.get("version"))
        shared = {"outlet": _text(record, (*OUTLET, *TITLE) if is_feed else OUTLET)}
        if is_feed:
            shared |= {"author": _author(record), "language": _text(record, LANGUAGE)}
        for number, entry in enumerate(inner, 1):
            yield _read_entry(entry, file, f"entry {number}", shared=shared, origin="feed" if is_feed else "meta")
        if not inner:
            raise Unreadable("an empty list; put articles in it or remove it")
        return
    yield to_article(_draft(record, many=False), path=file.path)


def _read_list(file: FileState) -> Iterator[Article | Failure]:
    number = 0
    with open_file(file) as stream:
        for number, source in enumerate(cut_list(utf8_stream(stream)), 1):
            yield _read_source(source, f"entry {number}", file)
    if not number:
        raise Unreadable("an empty list; put articles in it or remove it")


def read_json_lines(file: FileState) -> Iterator[Article | Failure]:
    """Yield the articles of a JSON Lines file, in memory for one line; a broken line is one Failure."""
    read = failed = 0
    with open_file(file) as stream:
        for number, line in _lines(utf8_stream(stream)):
            if line is None:
                reason = f"line {number}: over {DOCUMENT_LIMIT_BYTES / 1e6:.0f} MB; split it or remove it"
                outcome: Article | Failure = Failure(file.path, reason)
            elif not line.strip():
                continue
            else:
                outcome = _read_source(line, f"line {number}", file)
            read += isinstance(outcome, Article)
            failed += isinstance(outcome, Failure)
            yield outcome
            if failed >= _HOPELESS_ENTRIES and not read:
                raise Unreadable(
                    f"no article in its first {failed} lines; is it JSON Lines at all? The rest is not read"
                )
    if not read and not failed:
        raise Unreadable("empty file; put articles in it or remove it")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the numbered lines of a stream; None for one that is too long to hold."""
    number = 0
    while line := stream.readline(DOCUMENT_LIMIT_BYTES + 1):
        number += 1
        if len(line) > DOCUMENT_LIMIT_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            yield number, None
        else:
            yield number, line


def _read_source(source: bytes, place: str, file: FileState) -> Article | Failure:
    try:
        loaded = _loaded(_trimmed(decode(source)))
    except Unreadable as error:
        return Failure(file.path, f"{place}: {error}")
    except RecursionError:
        return Failure(file.path, f"{place}: JSON nested too deeply to be an article; remove it")
    except ValueError as error:
        return Failure(file.path, f"{place}: broken JSON ({reason_of(error)}); mend it or remove it")
    return _read_entry(loaded, file, place)


def _read_entry(
    entry: object, file: FileState, place: str, *, shared: Record = _NOTHING, origin: Origin = "meta"
) -> Article | Failure:
    if not isinstance(entry, dict):
        return Failure(file.path, f"{place}: {_kind(entry)}, not an object with a title and a body")
    try:
        return to_article(_draft(_record(entry), many=True, shared=shared, origin=origin), path=file.path)
    except (Unreadable, BadArticle) as error:
        return Failure(file.path, f"{place}: {error}")


def _draft(record: Record, *, many: bool, shared: Record = _NOTHING, origin: Origin = "meta") -> Draft:
    """Return the draft of an object. shared: what the list that it stands in says of all its entries."""
    text = _text(record, _TEXT) or _text(record, _MARKUP) or _text(record, _SUMMARY)
    if text is None:
        raise Unreadable("no text in it: an article is an object with a title and a body (or text, or content)")
    language = _text(record, LANGUAGE) or _text(shared, LANGUAGE)
    day = next((day for name in DATE if (day := read_stamp(_scalar(record.get(name)), locale=language))), None)
    title = _text(record, TITLE)
    return Draft(
        text=plain(text),
        title=plain(title) if title else None,
        outlet=_text(record, OUTLET) or _text(shared, OUTLET),
        author=_author(record) or _author(shared),
        dated=Dated(day, origin) if day else UNDATED,
        url=_text(record, URL),
        language=language,
        many=many,
        guid=_text(record, _GUID),
    )


def _record(entry: Mapping[object, object]) -> Record:
    return {field_name(str(key)): value for key, value in entry.items()}


def _author(record: Record) -> str | None:
    author = _text(record, AUTHOR, joint=", ")
    if author and author.lower().startswith("by "):
        return author[3:].strip()
    return author


def _text(record: Record, names: tuple[str, ...], *, joint: str = "\n\n") -> str | None:
    """Return the first of some fields that says anything, as text."""
    return next((text for name in names if (text := _as_text(record.get(name), joint))), None)


def _as_text(value: object, joint: str) -> str | None:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < _LARGEST else None
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else None
    if isinstance(value, dict):  # {"name": "Haqqin.az"}, {"rendered": "<p>…"}, {"@value": …}
        inner = (value.get(name) for name in ("name", "rendered", "title", "text", "value", "@value"))
        return next((item for item in inner if isinstance(item, str) and item.strip()), None)
    if isinstance(value, list):
        texts = [text for item in value if not isinstance(item, list) and (text := _as_text(item, joint))]
        return joint.join(texts) or None
    return None


def _scalar(value: object) -> object:
    """Return a date as it is written, also where it is wrapped as {"$date": …}."""
    if isinstance(value, dict):
        return next((value[name] for name in ("$date", "value", "@value", "date") if name in value), None)
    return value


def _trimmed(text: str) -> str:
    """Return JSON source without the characters at its ends that its parser does not know as blank."""
    return text.lstrip("\ufeff\x00").strip("\x00")


def _first_character(stream: BinaryIO) -> str:
    while block := stream.read(1 << 16):
        if head := block.lstrip()[:1]:
            return head.decode("utf-8", "replace")
    return ""


def _loaded(source: str) -> object:
    """Parse JSON; NaN and Infinity, which Python writes for what is not there, are nothing."""
    return json.loads(source, parse_constant=lambda _: None)


def _is_object(line: str) -> bool:
    try:
        return isinstance(_loaded(line), dict)
    except (ValueError, RecursionError):
        return False


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return "a string"
    return "nothing (null)" if value is None else "a number or truth value"
