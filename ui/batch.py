"""Questions given one by one or in a file, and the file of their answers."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from assistant.errors import AssistantError, BadQuestion, BadSet
from ui.cli import ANSWERED, FAILED, days


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its filters, and the id that its answer will carry."""

    id: str | None
    question: str
    filters: dict[str, Any]


def asked_questions(options: Namespace) -> Sequence[Asked]:
    """Return the question of the command line, or those of the batch file.

    Raises BadSet where neither or both are given, or a line is not such a question.
    """
    if bool(options.batch) == (options.question is not None):
        raise BadSet(f'Ask one question, as in footnote {options.command} "…", or many with --batch IN.jsonl.')
    given = {name: getattr(options, name) for name in ("outlet", "author", "since", "until")}
    if not options.batch:
        return [Asked(None, options.question, given)]
    try:
        with ExitStack() as stack:
            lines = sys.stdin if options.batch == "-" else stack.enter_context(open(options.batch, encoding="utf-8"))
            return [_asked(line, f"{options.batch}:{at}", given) for at, line in enumerate(lines, 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"'{options.batch}' cannot be read ({error}). Give a file of one JSON object a line.") from error


def write_batch(options: Namespace, questions: Iterable[Asked], answer: Callable[[Asked], dict[str, Any]]) -> int:
    """Write one JSON object a line, in the order of the questions; a question that cannot be asked gives its error."""
    status = ANSWERED
    try:
        with ExitStack() as stack:
            out = stack.enter_context(open(options.out, "w", encoding="utf-8")) if options.out else sys.stdout
            for one in questions:
                try:
                    result = answer(one)
                except BadQuestion as error:
                    result, status = {"question": one.question, "error": str(error)}, FAILED
                print(json.dumps({"id": one.id, **result}, ensure_ascii=False), file=out, flush=True)
    except OSError as error:
        raise AssistantError(
            f"'{options.out}' cannot be written ({error.strerror}). Name another with --out."
        ) from error
    return status


def _asked(line: str, place: str, given: dict[str, Any]) -> Asked:
    try:
        entry = json.loads(line)
        question = entry["question"]
        filters = dict(given)
        for name in ("outlet", "author"):
            if entry.get(name):
                filters[name] = entry[name]
        for name, end in (("since", 0), ("until", 1)):
            if entry.get(name):
                filters[name] = days(str(entry[name]))[end]
    except (ValueError, TypeError, KeyError, AttributeError, argparse.ArgumentTypeError) as error:
        raise BadSet(
            f'{place} is not a question ({error}). Each line is {{"id": …, "question": …}} and filters.'
        ) from error
    if not isinstance(question, str):
        raise BadSet(f"{place}: the question is {question!r}. Write it as text.")
    return Asked(entry.get("id"), question, filters)
