"""Embeddings servers that limit, stumble, lie or are gone, on a real socket: one line for the keeper, a whole index."""

import json
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from index import NewsIndex
from index.encoder import named_encoder
from index.encoding import STAGED_BATCH
from index.errors import EncoderUnavailable, IndexMismatch
from index.openai_protocol import OPENAI
from index.remote_encoder import BATCH_TEXTS, RemoteEncoder
from index.staging import Staging
from tests.fakes import CountingEncoder

pytestmark = pytest.mark.slow  # a server of embeddings


class Embeddings(ThreadingHTTPServer):
    """Hashes words to vectors as the fake encoder does, three times too long and in reverse order.

    failing: what to do with the next requests instead, first come first; `asked` holds the texts of each request,
    `keys` what it was authorised with. most: texts a request; longest: characters a text.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.failing: list[str] = []
        self.asked: list[list[str]] = []
        self.keys: set[str] = set()
        self.most = self.longest = 10**9
        self.width = CountingEncoder.dimension

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Asked(BaseHTTPRequestHandler):
    server: Embeddings

    def do_POST(self) -> None:
        texts = json.loads(self.rfile.read(int(self.headers["content-length"])))["input"]
        self.server.asked.append(texts)
        self.server.keys.add(self.headers["authorization"])
        how = self.server.failing.pop(0) if self.server.failing else ""
        if len(texts) > self.server.most:
            self.say(422, {"error": {"message": f"batch size {len(texts)} > maximum allowed batch size"}})
        elif max(map(len, texts)) > self.server.longest:
            self.say(500, {"error": {"message": "input is too large to process"}})
        elif how.isdigit():
            self.say(int(how), {"error": {"message": "no\nroom", "type": "error"}})
        elif how == "silence":
            time.sleep(1.5)
        elif how == "page":
            self.say(200, "<html>Welcome</html>", kind="text/html")
        else:
            vectors = 3 * CountingEncoder().encode(texts)[:, : self.server.width]
            if how == "nothing":
                vectors[:] = 0
            data = [{"index": at, "embedding": vector.tolist()} for at, vector in enumerate(vectors)][::-1]
            if how == "narrow":
                data[0]["embedding"] = data[0]["embedding"][:5]
            found = {"object": "list", "data": data[1:] if how == "fewer" else data, "model": "m"}
            self.say(200, found, cut=how == "half")

    def say(self, status: int, content: object, *, kind: str = "application/json", cut: bool = False) -> None:
        body = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        if status == 429:
            self.send_header("retry-after", "0.01")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[Embeddings]:
    server = Embeddings()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)


def encoder_at(server: Embeddings, **options) -> RemoteEncoder:
    return RemoteEncoder(f"openai:m@{server.url}", key=lambda: "secret-key", **options)


TEXTS = [f"Ship {number} sailed." for number in range(2 * BATCH_TEXTS + 5)]


def test_many_texts_are_sent_in_batches_and_come_back_in_order_and_unit_length(server):
    encoder = encoder_at(server)
    np.testing.assert_allclose(encoder.encode(TEXTS), CountingEncoder().encode(TEXTS), atol=1e-5)
    assert [len(texts) for texts in server.asked] == [BATCH_TEXTS, BATCH_TEXTS, 5]
    assert encoder.dimension == 64
    assert len(server.asked) == 3
    assert encoder.encode([]).shape == (0, 64)
    assert server.keys == {"Bearer secret-key"}


def test_the_dimension_is_asked_for_once(server):
    encoder = encoder_at(server)
    assert (encoder.dimension, encoder.dimension, len(server.asked)) == (64, 64, 1)


def test_a_server_that_takes_few_texts_is_given_few(server):
    server.most = 9
    np.testing.assert_allclose(encoder_at(server).encode(TEXTS), CountingEncoder().encode(TEXTS), atol=1e-5)


def test_a_server_that_takes_one_text_and_limits_is_waited_for_while_building(server):
    server.most = 1
    server.failing = ["", "429", "429"]
    assert encoder_at(server).encode(TEXTS[:2]).shape == (2, 64)


def test_a_text_that_is_too_long_is_cut_and_its_neighbours_are_not(server):
    server.longest = 500
    texts = ["A ship.", "oil " * 400, "A boat."]
    vectors = encoder_at(server).encode(texts)
    np.testing.assert_allclose(vectors, CountingEncoder().encode(["A ship.", "oil " * 100, "A boat."]), atol=1e-5)
    assert len(server.asked) < 8  # too long is not asked again with the same words


def test_blank_texts_and_half_characters_are_encoded_like_any(server):
    vectors = encoder_at(server).encode(["", "\n", "bridge \ud800"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert server.asked == [["-", "-", "bridge ?"]]


@pytest.mark.parametrize("how", ["429", "500", "503", "half"])
def test_a_server_that_stumbles_is_asked_again(server, how):
    server.failing = [how] * 3
    assert encoder_at(server).encode(TEXTS[:2]).shape == (2, 64)
    assert len(server.asked) == 4


def test_a_question_does_not_wait_for_a_server_that_limits(server):
    server.failing = ["429"]
    with pytest.raises(EncoderUnavailable, match="takes no more texts for now"):
        encoder_at(server).encode(["Which ship?"])
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("401", "refused the key"),
        ("403", "refused the key"),
        ("404", "no embeddings of a model 'm'"),
        ("400", r"failed with status 400 \(no room\)"),
        ("429", "takes no more texts for now"),
        ("500", r"failed with status 500 \(no room\)"),
        ("half", "No embeddings server answers|broke off"),
        ("silence", "did not answer in time"),
        ("page", "something else than vectors"),
        ("fewer", r"something else than vectors \(1 vectors for 2 texts\)"),
        ("narrow", "something else than vectors"),
        ("nothing", r"something else than vectors \(vectors that are none\)"),
    ],
)
def test_a_failure_is_one_line_without_the_key(server, how, says):
    server.failing = [how] * 20
    with pytest.raises(EncoderUnavailable, match=says) as caught:
        encoder_at(server, retries=1, timeout_s=0.5).encode(TEXTS[:2])
    assert "\n" not in str(caught.value)
    assert "secret-key" not in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_server_that_is_not_there_is_one_line():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(EncoderUnavailable, match=f"No embeddings server answers at {url}. Start it"):
        RemoteEncoder(f"openai:m@{url}", retries=0).encode(["x"])


def test_another_dimension_than_before_is_refused(server):
    encoder = encoder_at(server)
    encoder.encode(["x"])
    server.width = 32
    with pytest.raises(EncoderUnavailable, match="vectors of 32 numbers, and before of 64"):
        encoder.encode(["y"])


@pytest.mark.parametrize("name", ["openai:", "openai:@http://x/v1", "openai:m@http://", "openai:m@http://a b"])
def test_a_name_that_cannot_be_one_is_refused(name):
    with pytest.raises(EncoderUnavailable, match="names no encoder on a server"):
        named_encoder(name)


def test_the_name_tells_model_and_server_and_no_secret():
    encoder = named_encoder("openai:org/bge@v1.5@https://user:word@host:8/v1?token=1", key=lambda: "secret-key")
    assert encoder.name == "openai:org/bge@v1.5@https://host:8/v1"


def test_openai_itself_wants_a_key():
    with pytest.raises(EncoderUnavailable, match="OPENAI_API_KEY"):
        named_encoder("openai:text-embedding-3-small", key=lambda: None).encode(["x"])
    assert named_encoder("openai:m").name == f"openai:m@{OPENAI}"


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    lines = (json.dumps({"title": f"Ship {at}", "text": f"Ship {at} sailed."}) for at in range(2 * STAGED_BATCH))
    (articles / "ships.jsonl").write_text("\n".join(lines))
    return articles


def test_what_is_encoded_before_the_server_fails_is_kept(server, folder, tmp_path):
    news_index = NewsIndex.open(tmp_path / "index", encoder=encoder_at(server, retries=0))
    requests = 1 + STAGED_BATCH // BATCH_TEXTS
    server.failing = [""] * requests + ["500"] * 9
    with pytest.raises(EncoderUnavailable, match="what is done is kept"):
        news_index.build(folder)
    assert not news_index.exists()
    server.failing = []
    assert news_index.build(folder).embedded == STAGED_BATCH
    assert news_index.check(folder).ok
    assert news_index.search("ship 77")[0].passage.article.title == "Ship 77"
    news_index.close()


def test_an_index_is_read_and_found_up_to_date_without_its_server(server, folder, tmp_path):
    NewsIndex.open(tmp_path / "index", encoder=encoder_at(server)).build(folder)
    asked = len(server.asked)
    server.failing = ["503"] * 99
    news_index = NewsIndex.open(tmp_path / "index", encoder=encoder_at(server, retries=0))
    assert news_index.coverage().articles == 2 * STAGED_BATCH
    assert news_index.build(folder).embedded == 0
    assert news_index.check(folder).ok
    assert len(server.asked) == asked
    with pytest.raises(EncoderUnavailable):
        news_index.search("ship 77")
    (folder / "new.md").write_text("A new ship came.")
    with pytest.raises(EncoderUnavailable):
        news_index.build(folder)
    server.failing = []
    assert news_index.search("ship 77")
    assert news_index.build(folder).embedded == 1
    assert news_index.check(folder).ok
    news_index.close()


def test_what_the_advice_for_another_model_says_mends_the_index_and_keeps_the_rest(server, folder, tmp_path):
    index = tmp_path / "index"
    before = NewsIndex.open(index, encoder=encoder_at(server))
    before.build(folder)
    with before.pinned() as view, closing(Staging(index / "staged.db")) as staging:  # as a killed build leaves it
        keys = [key for _, key in view.generation.manifest.filled_vectors()]
        staging.put(keys, np.ones((len(keys), 64), np.float32))
    before.close()
    (index / "removed").mkdir()
    (index / "removed" / "only-copy.txt").write_text("A ship sank.")
    server.width = 32
    news_index = NewsIndex.open(index, encoder=encoder_at(server))
    with pytest.raises(IndexMismatch) as caught:
        news_index.search("ship 77")
    shutil.rmtree(re.search("remove '(.+)' and", str(caught.value))[1])
    assert news_index.build(folder).embedded == 2 * STAGED_BATCH
    assert news_index.search("ship 77")
    assert news_index.check(folder).ok
    assert (index / "removed" / "only-copy.txt").read_text() == "A ship sank."
    news_index.close()


def test_a_server_that_runs_another_model_now_does_not_spoil_the_index(server, folder, tmp_path):
    NewsIndex.open(tmp_path / "index", encoder=encoder_at(server)).build(folder)
    server.width = 32
    news_index = NewsIndex.open(tmp_path / "index", encoder=encoder_at(server))
    with pytest.raises(IndexMismatch, match="vectors of 32 numbers now, and those in the index have 64"):
        news_index.search("ship 77")
    (folder / "new.md").write_text("A new ship came.")
    with pytest.raises(IndexMismatch, match="vectors of 32 numbers now"):
        news_index.build(folder)
    with pytest.raises(IndexMismatch, match=re.escape(f"remove '{tmp_path / 'index' / 'generations'}' and")):
        news_index.build(folder)
    server.width = 64
    again = NewsIndex.open(tmp_path / "index", encoder=encoder_at(server))
    assert again.search("ship 77")
    assert again.build(folder).embedded == 1
    news_index.close()
    again.close()
