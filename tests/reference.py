"""Writes docs/commands.md from the command line's own parser: `python -m tests.reference`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ui.cli import _parser

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

What `footnote --help` says, in one page; a test compares the two. In brackets stands what holds unless it is said.
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
