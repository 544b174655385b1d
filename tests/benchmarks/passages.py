"""The passages and questions of ../shared/bench/hipporag, as the benchmarks use them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

SETS = {
    "HotpotQA": ("hotpotqa_train", "hotpotqa_train"),
    "MuSiQue": ("musique_train", "musique_train"),
    "2Wiki": ("2wiki", "2wiki_101"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the passages that answer it."""

    text: str
    gold: frozenset[str]


def hipporag(shared: Path) -> Path:
    """Return the folder, or leave with a clear message."""
    folder = shared / "bench" / "hipporag"
    if not folder.is_dir():
        sys.exit(f"No question sets at {folder}: nothing to measure. Name the folder that holds bench/.")
    return folder


def corpus(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the passages of a set: id, title, text."""
    return _lines(folder / f"{SETS[name][0]}.corpus.jsonl")


def questions(folder: Path, name: str) -> list[Question]:
    """Return the questions of a set."""
    lines = _lines(folder / f"{SETS[name][1]}.queries.dev.jsonl")
    return [Question(line["query"], frozenset(line["gold_doc_ids"])) for line in lines]


def as_articles(passages: list[dict[str, str]], folder: Path) -> Path:
    """Write passages as a folder of one JSON Lines file whose GUIDs are their ids."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"guid": one["id"], "title": one["title"], "text": one["text"]}) for one in passages)
    (folder / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
