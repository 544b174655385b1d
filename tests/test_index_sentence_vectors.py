"""Vectors of sentences come with those of their passages, are found by place, and can be lost without harm."""

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import NewsIndex
from index.database import SCHEMA_VERSION
from index.sentence_vectors import SENTENCES, SentenceVectors
from index.splitting import sentences
from tests.fakes import PartCountingEncoder

pytestmark = pytest.mark.slow  # real indexes

KEYS = [f"{number:032x}" for number in range(1, 6)]


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    for number in range(12):
        text = (
            f"---\ntitle: Ship {number}\n---\nShip number {number} sailed. It met ship {number + 40}. Nobody saw it.\n"
        )
        (tmp_path / "articles" / f"{number}.md").write_text(text)
    news_index = NewsIndex.open(tmp_path / "index", encoder=PartCountingEncoder())
    news_index.build(tmp_path / "articles")
    yield news_index
    news_index.close()


def all_passages(news):
    with news.pinned() as view:
        return [passage for article in view.articles() for passage in view.passages(article.id)]


def vectors_of(news, passages):
    with news.pinned() as view:
        return view.sentence_vectors(passages)


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), max_size=4))
def test_what_is_put_comes_back_to_a_hundredth(tmp_path_factory, numbers):
    vectors = np.array(numbers, np.float32).reshape(-1, 3)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.where(lengths > 1e-3, vectors / np.maximum(lengths, 1e-3), 0).astype(np.float32)
    store = SentenceVectors(tmp_path_factory.mktemp("s") / SENTENCES, writable=True)
    store.put(KEYS[:1], [range(0, 7 * len(vectors), 7)], [vectors])
    found = store.take(KEYS)
    store.close()
    read = [row for row, vector in enumerate(vectors) if vector.any()]
    assert [start for start, _ in found[KEYS[0]]] == [7 * row for row in read]
    for row, (_, vector) in zip(read, found[KEYS[0]], strict=True):
        assert vector @ vectors[row] == pytest.approx(1, abs=0.01)


def test_every_sentence_of_every_passage_has_a_vector_at_its_place(news):
    passages = all_passages(news)
    wanted = {(one.article.id, one.start + start) for one in passages for start, _ in sentences(one.text)}
    assert set(vectors_of(news, passages)) == wanted
    assert len(wanted) == 36


def test_a_passage_and_its_sentences_are_encoded_in_one_go(news, tmp_path):
    assert len(news.encoder.encoded) == 12
    (tmp_path / "articles" / "new.md").write_text("A thirteenth ship. It sank.")
    report = news.build(tmp_path / "articles")
    assert report.embedded == 1
    assert len(news.encoder.encoded) == 13


def test_without_the_file_nothing_is_at_hand_and_repair_brings_it_back(news, tmp_path, caplog):
    (news.path / SENTENCES).unlink()
    news.close()
    assert vectors_of(news, all_passages(news)) == {}
    assert news.check().problems == ("12 passages lack the vectors of their sentences",)
    assert news.repair(tmp_path / "articles").ok
    assert len(vectors_of(news, all_passages(news))) == 36


def test_a_damaged_file_is_reported_and_begun_anew_by_the_next_writer(news, tmp_path, caplog):
    news.close()
    (news.path / SENTENCES).write_bytes(b"not a database" * 500)
    assert vectors_of(news, all_passages(news)) == {}
    assert "cannot be read" in caplog.text
    (tmp_path / "articles" / "new.md").write_text("A thirteenth ship. It sank.")
    news.build(tmp_path / "articles")
    assert len(vectors_of(news, all_passages(news))) == 2


def test_a_file_damaged_inside_keeps_no_writer_from_its_work(news, tmp_path):
    news.close()
    damaged = bytearray((news.path / SENTENCES).read_bytes())
    damaged[4096:] = b"\xa5" * (len(damaged) - 4096)
    (news.path / SENTENCES).write_bytes(damaged)
    (tmp_path / "articles" / "new.md").write_text("A thirteenth ship. It sank.")
    assert news.build(tmp_path / "articles").added == 1
    assert news.repair(tmp_path / "articles").ok
    assert len(vectors_of(news, all_passages(news))) == 38


def test_a_record_of_no_whole_vectors_is_passed_over(tmp_path):
    store = SentenceVectors(tmp_path / SENTENCES, writable=True)
    store.put(KEYS[:2], [[0], [0]], [np.eye(1, 3, dtype=np.float32)] * 2)
    store.close()
    with closing(sqlite3.connect(tmp_path / SENTENCES)) as db, db:
        db.execute(
            "UPDATE sentences SET vectors = CAST(x'0900' || substr(vectors, 3) AS BLOB) WHERE key = ?",
            (bytes.fromhex(KEYS[0]),),
        )
    assert list(store.take(KEYS[:2])) == KEYS[:2]
    assert [len(found) for found in store.take(KEYS[:2]).values()] == [0, 1]
    store.close()


def test_sentences_of_dropped_articles_are_forgotten_when_all_is_written_afresh(news, tmp_path):
    for number in range(6):
        (tmp_path / "articles" / f"{number}.md").unlink()
    dropped = [one for one in all_passages(news) if int(one.article.title.split()[1]) < 6]
    news.build(tmp_path / "articles", compact=True)
    assert vectors_of(news, dropped) == {}
    assert len(vectors_of(news, all_passages(news))) == 18


def test_of_an_older_format_only_a_passage_that_was_split_otherwise_is_encoded_anew(news, tmp_path):
    index = tmp_path / "index"
    with closing(sqlite3.connect(index / SENTENCES)) as db:
        (key,) = db.execute("SELECT key FROM sentences ORDER BY key").fetchone()
    store = SentenceVectors(index / SENTENCES, writable=True)
    store.put([key.hex()], [[0, 3]], [np.eye(2, news.encoder.dimension, dtype=np.float32)])
    store.close()
    with closing(sqlite3.connect(index / "generations" / "1" / "manifest.db")) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION - 1),))
    report = news.build(tmp_path / "articles")
    assert report.embedded == 1
    places = {(one.article.id, one.start + start) for one in all_passages(news) for start, _ in sentences(one.text)}
    assert vectors_of(news, all_passages(news)).keys() == places


@pytest.mark.slow
def test_a_part_is_the_mean_of_its_tokens_as_they_stand_in_the_whole(minilm):
    text = "The embassy opens on Wednesday. It stands in Tel Aviv."
    vectors, (parts, none) = minilm.encode_parts([text, "Oil."], [[(0, 31), (32, len(text))], []])
    np.testing.assert_allclose(vectors, minilm.encode([text, "Oil."]), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(parts, axis=1), 1, atol=1e-5)
    assert none.shape == (0, minilm.dimension)
    alone = minilm.encode(["It stands in Tel Aviv."])[0]
    embassy = minilm.encode(["Where does the embassy stand?"])[0]
    assert parts[1] @ embassy > alone @ embassy  # it knows what "it" is


@pytest.mark.slow
def test_a_part_past_what_is_read_has_no_vector(minilm):
    text = "Oil and gas. " * 150
    _, (parts,) = minilm.encode_parts([text], [[(0, 12), (len(text) - 13, len(text))]])
    assert parts[0].any()
    assert not parts[1].any()
