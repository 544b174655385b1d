"""Our HTML reader beside trafilatura called directly, over pages whose articles are known.

    python tests/benchmarks/bench_readers.py ../shared/messy/newspaper4k [--verbose]

A page is NAME.html; NAME.txt is the body expected, NAME.json its title, authors and date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import Article, read, scan
from corpus.dates import read_stamp

# A word, or a character of the scripts that are written without blanks.
_TOKEN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None


def by_footnote(page: Path) -> Found:
    state = next(file for file in scan(page.parent).files if file.path == page.name)
    article = next(read(state))
    if not isinstance(article, Article):
        return Found()
    day = article.published.isoformat() if article.published else None
    return Found(article.text, article.title, _names(article.author, ","), day)


def by_trafilatura(page: Path, *, precision: bool) -> Found:
    import trafilatura

    document = trafilatura.bare_extraction(
        page.read_bytes(), with_metadata=True, include_comments=False, favor_precision=precision
    )
    if document is None:
        return Found()
    return Found(document.text or "", document.title, _names(document.author, ";"), document.date)


def _names(joined: str | None, separator: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in (joined or "").split(separator) if name.strip())


def f1(found: str, expected: str) -> float:
    ours, theirs = Counter(_TOKEN.findall(found.casefold())), Counter(_TOKEN.findall(expected.casefold()))
    common = sum((ours & theirs).values())
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def _same_title(found: str | None, expected: str) -> bool:
    return _TOKEN.findall((found or "").casefold()) == _TOKEN.findall(expected.casefold())


def _same_authors(found: tuple[str, ...], expected: list[str]) -> bool:
    names = {name.casefold() for name in expected}
    return bool(found) == bool(names) and all(name.casefold() in names for name in found)


def _same_day(found: str | None, expected: str | None) -> bool:
    day = read_stamp(expected)
    return found == (day.isoformat() if day else None)


def compare(folder: Path, *, verbose: bool) -> None:
    pages = sorted(folder.glob("*.html"))
    ways: dict[str, Callable[[Path], Found]] = {
        "footnote": by_footnote,
        "trafilatura": lambda page: by_trafilatura(page, precision=False),
        "trafilatura, precision": lambda page: by_trafilatura(page, precision=True),
    }
    print(f"{'':24}{'body F1':>10}{'titles':>10}{'authors':>10}{'dates':>10}")
    for name, way in ways.items():
        scores: list[float] = []
        right: Counter[str] = Counter()
        asked = 0
        for page in pages:
            found = way(page)
            body, facts = page.with_suffix(".txt"), page.with_suffix(".json")
            if body.exists():
                scores.append(f1(found.text, body.read_text("utf-8")))
                if verbose:
                    print(f"    {page.stem:28} body {scores[-1]:.3f}")
            if facts.exists():
                expected = json.loads(facts.read_text("utf-8"))
                asked += 1
                published = expected.get("publish_date") or expected.get("published_date")
                for what, same, got, wanted in (
                    ("title", _same_title(found.title, expected["title"]), found.title, expected["title"]),
                    ("author", _same_authors(found.authors, expected["authors"]), found.authors, expected["authors"]),
                    ("date", _same_day(found.published, published), found.published, published),
                ):
                    right[what] += same
                    if verbose and not same:
                        print(f"    {page.stem:28} {what}: {got!r}, expected {wanted!r}")
        columns = (f"{right[what]}/{asked}" for what in ("title", "author", "date"))
        print(f"{name:24}{sum(scores) / max(len(scores), 1):>10.3f}" + "".join(f"{column:>10}" for column in columns))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verbose", action="store_true", help="name every page that differs")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        print(f"Skipped: no pages at {str(arguments.folder)!r}. Name the folder that holds them.")
        return 0
    compare(arguments.folder, verbose=arguments.verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main())
