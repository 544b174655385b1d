"""DOCX: paragraphs and tables in their order, title and author from the document's properties."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.article import Article, Failure
from corpus.cleaning import reason_of
from corpus.draft import Draft, to_article
from corpus.errors import Unreadable
from corpus.file import FileState, read_bytes
from corpus.properties import stated_author, stated_title

if TYPE_CHECKING:
    from docx.document import Document

_MOST_MEMBER_BYTES = 50_000_000
_MOST_BYTES = 300_000_000
_MOST_MEMBERS = 5_000
_TITLE_STYLES = re.compile(r"(?:title|titel|titre|título|headline)$", re.IGNORECASE)
_HEADING_STYLES = re.compile(r"heading 1$", re.IGNORECASE)
# What zipfile and python-docx let through on broken files.
_BROKEN = (
    AttributeError, EOFError, LookupError, NotImplementedError, RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip


def read_docx(file: FileState) -> Iterator[Article | Failure]:
    """Yield the article of a Word document; raise Unreadable where it holds none."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    data = read_bytes(file)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted, or an old .doc under another name; save it as .docx without a password")
    try:
        _check_sizes(data)
        document = docx.Document(BytesIO(data))
        draft = _draft(document)
    except (OpcError, etree.XMLSyntaxError, zipfile.BadZipFile, *_BROKEN) as error:
        raise Unreadable(
            f"not a Word document, or a broken one ({reason_of(error)}); open it and save it again"
        ) from error
    yield to_article(draft, path=file.path)


def _check_sizes(data: bytes) -> None:
    """Raise Unreadable for an archive that would fill the memory when unpacked."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
    sizes = [member.file_size for member in members]
    texts = [member.file_size for member in members if member.filename.endswith((".xml", ".rels"))]
    if len(members) > _MOST_MEMBERS or sum(sizes) > _MOST_BYTES or max(texts, default=0) > _MOST_MEMBER_BYTES:
        raise Unreadable(
            f"unpacks to {sum(sizes) / 1e6:,.0f} MB in {len(members):,} parts, no article does; save it as text"
        )


def _draft(document: Document) -> Draft:
    lines: list[str] = []
    title: str | None = None
    for text, style in _blocks(document):
        if title is None and text and not any(lines) and (_TITLE_STYLES.match(style) or _HEADING_STYLES.match(style)):
            title = text
        else:
            lines.append(text)
    properties = document.core_properties
    title = title or stated_title(properties.title)
    body = "\n\n".join(line for line in lines if line)
    return Draft(
        text=body or title or "",
        title=title if body else None,
        author=stated_author(properties.author),
        language=properties.language or None,
        find_title=True,
    )


def _blocks(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the text and style of each paragraph, and of each row of a table, in document order."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)  # merged cells come twice
                yield " | ".join(cell for cell in cells if cell), ""
        else:
            style = block.style.name if block.style is not None else ""
            yield block.text.strip(), style or ""
