"""Which sentences tell something, and of whom."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.another import former, of_another
from assistant.question import analyse
from assistant.telling import tells


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Norway came out on top.", True),
        ("Lund Wins The Masters!", True),
        ("The dam's open.", True),
        ("CEO, the Lund Group.", False),
        ("Tournament Reaction Podcast (Golf 4/11).", False),
        ("Check out who won the medals.", False),
        ("Meet the new head of Lund Motors.", False),
        ("Watch, he said, how it falls.", True),
    ],
)
def test_a_line_without_a_verb_and_a_teaser_tell_nothing(sentence: str, told: bool) -> None:
    assert tells(sentence) is told


def test_who_was_it_once_is_not_who_is_it() -> None:
    assert former(analyse("Who is the CEO of Lund Motors?"), "Eric Moss, former CEO of Lund Motors, spoke.")
    assert not former(analyse("Who is the former CEO of Lund Motors?"), "Eric Moss, former CEO of Lund Motors, spoke.")
    assert not former(analyse("Who is the CEO of Lund Motors?"), "Eric Moss, CEO of the former Lund Motors, spoke.")


@pytest.mark.parametrize(
    "left", ["has been ejected from her CEO role", "resigned as CEO", "stepped down in May as the CEO"]
)
def test_who_left_an_office_is_not_in_it(left: str) -> None:
    sentence = f"Edda Lund {left} of Lund Motors."

    assert former(analyse("Who is the CEO of Lund Motors?"), sentence)
    assert not former(analyse("Who resigned as CEO of Lund Motors?"), sentence)
    assert Assistant.answer_from("Who is the CEO of Lund Motors?", [sentence]).short is None


def test_who_is_named_with_the_role_comes_first() -> None:
    answer = Assistant.answer_from(
        "Who is the judge in the Vellbook trial?",
        [
            "The second part of the Vellbook trial is where the drama comes, says Karel Moss, a partner at a law firm.",
            "Edda Lund was scolded by Judge Ilse Brandt for not answering in the trial.",
        ],
    )

    assert "Judge Ilse Brandt" in answer.sentences[0].text


def test_a_name_that_goes_on_is_another() -> None:
    question = analyse("When was Lundcraft 2 released?")

    assert of_another(question, "Lundcraft 2's 3.0 update was released in April.")
    assert of_another(question, "Lundcraft 2: Phantom Lake came out in May.")
    assert not of_another(question, "Lundcraft 2 was released in July.")
    assert not of_another(analyse("What did Oman buy?"), "A woman's ferry sank.")


def test_among_snippets_the_one_that_tells_it_answers() -> None:
    answer = Assistant.answer_from(
        "Who is the CEO of Lund Motors?",
        [
            "Meet the CEO of Lund Motors ...",
            "Eric Moss, former CEO of Lund Motors, spoke in Oslo.",
            "Lund Motors is led by Ada Vik, its CEO since 2019.",
        ],
    )

    assert answer.sentences[0].text == "Lund Motors is led by Ada Vik, its CEO since 2019."


def test_a_word_cut_off_in_a_character_is_read() -> None:
    answer = Assistant.answer_from(
        "Who is the president of Osk?", ["The \ud800president Ada Moss of Osk spoke on Monday.", "It rained in Osk."]
    )

    assert answer.answered
    assert "Ada Moss" in answer.text


@pytest.mark.parametrize("titled", ["President Edda Lund", "The president Edda Lund", "the late Mayor Edda Lund"])
def test_who_somebody_is_comes_from_the_sentence_that_introduces_them(titled: str) -> None:
    passages = ["Edda Lund spoke in Vell of Edda Lund.", f"In Osk {titled} ate."]
    answer = Assistant.answer_from("Who is Edda Lund?", passages)

    assert titled in answer.sentences[0].text
