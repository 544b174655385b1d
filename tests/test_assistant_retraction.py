"""What an article takes back answers nothing: what a correction says was wrong."""

import pytest

from assistant import Assistant
from assistant.candidate import candidates
from assistant.fitting import fits
from assistant.question import analyse
from assistant.retraction import taken_back
from tests.fakes import news_of


def fitting(question: str, sentence: str) -> set[str]:
    asked = analyse(question)
    return {sentence[one.start : one.end] for one in candidates(sentence) if fits(asked, sentence, one)}


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        (
            "How many counts was Lund convicted on?",
            "An earlier version of this article said that Lund was convicted on six counts.",
            "",
            "six",
        ),
        ("How old is Edda Lund?", "The Vell Courier wrongly reported that Edda Lund was 45 years old.", "", "45"),
        (
            "How many were aboard?",
            "The port says 212 people were aboard, not 190 as we reported earlier.",
            "212",
            "190",
        ),
        (
            "Which ship ran aground?",
            "The ship is the Astrid, not the Kestrel, as we reported at 14:30.",
            "the Astrid",
            "the Kestrel",
        ),
        ("What income did Lund wrongly state?", "She had wrongly stated an income of £45,000.", "£45,000", ""),
    ],
)
def test_what_is_taken_back_fits_no_question(question: str, sentence: str, right: str, wrong: str) -> None:
    found = {one.removeprefix("the ") for one in fitting(question, sentence)}

    assert not right or right.removeprefix("the ") in found
    assert not wrong or wrong.removeprefix("the ") not in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Lund misstated her income by £4m.",
        "The original edition of the book sold 4,000.",
        "An earlier version of the bill had six clauses.",
    ],
)
def test_what_somebody_got_wrong_is_no_notice(sentence: str) -> None:
    assert taken_back(sentence) is None


def test_correction_comes_before_what_it_corrects() -> None:
    text = (
        "Edda Lund was convicted over the harbour of Vell. The court sat for a week. "
        "Correction: an earlier version of this article said that Lund had been convicted on all six counts. "
        "She was convicted on four."
    )
    answer = Assistant(news_of(("Lund convicted", text, None, None))).ask("How many counts was Lund convicted on?")

    assert answer.short is not None
    assert answer.short.text == "four"
    assert answer.sentences[0].text == "She was convicted on four."
