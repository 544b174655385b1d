"""The one door to an index: build, search, look up, check."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.article import Article, Failure, Headline
from corpus.folder import scan
from index.build import build
from index.changes import waiting
from index.check import CheckReport, check_index
from index.encoder import Encoder, bytes_per_s
from index.errors import CollectionMissing, IndexBroken, IndexMismatch, IndexMissing
from index.filters import Filters, as_names
from index.following import Following
from index.locks import is_written
from index.minilm import MiniLM
from index.passage import Hit
from index.report import BuildReport, Progress
from index.vector_place import VectorPlace
from index.view import Coverage, MonthlyCount, View

if TYPE_CHECKING:
    from llama_index.core.retrievers import BaseRetriever


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that an update would read or drop, and a rough guess at how long it would take."""

    files: int
    seconds: float


class NewsIndex:
    """An index directory. May be used from several threads; follows every new generation by itself."""

    def __init__(self, path: Path, encoder: Encoder, place: VectorPlace) -> None:
        """Use `open`."""
        self.path, self.encoder, self._place = path, encoder, place
        self._following = Following(path, encoder, place)
        self._open = self._following.open

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        encoder: Encoder | None = None,
        vectors: str | None = None,
        vectors_headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Open the index in directory `path`, which `build` may still have to make.

        vectors: the address of the Chroma server that has them (`http://host:8000`); "local" or None for the
        directory. `build` takes them to where they are named, with None it leaves them. vectors_headers: sent to the
        server with each request, and never shown.

        Everything but `build` raises IndexMissing while there is none, IndexMismatch where it was made
        by another encoder or has its vectors elsewhere, and IndexBroken where it cannot be read. What asks for
        vectors raises VectorsUnavailable while their server does not answer; the next call asks it again.
        """
        return cls(Path(path), encoder or MiniLM(), VectorPlace.named(vectors, vectors_headers))

    # writing

    def build(
        self,
        articles_folder: str | Path,
        progress: Callable[[Progress], None] | None = None,
        *,
        full: bool = False,
        compact: bool = False,
    ) -> BuildReport:
        """Bring the index up to date with a folder; cost is proportional to what changed.

        full: hash every file instead of trusting size and times. compact: write vectors and keywords afresh.
        Raises IndexBusy, IndexUnwritable, EncoderUnavailable, VectorsUnavailable or corpus.FolderMissing; the old
        index is then as it was.
        """
        self._following.let_deleted_go()
        return build(
            self.path,
            Path(articles_folder),
            self.encoder,
            place=self._place,
            full=full,
            compact=compact,
            progress=progress,
        )

    def watch(
        self,
        articles_folder: str | Path,
        stop: threading.Event,
        tell: Callable[[BuildReport], None],
        *,
        at_once: bool = False,
    ) -> None:
        """Follow a folder until `stop` is set: each burst of changes becomes one update.

        tell: called with every report that changed something. at_once: begin with an update.
        """
        from index.watching import watch

        watch(self, Path(articles_folder), stop, tell, at_once=at_once)

    def exists(self) -> bool:
        """Return whether an index stands here, whole or not."""
        return (self.path / "CURRENT").exists()

    def is_being_written(self) -> bool:
        """Return whether an update is on its way, here or in another process."""
        return is_written(self.path)

    def waiting(self, articles_folder: str | Path) -> Waiting:
        """Compare the folder's listing with the index, without reading a file."""
        found = scan(Path(articles_folder))
        with self._open() as serving:
            files, size = waiting(found, serving.generation.manifest.files())
        return Waiting(files, size / bytes_per_s(self.encoder))

    # reading

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        outlet: str | Sequence[str] | None = None,
        author: str | Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Hit]:
        """Return at most k hits, best first; no word in common and nothing near: an empty list.

        outlet, author: one name or several, any of which will do; case does not matter, and an author
        may be given in part. since, until: inclusive; with either, undated articles fall out. Raises
        BadFilter where nothing could ever pass: an empty name, or an end before its beginning.
        """
        filters = Filters(as_names(outlet), as_names(author), since, until)
        with self.pinned() as view:
            return view.search(query, k, filters)

    @contextmanager
    def pinned(self) -> Iterator[View]:
        """Give the serving generation for several questions that belong together.

        What it says is of one generation, also where a new one is published in between; no update waits for it.
        """
        with self._open() as serving:
            yield serving.view

    def article(self, article_id: str) -> Article:
        """Return an article with its text. Raises ArticleMissing."""
        with self.pinned() as view:
            return view.article(article_id)

    def articles(self, *, limit: int | None = None, offset: int = 0) -> list[Headline]:
        """Return all articles without their text: newest first, undated last, then by title.

        limit, offset: at most so many, after so many; what is left out takes no memory.
        """
        with self.pinned() as view:
            return view.articles(limit=limit, offset=offset)

    def failures(self) -> tuple[Failure, ...]:
        """Return what could not be read of the files that are indexed."""
        with self.pinned() as view:
            return view.failures()

    def coverage(self) -> Coverage:
        """Return what the index holds: numbers, outlets, authors, dates."""
        with self.pinned() as view:
            return view.coverage()

    def monthly_counts(self) -> tuple[MonthlyCount, ...]:
        """Return how many articles each outlet has of each month: oldest first, undated last, then by outlet.

        Nothing is read for it but what `coverage` reads: for a hundred thousand articles a tenth of what their
        headlines take. A month without any is left out.
        """
        with self.pinned() as view:
            return view.monthly_counts()

    def check(self, articles_folder: str | Path | None = None) -> CheckReport:
        """Compare all parts of the index with each other, ask for every vector, look for what lies about.

        articles_folder: compared too, by reading every file, as an edit may keep size and times.
        """
        with self._open() as serving:
            articles = None if articles_folder is None else Path(articles_folder)
            return check_index(self.path, serving.view, self._place.server, articles)

    def repair(self, articles_folder: str | Path, progress: Callable[[Progress], None] | None = None) -> CheckReport:
        """Mend what `check` finds, from what is whole: tables, vectors by row, and the folder. Return a new check."""
        try:
            before = self.check(articles_folder)
        except (CollectionMissing, IndexBroken, IndexMismatch, IndexMissing) as error:
            found: tuple[str, ...] = (str(error),)
        else:
            found = (*before.problems, *(f"{path} belonged to nothing" for path in before.leaked))
            if not found:
                return before
        self.build(articles_folder, progress, full=True, compact=True)
        after = self.check(articles_folder)
        return replace(after, mended=tuple(problem for problem in found if problem not in after.problems))

    def as_retriever(self, k: int = 10) -> BaseRetriever:
        """Return the index as a llama-index retriever of k passages."""
        from index.llama import NewsRetriever

        return NewsRetriever(self, k)

    def close(self) -> None:
        """Let go of the index; the next call opens it again."""
        self._following.close()
