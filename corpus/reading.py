"""Files to articles: which reader reads what, in which process, and how its refusal is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from corpus.article import Article, Failure, Interruption
from corpus.errors import CorpusError, NotGiven
from corpus.file import FileState, why_not
from corpus.readers.feed import read_feed
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf import read_pdf
from corpus.readers.records import read_json, read_json_lines
from corpus.readers.text import read_text
from corpus.readers.web_page import read_html
from corpus.readers.word import read_docx
from corpus.sandbox import SANDBOX

Reader = Callable[[FileState], Iterator[Article | Failure]]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".atom": read_feed,
        ".docx": read_docx,
        ".feed": read_feed,
        ".htm": read_html,
        ".html": read_html,
        ".json": read_json,
        ".jsonl": read_json_lines,
        ".markdown": read_markdown,
        ".md": read_markdown,
        ".ndjson": read_json_lines,
        ".pdf": read_pdf,
        ".rdf": read_feed,
        ".rss": read_feed,
        ".text": read_text,
        ".txt": read_text,
        ".xhtml": read_html,
        ".xml": read_feed,
    }
)
"""Suffix in lower case, with its dot, to the function that reads such files as a stream."""

_PLAIN = frozenset({".markdown", ".md", ".text", ".txt"})
_PLAIN_BYTES = 200_000
"""Thirty times an article. The worst that can be made of so many bytes takes seconds, not minutes."""


def read(file: FileState) -> Iterator[Article | Failure]:
    """Yield the articles of a file as they are read, and one Failure for each that cannot be.

    A file that is no good as a whole ends in a Failure too, and one that the system stops giving in an
    Interruption; what was yielded before it holds. Short texts are read here, all else in a process
    with limits: `corpus.sandbox`.
    """
    if file.suffix not in READERS or (file.suffix in _PLAIN and file.size <= _PLAIN_BYTES):
        return read_here(file)
    return SANDBOX.read(file)


def read_here(file: FileState, readers: Mapping[str, Reader] = READERS) -> Iterator[Article | Failure]:
    """Yield what `read` yields, in this process and without limits."""
    reader = readers.get(file.suffix)
    if reader is None:
        yield Failure(file.path, f"no reader for files of the kind {file.suffix!r}; remove it or rename it")
        return
    try:
        yield from reader(file)
    except NotGiven as error:
        yield Interruption(file.path, str(error))
    except CorpusError as error:
        yield Failure(file.path, str(error))
    except OSError as error:
        yield Interruption(file.path, why_not(error))
