"""Who came before and after whom in an office, and what is asked of it next."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant, Turn
from assistant.followup import standing_alone
from assistant.succession import in_wrong_order, tells_who_was_before
from tests.fakes import news_of

HALL = """Jan Osgood succeeded Lotte Brun as leader of the opposition in 2022. He has called the quay a waste.

Brun had succeeded Karl Weiss in 2017."""


@pytest.mark.parametrize(
    ("last", "answer", "bare", "asked"),
    [
        (
            "Who is the mayor of Vell?",
            "Michael Port, the mayor of Vell, spoke. [1]",
            "And before that?",
            "Who was the mayor of Vell before Michael Port?",
        ),
        (
            "Who is the leader of the opposition?",
            "Jan Osgood succeeded Lotte Brun as leader of the opposition. [1]",
            "And before him?",
            "Who was the leader of the opposition before Jan Osgood?",
        ),
        (
            "Who was the leader of the opposition before Jan Osgood?",
            "Jan Osgood succeeded Lotte Brun as leader of the opposition. [1]",
            "And who was there before her?",
            "Who was the leader of the opposition before Lotte Brun?",
        ),
        (
            "Who is Minister for Europe and the Americas?",
            "Anton Reyes was appointed Minister for Europe and the Americas. [1]",
            "Before that?",
            "Who was Minister for Europe and the Americas before Anton Reyes?",
        ),
    ],
)
def test_before_that_behind_an_office_asks_who_held_it_before(last: str, answer: str, bare: str, asked: str) -> None:
    assert standing_alone(bare, [Turn(last, answer)]) == asked


def test_whom_nobody_is_told_to_have_followed_is_not_taken_from_any_name_of_the_answer() -> None:
    answer = "Reyes was a director of the Institute for War and Peace Studies. [1]"
    told = standing_alone("And before her?", [Turn("Who was the mayor of Vell before Anton Reyes?", answer)])

    assert "Peace Studies" not in told


def test_before_that_behind_anything_else_asks_for_no_holder() -> None:
    told = standing_alone("And before that?", [Turn("When did the bridge open?", "The bridge opened in 2011. [1]")])

    assert not told.startswith("Who was")


@pytest.mark.parametrize(
    ("sentence", "before", "told"),
    [
        ("Brun had succeeded Karl Weiss in 2017.", "", True),
        ("She succeeded Karl Weiss in 2017.", "Lotte Brun leads the party.", True),
        ("Karl Weiss was succeeded by Lotte Brun.", "", True),
        ("Osgood succeeded Lotte Brun.", "", False),
        ("Brun was succeeded by Osgood.", "", False),
        ("Brun spoke.", "", False),
    ],
)
def test_sentence_tells_who_was_before_somebody(sentence: str, before: str, told: bool) -> None:
    assert tells_who_was_before("Who was leader before Lotte Brun?", sentence, before) is told
    assert not tells_who_was_before("Who was leader after Lotte Brun?", sentence, before)


def test_who_came_after_is_not_who_was_before() -> None:
    question, sentence = "Who led it before Brun?", "Jan Osgood succeeded Lotte Brun, who followed Karl Weiss."
    shut = list(in_wrong_order(question, sentence))

    assert any(start <= sentence.index("Jan") < end for start, end in shut)
    assert not any(start <= sentence.index("Karl") < end for start, end in shut)


@pytest.mark.parametrize(("whom", "holder"), [("Jan Osgood", "Lotte Brun"), ("Lotte Brun", "Karl Weiss")])
def test_who_held_an_office_before_is_answered_with_whom_that_one_followed(whom: str, holder: str) -> None:
    assistant = Assistant(news_of(("Town hall debates quay", HALL, "Brill Post", date(2024, 3, 6))))

    answer = assistant.ask(f"Who was the leader of the opposition before {whom}?")

    assert holder in answer.sentences[0].text
    assert answer.short is not None
    assert answer.short.text == holder


def test_who_was_before_somebody_named_is_no_question_for_who_that_one_is() -> None:
    text = """Anton Reyes was appointed Minister of State for Europe and the Americas on Monday. He succeeds Petra Holm.

Reyes was a deputy director of the Institute for War and Peace Studies."""
    assistant = Assistant(news_of(("Reyes becomes minister", text, "AP", date(2024, 1, 15))))

    answer = assistant.ask("Who was Minister of State for Europe and the Americas before Anton Reyes?")

    assert "Petra Holm" in answer.sentences[0].text
