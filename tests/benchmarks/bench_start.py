"""How long a person waits for `--help`, for the first answer and for the page, from a cold process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

COMMAND = [sys.executable, "-m", "ui"]
_ROOT = Path(__file__).resolve().parents[2]


def run(shared: Path) -> None:
    """Print the median of five cold starts each, in seconds; `shared` is not needed here."""
    with tempfile.TemporaryDirectory() as place:
        articles = str(_ROOT / "corpus" / "articles")
        at = ["--articles", articles, "--index", f"{place}/index"]
        subprocess.run([*COMMAND, "index", *at], check=True, capture_output=True, cwd=_ROOT)
        question = "What share of Israel's oil comes from Azerbaijan?"
        print("| cold start | median s of 5 |\n|---|---|")
        print(f"| python -c pass | {_median(lambda: _spent([sys.executable, '-c', 'pass'])):.2f} |")
        print(f"| footnote --help | {_median(lambda: _spent([*COMMAND, '--help'])):.2f} |")
        print(f"| footnote search | {_median(lambda: _spent([*COMMAND, 'search', question, *at])):.2f} |")
        print(f"| footnote ask | {_median(lambda: _spent([*COMMAND, 'ask', question, *at])):.2f} |")
        print(f"| footnote chat, until the page is served | {_median(lambda: _until_page(at)):.2f} |")


def _median(measure: object) -> float:
    return sorted(measure() for _ in range(5))[2]  # type: ignore[operator]


def _spent(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=_ROOT)
    return time.perf_counter() - started


def _until_page(at: list[str]) -> float:
    port = 20_000 + os.getpid() % 20_000
    started = time.perf_counter()
    command = [*COMMAND, "chat", "--port", str(port), "--no-watch", *at]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=_ROOT) as server:
        try:
            while time.perf_counter() - started < 60:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                    return time.perf_counter() - started
                except OSError:
                    time.sleep(0.02)
        finally:
            server.kill()
    raise TimeoutError("The page was not served within a minute.")
