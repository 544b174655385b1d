"""Changes of the articles folder asked for in the page, with the index brought after them."""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.article import Failure, Headline
from corpus.errors import CorpusError
from corpus.file import unprintable
from corpus.folder import no_reader
from corpus.reading import READERS
from corpus.whole_file import written_whole
from index.check import CheckReport
from index.errors import FootnoteIndexError, IndexBusy, IndexMissing
from index.news_index import NewsIndex
from index.report import BuildReport, Progress
from ui import words
from ui.errors import NotKept
from ui.markup import label
from ui.twins import Twins

PATIENCE_S = 60.0
"""How long an update waits for another one to end, the folder's watch for instance."""


class Fetch(Protocol):
    """Stores what is at an address as a file of a folder and returns it; `corpus.fetch.fetch` is one."""

    def __call__(self, url: str, *, into: Path) -> Path: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Added:
    """What became of files that were to be added: names in the folder, and why others are not there."""

    names: tuple[str, ...]
    refused: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """What removing an article takes away: one file, with every article in it."""

    path: str
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an update changed, whoever made it.

    edited: articles whose headline is another now, or whose text, as far as that is known. seconds:
    None where it was not this process that updated.
    """

    added: tuple[Headline, ...]
    removed: tuple[Headline, ...]
    edited: int
    articles: int
    seconds: float | None


class Keeper:
    """Adds files to one articles folder, takes them out, and updates its index. Safe from several threads."""

    def __init__(self, news_index: NewsIndex, folder: Path, *, fetch: Fetch) -> None:
        self._news_index = news_index
        self._folder = folder
        self._fetch = fetch
        self._changing = threading.Lock()
        self._known: Mapping[str, Headline] | None = None

    def add_files(self, files: Sequence[Path]) -> Added:
        """Copy files into the folder; one of no known kind, an empty one and a copy of one there are refused."""
        names, refused = [], []
        there = Twins(self._folder)
        for file in files:
            try:
                names.append(self._add(file, there))
            except NotKept as error:
                refused.append(Failure(label(file.name), str(error)))
        return Added(tuple(names), tuple(refused))

    def add_address(self, address: str) -> Added:
        """Fetch what is at a public address into the folder. Raises what fetching raises, NotKept."""
        if not address.strip():
            raise NotKept(words.NO_ADDRESS)
        return Added((self._fetch(address.strip(), into=self._folder).name,), ())

    def waiting(self) -> int:
        """Count the files that an update, which is on its way somewhere, has not brought in yet; 0 where there is none.

        What is wrong with the folder is told by the update itself.
        """
        if not self._news_index.is_being_written():
            return 0
        with suppress(CorpusError, FootnoteIndexError):
            return self._news_index.waiting(self._folder).files
        return 0

    def removal(self, article_id: str) -> Removal:
        """Return what removing an article would take away. Raises ArticleMissing."""
        path = self._news_index.article(article_id).path
        return Removal(path, tuple(headline for headline in self._news_index.articles() if headline.path == path))

    def remove(self, article_id: str) -> Removal:
        """Move the article's file out of the folder, to `removed` in the index directory.

        Raises ArticleMissing, or NotKept where the file is not there or may not be moved.
        """
        removal = self.removal(article_id)
        file = self._folder / unprintable(removal.path)
        kept = self._news_index.path / "removed"
        try:
            if not file.resolve().is_relative_to(self._folder.resolve()) or not file.is_file():
                raise NotKept(words.FILE_GONE.format(path=label(removal.path)))
            kept.mkdir(parents=True, exist_ok=True)
            with self._changing:
                shutil.move(file, _free_name(kept, file.name))
        except OSError as error:
            raise NotKept(words.NOT_MOVED.format(path=label(removal.path), reason=error.strerror or error)) from error
        return removal

    def update(self) -> Iterator[Progress | Change]:
        """Bring the index up to date with the folder: how far it is, and at the end what changed.

        Waits for an update that is on its way elsewhere. Raises what `NewsIndex.build` raises.
        """
        try:
            before = self._headlines()
        except FootnoteIndexError:
            before = {}  # building may mend it, and says so itself where it does not
        steps: queue.SimpleQueue[Progress] = queue.SimpleQueue()
        with ThreadPoolExecutor(1) as builder:
            building = builder.submit(self._build, steps.put)
            while not (building.done() and steps.empty()):
                try:
                    yield steps.get(timeout=0.1)
                except queue.Empty:
                    continue
            report = building.result()
        self._known = self._headlines()
        yield _change(before, self._known, edited=report.changed, seconds=report.seconds)

    def news(self) -> Change | None:
        """Return what others have changed since the last update or question of this kind; None: nothing known."""
        before, self._known = self._known, self._headlines()
        return _change(before, self._known) if before is not None and before != self._known else None

    def failures(self) -> tuple[Failure, ...]:
        """Return what could not be read of the files in the folder."""
        try:
            return self._news_index.failures()
        except IndexMissing:
            return ()

    def check(self) -> CheckReport:
        """Compare all parts of the index with each other and ask for every vector."""
        return self._news_index.check()

    def _headlines(self) -> dict[str, Headline]:
        try:
            return {headline.id: headline for headline in self._news_index.articles()}
        except IndexMissing:
            return {}

    def _build(self, progress: Callable[[Progress], None]) -> BuildReport:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                return self._news_index.build(self._folder, progress)
            except IndexBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _add(self, file: Path, there: Twins) -> str:
        suffix = file.suffix.lower()
        if suffix not in READERS:
            raise NotKept(no_reader(suffix))
        try:
            size = file.stat().st_size
            if not size:
                raise NotKept(words.EMPTY_FILE)
            with self._changing:
                twin = there.of(file, size)
                if twin:
                    raise NotKept(words.SAME_FILE.format(name=twin))
                place = _free_name(self._folder, _file_name(file))
                with file.open("rb") as content, written_whole(place) as whole:
                    shutil.copyfileobj(content, whole)
                there.add(place, size)
        except OSError as error:
            raise NotKept(words.NOT_WRITTEN.format(folder=self._folder, reason=error.strerror or error)) from error
        return place.name


def _change(
    before: Mapping[str, Headline],
    after: Mapping[str, Headline],
    *,
    edited: int = 0,
    seconds: float | None = None,
) -> Change:
    renewed = sum(before[number] != after[number] for number in before.keys() & after.keys())
    return Change(
        added=tuple(headline for number, headline in after.items() if number not in before),
        removed=tuple(headline for number, headline in before.items() if number not in after),
        edited=max(renewed, edited),
        articles=len(after),
        seconds=seconds,
    )


def _file_name(file: Path) -> str:
    stem = label(file.stem).lstrip(".~#").replace("/", "-").replace("\\", "-")[:120]
    return f"{stem or 'article'}{file.suffix.lower()}"


def _free_name(folder: Path, file_name: str) -> Path:
    """Return a path in the folder that nothing has, the name itself or the name with a number."""
    place, number = folder / file_name, 2
    while place.exists():
        place, number = folder / f"{Path(file_name).stem}-{number}{Path(file_name).suffix}", number + 1
    return place
