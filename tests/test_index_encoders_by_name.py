"""The encoder that a keeper names, by option, environment or file: what it builds, answers and says."""

import json

import pytest

from index.encoder import name_to_give, named_encoder
from ui.statuses import ANSWERED, FAILED

pytest.importorskip("wordllama", reason="the static encoder is an extra, see README.md")

pytestmark = pytest.mark.slow  # the real static encoder


@pytest.fixture
def run(run, elsewhere):
    (elsewhere / "articles").mkdir()
    (elsewhere / "articles" / "bridge.md").write_text(
        "Harbour bridge opens\n\nThe harbour bridge opened on 3 May 2024."
    )
    return run


def test_an_answer_comes_from_an_index_of_the_encoder_that_is_named(run):
    status, out, _ = run("ask", "When did the harbour bridge open?", "--json", "--encoder", "static")
    assert status == ANSWERED
    assert "3 May 2024" in json.loads(out)["text"]
    status, _, err = run("search", "bridge")
    assert status == FAILED
    assert "made by wordllama" in err
    assert "Name that one with --encoder static, or" in err


@pytest.mark.parametrize("name", ["minilm", "static", "openai:m@http://127.0.0.1:9/v1"])
def test_an_index_tells_by_which_name_to_ask_for_the_encoder_that_made_it(name):
    assert name_to_give(named_encoder(name).name) == name


def test_an_encoder_of_ones_own_is_told_by_its_own_name_alone():
    assert not name_to_give("trigrams@1")


def test_environment_and_file_name_it_too(run, elsewhere, monkeypatch):
    monkeypatch.setenv("FOOTNOTE_ENCODER", "static")
    assert run("index")[0] == ANSWERED
    monkeypatch.delenv("FOOTNOTE_ENCODER")
    (elsewhere / "footnote.toml").write_text('encoder = "static"')
    assert json.loads(run("index", "--json")[1])["unchanged"] == 1
    assert json.loads(run("search", "bridge", "--json")[1])["hits"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("openai:text-embedding-3-small", "OPENAI_API_KEY"),
        ("openai:m@http://127.0.0.1:9/v1", "No embeddings server answers at http://127.0.0.1:9/v1"),
    ],
)
def test_an_encoder_that_cannot_be_had_is_one_line(run, monkeypatch, name, says):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    status, out, err = run("index", "--encoder", name)
    assert (status, out) == (FAILED, "")
    assert says in err
    assert "Traceback" not in err
