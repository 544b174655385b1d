"""A timeline that is asked for: which days its rows have, which sentences they are, and in what order."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.timeline import dated
from tests.fakes import news_of

SUNK = (
    "Ferry Astrid sinks off Vell",
    "The ferry Astrid sank off Vell on Sunday with 61 people aboard. The ferry Astrid was built in 1961. Captain Rud "
    "gave the order at 10.40 p.m.",
    "Vell Post",
    date(1987, 11, 3),
)
INQUIRY = (
    "Inquiry blames owners of the ferry Astrid",
    "The owners of the ferry Astrid knew of her faulty door, an inquiry found on Tuesday. It was the worst loss at sea "
    "since 1912. A trial over the ferry Astrid is set for 9 September.",
    "Osk Herald",
    date(1988, 6, 22),
)
POOL = ("Pool to close", "The pool of Vell was opened in 1970 and will close in July.", "Vell Post", date(1988, 5, 2))


@pytest.mark.parametrize(
    "question",
    [
        "Give me a timeline of the ferry Astrid",
        "Timeline of the ferry Astrid",
        "Make a chronology of events around the ferry Astrid.",
        "Key dates of the ferry Astrid",
    ],
)
def test_timeline_that_is_asked_for_tells_the_topic_oldest_first(question: str) -> None:
    answer = Assistant(news_of(SUNK, INQUIRY, POOL)).ask(question)

    assert [event.date for event in answer.timeline] == ["1961", "1987-11-01", "1988-06-21", "1988-09-09"]
    assert [sentence.text.split(". ")[0][:30] for sentence in answer.sentences] == [
        "The ferry Astrid was built in ",
        "The ferry Astrid sank off Vell",
        "The owners of the ferry Astrid",
        "A trial over the ferry Astrid ",
    ]


def test_timeline_of_what_no_article_tells_is_refused() -> None:
    answer = Assistant(news_of(SUNK, INQUIRY, POOL)).ask("Give me a timeline of the Kell tunnel")

    assert not answer.answered
    assert answer.timeline == ()


@pytest.mark.parametrize(
    ("sentence", "when"),
    [
        ("Rovers won the cup for the first time since 1987 on Sunday.", "2024-03-03"),
        ("They have had no rise since 2021.", None),
        ("It ties the town to the firm until 2041.", None),
        ("The captain gave the order at 10.40 p.m.", None),
        ("The judge set a trial for 9 September.", "2024-09-09"),
        ("Hosken, sent off in October, saved the last kick from Akande.", "2023-10"),
    ],
)
def test_since_and_until_when_and_an_hour_date_no_event(sentence: str, when: str | None) -> None:
    found = dated(sentence, date(2024, 3, 6))

    assert (found.when if found else None) == when
