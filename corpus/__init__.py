"""Articles as they are found: a folder, its files, and what makes an article."""

from corpus.article import Article, Failure, Headline, article_id
from corpus.errors import BadArticle, CorpusError, FetchFailed, FetchRefused, FolderMissing, Unreadable
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
