"""What texts that come with a question amount to: an answer, none, or sides."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.given_verdict import signs, standing

CAUSES = (
    "Hydrologists at the state university found that a decade of drought emptied the Lund reservoir.",
    "A report by the water board concluded that leaking mains, not the weather, emptied the Lund reservoir.",
)


def test_theories_without_a_common_value_stand_side_by_side() -> None:
    answer = Assistant.answer_from("What emptied the Lund reservoir?", CAUSES)

    (disagreement,) = answer.disagreements
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert {quotes[side.citation] for side in disagreement.sides} == set(CAUSES)
    assert all(side.value in quotes[side.citation] for side in disagreement.sides)


def test_one_text_does_not_differ_with_itself() -> None:
    answer = Assistant.answer_from("What emptied the Lund reservoir?", [" ".join(CAUSES)])

    assert answer.answered
    assert not answer.disagreements


def test_texts_that_say_the_same_have_no_sides() -> None:
    answer = Assistant.answer_from(
        "When was the Lund dam opened?",
        [
            "The Lund dam was opened in 1962 by the king.",
            "In 1962 the Lund dam was opened after six years of work.",
        ],
    )

    assert answer.answered
    assert not answer.disagreements


def test_texts_on_something_else_are_not_an_answer() -> None:
    answer = Assistant.answer_from(
        "What is the maximum speed of the Shinkansen?",
        ["The price of rice rose by a tenth.", "Elections in the province were put off until May."],
    )

    assert answer.kind == "refusal"


@given(st.lists(st.text(max_size=200), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_signs_do_not_depend_on_the_order_of_texts(texts: list[str], chance: random.Random) -> None:
    shuffled = texts[:]
    chance.shuffle(shuffled)

    assert signs("Is it so?", texts) == signs("Is it so?", shuffled)


@given(st.dictionaries(st.sampled_from(["constant", "covered", "difference", "long"]), st.floats(-50, 50)))
def test_beliefs_of_a_standing_sum_to_one(measured: dict[str, float]) -> None:
    found = standing(measured)

    assert abs(found.lacking + found.agreeing + found.differing - 1) < 1e-9
