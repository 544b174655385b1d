"""The gallery: varied questions over the starter articles with the answers as printed, for docs/gallery.md."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Turn
from assistant.settings import starter_articles
from index import NewsIndex

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "docs" / "gallery_questions.jsonl"
PAGE = ROOT / "docs" / "gallery.md"
TODAY = date(2023, 6, 1)
_HEAD = """# Gallery

Forty questions over the two articles that come with Footnote, with the answers as `footnote ask` prints them. Written
by `make gallery`, held by a test; a silly answer here is a bug.
"""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A question after earlier ones, what is expected of its answer, and the answer."""

    question: str
    turns: tuple[str, ...]
    kind: str
    expect: str
    answer: Answer
    must_cite: tuple[str, ...] = field(default=())
    must_not: tuple[str, ...] = field(default=())


def exhibits(index: Path) -> list[Exhibit]:
    """Ask every question of the gallery over a fresh index of the starter articles."""
    news_index = NewsIndex.open(index)
    news_index.build(starter_articles())
    assistant = Assistant(news_index)
    try:
        return [_exhibit(assistant, json.loads(line)) for line in QUESTIONS.read_text("utf-8").splitlines()]
    finally:
        news_index.close()


def page(shown: list[Exhibit]) -> str:
    """Return the gallery as Markdown."""
    parts = [_HEAD]
    for number, one in enumerate(shown, 1):
        before = "".join(f"(after: {turn})\n\n" for turn in one.turns)
        parts.append(f"## {number}. {one.question}\n\n{before}```text\n{str(one.answer).strip()}\n```\n")
    return "\n".join(parts)


def _exhibit(assistant: Assistant, line: dict[str, Any]) -> Exhibit:
    turns: list[Turn] = []
    for question in line.get("turns") or []:
        turns.append(Turn(question, assistant.ask(question, turns, today=TODAY).text))
    answer = assistant.ask(line["question"], turns, today=TODAY)
    return Exhibit(
        line["question"],
        tuple(turn.question for turn in turns),
        line["kind"],
        line["expect"],
        answer,
        tuple(line.get("must_cite") or ()),
        tuple(line.get("must_not") or ()),
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        PAGE.write_text(page(exhibits(Path(place) / "index")), "utf-8")
