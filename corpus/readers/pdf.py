"""PDF: the text layer, with its lines joined to paragraphs and what repeats on every page left out."""

from __future__ import annotations

import logging
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from corpus.article import Article, Failure
from corpus.cleaning import clean, reason_of
from corpus.draft import Draft, to_article
from corpus.errors import Unreadable
from corpus.file import FileState, read_bytes
from corpus.paragraphs import unwrap
from corpus.properties import stated_author, stated_title
from corpus.provenance import fetched_from

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 2_000
_MOST_PAGE_BYTES = 20_000_000
_MOST_CHARACTERS = 20_000_000
_EDGE_LINES = 3
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_ICONS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LABELLED_NUMBER = re.compile(
    r"(?:page|seite|p\.)\s*\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?|\d{1,4}\s*(?:of|von)\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:\s*/\s*\d{1,4})?")
# What pypdf lets through on broken files, beside its own errors: it follows whatever the file says.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, RecursionError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


def read_pdf(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a PDF; raise Unreadable where it has no text that can be read."""
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # each oddity of each file, else
    data = read_bytes(file)
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("not a PDF, whatever its name says; give it the suffix of what it is")
    try:
        draft = _draft(data)
    except DependencyError as error:
        raise Unreadable("encrypted; save a copy without a password") from error
    except (PyPdfError, *_BROKEN) as error:
        raise Unreadable(f"a broken PDF ({reason_of(error)}); open it and save it again") from error
    yield to_article(draft, path=file.path)


def _draft(data: bytes) -> Draft:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted; save a copy without a password")
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable(f"{len(reader.pages):,} pages are no article (the limit is {_MOST_PAGES:,}); split it")
    read = [_lines(text) for text in _texts(reader)]
    if not _has_words(read):
        raise Unreadable("no text layer (a scan or pictures?); run OCR over it and save it as text")
    pages = _without_repeats(read)
    if not _has_words(pages):
        pages = read
    text = "\n".join(unwrap([line for page in pages for line in page]))
    # Its dates tell when the file was made, not when the article was published.
    properties: Mapping[str, object] = reader.metadata or {}
    language = reader.root_object.get("/Lang")
    return Draft(
        text=text,
        title=stated_title(properties.get("/Title")),
        author=stated_author(properties.get("/Author")),
        url=fetched_from(data[-6000:]),
        language=str(language) if language is not None else None,
        find_title=True,
    )


def _texts(reader: PdfReader) -> Iterator[str]:
    characters = 0
    for page in islice(reader.pages, _MOST_PAGES):
        text = _text(page)
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise Unreadable(f"over {_MOST_CHARACTERS / 1e6:.0f} million characters are no article; split it")
        yield text


def _text(page: PageObject) -> str:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_PAGE_BYTES:
        raise Unreadable(f"a page of over {_MOST_PAGE_BYTES / 1e6:.0f} MB of drawing; save it as text")
    return page.extract_text()


def _lines(text: str) -> list[str]:
    # Ligatures and the shapes of Arabic letters are one character in print, the letters in words.
    text = _PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), _ICONS.sub("", clean(text)))
    return [" ".join(line.split()) for line in text.strip().split("\n")]


def _has_words(pages: Sequence[Sequence[str]]) -> bool:
    return any(map(str.isalnum, "".join(line for page in pages for line in page)))


def _without_repeats(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return pages without page numbers, and without the lines that stand at the edge of most of them."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page) if not _number(line)})
    repeated = {key for key, count in counts.items() if count >= max(3, len(pages) * 0.6)}
    numbered = _numbering(pages)
    kept: list[list[str]] = []
    for at, page in enumerate(pages):
        own = at + numbered if numbered is not None else None
        if len(page) <= 2 * _EDGE_LINES:
            kept.append(_kept(page, repeated, own))
        else:
            top, body, bottom = page[:_EDGE_LINES], page[_EDGE_LINES:-_EDGE_LINES], page[-_EDGE_LINES:]
            kept.append([*_kept(top, repeated, own), *body, *_kept(bottom, repeated, own)])
    return kept


def _numbering(pages: Sequence[list[str]]) -> int | None:
    """Return the number of the first page where numbers at the edges count the pages, None where they do not.

    A number alone may as well be the last cell of a table or the year with which a page ends. An only page is the
    first where that stands under its last sentence.
    """
    if len(pages) == 1:
        *_, before, last = ["", "", *filter(None, pages[0])]
        return 1 if last == "1" and before.endswith((".", "!", "?", "”", '"')) else None
    firsts = Counter(
        first for at, page in enumerate(pages) for first in {n - at for n in map(_number, _edges(page)) if n}
    )
    first, pages_so = firsts.most_common(1)[0] if firsts else (0, 0)
    return first if pages_so >= max(2, len(pages) * 0.6) else None


def _number(line: str) -> int | None:
    match = _BARE_NUMBER.fullmatch(line)
    return int(match[1]) if match else None


def _kept(lines: Sequence[str], repeated: set[str], own: int | None) -> list[str]:
    """Return the lines of an edge that are the page's text. own: its number, None where it has none."""
    return [line for line in lines if not line or not _is_furniture(line, repeated, own)]


def _is_furniture(line: str, repeated: set[str], own: int | None) -> bool:
    number = _number(line)
    return number == own if number is not None else _key(line) in repeated or bool(_LABELLED_NUMBER.fullmatch(line))


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.casefold())
