"""`make bench`: every benchmark in turn, over the folder that holds bench/.

python -m tests.benchmarks ../shared [encoder search start page] [--cache DIR]
"""

from __future__ import annotations

import argparse
import importlib
import platform
from datetime import date
from pathlib import Path

BENCHMARKS = ("start", "page", "encoder", "search", "updates")


def main() -> None:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], default=[])
    parser.add_argument("--cache", type=Path, help="keep the indexes here, so that a second run is quick")
    options = parser.parse_args()
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}")
    for name in options.names or BENCHMARKS:
        print(f"\n## {name}\n", flush=True)
        run = importlib.import_module(f"tests.benchmarks.bench_{name}").run
        run(options.shared, **({"cache": options.cache} if name in ("search", "page") and options.cache else {}))


if __name__ == "__main__":
    main()
