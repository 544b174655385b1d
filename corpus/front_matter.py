"""The block of fields that may stand before a text: YAML between rules, TOML between "+++", "Title: …" lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from corpus.dates import UNDATED, Dated, read_stamp
from corpus.draft import Draft
from corpus.field_names import AUTHOR, DATE, LANGUAGE, OUTLET, TITLE, URL, field_name

_FIELDS = {
    name: field
    for field, names in (
        ("title", TITLE), ("outlet", OUTLET), ("author", AUTHOR), ("date", DATE), ("url", URL), ("language", LANGUAGE),
    )
    for name in names
}  # fmt: skip
_RULE = re.compile(r"^-{3,}\s*$")
_TOML_RULE = re.compile(r"^\+{3}\s*$")
_END_RULE = re.compile(r"^(?:-{3,}|\.{3})\s*$")
_LINE = re.compile(r"^([A-Za-z][\w -]{0,24})\s*:(?:\s+(.*))?$")
_NOTE_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")  # "[[Jane Doe]]": a note of the same name
_LONGEST_OTHER = 60
"""Of a line of a plain header that we have no use for ("Section: News"); one that is longer says something."""
_MOST_LINES, _MOST_CHARACTERS, _MOST_BRACKETS = 200, 20_000, 500


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The known fields of a block, each once, as text; `body` is what follows it."""

    body: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def draft(self, text: str, *, title: str | None = None) -> Draft:
        """Return the draft of a text that had this before it; title: what the text itself states."""
        language = self.fields.get("language")
        day = read_stamp(self.fields.get("date"), locale=language)
        return Draft(
            text=text,
            title=self.fields.get("title") or title,
            outlet=self.fields.get("outlet"),
            author=self.fields.get("author"),
            dated=Dated(day, "front-matter") if day else UNDATED,
            url=self.fields.get("url"),
            language=language,
            find_title=True,
        )


def split_front_matter(text: str) -> FrontMatter:
    """Return a text's front matter and its body; a text without any comes back whole.

    A block that is no YAML of known fields is read line by line; one without a known field is text.
    """
    lines = text.lstrip("\n").split("\n")
    if _TOML_RULE.match(lines[0]):
        return _split_toml(text, lines)
    if not _RULE.match(lines[0]):
        return _plain_header(text, lines)
    end = next((n for n, line in enumerate(lines[1:_MOST_LINES], 1) if _END_RULE.match(line)), None)
    if end is None:  # never closed: the fields end with the first line that is none
        end = next((n for n, line in enumerate(lines[1:], 1) if not _LINE.match(line)), len(lines))
        block, body = lines[1:end], lines[end:]
    else:
        block, body = lines[1:end], lines[end + 1 :]
    source = "\n".join(block)
    if len(source) > _MOST_CHARACTERS:
        return FrontMatter(text)
    fields = _parse_yaml(source) or _parse_lines(block)
    return FrontMatter("\n".join(body), fields) if fields or _is_fields(block) else FrontMatter(text)


def _split_toml(text: str, lines: list[str]) -> FrontMatter:
    end = next((n for n, line in enumerate(lines[1:_MOST_LINES], 1) if _TOML_RULE.match(line)), 0)
    loaded = _parse_toml("\n".join(lines[1:end]))
    return FrontMatter("\n".join(lines[end + 1 :]), _known_fields(loaded)) if loaded else FrontMatter(text)


def join_front_matter(fields: Mapping[str, str], body: str) -> str:
    """Return a text with front matter that `split_front_matter` reads as the fields given."""
    import yaml

    block = yaml.safe_dump(dict(fields), allow_unicode=True, default_style='"', width=10_000)
    return f"---\n{block}---\n{body}"


def _is_fields(block: list[str]) -> bool:
    """Return whether a block between rules is front matter of fields we have no use for."""
    return all(_LINE.match(line) or line[:1] in {" ", "\t", "-", "#"} for line in block if line.strip())


def _plain_header(text: str, lines: list[str]) -> FrontMatter:
    """Return "Title: …", "Author: …" lines at the head of a text as its fields."""
    end = next((n for n, line in enumerate(lines) if not _LINE.match(line)), len(lines))
    fields = _parse_lines(lines[:end])
    if "title" not in fields or end == len(lines) or lines[end].strip():
        return FrontMatter(text)
    others = [line for line in lines[:end] if (match := _LINE.match(line)) and _known(match[1]) is None]
    if others and (len(fields) < 2 or len(max(others, key=len)) > _LONGEST_OTHER):
        return FrontMatter(text)  # a text that begins with "Title: …" and goes on in that way
    return FrontMatter("\n".join(lines[end:]), fields)


def _parse_yaml(source: str) -> dict[str, str] | None:
    """Return the known fields of a YAML mapping, or None where it is none.

    The base loader makes strings and nothing else: no object is built, no tag obeyed, no date guessed.
    """
    import yaml

    if sum(map(source.count, "[{&*")) > _MOST_BRACKETS:
        return None
    try:
        loaded = yaml.load(source, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return _known_fields(loaded) if isinstance(loaded, dict) else None


def _parse_toml(source: str) -> dict[str, object] | None:
    """Return a TOML document, or None where it is none."""
    import tomllib

    if len(source) > _MOST_CHARACTERS or sum(map(source.count, "[{")) > _MOST_BRACKETS:
        return None
    try:
        return tomllib.loads(source)
    except (RecursionError, ValueError):
        return None


def _known_fields(loaded: Mapping[Any, object]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in loaded.items():
        name, text = _known(key), _as_text(value)
        if name and text:
            fields.setdefault(name, text)
    return fields


def _known(key: object) -> str | None:
    return _FIELDS.get(field_name(key)) if isinstance(key, str) else None


def _as_text(value: object) -> str | None:
    if isinstance(value, str):
        return _NOTE_LINK.sub(r"\1", value).strip() or None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):  # "author: {name: Jane Doe}"
        name = value.get("name")
        return name.strip() or None if isinstance(name, str) else None
    if isinstance(value, list):
        return ", ".join(text for item in value[:20] if not isinstance(item, list) and (text := _as_text(item))) or None
    return None


def _parse_lines(block: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in block:
        match = _LINE.match(line)
        name = _known(match[1]) if match else None
        if match and name and match[2] and (value := match[2].strip().strip("\"'")):
            fields.setdefault(name, value)
    return fields
