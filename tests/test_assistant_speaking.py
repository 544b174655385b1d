"""Who speaks: papers an outlet has seen, several who told it, and what goes on from a quote."""

from __future__ import annotations

import pytest

from assistant.statements import saying


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("It could cost 8 million, according to documents seen by the Post.", "documents seen by the Post"),
        ("It would cost 5 million, according to figures the Courier has seen.", "figures the Courier has seen"),
        ("It will cost 55 million, engineers have told the Post.", "engineers"),
        ("The road will stay closed, ministers said.", "ministers"),
        ("It would cost 5 million, according to the Courier.", "the Courier"),
        ("Bees had settled there in 2014 and 2020, airport manager Jorma Kell said.", "airport manager Jorma Kell"),
        ("He was ill, said team doctor Edda Lund.", "team doctor Edda Lund"),
    ],
)
def test_papers_seen_several_who_told_it_and_an_office_with_a_name_are_the_source(sentence: str, speaker: str) -> None:
    found = saying(sentence)

    assert found is not None
    assert found.speaker == speaker


def test_what_something_is_called_does_not_speak() -> None:
    assert saying("The vaccine, called MX2, protects children.") is None


def test_no_several_speak_where_nothing_is_told_by_them() -> None:
    assert saying("It opened in May, sometimes said to be late.") is None
