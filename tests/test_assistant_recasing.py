"""Questions typed in lower case or in capitals: their names are read as the articles write them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant import Assistant
from assistant.recasing import recased
from index.passage import Hit
from tests.fakes import news_of

OFFICES = (
    "The visit of Norland's president, Edda Lund, to Ostria was called off on Friday.",
    "Officials in Ostria and in Kell-Osk said that they had learned of it from the news.",
    "Lawyers for Vell met the foreign minister of Norland.",
)
TEXT = " ".join(OFFICES)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("who is ostria's president?", "who is Ostria's president?"),
        ("Who is the president of ostria?", "Who is the president of Ostria?"),
        ("WHO IS THE PRESIDENT OF KELL-OSK?", "who is the president of Kell-Osk?"),
        ("what did edda lund say about the CEO of vell?", "what did Edda Lund say about the CEO of Vell?"),
        ("Who is the president of Ostria and of vell?", "Who is the president of Ostria and of vell?"),
        ("who are the officials?", "who are the officials?"),
        ("WHO ARE THE LAWYERS?", "WHO ARE THE LAWYERS?"),
    ],
)
def test_names_get_the_capitals_that_the_texts_give_them(typed: str, read: str) -> None:
    assert recased(typed, [TEXT]) == read


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("who won the final?", "Tor Kell Wins The Final"),  # a headline in which all words have one
        ("what happened to prices?", "It was Monday. Prices rose, and “Prices may fall” was wrong."),
        ("what did the bill cost?", "The bill was dear, said Bill Moss."),
        ("who is the foreign minister?", "It met Foreign Minister Ada Moss in Vell."),
        ("what do they say of us?", "The US and Norland met in Vell."),
    ],
)
def test_a_capital_that_tells_of_no_name_gives_none(typed: str, text: str) -> None:
    assert recased(typed, [text]) == typed


def test_a_name_in_capitals_at_the_head_of_a_story_is_written_as_further_down() -> None:
    told = "By the news desk, VELL (Osk Press) - Prices rose.\nPeople in Vell complained."

    assert recased("what rose in vell?", [told]) == "what rose in Vell?"


def test_a_name_of_two_words_that_opens_a_sentence_is_one() -> None:
    assert recased("who runs vell media?", ["Vell Media rose. Shares in it fell."]) == "who runs Vell Media?"
    assert recased("what happened to shares?", ["Shares in Vell Media fell."]) == "what happened to shares?"


@pytest.mark.parametrize("question", ["who is the president of ostria?", "WHO IS THE PRESIDENT OF OSTRIA?"])
def test_another_states_president_is_no_answer_in_any_letters(question: str) -> None:
    news = Assistant(news_of(("A visit is called off", TEXT, None, None)))

    assert news.ask(question).answered == news.ask("Who is the president of Ostria?").answered
    assert news.ask(question).short is None
    assert Assistant.answer_from(question, [TEXT]).short is None


def test_the_president_of_the_state_asked_for_is_found_in_any_letters() -> None:
    news = Assistant(news_of(("A visit is called off", TEXT, None, None)))
    answer = news.ask("who is norland's president?")

    assert answer.short is not None
    assert answer.short.text == "Edda Lund"
    assert answer.query.text == "who is norland's president?"


def test_the_passages_are_searched_once() -> None:
    news = news_of(("A visit is called off", TEXT, None, None))
    searched: list[str] = []
    search = news.search

    def counted(query: str, *others: object) -> Sequence[Hit]:
        searched.append(query)
        return search(query, *others)

    news.search = counted
    Assistant(news).ask("who is norland's president?")

    assert searched == ["who is norland's president?"]
