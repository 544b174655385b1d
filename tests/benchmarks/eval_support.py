"""The check of sentences against passages, measured: python -m tests.benchmarks.eval_support BENCH [--seeds N N …].

True sentences of the passages with a number, a date or a name altered or the meaning negated (caught);
true paraphrases written by hand (kept); ExpertQA claims with passages, judged by people (AUROC).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evidence import Unit, gather, spans
from assistant.nearness import Remembered, belief_in, likeness, nearest
from assistant.supporting import MOST_QUOTES, supported
from assistant.values import Value, names, values
from assistant.words import content, paired
from corpus.article import Article
from index.encoder import named_encoder
from index.passage import Hit, Passage

FOLDS = 5
GOLDEN = Path(__file__).parents[1] / "golden" / "paraphrases.jsonl"
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does|may|might|must)\b(?! not)"
)
_NOT = re.compile(r"\b(?:not|never) |\bno (?=[a-z])|n[’']t\b")
_MONTHS = "January February March April May June July August September October November December".split()


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--show", action="store_true", help="print the sentences that were judged wrongly")
    parser.add_argument("--quick", action="store_true", help="without ExpertQA, which takes two minutes")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], help="of the choice of sentences and of what is put in"
    )
    options = parser.parse_args()
    encode = named_encoder("minilm").encode
    encode(["warm"])
    kept(encode, show=options.show)
    if not options.bench.is_dir():
        print(f"Skipped the rest: there is no folder {options.bench}.")
        return
    for seed in options.seeds:
        caught(options.bench, encode, show=options.show, seed=seed)
    if not options.quick:
        expert(options.bench, encode)


def alone(text: str) -> list[Unit]:
    """Return the sentences of a text that stands for an article of its own."""
    article = Article(id="one", title="Untitled", path="one", text=text)
    hit = Hit(Passage("one-0", article.headline, 0, 0, len(text), text), 1.0, 1, "keyword")
    return gather([hit], {article.id: article})


def kept(encode: Callable[..., Any], *, show: bool) -> None:
    """Paraphrases that are true and have to stand."""
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    lost, spent = [], 0.0
    for row in rows:
        among = alone(row["source"])
        started = time.perf_counter()
        support = supported(row["paraphrase"], among, Remembered(encode))
        spent += time.perf_counter() - started
        if not support.quotes:
            lost.append((support.reason, support.belief, row))
    share = 1 - len(lost) / len(rows)
    print(f"true paraphrases kept: {share:.1%} of {len(rows)}; {_ms(spent, len(rows))}")
    for reason, belief, row in lost if show else []:
        print(f"  - {reason} ({belief:.2f})\n      {row['source']}\n      {row['paraphrase']}")


def caught(bench: Path, encode: Callable[..., Any], *, show: bool, seed: int) -> None:
    """Altered sentences that have to fall, and the same sentences unaltered, which have to stand."""
    chance = random.Random(seed)
    texts = _texts(bench)
    chance.shuffle(texts)
    wanted = {"number": 70, "date": 70, "name": 130, "negation": 130}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    stood, spent, asked = 0, 0.0, 0
    pool = [name.text for text in texts[:400] for name in names(text) if name.start > 0]
    for text in texts:
        if not wanted:
            break
        options = [span for span in spans(text) if span.quotable and 6 <= len(content(span.text)) <= 40]
        if not options:
            continue
        span = chance.choice(options)
        made = list(_altered(span.text, text, pool, chance))
        for kind, altered in chance.sample(made, len(made)):
            if kind not in wanted:
                continue
            among = alone(text)
            started = time.perf_counter()
            found = supported(altered, among, Remembered(encode))
            spent += time.perf_counter() - started
            asked += 1
            stood += bool(supported(span.text, among, encode).quotes)
            counts[kind][0] += not found.quotes
            counts[kind][1] += 1
            wanted[kind] -= 1
            if not wanted[kind]:
                del wanted[kind]
            if found.quotes and show:
                print(f"  - {kind}\n      {span.text}\n      {altered}")
            break
    told = ", ".join(f"{kind} {right / total:.1%} of {total}" for kind, (right, total) in sorted(counts.items()))
    print(f"seed {seed}, altered and caught: {told}; unaltered kept {stood / asked:.1%}; {_ms(spent, asked)}")


def expert(bench: Path, encode: Callable[..., Any]) -> None:
    """ExpertQA: complete support against less, beside word overlap and vector similarity."""
    lines = (bench / "expertqa_claims" / "claims.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["has_passage"] and row["support"] != "N/A"]
    labels = [row["support"] == "Complete" for row in rows]
    ours, overlap, similar, parts = [], [], [], []
    for row in rows:
        claim = re.sub(r"\[\d+\]", "", row["claim"]).strip()
        passage = "\n".join(part.split("\n", 1)[-1] for part in row["evidence"])
        best = nearest(claim, alone(passage))[:MOST_QUOTES]
        mine = content(claim)
        overlap.append(len(mine & content(passage)) / max(len(mine), 1))
        both = encode([claim, passage])
        similar.append(float(both[0] @ both[1]))
        remembered = Remembered(encode)
        ours.append(belief_in(claim, best, remembered) if best else 0.0)
        parts.append(
            (*likeness(claim, best, remembered), paired(claim, " ".join(one.text for one in best)))
            if best
            else (0, 0, 0)
        )
    folds = [zlib.crc32(row["question"].encode()) % FOLDS for row in rows]
    fitted = _fitted_apart(np.array(parts, float), np.array(labels, float), np.array(folds))
    print(
        f"ExpertQA, {len(rows)} claims with passages, AUROC: {auroc(ours, labels):.3f}, with weights fitted on other "
        f"questions {auroc(fitted, labels):.3f}; word overlap {auroc(overlap, labels):.3f}, vector similarity "
        f"{auroc(similar, labels):.3f}"
    )


def _fitted_apart(parts: Any, labels: Any, folds: Any) -> list[float]:
    """Return for each claim what a logistic model says that was fitted to the claims of other questions."""
    told = np.c_[parts, np.ones(len(parts))]
    found = np.zeros(len(parts))
    for fold in range(FOLDS):
        seen, weights = folds != fold, np.zeros(told.shape[1])
        for _ in range(30):
            odds = 1 / (1 + np.exp(-told[seen] @ weights))
            curve = (told[seen] * (odds * (1 - odds))[:, None]).T @ told[seen] + np.eye(told.shape[1])
            weights += np.linalg.solve(curve, told[seen].T @ (labels[seen] - odds) - weights)
        found[folds == fold] = told[folds == fold] @ weights
    return [float(one) for one in found]


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the chance that a true one scores above a false one; ties count half."""
    yes = [score for score, label in zip(scores, labels, strict=True) if label]
    no = [score for score, label in zip(scores, labels, strict=True) if not label]
    return sum((one > other) + 0.5 * (one == other) for one in yes for other in no) / (len(yes) * len(no))


def _ms(seconds: float, asked: int) -> str:
    return f"{1000 * seconds / asked:.1f} ms a sentence"


def _texts(bench: Path) -> list[str]:
    texts = []
    for name in ("multihop_rag/sample_chunks", "hipporag/hotpotqa_train.corpus"):
        for line in (bench / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            texts.append(json.loads(line)["text"])
    return texts


def _altered(sentence: str, text: str, pool: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    found = values(sentence)
    numbers = [
        value
        for value in found
        if value.kind in ("number", "share", "money", "duration") and re.search(r"\d", value.text)
    ]
    dates = [value for value in found if value.kind == "date" and re.search(r"\d{4}", value.text)]
    named = [value for value in found if value.kind == "name" and value.start > 0 and not re.search(r"\d", value.text)]
    if numbers:
        value = chance.choice(numbers)
        yield (
            "number",
            _put(sentence, value, re.sub(r"\d+", lambda match: _other(match[0], chance), value.text, count=1)),
        )
    if dates:
        value = chance.choice(dates)
        month = next((month for month in _MONTHS if month in value.text), None)
        if month and chance.random() < 0.5:
            changed = value.text.replace(month, chance.choice([one for one in _MONTHS if one != month]))
        else:
            changed = re.sub(
                r"\d{4}", lambda match: str(int(match[0]) + chance.choice([-10, -2, -1, 1, 2, 3])), value.text, count=1
            )
        yield "date", _put(sentence, value, changed)
    if named:
        value = chance.choice(named)
        inside = [name.text for name in names(text) if name.start > 0 and name.text not in sentence]
        source = inside if inside and chance.random() < 0.4 else pool
        others = [name for name in source if not content(name) & content(value.text)]
        if others:
            yield "name", _put(sentence, value, chance.choice(others))
    if _NOT.search(sentence):
        dropped = _NOT.sub("", sentence, count=1).replace("ca would", "can")
        yield "negation", dropped
    elif _AUXILIARY.search(sentence):
        yield "negation", _AUXILIARY.sub(r"\1 not", sentence, count=1)


def _put(sentence: str, value: Value, text: str) -> str:
    return sentence[: value.start] + text + sentence[value.start + len(value.text) :]


def _other(number: str, chance: random.Random) -> str:
    changed = number
    while changed == number:
        digits = list(number)
        at = chance.randrange(len(digits))
        digits[at] = str(chance.randint(1 if at == 0 else 0, 9))
        changed = "".join(digits)
    return changed


if __name__ == "__main__":
    main()
