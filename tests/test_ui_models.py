"""`footnote models`, `--model` and `--window` as a person types them, against a server on a real socket."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.budget import tokens
from ui.statuses import ANSWERED, FAILED, NOT_HELD, WRONG_USE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("loaded_once")]  # the real encoder

KEY = "sk-a-secret-that-nobody-may-read"
HARBOUR = (
    "Vell handles 40% of the country's timber exports, according to the ministry of trade. A crane fell into the "
    "harbour of Vell on Monday, and nobody was hurt, said harbour master Edda Lund."
)
QUESTION = "What share of the country's timber exports does Vell handle?"
TRUE = "According to the ministry of trade, Vell handles 40 percent of the country's timber exports [1]."


class Compatible(BaseHTTPRequestHandler):
    """Speaks OpenAI's protocol: offers two models, wants a key, writes what `says` holds; notes what it was sent."""

    says = TRUE
    heard: list[tuple[str, str]] = []  # noqa: RUF012 - emptied by the fixture

    def do_GET(self) -> None:
        self._answer(
            {"object": "list", "data": [{"id": one, "object": "model"} for one in ("writer", "other")]}, "json"
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.heard.append((self.headers["authorization"], body))
        piece = {"index": 0, "delta": {"role": "assistant", "content": self.says}, "finish_reason": None}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "writer", "choices": [piece]}
        self._answer(f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n", "event-stream")

    def _answer(self, what: object, kind: str) -> None:
        refused = self.headers["authorization"] != f"Bearer {KEY}"
        if refused:
            what = {"error": {"message": f"Incorrect key: {self.headers['authorization']}", "code": 401}}
        body = (what if isinstance(what, str) else json.dumps(what)).encode()
        self.send_response(401 if refused else 200)
        self.send_header("content-type", f"{'text' if kind == 'event-stream' else 'application'}/{kind}")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def served() -> Iterator[str]:
    Compatible.says, Compatible.heard = TRUE, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Compatible)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(run, elsewhere, caplog, monkeypatch):
    """Run a command beside an article, with the key in the environment; no stream and no log may hold the key."""
    (elsewhere / "articles").mkdir()
    (elsewhere / "articles" / "timber.txt").write_text(f"Timber by sea\n\n{HARBOUR}\n")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def keyless(*arguments):
        status, out, err = run(*arguments)
        assert KEY not in out + err + caplog.text
        return status, out, err

    return keyless


def test_models_says_what_the_server_offers(run, served) -> None:
    status, out, err = run("models", "--model", f"openai:writer@{served}")

    assert (status, err) == (ANSWERED, "")
    assert out == f"writer can be asked at {served}.\n  other\n  writer\n"
    assert "missing is not among" in run("models", "--model", f"openai:missing@{served}")[1]


def test_models_gives_the_same_as_data(run, served) -> None:
    _, out, _ = run("models", "--json", "--model", f"openai:writer@{served}")

    assert json.loads(out) == {"model": "writer", "where": served, "offers": ["other", "writer"]}
    assert json.loads(run("models", "--json")[1]) == {"model": None, "where": None, "offers": []}


def test_models_takes_the_model_of_the_settings(run, served, monkeypatch) -> None:
    assert "No model is set" in run("models")[1]
    monkeypatch.setenv("FOOTNOTE_MODEL", f"openai:other@{served}")

    assert "other can be asked" in run("models")[1]


@pytest.mark.parametrize(
    ("model", "status", "says"),
    [
        ("openai:m@http://127.0.0.1:9/v1", FAILED, "No model server answers at http://127.0.0.1:9/v1"),
        ("gguf:/nowhere/model.gguf", WRONG_USE, "There is no file '/nowhere/model.gguf'"),
        ("llama", WRONG_USE, "There is no model 'llama'"),
        (f"openai:@http://reader:{KEY}@host/v1", WRONG_USE, "names no model"),
    ],
)
def test_a_model_that_cannot_be_asked_is_one_line(run, model, status, says) -> None:
    found, out, err = run("models", "--model", model)

    assert (found, out) == (status, "")
    assert says in err
    assert err.count("\n") == 1


def test_a_refused_key_is_said_and_not_shown(run, served, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}-wrong")
    status, _, err = run("models", "--model", f"openai:writer@{served}")
    asked, out, _ = run("ask", QUESTION, "--model", f"openai:writer@{served}")

    assert status == FAILED
    assert "refused the key. Put the right OPENAI_API_KEY" in err
    assert asked == ANSWERED
    assert "refused the key" in out
    assert "“Vell handles 40% of" in out


def test_the_key_may_stand_in_an_env_file(run, served, elsewhere, monkeypatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    (elsewhere / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")

    assert run("models", "--model", f"openai:writer@{served}")[0] == ANSWERED
    assert KEY not in run("ask", QUESTION, "--json", "--model", f"openai:writer@{served}")[1]
    assert Compatible.heard[0][0] == f"Bearer {KEY}"


def test_a_model_writes_the_answer_and_what_it_made_up_is_counted(run, served) -> None:
    Compatible.says = f"{TRUE} Vell was sold to Orania in 2021 [1]."
    status, out, _ = run("ask", QUESTION, "--model", f"openai:writer@{served}")
    answer = json.loads(run("ask", QUESTION, "--json", "--model", f"openai:writer@{served}")[1])

    assert status == ANSWERED
    assert TRUE.replace(" [1].", ". [1]") in out
    assert "1 unsupported sentence was left out." in out
    assert answer["writer"] == "writer"
    assert answer["left_out"] == 1
    assert answer["left_out_sentences"] == [
        {"text": "Vell was sold to Orania in 2021.", "reason": "“2021” is not in the passages"}
    ]


def test_a_model_that_makes_everything_up_gives_the_articles_words_and_the_reason(run, served) -> None:
    Compatible.says = "The capital of France is Paris [1]. Vell is lovely in the spring."
    _, out, _ = run("ask", QUESTION, "--model", f"openai:writer@{served}")

    assert "No sentence of the model is supported by the passages" in out
    assert "“Vell handles 40% of" in out
    assert "Paris" not in out


def test_what_the_articles_do_not_hold_is_refused_without_asking_the_model(run, served) -> None:
    status, _, _ = run("ask", "Who won the 1998 chess olympiad in Elista?", "--model", f"openai:writer@{served}")

    assert status == NOT_HELD
    assert not Compatible.heard


def test_a_window_is_kept_to_and_may_be_set(run, served, elsewhere) -> None:
    for number in range(30):
        (elsewhere / "articles" / f"{number}.txt").write_text(
            f"Timber {number}\n\nThe country's timber exports from Vell rose by {number + 2}% in a year. "
            + f"Ships of line {number} carried timber to the north, and the share of Vell in exports is large. " * 9
        )
    small, usual = (
        run("ask", QUESTION, "--model", f"openai:writer@{served}", *options) for options in (("--window", "900"), ())
    )
    first, second = (json.loads(body)["messages"] for _, body in Compatible.heard)

    assert small[0] == usual[0] == ANSWERED
    assert sum(tokens(message["content"]) for message in first) < 900
    assert sum(len(message["content"]) for message in first) < sum(len(message["content"]) for message in second)


@pytest.mark.parametrize("window", ["100", "-1", "0"])
def test_a_window_too_small_for_any_answer_is_wrong_use(run, served, window) -> None:
    status, _, err = run("ask", QUESTION, "--model", f"openai:writer@{served}", "--window", window)

    assert status == WRONG_USE
    assert "at least 512 tokens" in err
