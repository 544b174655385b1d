import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from assistant.evaluation import read_set
from corpus.article import Article
from index.errors import IndexBroken
from tests.fakes import ScriptedAssistant
from ui.errors import NoSuchHost, PortTaken
from ui.feedback import _writing, keep, rating_from
from ui.server import create_app, serve

pytestmark = pytest.mark.slow  # loads Gradio

ARTICLE = Article(id="a<1>", title="A <b>title</b>", path="1", text="First. <script>alert(1)</script> Last.")


@pytest.fixture(scope="module")
def feedback(tmp_path_factory):
    return tmp_path_factory.mktemp("index") / "feedback.jsonl"


@pytest.fixture(scope="module")
def client(feedback):
    with TestClient(
        create_app(ScriptedAssistant([ARTICLE], {}), feedback=feedback, suggest=tuple), base_url="http://127.0.0.1:7860"
    ) as client:
        yield client


def test_an_article_is_read_with_its_cited_words_lit(client):
    page = client.get("/reader/a%3C1%3E?cite=0-6,7-10&at=0-6")
    assert page.status_code == 200
    assert '<mark id="cite-0" class="current" data-cites="0">First.</mark>' in page.text
    assert "<script>alert" not in page.text
    assert "<b>title" not in page.text


def test_an_article_of_an_index_that_cannot_be_read_says_what_to_do(feedback):
    def broken(_):
        raise IndexBroken("The index is damaged. Mend with: footnote check --repair")

    assistant = ScriptedAssistant([ARTICLE], {})
    assistant.news_index.article = broken
    page = TestClient(create_app(assistant, feedback=feedback, suggest=tuple), base_url="http://127.0.0.1:7860")
    response = page.get("/reader/a1")
    assert response.status_code == 503
    assert "footnote check --repair" in response.text


def test_an_article_that_is_gone_says_so(client):
    page = client.get("/reader/nothing")
    assert page.status_code == 404
    assert "no longer in the index" in page.text


@pytest.mark.parametrize(
    "path", ["/", "/reader/nothing", "/footnote.js", "/footnote.css", "/config", "/theme.css", "/nothing"]
)
def test_every_response_carries_the_guards(client, path):
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-src 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "[::1]:7860", "LOCALHOST"])
def test_the_loopback_names_are_served(client, host):
    assert client.get("/footnote.css", headers={"host": host}).status_code == 200


def test_no_endpoint_of_the_page_is_offered_to_programs(client):
    assert client.get("/gradio_api/info").status_code == 404
    offered = {one["api_visibility"] for one in client.get("/config").json()["dependencies"]}
    assert offered == {"private"}


def test_a_taken_port_is_said_in_one_line_that_helps():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"127\.0\.0\.1:{port} .*footnote chat --port {port + 1}$"):
            serve(ScriptedAssistant([], {}), port=port)


@pytest.fixture
def taken_ipv6_port():
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError as error:
        pytest.skip(f"this machine has no ::1 ({error})")
    with other:
        yield other.getsockname()[1]


@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_an_address_of_ipv6_may_stand_in_brackets(host, taken_ipv6_port):
    with pytest.raises(PortTaken, match=rf"on \[::1\]:{taken_ipv6_port} \(.*in use"):
        serve(ScriptedAssistant([], {}), host=host, port=taken_ipv6_port)


@pytest.mark.parametrize("host", ["no such host", "203.0.113.7"])
def test_a_host_that_is_none_of_this_machine_is_said_to_be_that(host):
    with pytest.raises(NoSuchHost, match=rf"no address '{host}'.*--host 127\.0\.0\.1$"):
        serve(ScriptedAssistant([], {}), host=host, port=0)


CITED = [{"article": "a", "quote": "She."}]
RATED = {"id": "t1", "question": "Who?", "rating": "up", "answer": "She. [1]", "citations": CITED}
WRONG = [{"rating": "best"}, {"question": 1}, {"answer": "a" * 20_001}, {"citations": "a"}]


def test_a_rating_is_kept_as_a_line_that_can_be_read_back(client, feedback):
    assert client.post("/feedback", json=RATED).status_code == 200
    kept = json.loads(feedback.read_text().splitlines()[-1])
    assert {key: kept[key] for key in RATED} == RATED


def test_good_answers_become_a_question_set_that_eval_reads(tmp_path):
    refused = {**RATED, "id": "t2", "question": "Why?", "citations": []}
    poor, taken_back = {**RATED, "id": "t3", "rating": "down"}, {**refused, "id": "t4", "rating": "none"}
    for sent in (RATED, refused, poor, {**refused, "id": "t4"}, taken_back):
        keep(rating_from(sent), tmp_path / "feedback.jsonl")
    good, none = read_set(tmp_path / "rated.jsonl")
    assert (good.id, good.question, good.article, good.passage, good.answerable) == ("t1", "Who?", "a", "She.", True)
    assert (none.question, none.answerable) == ("Why?", False)


@pytest.mark.parametrize("sent", [{}, [], *({**RATED, **wrong} for wrong in WRONG)])
def test_a_rating_of_another_shape_is_refused(client, feedback, sent):
    before = feedback.read_text() if feedback.exists() else ""
    assert client.post("/feedback", json=sent).status_code == 422
    assert (feedback.read_text() if feedback.exists() else "") == before


def test_a_rating_without_room_is_put_off_and_those_before_and_after_are_whole(client, feedback, little_room):
    assert client.post("/feedback", json=RATED).status_code == 200
    before = {one.name: one.read_text() for one in feedback.parent.iterdir()}
    with little_room(feedback.stat().st_size + 20):
        refused = client.post("/feedback", json={**RATED, "id": "t5"})
    assert (refused.status_code, "could not be kept" in refused.json()["error"]) == (503, True)
    assert {one.name: one.read_text() for one in feedback.parent.iterdir()} == before
    assert client.post("/feedback", json={**RATED, "id": "t6"}).status_code == 200


def test_others_are_answered_while_a_rating_waits_to_be_kept(client):
    with ThreadPoolExecutor(2) as readers:
        with _writing:
            rating = readers.submit(client.post, "/feedback", json=RATED)
            time.sleep(0.2)
            assert readers.submit(client.get, "/healthz").result(timeout=20).status_code == 200
        assert rating.result(timeout=20).status_code == 200


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", json.dumps(RATED), 415),
        ("application/json", "[" * 1_100_000, 413),
        ("application/json", "{", 422),
        ("application/json", "[" * 100_000, 422),
    ],
)
def test_what_is_no_rating_is_turned_away(client, kind, body, status):
    assert client.post("/feedback", content=body, headers={"content-type": kind}).status_code == status
