"""Readers' ratings of answers, kept on this machine.

`feedback.jsonl` is the record, one rating a line; the last one of an id holds. `rated.jsonl` beside
it is made from it: the answers that were found good, as a question set for `footnote eval`.
"""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.whole_file import written_whole
from ui.errors import NotKept

RATINGS = ("up", "down", "none")
MOST_CHARS = 20_000
MOST_CITATIONS = 50

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Cited:
    """The words that a rated answer rested on."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thought of one answer; rating "none" takes an earlier one back. No citations: it was refused."""

    id: str
    question: str
    rating: str
    answer: str
    citations: tuple[Cited, ...]


def rating_from(sent: Any) -> Rating:
    """Read what a browser sent, or a line of the record. Raises NotKept where it has another shape."""
    if not isinstance(sent, Mapping) or sent.get("rating") not in RATINGS:
        raise NotKept(f"A rating is one of {', '.join(RATINGS)}, with id and question.")
    texts = [sent.get(field) for field in ("id", "question", "answer")]
    cited = sent.get("citations", [])
    if not all(isinstance(text, str) and len(text) <= MOST_CHARS for text in texts) or not isinstance(cited, list):
        raise NotKept("A rating carries id, question and answer as text, and a list of citations.")
    citations = tuple(
        Cited(str(one.get("article", ""))[:100], str(one.get("quote", ""))[:MOST_CHARS])
        for one in cited[:MOST_CITATIONS]
        if isinstance(one, Mapping)
    )
    number, question, answer = texts
    return Rating(str(number)[:100], str(question), str(sent["rating"]), str(answer), citations)


def keep(rating: Rating, path: Path) -> None:
    """Append the rating to the record, with the time, and renew the question set beside it.

    Raises NotKept where they cannot be written.
    """
    line = json.dumps({**asdict(rating), "at": datetime.now(UTC).isoformat(timespec="seconds")})
    try:
        with _writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            _append(f"{line}\n".encode(), path)
            with path.open(encoding="utf-8") as file:
                lines = _question_set(rating_from(json.loads(kept)) for kept in file)
            with written_whole(path.with_name("rated.jsonl")) as rated:
                rated.write("".join(f"{json.dumps(case)}\n" for case in lines).encode())
    except (OSError, ValueError, NotKept) as error:
        raise NotKept(f"The rating could not be kept in '{path}' ({error}). Mend the file, or move it away.") from error


def _append(line: bytes, path: Path) -> None:
    """Write a line at the end, whole or not at all: behind half a line no other could be read again."""
    with path.open("ab", buffering=0) as file:
        end = file.tell()
        try:
            if file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError:
            file.truncate(end)
            raise


def _question_set(ratings: Iterable[Rating]) -> list[dict[str, Any]]:
    """Return the good answers as cases of a question set: the words they rested on, or that there was no answer."""
    last = {rating.id: rating for rating in ratings}
    return [
        {"id": one.id, "question": one.question, "article": one.citations[0].article, "passage": one.citations[0].quote}
        if one.citations
        else {"id": one.id, "question": one.question, "answers": None}
        for one in last.values()
        if one.rating == "up"
    ]
