"""What an update costs by size of the index and of the change, beside llama-index's pipeline; and how all grows.

Texts are new sentences drawn from the words of the hipporag passages. Vectors are drawn too and put where a
killed build would have left them, so that the store is measured and not the encoder; a changed article is encoded.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus import Article, read, scan
from index.encoder import MiniLM, encoder_text, vector_key
from index.splitting import split
from index.staging import Staging
from tests.benchmarks.passages import corpus, hipporag

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1_000, 10_000, 30_000, 100_000)


def run(shared: Path, *, sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table of updates at 10,000 articles, then the growth over `sizes` passages."""
    words = [one["text"].split() for one in corpus(hipporag(shared), "MuSiQue")]
    with tempfile.TemporaryDirectory() as place:
        _updates(words, Path(place), 10_000)
    columns = (
        "build s",
        "one article changed s",
        "search p50 ms",
        "p95 ms",
        "filtered p50 ms",
        "MB on disk",
        "MB in memory",
    )
    print(f"\n| passages | {' | '.join(columns)} |")
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            print(_growth(words, Path(place), size), flush=True)


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
    for number in range(1000):
        old = folder / f"{number // 100:03}" / f"{number:06}.md"
        old.rename(old.with_name(f"renamed-{number}.md"))
    renamed, report = _index(folder, index)
    rows.append(("1,000 renamed", renamed, report["embedded"]))
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


def _growth(words: list[list[str]], place: Path, size: int) -> str:
    folder, index = place / "articles", place / "index"
    folder.mkdir()
    chance = random.Random(size)
    with open(folder / "all.jsonl", "w", encoding="utf-8") as file:
        for number in range(size):
            outlet, day = f"Outlet {number % 10}", f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
            record = {
                "guid": str(number),
                "title": f"Report {number}",
                "text": _text(words, chance),
                "outlet": outlet,
                "published": day,
            }
            file.write(json.dumps(record) + "\n")
    _stage(folder, index)
    build, _ = _index(folder, index)
    (folder / "one.md").write_text("---\ntitle: One more\n---\nOne more article came today.\n")
    update, _ = _index(folder, index)
    code = (
        "import json, resource, sys, time; import numpy as np; from index import NewsIndex\n"
        "news = NewsIndex.open(sys.argv[1]); asked = json.loads(sys.argv[2]); plain, filtered = [], []\n"
        "news.search(asked[0]); news.search(asked[0], outlet='Outlet 3')\n"
        "for question in asked:\n"
        "    for times, how in ((plain, {}), (filtered, {'outlet': 'Outlet 3'})):\n"
        "        started = time.perf_counter(); news.search(question, **how)\n"
        "        times.append(1000 * (time.perf_counter() - started))\n"
        "memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(*np.percentile(plain, [50, 95]), np.median(filtered), memory)\n"
    )
    asked = json.dumps([" ".join(_text(words, chance).split()[:9]) for _ in range(100)])
    done = subprocess.run(
        [sys.executable, "-c", code, str(index), asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    p50, p95, filtered, memory = map(float, done.stdout.split())
    disk = sum(one.stat().st_size for one in index.rglob("*") if one.is_file()) / 1e6
    figures = (
        f"{build:.1f}",
        f"{update:.2f}",
        f"{p50:.1f}",
        f"{p95:.1f}",
        f"{filtered:.1f}",
        f"{disk:.0f}",
        f"{memory:.0f}",
    )
    return f"| {size:,} | {' | '.join(figures)} |"


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
    centres = chance.normal(size=(500, MiniLM.dimension))
    for keys in _batches(folder):
        vectors = centres[chance.integers(500, size=len(keys))] + 0.8 * chance.normal(
            size=(len(keys), MiniLM.dimension)
        )
        staging.put(keys, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32))
    staging.close()


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


def _index(folder: Path, index: Path) -> tuple[float, dict[str, int]]:
    command = [sys.executable, "-m", "ui", "index", "--json", "--articles", str(folder), "--index", str(index)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return time.perf_counter() - started, json.loads(done.stdout)


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
