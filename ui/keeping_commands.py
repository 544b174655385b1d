"""The commands of who keeps the articles: index, add, check."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.settings import Places
from assistant.updating import named_index
from corpus.article import Failure
from ui import words
from ui.progress import shown_progress
from ui.statuses import ANSWERED, FAILED
from ui.terminal import say, settled, show

if TYPE_CHECKING:
    from index import BuildReport


def index(options: Namespace) -> int:
    """Bring the index up to date, once or on and on."""
    settings, places = settled(options)
    news_index = named_index(settings, places)
    with shown_progress() as progress:
        report = news_index.build(places.articles, progress, full=options.full, compact=options.compact)
    tell = teller(places, as_json=options.json)
    tell(report)
    if options.watch:
        say(f"Watching '{places.articles}'. Stop with Ctrl-C.")
        # At once again: what changed since the update, before the watch stood, would wait for the next change.
        with suppress(KeyboardInterrupt):  # the way to stop it; an update that was on its way is taken back
            news_index.watch(places.articles, threading.Event(), tell, at_once=True)
    return ANSWERED


def add(options: Namespace) -> int:
    """Bring files and pages into the articles folder, and index them."""
    from corpus.article import Failure
    from corpus.errors import CorpusError
    from corpus.fetch import fetch
    from ui.errors import NotKept
    from ui.keeping import Keeper

    settings, places = settled(options)
    if places.starter:
        folder = Path.cwd() / "articles"
        folder.mkdir(exist_ok=True)
        say(f"Made '{folder}' for your articles; from now on it is used when you start from here.")
        places = replace(settings, articles=folder).places()
    news_index = named_index(settings, places)
    keeper = Keeper(news_index, places.articles, fetch=fetch)
    addresses = [what for what in options.what if "://" in what]
    files, failures = _found([Path(what) for what in options.what if "://" not in what], places)
    added = [keeper.add_files(files)]  # all at once: the folder is listed once for that, and not once a file
    for address in addresses:
        try:
            added.append(keeper.add_address(address))
        except (CorpusError, NotKept) as error:
            failures.append(Failure(address, str(error)))
    for name in (name for one in added for name in one.names):
        say(f"Added {name}")
    refused = [*(failure for one in added for failure in one.refused), *failures]
    for failure in refused:
        say(f"- {failure.path}: {failure.reason}")
    with shown_progress() as progress:
        report = news_index.build(places.articles, progress)
    teller(places, as_json=options.json)(report)
    return FAILED if refused else ANSWERED


def check(options: Namespace) -> int:
    """Compare the parts of the index with each other and with the folder."""
    settings, places = settled(options)
    news_index = named_index(settings, places)
    if options.repair:
        with shown_progress() as progress:
            report = news_index.repair(places.articles, progress)
    else:
        report = news_index.check(places.articles)
    waiting = len(report.waiting)
    if options.json:
        show({**report.to_dict(), "waiting": waiting})
    else:
        show(f"{report.articles} articles, {report.passages} passages, {report.vectors} vectors, each asked for.")
        for problem in report.problems:
            show(f"- {problem}")
        for path in report.leaked:
            show(f"- {words.BELONGS_TO_NOTHING.format(path=path)}")
        for problem in report.mended:
            show(f"- mended: {problem}")
        if waiting:
            files = "1 file" if waiting == 1 else f"{waiting} files"
            show(f"Changed since, in '{places.articles}': {files}. Update with: footnote index")
        show("The index is whole." if report.ok else "The index is not whole. Mend it with: footnote check --repair")
    return ANSWERED if report.ok else FAILED


def teller(places: Places, *, as_json: bool) -> Callable[[BuildReport], None]:
    """Return what says of one update after another what it did; a failure is said when it is new."""
    said: set[Failure] = set()

    def tell(report: BuildReport) -> None:
        if as_json:
            show(report.to_dict())
            return
        say(
            f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged; "
            f"{report.passages} passages, {report.embedded} encoded, {report.seconds:.1f} s."
        )
        for one in (*(failure for failure in report.failed if failure not in said), *report.notices):
            say(f"- {one.path}: {one.reason}")
        said.clear()
        said.update(report.failed)
        if not report.passages:
            say(f"There is no article in '{places.articles}'. Put some there, then: footnote index")

    return tell


def _found(paths: Sequence[Path], places: Places) -> tuple[list[Path], list[Failure]]:
    """Return the files to add: those named, and what named folders hold besides hidden files and the articles."""
    from corpus.folder import scan

    there = places.articles.resolve()
    files: list[Path] = []
    failures: list[Failure] = []
    for path in paths:
        if not path.exists():
            raise SettingsError(f"There is no file or folder '{path}'. Name a file, a folder or an address to add.")
        if path.is_dir():
            found = scan(path)
            files += [one.location for one in found.files if not one.location.is_relative_to(there)]
            failures += found.failures
        else:
            files.append(path)
    return files, failures
