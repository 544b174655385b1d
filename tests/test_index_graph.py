"""Chroma's graph as it lies on disk: all of it, and no way to a vector that is lost without being noticed.

A graph in which a vector has become unreachable comes of churn, once in some hundred updates; here the ways to one
are cut in Chroma's own file.
"""

import hashlib
import json
import pickle
import sqlite3
import struct
from contextlib import closing

import numpy as np
import pytest

from index import NewsIndex
from index.graph import hardly_led_to
from index.vectors import Vectors
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # real indexes, damaged one by one

SHIPS = 450
"""More than are asked for after an update: of these, every second one."""


class SpreadEncoder(CountingEncoder):
    """Vectors that have nothing to do with each other."""

    name = "spread-1"
    dimension = 16

    def encode(self, texts):
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        vectors = np.array([np.random.default_rng(seed).normal(size=self.dimension) for seed in seeds], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def write(folder, numbers):
    lines = [json.dumps({"guid": str(at), "title": f"T{at}", "text": f"Ship {at} sailed."}) for at in numbers]
    (folder / "all.jsonl").write_text("\n".join(lines))


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    write(tmp_path / "articles", range(SHIPS))
    news_index = NewsIndex.open(tmp_path / "index", encoder=SpreadEncoder())
    news_index.build(tmp_path / "articles")
    assert news_index.check().ok
    news_index.close()
    yield news_index
    news_index.close()


def vectors_of(news):
    return news.path / "generations" / (news.path / "CURRENT").read_text().strip() / "vectors"


def graph_of(news):
    (folder,) = [entry for entry in vectors_of(news).iterdir() if entry.is_dir()]
    return folder


def not_yet_in_the_graph(vectors):
    with closing(sqlite3.connect(vectors / "chroma.sqlite3")) as db:
        (came,) = db.execute("SELECT max(seq_id) FROM embeddings_queue").fetchone()
        (written,) = db.execute(
            "SELECT seq_id FROM max_seq_id JOIN segments ON id = segment_id WHERE scope = 'VECTOR'"
        ).fetchone()
    return came - written


def cut_the_ways_to_one(graph):
    """Take a vector out of all lists of the lowest level, the only one that knows it; return its id.

    One in an even row, which the second generation does not ask for in its turn.
    """
    with closing(sqlite3.connect(graph.parent.parent / "manifest.db")) as db:
        rows = {key.hex(): row for row, key in db.execute("SELECT row, key FROM vectors")}
    names = pickle.loads((graph / "index_metadata.pickle").read_bytes())["label_to_id"]
    first, _, count, size, label, _ = struct.unpack_from("<6Q", (graph / "header.bin").read_bytes(), 4)
    vectors = np.fromfile(graph / "data_level0.bin", np.uint8).reshape(count, size)
    above, upper = (graph / "link_lists.bin").read_bytes(), []
    while above:
        upper.append(above[:4] != bytes(4))
        above = above[4 + struct.unpack_from("<I", above)[0] :]
    ids = [names[int(one[label : label + 8].view("<u8")[0])] for one in vectors]
    chosen = next(at for at in range(count) if not upper[at] and rows[ids[at]] % 2 == 0)
    for one in vectors:
        (there,) = struct.unpack_from("<H", one, first)
        links = one[first + 4 : first + 4 + 4 * there].view("<u4")
        links[links == chosen] = links[links != chosen][0]
    vectors.tofile(graph / "data_level0.bin")
    return ids[chosen]


def add_one(news, folder):
    write(folder, range(SHIPS + 1))
    report = news.build(folder)
    news.close()
    assert report.added == 1


def test_an_update_leaves_nothing_for_readers_to_put_into_the_graph(news, tmp_path):
    assert not_yet_in_the_graph(vectors_of(news)) == 0
    add_one(news, tmp_path / "articles")
    assert not_yet_in_the_graph(vectors_of(news)) == 0
    write(tmp_path / "articles", range(SHIPS))
    news.build(tmp_path / "articles")
    assert not_yet_in_the_graph(vectors_of(news)) == 0


@pytest.mark.parametrize("known", [True, False], ids=["ways counted", "of a version not known"])
def test_an_update_notices_what_the_graph_leads_to_no_more(news, tmp_path, monkeypatch, known):
    cut_the_ways_to_one(graph_of(news))
    assert "1 of 450 vectors are not found by themselves" in news.check().problems[0]
    news.close()
    if not known:
        monkeypatch.setattr("index.graph._VERSION", 99)
    add_one(news, tmp_path / "articles")
    report = news.check()
    assert report.ok
    assert report.looked_at == SHIPS + 1


def test_only_that_vector_is_named_to_which_nothing_leads(news):
    graph = graph_of(news)
    assert hardly_led_to(graph) == []
    cut = cut_the_ways_to_one(graph)
    assert hardly_led_to(graph) == [cut]
    vectors = Vectors(vectors_of(news))
    vectors.drop([cut])
    vectors.close()
    assert hardly_led_to(graph) == []


@pytest.mark.parametrize("name", ["header.bin", "data_level0.bin", "index_metadata.pickle"])
def test_files_that_are_cut_off_or_missing_tell_nothing(news, name):
    graph = graph_of(news)
    cut_the_ways_to_one(graph)
    whole = (graph / name).read_bytes()
    (graph / name).write_bytes(whole[:-10])
    assert hardly_led_to(graph) is None
    (graph / name).unlink()
    assert hardly_led_to(graph) is None


def test_a_graph_that_leads_to_what_is_not_there_tells_nothing(news):
    graph = graph_of(news)
    first, _, count, size, _, _ = struct.unpack_from("<6Q", (graph / "header.bin").read_bytes(), 4)
    vectors = np.fromfile(graph / "data_level0.bin", np.uint8).reshape(count, size)
    vectors[0, first + 4 : first + 8] = 255
    vectors.tofile(graph / "data_level0.bin")
    assert hardly_led_to(graph) is None


def test_a_table_of_names_that_would_run_code_is_not_read(news):
    graph = graph_of(news)
    cut_the_ways_to_one(graph)
    (graph / "index_metadata.pickle").write_bytes(b"cos\nsystem\n(S'touch pwned'\ntR.")
    assert hardly_led_to(graph) is None
