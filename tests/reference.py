"""Writes docs/commands.md from the command line's own parser, docs/modules.md from docstrings: `-m tests.reference`."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ui.cli import _parser

ROOT = Path(__file__).resolve().parents[1]
PAGE, MODULES = ROOT / "docs" / "commands.md", ROOT / "docs" / "modules.md"
HEAD = """\
# Commands

What `footnote --help` says, in one page; a test compares the two. In brackets stands what holds unless it is said.
"""

MODULES_HEAD = """\
# Modules

Every module in one line, the first of its docstring; a test compares the two. How they work
together: [architecture.md](architecture.md).
"""


def page() -> str:
    """Return the page as the parser would have it today."""
    parser = _parser()
    (commands,) = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    first = next(iter(commands.choices.values()))
    common = [option for option in options(first) if all(option in options(one) for one in commands.choices.values())]
    lines = [HEAD, parser.epilog or "", "", "## All commands", *table(common)]
    for name, command in commands.choices.items():
        own = [option for option in options(command) if option not in common]
        lines += ["", f"## footnote {name}", "", command.description or "", *table(own)]
    return "\n".join(lines) + "\n"


def modules() -> str:
    """Return the page of the modules as their docstrings would have it today."""
    lines = [MODULES_HEAD.rstrip()]
    for package in ("corpus", "index", "assistant", "ui"):
        paths = sorted(path for path in (ROOT / package).rglob("*.py") if path.name != "__init__.py")
        rows = [(str(path.relative_to(ROOT / package)), told(path)) for path in paths]
        lines += ["", f"## {package}", *table(rows)]
    return "\n".join(lines) + "\n"


def told(path: Path) -> str:
    """Return the first sentence of a module's docstring."""
    told = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split())
    return re.split(r"(?<=[.!?])\s", told, maxsplit=1)[0]


def options(command: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """Return what may be typed after a command, and what it does."""
    return [(spelled(action), action.help or "") for action in command._actions if action.dest != "help"]


def spelled(action: argparse.Action) -> str:
    names = action.option_strings or [""]
    named = action.metavar or (action.dest.upper() if action.option_strings else action.dest)
    value = "" if action.nargs == 0 else str(named)
    return f"{', '.join(names)} {value}".strip()


def table(rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield from ("", "| | |", "|---|---|")
        for row in rows:
            what, does = (one.replace("|", "\\|") for one in row)
            yield f"| `{what}` | {does} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    MODULES.write_text(modules(), "utf-8")
