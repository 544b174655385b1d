"""Outlets weighed against each other in one question: each is asked what it says."""

from datetime import date

import pytest

from assistant import Assistant
from assistant.comparing import compared
from tests.fakes import news_of

OUTLETS = ("Vell Courier", "Coast Post", "AP")
COURIER, POST = "What does Vell Courier say about the strike?", "What does Coast Post say about the strike?"


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Compare the Courier and the Post on the strike.", (COURIER, POST)),
        ("please compare Coast Post with the Vell Courier about the strike", (POST, COURIER)),
        ("Compare the Post's and the Courier's coverage of the strike", (POST, COURIER)),
        ("Compare the coverage of the strike in the Courier and the Post", (COURIER, POST)),
        ("How do the Courier and the Post differ on the strike?", (COURIER, POST)),
        ("What did the Courier and the Post report about the strike?", (COURIER, POST)),
        ("Does the Courier disagree with the Post on the strike?", (COURIER, POST)),
        (
            "Compare the Courier, the Post and AP on the strike",
            (COURIER, POST, "What does AP say about the strike?"),
        ),
        ("Compare the strike and the bridge", ()),
        ("What does the Courier say about the strike?", ()),
        ("What does the Courier say about the Post?", ()),
        ("What do the Courier and the Herald say about the strike?", ()),
        ("Why did the Courier and the Post merge?", ()),
    ],
)
def test_each_outlet_that_is_weighed_is_asked_what_it_says(message, questions):
    assert compared(message, OUTLETS) == questions


def test_the_answer_tells_what_each_outlet_says_and_nothing_of_others():
    articles = (
        ("Dockers strike", "Dockers at Vell began a strike on Monday over pay.", "Vell Courier", date(2024, 5, 6)),
        ("Strike grows", "The strike at Vell has spread to the ferries.", "Coast Post", date(2024, 5, 8)),
        ("Ferries stop", "The strike has stopped all ferries from Vell.", "AP", date(2024, 5, 9)),
    )
    answer = Assistant(news_of(*articles)).ask("How do the Courier and the Post differ on the strike?")

    assert [one.article.outlet for one in answer.citations] == ["Vell Courier", "Coast Post"]
    assert [one.lead for one in answer.sentences] == [COURIER, POST]
