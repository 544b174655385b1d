"""The properties of a PDF or a Word document: title and author, where they can be what they say."""

from __future__ import annotations

import re

from corpus.bylines import is_name
from corpus.cleaning import one_line

# What programs put there by themselves: their own name, the file's name, a word for nothing.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint)\b.*|word document|untitled.*|(?:document|print|title)\s*\d*|"
    r".*\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf|odt|txt|html?|pages))",
    re.IGNORECASE,
)


def stated_title(value: object) -> str | None:
    """Return a title of two words or more, None for any other value."""
    title = _line(value)
    return title if len(title.split()) >= 2 and not _NO_TITLE.fullmatch(title) else None


def stated_author(value: object) -> str | None:
    """Return the names of people, None for any other value: the account of a computer, a program."""
    author = _line(value)
    names = re.split(r"\s*(?:[,;&]|\band\b)\s*", author)
    return author if author and all(map(is_name, names)) else None


def _line(value: object) -> str:
    return "" if value is None else one_line(str(value), limit=300)
