"""`make soak`: a real server process under load, while articles come and go and while it is killed, or while the
server of its vectors is.

python -m tests.soak ../shared [load kills chroma] [--clients 50] [--seconds 300] [--cache DIR]
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from tests.chroma import chroma_at
from tests.soak.library import Library, known_questions, library, move
from tests.soak.load import (
    Options,
    asked_again,
    faults,
    faults_after,
    killed,
    stable_questions,
    table,
    under_load,
    without_vectors,
)
from tests.soak.server import Server

RUNS = ("load", "kills", "chroma")


def main() -> int:
    """Do the runs that are named, or all; return 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *RUNS], default=[])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds for which an answer is read, on average (5)")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two changes, on average (5)")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--stops", type=int, default=10, help="how often the Chroma server is stopped (10)")
    parser.add_argument("--articles", type=int, help="so many of each set, for a trial; else 9,003 in all")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "footnote-soak")
    chosen = parser.parse_args()
    options = Options(chosen.clients, chosen.seconds, chosen.pause, chosen.every, chosen.kills, chosen.stops)
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}", flush=True)
    found: list[str] = []
    for name in chosen.names or RUNS:
        with tempfile.TemporaryDirectory() as place:
            articles = library(chosen.shared, chosen.cache, Path(place), most=chosen.articles)
            print(f"\n## {name}: {options.clients} clients, {len(articles.articles):,} articles\n", flush=True)
            found += _run(name, articles, known_questions(chosen.shared), options, Path(place))
    return 1 if found else 0


def _run(name: str, articles: Library, texts: Sequence[str], options: Options, place: Path) -> list[str]:
    """Do one run, print its table and what was wrong, and return that."""
    more: tuple[str, ...] = ()
    with ExitStack() as running:
        if name == "chroma":
            chroma = running.enter_context(chroma_at(place / "chroma"))
            move(articles, chroma.url)
            more = ("--vectors", chroma.url)
        server = Server(articles.folder, articles.index, options=more)
        server.start()
        running.callback(server.stop)
        questions = stable_questions(server, articles, texts)
        if name == "chroma":
            result = without_vectors(server, articles, questions, options, chroma=chroma)
        else:
            result = {"load": under_load, "kills": killed}[name](server, articles, questions, options)
        asked_again(result, server)
        found = [*faults(result), *faults_after(server, articles, *more)]
    print(table(result))
    print("\n" + ("\n".join(f"- {line}" for line in found[:50]) or "Nothing was wrong."), flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
