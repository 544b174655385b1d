"""Articles called by their headline, in a question or in another article."""

import json

import pytest

from index import NewsIndex
from index.mentions import called, headline_name
from tests.fakes import CountingEncoder


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("God's Gift to Women", "god s gift to women"),
        ("Aldri annet enn bråk", "aldri annet enn brak"),
        ("Michael Curtiz (director)", "michael curtiz"),
        ("(500) Days of Summer", "500 days of summer"),
        ("Oslo", None),
        ("Norway", "norway"),
        ("The minister said on Monday that the talks had failed again", None),
        ("…", None),
    ],
)
def test_a_headline_is_a_name_if_it_can_be_called(title, name):
    assert headline_name(title) == name


def test_runs_of_capitals_are_names_in_text_and_any_run_in_a_question():
    text = "The film by Michael Curtiz was shown in Norway."
    assert "michael curtiz" in called(text, capitals=True)
    assert "norway" in called(text, capitals=True)
    assert "was shown" not in called(text, capitals=True)
    assert "michael curtiz" in called("who was michael curtiz", capitals=False)


@pytest.fixture
def news(tmp_path):
    (tmp_path / "articles").mkdir()
    records = [
        ("Harbour Lights", "Harbour Lights is a film of 1931 that Edith Solberg made in the north."),
        ("Edith Solberg", "The artist was born at sea and lived to a great age among painters."),
        ("Silent Water", "Silent Water is a film of 1944 about fishermen and their wives."),
    ] + [
        (f"Report {number}", f"The film number {number} was shown in the north and made money.") for number in range(12)
    ]
    lines = [json.dumps({"guid": title, "title": title, "text": text}) for title, text in records]
    (tmp_path / "articles" / "all.jsonl").write_text("\n".join(lines))
    news_index = NewsIndex.open(tmp_path / "index", encoder=CountingEncoder())
    news_index.build(tmp_path / "articles")
    yield news_index
    news_index.close()


def test_an_article_named_by_the_best_passage_comes_in(news):
    found = [hit.passage.article.title for hit in news.search("When was the maker of Harbour Lights born?", 3)]
    assert found[0] == "Harbour Lights"
    assert "Edith Solberg" in found


def test_an_article_named_by_the_question_comes_first(news):
    assert news.search("silent water", 1)[0].passage.article.title == "Silent Water"


def test_names_do_not_lead_out_of_a_filter(news):
    assert news.search("harbour lights edith solberg", outlet="Nobody") == []
