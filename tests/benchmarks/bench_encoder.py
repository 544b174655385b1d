"""Our encoder beside Chroma's own on the same weights and texts, the static one, a build beside the bare encoder."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import onnx
from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

import index.minilm_graph as minilm_graph
from corpus import Article, read, scan
from index import NewsIndex
from index.encoder import encoder_text
from index.minilm import MiniLM
from index.splitting import split
from index.static import Static
from tests.benchmarks.passages import as_articles, corpus, hipporag


def run(shared: Path, *, texts: int = 300, passages: int = 900) -> None:
    """Print passages per second of both encoders, and a whole build over the same texts."""
    found = corpus(hipporag(shared), "HotpotQA")
    chance = random.Random(1)
    words = [chance.sample(found, 1)[0]["text"].split() for _ in range(texts)]
    mixed = [" ".join(part[: chance.randint(8, 180)]) for part in words]
    full = [one["text"] for one in found[:texts]]
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = MiniLM(), _chromas_own(Path(folder))
        ours.encode(mixed[:8]), theirs(mixed[:8])
        print("| texts | ours, passages/s | Chroma's ONNXMiniLM_L6_V2 | ratio |\n|---|---|---|---|")
        for name, sample in (("mixed lengths", mixed), ("whole passages", full)):
            # Alternate, so that a noisy neighbour disturbs both.
            spent = {"ours": 0.0, "theirs": 0.0}
            for first in range(0, len(sample), 100):
                part = sample[first : first + 100]
                spent["ours"] += _timed(lambda part=part: ours.encode(part))
                spent["theirs"] += _timed(lambda part=part: theirs(part))
            rates = {who: len(sample) / seconds for who, seconds in spent.items()}
            print(f"| {name} | {rates['ours']:.1f} | {rates['theirs']:.1f} | {rates['ours'] / rates['theirs']:.2f} |")
    _build(found[:passages])
    _static(full)


def _build(passages: list[dict[str, str]]) -> None:
    encoder = MiniLM()
    encoder.encode(["warm"])
    with tempfile.TemporaryDirectory() as place:
        folder = as_articles(passages, Path(place) / "articles")
        texts = [
            encoder_text(one.title, passage.text)
            for file in scan(folder).files
            for one in read(file)
            if isinstance(one, Article)
            for passage in split(one)
        ]
        bare = _timed(lambda: encoder.encode(texts))
        news_index = NewsIndex.open(Path(place) / "index", encoder=encoder)
        whole = _timed(lambda: news_index.build(folder))
        bare = (bare + _timed(lambda: encoder.encode(texts))) / 2
    print(
        f"\nBuild of {len(texts)} passages: {whole:.1f} s; bare encoder {bare:.1f} s; {100 * (whole / bare - 1):+.1f} %"
    )


def _static(texts: list[str], *, times: int = 10) -> None:
    """Print passages per second of the static encoder, beside MiniLM on the same texts."""
    slow, fast = MiniLM(), Static()
    slow.encode(texts[:8]), fast.encode(texts[:8])
    rates = {
        "MiniLM": len(texts) / _timed(lambda: slow.encode(texts)),
        "static": times * len(texts) / _timed(lambda: fast.encode(texts * times)),
    }
    print(f"\nWhole passages/s: MiniLM {rates['MiniLM']:.0f}, static {rates['static']:.0f}")


def _chromas_own(folder: Path) -> Any:
    """Return Chroma's function over our weights: the graph up to its last hidden state, since it pools itself."""
    model = onnx.load_from_string(minilm_graph.graph(minilm_graph.weights()))
    last = f"layer{minilm_graph._LAYERS - 1}.norm2"
    at = next(number for number, node in enumerate(model.graph.node) if last in node.output)
    del model.graph.node[at + 1 :]
    del model.graph.output[:]
    float32, int64 = onnx.TensorProto.FLOAT, onnx.TensorProto.INT64
    model.graph.output.append(onnx.helper.make_tensor_value_info(last, float32, ["b", "t", minilm_graph.DIMENSION]))
    model.graph.input.append(onnx.helper.make_tensor_value_info("token_type_ids", int64, ["b", "t"]))
    extracted = folder / "onnx"
    extracted.mkdir()
    onnx.save(model, extracted / "model.onnx")
    (extracted / "tokenizer.json").write_text(minilm_graph.tokenizer_json())
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
        (extracted / name).touch()

    class OnOurWeights(ONNXMiniLM_L6_V2):
        DOWNLOAD_PATH = folder

    return OnOurWeights(["CPUExecutionProvider"])


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
