"""Questions given one by one or in a file, and the file of their answers."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError, BadQuestion, BadSet
from index.errors import BadFilter
from index.filters import Filters, as_names
from ui.days import days
from ui.errors import OutputLost
from ui.statuses import ANSWERED, FAILED
from ui.wire import json_text


@dataclass(frozen=True, slots=True)
class Posed:
    """One question with its filters, and the id that its answer will carry."""

    id: str | None
    question: str
    filters: dict[str, Any]


def asked_questions(options: Namespace) -> Sequence[Posed]:
    """Return the question of the command line, whose words are joined, or those of the batch file.

    Raises BadSet where neither or both are given, there is a file for answers without a batch, or a line is not
    such a question; BadFilter for what nothing can pass.
    """
    if bool(options.batch) == bool(options.question):
        raise BadSet(f'Ask one question, as in footnote {options.command} "…", or many with --batch IN.jsonl.')
    if options.out and not options.batch:
        raise BadSet("--out takes the answers of --batch. Ask with --batch IN.jsonl too, or leave --out away.")
    given = {name: getattr(options, name) for name in ("outlet", "author", "since", "until")}
    Filters(as_names(given["outlet"]), as_names(given["author"]), given["since"], given["until"])  # or raises BadFilter
    if not options.batch:
        return [Posed(None, " ".join(options.question), given)]
    try:
        with ExitStack() as stack:
            lines = sys.stdin if options.batch == "-" else stack.enter_context(open(options.batch, encoding="utf-8"))
            unmarked = (line.removeprefix("\ufeff") for line in lines)  # as Windows begins a text in UTF-8
            return [_asked(line, f"{options.batch}:{at}", given) for at, line in enumerate(unmarked, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSet(f"'{options.batch}' cannot be read ({reason}). Give a file of one JSON object a line.") from error


def write_batch(options: Namespace, questions: Iterable[Posed], answer: Callable[[Posed], Mapping[str, Any]]) -> int:
    """Write one JSON object a line, in the order of the questions; a question that cannot be asked gives its error."""
    status = ANSWERED
    with ExitStack() as stack:
        with _written(options.out):
            out = stack.enter_context(open(options.out, "w", encoding="utf-8")) if options.out else sys.stdout
        for one in questions:
            try:
                result = answer(one)
            except (BadFilter, BadQuestion) as error:
                result, status = {"question": one.question, "error": str(error)}, FAILED
            line = json_text({"id": one.id, **result}, encoding=out.encoding)
            with _written(options.out):
                print(line, file=out, flush=True)
    return status


@contextmanager
def _written(out: str | None) -> Iterator[None]:
    """Raise AssistantError where the file of the answers cannot be written, OutputLost where stdout cannot.

    A reader that has gone is no such error.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if not out:
            raise OutputLost.because(error) from error
        raise AssistantError(f"'{out}' cannot be written ({error.strerror}). Name another file with --out.") from error


def _names(filter_: str, given: Any) -> str | list[str]:
    if isinstance(given, str) or (isinstance(given, list) and all(isinstance(one, str) for one in given)):
        return given
    raise TypeError(f"{filter_} is {given!r}, not a name or a list of names")


def _asked(line: str, place: str, given: dict[str, Any]) -> Posed:
    try:
        entry = json.loads(line)
        question = entry["question"]
        filters = dict(given)
        for name in ("outlet", "author"):
            if entry.get(name):
                filters[name] = _names(name, entry[name])
        for name, end in (("since", 0), ("until", 1)):
            if entry.get(name):
                filters[name] = days(str(entry[name]))[end]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadSet(
            f'{place} is not a question ({error}). Each line is {{"id": …, "question": …}} and filters.'
        ) from error
    if not isinstance(question, str):
        raise BadSet(f"{place}: the question is {question!r}. Write it as text.")
    return Posed(entry.get("id"), question, filters)
