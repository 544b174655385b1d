"""The static encoder: its geometry, a whole index made with it, and what it says where it is not installed."""

import importlib.metadata
import logging
from pathlib import Path

import numpy as np
import pytest

import index.static as static
from assistant.updating import PATIENCE_S
from index import NewsIndex
from index.encoder import named_encoder
from index.errors import EncoderUnavailable, IndexMismatch
from index.minilm import MiniLM
from index.static import Static
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # the real static encoder

try:
    importlib.metadata.distribution(static.PACKAGE)
except importlib.metadata.PackageNotFoundError:
    pytest.skip("the static encoder is an extra, see README.md", allow_module_level=True)

MIXED = [
    "Oil.",
    "The embassy opens on Wednesday in Tel Aviv. " * 3,
    "x",
    "Gas prices rose by 3.5 percent. " * 40,
    "",
    "\n",
    "🙂 " * 300,
]
SHIPS = {
    "harbour.md": "The harbour of Vell was closed on Monday. A storm had sunk two ferries.",
    "bread.md": "Bread prices rose by a third. Bakers blame the price of wheat.",
    "election.md": "The mayor lost the election. Her rival promised lower taxes.",
}


@pytest.fixture(scope="module")
def encoder() -> Static:
    return Static()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in SHIPS.items():
        (articles / name).write_text(text)
    return articles


def test_vectors_are_those_of_the_package_itself(encoder):
    logged = logging.root.handlers[:], logging.root.level
    from wordllama import WordLlama

    logging.root.handlers[:], logging.root.level = logged  # importing it configures the process's logging
    theirs = WordLlama.load(cache_dir=Path(str(importlib.metadata.distribution("wordllama").locate_file("wordllama"))))
    texts = [text for text in MIXED if text]
    np.testing.assert_allclose(encoder.encode(texts), theirs.embed(texts, norm=True), atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_any_batch(encoder):
    together = encoder.encode(MIXED)
    np.testing.assert_array_equal(together, np.stack([encoder.encode([text])[0] for text in MIXED]))
    np.testing.assert_array_equal(together, encoder.encode(MIXED[::-1])[::-1])


def test_vectors_are_unit_length_and_the_nearest_is_about_the_same(encoder):
    vectors = encoder.encode(MIXED)
    assert vectors.shape == (len(MIXED), encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert int(np.argmax(vectors @ encoder.encode(["When does the embassy open?"])[0])) == 1
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_half_a_character_does_not_stop_the_encoder(encoder):
    np.testing.assert_array_equal(encoder.encode(["bridge \ud800"]), encoder.encode(["bridge ?"]))


def test_a_part_has_the_vector_of_its_own_tokens(encoder):
    text = "The embassy opens on Wednesday. It stands in Tel Aviv."
    vectors, (parts, none, blank) = encoder.encode_parts([text, "Oil.", ""], [[(0, 31), (31, len(text))], [], [(0, 0)]])
    np.testing.assert_array_equal(vectors, encoder.encode([text, "Oil.", ""]))
    np.testing.assert_allclose(parts[0], encoder.encode(["The embassy opens on Wednesday."])[0], atol=1e-5)
    np.testing.assert_allclose(parts[1], encoder.encode(["It stands in Tel Aviv."])[0], atol=1e-5)
    assert none.shape == (0, encoder.dimension)
    assert not blank.any()


def test_a_part_past_what_is_read_has_no_vector(encoder):
    text = "Oil and gas. " * static.MAX_TOKENS
    _, (parts,) = encoder.encode_parts([text], [[(0, 12), (len(text) - 13, len(text))]])
    assert parts[0].any()
    assert not parts[1].any()


def test_an_index_is_built_and_asked_with_it(folder, tmp_path):
    news_index = NewsIndex.open(tmp_path / "index", encoder=named_encoder("static"))
    assert news_index.build(folder).embedded == 3
    assert news_index.search("Why was the port shut on Monday?")[0].passage.article.path == "harbour.md"
    assert news_index.check(folder).ok
    assert news_index.build(folder).embedded == 0
    news_index.close()


def test_sentences_have_vectors_with_their_passages(folder, tmp_path):
    news_index = NewsIndex.open(tmp_path / "index", encoder=Static())
    news_index.build(folder)
    (bread,) = [one for one in news_index.articles() if one.path == "bread.md"]
    with news_index.pinned() as view:
        found = view.sentence_vectors(view.passages(bread.id))
    wanted = Static().encode(["Bread prices rose by a third.", "Bakers blame the price of wheat."])
    in_order = np.stack([vector for _, vector in sorted(found.items(), key=lambda one: one[0][1])])
    alone = in_order @ wanted.T  # not quite 1: after a line break a word is another token than after nothing
    assert (alone.diagonal() > 0.9).all()
    assert (alone.argmax(axis=1) == [0, 1]).all()
    assert len(found) == 2
    news_index.close()


def test_changing_the_encoder_builds_beside_and_switches(folder, tmp_path):
    first = NewsIndex.open(tmp_path / "index", encoder=MiniLM())
    first.build(folder)
    second = NewsIndex.open(tmp_path / "index", encoder=Static())
    with pytest.raises(IndexMismatch, match=r"not by wordllama.*--encoder minilm, or build the new index beside"):
        second.search("ferries")

    def served_meanwhile(_progress):
        assert first.search("ferries")[0].passage.article.path == "harbour.md"

    second.build(folder, served_meanwhile)
    assert second.search("ferries")[0].passage.article.path == "harbour.md"
    assert not second.check(folder).problems
    with pytest.raises(IndexMismatch):
        first.search("ferries")
    assert first.build(folder).embedded == 0  # its vectors still lay in the generation before
    assert not first.check(folder).problems
    first.close()
    second.close()


def test_the_time_that_an_update_would_take_is_told_by_the_speed_of_the_encoder(folder, tmp_path):
    slow = NewsIndex.open(tmp_path / "slow", encoder=CountingEncoder())  # says nothing of its speed
    fast = NewsIndex.open(tmp_path / "fast", encoder=Static())
    for one in (slow, fast):
        one.build(folder)
    (folder / "long.txt").write_text("The ship sailed. " * 36_000)
    assert slow.waiting(folder).seconds > PATIENCE_S > 2 * fast.waiting(folder).seconds > 0
    slow.close()
    fast.close()


def test_the_command_that_brings_it_is_named_where_it_is_absent(monkeypatch, folder, tmp_path):
    def absent(name: str) -> importlib.metadata.Distribution:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", absent)
    with pytest.raises(EncoderUnavailable, match=r"pip install --editable '\.\[static\]'"):
        NewsIndex.open(tmp_path / "index", encoder=named_encoder("static")).build(folder)
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setattr(static, "WEIGHTS", (static.WEIGHTS[0], "0" * 64))
    with pytest.raises(EncoderUnavailable, match="not the one this version knows"):
        Static().encode(["x"])
