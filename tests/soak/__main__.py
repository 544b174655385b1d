"""`make soak`: a real server process under load, while articles come and go and while it is killed.

python -m tests.soak ../shared [load kills] [--clients 50] [--seconds 300] [--cache DIR]
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.soak.library import known_questions, library
from tests.soak.load import Options, faults, faults_after, killed, stable_questions, table, under_load
from tests.soak.server import Server

RUNS = ("load", "kills")


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
    parser.add_argument("--articles", type=int, help="so many of each set, for a trial; else 9,003 in all")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "footnote-soak")
    chosen = parser.parse_args()
    options = Options(chosen.clients, chosen.seconds, chosen.pause, chosen.every, chosen.kills)
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}", flush=True)
    good = True
    for name in chosen.names or RUNS:
        with tempfile.TemporaryDirectory() as place:
            articles = library(chosen.shared, chosen.cache, Path(place), most=chosen.articles)
            server = Server(articles.folder, articles.index)
            server.start()
            texts = known_questions(chosen.shared)
            questions = stable_questions(server, articles, texts)
            print(f"\n## {name}: {options.clients} clients, {len(articles.articles):,} articles\n", flush=True)
            result = {"load": under_load, "kills": killed}[name](server, articles, questions, options)
            found = [*faults(result), *faults_after(server, articles)]
            print(table(result))
            print(
                "\nNothing was wrong." if not found else "\n" + "\n".join(f"- {line}" for line in found[:50]),
                flush=True,
            )
            good = good and not found
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
