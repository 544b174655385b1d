"""Recall and latency of the search on the hipporag sets, with each encoder, beside its two halves alone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index import NewsIndex
from index.encoder import named_encoder
from index.search import CANDIDATES
from tests.benchmarks.passages import SETS, Question, as_articles, corpus, hipporag, questions


def run(shared: Path, *, cache: Path | None = None) -> None:
    """Print the figures of both encoders, each beside its halves."""
    for encoder in ("minilm", "static"):
        print(f"\n### {encoder}\n")
        _run(hipporag(shared), encoder, cache)


def _run(folder: Path, encoder: str, cache: Path | None) -> None:
    """Print Recall@2 and @5 a set and pooled, with a paired bootstrap of the difference, and p50 and p95."""
    recalls: dict[str, dict[str, list[tuple[float, float]]]] = {}
    times: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        for name in SETS:
            home = (cache or Path(place)) / name
            articles = as_articles(corpus(folder, name), home / "articles")
            index = "index" if encoder == "minilm" else f"index-{encoder}"
            news_index = NewsIndex.open(home / index, encoder=named_encoder(encoder))
            news_index.build(articles)
            recalls[name] = _recalls(news_index, corpus(folder, name), questions(folder, name), times)
            news_index.close()
    methods = list(recalls["HotpotQA"])
    print("| R@2 / R@5 | " + " | ".join([*SETS, "pooled"]) + " |\n|---" * 1 + "|---" * (len(SETS) + 1) + "|")
    pooled = {method: [pair for name in SETS for pair in recalls[name][method]] for method in methods}
    for method in methods:
        cells = [_mean(recalls[name][method]) for name in SETS]
        print(f"| {method} | " + " | ".join([*cells, _mean(pooled[method])]) + " |")
    for at, label in ((0, "R@2"), (1, "R@5")):
        best = max(methods[1:], key=lambda method: np.mean([pair[at] for pair in pooled[method]]))
        differences = np.array([a[at] - b[at] for a, b in zip(pooled[methods[0]], pooled[best], strict=True)])
        low, high = bootstrap(differences)
        print(f"{label}: fused minus {best}: {100 * differences.mean():+.1f} points, 95 % {low:+.1f} to {high:+.1f}")
    print(f"Search with query encoding: p50 {np.percentile(times, 50):.1f} ms, p95 {np.percentile(times, 95):.1f} ms")


def bootstrap(differences: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of the mean of paired differences, in points."""
    chance = np.random.default_rng(1)
    means = chance.choice(differences, (5000, len(differences))).mean(axis=1)
    return 100 * float(np.percentile(means, 2.5)), 100 * float(np.percentile(means, 97.5))


def _recalls(
    news_index: NewsIndex, passages: list[dict[str, str]], asked: list[Question], times: list[float]
) -> dict[str, list[tuple[float, float]]]:
    """Return (Recall@2, Recall@5) of every question for each way of searching."""
    ids = {(one["title"].strip(), one["text"].strip()[:40]): one["id"] for one in reversed(passages)}
    by_id = {one.id: one for one in news_index.articles()}
    gold_of = {
        key: ids.get((one.title.strip(), news_index.article(key).text.strip()[:40]), key) for key, one in by_id.items()
    }

    with news_index._open() as serving:
        generation, manifest = serving.generation, serving.generation.manifest

        def by_vector(question: str) -> list[str]:
            near = generation.vectors.near(news_index.encoder.encode([question]), CANDIDATES)[0]
            rows = manifest.vector_rows(key for key, _ in near)
            found = dict(reversed([(vector, row) for row, vector in manifest.rows_of_vectors(list(rows.values()))]))
            passages_by_row = manifest.passages(list(found.values()))
            return [passages_by_row[found[rows[key]]].article.id for key, _ in near]

        def by_keyword(question: str) -> list[str]:
            found = generation.keywords.search(question, CANDIDATES)
            passages_by_row = manifest.passages([row for row, _ in found])
            return [passages_by_row[row].article.id for row, _ in found]

        def fused(question: str) -> list[str]:
            started = time.perf_counter()
            hits = news_index.search(question, 20)
            times.append((time.perf_counter() - started) * 1000)
            return [hit.passage.article.id for hit in hits]

        ways: dict[str, Callable[[str], list[str]]] = {
            "fused": fused,
            "BM25 alone": by_keyword,
            "vectors alone": by_vector,
        }
        return {
            name: [
                _recall([gold_of[one] for one in dict.fromkeys(way(question.text))], question.gold)
                for question in asked
            ]
            for name, way in ways.items()
        }


def _recall(found: list[str], gold: frozenset[str]) -> tuple[float, float]:
    return len(gold & set(found[:2])) / len(gold), len(gold & set(found[:5])) / len(gold)


def _mean(pairs: list[tuple[float, float]]) -> str:
    return " / ".join(f"{100 * np.mean([pair[at] for pair in pairs]):.1f}" for at in (0, 1))
