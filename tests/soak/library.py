"""The articles a soak runs over: public passages that stay as they are, indexed once and copied for each run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from corpus import Article, read, scan
from tests.benchmarks.passages import SETS, corpus, hipporag, questions

ROOT = Path(__file__).resolve().parents[2]
OUTLETS = ("Morning Wire", "The Ledger", "Harbour Post", "Evening Record", "City Courier")
_FIRST = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Library:
    """A folder with its index. articles: by id, as the readers of Footnote give them."""

    folder: Path
    index: Path
    articles: dict[str, Article]


def library(shared: Path, cache: Path, place: Path, *, most: int | None = None) -> Library:
    """Return a copy, in `place`, of what `cache` holds; that is made first where it is not there.

    most: so many articles of each set; None for all (9,003 in 10,459 passages).
    """
    made = cache / f"soak-{most or 'all'}"
    if not (made / "complete").exists():
        _make(hipporag(shared), made, most)
    place.mkdir(parents=True, exist_ok=True)
    # With times and all, or every file would look changed.
    subprocess.run(["cp", "-a", str(made / "articles"), str(made / "index"), str(place)], check=True)
    folder = place / "articles"
    return Library(folder, place / "index", {one.id: one for one in articles_of(folder)})


def move(library: Library, vectors: str) -> None:
    """Take the vectors of an index to a Chroma server."""
    command = [sys.executable, "-m", "ui", "index", "--vectors", vectors, "--articles", str(library.folder)]
    subprocess.run([*command, "--index", str(library.index)], check=True, cwd=ROOT)


def articles_of(folder: Path) -> list[Article]:
    """Return the articles of a folder as they ought to be indexed."""
    return [one for file in scan(folder).files for one in read(file) if isinstance(one, Article)]


def known_questions(shared: Path) -> list[str]:
    """Return the questions of the sets, in one order."""
    return [one.text for name in SETS for one in questions(hipporag(shared), name)]


def markdown(title: str, text: str, *, outlet: str, published: date) -> str:
    """Return an article as a file."""
    return f"---\ntitle: {json.dumps(title)}\noutlet: {outlet}\ndate: {published}\n---\n\n{text}\n"


def _make(folder: Path, made: Path, most: int | None) -> None:
    shutil.rmtree(made, ignore_errors=True)
    for name in SETS:
        _write(corpus(folder, name)[:most], made / "articles" / name)
    command = [sys.executable, "-m", "ui", "index", "--articles", str(made / "articles"), "--index"]
    subprocess.run([*command, str(made / "index")], check=True, cwd=ROOT)
    (made / "complete").touch()


def _write(passages: Sequence[dict[str, str]], into: Path) -> None:
    into.mkdir(parents=True)
    for number, one in enumerate(passages):
        outlet, published = OUTLETS[number % len(OUTLETS)], _FIRST + timedelta(days=number % 3000)
        path = into / f"{number:05}.md"
        path.write_text(markdown(one["title"], one["text"], outlet=outlet, published=published), encoding="utf-8")
