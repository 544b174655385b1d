"""Questions that reporters ask of invented articles: tests/golden/news.jsonl, news_questions.jsonl.

Eight folders more are of those beside the cross-encoder's lessons that it is not taught with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from index.news_index import NewsIndex

APART = 6
"""The folder whose questions no weight is learned from and no rule was made for."""
LATER = {4: 7, 5: 8, 6: 9, 10: 13, 11: 14, 12: 15, 13: 16, 14: 17}
"""The folders that are among the lessons: their numbers there and here."""
UNLEARNED = (APART, 13, 15, 16, 17)
"""The folders that no weight is learned from."""
GOLDEN = Path(__file__).parent / "golden"
LESSONS = Path(__file__).parent / "benchmarks" / "lessons"


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of one question. answers: any of them is right; None where the articles do not hold it."""

    folder: int
    question: str
    answers: tuple[str, ...] | None
    answer: Answer

    @property
    def first(self) -> bool:
        """Whether the first sentence holds the answer."""
        quoted = self.answer.citations[0].quote if self.answer.answered and self.answer.citations else ""
        return any(right.lower() in quoted.lower() for right in self.answers or ())

    @property
    def found(self) -> bool:
        """Whether any sentence holds the answer."""
        text = self.answer.text.lower() if self.answer.answered else ""
        return any(right.lower() in text for right in self.answers or ())

    @property
    def misleading(self) -> bool:
        """Whether the short answer is none of the answers, nor part of one, nor has one in it."""
        short = self.answer.short.text.lower() if self.answer.short else ""
        return bool(short) and not any(right.lower() in short or short in right.lower() for right in self.answers or ())


def reported(folder: Path, *, later: bool = False) -> list[Reported]:
    """Ask every question. folder: an empty one, for the articles and their indexes. later: those of LATER too."""
    for row in told(later=later):
        path = folder / str(row["folder"]) / "articles" / row["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        head = "".join(f"{name}: {json.dumps(row[name])}\n" for name in ("title", "outlet", "date"))
        path.write_text(f"---\n{head}---\n{row['text']}\n", encoding="utf-8")
    found = []
    for number in sorted(path.name for path in folder.iterdir()):
        index = NewsIndex.open(folder / number / "index")
        index.build(folder / number / "articles")
        assistant = Assistant(index)
        for row in asked(later=later):
            if str(row["folder"]) == number:
                answers = None if row["answers"] is None else tuple(row["answers"])
                found.append(Reported(row["folder"], row["question"], answers, assistant.ask(row["question"])))
    return found


def figures(found: Iterable[Reported]) -> dict[str, tuple[int, int]]:
    """Return by name how often something was so, and of how many."""
    listed = list(found)
    held = [one for one in listed if one.answers is not None]
    lacking = [one for one in listed if one.answers is None]
    short = [one for one in listed if one.answer.short]
    return {
        "answer in the first sentence": (sum(one.first for one in held), len(held)),
        "answer in the sentences": (sum(one.found for one in held), len(held)),
        "answerable refused": (sum(not one.answer.answered for one in held), len(held)),
        "unanswerable refused": (sum(not one.answer.answered for one in lacking), len(lacking)),
        "short answers that mislead": (sum(one.misleading for one in short), len(short)),
    }


def told(*, later: bool) -> list[dict[str, Any]]:
    """Return the articles: folder, name, title, outlet, date, text."""
    own = written(LESSONS / "articles.jsonl") if later else []
    return written(GOLDEN / "news.jsonl") + [
        {**row, "folder": LATER[row["folder"]]} for row in own if row["folder"] in LATER
    ]


def asked(*, later: bool) -> list[dict[str, Any]]:
    """Return the questions: folder, question, answers (None where none is held), of some the sentence or its words."""
    own = written(LESSONS / "questions.jsonl") if later else []
    return written(GOLDEN / "news_questions.jsonl") + [
        {
            "folder": LATER[row["folder"]],
            "question": row["question"],
            "answers": None if row["answer"] is None else [row["answer"]],
            "sentence": row["quote"],
        }
        for row in own
        if row["folder"] in LATER
    ]


def written(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file written for this project."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
