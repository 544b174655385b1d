"""Readers' ratings of answers, kept on this machine: one JSON object a line, the last one of an id holds."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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
    """What a reader thought of one answer; rating "none" takes an earlier one back."""

    id: str
    question: str
    rating: str
    answer: str
    citations: tuple[Cited, ...]


def rating_from(sent: Any) -> Rating:
    """Read what a browser sent. Raises NotKept where it has another shape."""
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
    """Append the rating, with the time. Raises NotKept where the file cannot be written."""
    line = json.dumps({**asdict(rating), "at": datetime.now(UTC).isoformat(timespec="seconds")}, ensure_ascii=True)
    try:
        with _writing:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    except OSError as error:
        reason = error.strerror or error
        raise NotKept(f"The rating could not be written to '{path}' ({reason}). Check the disk.") from error
