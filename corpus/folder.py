"""What lies in an articles folder: the files worth reading, and why the others are not read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Failure
from corpus.errors import FolderMissing
from corpus.file import FileState, printable, why_not
from corpus.reading import READERS

_TEMPORARY_SUFFIXES = (".crdownload", ".download", ".part", ".swo", ".swp", ".swx", ".tmp", "~")
_NEVER_ARTICLES = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx"})
_ADVICE = {
    ".doc": "save it as .docx",
    ".epub": "save it as .html or .txt",
    ".gz": "unpack it",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
    ".odt": "save it as .docx",
    ".opml": "it lists feeds; add the feeds themselves",
    ".rtf": "save it as .docx or .txt",
    ".tar": "unpack it",
    ".tgz": "unpack it",
    ".zip": "unpack it",
}


@dataclass(frozen=True, slots=True)
class Scan:
    """One listing of a folder.

    files: in path order. unlisted: what could not be looked at, as folder prefixes ("2023/") or
    whole paths: the files there are unknown, not deleted. Each has a Failure too.
    """

    files: tuple[FileState, ...]
    failures: tuple[Failure, ...]
    unlisted: tuple[str, ...]

    def knows(self, path: str) -> bool:
        """Return whether a path missing from `files` is really gone, rather than out of sight."""
        return not any(path == prefix or (prefix.endswith("/") and path.startswith(prefix)) for prefix in self.unlisted)


def scan(folder: Path) -> Scan:
    """List a folder with all its subfolders; raise FolderMissing where there is none to list.

    Hidden files, editors' temporary files and the parts of saved web pages are passed over in
    silence. Links are never followed: one that stays inside names a file that is listed anyway.
    """
    try:
        return _Walk(os.path.realpath(folder, strict=True)).run()
    except NotADirectoryError as error:
        raise FolderMissing(f"{str(folder)!r} is a file. Name the folder that holds the articles.") from error
    except FileNotFoundError as error:
        raise FolderMissing.at(folder) from error
    except OSError as error:
        raise FolderMissing(f"The articles folder {str(folder)!r} cannot be listed: {error.strerror}.") from error


class _Walk:
    """The state of one scan. Folders wait in a list, so depth is bounded by the disk, not the stack."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._waiting = [(root, "")]
        self._files: list[FileState] = []
        self._failures: list[Failure] = []
        self._unlisted: list[str] = []

    def run(self) -> Scan:
        while self._waiting:
            location, prefix = self._waiting.pop()
            try:
                with os.scandir(location) as listing:
                    entries = list(listing)
            except OSError as error:
                if not prefix:
                    raise
                if not isinstance(error, FileNotFoundError):  # else gone since its parent was listed: so are its files
                    self._unknown(prefix, f"this folder cannot be listed: {why_not(error)}")
                continue
            names = {entry.name for entry in entries}
            for entry in entries:
                self._look(entry, prefix, names)
        return Scan(
            files=tuple(sorted(self._files, key=lambda file: file.path)),
            failures=tuple(sorted(self._failures, key=lambda failure: failure.path)),
            unlisted=tuple(sorted(self._unlisted)),
        )

    def _look(self, entry: os.DirEntry[str], prefix: str, siblings: set[str]) -> None:
        if _is_passed_over(entry.name):
            return
        path = prefix + printable(entry.name)
        try:
            if entry.is_symlink():
                self._look_at_link(entry, path)
            elif entry.is_dir(follow_symlinks=False):
                if not _is_part_of_saved_page(entry.name, siblings):
                    self._waiting.append((entry.path, path + "/"))
            else:
                self._look_at_file(path, entry.path, entry.stat(follow_symlinks=False))
        except FileNotFoundError:
            self._failures.append(Failure(path, "vanished while the folder was listed"))
        except OSError as error:
            self._unknown(path, why_not(error))

    def _look_at_file(self, path: str, location: str, status: os.stat_result) -> None:
        file = FileState(path, location, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        if not stat.S_ISREG(status.st_mode):
            self._failures.append(Failure(path, "not a regular file; put a copy of the article here"))
        elif file.suffix not in READERS:
            self._failures.append(Failure(path, no_reader(file.suffix)))
        else:
            self._files.append(file)

    def _look_at_link(self, entry: os.DirEntry[str], path: str) -> None:
        try:
            target = os.path.realpath(entry.path, strict=True)
        except FileNotFoundError:
            self._failures.append(Failure(path, "a link that leads nowhere; remove it or mend it"))
            return
        if os.path.commonpath([self._root, target]) != self._root:
            reason = f"a link out of the articles folder, to {printable(target)}; put a copy of it here"
            self._failures.append(Failure(path, reason))
        elif any(map(_is_passed_over, os.path.relpath(target, self._root).split(os.sep))) and target != self._root:
            self._failures.append(Failure(path, f"a link to a hidden file, {printable(target)}; put a copy of it here"))

    def _unknown(self, path: str, reason: str) -> None:
        self._failures.append(Failure(path, reason))
        self._unlisted.append(path)


def no_reader(suffix: str) -> str:
    """Return why a file of this suffix (lower case, with its dot, or '') is not read."""
    readable = ", ".join(sorted(READERS))
    if not suffix:
        return f"no suffix says what it is; rename it (.txt for plain text; readable are {readable})"
    return f"no reader for {printable(suffix)}; {_ADVICE.get(suffix, 'readable are ' + readable)}"


def _is_passed_over(name: str) -> bool:
    lowered = name.lower()
    return (
        name.startswith((".", "~$"))
        or lowered.endswith(_TEMPORARY_SUFFIXES)
        or (name.startswith("#") and name.endswith("#"))
        or lowered in _NEVER_ARTICLES
    )


def _is_part_of_saved_page(name: str, siblings: set[str]) -> bool:
    """Return whether a browser made this folder beside a page it saved ("Page.html", "Page_files")."""
    stem = name.removesuffix("_files")
    return stem != name and not siblings.isdisjoint({f"{stem}.html", f"{stem}.htm"})
