"""What "the plant" and "he" stand for: a value of another plant, or of somebody else, is not set off."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Answer
from assistant.evidence import Unit, gather
from assistant.given import GivenPassages
from assistant.measure import measures
from assistant.periods import whole_period
from assistant.question import analyse
from assistant.referring import he_is_another
from assistant.spelling import respelt
from corpus.article import Article
from index.minilm import MiniLM
from index.passage import Hit, Passage
from tests.fakes import news_of

PLANT = (
    "Telmo opens battery plant in Harrow",
    "Carmaker Telmo opened a battery plant in Harrow on Monday. The plant cost 1.8 billion dollars. Telmo's chief "
    "executive, Jonas Reik, said it would make cells for 350,000 cars a year. The company's plant in Odense, opened in "
    "2021, makes 500,000.",
    "Harrow Herald",
    date(2025, 3, 3),
)
SALES = (
    "Telmo sales slip",
    "Telmo sold 412,000 cars in the first quarter. Finance chief Priya Nandakumar said the company still expected to "
    "sell 1.9 million cars. A year at Harrow State costs 9,400 dollars.",
    "Ledger",
    date(2025, 4, 24),
)
VOTE = (
    "Whitlock wins second term",
    "Dana Whitlock won a second term on Tuesday. Brandt conceded shortly before midnight. He had spent 22 million "
    "dollars on the campaign. Karl Brandt is a businessman.",
    "Times",
    date(2025, 11, 5),
)


def asked(question: str) -> Answer:
    return Assistant(news_of(PLANT, SALES, VOTE)).ask(question)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How much did the Harrow plant cost?", "1.8 billion dollars"),
        ("How much did the Odense plant cost?", None),
        ("When was the Odense plant opened?", "2021"),
        ("When was the Harrow plant opened?", "on Monday"),
        ("How much did Brandt spend on the campaign?", "22 million dollars"),
        ("How much did Whitlock spend on the campaign?", None),
    ],
)
def test_value_of_another_plant_or_of_another_he_is_not_set_off(question: str, short: str | None) -> None:
    found = asked(question).short

    assert (found.text if found else None) == short


def test_whether_a_plant_is_open_is_told_by_the_newer_article_of_that_plant(minilm: MiniLM) -> None:
    fire = (
        "Fire at Telmo plant injures six",
        "A fire at Telmo's battery plant in Harrow injured six workers. The plant is to stay closed for two weeks.",
        "Harrow Herald",
        date(2025, 5, 11),
    )
    held = [
        Article(id=title, title=title, text=text, path=title, outlet=outlet, published=day, published_origin="meta")
        for title, text, outlet, day in (PLANT, fire)
    ]
    answer = Assistant(GivenPassages(held, encoder=minilm)).ask("Is Telmo's Harrow plant open?")

    assert any("stay closed" in sentence.text for sentence in answer.sentences)
    assert not any("Odense" in side.value for found in answer.disagreements for side in found.sides)


@pytest.mark.parametrize(
    "question",
    ["Who is the chief executive of Telmo?", "How much did the Harrow plant cost?", "How many cars did Telmo sell?"],
)
def test_finance_chief_another_cost_and_cars_to_be_made_are_no_other_side(question: str) -> None:
    assert asked(question).disagreements == ()


def test_part_of_them_is_not_how_many_they_were() -> None:
    told = "A fire injured six workers, two of them seriously."
    at = told.index("two")

    assert not measures(analyse("How many workers were injured?"), told, at, at + 3, "number")
    assert measures(analyse("How many workers were seriously injured?"), told, at, at + 3, "number")


def test_hour_is_set_off_with_what_says_how_near_it_was() -> None:
    told = "Brandt conceded shortly before midnight."
    at = told.index("midnight")

    start, end = whole_period(analyse("When did Brandt concede?"), told, at, at + len("midnight"))

    assert told[start:end] == "shortly before midnight"


def test_initials_are_read_as_the_name_that_opens_a_sentence() -> None:
    told = "It was halted in Mali. The World Health Organization said so."

    assert respelt("What did the WHO say?", {"who"}, [told]) == "What did the World Health Organization say?"


def test_what_is_said_by_initials_that_are_a_common_word_is_found() -> None:
    text = "A trial was halted in Mali. The World Health Organization said it was following the case. Who fell ill?"
    answer = Assistant(news_of(("Trial halted", text, None, None))).ask("What did the WHO say?")

    assert answer.answered
    assert answer.sentences[0].text.startswith("The World Health Organization")


def test_he_may_be_whoever_is_asked_about_by_whose_he_is() -> None:
    text = "Goalkeeper Emil Noack of Dunmere made seven saves. He needed six stitches above the eye afterwards."
    assert not he_is_another(analyse("How many stitches did Dunmere's keeper need?"), unit_of(text, 1))


def unit_of(text: str, ordinal: int) -> Unit:
    article = Article(id="a", title="Dunmere hold on", text=text, path="a.txt")
    hit = Hit(Passage("p", article.headline, 0, 0, len(text), text), 1.0, 1, "both")
    return gather([hit], {"a": article})[ordinal]


def test_he_who_is_somebody_else_by_name_is_another() -> None:
    text = "Karl Brandt conceded before midnight. He had spent 22 million dollars."

    assert he_is_another(analyse("How much did Dana Brandtson spend?"), unit_of(text, 1)) is False  # never named there
    named = f"{text} Dana Whitlock won."
    assert he_is_another(analyse("How much did Whitlock spend?"), unit_of(named, 1))
