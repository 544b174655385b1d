"""Errors of the corpus, for the person who keeps the articles.

CorpusError
├── FolderMissing     the articles folder is not there, or not a folder
├── Unreadable        one file cannot be read as articles: reported by path, the run goes on
│   └── NotGiven      the system does not give the file: what is in it is not known
├── FetchRefused      an address that may not be fetched, or holds nothing that is read
├── FetchFailed       an address that did not answer, or not properly: try again
└── BadArticle        an article without a title or text, or with an impossible field
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Anything wrong with the articles; its text is one line that says what to do."""


class FolderMissing(CorpusError):
    """The articles folder is not there, or cannot be listed."""

    @classmethod
    def at(cls, folder: Path) -> FolderMissing:
        """Return the error for a folder that is not there."""
        return cls(f"No articles folder at {str(folder)!r}. Make it, or name another with --articles.")


class Unreadable(CorpusError):
    """One file that cannot be read as articles; the text is the reason, without the path."""


class NotGiven(Unreadable):
    """A file that the system does not give, now or to us; another time it may."""


class BadArticle(CorpusError, ValueError):
    """An article that breaks a law of `Article`."""


class FetchRefused(CorpusError):
    """An address that Footnote does not fetch from, or that holds what no reader reads."""


class FetchFailed(CorpusError):
    """An address that gave no proper answer; another time it may."""
