"""Servers that refuse, limit, break off or say nothing, on a real socket: one line for the reader, and an answer."""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from assistant import Assistant, Turn
from assistant.errors import ModelUnavailable
from assistant.model import Message, named_model
from tests.fakes import news_of

pytestmark = pytest.mark.slow  # servers that fail, slowly

HARBOUR = "Vell handles 40% of the country's timber exports, according to the ministry of trade."
QUESTION = "What share of the country's timber exports does Vell handle?"


class Failing(BaseHTTPRequestHandler):
    """Fails in the way that its address names; `asked` counts how often each was."""

    asked: ClassVar[Counter[str]] = Counter()

    def do_POST(self) -> None:
        self.asked[self.path.split("/")[1]] += 1
        how = self.path.split("/")[1]
        self.rfile.read(int(self.headers["content-length"]))
        if how == "slow":
            time.sleep(2)
        if how.isdigit():
            body = json.dumps({"error": {"message": "no", "type": "error"}}).encode()
            self.send_response(int(how))
            self.send_header("content-type", "application/json")
            self.send_header("retry-after", "7" if how == "429" else "0.01")
        else:
            chunk = json.dumps(
                {
                    "id": "1",
                    "object": "chat.completion.chunk",
                    "created": 1,
                    "model": "m",
                    "choices": [
                        {"index": 0, "delta": {"role": "assistant", "content": "Vell handles "}, "finish_reason": None}
                    ],
                }
            )
            ends = {
                "error": 'data: {"error": {"message": "gone", "code": 500}}\n\n',
                "half": 'data: {"id": "1", "choi\n\n',
            }
            body = (f"data: {chunk}\n\n" + ends.get(how, "")).encode()
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body) + (50 if how == "cut" else 0)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Failing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("401", "refused the key"),
        ("403", "refused the key"),
        ("404", "has no model 'm'"),
        ("429", "Try again in 7 s"),
        ("500", "failed with status 500"),
        ("error", "Try again"),
        ("half", "broke off"),
        ("cut", "Try again|Start it"),
        ("slow", "did not answer in time"),
    ],
)
def test_a_failure_is_one_line_and_the_articles_answer(address: str, how: str, says: str) -> None:
    model = named_model(f"openai:m@{address}/{how}", key="secret-key", retries=0, timeout_s=0.5)
    with pytest.raises(ModelUnavailable, match=says) as caught:
        list(model.stream([Message("user", "What is a harbour?")]))
    news = news_of(("Timber by sea", HARBOUR, "Coast Post", date(2024, 3, 5)))
    assistant = Assistant(news, model=model)
    answer = assistant.ask(QUESTION)

    assert "\n" not in str(caught.value)
    assert "secret-key" not in str(caught.value)
    assert answer.writer == "extractive"
    assert answer.sentences[0].text.startswith("Vell handles 40%")
    assert str(caught.value) in answer.notice
    assert "articles' own words" in answer.notice
    assert assistant.ask(QUESTION).answered


def test_a_server_that_is_not_there_is_one_line_and_the_articles_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assistant = Assistant(
        news_of(("Timber by sea", HARBOUR, "Coast Post", date(2024, 3, 5))),
        model=named_model(f"openai:m@http://127.0.0.1:{port}/v1", retries=0),
    )
    for _ in range(2):
        answer = assistant.ask(QUESTION)
        assert answer.writer == "extractive"
        assert answer.sentences[0].text.startswith("Vell handles 40%")
        assert f"No model server answers at http://127.0.0.1:{port}/v1. Start it" in answer.notice


@pytest.mark.parametrize(("how", "times"), [("429", 1), ("503", 2)])
def test_a_server_that_limits_is_not_asked_again_and_one_that_stumbles_once(address: str, how: str, times: int) -> None:
    Failing.asked.clear()
    model = named_model(f"openai:m@{address}/{how}", key="secret-key")
    with pytest.raises(ModelUnavailable):
        list(model.stream([Message("user", "What is a harbour?")]))

    assert Failing.asked[how] == times


def test_a_server_that_hangs_is_waited_for_once_also_where_a_follow_up_is_asked(address: str) -> None:
    news = news_of(("Timber by sea", HARBOUR, "Coast Post", date(2024, 3, 5)))
    assistant = Assistant(news, model=named_model(f"openai:m@{address}/slow", key="secret-key", timeout_s=0.5))
    for turns in ((), (Turn("What is Vell?", "A harbour. [1]"),)):
        Failing.asked.clear()
        answer = assistant.ask(QUESTION, turns)

        assert Failing.asked["slow"] == 1
        assert answer.sentences[0].text.startswith("Vell handles 40%")
        assert "did not answer in time" in answer.notice
