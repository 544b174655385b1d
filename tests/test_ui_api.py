"""The doors for programs, over a real server: JSON, server-sent events, and what OpenAI's own client makes of them."""

import asyncio
import dataclasses
import json
import time

import httpx
import openai
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter

from assistant import Assistant
from assistant.answer import Turn
from assistant.errors import ModelUnavailable
from index import NewsIndex
from tests.browsing import served
from tests.conformance import conformance
from tests.fakes import ARTICLE, FIRST, CountingEncoder, ScriptedAssistant, cited_answer
from ui import shapes
from ui.events import kept_alive
from ui.limits import Limits
from ui.server import create_app
from ui.tokens import Tokens

pytestmark = pytest.mark.slow  # real servers and indexes

BRIDGE = """---
title: The bridge over the Lorne is opened
outlet: Port Daily
date: 2024-05-03
---
The king opened the bridge over the Lorne on Friday. It cost 40 million crowns.
"""
DEBT = """---
title: Who pays for the bridge
outlet: Harbour Post
date: 2023-02-01
---
The mayor said that the bridge over the Lorne would cost 30 million crowns. The harbour pays half of it.
"""
WHO = "Who opened the bridge over the Lorne?"
LONG = 600
BOTH = cited_answer("What?", [(ARTICLE, "First words."), (ARTICLE, "Last words.")])


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    (folder / "bridge.md").write_text(BRIDGE)
    (folder / "debt.md").write_text(DEBT)
    news_index = NewsIndex.open(folder / ".footnote", encoder=CountingEncoder())
    news_index.build(folder)
    return Assistant(news_index)


@pytest.fixture(scope="module")
def client(assistant):
    with served(assistant) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.fixture
def scripted(tmp_path):
    broken = [FIRST, ModelUnavailable("It broke off.")]
    return ScriptedAssistant(
        [ARTICLE], {"What?": [FIRST, BOTH], "Broken?": broken, "Long?": [FIRST] * LONG, "Nothing?": []}
    )


@pytest.fixture
def scripted_client(scripted, tmp_path):
    with (
        served(scripted, feedback=tmp_path / "feedback.jsonl") as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def timeless(answer):
    return {key: value for key, value in answer.items() if key != "timings_ms"}


def events(text):
    found = [block.splitlines() for block in text.split("\n\n") if block and not block.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]


# JSON


def test_an_answer_is_the_one_of_the_command_line(client, assistant):
    response = client.post("/api/ask", json={"question": WHO})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert timeless(response.json()) == timeless(assistant.ask(WHO).to_dict())


def test_every_quote_stands_in_the_article_that_is_handed_out(client):
    citations = client.post("/api/ask", json={"question": WHO}).json()["citations"]
    assert citations
    for one in citations:
        article = client.get(f"/api/articles/{one['article']['id']}").json()
        assert article["text"][one["start"] : one["end"]] == one["quote"]


def test_a_refusal_is_an_answer_too(client):
    response = client.post("/api/ask", json={"question": "Who won the 2022 World Cup?"})
    assert response.status_code == 200
    assert response.json()["answered"] is False
    assert response.json()["refusal"]["missing"]


def test_filters_and_turns_reach_the_assistant(scripted, scripted_client):
    scripted_client.post(
        "/api/ask",
        json={
            "question": "What?",
            "outlet": "Port Daily",
            "author": ["A", "B"],
            "since": "2024-05",
            "until": "2024",
            "today": "2024-07",
            "turns": [{"question": "Before?", "answer": "That. [1]"}],
        },
    )
    question, turns, filters = scripted.asked[-1]
    assert (question, turns) == ("What?", (Turn("Before?", "That. [1]"),))
    assert (filters["outlet"], filters["author"]) == (("Port Daily",), ("A", "B"))
    days = {name: str(filters[name]) for name in ("since", "until", "today")}
    assert days == {"since": "2024-05-01", "until": "2024-12-31", "today": "2024-07-01"}


def test_a_search_is_the_one_of_the_command_line(client, assistant):
    found = client.get("/api/search", params={"question": "bridge", "k": 1}).json()
    assert found["hits"] == [hit.to_dict() for hit in assistant.news_index.search("bridge", 1)]
    narrowed = client.get("/api/search", params={"question": "bridge", "until": "2023", "outlet": "harbour post"})
    assert [hit["article"]["outlet"] for hit in narrowed.json()["hits"]] == ["Harbour Post"]


def test_the_articles_are_listed_in_pages(client):
    whole = client.get("/api/articles")
    assert [one["outlet"] for one in whole.json()] == ["Port Daily", "Harbour Post"]
    second = client.get("/api/articles", params={"limit": 1, "offset": 1})
    assert second.json() == whole.json()[1:]
    assert second.headers["x-total-count"] == "2"


def test_the_health_of_the_server_can_be_asked(client):
    assert client.get("/healthz").json() == {"status": "ok"}


FORMS = {"answer": shapes.AnswerForm, "search": shapes.SearchForm, "article": shapes.ArticleForm}


@pytest.mark.parametrize(
    ("form", "method", "path", "sent"),
    [
        ("answer", "POST", "/api/ask", {"question": WHO}),
        ("answer", "POST", "/api/ask", {"question": "What does the bridge over the Lorne cost?"}),
        ("answer", "POST", "/api/ask", {"question": "Who won the 2022 World Cup?"}),
        ("answer", "POST", "/api/ask", {"question": "hello"}),
        ("search", "GET", "/api/search?question=bridge", None),
    ],
)
def test_the_described_forms_are_those_that_are_sent(client, form, method, path, sent):
    received = client.request(method, path, json=sent)
    assert exactly(FORMS[form]).validate_python(received.json()) == received.json()


def test_the_described_form_of_an_article_is_the_one_that_is_sent(client):
    listed = client.get("/api/articles").json()
    assert exactly(list[shapes.HeadlineForm]).validate_python(listed) == listed
    article = client.get(f"/api/articles/{listed[0]['id']}").json()
    assert exactly(shapes.ArticleForm).validate_python(article) == article


def exactly(form):
    """An adapter that also refuses what the form does not name, at every depth."""
    for one in vars(shapes).values():
        if isinstance(one, type) and hasattr(one, "__required_keys__"):
            one.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)
    return TypeAdapter(form)


# What cannot be asked


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "says"),
    [
        ("POST", "/api/ask", "{}", 422, "question: Field required"),
        ("POST", "/api/ask", '{"question": "?"}', 422, "There is no question in '?'"),
        ("POST", "/api/ask", '{"question": "%s"}' % ("a" * 2001), 422, "at most 2,000"),
        ("POST", "/api/ask", '{"question": "Who?", "outlets": "x"}', 422, "outlets: Extra inputs"),
        ("POST", "/api/ask", '{"question": "Who?", "since": "2024-13"}', 422, "'2024-13' is not a date"),
        (
            "POST",
            "/api/ask",
            '{"question": "Who opened it?", "since": "2024", "until": "2023"}',
            422,
            "the end comes first",
        ),
        ("POST", "/api/ask", '{"question": "Who opened it?", "outlet": ""}', 422, "outlet to filter by is empty"),
        ("POST", "/api/ask", '{"question": "\\ud800"}', 422, "There is no question"),
        ("POST", "/api/ask", "[" * 100_000, 400, "parsing"),
        ("POST", "/api/ask", "{", 422, "The body is no JSON (Expecting property name"),
        ("GET", "/api/ask", "", 405, "asked with POST"),
        ("DELETE", "/api/articles", "", 405, "asked with GET"),
        ("GET", "/api/search", "", 422, "question: Field required"),
        ("GET", "/api/search?question=a&k=0", "", 422, "k: "),
        ("GET", "/api/search?question=a&k=1000000", "", 422, "k: "),
        ("GET", "/api/articles?limit=0", "", 422, "limit: "),
        ("GET", "/api/search?question=a&untill=2023", "", 422, "untill: Extra inputs are not permitted"),
        ("GET", "/api/articles?outlet=Post", "", 422, "outlet: Extra inputs are not permitted"),
        ("GET", "/api/articles/nothing", "", 404, "No article has the id 'nothing'. GET /api/articles lists them."),
        ("GET", "/api/nothing", "", 404, "/api for what there is"),
        ("GET", "/api/articles/../../etc/passwd", "", 404, ""),
        ("GET", "/api/articles/%2e%2e%2fetc", "", 404, ""),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(client, method, path, content, status, says):
    response = client.request(method, path, content=content, headers={"content-type": "application/json"})
    assert response.status_code == status
    if path.startswith("/api/articles/.."):
        return  # the client itself makes /etc/passwd of it, which is nothing of ours
    assert says in response.json()["error"]
    assert "\n" not in response.json()["error"]


def test_json_has_to_be_said_to_be_json(client):
    response = client.post("/api/ask", content='{"question": "Who?"}', headers={"content-type": "text/plain"})
    assert (response.status_code, response.json()) == (
        415,
        {"error": "Send JSON, and say so: Content-Type: application/json"},
    )


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["question", "turns", "outlet", "author", "since", "until", "today", "stream"]
CHAT_FIELDS = ["model", "messages", "stream", "stream_options", "n"]


@pytest.fixture(scope="module")
def app_client(tmp_path_factory):
    app = create_app(
        ScriptedAssistant([ARTICLE], {}), feedback=tmp_path_factory.mktemp("index") / "f.jsonl", suggest=tuple
    )
    app.user_middleware = [one for one in app.user_middleware if "Rated" not in one.cls.__name__]
    with TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=True) as client:
        yield client


@given(sent=ANY_JSON | st.dictionaries(st.sampled_from(FIELDS), ANY_JSON))
def test_no_json_is_a_server_error(app_client, sent):
    assert app_client.post("/api/ask", json=sent).status_code in (200, 415, 422)


@given(
    sent=st.dictionaries(st.sampled_from(CHAT_FIELDS), ANY_JSON),
    messages=st.lists(st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": ANY_JSON})),
)
def test_no_conversation_is_a_server_error(app_client, sent, messages):
    asked = {"model": "footnote", **sent, "messages": messages}
    response = app_client.post("/v1/chat/completions", json=asked)
    assert response.status_code in (200, 404, 422)


@given(question=st.text(max_size=50), k=st.text(max_size=5), since=st.text(max_size=12))
def test_no_search_is_a_server_error(assistant_client, question, k, since):
    response = assistant_client.get("/api/search", params={"question": question, "k": k or "3", "since": since})
    assert response.status_code in (200, 422)


@pytest.fixture(scope="module")
def assistant_client(assistant):
    app = create_app(assistant, suggest=tuple)
    app.user_middleware = [one for one in app.user_middleware if "Rated" not in one.cls.__name__]
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        yield client


def test_an_error_that_nobody_foresaw_is_not_told(tmp_path):
    broken = ScriptedAssistant([ARTICLE], {"What?": [ValueError("a secret at /home/someone")]})
    app = create_app(broken, feedback=tmp_path / "f.jsonl", suggest=tuple)
    with TestClient(app, base_url="http://127.0.0.1:7860", raise_server_exceptions=False) as client:
        response = client.post("/api/ask", json={"question": "What?"})
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Something went wrong" in response.json()["error"]


# Server-sent events


def test_the_stages_come_first_and_the_last_answer_is_whole(client):
    response = client.post("/api/ask", json={"question": WHO}, headers={"accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    heard = events(response.text)
    names = [name for name, _ in heard]
    assert names[0] == "stage"
    assert names[-2:] == ["answer", "done"]
    assert [one["stage"] for name, one in heard if name == "stage"] == ["searching", "reading", "writing", "checking"]
    plainly = client.post("/api/ask", json={"question": WHO}).json()
    assert timeless(heard[-2][1]) == timeless(plainly)


def test_each_answer_of_a_stream_replaces_the_one_before(scripted_client):
    response = scripted_client.post("/api/ask", json={"question": "What?", "stream": True})
    answers = [one for name, one in events(response.text) if name == "answer"]
    assert [len(one["citations"]) for one in answers] == [1, 2]


def test_an_error_amid_a_stream_is_an_event(scripted_client):
    response = scripted_client.post("/api/ask", json={"question": "Broken?", "stream": True})
    assert events(response.text)[-1] == ("error", {"error": "It broke off.", "status": 503})


def test_work_that_ends_without_an_answer_is_an_error(scripted_client):
    response = scripted_client.post("/api/ask", json={"question": "Nothing?"})
    assert (response.status_code, "Something went wrong" in response.json()["error"]) == (500, True)


def test_while_an_event_is_awaited_there_are_signs_of_life(monkeypatch):
    async def late():
        await asyncio.sleep(0.1)
        yield "data: 1\n\n"

    async def heard():
        return [each async for each in kept_alive(late())]

    monkeypatch.setattr("ui.events._SIGN_OF_LIFE_S", 0.03)
    *signs, last = asyncio.run(heard())
    assert set(signs) == {": still working\n\n"}
    assert last == "data: 1\n\n"


class Slowly:
    """Has a scripted assistant take its time between two answers."""

    def wait(self, timeout):
        time.sleep(0.05)


def test_the_work_ends_when_the_listener_of_a_stream_leaves(scripted, scripted_client):
    scripted.hold = Slowly()
    with scripted_client.stream("POST", "/api/ask", json={"question": "Long?", "stream": True}) as response:
        assert "event: stage" in next(response.iter_text())
    assert scripted.closed.wait(15)
    assert scripted.taken < LONG


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/ask", {"question": "Long?"}),
        ("/v1/chat/completions", {"model": "footnote", "messages": [{"role": "user", "content": "Long?"}]}),
    ],
)
def test_the_work_ends_when_who_waits_for_an_answer_leaves(scripted, scripted_client, path, sent):
    scripted.hold = Slowly()
    with pytest.raises(httpx.ReadTimeout):
        scripted_client.post(path, json=sent, timeout=httpx.Timeout(10, read=5))
    assert scripted.closed.wait(15)
    assert 0 < scripted.taken < LONG


# OpenAI's client


@pytest.fixture
def openai_client(client):
    return openai.OpenAI(base_url=str(client.base_url.join("/v1")), api_key="none", max_retries=0)


@pytest.fixture
def scripted_openai(scripted_client):
    return openai.OpenAI(base_url=str(scripted_client.base_url.join("/v1")), api_key="none", max_retries=0)


def user(text):
    return {"role": "user", "content": text}


def test_a_completion_has_footnotes_in_its_text_and_the_answer_beside_it(openai_client, assistant):
    completion = openai_client.chat.completions.create(model="footnote", messages=[user(WHO)])
    choice = completion.choices[0]
    assert (choice.finish_reason, choice.message.role) == ("stop", "assistant")
    assert "The king opened the bridge over the Lorne on Friday. [1]" in choice.message.content
    assert "Sources\n[1] “The king opened" in choice.message.content
    assert timeless(completion.model_extra["footnote"]) == timeless(assistant.ask(WHO).to_dict())


def test_a_stream_gives_the_same_text_piece_by_piece(openai_client):
    whole = openai_client.chat.completions.create(model="footnote", messages=[user(WHO)])
    chunks = list(
        openai_client.chat.completions.create(
            model="footnote", messages=[user(WHO)], stream=True, stream_options={"include_usage": True}
        )
    )
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert len(pieces) > 3
    assert "".join(pieces) == whole.choices[0].message.content
    last = [chunk for chunk in chunks if chunk.choices][-1]
    assert last.choices[0].finish_reason == "stop"
    assert timeless(last.model_extra["footnote"]) == timeless(whole.model_extra["footnote"])
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


def test_only_what_is_final_is_streamed(scripted_openai):
    chunks = scripted_openai.chat.completions.create(model="footnote", messages=[user("What?")], stream=True)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text.startswith("First words. [1] Last words. [2]")
    assert text.count("First words. [1]") == 1


def test_a_conversation_is_passed_on_without_the_system_and_the_lists_of_sources(scripted, scripted_openai):
    scripted_openai.chat.completions.create(
        model="footnote",
        temperature=0.2,
        messages=[
            {"role": "system", "content": "Say only yes."},
            user("Before?"),
            {"role": "assistant", "content": "That. [1]\n\nSources\n[1] “That.”"},
            {"role": "user", "content": [{"type": "text", "text": "What?"}]},
        ],
    )
    question, turns, _ = scripted.asked[-1]
    assert (question, turns) == ("What?", (Turn("Before?", "That. [1]"),))


def test_the_models_are_listed(openai_client):
    assert [model.id for model in openai_client.models.list()] == ["footnote"]
    assert openai_client.models.retrieve("footnote").owned_by == "footnote"
    with pytest.raises(openai.NotFoundError, match=r"no model 'gpt-4'\. There are: footnote"):
        openai_client.chat.completions.create(model="gpt-4", messages=[user(WHO)])


def test_what_is_no_question_is_an_error_that_the_client_knows(openai_client):
    with pytest.raises(openai.UnprocessableEntityError) as wrong:
        openai_client.chat.completions.create(model="footnote", messages=[{"role": "assistant", "content": "I."}])
    assert wrong.value.body["type"] == "invalid_request_error"
    with pytest.raises(openai.UnprocessableEntityError, match="no question"):
        openai_client.chat.completions.create(model="footnote", messages=[user("…")])


def test_an_error_amid_a_stream_reaches_the_client(scripted_openai):
    with pytest.raises(openai.APIError, match="It broke off"):
        list(scripted_openai.chat.completions.create(model="footnote", messages=[user("Broken?")], stream=True))


def test_where_a_model_writes_the_articles_own_words_can_be_had_too(assistant):
    from tests.fakes import ScriptedModel

    model = ScriptedModel("The king opened the bridge over the Lorne on Friday. [1]", "Nothing.")
    with served(Assistant(assistant.news_index, model=model)) as address:
        client = openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0)
        assert [one.id for one in client.models.list()] == ["footnote", "footnote-extractive"]
        plain = client.chat.completions.create(model="footnote-extractive", messages=[user(WHO)])
        assert model.asked == []
        written = client.chat.completions.create(model="footnote", messages=[user(WHO)])
    assert len(model.asked) == 1
    assert (plain.footnote["writer"], written.footnote["writer"]) == ("extractive", "scripted")


# The description


def test_every_address_is_described(client):
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/ask",
        "/api/search",
        "/api/articles",
        "/api/articles/{article_id}",
        "/v1/models",
        "/v1/models/{name}",
        "/v1/chat/completions",
    }
    page = client.get("/api").text
    assert all(path in page for path in described["paths"])
    assert "<script" not in page
    assert set(described["components"]["schemas"]["AnswerForm"]["required"]) == {
        *(field.name for field in dataclasses.fields(FIRST)),
        "answered",
    } - {"hits"}


def test_how_long_the_id_of_an_article_may_be_is_described_and_held(client):
    described = client.get("/openapi.json").json()["paths"]["/api/articles/{article_id}"]["get"]["parameters"]
    assert [one["schema"]["maxLength"] for one in described] == [200]
    assert client.get(f"/api/articles/{'a' * 201}").status_code == 422
    assert client.get(f"/api/articles/{'a' * 200}").status_code == 404


def test_the_example_of_the_description_can_be_asked(client):
    described = client.get("/openapi.json").json()
    example = described["components"]["schemas"]["Question"]["example"]
    assert client.post("/api/ask", json=example).status_code == 200


def test_the_server_does_what_its_description_says_whatever_it_is_asked(assistant, tmp_path):
    with served(assistant, feedback=tmp_path / "f.jsonl", limits=Limits(per_minute=0)) as address:
        done = conformance(address)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_description_tells_of_the_token_and_nothing_is_answered_without_it(assistant, tmp_path):
    tokens = Tokens(tmp_path / "tokens.json")
    token, _ = tokens.make("reader")
    locked = {"feedback": tmp_path / "f.jsonl", "limits": Limits(per_minute=0), "tokens": tokens}
    with served(assistant, **locked) as address:
        headers = {"authorization": f"Bearer {token}"}
        described = httpx.get(f"{address}/openapi.json", headers=headers).json()
        assert described["security"] == [{"token": []}]
        done = conformance(address, token=token, examples=3)
    assert done.returncode == 0, done.stdout + done.stderr
