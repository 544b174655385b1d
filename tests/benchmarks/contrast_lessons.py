"""Pairs of questions about one sentence, of which it answers the first and only looks like answering the second.

Written for this project, one by one: tests/benchmarks/lessons/contrasts.jsonl. Their sentences are of SQuAD 1.1's
training part, of MultiHop-RAG's development half (../shared/bench) and of the invented articles beside them; the file
names sentences and where in them the answers are, and holds none. What tells the two questions of a pair apart is
small: a role turned round, another year, the stage of a deed, a detail that is not told (contrast sets: Gardner et al.
2020, arXiv 2004.02709).
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from assistant.leaning import leans
from index.cross_encoder import BEFORE, QUESTION, SENTENCE, TITLE
from index.minilm_graph import tokenizer_json
from index.splitting import sentences
from tests.benchmarks.cross_encoder_lessons import Lesson, Line, Told, place, squad
from tests.reporting import LESSONS, written

SPARE = 1.15
"""Near misses that are kept for each answered question that begins with the same word."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A question that a sentence answers, where the answer is in it, and one that comes near; either may be empty."""

    told: Told
    question: str
    answer: tuple[int, int]
    near: str


def contrast_lessons(bench: Path, first: int, chance: random.Random) -> tuple[dict[int, Line], list[Lesson]]:
    """Return the lessons in the order of the file, each with its one line; lines are numbered from first on.

    Near misses are thinned, so that the word that a question begins with gives nothing away.
    """
    tokenizer = Tokenizer.from_str(tokenizer_json())
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def tokens(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    pairs = _pairs(bench)
    answered = Counter(_beginning(pair.question) for pair in pairs if pair.question)
    near = Counter(_beginning(pair.near) for pair in pairs if pair.near)
    numbers: dict[Told, int] = {}
    lines: dict[int, Line] = {}
    lessons = []
    for pair in pairs:
        told = pair.told
        at = numbers.setdefault(told, first + len(numbers))
        text = tokenizer.encode(told.text, add_special_tokens=False)
        before = tokens(told.before)[:BEFORE] if leans(told.text) else []
        lines[at] = Line(text.ids[:SENTENCE], tokens(told.title)[:TITLE], before, [])
        if pair.question:
            answer = place(text.offsets[:SENTENCE], *pair.answer)
            lessons.append(Lesson(tokens(pair.question)[:QUESTION], at, answer, [], None))
        beginning = _beginning(pair.near)
        if pair.near and chance.random() < SPARE * (answered[beginning] + 1) / near[beginning]:
            lessons.append(Lesson(tokens(pair.near)[:QUESTION], at, None, [], None, held=False))
    return lines, lessons


def _beginning(question: str) -> str:
    """Return the word it begins with, and the next behind "how"."""
    words = question.lower().split()
    return " ".join(words[: 1 + (words[:1] == ["how"])])


def _pairs(bench: Path) -> list[_Pair]:
    places = {"squad": _of_squad(), "news": of_news(), **_of_multihop(bench / "multihop_rag")}
    return [
        _Pair(places[row["of"]][row["id"]], row["question"], tuple(row["answer"] or (0, 0)), row["near"])
        for row in written(LESSONS / "contrasts.jsonl")
    ]


def _of_squad() -> dict[str, Told]:
    """Return by the id of SQuAD's own question the sentence that holds its answer."""
    told, asked, _ = squad()
    return {one.id: told[one.sentence] for one in asked}


def of_news() -> dict[str, Told]:
    """Return by folder, name and number the sentences of the invented articles."""
    return {
        f"{row['folder']}/{row['name']}/{number}": one
        for row in written(LESSONS / "articles.jsonl")
        for number, one in enumerate(_told(row["title"], row["text"]))
    }


def _of_multihop(folder: Path) -> dict[str, dict[str, Told]]:
    facts = {fact["id"]: Told(fact["title"], fact["fact"], "", fact["fact"]) for fact in _rows(folder / "facts.jsonl")}
    chunks = {
        f"{at}/{number}": one
        for at, chunk in enumerate(_rows(folder / "sample_chunks.jsonl"))
        for number, one in enumerate(_told(chunk["title"], chunk["text"]))
    }
    return {"multihop": facts, "chunk": chunks}


def _told(title: str, text: str) -> list[Told]:
    parts = [text[start:end].strip() for start, end in sentences(text)]
    return [Told(title, part, parts[at - 1] if at else "", parts[0]) for at, part in enumerate(parts)]


def _rows(path: Path) -> Sequence[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
