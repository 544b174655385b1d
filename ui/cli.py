"""The command line: what may be typed, and what each error means for the exit status.

Nothing heavy is imported before the command is known, so that `footnote --help` answers at once.
"""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from ui.days import days
from ui.errors import OutputLost
from ui.statuses import ANSWERED, FAILED, NOT_HELD, WRONG_USE

_MODEL_HELP = "language model that writes: openai:NAME, openai:NAME@URL or gguf:/path/model.gguf (none)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status. Every error is one line on stderr."""
    _fill_streams()
    try:
        options = _parsed(arguments)
    except SystemExit as ended:  # it has told what it was asked for, or what is wrong
        raise SystemExit(_written_out(int(ended.code or ANSWERED))) from None
    return _written_out(_guarded(options))


def _fill_streams() -> None:
    """Put empty streams where those that started us closed some: else the next files opened take their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as we are


def _guarded(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without our quotation marks still shows the answer
    try:
        return _run(options)
    except KeyboardInterrupt:
        told = " The old index is as it was; go on with: footnote index" if options.command in _KEEPING else ""
        print(f"Stopped.{told}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return FAILED  # the reader of our output has gone (`footnote ask … | head`): there is nobody to tell
    except Exception as error:  # noqa: BLE001 - the last line of defence, for the person at the terminal
        return _explained(error)


def _written_out(status: int) -> int:
    """Write what stdout still holds; return the status, or FAILED where it would be a good one and that cannot be."""
    try:
        print(end="", flush=True)
    except OSError as error:
        # Else the interpreter tries once more when all is over, and complains where nobody can help it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if status not in (ANSWERED, NOT_HELD):
            return status
        if not isinstance(error, BrokenPipeError):
            print(OutputLost.because(error), file=sys.stderr)
        return FAILED
    return status


_KEEPING = ("index", "add", "check")
_HOMES = {
    **dict.fromkeys(_KEEPING, "ui.keeping_commands"),
    **dict.fromkeys(("chat", "serve-mcp", "token"), "ui.serving_commands"),
}


def _run(options: argparse.Namespace) -> int:
    home = importlib.import_module(_HOMES.get(options.command, "ui.commands"))
    run = getattr(home, {"eval": "evaluate"}.get(options.command, options.command.replace("-", "_")))
    status: int = run(options)
    return status


def _explained(error: Exception) -> int:
    from assistant.errors import AssistantError, ModelUnavailable
    from corpus.errors import CorpusError
    from index.errors import BadFilter, EncoderMisnamed, FootnoteIndexError, VectorsMisnamed
    from ui.errors import InterfaceError

    if not isinstance(error, AssistantError | CorpusError | FootnoteIndexError | InterfaceError):
        logging.getLogger("footnote").warning("", exc_info=error)
        print(f"Unexpected {type(error).__name__}: {error}. The index and the articles are unharmed.", file=sys.stderr)
        return FAILED
    print(" ".join(str(error).split()), file=sys.stderr)
    misused = AssistantError | BadFilter | EncoderMisnamed | VectorsMisnamed
    wrong_use = isinstance(error, misused) and not isinstance(error, ModelUnavailable)
    return WRONG_USE if wrong_use else FAILED


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options, strange = parser.parse_known_args(arguments)
    words = getattr(options, "question", [])
    # One with a blank in it was in quotes, so the words beside it belong to something else: the rest of a name perhaps.
    apart = len(words) > 1 and any(len(word.split()) > 1 for word in words)
    if apart or (words and strange and not strange[0].startswith("-")):
        parser.error(
            f"it is not clear what {(words if apart else strange)[0]!r} belongs to. Put the question in quotes, and "
            f'each name of several words, as in: footnote {options.command} "Who opened it?" --outlet "Port Daily"'
        )
    if strange:
        parser.error(f"unrecognized arguments: {' '.join(strange)}")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="footnote",
        description="Ask your articles. Every sentence of the answer carries the exact words it rests on.",
        epilog="Exit status: 0 answered, 3 the articles do not hold it, 2 wrong use, 1 anything else. "
        "Every option of a place or a server can also stand in footnote.toml or as FOOTNOTE_… in the environment.",
    )
    parser.add_argument("--version", action=_Version, help="say which version this is")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, says: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says)
        made.add_argument(
            "--articles", metavar="DIR", help="folder of the articles (./articles, else the starter articles)"
        )
        made.add_argument("--index", metavar="DIR", help="directory of the index (.footnote in the articles folder)")
        made.add_argument(
            "--encoder", metavar="NAME", help="what makes vectors: minilm, static or openai:NAME@URL (minilm)"
        )
        made.add_argument(
            "--vectors",
            metavar="URL",
            help="Chroma server that holds the vectors, as http://host:8000; local: the index (local)",
        )
        made.add_argument("--no-update", action="store_true", default=None, help="do not look for changed files first")
        return made

    chat = command("chat", "Serve the chat, a page for the browser, until stopped.")
    chat.add_argument("--host", help="address to listen on (127.0.0.1)")
    chat.add_argument("--port", type=int, help="port to listen on (7860)")
    chat.add_argument("--name", metavar="NAME,…", help="names others reach it by; they need a token")
    chat.add_argument("--log", metavar="WHAT", help="a line a request on stderr: none, requests, questions (none)")
    tools = command("serve-mcp", "Offer ask, search and read_article to another program's assistant, over stdio (MCP).")
    for made in (chat, tools):
        made.add_argument("--no-watch", action="store_true", default=None, help="do not watch the folder for changes")

    ask = command("ask", "Answer a question, each sentence with its source.")
    for made in (chat, tools, ask):
        made.add_argument("--model", metavar="NAME", help=_MODEL_HELP)
        made.add_argument(
            "--window", type=int, metavar="TOKENS", help="what the model reads and writes at most (4096; OpenAI 8192)"
        )
    models = command("models", "Say which language model is set and what its server offers.")
    models.add_argument("--model", metavar="NAME", help=_MODEL_HELP)
    models.add_argument("--json", action="store_true", help="print JSON")
    search = command("search", "Show the passages nearest to a question, without an answer.")
    search.add_argument("-k", type=_count, default=10, metavar="K", help="how many passages (10)")
    for made in (ask, search):
        made.add_argument("question", nargs="*", help="the question, in quotes or as words in a row")
        made.add_argument("--json", action="store_true", help="print JSON")
        made.add_argument(
            "--outlet", action="append", metavar="O", help="only articles of this outlet; may be repeated"
        )
        made.add_argument(
            "--author", action="append", metavar="A", help="only articles of this author; may be repeated"
        )
        made.add_argument(
            "--since",
            type=lambda text: _days(text)[0],
            metavar="D",
            help="only from this day on (2023, 2023-05 or 2023-05-03)",
        )
        made.add_argument("--until", type=lambda text: _days(text)[1], metavar="D", help="only up to this day")
        made.add_argument("--batch", metavar="IN.jsonl", help='one {"id", "question", …filters} a line; - is stdin')
        made.add_argument("--out", metavar="OUT.jsonl", help="where the answers of --batch go, a line each (stdout)")

    build = command("index", "Bring the index up to date with the folder.")
    build.add_argument("--watch", action="store_true", help="go on and follow every change until stopped")
    build.add_argument("--full", action="store_true", help="compare what is in the files, not only their size and time")
    build.add_argument("--compact", action="store_true", help="write vectors and keywords afresh")
    build.add_argument("--json", action="store_true", help="print JSON")

    add = command("add", "Bring files, folders and web addresses into the articles folder, and index them.")
    add.add_argument(
        "what", nargs="+", metavar="PATH|URL", help="a file, a folder, a page, a feed or a document on the web"
    )
    add.add_argument("--json", action="store_true", help="print JSON")

    evaluation = command("eval", "Answer a question set and print how good the answers are.")
    evaluation.add_argument(
        "set", metavar="SET.jsonl", help='one {"id", "question", "answers", …} a line; see README.md'
    )
    evaluation.add_argument("--json", action="store_true", help="print JSON")

    check = command("check", "Compare the parts of the index with each other and with the folder.")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.add_argument("--repair", action="store_true", help="mend what is wrong from what is whole")
    articles = command("articles", "List the articles.")
    articles.add_argument("--json", action="store_true", help="print JSON")
    token = command("token", "Make a token for a server that others reach; it is shown once.")
    one_thing = token.add_mutually_exclusive_group()
    one_thing.add_argument("--keeper", action="store_true", help="one with which the articles may be changed too")
    one_thing.add_argument("--list", action="store_true", help="say which there are, by their ids")
    one_thing.add_argument("--revoke", metavar="ID", help="make one worthless, at once")
    article = command("article", "Show one article as it is indexed.")
    article.add_argument("id", help="its id, from `footnote articles`")
    article.add_argument("--json", action="store_true", help="print JSON")
    return parser


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and how to see the rest."""

    def error(self, message: str) -> NoReturn:
        print(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help", file=sys.stderr)
        raise SystemExit(WRONG_USE)


class _Version(argparse.Action):
    """Says what is installed; looked up only then, because it takes as long as all the rest of the start."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 - argparse's name
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"footnote {version('footnote')}")
        raise SystemExit(ANSWERED)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)


def _days(text: str) -> tuple[date, date]:
    try:
        return days(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
