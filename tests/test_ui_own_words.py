"""The articles' own words beside what a model wrote."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from assistant import Assistant
from assistant.answer import Query
from assistant.errors import BadQuestion
from tests.fakes import ScriptedModel, cited_answer, harbour_news
from tests.test_ui_render import TWO
from ui.own_words import own_words_html, plainly
from ui.server import create_app

pytestmark = pytest.mark.slow  # an app of its own for each test

QUESTION = "What share of the country's timber exports does Vell handle?"
TRUE = "According to the ministry of trade, Vell handles 40 percent of the country's timber exports [1]."


def assistant():
    return Assistant(harbour_news(), model=ScriptedModel(TRUE))


@pytest.fixture
def client(tmp_path):
    app = create_app(assistant(), feedback=tmp_path / "feedback.jsonl", suggest=tuple)
    with TestClient(app, base_url="http://127.0.0.1:7860") as client:
        yield client


def test_an_answer_of_a_model_can_be_had_in_the_articles_own_words(client):
    answer = assistant().ask(QUESTION)
    assert answer.writer == "scripted"
    said = client.post("/own-words", json=plainly(answer))
    assert "Vell handles 40% of the country" in said.json()["html"]
    assert "Written by" not in said.json()["html"]


def test_the_same_filters_hold_for_both(client):
    query = Query(QUESTION, ("Vell Courier",), (), date(2024, 3, 6), date(2024, 3, 6))
    sent = plainly(cited_answer(QUESTION, [(TWO, TWO.text)], query=query, writer="scripted"))
    assert sent["since"] == "2024-03-06"
    said = client.post("/own-words", json=sent).json()["html"]
    assert "Crane falls" not in said


def test_only_an_answer_of_a_model_offers_them():
    answer = cited_answer("?", [(TWO, TWO.text)])
    assert plainly(answer) is None


@pytest.mark.parametrize("sent", [None, [], {}, {"question": 1}, {"question": "What?", "since": "May"}])
def test_what_is_no_question_is_refused(sent):
    with pytest.raises(BadQuestion):
        own_words_html(assistant(), sent)


@pytest.mark.parametrize("body", ["{}", '{"question": ""}', "["])
def test_the_page_is_told_what_is_wrong(client, body):
    said = client.post("/own-words", content=body, headers={"content-type": "application/json"})
    assert said.status_code == 422
    assert said.json()["error"]
    assert client.post("/own-words", content=body, headers={"content-type": "text/plain"}).status_code == 415
