"""DOCX: paragraphs, tables and notes in their order, title and author from the document's properties."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.article import Article, Failure
from corpus.cleaning import reason_of
from corpus.draft import Draft, to_article
from corpus.errors import Unreadable
from corpus.file import FileState, read_bytes
from corpus.paragraphs import row_line
from corpus.properties import stated_author, stated_title

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_MOST_MEMBER_BYTES = 50_000_000
_MOST_BYTES = 300_000_000
_MOST_MEMBERS = 5_000
_TITLE_STYLES = re.compile(r"(?:title|titel|titre|título|headline)$", re.IGNORECASE)
_CONTENTS_STYLES = re.compile(r"toc (?:\d|heading)", re.IGNORECASE)
_HEADING_STYLES = re.compile(r"heading 1$", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FRAMES = tuple(f"{_WORD}{name}" for name in ("customXml", "fldSimple", "ins", "moveTo", "sdt", "smartTag"))
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
    """Yield the text and style of each paragraph, and of each row of a table, in document order; notes come last."""
    _lay_open(document.element.body)
    yield from _shown(document.iter_inner_content())
    yield from ((text, "") for text in _notes(document))


def _lay_open(body: _Element) -> None:
    """Put what stands in frames of Word's own (controls, insertions, text boxes) where python-docx reads it."""
    for fallback in list(body.iter(f"{_COMPATIBILITY}Fallback")):  # an older Word's copy of what stands before it
        if fallback.getprevious() is not None:
            _parent(fallback).remove(fallback)
    for box in reversed(list(body.iter(f"{_WORD}txbxContent"))):
        holder = next((above for above in box.iterancestors(f"{_WORD}p")), None)
        if holder is not None:
            for block in reversed(box):
                holder.addnext(block)
    for frame in list(body.iter(*_FRAMES)):
        if frame.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is None:  # else it asks for a text: "Click here to enter"
            content = frame.find(f"{_WORD}sdtContent")
            for child in list(frame if content is None else content):
                frame.addprevious(child)
        _parent(frame).remove(frame)


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError("an element that stands nowhere")
    return parent


def _shown(blocks: Iterable[Paragraph | Table]) -> Iterator[tuple[str, str]]:
    from docx.table import Table

    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _row({cell._tc: cell for cell in row.cells}.values())  # merged cells come twice
        else:
            style = (block.style.name if block.style is not None else "") or ""
            if not _CONTENTS_STYLES.match(style):
                yield block.text.strip(), style


def _row(cells: Collection[_Cell]) -> Iterator[tuple[str, str]]:
    """Yield a row as one line; where a single cell frames the text, what is in it."""
    if len(cells) == 1:
        for cell in cells:
            yield from _shown(cell.iter_inner_content())
        return
    yield row_line(" ".join(text for text, _ in _shown(cell.iter_inner_content())) for cell in cells), ""


def _notes(document: Document) -> Iterator[str]:
    """Yield the footnotes and endnotes."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            notes = parse_xml(relation.target_part.blob)
            _lay_open(notes)
            for paragraph in notes.iter(f"{_WORD}p"):
                yield (paragraph.text or "").strip()
