"""Who left an office is not who holds it: who resigned, died, was dismissed or replaced."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Answer, Assistant
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
