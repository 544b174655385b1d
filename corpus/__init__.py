"""Articles as they are found: a folder, its files, and what makes an article."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from corpus.article import Article, Failure, Headline, article_id
from corpus.errors import BadArticle, CorpusError, FetchFailed, FetchRefused, FolderMissing, Unreadable

if TYPE_CHECKING:
    from corpus.file import FileState, file_hash
    from corpus.folder import Scan, scan
    from corpus.reading import read

__all__ = [
    "Article",
    "BadArticle",
    "CorpusError",
    "Failure",
    "FetchFailed",
    "FetchRefused",
    "FileState",
    "FolderMissing",
    "Headline",
    "Scan",
    "Unreadable",
    "article_id",
    "file_hash",
    "read",
    "scan",
]

_HOMES = {
    "FileState": "corpus.file",
    "Scan": "corpus.folder",
    "file_hash": "corpus.file",
    "read": "corpus.reading",
    "scan": "corpus.folder",
}


def __getattr__(name: str) -> Any:
    """Load what reads files when it is first asked for: who answers from an index needs none of it."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
