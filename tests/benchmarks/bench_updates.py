"""What an update costs by size of the index and of the change, beside llama-index's pipeline; and how all grows.

Texts are new sentences drawn from the words of the hipporag passages. Vectors are drawn too and put where a
killed build would have left them, so that the store is measured and not the encoder; a changed article is encoded.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Article, read, scan
from index.encoder import encoder_text, vector_key
from index.minilm import MiniLM
from index.sentence_vectors import SENTENCES, SentenceVectors
from index.splitting import split
from index.staging import Staging
from tests.benchmarks.passages import corpus, hipporag
from tests.benchmarks.plot import Plot, svg

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
SENTENCES_A_PASSAGE = 7
PLOT = ROOT / "docs" / "images" / "growth.svg"


@dataclass(frozen=True, slots=True)
class Grown:
    """What an index of one size costs. Times of search are medians but for p95, in ms, with encoding the question."""

    passages: int
    build_s: float
    build_mb: float
    update_s: float
    search_ms: float
    p95_ms: float
    outlet_ms: float
    since_ms: float
    check_s: float
    disk_mb: float
    search_mb: float


def run(shared: Path, *, articles: int = 10_000, sizes: Sequence[int] = SIZES, plot: Path = PLOT) -> None:
    """Print the table of updates at so many articles, then the growth over `sizes` passages; draw it at `plot`."""
    words = [one["text"].split() for one in corpus(hipporag(shared), "MuSiQue")]
    with tempfile.TemporaryDirectory() as place:
        _updates(words, Path(place), articles)
    columns = (
        "passages", "build s", "its MB of memory", "one article changed s", "search p50 ms", "p95 ms",
        "one outlet of ten p50 ms", "half the dates p50 ms", "check s", "MB on disk", "MB of memory to serve",
    )  # fmt: skip
    print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    grown = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            grown.append(_growth(words, Path(place), size))
        one = grown[-1]
        print(
            f"| {one.passages:,} | {one.build_s:.1f} | {one.build_mb:.0f} | {one.update_s:.2f} | {one.search_ms:.1f} | "
            f"{one.p95_ms:.1f} | {one.outlet_ms:.1f} | {one.since_ms:.1f} | {one.check_s:.1f} | {one.disk_mb:.0f} | "
            f"{one.search_mb:.0f} |",
            flush=True,
        )
    slowest = max(max(one.outlet_ms, one.since_ms) / one.search_ms for one in grown)
    print(f"\nFiltered beside unfiltered search, the worst of all sizes: {slowest:.2f} times its time.")
    plot.write_text(_drawn(grown), encoding="utf-8")
    print(f"Drawn: {plot}")


def _drawn(grown: Sequence[Grown]) -> str:
    def line(name: str, figure: Callable[[Grown], float]) -> tuple[str, tuple[float, ...]]:
        return name, tuple(map(figure, grown))

    plots = (
        Plot("Build, vectors given, s", (line("build", lambda one: one.build_s),)),
        Plot("One article changed, whole command, s", (line("update", lambda one: one.update_s),)),
        Plot(
            "Search with encoding, p50, ms",
            (
                line("all", lambda one: one.search_ms),
                line("one outlet", lambda one: one.outlet_ms),
                line("half the dates", lambda one: one.since_ms),
            ),
        ),
        Plot("Search, p95, ms", (line("p95", lambda one: one.p95_ms),)),
        Plot("Check of every vector, s", (line("check", lambda one: one.check_s),)),
        Plot(
            "Memory, MB",
            (line("to build", lambda one: one.build_mb), line("to serve", lambda one: one.search_mb)),
        ),
        Plot("Disk, MB", (line("disk", lambda one: one.disk_mb),)),
    )
    return svg([one.passages for one in grown], plots, across="passages")


def _updates(words: list[list[str]], place: Path, articles: int) -> None:
    folder, index = place / "articles", place / "index"
    _write_files(words, folder, articles)
    _stage(folder, index)
    first, _ = _index(folder, index)
    same, report = _index(folder, index)
    rows = [("first build, vectors given", first, None), ("nothing changed", same, report["embedded"])]
    peer = _Peer(place / "peer")
    peer_first, peer_same = peer.run(folder), peer.run(folder)
    path = folder / "000" / "000007.md"
    path.write_text(path.read_text() + "\nOne more sentence stands here since today.\n")
    changed, report = _index(folder, index)
    peer_changed = peer.run(folder)
    rows.append(("one article changed", changed, report["embedded"]))
    for number in range(articles // 10):
        old = folder / f"{number // 100:03}" / f"{number:06}.md"
        old.rename(old.with_name(f"renamed-{number}.md"))
    renamed, report = _index(folder, index)
    rows.append((f"{articles // 10:,} renamed", renamed, report["embedded"]))
    peers = {
        "first build, vectors given": peer_first,
        "nothing changed": peer_same,
        "one article changed": peer_changed,
    }
    print(f"{articles:,} articles, whole command from a cold process\n")
    print("| change | footnote index, s | encoded | llama-index pipeline, s |\n|---|---|---|---|")
    for name, seconds, embedded in rows:
        theirs = f"{peers[name]:.1f}" if name in peers else "-"
        print(f"| {name} | {seconds:.2f} | {'-' if embedded is None else embedded} | {theirs} |")


def _growth(words: list[list[str]], place: Path, size: int) -> Grown:
    folder, index = place / "articles", place / "index"
    folder.mkdir()
    chance = random.Random(size)
    with open(folder / "all.jsonl", "w", encoding="utf-8") as file:
        for number in range(size):
            record = {
                "guid": str(number),
                "title": f"Report {number}",
                "text": _text(words, chance),
                "outlet": f"Outlet {number % 10}",
                "published": f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}",
            }
            file.write(json.dumps(record) + "\n")
    _stage(folder, index)
    (folder / "one.md").write_text("---\ntitle: One\n---\nOne article came yesterday.\n")
    build = _measured_index(folder, index)
    (folder / "one.md").write_text("---\ntitle: One\n---\nOne article came today, and another will.\n")
    update = _measured_index(folder, index)
    started = time.perf_counter()
    command = [sys.executable, "-m", "ui", "check", "--articles", str(folder), "--index", str(index)]
    subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    check_s = time.perf_counter() - started
    asked = json.dumps([" ".join(_text(words, chance).split()[:9]) for _ in range(100)])
    done = subprocess.run(
        [sys.executable, "-c", _SEARCHES, str(index), asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    search_ms, p95_ms, outlet_ms, since_ms, search_mb = map(float, done.stdout.split())
    disk_mb = sum(one.stat().st_size for one in index.rglob("*") if one.is_file()) / 1e6
    return Grown(
        build.report["passages"], build.seconds, build.memory_mb, update.seconds,
        search_ms, p95_ms, outlet_ms, since_ms, check_s, disk_mb, search_mb,
    )  # fmt: skip


_SEARCHES = """
import datetime, json, resource, sys, time
import numpy as np
from index import NewsIndex
news, asked = NewsIndex.open(sys.argv[1]), json.loads(sys.argv[2])
ways = [{}, {"outlet": "Outlet 3"}, {"since": datetime.date(2023, 7, 1)}]
times = [[] for _ in ways]
for question in [asked[0], *asked]:
    for at, (way, taken) in enumerate(zip(ways, times)):
        text = question + "?" * at  # else it would be encoded once for all three
        started = time.perf_counter()
        hits = news.search(text, **way)
        taken.append(1000 * (time.perf_counter() - started))
        with news.pinned() as view:
            view.sentence_vectors([hit.passage for hit in hits])  # as an answer does: it takes memory too
plain, outlet, since = (taken[1:] for taken in times)  # the first loads Chroma and the encoder
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(*np.percentile(plain, [50, 95]), np.median(outlet), np.median(since), memory)
"""


def _text(words: list[list[str]], chance: random.Random) -> str:
    taken = [word for _ in range(6) for word in chance.choice(words)[:400] if chance.random() < 0.2]
    chance.shuffle(taken)
    bare = [word.strip(".,;:!?") or "and" for word in taken[:110]]
    return (
        " ".join(" ".join(bare[at : at + 12]).capitalize() + "." for at in range(0, len(bare), 12))
        or "Nothing happened."
    )


def _write_files(words: list[list[str]], folder: Path, articles: int) -> None:
    chance = random.Random(1)
    for number in range(articles):
        path = folder / f"{number // 100:03}" / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Report {number}\noutlet: Outlet {number % 10}\n---\n{_text(words, chance)}\n")


def _stage(folder: Path, index: Path) -> None:
    """Leave vectors as a killed build would: clustered, as the passages of many stories are."""
    index.mkdir(parents=True)
    staging, chance = Staging(index / "staged.db"), np.random.default_rng(1)
    sentences = SentenceVectors(index / SENTENCES, writable=True)
    told = chance.normal(size=(SENTENCES_A_PASSAGE, MiniLM.dimension)).astype(np.float32)
    centres = chance.normal(size=(500, MiniLM.dimension))
    for keys in _batches(folder):
        vectors = centres[chance.integers(500, size=len(keys))] + 0.8 * chance.normal(
            size=(len(keys), MiniLM.dimension)
        )
        staging.put(keys, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))
        sentences.put(keys, [range(len(told))] * len(keys), [told] * len(keys))
    staging.close()
    sentences.close()


def _batches(folder: Path) -> Iterator[list[str]]:
    keys: list[str] = []
    for file in scan(folder).files:
        for article in read(file):
            if isinstance(article, Article):
                keys += [vector_key(MiniLM.name, encoder_text(article.title, one.text)).hex() for one in split(article)]
            if len(keys) >= 2000:
                yield keys
                keys = []
    yield keys


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of `footnote index`, from a cold process."""

    seconds: float
    memory_mb: float
    report: dict[str, int]


def _measured_index(folder: Path, index: Path) -> Measured:
    command = [sys.executable, "-m", "ui", "index", "--json", "--articles", str(folder), "--index", str(index)]
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"footnote index ended with status {process.returncode}: run it by hand on {folder}")
        out.seek(0)
        return Measured(seconds, usage.ru_maxrss / 1024, json.load(out))


def _index(folder: Path, index: Path) -> tuple[float, dict[str, int]]:
    measured = _measured_index(folder, index)
    return measured.seconds, measured.report


class _Peer:
    """llama-index's IngestionPipeline with Chroma and a document store, persisted, in a cold process each time."""

    CODE = """
import sys, hashlib, numpy as np
from pathlib import Path
import chromadb, llama_index.vector_stores.chroma.base as base
from llama_index.core import Document
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.storage.docstore import SimpleDocumentStore
from index.splitting import sentences
class Drawn(BaseEmbedding):
    def _get_text_embedding(self, text):
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).normal(size=384).tolist()
    _get_query_embedding = _get_text_embedding
    async def _aget_query_embedding(self, query): return self._get_text_embedding(query)
folder, place = Path(sys.argv[1]), Path(sys.argv[2])
client = chromadb.PersistentClient(str(place / "chroma"))
base.MAX_CHUNK_SIZE = client.get_max_batch_size()
store = base.ChromaVectorStore(chroma_collection=client.get_or_create_collection("peer", embedding_function=None))
kept = place / "docstore.json"
docstore = SimpleDocumentStore.from_persist_path(str(kept)) if kept.exists() else SimpleDocumentStore()
documents = [Document(text=path.read_text(), id_=str(path)) for path in sorted(folder.rglob("*.md"))]
def cut(text): return [text[a:b] for a, b in sentences(text)]
splitter = SentenceSplitter(chunk_size=256, chunk_overlap=0, chunking_tokenizer_fn=cut)
pipeline = IngestionPipeline(transformations=[splitter, Drawn()], vector_store=store, docstore=docstore,
                             disable_cache=True, docstore_strategy=DocstoreStrategy.UPSERTS_AND_DELETE)
pipeline.run(documents=documents)
docstore.persist(str(kept))
"""

    def __init__(self, place: Path) -> None:
        place.mkdir()
        self.place = place

    def run(self, folder: Path) -> float:
        started = time.perf_counter()
        command = [sys.executable, "-c", self.CODE, str(folder), str(self.place)]
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return time.perf_counter() - started
