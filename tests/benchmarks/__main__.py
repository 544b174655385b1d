"""`make bench`: every benchmark in turn, over the folder that holds bench/.

python -m tests.benchmarks ../shared [encoder search start page] [--cache DIR]
"""

from __future__ import annotations

import argparse
import importlib
import platform
from datetime import date
from pathlib import Path
from typing import Any

BENCHMARKS = ("start", "page", "encoder", "search", "updates")


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[])
    parser.add_argument("--cache", type=Path, help="keep the indexes here, so that a second run is quick")
    parser.add_argument("--sizes", help="passages to grow to, for a trial of updates: 1000,3000")
    parser.add_argument("--articles", type=int, help="articles to update, for a trial of updates (10000)")
    parser.add_argument("--plot", type=Path, help="where updates draws its growth (docs/images/growth.svg)")
    options = parser.parse_args()
    given: dict[str, dict[str, Any]] = {
        "page": {"cache": options.cache},
        "search": {"cache": options.cache},
        "updates": {
            "articles": options.articles,
            "sizes": tuple(map(int, options.sizes.split(","))) if options.sizes else None,
            "plot": options.plot,
        },
    }
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}")
    for name in options.names or BENCHMARKS:
        print(f"\n## {name}\n", flush=True)
        run = importlib.import_module(f"tests.benchmarks.bench_{name}").run
        run(options.shared, **{option: value for option, value in given.get(name, {}).items() if value})


if __name__ == "__main__":
    main()
