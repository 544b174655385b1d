"""Errors of the index, for the person who keeps it.

FootnoteIndexError
├── IndexMissing        there is no index yet: build one
├── IndexBroken         what stands on disk is not a whole index: rebuild, or check --repair
├── IndexMismatch       made by another encoder, or by another version
│   └── IndexOutdated   the encoder is the same, so building anew encodes nothing
├── IndexBusy           another process is writing
├── IndexUnwritable     no space left, or no right to write
├── IndexUnlockable     no lock is to be had where it lies: keep it on a local disk
├── BadFilter           a filter that nothing can pass: mend the question
├── EncoderUnavailable  the encoder cannot be loaded or reached
│   └── EncoderMisnamed     there is none of this name, here or on a server
├── VectorsUnavailable  the Chroma server with the vectors cannot be reached, or fails
│   ├── CollectionMissing   it answers, but has not what was asked for
│   └── VectorsMisnamed     an address or a header that is none
└── ArticleMissing      no article has this id
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class FootnoteIndexError(Exception):
    """Anything wrong with the index; its text is one line that says what to do."""


class IndexMissing(FootnoteIndexError):
    """There is no index at this place."""


MEND = "Mend with: footnote check --repair"


class IndexBroken(FootnoteIndexError):
    """What stands on disk cannot be read as an index."""

    @classmethod
    def mendable(cls, what: str, cause: Exception | None = None) -> IndexBroken:
        """Return the error for what can be made again from what is whole. what: a sentence without its full stop."""
        return cls(f"{what}{f' ({cause})' if cause else ''}. {MEND}")

    @property
    def what(self) -> str:
        """What is broken, with a blank behind it, for where it is mended already."""
        return f"{str(self).removesuffix(MEND).rstrip()} "


class IndexMismatch(FootnoteIndexError):
    """The index was made by another encoder or another version of Footnote."""


class IndexOutdated(IndexMismatch):
    """The index has another version's format; its vectors can be taken over."""


class IndexBusy(FootnoteIndexError):
    """Another process holds the writer's lock."""


_NO_PLACE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EEXIST})
"""What says that nothing can be written at a place at all, however much room there is."""


class IndexUnwritable(FootnoteIndexError):
    """The index could not be written; the old generation is as it was."""

    @classmethod
    def because(cls, cause: Exception) -> IndexUnwritable:
        """Return the error for a full disk, a missing right or the like."""
        reason = getattr(cause, "strerror", None) or cause
        refused = getattr(cause, "errno", None) in _NO_PLACE
        remedy = "Allow writing there, or name another place with --index" if refused else "Make room"
        return cls(
            f"The index could not be written ({reason}); the old one is as it was. {remedy}, then: footnote index"
        )


class IndexUnlockable(FootnoteIndexError):
    """A file that keeps the index from being changed under its readers cannot be opened, or held."""

    @classmethod
    def because(cls, file: Path, cause: BaseException) -> IndexUnlockable:
        """Return the error for what the system, or its file system, refuses."""
        reason = getattr(cause, "strerror", None) or cause
        return cls(
            f"No lock is to be had on '{file}' ({reason}), and without one the index is neither read nor written. "
            "Allow it there, or name a folder on a local disk with --index"
        )


class BadFilter(FootnoteIndexError, ValueError):
    """A filter that no article can pass, whatever the index holds."""


class EncoderUnavailable(FootnoteIndexError):
    """The encoder's weights or its server are not there."""


class EncoderMisnamed(EncoderUnavailable):
    """The name of an encoder is none that can be used."""


class VectorsUnavailable(FootnoteIndexError):
    """The Chroma server that holds the vectors is not there, does not let us in, or fails."""


class CollectionMissing(VectorsUnavailable):
    """The Chroma server has no such collection, tenant or database."""


class VectorsMisnamed(VectorsUnavailable):
    """The address of the Chroma server, or a header for it, is none that can be used."""


class ArticleMissing(FootnoteIndexError, KeyError):
    """No article of the index has this id."""

    def __str__(self) -> str:
        """Return the message bare; KeyError would quote it."""
        return str(self.args[0])


@contextmanager
def translated(
    kinds: type[Exception] | tuple[type[Exception], ...], as_ours: Callable[[Exception], FootnoteIndexError]
) -> Iterator[None]:
    """Raise the errors of a library, of these kinds, as ours."""
    try:
        yield
    except kinds as error:
        raise as_ours(error) from error
