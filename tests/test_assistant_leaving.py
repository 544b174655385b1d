"""Who left an office is not who holds it: who resigned, died, was dismissed or replaced."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Answer, Assistant
from assistant.another import only_former
from assistant.question import analyse
from tests.fakes import news_of


def short_of(question: str, *texts: str) -> str | None:
    """Return the short answer from articles of one day each, the first the oldest."""
    news = news_of(*((f"News {day}", text, None, date(2024, 3, day)) for day, text in enumerate(texts, start=1)))
    short = Assistant(news).ask(question).short
    return short.text if short else None


@pytest.mark.parametrize(
    "told",
    [
        "The mayor of Vell, Ada Moss, resigned on Monday over expenses.",
        "The mayor of Vell, Ada Moss, was replaced by her deputy on Monday.",
        "The mayor of Vell, Ada Moss, who died on Sunday, was a baker.",
        "The new rules led to the resignation of the mayor of Vell, Ada Moss, on Monday.",
        "On Friday the council of Vell dismissed the mayor, Ada Moss, over the harbour.",
        "Ada Moss, the mayor of Vell, gave in. Moss stepped down over her health on Monday.",
    ],
)
def test_who_left_is_not_who_holds_the_office(told: str) -> None:
    assert short_of("Who is the mayor of Vell?", told) is None
    assert short_of("Who is the mayor?", told) is None


@pytest.mark.parametrize(
    "told",
    [
        "The mayor of Vell, Ada Moss, refused to resign on Monday.",
        "The mayor of Vell, Ada Moss, will step down when the bridge is built.",
        "The mayor of Vell, Ada Moss, dismissed the claims on Monday.",
        "The mayor of Vell, Ada Moss, dismissed the harbour master, Tor Kell, on Monday.",
        "The mayor of Vell, Ada Moss, left the meeting early on Monday.",
        "The mayor of Vell, Ada Moss, resigned as head of the ferry line on Monday.",
        "The mayor of Vell, Ada Moss, regretted the resignation of Tor Kell on Monday.",
        "The mayor of Vell, Ada Moss, was there. The resignation of a friend of Moss was news.",
        "Ada Moss, the mayor of Vell, retired from football in 2010.",
    ],
)
def test_who_left_nothing_or_something_else_holds_the_office(told: str) -> None:
    assert short_of("Who is the mayor of Vell?", told) == "Ada Moss"


def test_who_left_is_gone_from_older_articles_too() -> None:
    older = "The transport secretary, Ada Moss, declined to comment on the harbour."
    newer = "Fuel will cost more, which led to the resignation of Transport Secretary Ada Moss on Wednesday."

    assert short_of("Who is the transport secretary?", older) == "Ada Moss"
    assert short_of("Who is the transport secretary?", older, newer) is None


def test_who_is_in_office_after_having_left_is_back() -> None:
    older = "Transport Secretary Ada Moss resigned on Wednesday."
    newer = "The transport secretary, Ada Moss, declined to comment on the harbour."

    assert short_of("Who is the transport secretary?", older, newer) == "Ada Moss"


def test_who_follows_is_named_where_the_holder_is_gone() -> None:
    told = "Mayor Ada Moss of Vell died on Sunday.", "The mayor of Vell, Edda Lund, opened the port on Monday."

    assert short_of("Who is the mayor of Vell?", *told) == "Edda Lund"


@pytest.mark.parametrize(
    "question", ["Who is the former mayor of Vell?", "Who resigned in Vell?", "Who was the mayor of Vell?"]
)
def test_who_left_is_named_where_that_is_asked_for(question: str) -> None:
    assert short_of(question, "The mayor of Vell, Ada Moss, resigned on Monday over expenses.") == "Ada Moss"


def told(question: str, *texts: str) -> Answer:
    news = news_of(*((f"News {day}", text, None, date(2024, 3, day)) for day, text in enumerate(texts, start=1)))
    return Assistant(news).ask(question)


def test_who_left_is_not_shown_in_office_without_a_word() -> None:
    held = "The mayor of Vell, Ada Moss, denied that she had taken money. The crane of Osk fell on Sunday."
    gone = "Ada Moss resigned as mayor of Vell on Monday. The council met. The ferry sails again."
    back = "The mayor of Vell, Ada Moss, opened the bridge."

    assert "Ada Moss resigned as mayor of Vell on Monday." in told("Who is the mayor of Vell?", held, gone).text
    assert "resigned" not in told("Who is the mayor of Vell?", gone, back).text.split("[1]")[0]
    assert "resigned" not in told("Who is the mayor of Vell?", held).text


HELD_BEFORE = (
    "The town of Brill will rebuild its quay. Edda Lund, who was mayor of Brill until 2019, welcomed the plan.",
    "The library of Brill closes for a year, former mayor of Brill Olav Riis said on Monday.",
)


def test_who_held_an_office_before_is_no_answer_to_who_holds_it_and_is_said_to_be_gone() -> None:
    news = news_of(*((f"News {number}", text, None, None) for number, text in enumerate(HELD_BEFORE)))

    answer = Assistant(news).ask("Who is the mayor of Brill?")

    assert answer.short is None
    assert answer.sentences[0].lead == "None who holds it now is named here:"


def test_who_held_an_office_is_answered_without_a_word_on_today() -> None:
    news = news_of(("News", HELD_BEFORE[0], None, None))

    answer = Assistant(news).ask("Who was the mayor of Brill until 2019?")

    assert answer.short is not None
    assert answer.short.text == "Edda Lund"
    assert answer.sentences[0].lead == ""


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("Edda Lund, who was mayor of Brill until 2019, spoke.", True),
        ("Edda Lund, who served as mayor from 2011, spoke.", True),
        ("Former mayor Olav Riis said so.", True),
        ("Edda Lund, who was elected mayor in 2019, spoke.", False),
        ("Former mayor Olav Riis met the mayor, Edda Lund.", False),
        ("Interim mayor Edda Lund spoke.", False),
        ("The mayor, Edda Lund, spoke.", False),
    ],
)
def test_sentence_with_who_held_an_office_before_alone_is_told_by_its_words(sentence: str, before: bool) -> None:
    assert only_former(analyse("Who is the mayor of Brill?"), [sentence]) == before
