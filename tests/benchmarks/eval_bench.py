"""Answers measured on public sets: python -m tests.benchmarks.eval_bench BENCH [SET …] [--cache DIR] [--sample N].

`--sample N` asks N questions of each kind.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant
from assistant.evaluation import Case, evaluate, holds_answer
from index import NewsIndex
from tests.reporting import APART, LATER, UNLEARNED, figures, reported

Row = dict[str, Any]
SETS = ("squad", "cross", "multihop", "rgb", "fitz", "news", "seeds", "speed")


def main() -> None:
    """Measure the sets that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], default=[])
    parser.add_argument("--cache", type=Path, help="keep the indexes here, so that a second run is quick")
    parser.add_argument("--sample", type=int, default=0, help="questions of each kind; 0: all")
    options = parser.parse_args()
    if not options.bench.is_dir():
        print(f"Skipped: there is no folder {options.bench}.")
        return
    with tempfile.TemporaryDirectory() as passing:
        for name in options.sets or SETS:
            started = time.perf_counter()
            print(f"## {name}", flush=True)
            MEASURES[name](options.bench, options.cache or Path(passing), options.sample)
            print(f"({time.perf_counter() - started:.0f} s)\n", flush=True)


def squad(bench: Path, cache: Path, sample: int) -> None:
    """All paragraphs searched: sentence hit, short answer, refusals, beside BM25 alone."""
    rows, assistant = _squad(bench, cache)
    answerable = _sampled([row for row in rows if not row["is_impossible"]], sample)
    impossible = _sampled([row for row in rows if row["is_impossible"]], sample)
    cases = [
        Case(
            row["id"],
            row["query"].strip(),
            tuple(row["answers"]),
            article=_paragraph(row),
            answerable=not row["is_impossible"],
        )
        for row in [*answerable, *impossible]
    ]
    report, outcomes = evaluate(assistant, cases)
    print(report)
    asked = [outcome for outcome in outcomes if outcome.case.answerable]
    lone = [len(outcome.answer.sentences) for outcome in asked if outcome.answer.sentences]
    print(
        f"sentences an answer {sum(lone) / max(len(lone), 1):.2f}; short answers shown "
        f"{_share(outcome.answer.short is not None for outcome in asked)}"
    )


def cross(bench: Path, cache: Path, sample: int) -> None:
    """Questions of one set asked of another set's articles."""
    rows, squad_assistant = _squad(bench, cache)
    queries, facts_assistant = _multihop(bench, cache)
    strangers = _sampled([row["query"].strip() for row in rows], sample or 400)
    print("SQuAD questions of the MultiHop facts, refused", _refused(facts_assistant, strangers))
    strangers = _sampled([row["query"] for row in queries if row["type"] != "null_query"], sample or 400)
    print("MultiHop questions of the SQuAD paragraphs, refused", _refused(squad_assistant, strangers))
    own = _sampled([row["query"].strip() for row in rows if not row["is_impossible"]], sample or 400)
    print("SQuAD's own, refused", _refused(squad_assistant, own))


def multihop(bench: Path, cache: Path, sample: int) -> None:
    """News questions over their evidence sentences: null questions refused, the others not."""
    queries, assistant = _multihop(bench, cache)
    for kind in ("null_query", "inference_query", "comparison_query", "temporal_query"):
        asked = _sampled([row["query"] for row in queries if row["type"] == kind], sample)
        print(kind, "refused", _refused(assistant, asked))


def rgb(bench: Path, cache: Path, sample: int) -> None:
    """Snippets given with the question: noise, nothing there, and sources that contradict each other."""
    rows = read(bench / "rgb" / "en_fact.dev.jsonl")
    chance = random.Random(7)
    kinds: dict[str, Callable[[Row], list[str]]] = {
        "five negatives": lambda row: some(row["negative"], 5, chance),
        "positives among negatives (3 of 5)": lambda row: _mixed(row, 3, chance),
        "one positive among negatives (1 of 5)": lambda row: _mixed(row, 1, chance),
        "positives alone": lambda row: row["positive"][:5],
        "positive and positive_wrong": lambda row: [*row["positive"][:3], *row["positive_wrong"][:3]],
    }
    for name, given in kinds.items():
        answers = [(row, Assistant.answer_from(row["query"], given(row))) for row in rows]
        refused = _share(answer.kind == "refusal" for _, answer in answers)
        found = _share(holds_answer(answer.text, _accepted(row["answer"])) for row, answer in answers)
        shown = _share(bool(answer.disagreements) for _, answer in answers)
        both = _share(_both_sides(row, answer) for row, answer in answers)
        print(
            f"{name}: refused {refused}, answer in the text {found}, disagreement shown {shown}, "
            f"with both values {both}"
        )


def fitz(bench: Path, cache: Path, sample: int) -> None:
    """Answer, abstain or "sources disagree", from the contexts given."""
    rows = _sampled(read(bench / "fitz_gov" / "cases.dev.jsonl"), sample)
    table: dict[tuple[str, str], int] = {}
    for row in rows:
        answer = Assistant.answer_from(row["query"], row["contexts"])
        mode = "abstain" if answer.kind == "refusal" else "disputed" if answer.disagreements else "trustworthy"
        table[row["expected_mode"], mode] = table.get((row["expected_mode"], mode), 0) + 1
    modes = ("trustworthy", "abstain", "disputed")
    right = sum(table.get((mode, mode), 0) for mode in modes)
    print(f"accuracy {100 * right / len(rows):.1f} %")
    for mode in modes:
        total = sum(table.get((mode, other), 0) for other in modes)
        told = ", ".join(f"{other} {table.get((mode, other), 0)}" for other in modes)
        print(f"{mode}: recall {100 * table.get((mode, mode), 0) / max(total, 1):.1f} % ({told})")


def news(_bench: Path, _cache: Path, _sample: int) -> None:
    """Questions of reporters over invented articles, of this repository."""
    with tempfile.TemporaryDirectory() as folder:
        found = reported(Path(folder), later=True)
        first, later = set(range(1, APART)), set(LATER.values())
        for kind, folders in (
            ("learned from", first),
            ("nothing was learned from", {APART}),
            ("later, learned from", later - {*UNLEARNED}),
            ("later, nothing was learned from", later & {*UNLEARNED}),
        ):
            part = [one for one in found if one.folder in folders]
            for name, (count, of) in figures(part).items():
                print(f"{kind}: {name} {100 * count / max(of, 1):.1f} % of {of}")


def seeds(bench: Path, cache: Path, sample: int) -> None:
    """Print answers over the two seed articles, to be read."""
    folder = bench.parent / "seeds"
    assistant = _opened(cache / "seeds", folder)
    for question in _SEED_QUESTIONS:
        print(f"\n> {question}\n{assistant.ask(question)}")


def speed(bench: Path, cache: Path, sample: int) -> None:
    """Time whole answers over about 10,000 passages: all texts of the HippoRAG files, asked their own questions."""
    texts = [
        row
        for name in ("2wiki", "musique_train", "hotpotqa_train")
        for row in read(bench / "hipporag" / f"{name}.corpus.jsonl")
    ]
    assistant = _opened(
        cache / "large",
        _folder(cache / "large-articles", ({"title": row["title"], "text": row["text"]} for row in texts)),
    )
    queries = [
        row["query"]
        for name in ("2wiki_101", "musique_train", "hotpotqa_train")
        for row in read(bench / "hipporag" / f"{name}.queries.dev.jsonl")
    ]
    for query in queries[:10]:
        assistant.ask(query)
    times = sorted(assistant.ask(query).timings_ms["total"] for query in queries)
    passages = assistant.news_index.coverage().passages
    print(
        f"{passages} passages, {len(times)} questions: p50 {times[len(times) // 2]:.0f} ms, p95 "
        f"{times[int(len(times) * 0.95)]:.0f} ms"
    )


_SEED_QUESTIONS = (
    "What share of Israel's oil comes from Azerbaijan?",
    "Who is Israel's ambassador to Azerbaijan?",
    "When was the war between Armenia and Azerbaijan?",
    "Did Azerbaijan allow its territory to be used against Iran?",
    "Can Azerbaijan's territory be used against Iran?",
    "Who is Azerbaijan's ambassador to Israel?",
    "What share of Israel's gas comes from Azerbaijan?",
    "When did Cohen visit Tehran?",
    "Who won the 2022 World Cup?",
)


def _squad(bench: Path, cache: Path) -> tuple[list[Row], Assistant]:
    rows = read(bench / "squad2" / "questions.dev.jsonl")
    paragraphs = {row["paragraph"]: {"title": _paragraph(row), "text": row["context"]} for row in rows}
    return rows, _opened(cache / "squad", _folder(cache / "squad-articles", paragraphs.values()))


def _paragraph(row: Row) -> str:
    # The number keeps the paragraphs of one page apart; the rest is the page's title, as in the published set.
    return f"{row['title'].replace('_', ' ')} ({row['paragraph'].rpartition('#')[2]})"


def _multihop(bench: Path, cache: Path) -> tuple[list[Row], Assistant]:
    facts = read(bench / "multihop_rag" / "facts.jsonl")
    entries = (
        {"title": fact["title"], "text": fact["fact"], "outlet": fact["source"], "published_at": fact["published_at"]}
        for fact in facts
    )
    return read(bench / "multihop_rag" / "queries.dev.jsonl"), _opened(
        cache / "facts", _folder(cache / "facts-articles", entries)
    )


def _folder(folder: Path, entries: Iterable[Row]) -> Path:
    """Write the articles once, one file a folder."""
    if not folder.exists():
        folder.mkdir(parents=True)
        lines = [json.dumps({name: value for name, value in entry.items() if value is not None}) for entry in entries]
        (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _opened(place: Path, folder: Path) -> Assistant:
    news_index = NewsIndex.open(place)
    report = news_index.build(folder)
    if report.added or report.failed:
        print(
            f"built {place.name}: {report.added} articles, {report.passages} passages, {len(report.failed)} failed",
            flush=True,
        )
    return Assistant(news_index)


def read(path: Path) -> list[Row]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _sampled(rows: Sequence[Any], sample: int) -> list[Any]:
    return list(rows) if not sample or sample >= len(rows) else random.Random(11).sample(list(rows), sample)


def _refused(assistant: Assistant, questions: Iterable[str]) -> str:
    return _share(assistant.ask(question).kind == "refusal" for question in questions)


def _share(held: Iterable[bool]) -> str:
    listed = list(held)
    return f"{100 * sum(listed) / max(len(listed), 1):.1f} % of {len(listed)}"


def some(texts: Sequence[str], most: int, chance: random.Random) -> list[str]:
    return chance.sample(list(texts), min(most, len(texts)))


def _mixed(row: Row, positives: int, chance: random.Random) -> list[str]:
    given = some(row["positive"], positives, chance)
    given += some(row["negative"], 5 - len(given), chance)
    chance.shuffle(given)
    return given


def _accepted(answer: Any) -> list[str]:
    if isinstance(answer, str):
        return [answer]
    return [text for part in answer for text in _accepted(part)]


def _both_sides(row: Row, answer: Answer) -> bool:
    """Whether the right and the wrong value stand as sides from different articles."""
    article = {citation.number: citation.article.id for citation in answer.citations}
    quote = {citation.number: citation.quote for citation in answer.citations}
    for disagreement in answer.disagreements:
        right = {
            article[side.citation]
            for side in disagreement.sides
            if holds_answer(quote[side.citation], _accepted(row["answer"]))
        }
        wrong = {
            article[side.citation]
            for side in disagreement.sides
            if holds_answer(quote[side.citation], _accepted(row["fake_answer"]))
        }
        if right and wrong and right | wrong != right & wrong:
            return True
    return False


MEASURES = {
    "squad": squad,
    "cross": cross,
    "multihop": multihop,
    "rgb": rgb,
    "fitz": fitz,
    "news": news,
    "seeds": seeds,
    "speed": speed,
}

if __name__ == "__main__":
    main()
