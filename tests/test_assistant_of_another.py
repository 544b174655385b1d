"""Values that stand by what is asked for and are of something else: the day of the vote, another bridge's price."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant import Assistant
from assistant.another import of_a_namesake
from assistant.belonging import closed
from assistant.measure import measures
from assistant.periods import all_ages
from assistant.question import analyse
from tests.fakes import news_of

VOTED = "Dock workers at Brill voted on Friday to strike in May over pay."
DUE = "The court is expected on Friday to rule on the strike in May."


@pytest.mark.parametrize(
    ("question", "sentence", "open_", "shut"),
    [
        ("When did they vote to strike?", VOTED, "on Friday", "May"),
        ("When did the dock workers vote?", VOTED, "on Friday", "May"),
        ("When will they strike?", VOTED, "May", "on Friday"),
        ("When is the strike?", VOTED, "May", "on Friday"),
        ("When will the court rule?", DUE, "on Friday", ""),
    ],
)
def test_day_of_a_decision_is_not_the_day_of_what_was_decided(
    question: str, sentence: str, open_: str, shut: str
) -> None:
    stretches = closed(analyse(question), sentence)

    def shut_at(text: str) -> bool:
        return any(start <= sentence.index(text) < end for start, end in stretches)

    assert not shut_at(open_)
    assert not shut or shut_at(shut)


@pytest.mark.parametrize(
    ("question", "shut"), [("When is the strike?", True), ("When was the last strike at the port?", False)]
)
def test_the_first_since_a_year_is_none_of_that_year(question: str, shut: bool) -> None:
    sentence = "The strike would be the first at the port since 1998."

    at = sentence.index("1998")

    assert measures(analyse(question), sentence, at, at + 4, "date") is not shut


@pytest.mark.parametrize(
    ("question", "sentence", "shown"),
    [
        ("How old are Moss's children?", "Moss, 44, has three children, aged 4, 7 and 11.", "4, 7 and 11"),
        ("What are the ages of Moss's children?", "Moss has two children, aged 4 and 7.", "4 and 7"),
        ("How old are they?", "Their children are Ada, 4, and Jan, 7.", "Ada, 4, and Jan, 7"),
        ("How old is Moss's eldest child?", "Moss has two children, aged 4 and 7.", "4"),
    ],
)
def test_ages_of_several_are_told_together(question: str, sentence: str, shown: str) -> None:
    at = re.search(r"\b4\b", sentence).start()  # type: ignore[union-attr]

    start, end = all_ages(analyse(question), sentence, at, at + 1)

    assert sentence[start:end] == shown


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("How much did the Harl Bridge cost?", "The new Sund Bridge will cost 40 million pounds.", True),
        ("How much did the Sund Bridge cost?", "The new Sund Bridge will cost 40 million pounds.", False),
        ("How much did the Harl Bridge cost?", "The bridge cost 22 million pounds.", False),
        ("How old is Edda Lund?", "Jan Lund, 38, left.", True),
        ("How old is Edda Lund?", "President Lund, 38, left.", False),
        ("How old is Joseph Moss?", "Joe Moss, 38, left.", False),
        ("How old is Lund?", "Jan Lund, 38, left.", False),
        ("How old is Anna-Mari Lund?", "Jan-Erik Lund, 38, left; so did O'Neil Lund.", False),
        ("When did Martin Fell go?", "Graham Fell and his brother Martin, who went in May, wept.", False),
    ],
)
def test_who_or_what_shares_the_last_word_of_a_name_is_another(question: str, sentence: str, other: bool) -> None:
    assert of_a_namesake(analyse(question), sentence) is other


def test_price_of_one_bridge_is_no_side_and_no_answer_to_that_of_another() -> None:
    assistant = Assistant(
        news_of(
            ("Sund Bridge price", "The Sund Bridge will cost 40 million pounds.", "Brill Courier", date(2024, 2, 1)),
            (
                "Sund Bridge bill",
                "The Sund Bridge will cost 55 million pounds. The Harl Bridge cost 22 million pounds.",
                "Brill Post",
                date(2024, 2, 2),
            ),
        )
    )

    harl, vell = assistant.ask("How much did the Harl Bridge cost?"), assistant.ask("What did the Vell Bridge cost?")

    assert harl.short is not None
    assert harl.short.text == "22 million pounds"
    assert not harl.disagreements
    assert vell.short is None
    assert assistant.ask("How much will the Sund Bridge cost?").disagreements
